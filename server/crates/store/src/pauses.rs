//! What we wait for while an enquiry is paused, since when, and when the family is to be reminded. That it is paused,
//! and until when, stands in the enquiry.

use domain::codes::WaitsFor;
use domain::ids::{EnquiryId, MessageId};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant_if_any, limit as limit_column, parsed};
use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::{StoreError, Tx};

/// A pause that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The message that asks for what is missing.
    pub message: MessageId,
    /// The enquiry that waits.
    pub enquiry: EnquiryId,
    /// What is missing.
    pub waits_for: WaitsFor,
    /// The day on which it ends by itself.
    pub until: Date,
    /// When it began: when they were asked.
    pub began_at: Option<Timestamp>,
}

#[derive(FromRow)]
struct Row {
    message: Uuid,
    enquiry: Uuid,
    waits_for: String,
    until_on: String,
    began_at: Option<i64>,
}

impl TryFrom<Row> for Pause {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            message: MessageId::from_uuid(row.message),
            enquiry: EnquiryId::from_uuid(row.enquiry),
            waits_for: parsed("pauses.waits_for", &row.waits_for)?,
            until: parsed("pauses.until_on", &row.until_on)?,
            began_at: instant_if_any("pauses.began_at", row.began_at)?,
        })
    }
}

pub(crate) const TO_REMIND: &str = "SELECT message, enquiry, waits_for, until_on, began_at FROM pauses \
                                    WHERE remind_at IS NOT NULL AND remind_at <= $1 ORDER BY remind_at, message LIMIT $2";

/// What we wait for.
#[derive(Debug)]
pub struct Pauses<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Pauses<'_> {
    /// Adds one that has not begun. Its message must be there.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when its message asks for one already.
    pub async fn insert(&mut self, pause: &Pause) -> Result<(), StoreError> {
        const SQL: &str =
            "INSERT INTO pauses (message, enquiry, waits_for, until_on) VALUES ($1, $2, $3, $4)";
        execute!(
            self.tx,
            SQL,
            pause.message.as_uuid(),
            pause.enquiry.as_uuid(),
            pause.waits_for.as_str(),
            pause.until.to_string(),
        )?;
        Ok(())
    }

    /// The pause that a message asks for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&mut self, message: MessageId) -> Result<Option<Pause>, StoreError> {
        const SQL: &str =
            "SELECT message, enquiry, waits_for, until_on, began_at FROM pauses WHERE message = $1";
        fetch_optional!(self.tx, Row, SQL, message.as_uuid())?
            .map(Pause::try_from)
            .transpose()
    }

    /// The pause of an enquiry that began last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn last_of(&mut self, enquiry: EnquiryId) -> Result<Option<Pause>, StoreError> {
        const SQL: &str = "SELECT message, enquiry, waits_for, until_on, began_at FROM pauses \
                           WHERE enquiry = $1 AND began_at IS NOT NULL ORDER BY began_at DESC LIMIT 1";
        fetch_optional!(self.tx, Row, SQL, enquiry.as_uuid())?
            .map(Pause::try_from)
            .transpose()
    }

    /// It began, and they are to be reminded then.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn begin(
        &mut self,
        message: MessageId,
        at: Timestamp,
        remind_at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE pauses SET began_at = $2, remind_at = $3 WHERE message = $1";
        execute!(
            self.tx,
            SQL,
            message.as_uuid(),
            at.as_millisecond(),
            remind_at.as_millisecond()
        )?;
        Ok(())
    }

    /// Those of whom somebody is to be reminded, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn to_remind(
        &mut self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Pause>, StoreError> {
        let rows = fetch_all!(
            self.tx,
            Row,
            TO_REMIND,
            now.as_millisecond(),
            limit_column(limit)
        )?;
        rows.into_iter().map(Pause::try_from).collect()
    }

    /// They were reminded, or need not be any more. `false` when that is known.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn reminded(&mut self, message: MessageId) -> Result<bool, StoreError> {
        const SQL: &str =
            "UPDATE pauses SET remind_at = NULL WHERE message = $1 AND remind_at IS NOT NULL";
        Ok(execute!(self.tx, SQL, message.as_uuid())? > 0)
    }
}
