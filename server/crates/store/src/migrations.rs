//! The migrations in `migrations/`, built into the program, and who may run them when.

use std::borrow::Cow;
use std::fs::File;
use std::path::{Path, PathBuf};

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{PgPool, SqlSafeStr, SqlitePool};

use crate::{Backend, StoreError};

/// One step: its number, its subject and its text for each database.
struct Step {
    version: i64,
    subject: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// A step whose text both databases understand.
macro_rules! portable {
    ($version:literal, $subject:literal, $file:literal) => {
        Step {
            version: $version,
            subject: $subject,
            sqlite: include_str!(concat!("../../../../migrations/", $file, ".sql")),
            postgres: include_str!(concat!("../../../../migrations/", $file, ".sql")),
        }
    };
}

/// A step that is written twice, because the databases differ.
macro_rules! paired {
    ($version:literal, $subject:literal, $file:literal) => {
        Step {
            version: $version,
            subject: $subject,
            sqlite: include_str!(concat!("../../../../migrations/", $file, ".sqlite.sql")),
            postgres: include_str!(concat!("../../../../migrations/", $file, ".postgres.sql")),
        }
    };
}

const STEPS: &[Step] = &[
    portable!(1, "council", "0001_council"),
    portable!(2, "accounts", "0002_accounts"),
    portable!(3, "enquiries", "0003_enquiries"),
    portable!(4, "outbox and jobs", "0004_outbox_and_jobs"),
    portable!(5, "local offer", "0005_local_offer"),
    paired!(6, "listing changes", "0006_listing_changes"),
    portable!(7, "audit", "0007_audit"),
    portable!(8, "write probes", "0008_write_probes"),
    paired!(9, "audit chain", "0009_audit_chain"),
    portable!(10, "installation", "0010_installation"),
    portable!(11, "settings", "0011_settings"),
    portable!(12, "letters", "0012_letters"),
    portable!(13, "sign in", "0013_sign_in"),
    portable!(14, "send details", "0014_send_details"),
    portable!(15, "full record", "0015_full_record"),
    portable!(16, "searches", "0016_searches"),
    portable!(17, "incoming", "0017_incoming"),
    portable!(18, "mailed messages", "0018_mailed_messages"),
    portable!(19, "mailboxes", "0019_mailboxes"),
    portable!(20, "delivery", "0020_delivery"),
    portable!(21, "escalation", "0021_escalation"),
    portable!(22, "pauses", "0022_pauses"),
    paired!(23, "desk", "0023_desk"),
    portable!(24, "absence", "0024_absence"),
    portable!(25, "frozen mail", "0025_frozen_mail"),
    portable!(26, "reply drafts", "0026_reply_drafts"),
    portable!(27, "caps by mailbox", "0027_caps_by_mailbox"),
    portable!(28, "hand-overs", "0028_hand_overs"),
    portable!(29, "daily audits", "0029_daily_audits"),
    portable!(30, "two lanes", "0030_two_lanes"),
    portable!(31, "attempts to file", "0031_attempts_to_file"),
    portable!(32, "narrowed queue", "0032_narrowed_queue"),
    portable!(33, "reminded by us", "0033_reminded_by_us"),
];

const NEWEST_APPLIED: &str = "SELECT max(version) FROM _sqlx_migrations";
/// Every migration that ran, in order.
pub(crate) const APPLIED: &str = "SELECT version FROM _sqlx_migrations ORDER BY version";

fn migrator(backend: Backend) -> Migrator {
    let steps = STEPS.iter().map(|step| {
        let sql = match backend {
            Backend::Sqlite => step.sqlite,
            Backend::Postgres => step.postgres,
        };
        Migration::new(
            step.version,
            Cow::Borrowed(step.subject),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(steps.collect())
}

/// Brings a SQLite file up to date. sqlx's own lock does nothing on SQLite, so a file beside the database is
/// locked: two processes that start together do not run the same step twice.
pub(crate) async fn migrate_sqlite(writer: &SqlitePool, database: &Path) -> Result<(), StoreError> {
    let mut lock = database.as_os_str().to_owned();
    lock.push(".migrating");
    let _held = hold(PathBuf::from(lock)).await?;
    match migrator(Backend::Sqlite).run(writer).await {
        Ok(()) => Ok(()),
        Err(MigrateError::VersionMissing(missing)) => {
            let (newest,): (Option<i64>,) =
                sqlx::query_as(NEWEST_APPLIED).fetch_one(writer).await?;
            Err(unknown_version(missing, newest))
        }
        Err(error) => Err(error.into()),
    }
}

/// Brings a PostgreSQL database up to date, under sqlx's advisory lock.
pub(crate) async fn migrate_postgres(pool: &PgPool) -> Result<(), StoreError> {
    let mut connection = pool.acquire().await?;
    // Another server's migrations take as long as they take.
    sqlx::raw_sql("SET lock_timeout = 0")
        .execute(&mut *connection)
        .await?;
    let outcome = match migrator(Backend::Postgres).run(&mut *connection).await {
        Ok(()) => {
            // The next who gets a connection waits no longer than others.
            connection.close().await?;
            return Ok(());
        }
        Err(MigrateError::VersionMissing(missing)) => {
            let (newest,): (Option<i64>,) = sqlx::query_as(NEWEST_APPLIED)
                .fetch_one(&mut *connection)
                .await?;
            unknown_version(missing, newest)
        }
        Err(error) => error.into(),
    };
    // sqlx leaves the advisory lock held when a migration fails; it ends with the connection.
    connection.close().await?;
    Err(outcome)
}

/// The migrations of this program, in order.
pub(crate) fn known() -> Vec<i64> {
    STEPS.iter().map(|step| step.version).collect()
}

/// A migration that ran here and that this program does not have: a newer program's, or a lost one.
fn unknown_version(missing: i64, newest: Option<i64>) -> StoreError {
    let known = known().into_iter().max().unwrap_or_default();
    let found = newest.unwrap_or(missing);
    if found > known {
        StoreError::NewerDatabase { found, known }
    } else {
        StoreError::corrupt(format!(
            "migration {missing}, which this version does not have"
        ))
    }
}

/// Waits for the lock; it is let go when the file is dropped, or when the process dies.
async fn hold(path: PathBuf) -> Result<File, StoreError> {
    let lock = tokio::task::spawn_blocking(move || {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        file.lock()?;
        Ok::<_, std::io::Error>(file)
    });
    lock.await
        .map_err(StoreError::unavailable)?
        .map_err(StoreError::unavailable)
}
