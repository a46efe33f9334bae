//! “On 20 November 2026 at 18:05, Sam <sam@example.org> wrote:”, in many languages and over several lines.
//!
//! People write such sentences too: “On Monday my son wrote:”. A mail program knows the date and the time or
//! the address, and it begins with them.

use std::borrow::Cow;

use super::line::{Line, has_year, lower_start, plain};

/// An attribution, and how many lines it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribution {
    pub(super) lines: usize,
    /// Whether it has all that a mail program writes, so that it needs no marked lines after it.
    pub(super) sure: bool,
}

/// Long addresses and names are wrapped; some programs leave a blank line before an address.
const LINES_MAX: usize = 4;
const LETTERS_MAX: usize = 400;

/// What a mail program begins with.
const STARTS: [&str; 30] = [
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
    "ar",
    "vào",
    "في",
    "у",
    "dana",
    "v",
    "στις",
    "ב",
];

/// How it says “wrote”.
const WROTE: [&str; 50] = [
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
    "ysgrifennodd",
    "ysgrifennwyd",
    "đã viết",
    "نے لکھا",
    "لکھا ہے",
    "كتب",
    "كتابة",
    "نوشت",
    "লিখেছেন",
    "লিখেছে",
    "ने लिखा",
    "ਨੇ ਲਿਖਿਆ",
    "લખ્યું",
    "napsal",
    "napísal",
    "написа",
    "rašė",
    "rakstīja",
    "piše",
    "napisao",
    "shkroi",
    "כתב",
    "menulis",
    "sent:",
];

/// Reads one that begins on the first of `lines`. `view` says which text of a line to read.
pub(super) fn read<'a>(
    lines: &[Line<'a>],
    view: impl Fn(&Line<'a>) -> &'a str,
) -> Option<Attribution> {
    let mut texts = Vec::new();
    let mut length = 0;
    for (at, line) in lines.iter().enumerate() {
        let text = plain(view(line));
        if text.is_empty() && lines.get(at + 1).is_some_and(|next| next.text == "<") {
            continue;
        }
        length += text.len();
        let goes_on = !text.is_empty() && length <= LETTERS_MAX && texts.len() < LINES_MAX;
        if !goes_on || texts.is_empty() && !begins(&text) {
            return None;
        }
        let end = end(&text);
        texts.push(text);
        let sure = match end {
            End::None => continue,
            End::Sentence => is_sure(&texts.join(" "))?,
            End::Address => match is_sure(&texts.join(" ")) {
                Some(sure) => sure,
                None => continue,
            },
        };
        return (!begins_further_down(&texts)).then_some(Attribution {
            lines: at + 1,
            sure,
        });
    }
    None
}

/// “On 4 December.” may be the whole answer, right above an attribution that is one by itself.
fn begins_further_down(texts: &[Cow<'_, str>]) -> bool {
    let is_said = |text: &str| text.ends_with(['.', '!', '?', ':', '…']);
    (1..texts.len()).any(|at| {
        let rest = texts[at..].join(" ");
        begins(&rest)
            && is_sure(&rest) == Some(true)
            && (!first_is_digit(&rest) || is_said(&texts[at - 1]))
    })
}

/// `None` where it is none; whether it is sure where it is one.
fn is_sure(text: &str) -> Option<bool> {
    let lower = text.to_lowercase();
    let said = WROTE.iter().any(|wrote| lower.contains(wrote));
    let drawn = text.starts_with("--") && text.ends_with("--");
    let address = has_address(text);
    let date = has_year(text);
    let time = has_time(text);
    let starts = starts_with_date(text);
    // People say “sent:” of much else; marked lines must follow then.
    let is_known = !lower.trim_end().ends_with("sent:");
    // Who tells of a mail knows the day, and no more than the address as one says it.
    let is_exact = address && (time || text.contains('<'));
    if said && date && is_exact && (starts || time && is_name_and_address(text)) {
        Some(is_known)
    // “El jueves, 21 de noviembre de 2013, Sam escribió:”
    } else if said && starts && date && (time || text.contains(','))
        // “2026-11-20 18:05 GMT+01:00 Sam <sam@example.org>:”
        || date && address && (first_is_digit(text) || starts && time && text.trim_end().ends_with(':'))
        // “Sam <sam@example.org> wrote:”
        || said && is_name_and_address(text)
        // “* Sam <sam@example.org> [2026-11-20 18:05]:”
        || date && is_name_and_address(text)
        // “---- Sam wrote ----”
        || said && drawn
        // “On Wed, Dec 9, Sam <sam@example.org> wrote:”
        || said && starts && address
    {
        Some(false)
    } else {
        None
    }
}

/// Whether a line can be the first: with a date, or with the name of who wrote.
fn begins(text: &str) -> bool {
    starts_with_date(text) || is_name_and_address(text) || text.starts_with("--")
}

/// How a line can end an attribution.
enum End {
    /// Not at all.
    None,
    /// “wrote:”
    Sentence,
    /// Old Gmail ends with the address; marked lines must follow then. Or the address was only wrapped.
    Address,
}

fn end(text: &str) -> End {
    let text = text.trim_end_matches(['*', '_', '-', ' ']);
    if text.ends_with([':', '：']) || text.ends_with("wrote") {
        End::Sentence
    } else if text.ends_with('>') && first_is_digit(text) && has_address(text) {
        End::Address
    } else {
        End::None
    }
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
        || text.split_whitespace().nth(1).is_some_and(first_is_digit) && text.chars().take(16).any(|sign| matches!(sign, ',' | '.' | '،'))
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
