//! Mail to the people who work here: its recipient and its words are frozen when it is written, and
//! its fate is noted. Mail to those who ask is in `outbox.rs`.

use domain::codes::DeliveryState;
use domain::email::EmailAddress;
use domain::ids::NoticeId;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, limit as limit_column, parsed};
use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::{StoreError, Tx};

/// A notice.
#[derive(Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// Where it goes.
    pub to: EmailAddress,
    /// Its subject: neutral.
    pub subject: String,
    /// Its plain part.
    pub body_text: String,
    /// Its page.
    pub body_html: String,
    /// Its Message-ID.
    pub message_id: String,
    /// How far it has come.
    pub state: DeliveryState,
    /// When it was written.
    pub created_at: Timestamp,
    /// What the last failed try came to.
    pub last_error: Option<String>,
}

/// The id alone: addresses and words never reach a log.
impl std::fmt::Debug for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notice")
            .field("id", &self.id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    to_address: String,
    subject: String,
    body_text: String,
    body_html: String,
    message_id: String,
    state: String,
    created_at: i64,
    last_error: Option<String>,
}

impl TryFrom<Row> for Notice {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: NoticeId::from_uuid(row.id),
            to: parsed("notices.to_address", &row.to_address)?,
            subject: row.subject,
            body_text: row.body_text,
            body_html: row.body_html,
            message_id: row.message_id,
            state: parsed("notices.state", &row.state)?,
            created_at: instant("notices.created_at", row.created_at)?,
            last_error: row.last_error,
        })
    }
}

/// Mail to the people who work here.
#[derive(Debug)]
pub struct Notices<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Notices<'_> {
    /// Adds one that waits to be sent, whatever its state says.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is one with its id.
    pub async fn insert(&mut self, notice: &Notice) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO notices (id, to_address, subject, body_text, body_html, message_id, state, \
                           created_at, attempts) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, 0)";
        execute!(
            self.tx,
            SQL,
            notice.id.as_uuid(),
            notice.to.as_str(),
            notice.subject.as_str(),
            notice.body_text.as_str(),
            notice.body_html.as_str(),
            notice.message_id.as_str(),
            notice.created_at.as_millisecond(),
        )?;
        Ok(())
    }

    /// The notice with this id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&mut self, id: NoticeId) -> Result<Option<Notice>, StoreError> {
        const SQL: &str = "SELECT id, to_address, subject, body_text, body_html, message_id, state, created_at, \
                           last_error FROM notices WHERE id = $1";
        fetch_optional!(self.tx, Row, SQL, id.as_uuid())?
            .map(Notice::try_from)
            .transpose()
    }

    /// A server took it. `false` when that is known already.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_sent(
        &mut self,
        id: NoticeId,
        at: Timestamp,
        answer: &str,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE notices SET state = 'sent', sent_at = $2, server_answer = $3, last_error = NULL, \
                           attempts = attempts + 1 WHERE id = $1 AND state = 'waiting'";
        Ok(execute!(self.tx, SQL, id.as_uuid(), at.as_millisecond(), answer)? > 0)
    }

    /// It could not be sent this time.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_attempt(&mut self, id: NoticeId, error: &str) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE notices SET attempts = attempts + 1, last_error = $2 WHERE id = $1 AND state = 'waiting'";
        execute!(self.tx, SQL, id.as_uuid(), error)?;
        Ok(())
    }

    /// It was given up.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_dead(&mut self, id: NoticeId, error: &str) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE notices SET state = 'dead', attempts = attempts + 1, last_error = $2 \
                           WHERE id = $1 AND state = 'waiting'";
        execute!(self.tx, SQL, id.as_uuid(), error)?;
        Ok(())
    }

    /// Those that were given up since then, the newest first; none to an address that a later one reached.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn dead_since(
        &mut self,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Notice>, StoreError> {
        const SQL: &str = "SELECT id, to_address, subject, body_text, body_html, message_id, state, created_at, \
                           last_error FROM notices n WHERE state = 'dead' AND created_at >= $1 \
                           AND NOT EXISTS (SELECT 1 FROM notices later WHERE later.to_address = n.to_address \
                           AND later.state = 'sent' AND later.created_at > n.created_at) \
                           ORDER BY created_at DESC, id DESC LIMIT $2";
        let rows = fetch_all!(
            self.tx,
            Row,
            SQL,
            since.as_millisecond(),
            limit_column(limit)
        )?;
        rows.into_iter().map(Notice::try_from).collect()
    }
}
