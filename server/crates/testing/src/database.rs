//! A database to throw away, and a folder that goes with it.
//!
//! It is a SQLite file in that folder; with `SEND_HUB_TESTS_ON=postgres` in the environment it is a database
//! of the PostgreSQL that the tests start for themselves. `cargo xtask test` runs them both ways.

use std::path::Path;

use domain::{council::Council, ids::EnquiryId};
use store::{Database, Tx};
use tempfile::TempDir;

use crate::Cluster;

/// A migrated database with a council's settings. It is deleted with this value.
#[derive(Debug)]
pub struct ThrowAwayDatabase {
    /// The database.
    pub database: Database,
    folder: TempDir,
}

impl ThrowAwayDatabase {
    /// In a temporary folder of its own.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn new(council: &Council) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            database: open(&address(), folder.path(), council).await,
            folder,
        }
    }

    /// An opened database, with a folder for what goes with it.
    ///
    /// # Panics
    /// When there is no folder.
    #[must_use]
    pub fn of(database: Database) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { database, folder }
    }

    /// The folder it lies in; other files may stand beside it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a reference that is none over an enquiry's, as a damaged row would have: it cannot be
    /// read any more.
    ///
    /// # Panics
    /// When the database cannot be told.
    pub async fn spoil_enquiry(&self, id: EnquiryId) {
        const SQL: &str = "UPDATE enquiries SET reference = 'spoilt' WHERE id = $1";
        let mut tx = self.database.begin().await.expect("a transaction");
        match &mut tx {
            Tx::Sqlite(tx) => {
                let spoilt = sqlx::query(SQL).bind(id.as_uuid()).execute(&mut **tx).await;
                spoilt.expect("an update");
            }
            Tx::Postgres(tx) => {
                let spoilt = sqlx::query(SQL).bind(id.as_uuid()).execute(&mut **tx).await;
                spoilt.expect("an update");
            }
        }
        tx.commit().await.expect("a commit");
    }

    /// A SQLite file may not grow by another page, as on a full disk, until the connection that writes is
    /// opened anew; the store does that after the first statement that fails.
    ///
    /// # Panics
    /// When the database cannot be told.
    pub async fn allow_no_more_pages(&self) {
        let tx = self.database.begin().await.expect("a transaction");
        let file = match tx {
            Tx::Sqlite(tx) => Some(tx),
            Tx::Postgres(_) => None,
        };
        let mut tx = file.expect("only a SQLite file can be told so");
        // SQLite never makes the limit smaller than the file is.
        sqlx::query("PRAGMA max_page_count = 1")
            .execute(&mut *tx)
            .await
            .expect("a page limit");
        tx.commit().await.expect("a commit");
    }
}

/// Whether the tests run on PostgreSQL this time.
#[must_use]
pub fn on_postgres() -> bool {
    std::env::var("SEND_HUB_TESTS_ON").is_ok_and(|database| database == "postgres")
}

/// The address of a database that is empty yet: a file in the folder that is named later, or one of the
/// shared [`Cluster`]'s.
///
/// # Panics
/// When PostgreSQL cannot make one.
pub fn address() -> String {
    if on_postgres() {
        Cluster::shared().database()
    } else {
        "sqlite:".to_owned()
    }
}

/// Opens a database and makes it ready; a SQLite file without a path of its own lies in the folder.
///
/// # Panics
/// When it cannot be made.
pub async fn open(address: &str, folder: &Path, council: &Council) -> Database {
    let database = Database::connect(address, folder)
        .await
        .expect("a database");
    database.migrate().await.expect("its tables");
    let mut tx = database.begin().await.expect("a transaction");
    let at = "2026-01-01T00:00:00Z".parse().expect("a time");
    hub::settings::begin(&mut tx, council, at)
        .await
        .expect("its settings");
    tx.commit().await.expect("a commit");
    database
}
