//! “On 20 November 2026 at 18:05, Sam <sam@example.org> wrote:”, in many languages and over several lines.
//!
//! People write such sentences too: “On Monday my son wrote:”. A mail program knows the date and the time or
//! the address, and it begins with them.

use super::line::{Line, lower_start};

/// An attribution, and how many lines it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribution {
    pub(super) lines: usize,
    /// Whether it has all that a mail program writes, so that it needs no marked lines after it.
    pub(super) sure: bool,
}

/// Long addresses and names are wrapped.
const LINES_MAX: usize = 4;
const LETTERS_MAX: usize = 400;

/// What a mail program begins with.
const STARTS: [&str; 22] = [
    "on",
    "le",
    "am",
    "el",
    "em",
    "il",
    "op",
    "den",
    "dne",
    "dnia",
    "w",
    "at",
    "in",
    "på",
    "kl",
    "pe",
    "în",
    "la",
    "в",
    "a",
    "tarihinde",
    "ti",
];

/// How it says “wrote”.
const WROTE: [&str; 26] = [
    "wrote",
    "writes",
    "a écrit",
    "schrieb",
    "escribió",
    "escribio",
    "escreveu",
    "ha scritto",
    "schreef",
    "geschreven",
    "skrev",
    "napisał",
    "napisal",
    "pisze",
    "a scris",
    "написал",
    "пишет",
    "пише",
    "写道",
    "写到",
    "寫道",
    "kirjoitti",
    "yazdı",
    "έγραψε",
    "kirjutas",
    "írta",
];

/// Reads one that begins on the first of `lines`. `view` says which text of a line to read.
pub(super) fn read<'a>(
    lines: &[Line<'a>],
    view: impl Fn(&Line<'a>) -> &'a str,
) -> Option<Attribution> {
    let mut joined = String::new();
    for (number, line) in lines.iter().take(LINES_MAX).enumerate() {
        let text = view(line);
        if text.is_empty() || joined.len() + text.len() > LETTERS_MAX {
            return None;
        }
        joined.push_str(text);
        joined.push(' ');
        if number == 0 && !begins(text) {
            return None;
        }
        if ends(text) {
            let sure = is_sure(&joined)?;
            // “On 4 December.” may be the whole answer, right above an attribution that is one by itself.
            if number > 0 && begins(text) && is_sure(text) == Some(true) {
                return None;
            }
            return Some(Attribution {
                lines: number + 1,
                sure,
            });
        }
    }
    None
}

/// `None` where it is none; whether it is sure where it is one.
fn is_sure(text: &str) -> Option<bool> {
    let lower = text.to_lowercase();
    let said = WROTE.iter().any(|wrote| lower.contains(wrote));
    let address = has_address(text);
    let date = has_year(text);
    let time = has_time(text);
    let starts = starts_with_date(text);
    if said && starts && date && address {
        Some(true)
    // “El jueves, 21 de noviembre de 2013, Sam escribió:”
    } else if said && starts && date && (time || text.contains(','))
        // “2026-11-20 18:05 GMT+01:00 Sam <sam@example.org>:”
        || !said && first_is_digit(text) && date && address
        // “Sam <sam@example.org> wrote:”
        || said && is_name_and_address(text)
    {
        Some(false)
    } else {
        None
    }
}

/// Whether a line can be the first: with a date, or with the name of who wrote.
fn begins(text: &str) -> bool {
    starts_with_date(text) || is_name_and_address(text)
}

fn ends(text: &str) -> bool {
    let text = text.trim_end_matches(['*', '_', '-', ' ']);
    text.ends_with([':', '：'])
        || text.ends_with("wrote")
        // Old Gmail ends with the address; marked lines must follow then.
        || text.ends_with('>') && first_is_digit(text) && has_address(text)
}

fn starts_with_date(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '*', '_', ' ', '>']);
    if first_is_digit(text) || text.starts_with(['在', '于', '於']) {
        return true;
    }
    let first = text
        .split(|symbol: char| !symbol.is_alphabetic())
        .next()
        .unwrap_or_default();
    let first = lower_start(first, 12);
    let rest_has_digit = text.chars().take(60).any(|symbol| symbol.is_ascii_digit());
    rest_has_digit && STARTS.contains(&first.as_str())
        // “понедельник, 6 октября 2014 г.”, “ven. 20 nov. 2026”
        || text.split_whitespace().nth(1).is_some_and(first_is_digit) && text.chars().take(16).any(|sign| matches!(sign, ',' | '.'))
}

fn first_is_digit(text: &str) -> bool {
    text.starts_with(|symbol: char| symbol.is_ascii_digit())
}

fn has_address(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        before.is_some_and(|symbol| !symbol.is_whitespace())
            && after.is_some_and(char::is_alphanumeric)
    })
}

/// A year of four digits.
fn has_year(text: &str) -> bool {
    text.split(|symbol: char| !symbol.is_ascii_digit())
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}

/// `18:05`
fn has_time(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| {
        four[0].is_ascii_digit()
            && four[1] == b':'
            && four[2].is_ascii_digit()
            && four[3].is_ascii_digit()
    })
}

/// A name of a few words, and the address in angle brackets.
fn is_name_and_address(text: &str) -> bool {
    const WORDS_MAX: usize = 5;
    let Some((name, rest)) = text.split_once('<') else {
        return false;
    };
    let address = rest.split(['>', ' ']).next().unwrap_or_default();
    has_address(address) && name.split_whitespace().count() <= WORDS_MAX
}
