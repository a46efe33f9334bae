//! Which tables there are, in an order in which each comes after those it points at.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::postgres::Postgres;
use sqlx::sqlite::Sqlite;
use sqlx::{AssertSqlSafe, Transaction};

use super::cell::Kind;
use crate::StoreError;

/// A table and its columns.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// PostgreSQL counts it by itself.
    counted: bool,
}

impl Table {
    fn column_list(&self) -> String {
        let names: Vec<String> = self
            .columns
            .iter()
            .map(|column| format!("\"{}\"", column.name))
            .collect();
        names.join(", ")
    }

    pub(super) fn select(&self) -> String {
        format!("SELECT {} FROM \"{}\"", self.column_list(), self.name)
    }

    /// The start of an `INSERT`, up to the values. Places in the feed keep their numbers.
    pub(super) fn insert(&self) -> String {
        format!(
            "INSERT INTO \"{}\" ({}) OVERRIDING SYSTEM VALUE ",
            self.name,
            self.column_list()
        )
    }
}

/// Every table of ours. Both databases must have the same.
pub(super) async fn in_order(
    source: &mut Transaction<'static, Sqlite>,
    target: &mut Transaction<'static, Postgres>,
) -> Result<Vec<Table>, StoreError> {
    const TABLES: &str = "SELECT name FROM sqlite_master WHERE type = 'table' \
                          AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '_sqlx_migrations'";
    let names: Vec<(String,)> = sqlx::query_as(TABLES).fetch_all(&mut **source).await?;
    let mut waiting = BTreeMap::new();
    for (name,) in names {
        let points_at = pointed_at(source, &name).await?;
        let table = described(source, target, &name).await?;
        waiting.insert(name, (points_at, table));
    }
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let ready: Vec<String> = waiting
            .iter()
            .filter(|(name, (points_at, _))| {
                points_at
                    .iter()
                    .all(|other| other == *name || !waiting.contains_key(other))
            })
            .map(|(name, _)| name.clone())
            .collect();
        if ready.is_empty() {
            return Err(StoreError::corrupt("tables that point at each other"));
        }
        for name in ready {
            ordered.extend(waiting.remove(&name).map(|(_, table)| table));
        }
    }
    Ok(ordered)
}

async fn pointed_at(
    source: &mut Transaction<'static, Sqlite>,
    table: &str,
) -> Result<BTreeSet<String>, StoreError> {
    let rows: Vec<(String,)> = sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_list($1)")
        .bind(table)
        .fetch_all(&mut **source)
        .await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

async fn described(
    source: &mut Transaction<'static, Sqlite>,
    target: &mut Transaction<'static, Postgres>,
    table: &str,
) -> Result<Table, StoreError> {
    const THERE: &str = "SELECT column_name::text, udt_name::text, is_identity::text FROM information_schema.columns \
                         WHERE table_schema = current_schema() AND table_name = $1 ORDER BY column_name";
    const HERE: &str = "SELECT name FROM pragma_table_info($1) ORDER BY name";
    let there: Vec<(String, String, String)> = sqlx::query_as(THERE)
        .bind(table)
        .fetch_all(&mut **target)
        .await?;
    let here: Vec<(String,)> = sqlx::query_as(HERE)
        .bind(table)
        .fetch_all(&mut **source)
        .await?;
    let ours: BTreeSet<&str> = here.iter().map(|(name,)| name.as_str()).collect();
    let theirs: BTreeSet<&str> = there.iter().map(|(name, _, _)| name.as_str()).collect();
    if ours != theirs {
        return Err(StoreError::corrupt(format!(
            "the table {table}, which is not the same in both databases"
        )));
    }
    let columns = there
        .into_iter()
        .map(|(name, kind, identity)| {
            Ok(Column {
                name,
                kind: Kind::from_type(&kind)?,
                counted: identity == "YES",
            })
        })
        .collect::<Result<_, StoreError>>()?;
    Ok(Table {
        name: table.to_owned(),
        columns,
    })
}

/// Lets PostgreSQL count on from where SQLite stood, deleted rows included.
pub(super) async fn go_on_counting(
    tables: &[Table],
    source: &mut Transaction<'static, Sqlite>,
    target: &mut Transaction<'static, Postgres>,
) -> Result<(), StoreError> {
    const STOOD_AT: &str = "SELECT seq FROM sqlite_sequence WHERE name = $1";
    for table in tables {
        for column in table.columns.iter().filter(|column| column.counted) {
            let stood: Option<(i64,)> = sqlx::query_as(STOOD_AT)
                .bind(&table.name)
                .fetch_optional(&mut **source)
                .await?;
            let Some((stood,)) = stood.filter(|(stood,)| *stood > 0) else {
                continue;
            };
            let set = format!(
                "SELECT setval(pg_get_serial_sequence('\"{}\"', '{}'), $1)",
                table.name, column.name
            );
            sqlx::query(AssertSqlSafe(set))
                .bind(stood)
                .execute(&mut **target)
                .await?;
        }
    }
    Ok(())
}
