//! A text's lines, each with the views on it that the others need.

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

pub(super) fn all(text: &str) -> Vec<Line<'_>> {
    text.split_inclusive('\n').map(Line::new).collect()
}

/// The start of `text` for comparing, in lower case: no more than `length` letters.
pub(super) fn lower_start(text: &str, length: usize) -> String {
    text.chars()
        .take(length)
        .flat_map(char::to_lowercase)
        .collect()
}
