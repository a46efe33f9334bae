//! Where a message goes from here.

use std::pin::Pin;

use domain::keys::MailboxKey;
use jiff::Timestamp;

use crate::Error;

/// A message as it lies in a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Every byte of it.
    pub raw: Vec<u8>,
    /// The mailbox.
    pub mailbox: MailboxKey,
    /// The folder's UIDVALIDITY.
    pub uid_validity: u32,
    /// Its UID there.
    pub uid: u32,
    /// When it arrived there, where the server says so.
    pub received_at: Option<Timestamp>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TookIn {
    /// It is stored now.
    New,
    /// It was stored before.
    Again,
}

/// Stores what arrived; ends only after the commit.
pub trait TakingIn: Send + Sync {
    /// Stores one message.
    fn take_in<'a>(
        &'a self,
        arrived: Arrived,
    ) -> Pin<Box<dyn Future<Output = Result<TookIn, Error>> + Send + 'a>>;
}
