//! What makes two deliveries the same message.
//!
//! A retry by pipe and a copy by IMAP carry other trace headers and other line ends, and are one
//! message all the same.

use sha2::{Digest as _, Sha256};

use super::addresses;
use super::header::{Head, Place, line_end, with_line_ends, without_line_end};

/// Headers that servers write on the way or on delivery, besides `X-…` and `ARC-…`.
const TRACE: [&str; 13] = [
    "apparently-to",
    "authentication-results",
    "content-length",
    "delivered-to",
    "delivery-date",
    "envelope-from",
    "envelope-to",
    "lines",
    "old-return-path",
    "received",
    "received-spf",
    "return-path",
    "status",
];

/// Equal for two deliveries of one message. The same `message_id` with another `hash` is another
/// message that took the same id: both are kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContentKey {
    /// The `Message-ID` without angle brackets, if there is one.
    pub message_id: Option<String>,
    /// SHA-256 over the message without its trace headers.
    pub hash: [u8; 32],
}

/// The key of the message `raw`; anything at all has one. Takes time in proportion to its size.
///
/// The hash is over the headers in their order, without those that trace the way, unfolded; then
/// over the body, whatever its line ends, without blank lines at its end and without the `>` that
/// mbox files put before `From `.
#[must_use]
pub fn content_key(raw: &[u8]) -> ContentKey {
    let raw = with_line_ends(raw);
    let head = Head::of(&raw, Place::Message, usize::MAX);
    let mut hash = Sha256::new();
    for (name, value) in head.raw() {
        let name = name.to_ascii_lowercase();
        if is_trace(&name) {
            continue;
        }
        hash.update(&name);
        hash.update(b":");
        for word in value
            .split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty())
        {
            hash.update(b" ");
            hash.update(word);
        }
        hash.update(b"\n");
    }
    hash_body(&mut hash, head.body);
    ContentKey {
        message_id: addresses::ids(&head, "message-id").into_iter().next(),
        hash: hash.finalize().into(),
    }
}

fn is_trace(name: &str) -> bool {
    TRACE.contains(&name) || name.starts_with("x-") || name.starts_with("arc-")
}

fn hash_body(hash: &mut Sha256, body: &[u8]) {
    let mut line_ends = 1_usize;
    let mut at = 0;
    while at < body.len() {
        let end = line_end(body, at);
        let line = without_mark(without_line_end(&body[at..end]));
        if !line.is_empty() {
            for _ in 0..line_ends {
                hash.update(b"\n");
            }
            line_ends = 0;
            hash.update(line);
        }
        line_ends += 1;
        at = end;
    }
}

/// `>From ` as `From `.
fn without_mark(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    if line[marks..].starts_with(b"From ") {
        &line[marks..]
    } else {
        line
    }
}
