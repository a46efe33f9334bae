//! Mail that comes in: the mailboxes that the hub follows, and how they stand.
//!
//! Start with [`follow`], which reads them for as long as the process runs; `round.rs` is one look at a folder,
//! `take.rs` one message. What others lost mail by, and what rules it out here:
//!
//! - “Unread” is no cursor: UIDVALIDITY and UID are. Whoever reads the mailbox beside us changes nothing.
//! - No date window and no batch: all UIDs are listed first, then each message is fetched, the oldest first.
//! - A message is noted only after the database has it, and moved only after that. Nothing is ever deleted.
//! - A message that the server cannot give is noted with its reason and tried again; the others go on.
//! - Once a day, after each new connection, and whenever the counts surprise, the whole folder is compared with what
//!   is stored.
//! - People see when the mailbox was last read and how many messages are in it and stored ([`Mailboxes::overview`]),
//!   and are told when that is wrong.

mod alarm;
mod follow;
mod lease;
mod overview;
mod pause;
mod round;
mod see_to;
mod take;
mod taking_in;

use std::sync::Arc;
use std::time::Duration;

use domain::keys::MailboxKey;
use mail::mailbox::Mailbox;

pub use self::alarm::Alarm;
pub use self::follow::follow;
pub use self::overview::{MailboxCount, MailboxView, NotStoredView, message_at};
pub use self::taking_in::{Arrived, TakingIn, TookIn};
use crate::Hub;

/// A mailbox that this process is to follow.
#[derive(Clone)]
pub struct Followed {
    /// Its name in the settings.
    pub name: MailboxKey,
    /// How it is read.
    pub mailbox: Arc<dyn Mailbox>,
    /// How it is followed.
    pub habits: Habits,
}

/// How a mailbox is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    /// How long at most until the next look at it, where the server does not tell of new mail by itself.
    pub poll: Duration,
    /// A message with more bytes is left where it is, for a person to look at.
    pub largest: u32,
    /// What becomes of a message in the mailbox once it is stored.
    pub filing: Filing,
    /// How long the mailbox may be out of reach before people are told.
    pub alarm_after: Duration,
    /// How long after the first failure it is tried again; longer each time.
    pub first_pause: Duration,
}

/// What becomes of a message in the mailbox once it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filing {
    /// It stays as it is.
    Leave,
    /// It is moved to the folder that the settings name.
    Move,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            poll: Duration::from_secs(60),
            largest: 50 * 1024 * 1024,
            filing: Filing::Leave,
            alarm_after: Duration::from_secs(15 * 60),
            first_pause: Duration::from_secs(1),
        }
    }
}

/// How the mailboxes stand, and what people do about it.
#[derive(Debug)]
pub struct Mailboxes<'a>(pub(crate) &'a Hub);

impl std::fmt::Debug for Followed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Followed")
            .field("name", &self.name)
            .field("habits", &self.habits)
            .finish_non_exhaustive()
    }
}
