//! The message that came back: attached, as headers alone, or copied into the text.

use super::headers::{Headers, name_and_value};
use super::pieces::{Pieces, Text};

/// What is known of it.
#[derive(Default)]
pub(super) struct Original {
    /// Empty where nothing came back.
    pub(super) headers: Headers,
    /// Whether it came back as a message or as a message's true headers, not as a few lines about it.
    pub(super) sure: bool,
    /// Where a true copy begins in a text for people: all after it belongs to it.
    pub(super) copied: Option<Place>,
}

/// A line in one of the texts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) text: usize,
    pub(super) line: usize,
}

/// Finds it. What is attached or labelled counts before a true copy in a text, and that before a few lines.
pub(super) fn find(pieces: &Pieces) -> Original {
    let attached = pieces
        .messages
        .iter()
        .cloned()
        .chain(pieces.texts.iter().filter_map(labelled))
        .find(is_message);
    let mut copies = copies(&pieces.texts);
    let sure = copies.iter().position(|(_, headers)| is_sure(headers));
    let (copied, copy) = match sure {
        Some(sure) => {
            let (place, headers) = copies.swap_remove(sure);
            (Some(place), Some(headers))
        }
        None => (None, copies.into_iter().next().map(|(_, headers)| headers)),
    };
    Original {
        sure: attached.is_some() || copied.is_some(),
        headers: attached.or(copy).unwrap_or_default(),
        copied,
    }
}

fn labelled(text: &Text) -> Option<Headers> {
    let is_headers = ["rfc822-headers", "global-headers"]
        .iter()
        .any(|label| text.label.ends_with(label));
    let lines = text.text.lines().skip_while(|line| line.trim().is_empty());
    is_headers.then(|| Headers::read(lines))
}

/// Every block of lines that can be a message's headers.
fn copies(texts: &[Text]) -> Vec<(Place, Headers)> {
    let mut found = Vec::new();
    for (text, piece) in texts.iter().enumerate() {
        let lines: Vec<&str> = piece.text.lines().collect();
        let mut line = 0;
        while line < lines.len() {
            if name_and_value(lines[line]).is_none() {
                line += 1;
                continue;
            }
            let headers = Headers::read(lines[line..].iter().copied());
            let length = headers.pairs().len().max(1);
            if is_message(&headers) {
                found.push((Place { text, line }, headers));
            }
            line += length;
        }
    }
    found
}

/// What only servers and mail programs write.
fn is_sure(headers: &Headers) -> bool {
    ["received", "return-path", "message-id", "mime-version"]
        .iter()
        .any(|name| headers.has(name))
}

/// At least two of the headers that name a message.
fn is_message(headers: &Headers) -> bool {
    [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "received",
        "return-path",
    ]
    .iter()
    .filter(|name| headers.has(name))
    .count()
        >= 2
}
