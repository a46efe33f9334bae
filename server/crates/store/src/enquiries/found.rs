//! Enquiries found by who asked.

use domain::codes::{CorrespondentKind, StateKind};
use domain::ids::EnquiryId;
use domain::keys::TopicKey;
use domain::reference::Reference;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use super::Enquiries;
use crate::StoreError;
use crate::columns::{instant, limit as limit_column, parsed};
use crate::correspondents::Look;
use crate::dialect::fetch_all;

/// An enquiry that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundEnquiry {
    /// Its id.
    pub id: EnquiryId,
    /// Its public name.
    pub reference: Reference,
    /// What it is about.
    pub topic: TopicKey,
    /// Where it stands.
    pub state: StateKind,
    /// When the first message came.
    pub received_at: Timestamp,
    /// Who asked.
    pub correspondent_name: String,
    /// Who they are to the child.
    pub correspondent_kind: CorrespondentKind,
    /// The school or service that they write for.
    pub organisation: Option<String>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    topic: String,
    state: String,
    received_at: i64,
    name: String,
    kind: String,
    organisation: Option<String>,
}

impl TryFrom<Row> for FoundEnquiry {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: EnquiryId::from_uuid(row.id),
            reference: parsed("enquiries.reference", &row.reference)?,
            topic: parsed("enquiries.topic", &row.topic)?,
            state: parsed("enquiries.state", &row.state)?,
            received_at: instant("enquiries.received_at", row.received_at)?,
            correspondent_name: row.name,
            correspondent_kind: parsed("correspondents.kind", &row.kind)?,
            organisation: row.organisation,
        })
    }
}

impl Enquiries<'_> {
    /// The enquiries of those who are found so, at most so many, the newest of them first. The bound cuts off
    /// people by the order of their keys, not the oldest: whoever gets so many looks for more of the name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn found(
        &mut self,
        look: &Look,
        limit: u32,
    ) -> Result<Vec<FoundEnquiry>, StoreError> {
        const SQL: &str = "SELECT e.id, e.reference, e.topic, e.state, e.received_at, c.name, c.kind, c.organisation \
                           FROM (SELECT DISTINCT correspondent FROM (SELECT correspondent FROM correspondent_keys \
                           WHERE kind = $1 AND key >= $2 AND key < $3 LIMIT $4) AS k) AS f \
                           JOIN correspondents c ON c.id = f.correspondent \
                           JOIN enquiries e ON e.correspondent = c.id \
                           ORDER BY e.received_at DESC, e.id DESC LIMIT $4";
        let (from, to) = look.range();
        fetch_all!(
            self.tx,
            Row,
            SQL,
            look.kind(),
            from,
            to,
            limit_column(limit)
        )?
        .into_iter()
        .map(FoundEnquiry::try_from)
        .collect()
    }
}
