//! The feed of changed listings, which each server's search index follows.
//!
//! A follower remembers the highest position it has seen and asks for what comes after. So positions must
//! commit in order: on PostgreSQL whoever appends holds an advisory lock until the end of its transaction.

use domain::ids::ServiceId;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, limit as limit_column};
use crate::dialect::{execute, fetch_all, fetch_one, fetch_optional, on_postgres};
use crate::{StoreError, Tx};

/// The advisory lock's number: the word “listings” in ASCII.
const FEED_LOCK: i64 = 0x6c69_7374_696e_6773;

/// What happened to a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was added or changed.
    Put,
    /// It was removed.
    Remove,
}

/// One change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListingChange {
    /// Its place in the feed; positions only grow.
    pub position: i64,
    /// Which service.
    pub service: ServiceId,
    /// What happened.
    pub kind: ChangeKind,
    /// When.
    pub at: Timestamp,
}

impl ChangeKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Put => "put",
            Self::Remove => "remove",
        }
    }

    fn from_column(text: &str) -> Result<Self, StoreError> {
        match text {
            "put" => Ok(Self::Put),
            "remove" => Ok(Self::Remove),
            _ => Err(StoreError::corrupt("listing_changes.kind")),
        }
    }
}

#[derive(FromRow)]
struct ChangeRow {
    position: i64,
    service: Uuid,
    kind: String,
    changed_at: i64,
}

impl TryFrom<ChangeRow> for ListingChange {
    type Error = StoreError;

    fn try_from(row: ChangeRow) -> Result<Self, StoreError> {
        Ok(Self {
            position: row.position,
            service: ServiceId::from_uuid(row.service),
            kind: ChangeKind::from_column(&row.kind)?,
            at: instant("listing_changes.changed_at", row.changed_at)?,
        })
    }
}

/// Makes this transaction the only one that changes listings, until it ends. SQLite has one writer anyway.
///
/// Saving a listing takes it before any row: taken later, two imports that share an organization could each
/// wait for the other.
pub(crate) async fn lock_feed(tx: &mut Tx) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(_) => {}
        Tx::Postgres(tx) => {
            let lock = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(FEED_LOCK);
            on_postgres!(tx, |connection| lock.execute(connection).await)?;
        }
    }
    Ok(())
}

/// The feed of changed listings.
#[derive(Debug)]
pub struct Changes<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Changes<'_> {
    /// Adds a change, in the transaction that made it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn append(
        &mut self,
        service: ServiceId,
        kind: ChangeKind,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str =
            "INSERT INTO listing_changes (service, kind, changed_at) VALUES ($1, $2, $3)";
        lock_feed(self.tx).await?;
        execute!(
            self.tx,
            SQL,
            service.as_uuid(),
            kind.as_str(),
            at.as_millisecond()
        )?;
        Ok(())
    }

    /// The changes after a position, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn after(
        &mut self,
        position: i64,
        limit: u32,
    ) -> Result<Vec<ListingChange>, StoreError> {
        const SQL: &str = "SELECT position, service, kind, changed_at FROM listing_changes \
                           WHERE position > $1 ORDER BY position LIMIT $2";
        let rows = fetch_all!(self.tx, ChangeRow, SQL, position, limit_column(limit))?;
        rows.into_iter().map(ListingChange::try_from).collect()
    }

    /// The change at a position.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn at(&mut self, position: i64) -> Result<Option<ListingChange>, StoreError> {
        const SQL: &str =
            "SELECT position, service, kind, changed_at FROM listing_changes WHERE position = $1";
        fetch_optional!(self.tx, ChangeRow, SQL, position)?
            .map(ListingChange::try_from)
            .transpose()
    }

    /// The newest position; 0 before the first change.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn latest(&mut self) -> Result<i64, StoreError> {
        let (latest,) = fetch_one!(
            self.tx,
            (Option<i64>,),
            "SELECT max(position) FROM listing_changes"
        )?;
        Ok(latest.unwrap_or(0))
    }
}
