//! What became of the messages in a mailbox: a row for each, without a word of what it says.

use domain::codes::MailboxMessageState;
use domain::keys::MailboxKey;
use jiff::Timestamp;
use sqlx::FromRow;

use super::Mailboxes;
use crate::StoreError;
use crate::columns::{instant, instant_if_any, limit, milliseconds, number, parsed};
use crate::dialect::{execute, fetch_all, fetch_optional};

/// A message's place in a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxMessage {
    /// The mailbox.
    pub mailbox: MailboxKey,
    /// The folder's UIDVALIDITY.
    pub uid_validity: u32,
    /// Its UID there.
    pub uid: u32,
}

/// A message that is in the mailbox and not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotStored {
    /// Its place.
    pub place: MailboxMessage,
    /// [`MailboxMessageState::Trying`] or [`MailboxMessageState::TooLarge`].
    pub state: MailboxMessageState,
    /// How often it was tried in vain.
    pub attempts: u32,
    /// Its bytes, where the server said so.
    pub size: Option<u32>,
    /// When it arrived in the mailbox, where the server said so.
    pub received_at: Option<Timestamp>,
    /// When it is tried again.
    pub next_try_at: Option<Timestamp>,
    /// Why it is not stored, in words that hold no address.
    pub reason: String,
    /// When that was last found.
    pub noted_at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    mailbox: String,
    uid_validity: i64,
    uid: i64,
    state: String,
    attempts: i64,
    size: Option<i64>,
    received_at: Option<i64>,
    next_try_at: Option<i64>,
    last_error: Option<String>,
    noted_at: i64,
}

impl TryFrom<Row> for NotStored {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            place: MailboxMessage {
                mailbox: parsed("mailbox_messages.mailbox", &row.mailbox)?,
                uid_validity: number("mailbox_messages.uid_validity", row.uid_validity)?,
                uid: number("mailbox_messages.uid", row.uid)?,
            },
            state: parsed("mailbox_messages.state", &row.state)?,
            attempts: number("mailbox_messages.attempts", row.attempts)?,
            size: row
                .size
                .map(|size| number("mailbox_messages.size", size))
                .transpose()?,
            received_at: instant_if_any("mailbox_messages.received_at", row.received_at)?,
            next_try_at: instant_if_any("mailbox_messages.next_try_at", row.next_try_at)?,
            reason: row.last_error.unwrap_or_default(),
            noted_at: instant("mailbox_messages.noted_at", row.noted_at)?,
        })
    }
}

impl Mailboxes<'_> {
    /// Those UIDs of a folder above one that are noted, with their state, in order: at most so many.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn noted(
        &mut self,
        name: &MailboxKey,
        uid_validity: u32,
        above: u32,
        at_most: u32,
    ) -> Result<Vec<(u32, MailboxMessageState)>, StoreError> {
        const SQL: &str = "SELECT uid, state FROM mailbox_messages \
                           WHERE mailbox = $1 AND uid_validity = $2 AND uid > $3 ORDER BY uid LIMIT $4";
        let rows = fetch_all!(
            self.tx,
            (i64, String),
            SQL,
            name.as_str(),
            i64::from(uid_validity),
            i64::from(above),
            limit(at_most)
        )?;
        rows.into_iter()
            .map(|(uid, state)| {
                Ok((
                    number("mailbox_messages.uid", uid)?,
                    parsed("mailbox_messages.state", &state)?,
                ))
            })
            .collect()
    }

    /// This message is stored, or is not to be: its state is one of the last ones.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn note(
        &mut self,
        place: &MailboxMessage,
        state: MailboxMessageState,
        received_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO mailbox_messages (mailbox, uid_validity, uid, state, attempts, received_at, noted_at) \
                           VALUES ($1, $2, $3, $4, 0, $5, $6) ON CONFLICT (mailbox, uid_validity, uid) DO UPDATE SET \
                           state = excluded.state, received_at = COALESCE(excluded.received_at, mailbox_messages.received_at), \
                           next_try_at = NULL, last_error = NULL, noted_at = excluded.noted_at";
        execute!(
            self.tx,
            SQL,
            place.mailbox.as_str(),
            i64::from(place.uid_validity),
            i64::from(place.uid),
            state.as_str(),
            milliseconds(received_at),
            now.as_millisecond()
        )?;
        Ok(())
    }

    /// A message arrived in the mailbox at this time and is stored: the newest counts.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn newest(&mut self, name: &MailboxKey, at: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mailboxes SET newest_at = $1 \
                           WHERE name = $2 AND (newest_at IS NULL OR newest_at < $1)";
        execute!(self.tx, SQL, at.as_millisecond(), name.as_str())?;
        Ok(())
    }

    /// This message is not stored, and why. What a person has seen to meanwhile stays so.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn note_not_stored(&mut self, message: &NotStored) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO mailbox_messages (mailbox, uid_validity, uid, state, attempts, size, received_at, \
                           next_try_at, last_error, noted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                           ON CONFLICT (mailbox, uid_validity, uid) DO UPDATE SET state = excluded.state, \
                           attempts = excluded.attempts, size = COALESCE(excluded.size, mailbox_messages.size), \
                           received_at = COALESCE(excluded.received_at, mailbox_messages.received_at), \
                           next_try_at = excluded.next_try_at, last_error = excluded.last_error, \
                           noted_at = excluded.noted_at WHERE mailbox_messages.state NOT IN ('stored', 'seen-to')";
        execute!(
            self.tx,
            SQL,
            message.place.mailbox.as_str(),
            i64::from(message.place.uid_validity),
            i64::from(message.place.uid),
            message.state.as_str(),
            i64::from(message.attempts),
            message.size.map(i64::from),
            milliseconds(message.received_at),
            milliseconds(message.next_try_at),
            message.reason.as_str(),
            message.noted_at.as_millisecond()
        )?;
        Ok(())
    }

    /// What is known of a message that is not stored; `None` when it is, or was never met.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn not_stored_at(
        &mut self,
        place: &MailboxMessage,
    ) -> Result<Option<NotStored>, StoreError> {
        const SQL: &str = "SELECT mailbox, uid_validity, uid, state, attempts, size, received_at, next_try_at, last_error, \
                           noted_at FROM mailbox_messages WHERE mailbox = $1 AND uid_validity = $2 AND uid = $3 \
                           AND state IN ('trying', 'too-large')";
        let row = fetch_optional!(
            self.tx,
            Row,
            SQL,
            place.mailbox.as_str(),
            i64::from(place.uid_validity),
            i64::from(place.uid)
        )?;
        row.map(NotStored::try_from).transpose()
    }

    /// The messages of a mailbox that are not stored, the oldest first: at most so many.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn not_stored(
        &mut self,
        name: &MailboxKey,
        at_most: u32,
    ) -> Result<Vec<NotStored>, StoreError> {
        const SQL: &str = "SELECT mailbox, uid_validity, uid, state, attempts, size, received_at, next_try_at, last_error, \
                           noted_at FROM mailbox_messages WHERE mailbox = $1 AND state IN ('trying', 'too-large') \
                           ORDER BY uid LIMIT $2";
        let rows = fetch_all!(self.tx, Row, SQL, name.as_str(), limit(at_most))?;
        rows.into_iter().map(NotStored::try_from).collect()
    }

    /// What could not be had is to be tried at once. Says whether there was something to change.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn try_at_once(
        &mut self,
        place: &MailboxMessage,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE mailbox_messages SET state = 'trying', next_try_at = $1 \
                           WHERE mailbox = $2 AND uid_validity = $3 AND uid = $4 \
                           AND state IN ('trying', 'too-large')";
        let changed = execute!(
            self.tx,
            SQL,
            now.as_millisecond(),
            place.mailbox.as_str(),
            i64::from(place.uid_validity),
            i64::from(place.uid)
        )?;
        Ok(changed == 1)
    }

    /// Forgets the messages of a folder's earlier UIDVALIDITY, so many at a time; says how many that were.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_earlier(
        &mut self,
        name: &MailboxKey,
        uid_validity: u32,
        at_most: u32,
    ) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM mailbox_messages WHERE mailbox = $1 AND uid_validity <> $2 AND uid IN \
                           (SELECT uid FROM mailbox_messages WHERE mailbox = $1 AND uid_validity <> $2 LIMIT $3)";
        execute!(
            self.tx,
            SQL,
            name.as_str(),
            i64::from(uid_validity),
            limit(at_most)
        )
    }
}
