//! One message: fetched, stored, noted, and only then moved.

use domain::codes::MailboxMessageState;
use jiff::{SignedDuration, Timestamp};
use mail::mailbox::{Fetched, MailboxError, Reader};
use store::NotStored;

use super::round::{Looking, Progress, Trouble};
use super::{Arrived, Filing};
use crate::Error;

/// How long to wait after each try in vain. A connection that broke by chance costs no more than the next one.
const PAUSES: [SignedDuration; 6] = [
    SignedDuration::ZERO,
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(4),
    SignedDuration::from_hours(24),
];

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is stored, and lies in the mailbox as before.
    Stored,
    /// It is stored, and was moved.
    Moved,
    /// It is not there any more.
    Gone,
    /// It is noted why not.
    NotStored,
}

impl Looking<'_> {
    /// Takes one message. Only what stops all others is an error.
    pub(super) async fn take(
        &mut self,
        reader: &mut dyn Reader,
        uid_validity: u32,
        uid: u32,
    ) -> Result<Taken, Trouble> {
        match reader.fetch(uid, self.one.habits.largest).await {
            Ok(Fetched::Message { raw, received_at }) => {
                let arrived = Arrived {
                    raw,
                    mailbox: self.name().clone(),
                    uid_validity,
                    uid,
                    received_at,
                };
                self.store(reader, arrived).await
            }
            Ok(Fetched::TooLarge { size, received_at }) => {
                let state = MailboxMessageState::TooLarge;
                let mut found = self.not_stored(uid_validity, uid, state, "it is too large");
                (found.size, found.received_at) = (Some(size), received_at);
                self.note_not_stored(found).await?;
                Ok(Taken::NotStored)
            }
            Ok(Fetched::Gone) => {
                self.gone(uid_validity, uid).await?;
                Ok(Taken::Gone)
            }
            Err(error) => {
                self.failed(uid_validity, uid, None, &error.to_string())
                    .await?;
                tracing::warn!(mailbox = %self.name(), uid, %error, "a message cannot be had: the others go on");
                if error.ends_connection() {
                    return Err(error.into());
                }
                Ok(Taken::NotStored)
            }
        }
    }

    async fn store(&mut self, reader: &mut dyn Reader, arrived: Arrived) -> Result<Taken, Trouble> {
        let (uid_validity, uid) = (arrived.uid_validity, arrived.uid);
        let received_at = arrived.received_at;
        match self.taking_in.take_in(arrived).await {
            Ok(_) => {}
            // The database is out of reach: that is not the message's fault.
            Err(error) if error.is_unavailable() => return Err(error.into()),
            Err(error) => {
                tracing::error!(mailbox = %self.name(), uid, %error, "a message cannot be stored: the others go on");
                let words = "it could not be stored: the log says why";
                self.failed(uid_validity, uid, received_at, words).await?;
                return Ok(Taken::NotStored);
            }
        }
        let state = MailboxMessageState::Stored;
        self.note(uid_validity, uid, state, received_at).await?;
        self.progress = Progress::Some;
        Ok(match self.file(reader, uid).await? {
            true => Taken::Moved,
            false => Taken::Stored,
        })
    }

    /// Moves a stored message, if the council wants that; says whether it did.
    pub(super) async fn file(
        &mut self,
        reader: &mut dyn Reader,
        uid: u32,
    ) -> Result<bool, Trouble> {
        if self.filing == Filing::Leave {
            return Ok(false);
        }
        let moved = reader.file(uid).await;
        let why = match &moved {
            Ok(()) => None,
            Err(MailboxError::SaysNo { reason }) => {
                tracing::warn!(mailbox = %self.name(), reason, "stored messages cannot be moved: they stay");
                // Not asked again for each of thousands; the next connection may know better.
                self.filing = Filing::Leave;
                Some(reason.as_str())
            }
            Err(_) => return moved.map(|()| false).map_err(Trouble::from),
        };
        let mut tx = self.hub.database().begin().await?;
        tx.mailboxes().filing(self.name(), why).await?;
        tx.commit().await?;
        Ok(why.is_none())
    }

    /// Somebody took it away before it could be stored.
    pub(super) async fn gone(&self, uid_validity: u32, uid: u32) -> Result<(), Error> {
        tracing::warn!(mailbox = %self.name(), uid, "a message was taken away before it was stored");
        let state = MailboxMessageState::Gone;
        self.note(uid_validity, uid, state, None).await
    }

    /// Writes down that nothing more is to be done for a message, and moves the cursor past it.
    async fn note(
        &self,
        uid_validity: u32,
        uid: u32,
        state: MailboxMessageState,
        received_at: Option<Timestamp>,
    ) -> Result<(), Error> {
        let now = self.hub.now();
        let place = self.place_of(uid_validity, uid);
        let mut tx = self.hub.database().begin().await?;
        let mut mailboxes = tx.mailboxes();
        mailboxes.note(&place, state, received_at, now).await?;
        mailboxes
            .move_cursor(self.name(), uid_validity, uid)
            .await?;
        if state == MailboxMessageState::Stored {
            mailboxes.went_on(self.name(), now).await?;
        }
        if let Some(received_at) = received_at {
            mailboxes.newest(self.name(), received_at).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// It was tried in vain once more.
    async fn failed(
        &self,
        uid_validity: u32,
        uid: u32,
        received_at: Option<Timestamp>,
        reason: &str,
    ) -> Result<(), Error> {
        let place = self.place_of(uid_validity, uid);
        let mut tx = self.hub.database().read().await?;
        let before = tx.mailboxes().not_stored_at(&place).await?;
        drop(tx);
        let before = before.map_or(0, |message| message.attempts);
        let pause = usize::try_from(before)
            .ok()
            .and_then(|tries| PAUSES.get(tries));
        let pause = pause.copied().unwrap_or(SignedDuration::from_hours(24));
        let state = MailboxMessageState::Trying;
        let mut found = self.not_stored(uid_validity, uid, state, reason);
        found.attempts = before.saturating_add(1);
        found.received_at = received_at;
        found.next_try_at = Some(self.hub.now() + pause);
        self.note_not_stored(found).await
    }

    fn not_stored(
        &self,
        uid_validity: u32,
        uid: u32,
        state: MailboxMessageState,
        reason: &str,
    ) -> NotStored {
        NotStored {
            place: self.place_of(uid_validity, uid),
            state,
            attempts: 1,
            size: None,
            received_at: None,
            next_try_at: None,
            reason: reason.to_owned(),
            noted_at: self.hub.now(),
        }
    }

    /// Writes down that a message is not stored, and moves the cursor past it: it is found again by its row.
    async fn note_not_stored(&self, message: NotStored) -> Result<(), Error> {
        let place = message.place.clone();
        let mut tx = self.hub.database().begin().await?;
        let mut mailboxes = tx.mailboxes();
        mailboxes.note_not_stored(&message).await?;
        mailboxes
            .move_cursor(self.name(), place.uid_validity, place.uid)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
