//! The mailboxes that the hub reads: who reads each now, how far, and how it stands.
//!
//! What became of the single messages is in `messages.rs`.

mod messages;

use domain::keys::MailboxKey;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

pub use self::messages::{MailboxMessage, NotStored};
use crate::columns::{instant, instant_if_any, number, parsed};
use crate::dialect::{execute, fetch_all};
use crate::{StoreError, Tx};

/// The mailboxes.
#[derive(Debug)]
pub struct Mailboxes<'t> {
    pub(crate) tx: &'t mut Tx,
}

/// How a mailbox stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Its name in the settings.
    pub name: MailboxKey,
    /// Whether the settings still name it.
    pub followed: bool,
    /// Since when they do.
    pub followed_at: Timestamp,
    /// How long mail may lie in it before people are told, in seconds.
    pub alarm_after_s: u32,
    /// The folder's UIDVALIDITY when it was last looked at.
    pub uid_validity: Option<u32>,
    /// Every message up to this UID is noted.
    pub cursor: u32,
    /// How many messages the folder holds.
    pub in_mailbox: u32,
    /// How many of them are stored, or need not be.
    pub stored: u32,
    /// When the whole folder was last compared with what is stored.
    pub compared_at: Option<Timestamp>,
    /// When the newest stored message arrived there.
    pub newest_at: Option<Timestamp>,
    /// When somebody last read it or tried to.
    pub tried_at: Option<Timestamp>,
    /// When it was last read to its end, and whatever was new in it was seen to.
    pub contact_at: Option<Timestamp>,
    /// Since when that fails.
    pub failing_since: Option<Timestamp>,
    /// Why not.
    pub last_error: Option<String>,
    /// Why messages cannot be moved once they are stored.
    pub filing_error: Option<String>,
}

#[derive(FromRow)]
struct Row {
    name: String,
    followed: bool,
    followed_at: i64,
    alarm_after_s: i64,
    uid_validity: Option<i64>,
    cursor_uid: i64,
    in_mailbox: i64,
    stored: i64,
    compared_at: Option<i64>,
    newest_at: Option<i64>,
    tried_at: Option<i64>,
    contact_at: Option<i64>,
    failing_since_at: Option<i64>,
    last_error: Option<String>,
    filing_error: Option<String>,
}

impl TryFrom<Row> for Mailbox {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            name: parsed("mailboxes.name", &row.name)?,
            followed: row.followed,
            followed_at: instant("mailboxes.followed_at", row.followed_at)?,
            alarm_after_s: number("mailboxes.alarm_after_s", row.alarm_after_s)?,
            uid_validity: row
                .uid_validity
                .map(|validity| number("mailboxes.uid_validity", validity))
                .transpose()?,
            cursor: number("mailboxes.cursor_uid", row.cursor_uid)?,
            in_mailbox: number("mailboxes.in_mailbox", row.in_mailbox)?,
            stored: number("mailboxes.stored", row.stored)?,
            compared_at: instant_if_any("mailboxes.compared_at", row.compared_at)?,
            newest_at: instant_if_any("mailboxes.newest_at", row.newest_at)?,
            tried_at: instant_if_any("mailboxes.tried_at", row.tried_at)?,
            contact_at: instant_if_any("mailboxes.contact_at", row.contact_at)?,
            failing_since: instant_if_any("mailboxes.failing_since_at", row.failing_since_at)?,
            last_error: row.last_error,
            filing_error: row.filing_error,
        })
    }
}

impl Mailboxes<'_> {
    /// Every mailbox that was ever read, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(&mut self) -> Result<Vec<Mailbox>, StoreError> {
        const SQL: &str = "SELECT name, followed, followed_at, alarm_after_s, uid_validity, cursor_uid, in_mailbox, \
                           stored, compared_at, newest_at, tried_at, contact_at, failing_since_at, last_error, \
                           filing_error FROM mailboxes ORDER BY name";
        let rows = fetch_all!(self.tx, Row, SQL)?;
        rows.into_iter().map(Mailbox::try_from).collect()
    }

    /// The settings name this one: it is there from now on, with all that was known of it before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn follow(
        &mut self,
        name: &MailboxKey,
        alarm_after_s: u32,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO mailboxes (name, followed, followed_at, alarm_after_s, cursor_uid, in_mailbox, stored) \
                           VALUES ($1, TRUE, $2, $3, 0, 0, 0) ON CONFLICT (name) DO UPDATE SET \
                           followed_at = CASE WHEN mailboxes.followed THEN mailboxes.followed_at \
                                              ELSE excluded.followed_at END, \
                           followed = TRUE, alarm_after_s = excluded.alarm_after_s";
        execute!(
            self.tx,
            SQL,
            name.as_str(),
            now.as_millisecond(),
            i64::from(alarm_after_s)
        )?;
        Ok(())
    }

    /// The settings name this one no more.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn unfollow(&mut self, name: &MailboxKey) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mailboxes SET followed = FALSE WHERE name = $1";
        execute!(self.tx, SQL, name.as_str())?;
        Ok(())
    }

    /// Takes a mailbox to read, or keeps it: until `until` no other process may. Says whether it is ours. A lease
    /// that ends later than `too_late` was taken before somebody set the clock back, and counts for nothing.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn claim(
        &mut self,
        name: &MailboxKey,
        holder: Uuid,
        [now, until, too_late]: [Timestamp; 3],
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE mailboxes SET leased_by = $1, leased_until_at = $2 WHERE name = $3 \
                           AND (leased_by IS NULL OR leased_by = $1 OR leased_until_at <= $4 OR leased_until_at > $5)";
        let changed = execute!(
            self.tx,
            SQL,
            holder,
            until.as_millisecond(),
            name.as_str(),
            now.as_millisecond(),
            too_late.as_millisecond()
        )?;
        Ok(changed == 1)
    }

    /// Lets another process read it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn let_go(&mut self, name: &MailboxKey, holder: Uuid) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mailboxes SET leased_by = NULL, leased_until_at = NULL \
                           WHERE name = $1 AND leased_by = $2";
        execute!(self.tx, SQL, name.as_str(), holder)?;
        Ok(())
    }

    /// The folder has this UIDVALIDITY now, and nothing in it is noted yet.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn begin_anew(
        &mut self,
        name: &MailboxKey,
        uid_validity: u32,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mailboxes SET uid_validity = $1, cursor_uid = 0, compared_at = NULL WHERE name = $2";
        execute!(self.tx, SQL, i64::from(uid_validity), name.as_str())?;
        Ok(())
    }

    /// Every message up to this one is noted.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn move_cursor(
        &mut self,
        name: &MailboxKey,
        uid_validity: u32,
        uid: u32,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mailboxes SET cursor_uid = $1 \
                           WHERE name = $2 AND uid_validity = $3 AND cursor_uid < $1";
        execute!(
            self.tx,
            SQL,
            i64::from(uid),
            name.as_str(),
            i64::from(uid_validity)
        )?;
        Ok(())
    }

    /// A message of it was stored: it is read, whatever another process with other settings may believe, and its end
    /// is still to come.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn went_on(&mut self, name: &MailboxKey, at: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mailboxes SET followed = TRUE, tried_at = $1, failing_since_at = NULL, \
                           last_error = NULL WHERE name = $2";
        execute!(self.tx, SQL, at.as_millisecond(), name.as_str())?;
        Ok(())
    }

    /// It was read to its end: whatever was new in it is stored, or stands here as not stored.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn read_through(
        &mut self,
        name: &MailboxKey,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mailboxes SET followed = TRUE, tried_at = $1, contact_at = $1, failing_since_at = NULL, \
                           last_error = NULL WHERE name = $2";
        execute!(self.tx, SQL, at.as_millisecond(), name.as_str())?;
        Ok(())
    }

    /// Its server did not do what it was asked, or we could not keep what it gave.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn failed(
        &mut self,
        name: &MailboxKey,
        at: Timestamp,
        why: &str,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mailboxes SET followed = TRUE, tried_at = $1, last_error = $2, \
                           failing_since_at = COALESCE(failing_since_at, $1) WHERE name = $3";
        execute!(self.tx, SQL, at.as_millisecond(), why, name.as_str())?;
        Ok(())
    }

    /// How many messages the folder holds, and how many of them are stored or need not be.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn counted(
        &mut self,
        name: &MailboxKey,
        [in_mailbox, stored]: [u32; 2],
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mailboxes SET in_mailbox = $1, stored = $2 WHERE name = $3";
        execute!(
            self.tx,
            SQL,
            i64::from(in_mailbox),
            i64::from(stored),
            name.as_str()
        )?;
        Ok(())
    }

    /// The whole folder was compared with what is stored.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn compared(&mut self, name: &MailboxKey, at: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mailboxes SET compared_at = $1 WHERE name = $2";
        execute!(self.tx, SQL, at.as_millisecond(), name.as_str())?;
        Ok(())
    }

    /// The whole folder is to be compared at the next look.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn compare_soon(&mut self, name: &MailboxKey) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mailboxes SET compared_at = NULL WHERE name = $1";
        execute!(self.tx, SQL, name.as_str())?;
        Ok(())
    }

    /// Why messages cannot be moved once they are stored; `None` when they can.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn filing(&mut self, name: &MailboxKey, why: Option<&str>) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mailboxes SET filing_error = $1 WHERE name = $2";
        execute!(self.tx, SQL, why, name.as_str())?;
        Ok(())
    }
}
