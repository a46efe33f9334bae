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
mod content_key;
mod dates;
mod limits;
mod problems;
mod subject;
mod text;

use jiff::Timestamp;
use mail_parser::MessageParser;

pub use addresses::Mailbox;
pub use attachments::Attachment;
pub use content_key::{ContentKey, content_key};
pub use limits::Limits;
pub use problems::Problem;

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
/// Never fails and never panics: see [`Incoming::problems`].
#[must_use]
pub fn read(raw: &[u8], limits: &Limits) -> Incoming {
    let mut incoming = Incoming::default();
    let Some(message) = MessageParser::default().parse(raw) else {
        incoming.problems.push(Problem::NotAMessage);
        incoming.text = text::lossy(raw, limits, &mut incoming.problems);
        return incoming;
    };
    incoming.from = addresses::all(message.from()).into_iter().next();
    incoming.reply_to = addresses::all(message.reply_to());
    incoming.to = addresses::all(message.to());
    incoming.cc = addresses::all(message.cc());
    incoming.subject = message.subject().and_then(subject::one_line);
    incoming.date = message.date().and_then(dates::instant);
    incoming.message_id = message.message_id().map(str::to_owned);
    incoming.in_reply_to = addresses::ids(message.in_reply_to());
    incoming.references = addresses::ids(message.references());
    incoming.headers = message
        .headers_raw()
        .map(|(name, value)| {
            (
                name.to_owned(),
                subject::one_line(value).unwrap_or_default(),
            )
        })
        .collect();
    incoming.text = text::readable(&message);
    incoming.attachments = attachments::all(&message);
    incoming
}
