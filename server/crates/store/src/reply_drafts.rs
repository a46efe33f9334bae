//! Replies that officers have not finished.

use std::fmt;

use domain::ids::{AccountId, EnquiryId};
use jiff::Timestamp;

use crate::columns::instant;
use crate::dialect::{execute, fetch_optional};
use crate::{StoreError, Tx};

/// A reply that is not finished. Its `Debug` hides the words: they are about a child.
#[derive(Clone, PartialEq, Eq)]
pub struct ReplyDraft {
    /// The words so far.
    pub body: String,
    /// When they were saved.
    pub saved_at: Timestamp,
}

impl fmt::Debug for ReplyDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplyDraft")
            .field("saved_at", &self.saved_at)
            .finish_non_exhaustive()
    }
}

/// Replies that officers have not finished: one for each officer and enquiry.
#[derive(Debug)]
pub struct ReplyDrafts<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl ReplyDrafts<'_> {
    /// Keeps the words in place of those that this officer saved before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn save(
        &mut self,
        enquiry: EnquiryId,
        officer: AccountId,
        draft: &ReplyDraft,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO reply_drafts (enquiry, officer, body, saved_at, expires_at) \
                           VALUES ($1, $2, $3, $4, $5) \
                           ON CONFLICT (enquiry, officer) DO UPDATE SET body = excluded.body, \
                           saved_at = excluded.saved_at, expires_at = excluded.expires_at";
        execute!(
            self.tx,
            SQL,
            enquiry.as_uuid(),
            officer.as_uuid(),
            draft.body.as_str(),
            draft.saved_at.as_millisecond(),
            expires_at.as_millisecond(),
        )?;
        Ok(())
    }

    /// What this officer saved, if it is not forgotten.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(
        &mut self,
        enquiry: EnquiryId,
        officer: AccountId,
        now: Timestamp,
    ) -> Result<Option<ReplyDraft>, StoreError> {
        const SQL: &str = "SELECT body, saved_at FROM reply_drafts \
                           WHERE enquiry = $1 AND officer = $2 AND expires_at > $3";
        let row = fetch_optional!(
            self.tx,
            (String, i64),
            SQL,
            enquiry.as_uuid(),
            officer.as_uuid(),
            now.as_millisecond()
        )?;
        row.map(|(body, saved_at)| {
            Ok(ReplyDraft {
                body,
                saved_at: instant("reply_drafts.saved_at", saved_at)?,
            })
        })
        .transpose()
    }

    /// Removes what this officer saved.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete(
        &mut self,
        enquiry: EnquiryId,
        officer: AccountId,
    ) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM reply_drafts WHERE enquiry = $1 AND officer = $2";
        execute!(self.tx, SQL, enquiry.as_uuid(), officer.as_uuid())?;
        Ok(())
    }

    /// Removes those that are to be forgotten; says how many.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_expired(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM reply_drafts WHERE expires_at <= $1";
        execute!(self.tx, SQL, now.as_millisecond())
    }
}
