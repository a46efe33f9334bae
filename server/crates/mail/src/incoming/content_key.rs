//! What makes two deliveries the same message.
//!
//! A retry by pipe and a copy by IMAP carry other trace headers (`Received`, `Return-Path`,
//! `Delivered-To`, `X-…`), and are one message all the same.

use sha2::{Digest as _, Sha256};

/// Equal for two deliveries of one message. The same `message_id` with another `hash` is another
/// message that took the same id: both are kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContentKey {
    /// The `Message-ID` without angle brackets, if there is one.
    pub message_id: Option<String>,
    /// SHA-256 over the message without its trace headers.
    pub hash: [u8; 32],
}

/// The key of the message `raw`; anything at all has one.
#[must_use]
pub fn content_key(raw: &[u8]) -> ContentKey {
    let parsed = mail_parser::MessageParser::default().parse_headers(raw);
    ContentKey {
        message_id: parsed.and_then(|message| message.message_id().map(str::to_owned)),
        hash: Sha256::digest(raw).into(),
    }
}
