//! What officers had typed into an enquiry's other forms when they pressed the button of one.

use domain::ids::{AccountId, EnquiryId};
use jiff::Timestamp;

use crate::dialect::{execute, fetch_optional};
use crate::{StoreError, Tx};

/// Words that were not sent, of one officer about one enquiry.
#[derive(Debug)]
pub struct HalfWritten<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl HalfWritten<'_> {
    /// Keeps these words (JSON) in place of what was kept before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn keep(
        &mut self,
        (enquiry, officer): (EnquiryId, AccountId),
        document: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO half_written (enquiry, officer, document, updated_at) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT (enquiry, officer) DO UPDATE SET document = excluded.document, \
                           updated_at = excluded.updated_at";
        execute!(
            self.tx,
            SQL,
            enquiry.as_uuid(),
            officer.as_uuid(),
            document,
            at.as_millisecond()
        )?;
        Ok(())
    }

    /// The words that were kept since then.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn kept_since(
        &mut self,
        (enquiry, officer): (EnquiryId, AccountId),
        since: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        const SQL: &str = "SELECT document FROM half_written WHERE enquiry = $1 AND officer = $2 AND updated_at >= $3";
        let row = fetch_optional!(
            self.tx,
            (String,),
            SQL,
            enquiry.as_uuid(),
            officer.as_uuid(),
            since.as_millisecond()
        )?;
        Ok(row.map(|(document,)| document))
    }

    /// Forgets one officer's words about one enquiry.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget(
        &mut self,
        (enquiry, officer): (EnquiryId, AccountId),
    ) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM half_written WHERE enquiry = $1 AND officer = $2";
        execute!(self.tx, SQL, enquiry.as_uuid(), officer.as_uuid())?;
        Ok(())
    }

    /// Forgets all that was kept before then.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_before(&mut self, then: Timestamp) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM half_written WHERE updated_at < $1";
        execute!(self.tx, SQL, then.as_millisecond())
    }
}
