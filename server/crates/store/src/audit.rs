//! Who did what, when. Rows are only ever added, and sealed in a chain: see `chain.rs`.

mod chain;

use domain::ids::{AccountId, AuditId, CorrespondentId, EnquiryId};
use jiff::Timestamp;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

pub use self::chain::{ChainHead, Checked, Seal};
use crate::columns::{instant, present};
use crate::dialect::{both, fetch_all};
use crate::{StoreError, Tx};

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditActor {
    /// A member of staff.
    Account(AccountId),
    /// A correspondent; no id while they are not known yet.
    Correspondent(Option<CorrespondentId>),
    /// The hub itself.
    System,
}

/// One deed. Ids and codes alone: never a name, an address or a message's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: AuditActor,
    /// What, as a code such as `enquiry.replied`.
    pub action: String,
    /// In which enquiry.
    pub enquiry: Option<EnquiryId>,
    /// To which record, when that is not the enquiry.
    pub subject: Option<Uuid>,
    /// More ids and codes.
    pub detail: Option<String>,
}

#[derive(FromRow)]
struct AuditRow {
    id: Uuid,
    done_at: i64,
    actor_kind: String,
    actor: Option<Uuid>,
    action: String,
    enquiry: Option<Uuid>,
    subject: Option<Uuid>,
    detail: Option<String>,
}

impl AuditActor {
    fn columns(self) -> (&'static str, Option<Uuid>) {
        match self {
            Self::Account(id) => ("account", Some(id.as_uuid())),
            Self::Correspondent(id) => ("correspondent", id.map(|id| id.as_uuid())),
            Self::System => ("system", None),
        }
    }

    fn from_columns(kind: &str, id: Option<Uuid>) -> Result<Self, StoreError> {
        match kind {
            "account" => Ok(Self::Account(AccountId::from_uuid(present(
                "audit.actor",
                id,
            )?))),
            "correspondent" => Ok(Self::Correspondent(id.map(CorrespondentId::from_uuid))),
            "system" => Ok(Self::System),
            _ => Err(StoreError::corrupt("audit.actor_kind")),
        }
    }
}

impl TryFrom<AuditRow> for AuditEntry {
    type Error = StoreError;

    fn try_from(row: AuditRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: AuditId::from_uuid(row.id),
            at: instant("audit.done_at", row.done_at)?,
            actor: AuditActor::from_columns(&row.actor_kind, row.actor)?,
            action: row.action,
            enquiry: row.enquiry.map(EnquiryId::from_uuid),
            subject: row.subject,
            detail: row.detail,
        })
    }
}

/// The record of deeds.
#[derive(Debug)]
pub struct Audit<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Audit<'_> {
    /// Adds a deed, in the transaction of the deed itself.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn append(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.append_all(std::slice::from_ref(entry)).await
    }

    /// Adds the few deeds of one act, in one statement.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn append_all(&mut self, entries: &[AuditEntry]) -> Result<(), StoreError> {
        const SQL: &str =
            "INSERT INTO audit (id, done_at, actor_kind, actor, action, enquiry, subject, detail) ";
        if entries.is_empty() {
            return Ok(());
        }
        both!(self.tx, |connection| {
            let mut insert = QueryBuilder::new(SQL);
            insert.push_values(entries, |mut row, entry| {
                let (actor_kind, actor) = entry.actor.columns();
                row.push_bind(entry.id.as_uuid())
                    .push_bind(entry.at.as_millisecond())
                    .push_bind(actor_kind)
                    .push_bind(actor)
                    .push_bind(entry.action.clone())
                    .push_bind(entry.enquiry.map(|id| id.as_uuid()))
                    .push_bind(entry.subject)
                    .push_bind(entry.detail.clone());
            });
            insert.build().execute(connection).await.map(drop)
        })?;
        Ok(())
    }

    /// Every deed of one kind, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of_action(&mut self, action: &str) -> Result<Vec<AuditEntry>, StoreError> {
        const SQL: &str = "SELECT id, done_at, actor_kind, actor, action, enquiry, subject, detail \
                           FROM audit WHERE action = $1 ORDER BY done_at, id";
        fetch_all!(self.tx, AuditRow, SQL, action)?
            .into_iter()
            .map(AuditEntry::try_from)
            .collect()
    }

    /// What was done in one enquiry, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn for_enquiry(&mut self, enquiry: EnquiryId) -> Result<Vec<AuditEntry>, StoreError> {
        const SQL: &str = "SELECT id, done_at, actor_kind, actor, action, enquiry, subject, detail \
                           FROM audit WHERE enquiry = $1 ORDER BY done_at, id";
        fetch_all!(self.tx, AuditRow, SQL, enquiry.as_uuid())?
            .into_iter()
            .map(AuditEntry::try_from)
            .collect()
    }
}
