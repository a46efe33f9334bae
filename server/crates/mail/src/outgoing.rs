//! A mail with everything its sending needs, and its packing as an Internet message.
//!
//! Start with [`OutgoingMail::to_message`]. Headers follow RFC 5322 and, for automatic mail,
//! RFC 3834. Nothing typed by a person reaches a header unchecked: a line break in one would let
//! its writer add headers of their own.

use domain::email::EmailAddress;
use domain::ids::MailId;
use jiff::Timestamp;
use lettre::address::{Address, Envelope};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Message, message::MessageBuilder};
use url::Url;

use crate::message::private_link_marker;

const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");
const AUTO_RESPONSE_SUPPRESS: HeaderName =
    HeaderName::new_from_ascii_str("X-Auto-Response-Suppress");
/// Everything that answers by itself, but never `All`: Exchange would then suppress bounces as well.
const ANSWERS_TO_SUPPRESS: &str = "DR, RN, NRN, OOF, AutoReply";
/// A thread's last messages are what a mail program needs to keep it together.
const REFERENCES_MAX: usize = 20;

/// Who a mail comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The name shown: the council's, never a topic.
    pub name: String,
    /// The address in the `From` header.
    pub address: EmailAddress,
}

/// Who wrote a mail: our system, or a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Automatic {
    /// By our system, in answer to what somebody sent: it must say so, and ask for no automatic
    /// answer (RFC 3834).
    Replied,
    /// By our system, without being asked: the same holds.
    Generated,
    /// Written by a person.
    Person,
}

/// One mail to one person, ready to be packed.
#[derive(Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// The mail's id in the outbox; its private-link marker contains it.
    pub id: MailId,
    /// Who it comes from.
    pub from: Sender,
    /// Where an answer goes: the council's public address.
    pub reply_to: EmailAddress,
    /// Where it goes. No name beside it: a name in a header tells too much.
    pub to: EmailAddress,
    /// The envelope's sender: where a bounce goes ([`crate::LinkKey::return_path`]).
    pub return_path: EmailAddress,
    /// The subject.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML; `None` for people who asked for text only.
    pub html: Option<String>,
    /// The Message-ID, with its angle brackets ([`message_id`]).
    pub message_id: String,
    /// The Message-ID of the mail that this one answers, if there is one.
    pub in_reply_to: Option<String>,
    /// The Message-IDs of the thread so far, oldest first.
    pub references: Vec<String>,
    /// Whether our system or a person wrote it.
    pub automatic: Automatic,
}

/// The id alone: addresses and text never reach a log.
impl std::fmt::Debug for OutgoingMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OutgoingMail")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Why a letter or a message could not be made. Trying again will not help.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// A template does not fit the facts it was given.
    #[error("the template could not be filled in: {0}")]
    Template(#[from] minijinja::Error),
    /// A body holds the place of the private link not once, but never or more often.
    #[error("the place for the private link must stand exactly once in each body")]
    Marker,
    /// The private link was not filled in.
    #[error("the private link has not been filled in")]
    PrivateLinkNotFilledIn,
    /// A header would hold a line break or another control character.
    #[error("the {0} holds a line break or another control character")]
    ControlCharacter(&'static str),
    /// An address that cannot be written in a message.
    #[error("the {0} address cannot be used in a message")]
    Address(&'static str),
    /// Our own Message-ID is malformed.
    #[error("the Message-ID is malformed")]
    MessageId,
    /// The message lacks something that every message must have.
    #[error("the message could not be put together: {0}")]
    Message(#[from] lettre::error::Error),
}

/// The Message-ID of the mail `mail`: the same at every attempt, so that a mail sent again
/// after a crash is recognised as the one that was sent before.
#[must_use]
pub fn message_id(mail: MailId, public: &EmailAddress) -> String {
    format!("<{mail}@{}>", public.domain())
}

impl OutgoingMail {
    /// This mail with `link` in the place that was kept for it in both bodies.
    #[must_use]
    pub fn with_private_link(mut self, link: &Url) -> OutgoingMail {
        let marker = private_link_marker(self.id);
        self.text = self.text.replace(&marker, link.as_str());
        self.html = self
            .html
            .map(|html| html.replace(&marker, &link.as_str().replace('&', "&amp;")));
        self
    }

    /// The Internet message, with its envelope, dated `at`.
    ///
    /// # Errors
    /// When an address, a header or a body cannot be sent as it is.
    pub fn to_message(&self, at: Timestamp) -> Result<Message, ComposeError> {
        let marker = private_link_marker(self.id);
        if [Some(&self.text), self.html.as_ref()]
            .into_iter()
            .flatten()
            .any(|body| body.contains(&marker))
        {
            return Err(ComposeError::PrivateLinkNotFilledIn);
        }
        let to = address(&self.to, "recipient's")?;
        let return_path = address(&self.return_path, "return path's")?;
        let from = address(&self.from.address, "sender's")?;
        let reply_to = address(&self.reply_to, "reply")?;
        let sender_name = header_text(&self.from.name, "sender's name")?;
        let builder = Message::builder()
            .date(at.into())
            .message_id(Some(own_message_id(&self.message_id)?))
            .from(Mailbox::new(Some(sender_name), from))
            .reply_to(Mailbox::new(None, reply_to))
            .to(Mailbox::new(None, to.clone()))
            .subject(header_text(&self.subject, "subject")?)
            .envelope(Envelope::new(Some(return_path), vec![to])?);
        let builder = self.marked_automatic(self.threaded(builder));
        Ok(match &self.html {
            Some(html) => {
                let (text, html) = (self.text.clone(), html.clone());
                builder.multipart(MultiPart::alternative_plain_html(text, html))?
            }
            None => builder.singlepart(SinglePart::plain(self.text.clone()))?,
        })
    }

    /// Adds the headers by which mail programs keep a thread together.
    ///
    /// These ids come from other people's mail. One that is malformed is left out: our answer
    /// must go all the same.
    fn threaded(&self, mut builder: MessageBuilder) -> MessageBuilder {
        if let Some(id) = self.in_reply_to.as_deref().filter(|id| is_message_id(id)) {
            builder = builder.in_reply_to(id.to_owned());
        }
        let known: Vec<&str> = self
            .references
            .iter()
            .map(String::as_str)
            .filter(|id| is_message_id(id))
            .collect();
        let recent = &known[known.len().saturating_sub(REFERENCES_MAX)..];
        if !recent.is_empty() {
            builder = builder.references(recent.join(" "));
        }
        builder
    }

    fn marked_automatic(&self, builder: MessageBuilder) -> MessageBuilder {
        let how = match self.automatic {
            Automatic::Person => return builder,
            Automatic::Replied => "auto-replied",
            Automatic::Generated => "auto-generated",
        };
        let suppress = ANSWERS_TO_SUPPRESS.to_owned();
        builder
            .raw_header(HeaderValue::new(AUTO_SUBMITTED, how.to_owned()))
            .raw_header(HeaderValue::new(AUTO_RESPONSE_SUPPRESS, suppress))
    }
}

fn address(address: &EmailAddress, whose: &'static str) -> Result<Address, ComposeError> {
    address
        .as_str()
        .parse()
        .map_err(|_| ComposeError::Address(whose))
}

fn header_text(text: &str, what: &'static str) -> Result<String, ComposeError> {
    if text.chars().any(char::is_control) {
        return Err(ComposeError::ControlCharacter(what));
    }
    Ok(text.to_owned())
}

fn own_message_id(id: &str) -> Result<String, ComposeError> {
    if is_message_id(id) {
        Ok(id.to_owned())
    } else {
        Err(ComposeError::MessageId)
    }
}

/// Whether `id` may stand in a header as it is: visible ASCII in angle brackets, short enough for a line.
#[must_use]
pub fn is_message_id(id: &str) -> bool {
    let inner = id.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.is_some_and(|inner| {
        (1..=250).contains(&inner.len())
            && inner
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'))
    })
}
