//! How the mailboxes stand: for officers, and as numbers for whoever watches over the hub.

use domain::keys::MailboxKey;
use jiff::{SignedDuration, Timestamp};
use store::{Mailbox, MailboxMessage, NotStored, Tx};

use super::Mailboxes;
use super::alarm::{Alarm, SHOWN, alarms, is_for_a_person};
use crate::{
    Actor, Error,
    policy::{Act, person},
};

/// How a mailbox stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxView {
    /// Its name in the settings.
    pub name: MailboxKey,
    /// Whether the settings still name it.
    pub followed: bool,
    /// When it was last read to its end.
    pub contact_at: Option<Timestamp>,
    /// Since when it cannot be read, and why.
    pub failing: Option<(Timestamp, String)>,
    /// How many messages are in it.
    pub in_mailbox: u32,
    /// How many of them are stored, or need not be.
    pub stored: u32,
    /// When the newest stored message arrived in it.
    pub newest_at: Option<Timestamp>,
    /// When all of it was last compared with what is stored.
    pub compared_at: Option<Timestamp>,
    /// Why stored messages cannot be moved out of it.
    pub filing_error: Option<String>,
    /// What is wrong with it.
    pub alarms: Vec<Alarm>,
    /// The messages that a person must look at, the oldest first.
    pub not_stored: Vec<NotStoredView>,
}

/// A message that is in the mailbox and cannot be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotStoredView {
    /// Its place, as [`message_at`] reads it.
    pub place: String,
    /// When it arrived in the mailbox, where the server said so.
    pub received_at: Option<Timestamp>,
    /// Its bytes, where the server said so.
    pub size: Option<u32>,
    /// Why it is not stored, without addresses.
    pub reason: String,
    /// How often it was tried.
    pub attempts: u32,
}

/// A mailbox in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxCount {
    /// Its name in the settings.
    pub name: MailboxKey,
    /// How long ago it was last read to its end; since it was set up, if it never was.
    pub since_contact: SignedDuration,
    /// How many messages are in it and not stored.
    pub not_stored: u32,
}

/// The place of a message from its mailbox's name and [`NotStoredView::place`].
#[must_use]
pub fn message_at(mailbox: &str, place: &str) -> Option<MailboxMessage> {
    let (uid_validity, uid) = place.split_once('-')?;
    Some(MailboxMessage {
        mailbox: mailbox.parse().ok()?,
        uid_validity: uid_validity.parse().ok()?,
        uid: uid.parse().ok()?,
    })
}

impl Mailboxes<'_> {
    /// How every mailbox stands, by name: those that are read, and those that once were.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see it.
    pub async fn overview(&self, actor: &Actor) -> Result<Vec<MailboxView>, Error> {
        person(actor, Act::ReadMailboxes)?;
        let now = self.0.now();
        let mut tx = self.0.database().read().await?;
        let views = all(&mut tx).await?;
        let views = views.into_iter();
        Ok(views
            .map(|(mailbox, not_stored)| view(mailbox, not_stored, now))
            .collect())
    }

    /// The mailboxes that are read, in numbers.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database cannot be read.
    pub async fn counts(&self) -> Result<Vec<MailboxCount>, Error> {
        let now = self.0.now();
        let mut tx = self.0.database().read().await?;
        let mailboxes = tx.mailboxes().list().await?.into_iter();
        let count = |mailbox: Mailbox| MailboxCount {
            since_contact: now
                .duration_since(mailbox.contact_at.unwrap_or(mailbox.followed_at))
                .max(SignedDuration::ZERO),
            not_stored: mailbox.in_mailbox.saturating_sub(mailbox.stored),
            name: mailbox.name,
        };
        Ok(mailboxes
            .filter(|mailbox| mailbox.followed)
            .map(count)
            .collect())
    }
}

async fn all(tx: &mut Tx) -> Result<Vec<(Mailbox, Vec<NotStored>)>, Error> {
    let mut all = Vec::new();
    for mailbox in tx.mailboxes().list().await? {
        let not_stored = tx.mailboxes().not_stored(&mailbox.name, SHOWN).await?;
        all.push((mailbox, not_stored));
    }
    Ok(all)
}

fn view(mailbox: Mailbox, not_stored: Vec<NotStored>, now: Timestamp) -> MailboxView {
    let alarms = alarms(&mailbox, &not_stored, now);
    let for_a_person = not_stored
        .into_iter()
        .filter(|message| is_for_a_person(message, &mailbox, now));
    MailboxView {
        alarms,
        not_stored: for_a_person
            .map(|message| NotStoredView {
                place: format!("{}-{}", message.place.uid_validity, message.place.uid),
                received_at: message.received_at,
                size: message.size,
                reason: message.reason,
                attempts: message.attempts,
            })
            .collect(),
        name: mailbox.name,
        followed: mailbox.followed,
        contact_at: mailbox.contact_at,
        failing: mailbox
            .failing_since
            .map(|since| (since, mailbox.last_error.unwrap_or_default())),
        in_mailbox: mailbox.in_mailbox,
        stored: mailbox.stored,
        newest_at: mailbox.newest_at,
        compared_at: mailbox.compared_at,
        filing_error: mailbox.filing_error,
    }
}
