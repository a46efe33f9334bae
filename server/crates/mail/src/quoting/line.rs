//! A text's lines, each with the views on it that the others need.

use std::borrow::Cow;

/// One line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// With its line end.
    pub(super) whole: &'a str,
    /// Without white space around it.
    pub(super) text: &'a str,
    /// Without the marks of a quotation before it.
    pub(super) inner: &'a str,
}

impl<'a> Line<'a> {
    fn new(whole: &'a str) -> Self {
        let text =
            whole.trim_matches(|symbol: char| symbol.is_whitespace() || symbol == '\u{feff}');
        Self {
            whole,
            text,
            inner: text.trim_start_matches(['>', ' ', '\t']),
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether a mail program marked it as quoted.
    pub(super) fn is_marked(&self) -> bool {
        self.text.starts_with('>')
    }

    /// Whether there is anything to read on it.
    pub(super) fn has_words(&self) -> bool {
        self.text.chars().any(char::is_alphanumeric)
    }

    /// A line drawn across: five or more of one sign, and nothing else.
    pub(super) fn is_rule(&self) -> bool {
        let mut signs = self.text.chars();
        let Some(first) = signs.next() else {
            return false;
        };
        matches!(first, '_' | '-' | '=' | '*' | '—')
            && signs.all(|sign| sign == first)
            && self.text.len() >= 5
    }
}

/// `text` as it is compared: digits of other scripts as ours, and without the marks that turn the direction of writing,
/// which stand around names in Arabic, Urdu or Hebrew.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter(|symbol| !turns_direction(*symbol))
            .map(with_our_digit)
            .collect(),
    )
}

/// <https://www.unicode.org/reports/tr9/>
fn turns_direction(symbol: char) -> bool {
    matches!(symbol, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn with_our_digit(symbol: char) -> char {
    /// The zeros of the scripts whose digits mail programs write: Arabic, Urdu, Hindi, Bengali, Punjabi, Gujarati.
    const ZEROS: [char; 6] = [
        '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}',
    ];
    ZEROS
        .iter()
        .filter_map(|zero| u32::from(symbol).checked_sub(u32::from(*zero)))
        .find_map(|digit| char::from_digit(digit, 10))
        .unwrap_or(symbol)
}

pub(super) fn all(text: &str) -> Vec<Line<'_>> {
    text.split_inclusive('\n').map(Line::new).collect()
}

/// A year of four digits.
pub(super) fn has_year(text: &str) -> bool {
    text.split(|symbol: char| !symbol.is_ascii_digit())
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}

/// The start of `text` for comparing, in lower case: no more than `length` letters.
pub(super) fn lower_start(text: &str, length: usize) -> String {
    if text.is_ascii() {
        return text[..text.len().min(length)].to_ascii_lowercase();
    }
    text.chars()
        .take(length)
        .flat_map(char::to_lowercase)
        .collect()
}
