//! Moving everything from SQLite to PostgreSQL, once, counted and checked.
//!
//! The SQLite file is locked against writers meanwhile, and PostgreSQL keeps nothing unless every table came
//! out equal. Then the file is marked as moved, so that nobody goes on with it by mistake. Broken off at any
//! moment it can be done again. The tables and their order are read from the databases themselves, so that a
//! new table moves without a word here.

mod cell;
mod tables;

use futures_util::TryStreamExt;
use jiff::Timestamp;
use sqlx::postgres::Postgres;
use sqlx::sqlite::Sqlite;
use sqlx::{AssertSqlSafe, PgPool, QueryBuilder, Row, Transaction};

use self::cell::{Cell, Digest};
use self::tables::Table;
use crate::{Database, SqliteStore, StoreError};

/// PostgreSQL takes at most 65,535 values in a statement.
const VALUES_AT_ONCE: usize = 20_000;
const ROWS_AT_ONCE: usize = 500;

/// Why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// Only a SQLite file can be moved, and only to a server.
    #[error("only a SQLite database can be moved, and only to postgres://…")]
    Direction,
    /// It was moved before.
    #[error("this database was moved away on {at} already")]
    AlreadyMoved {
        /// When.
        at: Timestamp,
    },
    /// What stands in the other database is not what was to be there: it held something else before.
    #[error(
        "the table {table} came out differently: is the other database really empty? Nothing was kept there"
    )]
    Different {
        /// Which table.
        table: String,
    },
    /// One of the databases refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for MoveError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A table that was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedTable {
    /// Its name.
    pub name: String,
    /// How many rows it has, in both databases.
    pub rows: u64,
}

impl Database {
    /// Moves everything here to another database, which is migrated first and must hold nothing else.
    ///
    /// # Errors
    /// [`MoveError`]; then the other database holds nothing of it, and this one still counts.
    pub async fn move_to(&self, other: &Self, at: Timestamp) -> Result<Vec<MovedTable>, MoveError> {
        let (Self::Sqlite(from), Self::Postgres(to)) = (self, other) else {
            return Err(MoveError::Direction);
        };
        let mut tx = self.read().await?;
        if let Some(at) = tx.installation().moved_at().await? {
            return Err(MoveError::AlreadyMoved { at });
        }
        tx.rollback().await?;
        other.migrate().await?;
        move_all(from, &to.pool, at).await
    }
}

async fn move_all(
    from: &SqliteStore,
    to: &PgPool,
    at: Timestamp,
) -> Result<Vec<MovedTable>, MoveError> {
    // Held to the end: what is written after a table was read would be lost.
    let mut source = from.writer.begin_with("BEGIN IMMEDIATE").await?;
    let mut target = to.begin().await?;
    let tables = tables::in_order(&mut source, &mut target).await?;
    // The trigger on `audit` writes here; the rows that count come with the table itself.
    let mut moved = Vec::with_capacity(tables.len());
    for table in &tables {
        if table.name == "audit_unsealed" {
            sqlx::query("DELETE FROM audit_unsealed")
                .execute(&mut *target)
                .await?;
        }
        moved.push(move_table(table, &mut source, &mut target).await?);
    }
    tables::go_on_counting(&tables, &mut source, &mut target).await?;
    target.commit().await?;
    sqlx::query("INSERT INTO moved_away (moved_at) VALUES ($1)")
        .bind(at.as_millisecond())
        .execute(&mut *source)
        .await?;
    source.commit().await?;
    Ok(moved)
}

/// Copies a table's rows, then reads them all again from the other side.
async fn move_table(
    table: &Table,
    source: &mut Transaction<'static, Sqlite>,
    target: &mut Transaction<'static, Postgres>,
) -> Result<MovedTable, MoveError> {
    let sent = copy(table, source, target).await?;
    let arrived = read_again(table, target).await?;
    if sent != arrived {
        return Err(MoveError::Different {
            table: table.name.clone(),
        });
    }
    Ok(MovedTable {
        name: table.name.clone(),
        rows: sent.rows(),
    })
}

async fn copy(
    table: &Table,
    source: &mut Transaction<'static, Sqlite>,
    target: &mut Transaction<'static, Postgres>,
) -> Result<Digest, MoveError> {
    let at_once = (VALUES_AT_ONCE / table.columns.len().max(1)).clamp(1, ROWS_AT_ONCE);
    let mut digest = Digest::default();
    let mut waiting = Vec::with_capacity(at_once);
    let select = table.select();
    let mut rows = sqlx::query(AssertSqlSafe(select)).fetch(&mut **source);
    while let Some(row) = rows.try_next().await? {
        let cells = table
            .columns
            .iter()
            .enumerate()
            .map(|(place, column)| Cell::from_sqlite(&row, place, column.kind))
            .collect::<Result<Vec<_>, _>>()?;
        digest.add(&cells);
        waiting.push(cells);
        if waiting.len() == at_once {
            insert(table, std::mem::take(&mut waiting), target).await?;
        }
    }
    if !waiting.is_empty() {
        insert(table, waiting, target).await?;
    }
    Ok(digest)
}

/// Rows that migrations put there already stay; that they are equal is found out afterwards.
async fn insert(
    table: &Table,
    rows: Vec<Vec<Cell>>,
    target: &mut Transaction<'static, Postgres>,
) -> Result<(), MoveError> {
    let mut statement = QueryBuilder::<Postgres>::new(table.insert());
    statement.push_values(rows, |mut tuple, row| {
        for cell in row {
            match cell {
                Cell::Uuid(value) => tuple.push_bind(value),
                Cell::Bytes(value) => tuple.push_bind(value),
                Cell::Integer(value) => tuple.push_bind(value),
                Cell::Text(value) => tuple.push_bind(value),
                Cell::Real(value) => tuple.push_bind(value),
                Cell::Flag(value) => tuple.push_bind(value),
            };
        }
    });
    statement.push(" ON CONFLICT DO NOTHING");
    statement.build().execute(&mut **target).await?;
    Ok(())
}

async fn read_again(
    table: &Table,
    target: &mut Transaction<'static, Postgres>,
) -> Result<Digest, MoveError> {
    let mut digest = Digest::default();
    let select = table.select();
    let mut rows = sqlx::query(AssertSqlSafe(select)).fetch(&mut **target);
    while let Some(row) = rows.try_next().await? {
        let cells = table
            .columns
            .iter()
            .enumerate()
            .map(|(place, column)| {
                Ok(match column.kind {
                    cell::Kind::Uuid => Cell::Uuid(row.try_get(place)?),
                    cell::Kind::Bytes => Cell::Bytes(row.try_get(place)?),
                    cell::Kind::Integer => Cell::Integer(row.try_get(place)?),
                    cell::Kind::Text => Cell::Text(row.try_get(place)?),
                    cell::Kind::Real => Cell::Real(row.try_get(place)?),
                    cell::Kind::Flag => Cell::Flag(row.try_get(place)?),
                })
            })
            .collect::<Result<Vec<_>, sqlx::Error>>()?;
        digest.add(&cells);
    }
    Ok(digest)
}
