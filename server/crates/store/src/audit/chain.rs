//! The chain of seals over the record of deeds.
//!
//! A seal is SHA-256 of the seal before it and of one row, each field with its length before it, so that no
//! two rows are written alike. Rows wait in `audit_unsealed` (a trigger puts them there) and are sealed a
//! moment later by one process at a time: a chain made in the deed's own transaction would let no two deeds
//! commit side by side.

use sha2::{Digest, Sha256};
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{Audit, AuditRow};
use crate::columns::{limit as limit_column, number};
use crate::dialect::{both, fetch_all, fetch_one, fetch_optional, on_postgres};
use crate::{StoreError, Tx};

/// The advisory lock's number: the word “auditing” in ASCII.
const CHAIN_LOCK: i64 = 0x6175_6469_7469_6e67;
/// A seal's length in bytes.
const LENGTH: usize = 32;

/// One link of the chain: SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal([u8; LENGTH]);

/// How far the chain goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainHead {
    /// How many rows are sealed.
    pub position: u64,
    /// The newest seal; all zero before the first.
    pub seal: Seal,
}

/// A sealed row as the chain holds it, and the seal that it should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Its place.
    pub position: u64,
    /// The row.
    pub entry: Uuid,
    /// The seal that was made.
    pub found: Seal,
    /// The seal that the row as it is now gives.
    pub expected: Seal,
}

impl Seal {
    /// Before the first row.
    pub const NONE: Self = Self([0; LENGTH]);

    fn from_column(bytes: &[u8]) -> Result<Self, StoreError> {
        bytes
            .try_into()
            .map(Self)
            .map_err(|_| StoreError::corrupt("audit_seals.seal"))
    }

    /// The seal that follows this one for a row.
    fn next(&self, row: &AuditRow) -> Self {
        let mut hash = Sha256::new();
        hash.update(self.0);
        let mut field = |bytes: Option<&[u8]>| match bytes {
            Some(bytes) => {
                hash.update((bytes.len() as u64).to_be_bytes());
                hash.update(bytes);
            }
            None => hash.update(u64::MAX.to_be_bytes()),
        };
        field(Some(row.id.as_bytes()));
        field(Some(&row.done_at.to_be_bytes()));
        field(Some(row.actor_kind.as_bytes()));
        field(row.actor.as_ref().map(|id| id.as_bytes().as_slice()));
        field(Some(row.action.as_bytes()));
        field(row.enquiry.as_ref().map(|id| id.as_bytes().as_slice()));
        field(row.subject.as_ref().map(|id| id.as_bytes().as_slice()));
        field(row.detail.as_ref().map(String::as_bytes));
        Self(hash.finalize().into())
    }
}

impl std::fmt::Display for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[derive(FromRow)]
struct SealRow {
    position: i64,
    seal: Vec<u8>,
}

#[derive(FromRow)]
struct SealedRow {
    position: i64,
    seal: Vec<u8>,
    #[sqlx(flatten)]
    row: AuditRow,
}

impl Audit<'_> {
    /// Seals rows that wait, the oldest first, and says how many that were. It holds the chain until the end of
    /// the transaction.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn seal(&mut self, limit: u32) -> Result<usize, StoreError> {
        const WAITING: &str = "SELECT a.id, a.done_at, a.actor_kind, a.actor, a.action, a.enquiry, a.subject, a.detail \
                               FROM audit_unsealed AS u JOIN audit AS a ON a.id = u.entry ORDER BY u.entry LIMIT $1";
        self.lock_chain().await?;
        let mut head = self.head().await?;
        let rows = fetch_all!(self.tx, AuditRow, WAITING, limit_column(limit))?;
        let mut seals = Vec::with_capacity(rows.len());
        for row in &rows {
            head = ChainHead {
                position: head.position + 1,
                seal: head.seal.next(row),
            };
            seals.push((number_column(head.position)?, row.id, head.seal));
        }
        self.add_seals(&seals).await?;
        Ok(rows.len())
    }

    /// How far the chain goes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn head(&mut self) -> Result<ChainHead, StoreError> {
        const SQL: &str = "SELECT position, seal FROM audit_seals ORDER BY position DESC LIMIT 1";
        let row = fetch_optional!(self.tx, SealRow, SQL)?;
        row.map_or(
            Ok(ChainHead {
                position: 0,
                seal: Seal::NONE,
            }),
            |row| {
                Ok(ChainHead {
                    position: number("audit_seals.position", row.position)?,
                    seal: Seal::from_column(&row.seal)?,
                })
            },
        )
    }

    /// The sealed rows that follow a place of the chain, each with the seal it should have. A place that is
    /// missing shows in the positions; a row that was changed, or a seal, in what was found and expected.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn check(&mut self, from: ChainHead, limit: u32) -> Result<Vec<Checked>, StoreError> {
        const SQL: &str = "SELECT s.position, s.seal, a.id, a.done_at, a.actor_kind, a.actor, a.action, a.enquiry, \
                           a.subject, a.detail FROM audit_seals AS s JOIN audit AS a ON a.id = s.entry \
                           WHERE s.position > $1 ORDER BY s.position LIMIT $2";
        let after: i64 = number_column(from.position)?;
        let rows = fetch_all!(self.tx, SealedRow, SQL, after, limit_column(limit))?;
        let mut seal = from.seal;
        rows.into_iter()
            .map(|sealed| {
                let found = Seal::from_column(&sealed.seal)?;
                let expected = seal.next(&sealed.row);
                seal = found;
                Ok(Checked {
                    position: number("audit_seals.position", sealed.position)?,
                    entry: sealed.row.id,
                    found,
                    expected,
                })
            })
            .collect()
    }

    /// Rows that have no seal and do not wait for one, or were to have one by `until`: how many.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn unsealed(&mut self, until: jiff::Timestamp) -> Result<u64, StoreError> {
        const SQL: &str = "SELECT count(*) FROM audit AS a LEFT JOIN audit_seals AS s ON s.entry = a.id \
                           LEFT JOIN audit_unsealed AS u ON u.entry = a.id \
                           WHERE s.entry IS NULL AND (u.entry IS NULL OR a.done_at < $1)";
        let (count,) = fetch_one!(self.tx, (i64,), SQL, until.as_millisecond())?;
        number("audit", count)
    }

    /// Keeps seals, and lets their rows wait no more: two statements, however many they are, which no connection
    /// remembers: each number of rows would be another.
    async fn add_seals(&mut self, seals: &[(i64, Uuid, Seal)]) -> Result<(), StoreError> {
        if seals.is_empty() {
            return Ok(());
        }
        both!(self.tx, |connection| {
            let mut insert = QueryBuilder::new("INSERT INTO audit_seals (position, entry, seal) ");
            insert.push_values(seals, |mut row, (position, entry, seal)| {
                row.push_bind(*position)
                    .push_bind(*entry)
                    .push_bind(seal.0.to_vec());
            });
            let insert = insert.build().persistent(false);
            insert.execute(&mut *connection).await?;
            let mut delete = QueryBuilder::new("DELETE FROM audit_unsealed WHERE entry IN (");
            let mut entries = delete.separated(", ");
            for (_, entry, _) in seals {
                entries.push_bind(*entry);
            }
            delete.push(")");
            let delete = delete.build().persistent(false);
            delete.execute(connection).await.map(drop)
        })?;
        Ok(())
    }

    /// One process at a time. SQLite has one writer anyway.
    async fn lock_chain(&mut self) -> Result<(), StoreError> {
        match self.tx {
            Tx::Sqlite(_) => {}
            Tx::Postgres(tx) => {
                let lock = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(CHAIN_LOCK);
                on_postgres!(tx, |connection| lock.execute(connection).await)?;
            }
        }
        Ok(())
    }
}

fn number_column(position: u64) -> Result<i64, StoreError> {
    i64::try_from(position).map_err(|_| StoreError::corrupt("audit_seals.position"))
}
