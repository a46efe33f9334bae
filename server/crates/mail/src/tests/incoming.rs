//! How messages that came in are read. Each file is a subject; `messages/` holds mails as the
//! programs write them that people use.

mod any_bytes;
mod attachments;
mod broken;
mod clients;
mod content_key;
mod corpus;
mod letters;
mod limits;
mod pages;

use crate::incoming::{self, Incoming, Limits, Problem};

fn read(raw: impl AsRef<[u8]>) -> Incoming {
    incoming::read(raw.as_ref(), &Limits::default())
}

/// A plain message with the header lines `headers` and the body `body`.
fn message(headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let usual = "From: Jo <jo@example.org>\nDate: Mon, 23 Nov 2026 12:00:00 +0000\n";
    let mut raw = format!("{usual}{headers}\n\n").into_bytes();
    raw.extend_from_slice(body.as_ref());
    raw
}

/// The text of a message that is one page of HTML.
fn page(html: &str) -> String {
    read(message("Content-Type: text/html; charset=utf-8", html)).text
}

fn problems(raw: impl AsRef<[u8]>) -> Vec<Problem> {
    read(raw).problems
}
