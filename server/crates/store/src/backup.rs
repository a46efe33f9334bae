//! A copy of a SQLite database while it is in use, checked by opening it.

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::{SqliteStore, StoreError};

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file is there already; a backup never writes over another.
    #[error("{} is there already: a backup never writes over a file", file.display())]
    Exists {
        /// Which.
        file: PathBuf,
    },
    /// The folder or the disk refused.
    #[error("{}: {problem}", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// What the disk said.
        problem: std::io::Error,
    },
    /// The copy was made and is not sound; it was deleted.
    #[error("the copy is not sound and was deleted: {found}")]
    Unsound {
        /// What SQLite's own check said.
        found: String,
    },
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// How many enquiries are in the copy.
    pub enquiries: i64,
    /// The newest migration in it.
    pub version: i64,
}

impl SqliteStore {
    /// Copies the database as it is at this moment into a new file; others go on reading and writing. The copy
    /// is opened and checked before it gets its name, and is for its owner alone.
    ///
    /// # Errors
    /// [`BackupError`]; then no file of that name was made.
    pub async fn backup(&self, file: &Path) -> Result<BackedUp, BackupError> {
        if file.exists() {
            return Err(BackupError::Exists {
                file: file.to_path_buf(),
            });
        }
        let told = |problem| BackupError::File {
            file: file.to_path_buf(),
            problem,
        };
        let mut partial = file.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        // SQLite takes an empty file for a new one: so the copy has these permissions from its first byte.
        empty_for_the_owner(&partial).map_err(told)?;
        let made = self.copy_into(&partial).await;
        if made.is_err() {
            let _ = fs::remove_file(&partial);
        }
        let made = made?;
        name_for_good(&partial, file).map_err(told)?;
        Ok(made)
    }

    async fn copy_into(&self, partial: &Path) -> Result<BackedUp, BackupError> {
        let name = partial.to_string_lossy().into_owned();
        sqlx::query("VACUUM INTO $1")
            .bind(name)
            .execute(&self.writer)
            .await
            .map_err(StoreError::from)?;
        check(partial).await
    }
}

/// Opens the copy as a restored database would be, and lets SQLite go through all of it.
async fn check(copy: &Path) -> Result<BackedUp, BackupError> {
    let mut connection = SqliteConnectOptions::new()
        .filename(copy)
        .read_only(true)
        .connect()
        .await
        .map_err(StoreError::from)?;
    let found: Vec<(String,)> = sqlx::query_as("PRAGMA integrity_check")
        .fetch_all(&mut connection)
        .await
        .map_err(StoreError::from)?;
    let dangling: Vec<(String,)> =
        sqlx::query_as("SELECT \"table\" || ' points at nothing' FROM pragma_foreign_key_check")
            .fetch_all(&mut connection)
            .await
            .map_err(StoreError::from)?;
    let faults: Vec<String> = found
        .into_iter()
        .chain(dangling)
        .map(|(line,)| line)
        .filter(|line| line != "ok")
        .collect();
    if !faults.is_empty() {
        return Err(BackupError::Unsound {
            found: faults.join("; "),
        });
    }
    let counts: (i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM enquiries), (SELECT max(version) FROM _sqlx_migrations)",
    )
    .fetch_one(&mut connection)
    .await
    .map_err(StoreError::from)?;
    connection.close().await.map_err(StoreError::from)?;
    Ok(BackedUp {
        enquiries: counts.0,
        version: counts.1,
    })
}

fn empty_for_the_owner(file: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// On the disk first, then named; a name that somebody else took meanwhile is left alone.
fn name_for_good(partial: &Path, file: &Path) -> std::io::Result<()> {
    fs::File::open(partial)?.sync_all()?;
    fs::hard_link(partial, file)?;
    fs::remove_file(partial)?;
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
