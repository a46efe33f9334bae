//! Mail coming in: what is in the raw bytes of a message, for a person to read.
//!
//! Start with [`read`]. It takes anything at all and always gives an [`Incoming`]: what could not be
//! read is said in [`Incoming::problems`], so that the message can still become a ticket. The raw
//! bytes stay the truth; what is made here can be made again from them.
//!
//! [`content_key`] says what makes two deliveries the same message.
//!
//! Nothing here touches a network, a file or the clock, and nothing decides what is to be done.

mod addresses;
mod attachments;
mod calendar;
mod content_key;
mod dates;
mod encoded_words;
mod flowed;
mod header;
mod html;
mod letters;
mod limits;
mod media;
mod multipart;
mod names;
mod parts;
mod problems;
mod text;
mod transfer;
mod uuencode;

use jiff::Timestamp;

pub use addresses::Mailbox;
pub use attachments::Attachment;
pub use content_key::{ContentKey, content_key};
pub use limits::Limits;
pub use problems::Problem;

use header::{Head, Place};
use parts::Parts;

/// A message as it is read. Every part of it may be missing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Incoming {
    /// Who says to have written it: the first address of `From`. Nothing here is proven.
    pub from: Option<Mailbox>,
    /// Where answers are asked to go; empty when the message does not say.
    pub reply_to: Vec<Mailbox>,
    /// The people it was written to.
    pub to: Vec<Mailbox>,
    /// The people who got a copy.
    pub cc: Vec<Mailbox>,
    /// The subject on one line; `None` when there is none or it is blank.
    pub subject: Option<String>,
    /// When the sender says it was written; the sender's clock may be wrong by years.
    pub date: Option<Timestamp>,
    /// The `Message-ID` without its angle brackets.
    pub message_id: Option<String>,
    /// The ids in `In-Reply-To`, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// The ids in `References`, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// The whole readable text with `\n` line ends, from the plain text or from HTML made safe.
    /// Plain text, never HTML: whoever shows it must escape it.
    pub text: String,
    /// What came with it, in the message's order.
    pub attachments: Vec<Attachment>,
    /// The headers of the message itself, in their order: the name as written, the value decoded
    /// and on one line.
    pub headers: Vec<(String, String)>,
    /// What could not be read, or is not what it seems, for the officer to know.
    pub problems: Vec<Problem>,
}

/// What people write to a council is private, so that a logged message must say nothing of it.
impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Incoming")
            .field("attachments", &self.attachments.len())
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

impl Incoming {
    /// The first value of the header `name`, in any case of letters.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Reads the message `raw`, no further than `limits` allow.
///
/// Never fails and never panics: see [`Incoming::problems`]. Takes time in proportion to the size of
/// `raw` times the depth that is allowed, and memory in proportion to its size.
#[must_use]
pub fn read(raw: &[u8], limits: &Limits) -> Incoming {
    let raw = header::with_line_ends(raw);
    let head = Head::of(&raw, Place::Message, limits.header_bytes);
    if !head.is_of_mail() {
        return not_a_message(&raw, limits);
    }
    let mut parts = Parts::new(limits);
    let from = sender(&head);
    let date = dates::written(&head);
    if from.is_none() {
        parts.say(Problem::NoSender);
    }
    if date.is_none() {
        parts.say(Problem::NoDate);
    }
    if head.has_long_field() {
        parts.say(Problem::HeadersTooLong);
    }
    let text = finished(parts.text_of(&head, 0), limits, &mut parts);
    Incoming {
        from,
        reply_to: addresses::mailboxes(&head, "reply-to"),
        to: addresses::mailboxes(&head, "to"),
        cc: addresses::mailboxes(&head, "cc"),
        subject: head
            .all("subject")
            .map(header::decoded)
            .find(|line| !line.is_empty()),
        date,
        message_id: addresses::ids(&head, "message-id").into_iter().next(),
        in_reply_to: addresses::ids(&head, "in-reply-to"),
        references: addresses::ids(&head, "references"),
        text,
        attachments: parts.attachments,
        headers: head.decoded(),
        problems: parts.problems,
    }
}

/// Whoever `From` names first; some machines write only `Sender`.
fn sender(head: &Head<'_>) -> Option<Mailbox> {
    ["from", "sender"]
        .into_iter()
        .find_map(|name| addresses::mailboxes(head, name).into_iter().next())
}

/// `text` without blank lines around it, and no longer than is allowed.
fn finished(text: String, limits: &Limits, parts: &mut Parts<'_>) -> String {
    let mut text = text;
    if text.len() > limits.text_bytes {
        parts.say(Problem::TextTooLong);
        let mut end = limits.text_bytes;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    let text = text.trim_end().trim_start_matches('\n').to_owned();
    if text.trim().is_empty() {
        parts.say(Problem::NoText);
        return String::new();
    }
    text
}

/// Bytes without a single header of mail: text is shown as it is, anything else is not.
fn not_a_message(raw: &[u8], limits: &Limits) -> Incoming {
    let mut parts = Parts::new(limits);
    parts.say(Problem::NotAMessage);
    let start = &raw[..raw.len().min(limits.text_bytes)];
    let controls = start
        .iter()
        .filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace())
        .count();
    let text = if controls * 10 > start.len() {
        String::new()
    } else {
        letters::lines(&letters::guess(start))
    };
    Incoming {
        text: finished(text, limits, &mut parts),
        problems: parts.problems,
        ..Incoming::default()
    }
}
