//! Where a message goes from here: to the hub's intake. Tests put a list in its place.

use std::pin::Pin;

use domain::keys::MailboxKey;
use jiff::Timestamp;

use crate::{Error, Hub, intake};

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

impl TakingIn for Hub {
    fn take_in<'a>(
        &'a self,
        arrived: Arrived,
    ) -> Pin<Box<dyn Future<Output = Result<TookIn, Error>> + Send + 'a>> {
        Box::pin(async move {
            let intake = self.intake();
            let received = intake.receive(intake::Arrived {
                raw: arrived.raw,
                envelope_from: None,
                envelope_to: None,
                transport: intake::Transport::Mailbox {
                    mailbox: arrived.mailbox.into(),
                    uid_validity: arrived.uid_validity,
                    uid: arrived.uid,
                    received_at: arrived.received_at.unwrap_or_else(|| self.now()),
                },
            });
            Ok(match received.await? {
                intake::Received::New(_) => TookIn::New,
                intake::Received::Again(_) => TookIn::Again,
            })
        })
    }
}
