//! A SQLite database to throw away, in a folder that goes with it.

use std::path::Path;

use domain::{council::Council, ids::EnquiryId};
use store::{Database, Tx};
use tempfile::TempDir;

/// A migrated database with a council's teams, topics and districts. It is deleted with this value.
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
            database: open(folder.path(), council).await,
            folder,
        }
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
        let tx = self.database.begin().await.expect("a transaction");
        let Tx::Sqlite(mut tx) = tx else {
            return;
        };
        sqlx::query("UPDATE enquiries SET reference = 'spoilt' WHERE id = $1")
            .bind(id.as_uuid())
            .execute(&mut *tx)
            .await
            .expect("an update");
        tx.commit().await.expect("a commit");
    }

    /// The file may not grow by another page, as on a full disk, until the connection that writes is
    /// opened anew; the store does that after the first statement that fails.
    ///
    /// # Panics
    /// When the database cannot be told.
    pub async fn allow_no_more_pages(&self) {
        let tx = self.database.begin().await.expect("a transaction");
        let Tx::Sqlite(mut tx) = tx else {
            return;
        };
        // SQLite never makes the limit smaller than the file is.
        sqlx::query("PRAGMA max_page_count = 1")
            .execute(&mut *tx)
            .await
            .expect("a page limit");
        tx.commit().await.expect("a commit");
    }
}

/// Opens a database in a folder and makes it ready.
///
/// # Panics
/// When it cannot be made.
pub async fn open(folder: &Path, council: &Council) -> Database {
    let database = Database::connect("sqlite:", folder)
        .await
        .expect("a database");
    database.migrate().await.expect("its tables");
    let mut tx = database.begin().await.expect("a transaction");
    tx.council()
        .sync(council)
        .await
        .expect("the council's keys");
    tx.commit().await.expect("a commit");
    database
}
