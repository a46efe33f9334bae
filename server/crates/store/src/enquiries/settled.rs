//! What was answered and what is closed, the latest first, a page at a time.
//!
//! As the queue, each is read from a partial index of its own, from where the last page ended. A topic or a place has no
//! index: rows of others are passed over on the way. Past 100,000 of others that takes a tenth of a second, which is not
//! worth four more indexes.

use domain::codes::{CorrespondentKind, EndReason};
use domain::ids::EnquiryId;
use domain::keys::{TeamKey, TopicKey};
use domain::reference::Reference;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;
use uuid::Uuid;

use super::{Enquiries, QueuePlace};
use crate::StoreError;
use crate::columns::{instant, limit as limit_column, parsed, parsed_if_any};
use crate::dialect::fetch_all;

/// How an enquiry was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It was answered, and has not closed yet.
    Answered,
    /// It is closed.
    Closed,
}

/// The place of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettledCursor {
    /// When it was settled.
    pub at: Timestamp,
    /// Which of those with the same time.
    pub id: EnquiryId,
}

/// One enquiry for which nobody waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettledRow {
    /// Its id.
    pub id: EnquiryId,
    /// Its public name.
    pub reference: Reference,
    /// What it is about.
    pub topic: TopicKey,
    /// Whose it is.
    pub team: TeamKey,
    /// The name of the officer who had it.
    pub officer_name: Option<String>,
    /// When it was answered or closed.
    pub at: Timestamp,
    /// The day on which an answered one closes.
    pub closes_on: Option<Date>,
    /// Why it ended without an answer, if it did.
    pub end_reason: Option<EndReason>,
    /// Who asked.
    pub correspondent_name: String,
    /// Who they are to the child.
    pub correspondent_kind: CorrespondentKind,
}

impl SettledRow {
    /// Where the next page begins, when this is the last row of one.
    #[must_use]
    pub fn cursor(&self) -> SettledCursor {
        SettledCursor {
            at: self.at,
            id: self.id,
        }
    }
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    topic: String,
    team: String,
    officer_name: Option<String>,
    settled_at: i64,
    closes_on: Option<String>,
    end_reason: Option<String>,
    correspondent_name: String,
    correspondent_kind: String,
}

impl TryFrom<Row> for SettledRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: EnquiryId::from_uuid(row.id),
            reference: parsed("enquiries.reference", &row.reference)?,
            topic: parsed("enquiries.topic", &row.topic)?,
            team: parsed("enquiries.team", &row.team)?,
            officer_name: row.officer_name,
            at: instant("enquiries.answered_at", row.settled_at)?,
            closes_on: parsed_if_any("enquiries.closes_on", row.closes_on.as_deref())?,
            end_reason: parsed_if_any("enquiries.end_reason", row.end_reason.as_deref())?,
            correspondent_name: row.correspondent_name,
            correspondent_kind: parsed("correspondents.kind", &row.correspondent_kind)?,
        })
    }
}

/// The statement for one state and the column of its time; `$1` and `$2` are the cursor, `$3` the limit, `$4` the topic
/// and `$5` the place, if they are asked for.
macro_rules! settled {
    ($state:literal, $at:literal) => {
        concat!(
            "SELECT e.id, e.reference, e.topic, e.team, a.name AS officer_name, e.",
            $at,
            " AS settled_at, e.closes_on, e.end_reason, c.name AS correspondent_name, c.kind AS correspondent_kind \
             FROM enquiries e JOIN correspondents c ON c.id = e.correspondent LEFT JOIN accounts a ON a.id = e.officer \
             WHERE e.state = '",
            $state,
            "' AND (e.",
            $at,
            ", e.id) < ($1, $2) AND (e.topic = $4 OR $4 IS NULL) AND (COALESCE(e.district, '') = $5 OR $5 IS NULL) \
             ORDER BY e.",
            $at,
            " DESC, e.id DESC LIMIT $3"
        )
    };
}

impl Enquiries<'_> {
    /// A page of those that were settled so, the latest first; only those about this topic or from this place, if they
    /// are asked for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn settled(
        &mut self,
        how: Settled,
        topic: Option<&TopicKey>,
        place: Option<&QueuePlace>,
        after: Option<SettledCursor>,
        limit: u32,
    ) -> Result<Vec<SettledRow>, StoreError> {
        const ANSWERED: &str = settled!("answered", "answered_at");
        const CLOSED: &str = settled!("closed", "closed_at");
        let (at, id) = match after {
            Some(cursor) => (cursor.at.as_millisecond(), cursor.id.as_uuid()),
            None => (i64::MAX, Uuid::max()),
        };
        let limit = limit_column(limit);
        let (topic, place) = (topic.map(TopicKey::as_str), place.map(QueuePlace::column));
        let rows = match how {
            Settled::Answered => fetch_all!(self.tx, Row, ANSWERED, at, id, limit, topic, place),
            Settled::Closed => fetch_all!(self.tx, Row, CLOSED, at, id, limit, topic, place),
        }?;
        rows.into_iter().map(SettledRow::try_from).collect()
    }
}
