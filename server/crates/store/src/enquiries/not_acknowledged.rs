//! Enquiries whose sender was told nothing, the earliest first, a page at a time from a partial index of migration 0018.

use domain::codes::StateKind;
use domain::email::EmailAddress;
use domain::ids::EnquiryId;
use domain::reference::Reference;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use super::{AcknowledgementState, Enquiries};
use crate::StoreError;
use crate::columns::{instant, limit as limit_column, number, parsed, parsed_if_any};
use crate::dialect::{fetch_all, fetch_one};

/// An enquiry whose sender was told nothing. Its `Debug` shows no name and no address.
#[derive(Clone, PartialEq, Eq)]
pub struct NotAcknowledged {
    /// Which.
    pub id: EnquiryId,
    /// Its reference.
    pub reference: Reference,
    /// When it came.
    pub received_at: Timestamp,
    /// Why they were told nothing.
    pub why: AcknowledgementState,
    /// Where it stands.
    pub state: StateKind,
    /// Who asked.
    pub name: String,
    /// Their e-mail address, if they have one.
    pub email: Option<EmailAddress>,
}

impl std::fmt::Debug for NotAcknowledged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NotAcknowledged")
            .field("id", &self.id)
            .field("why", &self.why)
            .finish_non_exhaustive()
    }
}

#[derive(FromRow)]
struct NotAcknowledgedRow {
    id: Uuid,
    reference: String,
    received_at: i64,
    acknowledgement: String,
    state: String,
    name: String,
    email: Option<String>,
}

impl TryFrom<NotAcknowledgedRow> for NotAcknowledged {
    type Error = StoreError;

    fn try_from(row: NotAcknowledgedRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: EnquiryId::from_uuid(row.id),
            reference: parsed("enquiries.reference", &row.reference)?,
            received_at: instant("enquiries.received_at", row.received_at)?,
            why: row.acknowledgement.parse()?,
            state: parsed("enquiries.state", &row.state)?,
            name: row.name,
            email: parsed_if_any("correspondents.email", row.email.as_deref())?,
        })
    }
}

/// Which of `enquiries e` those are. The index holds all but the last condition.
macro_rules! told_nothing {
    () => {
        "e.state <> 'closed' AND e.acknowledgement NOT IN ('queued', 'sent') AND e.acknowledgement <> 'answered-at-once'"
    };
}

impl Enquiries<'_> {
    /// Enquiries that are not closed and whose sender was told nothing, or not yet for sure, the earliest first,
    /// after the one that a page ended with.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn not_acknowledged(
        &mut self,
        after: Option<(Timestamp, EnquiryId)>,
        limit: u32,
    ) -> Result<Vec<NotAcknowledged>, StoreError> {
        const SQL: &str = concat!(
            "SELECT e.id, e.reference, e.received_at, e.acknowledgement, e.state, c.name, c.email \
             FROM enquiries e JOIN correspondents c ON c.id = e.correspondent WHERE ",
            told_nothing!(),
            " AND (e.received_at, e.id) > ($1, $2) ORDER BY e.received_at, e.id LIMIT $3"
        );
        let (at, id) = after.map_or((i64::MIN, Uuid::nil()), |(at, id)| {
            (at.as_millisecond(), id.as_uuid())
        });
        let rows = fetch_all!(
            self.tx,
            NotAcknowledgedRow,
            SQL,
            at,
            id,
            limit_column(limit)
        )?;
        rows.into_iter().map(NotAcknowledged::try_from).collect()
    }

    /// How many those are, counted up to 1,000.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn not_acknowledged_count(&mut self) -> Result<u32, StoreError> {
        const SQL: &str = concat!(
            "SELECT count(*) FROM (SELECT 1 FROM enquiries e WHERE ",
            told_nothing!(),
            " LIMIT 1000) AS c"
        );
        let (count,) = fetch_one!(self.tx, (i64,), SQL)?;
        number("enquiries", count)
    }
}
