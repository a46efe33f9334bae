//! What mail comes in by: a folder on the council's mail server.
//!
//! [`Mailbox`] is a trait because this is a real edge of the product: a test can put a folder of its own making in its
//! place. [`ImapMailbox`] is what the product uses. Whoever follows a mailbox opens it, looks, lists what is there and
//! fetches one message at a time; nothing here knows what was fetched before, and nothing here is ever deleted.

pub mod imap;

use std::pin::Pin;
use std::time::Duration;

use jiff::Timestamp;

pub use imap::{ImapMailbox, ImapSettings, ImapSettingsError, SignIn, Tls};

/// Something that the mail server is asked for.
pub type Asking<'a, T> = Pin<Box<dyn Future<Output = Result<T, MailboxError>> + Send + 'a>>;

/// A message's number within a folder (RFC 3501, section 2.3.1.1): it only grows, as long as the folder's
/// UIDVALIDITY stays.
pub type Uid = u32;

/// A folder that mail is read from.
pub trait Mailbox: Send + Sync {
    /// Connects and signs in; `now` decides whether a token is still good.
    fn open(&self, now: Timestamp) -> Asking<'_, Box<dyn Reader>>;
}

/// An open connection to the folder. After an error that says so ([`MailboxError::ends_connection`]) it must be dropped.
pub trait Reader: Send {
    /// How the folder stands now.
    fn look(&mut self) -> Asking<'_, Folder>;

    /// The messages with a higher UID than this one, oldest first, whether anybody read them or not.
    fn list(&mut self, above: Uid) -> Asking<'_, Vec<Uid>>;

    /// One message, whole, unless it has more bytes than `at_most`. It stays as it is, unread where it was unread.
    fn fetch(&mut self, uid: Uid, at_most: u32) -> Asking<'_, Fetched>;

    /// Moves a message to the folder for what was taken in.
    fn file(&mut self, uid: Uid) -> Asking<'_, ()>;

    /// Whether messages can be moved there: the folder is there, and the server moves one message alone.
    fn check_filing(&mut self) -> Asking<'_, ()>;

    /// Waits until something new is there, at most so long. May end early.
    fn wait(&mut self, at_most: Duration) -> Asking<'_, ()>;

    /// Says goodbye.
    fn close(self: Box<Self>) -> Asking<'static, ()>;
}

/// How a folder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folder {
    /// UIDs are good as long as this stays the same.
    pub uid_validity: u32,
    /// How many messages it holds.
    pub messages: u32,
}

/// What came of asking for a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// Here it is.
    Message {
        /// Every byte of it.
        raw: Vec<u8>,
        /// When it arrived in the mailbox, where the server says so.
        received_at: Option<Timestamp>,
    },
    /// It has more bytes than were asked for, and was left where it is.
    TooLarge {
        /// How many.
        size: u32,
        /// When it arrived in the mailbox, where the server says so.
        received_at: Option<Timestamp>,
    },
    /// It is not there any more: somebody deleted or moved it.
    Gone,
}

/// Why the mail server did not do what it was asked. The words hold no address and nothing of a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailboxError {
    /// No connection, a time-out, or it broke.
    #[error("the mail server cannot be reached: {reason}")]
    Unreachable {
        /// Why.
        reason: String,
    },
    /// It refuses us or the folder: somebody must mend the settings.
    #[error("the mail server refuses us: {reason}")]
    RefusesUs {
        /// Why.
        reason: String,
    },
    /// It refuses what was asked, and goes on answering.
    #[error("the mail server says no: {reason}")]
    SaysNo {
        /// Why.
        reason: String,
    },
    /// Its answer is not IMAP, or not an answer to what was asked.
    #[error("the mail server’s answer cannot be understood")]
    Garbled,
}

impl MailboxError {
    /// Whether the connection is of no more use.
    #[must_use]
    pub fn ends_connection(&self) -> bool {
        !matches!(self, Self::SaysNo { .. })
    }
}
