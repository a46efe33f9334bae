//! Forms that are being filled in, kept on the server behind a cookie.

use std::fmt;

use domain::ids::DraftId;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::instant;
use crate::dialect::{execute, fetch_optional};
use crate::{StoreError, TokenHash, Tx};

/// A half-written form. Its `Debug` hides the document: it is about a child.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Its id, which the enquiry made of it remembers.
    pub id: DraftId,
    /// What was filled in so far, as JSON.
    pub document: String,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// When it is forgotten.
    pub expires_at: Timestamp,
}

impl fmt::Debug for DraftRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DraftRow")
            .field("id", &self.id)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    document: String,
    created_at: i64,
    updated_at: i64,
    expires_at: i64,
}

/// Forms that are being filled in, found by the hash of their cookie.
#[derive(Debug)]
pub struct Drafts<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Drafts<'_> {
    /// Adds the draft or replaces the one with the same cookie; the time it was begun stays.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the id belongs to another cookie.
    pub async fn save(&mut self, token: &TokenHash, draft: &DraftRow) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO drafts (token_hash, id, document, created_at, updated_at, expires_at) \
                           VALUES ($1, $2, $3, $4, $5, $6) \
                           ON CONFLICT (token_hash) DO UPDATE SET id = excluded.id, document = excluded.document, \
                           updated_at = excluded.updated_at, expires_at = excluded.expires_at";
        execute!(
            self.tx,
            SQL,
            token.column(),
            draft.id.as_uuid(),
            draft.document.as_str(),
            draft.created_at.as_millisecond(),
            draft.updated_at.as_millisecond(),
            draft.expires_at.as_millisecond(),
        )?;
        Ok(())
    }

    /// The draft behind this cookie, if it is not forgotten.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find(
        &mut self,
        token: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<DraftRow>, StoreError> {
        const SQL: &str = "SELECT id, document, created_at, updated_at, expires_at \
                           FROM drafts WHERE token_hash = $1 AND expires_at > $2";
        let row = fetch_optional!(self.tx, Row, SQL, token.column(), now.as_millisecond())?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(DraftRow {
            id: DraftId::from_uuid(row.id),
            document: row.document,
            created_at: instant("drafts.created_at", row.created_at)?,
            updated_at: instant("drafts.updated_at", row.updated_at)?,
            expires_at: instant("drafts.expires_at", row.expires_at)?,
        }))
    }

    /// Removes one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete(&mut self, token: &TokenHash) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM drafts WHERE token_hash = $1";
        execute!(self.tx, SQL, token.column())?;
        Ok(())
    }

    /// Removes those that are to be forgotten; says how many.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_expired(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM drafts WHERE expires_at <= $1";
        execute!(self.tx, SQL, now.as_millisecond())
    }
}
