//! What became of the mails of a time, to be told as a table: neither their words nor where they went.

use domain::codes::{ClearReason, DeliveryState, MessageKind};
use domain::ids::MailId;
use domain::reference::Reference;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::{Builder, Uuid};

use super::Outbox;
use crate::StoreError;
use crate::columns::{
    instant, instant_if_any, limit as limit_column, number, parsed, parsed_if_any,
};
use crate::dialect::fetch_all;

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailFate {
    /// The mail.
    pub id: MailId,
    /// Its enquiry.
    pub reference: Reference,
    /// What it was.
    pub kind: MessageKind,
    /// How far it has come.
    pub state: DeliveryState,
    /// When it was written.
    pub written_at: Timestamp,
    /// When a server took it.
    pub sent_at: Option<Timestamp>,
    /// How often it was tried.
    pub attempts: u32,
    /// What a mail server said last, without addresses.
    pub said: Option<String>,
    /// Why a person took it off the list of those that reached nobody.
    pub cleared: Option<ClearReason>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    kind: String,
    state: String,
    created_at: i64,
    sent_at: Option<i64>,
    attempts: i64,
    said: Option<String>,
    clear_reason: Option<String>,
}

impl TryFrom<Row> for MailFate {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: MailId::from_uuid(row.id),
            reference: parsed("enquiries.reference", &row.reference)?,
            kind: parsed("mails.kind", &row.kind)?,
            state: parsed("mails.state", &row.state)?,
            written_at: instant("mails.created_at", row.created_at)?,
            sent_at: instant_if_any("mails.sent_at", row.sent_at)?,
            attempts: number("mails.attempts", row.attempts)?,
            said: row.said,
            cleared: parsed_if_any("mails.clear_reason", row.clear_reason.as_deref())?,
        })
    }
}

/// The first id that a mail of this instant can have: ids begin with the time.
fn first_of(instant: Timestamp) -> Uuid {
    let millis = u64::try_from(instant.as_millisecond()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

impl Outbox<'_> {
    /// What became of the mails written from `from` on, the earliest first, after the one that a page ended with.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn fates(
        &mut self,
        from: Timestamp,
        after: Option<MailId>,
        limit: u32,
    ) -> Result<Vec<MailFate>, StoreError> {
        const SQL: &str = "SELECT x.id, e.reference, x.kind, x.state, x.created_at, x.sent_at, x.attempts, \
                           COALESCE(x.last_error, x.server_answer) AS said, x.clear_reason FROM mails x \
                           JOIN enquiries e ON e.id = x.enquiry WHERE x.id >= $1 AND x.id > $2 \
                           ORDER BY x.id LIMIT $3";
        let after = after.map_or_else(Uuid::nil, |id| id.as_uuid());
        fetch_all!(
            self.tx,
            Row,
            SQL,
            first_of(from),
            after,
            limit_column(limit)
        )?
        .into_iter()
        .map(MailFate::try_from)
        .collect()
    }
}
