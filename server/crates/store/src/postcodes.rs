//! Where each full postcode is: a SQLite file of its own in the data folder, whichever database the hub uses.
//!
//! 2.7 million rows would make every backup of the hub's own database ten times as big, and nobody changes one
//! of them: the file is written whole, beside the old one, and takes its name when it is complete. A
//! running server looks at which file has the name before each look-up, and so goes on with the new one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use domain::local_offer::Position;
use domain::postcode::Postcode;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, QueryBuilder, Sqlite, SqliteConnection, SqlitePool};

use crate::StoreError;
use crate::database::{FileIdentity, identity_of};

/// The file's name in the data folder.
const FILE: &str = "postcodes.db";
/// Look-ups take microseconds.
const READERS: u32 = 4;
/// Rows in one statement: three values each, of the 999 that any SQLite takes.
const AT_ONCE: usize = 300;

/// The look-up of full postcodes.
#[derive(Debug)]
pub struct Postcodes {
    file: PathBuf,
    open: Mutex<Option<(FileIdentity, SqlitePool)>>,
}

/// A new file that is being filled. Dropped before [`PostcodeWriter::finish`], it leaves everything as it was.
#[derive(Debug)]
pub struct PostcodeWriter {
    connection: Option<SqliteConnection>,
    partial: PathBuf,
    file: PathBuf,
}

impl Postcodes {
    /// The look-up in this data folder; there need not be one yet.
    #[must_use]
    pub fn of(data: &Path) -> Self {
        Self {
            file: data.join(FILE),
            open: Mutex::new(None),
        }
    }

    /// Where a postcode is. `None` where the file does not have it, or there is no file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn position(&self, postcode: &Postcode) -> Result<Option<Position>, StoreError> {
        const SQL: &str = "SELECT latitude, longitude FROM postcodes WHERE postcode = $1";
        let Some(pool) = self.current()? else {
            return Ok(None);
        };
        let row: Option<(f64, f64)> = sqlx::query_as(SQL)
            .bind(postcode.as_str())
            .fetch_optional(&pool)
            .await?;
        Ok(row.and_then(|(latitude, longitude)| Position::new(latitude, longitude)))
    }

    /// Begins a new file.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn replace(&self) -> Result<PostcodeWriter, StoreError> {
        let partial = format!("{FILE}.{}.partial", std::process::id());
        PostcodeWriter::begin(self.file.with_file_name(partial), self.file.clone()).await
    }

    /// Connections to the file that has the name now.
    fn current(&self) -> Result<Option<SqlitePool>, StoreError> {
        let identity = match identity_of(&self.file) {
            Ok(identity) => identity,
            Err(_) if !self.file.exists() => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        match &*open {
            Some((known, pool)) if *known == identity => Ok(Some(pool.clone())),
            _ => {
                // Nobody writes into a file that has the name, and so nothing needs to be locked.
                let options = SqliteConnectOptions::new()
                    .filename(&self.file)
                    .read_only(true)
                    .immutable(true);
                let pool = SqlitePoolOptions::new()
                    .max_connections(READERS)
                    .connect_lazy_with(options);
                *open = Some((identity, pool.clone()));
                Ok(Some(pool))
            }
        }
    }
}

impl PostcodeWriter {
    async fn begin(partial: PathBuf, file: PathBuf) -> Result<Self, StoreError> {
        match fs::remove_file(&partial) {
            Err(problem) if problem.kind() != io::ErrorKind::NotFound => {
                return Err(StoreError::unavailable(problem));
            }
            _ => {}
        }
        // A half-written file is thrown away, so nothing has to survive a crash before the end.
        let mut connection = SqliteConnectOptions::new()
            .filename(&partial)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .pragma("cache_size", "-32000")
            .connect()
            .await?;
        let table = "CREATE TABLE postcodes (postcode TEXT NOT NULL PRIMARY KEY, latitude DOUBLE PRECISION NOT NULL, \
                     longitude DOUBLE PRECISION NOT NULL) WITHOUT ROWID";
        sqlx::query(table).execute(&mut connection).await?;
        sqlx::query("BEGIN").execute(&mut connection).await?;
        Ok(Self {
            connection: Some(connection),
            partial,
            file,
        })
    }

    /// Adds postcodes; one that is there already is replaced.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn add(&mut self, postcodes: &[(Postcode, Position)]) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT OR REPLACE INTO postcodes (postcode, latitude, longitude) ";
        let Some(connection) = &mut self.connection else {
            return Ok(());
        };
        for chunk in postcodes.chunks(AT_ONCE) {
            let mut insert = QueryBuilder::<Sqlite>::new(INSERT);
            insert.push_values(chunk, |mut row, (postcode, position)| {
                row.push_bind(postcode.as_str())
                    .push_bind(position.latitude)
                    .push_bind(position.longitude);
            });
            // Kept prepared: all but the last chunk are alike.
            insert.build().execute(&mut *connection).await?;
        }
        Ok(())
    }

    /// Gives the new file the name, in place of the old one.
    ///
    /// # Errors
    /// When it cannot be written to the disk, or there is no room.
    pub async fn finish(mut self) -> Result<(), StoreError> {
        let Some(mut connection) = self.connection.take() else {
            return Ok(());
        };
        sqlx::query("COMMIT").execute(&mut connection).await?;
        connection.close().await?;
        let name_for_good = || {
            fs::File::open(&self.partial)?.sync_all()?;
            fs::rename(&self.partial, &self.file)?;
            let folder = self.file.parent().unwrap_or(Path::new("."));
            fs::File::open(folder)?.sync_all()
        };
        name_for_good().map_err(StoreError::unavailable)
    }
}

impl Drop for PostcodeWriter {
    fn drop(&mut self) {
        // Once it has its name there is nothing left to remove.
        let _ = fs::remove_file(&self.partial);
    }
}
