//! A message taken apart: its headers, its texts and the messages within it.
//!
//! Labels are often wrong, so every part that is no attached message is read as text.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::{HeaderName, HeaderValue, Message, MessageParser, MimeHeaders as _, PartType};

use super::headers::Headers;

/// More parts within parts than any mail system makes are not read: taking them apart costs time and memory,
/// and far more than their number.
const NESTED_MAX: usize = 60;
/// A report is small; what stands further on is the returned message.
const TEXT_MAX: usize = 256 * 1024;

/// What a message is made of, in its order.
pub(super) struct Pieces {
    pub(super) headers: Headers,
    pub(super) texts: Vec<Text>,
    /// The headers of each message that is attached as such.
    pub(super) messages: Vec<Headers>,
}

/// A part that can be read.
pub(super) struct Text {
    /// `message/delivery-status`, in lower case; empty where there is no label.
    pub(super) label: String,
    pub(super) text: String,
}

impl Pieces {
    /// Reports about reading (RFC 8098) and about abuse (RFC 5965) have the same wrapping.
    pub(super) fn is_other_report(&self) -> bool {
        self.is_about("feedback-report")
            || self.is_about("disposition-notification") && !self.is_rejection()
    }

    fn is_about(&self, kind: &str) -> bool {
        let said = self.headers.first("content-type").unwrap_or_default();
        let said = said.to_ascii_lowercase();
        let label = format!("message/{kind}");
        said.contains(&format!("report-type={kind}"))
            || said.contains(&format!("report-type=\"{kind}"))
            || self.texts.iter().any(|text| text.label == label)
    }

    /// A mailbox's rule or its quota refused the mail after it was taken, and says so as if somebody had read it
    /// (RFC 5429, section 2.1.1).
    fn is_rejection(&self) -> bool {
        self.headers
            .all("auto-submitted")
            .any(|value| value.to_ascii_lowercase().contains("(rejected)"))
    }
}

/// The headers of the message itself. That costs nothing of what stands below them, so that what no mail system sent
/// need not be taken apart.
pub(super) fn headers(raw: &[u8]) -> Option<Headers> {
    let raw = without_mbox_line(raw);
    let parse = || MessageParser::default().parse_headers(raw);
    parsed(parse).as_ref().map(headers_of)
}

/// `None` where there is nothing to read, or too much within itself.
pub(super) fn take_apart(raw: &[u8]) -> Option<Pieces> {
    let raw = without_mbox_line(raw);
    if nesting(raw) > NESTED_MAX {
        return None;
    }
    let message = parsed(|| MessageParser::default().parse(raw))?;
    let mut pieces = Pieces {
        headers: headers_of(&message),
        texts: Vec::new(),
        messages: Vec::new(),
    };
    collect(&message, &mut pieces);
    Some(pieces)
}

/// What the parser makes of it. It is not ours: where it breaks off, this is no report, and so becomes an enquiry that
/// a person reads.
fn parsed<'a>(parse: impl FnOnce() -> Option<Message<'a>>) -> Option<Message<'a>> {
    catch_unwind(AssertUnwindSafe(parse)).ok().flatten()
}

/// Gathers the parts of `message`. A report within it, which a gateway wrapped, is opened; of any other
/// message only the headers count.
fn collect(message: &Message<'_>, pieces: &mut Pieces) {
    for part in &message.parts {
        let text = match &part.body {
            PartType::Text(text) => text.to_string(),
            PartType::Html(html) => plain(html),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => match text_of(bytes) {
                Some(text) => text.to_owned(),
                None => continue,
            },
            PartType::Message(inner) if is_report(inner) => {
                collect(inner, pieces);
                continue;
            }
            PartType::Message(inner) => {
                pieces.messages.push(headers_of(inner));
                continue;
            }
            PartType::Multipart(_) => continue,
        };
        let label = part.content_type().map_or_else(String::new, |label| {
            format!("{}/{}", label.ctype(), label.subtype().unwrap_or_default())
                .to_ascii_lowercase()
        });
        pieces.texts.push(Text {
            label,
            text: capped(text),
        });
    }
}

fn is_report(message: &Message<'_>) -> bool {
    message.parts.first().is_some_and(|part| {
        part.content_type()
            .is_some_and(|label| label.ctype() == "multipart" && label.subtype() == Some("report"))
    })
}

/// What is labelled as something else but can be read, as far as it counts. A picture cannot.
fn text_of(bytes: &[u8]) -> Option<&str> {
    let start = &bytes[..bytes.len().min(TEXT_MAX)];
    match std::str::from_utf8(start) {
        Ok(text) => Some(text),
        // The last character was cut.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&start[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    }
}

fn headers_of(message: &Message<'_>) -> Headers {
    if message.parts.is_empty() {
        return Headers::default();
    }
    let decoded_subject = message
        .header(HeaderName::Subject)
        .and_then(|value| match value {
            HeaderValue::Text(text) => Some(text.as_ref()),
            _ => None,
        });
    Headers::from_raw(message.headers_raw().map(|(name, value)| {
        match decoded_subject.filter(|_| name.eq_ignore_ascii_case("subject")) {
            Some(subject) => (name, subject),
            None => (name, value),
        }
    }))
}

/// Some systems label plain text as HTML; some write HTML alone.
fn plain(html: &str) -> String {
    let lower = html
        .get(..html.len().min(TEXT_MAX))
        .unwrap_or(html)
        .to_ascii_lowercase();
    let has_tags = ["<br", "<p", "<div", "<html", "<body", "<table"]
        .iter()
        .any(|tag| lower.contains(tag));
    if has_tags {
        mail_parser::decoders::html::html_to_text(html)
    } else {
        html.to_owned()
    }
}

fn capped(mut text: String) -> String {
    let end = (0..=TEXT_MAX.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text.truncate(end.unwrap_or_default());
    text
}

/// A mailbox file puts `From sender date` before a message.
fn without_mbox_line(raw: &[u8]) -> &[u8] {
    if !raw.starts_with(b"From ") {
        return raw;
    }
    let end = raw.iter().position(|byte| *byte == b'\n');
    end.map_or(raw, |end| &raw[end + 1..])
}

/// How often a message or a group of parts could begin within this one.
fn nesting(raw: &[u8]) -> usize {
    const OPENERS: [&[u8]; 3] = [b"message/rfc822", b"message/global", b"multipart/"];
    raw.iter()
        .enumerate()
        .filter(|(_, byte)| matches!(byte, b'm' | b'M'))
        .filter(|(at, _)| {
            OPENERS.iter().any(|opener| {
                raw.get(*at..*at + opener.len())
                    .is_some_and(|found| found.eq_ignore_ascii_case(opener))
            })
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What mail-parser does for each opener grows with all that stands below it: their number is what costs.
    #[test]
    fn everything_that_opens_parts_is_counted_and_bounds_what_is_taken_apart() {
        for opener in [
            "multipart/mixed",
            "Multipart/MIXED",
            "message/rfc822",
            "MESSAGE/global",
        ] {
            let mail =
                |count: usize| format!("Content-Type: {opener}; boundary=a\n\n--a\n").repeat(count);
            assert_eq!(nesting(mail(NESTED_MAX).as_bytes()), NESTED_MAX, "{opener}");
            assert!(take_apart(mail(NESTED_MAX).as_bytes()).is_some());
            assert!(
                take_apart(mail(NESTED_MAX + 1).as_bytes()).is_none(),
                "{opener}"
            );
        }
        assert_eq!(nesting(b"multipart message/rfc multi"), 0);
    }
}
