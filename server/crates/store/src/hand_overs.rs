//! Who is to be told that an enquiry is theirs now: passed on to them, or back with their team. And that they are to
//! remind somebody of a pause whom no mail of ours reminds.

use domain::codes::HandOverWay;
use domain::ids::{EnquiryId, HandOverId, NoticeId};
use domain::reference::Reference;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{limit as limit_column, parsed, parsed_if_any};
use crate::dialect::{execute, fetch_all};
use crate::to_write::{self, next_address, written};
use crate::{StoreError, Tx};

/// An enquiry's way from those who had it to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// Its id.
    pub id: HandOverId,
    /// What was handed over.
    pub enquiry: EnquiryId,
    /// How it came to them.
    pub way: HandOverWay,
    /// When.
    pub at: Timestamp,
}

/// One line of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandOverToTell {
    /// The hand-over.
    pub id: HandOverId,
    /// The enquiry's public name.
    pub reference: Reference,
    /// How it came to them.
    pub way: HandOverWay,
    /// The day that is promised, none while no promise runs; where somebody is to be reminded, the day until which we
    /// wait for them, none once we wait no more.
    pub due_on: Option<Date>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    way: String,
    due_on: Option<String>,
}

impl TryFrom<Row> for HandOverToTell {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: HandOverId::from_uuid(row.id),
            reference: parsed("enquiries.reference", &row.reference)?,
            way: parsed("hand_overs.way", &row.way)?,
            due_on: parsed_if_any("promises.due_on", row.due_on.as_deref())?,
        })
    }
}

pub(crate) const NEXT: &str = next_address!("hand_overs");
pub(crate) const TO_WRITE: &str = "SELECT h.id, e.reference, h.way, CASE WHEN h.way IN ('to-ring', 'to-write') \
                                   THEN e.paused_until_on ELSE p.due_on END AS due_on FROM hand_overs h \
                                   JOIN enquiries e ON e.id = h.enquiry LEFT JOIN promises p ON p.enquiry = e.id \
                                   AND p.outcome = 'running' AND e.state = 'promised' WHERE h.address = $1 \
                                   AND h.notice IS NULL AND h.over_at IS NULL ORDER BY h.id LIMIT $2";

pub(crate) const OVER: &str =
    "UPDATE hand_overs SET over_at = $2 WHERE enquiry = $1 AND notice IS NULL AND over_at IS NULL";

/// Who is told what is theirs now.
#[derive(Debug)]
pub struct HandOvers<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl HandOvers<'_> {
    /// Writes down who is to be told of it. The address is in lower case.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when they are told already.
    pub async fn tell(&mut self, what: &HandOver, address: &str) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO hand_overs (id, address, enquiry, way, handed_at) VALUES ($1, $2, $3, $4, $5)";
        execute!(
            self.tx,
            SQL,
            what.id.as_uuid(),
            address,
            what.enquiry.as_uuid(),
            what.way.as_str(),
            what.at.as_millisecond(),
        )?;
        Ok(())
    }

    /// Nobody needs to be told any more who was not yet: it went on to others, or was closed.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn over(&mut self, enquiry: EnquiryId, at: Timestamp) -> Result<(), StoreError> {
        execute!(self.tx, OVER, enquiry.as_uuid(), at.as_millisecond())?;
        Ok(())
    }

    /// The next one to whom a notice is to be written, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next_to_write_to(&mut self, after: &str) -> Result<Option<String>, StoreError> {
        to_write::next(self.tx, NEXT, after).await
    }

    /// What is to be written to them, the earliest first; as [`crate::Escalations::to_write`], without what cannot be.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn to_write(
        &mut self,
        address: &str,
        limit: u32,
    ) -> Result<Vec<HandOverToTell>, StoreError> {
        let rows = fetch_all!(self.tx, Row, TO_WRITE, address, limit_column(limit))?;
        let read = rows.into_iter().map(HandOverToTell::try_from);
        Ok(read.filter_map(Result::ok).collect())
    }

    /// They were written to. `false` when somebody else did it first.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn written(
        &mut self,
        id: HandOverId,
        address: &str,
        notice: NoticeId,
    ) -> Result<bool, StoreError> {
        const SQL: &str = written!("hand_overs", "id");
        to_write::note(self.tx, SQL, id.as_uuid(), address, notice).await
    }
}
