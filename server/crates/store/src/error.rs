//! What can go wrong in the store, sorted by what the caller can do about it.

use sqlx::migrate::MigrateError;
use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::SqliteError;

/// Why the store could not do what was asked. Holds names of columns and constraints, never a value of a row.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Locked, full, gone or too busy: the same may well work later, and nothing was half written.
    #[error("the database cannot be used just now: {reason}")]
    Unavailable {
        /// What the database or the disk said.
        reason: String,
    },
    /// Somebody else was first: such a row exists already, or it changed since it was read.
    #[error("the row was changed or added by somebody else: {what}")]
    Conflict {
        /// Which constraint or which kind of row.
        what: String,
    },
    /// A newer version of this program has been here.
    #[error(
        "the database was changed by a newer version of send-hub (its newest migration is {found}, \
         this version knows migrations up to {known}): start that version, or restore a backup made before it"
    )]
    NewerDatabase {
        /// The newest migration in the database.
        found: i64,
        /// The newest migration in this program.
        known: i64,
    },
    /// A row that the rules refuse, or a file that is no database.
    #[error("the database holds something that cannot be: {what}")]
    Corrupt {
        /// Which column, or what the database said.
        what: String,
    },
    /// The address names no kind of database that we speak.
    #[error("the database address must begin with sqlite: or postgres://")]
    UnknownDatabase,
    /// Anything else: a fault in this program.
    #[error("the database refused a statement: {0}")]
    Other(#[source] sqlx::Error),
}

impl StoreError {
    pub(crate) fn unavailable(reason: impl ToString) -> Self {
        Self::Unavailable {
            reason: reason.to_string(),
        }
    }

    pub(crate) fn conflict(what: impl ToString) -> Self {
        Self::Conflict {
            what: what.to_string(),
        }
    }

    pub(crate) fn corrupt(what: impl ToString) -> Self {
        Self::Corrupt {
            what: what.to_string(),
        }
    }
}

/// What a database's own error code means for us.
enum Meaning {
    Unavailable,
    Corrupt,
    Other,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Io(_)
            | sqlx::Error::Tls(_) => Self::unavailable(&error),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::corrupt(&error),
            sqlx::Error::Database(database) if database.is_unique_violation() => {
                Self::conflict(database.message())
            }
            sqlx::Error::Database(database) => {
                let meaning = if database.try_downcast_ref::<SqliteError>().is_some() {
                    meaning_on_sqlite(&database.code().unwrap_or_default())
                } else if let Some(postgres) = database.try_downcast_ref::<PgDatabaseError>() {
                    meaning_on_postgres(postgres.code())
                } else {
                    Meaning::Other
                };
                match meaning {
                    Meaning::Unavailable => Self::unavailable(database.message()),
                    Meaning::Corrupt => Self::corrupt(database.message()),
                    Meaning::Other => Self::Other(error),
                }
            }
            _ => Self::Other(error),
        }
    }
}

/// Result codes: <https://www.sqlite.org/rescode.html>. The low byte is the primary code.
fn meaning_on_sqlite(code: &str) -> Meaning {
    match code.parse::<i32>().map(|code| code & 0xff) {
        // BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN
        Ok(5 | 6 | 7 | 8 | 10 | 13 | 14) => Meaning::Unavailable,
        // CORRUPT, NOTADB
        Ok(11 | 26) => Meaning::Corrupt,
        _ => Meaning::Other,
    }
}

/// Classes of SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn meaning_on_postgres(code: &str) -> Meaning {
    match code.get(..2) {
        // 08 connection, 40 rolled back for another's sake, 53 resources, 57 operator, 58 system (disk)
        Some("08" | "40" | "53" | "57" | "58") => Meaning::Unavailable,
        // A standby that only reads; a transaction that stood still for too long; a lock that was not to be had in time.
        _ if matches!(code, "25006" | "25P03" | "55P03") => Meaning::Unavailable,
        Some("XX") => Meaning::Corrupt,
        _ => Meaning::Other,
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            MigrateError::VersionMismatch(_)
            | MigrateError::VersionMissing(_)
            | MigrateError::Dirty(_) => Self::corrupt(&error),
            other => Self::Other(sqlx::Error::Migrate(Box::new(other))),
        }
    }
}
