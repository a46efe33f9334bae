//! The readable text of a message.

use mail_parser::Message;

use super::{Limits, Problem};

pub(super) fn readable(message: &Message<'_>) -> String {
    let mut texts = Vec::new();
    for part in 0..message.text_body_count() {
        if let Some(text) = message.body_text(part) {
            texts.push(text.replace("\r\n", "\n"));
        }
    }
    texts.join("\n\n")
}

pub(super) fn lossy(raw: &[u8], limits: &Limits, problems: &mut Vec<Problem>) -> String {
    let read = &raw[..raw.len().min(limits.text_bytes)];
    if read.len() < raw.len() {
        problems.push(Problem::TextTooLong);
    }
    String::from_utf8_lossy(read).replace("\r\n", "\n")
}
