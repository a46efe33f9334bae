//! The readable text of a part, and which of two texts is the one to read.

use super::media::Media;
use super::{Problem, flowed, html, letters};

/// What a text was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Page,
}

/// A text as a person reads it.
pub(super) struct Words {
    pub(super) kind: Kind,
    pub(super) text: String,
}

/// A part that was read.
pub(super) struct Read {
    pub(super) words: Words,
    pub(super) shown: Vec<String>,
    /// Pictures that are written into a page, each with its media type.
    pub(super) pictures: Vec<(String, Vec<u8>)>,
    pub(super) problems: Vec<Problem>,
}

/// Reads the decoded `bytes` of a part, at most about `limit` bytes of text.
pub(super) fn read(bytes: &[u8], media: &Media, kind: &str, limit: usize) -> Read {
    let mut problems = Vec::new();
    let may_be_page = kind != "text/plain" || looks_like_a_page(bytes);
    let most = if may_be_page {
        limit.saturating_mul(4)
    } else {
        limit
    };
    let bytes = match bytes.get(..most) {
        Some(start) if bytes.len() > most => {
            problems.push(Problem::TextTooLong);
            start
        }
        _ => bytes,
    };
    let within = if may_be_page {
        label_within(bytes)
    } else {
        None
    };
    let label = media.charset.as_deref().or(within.as_deref());
    let (text, trust) = letters::decode(bytes, label);
    if trust == letters::Trust::Guessed {
        problems.push(Problem::WrongLetters);
    }
    if !may_be_page {
        let text = letters::lines(&text);
        let text = media
            .flowed
            .map(|how| flowed::joined(&text, how))
            .unwrap_or(text);
        if text.contains("-----BEGIN PGP MESSAGE-----") {
            problems.push(Problem::Encrypted);
        }
        return Read {
            words: Words {
                kind: Kind::Plain,
                text,
            },
            shown: Vec::new(),
            pictures: Vec::new(),
            problems,
        };
    }
    let page = html::read(&text, limit);
    if page.is_cut && problems.is_empty() {
        problems.push(Problem::TextTooLong);
    }
    Read {
        words: Words {
            kind: Kind::Page,
            text: page.text,
        },
        shown: page.shown,
        pictures: page.pictures,
        problems,
    }
}

/// Whether `bytes` can be read as they are.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        !text
            .chars()
            .any(|letter| letter.is_control() && !letter.is_whitespace())
    })
}

/// Some systems send a page and call it plain text.
fn looks_like_a_page(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64)];
    let start = String::from_utf8_lossy(start)
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// The alphabet that a page names in itself (HTML, section 13.2.3.2), when the part names none.
fn label_within(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let (_, after) = start.split_once("charset=")?;
    let label: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || "-_:.".contains(*letter))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// All of `texts`, one under the other.
pub(super) fn joined(texts: Vec<Words>) -> Option<Words> {
    let mut texts = texts
        .into_iter()
        .filter(|words| !words.text.trim().is_empty());
    let mut all = texts.next()?;
    for next in texts {
        all.text.truncate(all.text.trim_end().len());
        all.text.push_str("\n\n");
        all.text.push_str(next.text.trim_start_matches('\n'));
    }
    Some(all)
}

/// The one of `texts`, which all say the same, that is the best to read: plain text, which marks what
/// is quoted most clearly, unless the page says more.
pub(super) fn best(texts: Vec<Words>) -> Option<Words> {
    let (pages, plain): (Vec<Words>, Vec<Words>) = texts
        .into_iter()
        .partition(|words| words.kind == Kind::Page);
    let last = |texts: Vec<Words>| {
        texts
            .into_iter()
            .rfind(|words| !words.text.trim().is_empty())
    };
    match (last(plain), last(pages)) {
        (Some(plain), Some(page)) if page_says_more(&plain.text, &page.text) => Some(page),
        (Some(plain), _) => Some(plain),
        (None, page) => page,
    }
}

/// A plain text that only asks to look at the page, or that is the page's own source.
fn page_says_more(plain: &str, page: &str) -> bool {
    let (said, shown) = (count_words(plain), count_words(page));
    let lower = plain.to_lowercase();
    let only_points = said < 60 && shown > said && lower.contains("html");
    let is_source = lower.matches("</").count() >= 5
        || (plain.matches('{').count() >= 5 && !page.contains('{'));
    only_points || is_source || (shown > said + 10 && said * 5 < shown * 2)
}

/// Words, addresses of links not counted.
fn count_words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| !word.contains("://") && word.chars().any(char::is_alphanumeric))
        .count()
}
