//! Which database there is, how it is opened, and how a transaction on it begins.

mod postgres;

use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqlitePool};

pub use postgres::PostgresServer;
pub(crate) use postgres::Silence;

use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::tx::PostgresTx;
use crate::{Patience, StoreError, Tx, migrations};

/// How long a statement waits for another process to let go of a SQLite file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// SQLite reads take microseconds: a few connections serve many people.
const SQLITE_READERS: u32 = 8;

/// The kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// One file, embedded: the default.
    Sqlite,
    /// A server: for several hubs side by side.
    Postgres,
}

/// An open database. Cloning it is cheap and shares the connections.
#[derive(Clone, Debug)]
pub enum Database {
    /// A SQLite file.
    Sqlite(SqliteStore),
    /// A PostgreSQL server.
    Postgres(PostgresServer),
}

/// A SQLite file: one connection that writes and several that only read.
///
/// SQLite takes one writer at a time; with a single connection our own writers queue in order instead of
/// colliding, and only other processes are waited for by the busy timeout.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    pub(crate) writer: SqlitePool,
    readers: SqlitePool,
    file: PathBuf,
    identity: FileIdentity,
}

/// Which file it is, whatever its name: device and inode.
pub(crate) type FileIdentity = (u64, u64);

impl Database {
    /// Opens a database: `sqlite:` alone is `send-hub.db` in the data folder, `sqlite:/a/path` that file,
    /// `postgres://…` a server. Nothing is created in it yet: see [`Database::migrate`].
    ///
    /// # Errors
    /// [`StoreError::UnknownDatabase`] for another address, [`StoreError::Unavailable`] when it cannot be opened.
    pub async fn connect(url: &str, data_dir: &Path) -> Result<Self, StoreError> {
        Self::connect_with(url, data_dir, Patience::default()).await
    }

    /// The same with a patience of one's own.
    ///
    /// # Errors
    /// As [`Database::connect`].
    pub async fn connect_with(
        url: &str,
        data_dir: &Path,
        patience: Patience,
    ) -> Result<Self, StoreError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let server = PostgresServer::connect(url, patience).await?;
            return Ok(Self::Postgres(server));
        }
        let file = sqlite_file(url, data_dir).ok_or(StoreError::UnknownDatabase)?;
        let store = SqliteStore::open(file, patience.connection).await?;
        Ok(Self::Sqlite(store))
    }

    /// The same, but a SQLite file that is not there is not made.
    ///
    /// # Errors
    /// As [`Database::connect`], and [`StoreError::Unavailable`] when there is no such file.
    pub async fn connect_if_there(url: &str, data_dir: &Path) -> Result<Self, StoreError> {
        if let Some(file) = sqlite_file(url, data_dir)
            && !file.exists()
        {
            let reason = format!("there is no database at {}", file.display());
            return Err(StoreError::Unavailable { reason });
        }
        Self::connect(url, data_dir).await
    }

    /// The kind of database.
    #[must_use]
    pub fn backend(&self) -> Backend {
        match self {
            Self::Sqlite(_) => Backend::Sqlite,
            Self::Postgres(_) => Backend::Postgres,
        }
    }

    /// Brings the tables up to date; doing it twice, or by two processes at once, is fine.
    ///
    /// # Errors
    /// [`StoreError::NewerDatabase`] when a newer version of the program has been here.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(store) => migrations::migrate_sqlite(&store.writer, &store.file).await,
            Self::Postgres(server) => migrations::migrate_postgres(&server.pool).await,
        }
    }

    /// Begins a transaction that may write. On SQLite it takes the write lock at once (`BEGIN IMMEDIATE`):
    /// one that reads first and upgrades later fails whenever another has written in between.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when others keep the lock, no connection comes free, or no answer comes.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(store) => {
                store.check_file()?;
                Tx::Sqlite(store.writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            Self::Postgres(server) => {
                let answer = server.patience.answer;
                Tx::Postgres(PostgresTx::begin(server, "BEGIN", answer).await?)
            }
        })
    }

    /// Does `work` and begins a transaction for what comes of it, as [`Database::begin`] does. On PostgreSQL the server
    /// begins while the work is done: whoever has begun and asked nothing yet holds nobody up. On SQLite all writers
    /// would wait for the work, so that it is done first.
    ///
    /// # Errors
    /// Those of the work, and of [`Database::begin`].
    pub async fn begin_after<T, E: From<StoreError>>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<(T, Tx), E> {
        match self {
            Self::Sqlite(_) => {
                let done = work.await?;
                Ok((done, self.begin().await?))
            }
            Self::Postgres(_) => {
                // Asked for first: a work that never waits is done while the answer comes.
                let (tx, done) = tokio::join!(self.begin(), work);
                Ok((done?, tx?))
            }
        }
    }

    /// For what only reads; it waits for no writer. On PostgreSQL each statement stands alone: whoever needs all of them
    /// to see the same takes [`Database::snapshot`].
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when no connection comes free.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(store) => {
                store.check_file()?;
                Tx::Sqlite(store.readers.begin().await?)
            }
            Self::Postgres(server) => {
                // Each statement sees what is committed when it is asked, inside a transaction or not: begun and
                // rolled back, it would be two messages there and back more. That nobody writes in it shows on
                // SQLite.
                Tx::Postgres(PostgresTx::unbegun(server).await?)
            }
        })
    }

    /// Begins a transaction that only reads and sees the database as it is at its first look, whatever is committed
    /// meanwhile. On SQLite every one does; there it also keeps the log from being cleared, so it is not for long.
    /// On PostgreSQL an answer may take long: whole tables can be read in it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when no connection comes free.
    pub async fn snapshot(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite(_) => self.read().await,
            Self::Postgres(server) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                let answer = server.patience.long_answer;
                let tx = PostgresTx::begin(server, begin, answer).await?;
                Ok(Tx::Postgres(tx))
            }
        }
    }

    /// Whether its tables are those of this program. Nothing is changed.
    ///
    /// # Errors
    /// When it cannot be read, or has no tables at all.
    pub async fn is_up_to_date(&self) -> Result<bool, StoreError> {
        let mut tx = self.read().await?;
        let applied = fetch_all!(&mut tx, (i64,), migrations::APPLIED)?;
        let applied: Vec<i64> = applied.into_iter().map(|(version,)| version).collect();
        Ok(applied == migrations::known())
    }

    /// Whether the database can be read and its tables are there.
    ///
    /// # Errors
    /// What a reader would meet.
    pub async fn check(&self) -> Result<(), StoreError> {
        let mut tx = self.read().await?;
        fetch_optional!(&mut tx, (String,), "SELECT code FROM roles LIMIT 1")?;
        tx.rollback().await
    }

    /// Whether the database can be written: one row is written and kept, because a full disk shows only then.
    ///
    /// # Errors
    /// What a writer would meet.
    pub async fn check_writable(&self, now: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO write_probes (id, probed_at) VALUES (1, $1) \
                           ON CONFLICT (id) DO UPDATE SET probed_at = excluded.probed_at";
        let mut tx = self.begin().await?;
        execute!(&mut tx, SQL, now.as_millisecond())?;
        tx.commit().await
    }

    /// Closes all connections, once those in use are given back.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(store) => {
                store.readers.close().await;
                store.writer.close().await;
            }
            Self::Postgres(server) => server.pool.close().await,
        }
    }
}

impl SqliteStore {
    /// The file.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    async fn open(file: PathBuf, patience: Duration) -> Result<Self, StoreError> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(StoreError::unavailable)?;
        }
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            // What was committed stays, even when the power fails.
            .synchronous(SqliteSynchronous::Full);
        let writer = pool_options(patience)
            .max_connections(1)
            .connect_with(
                options
                    .clone()
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal),
            )
            .await?;
        // Not opened read-only: a read-only connection cannot make the shared-memory file of a WAL database.
        let readers = pool_options(patience)
            .max_connections(SQLITE_READERS)
            .connect_lazy_with(options.pragma("query_only", "ON"));
        let identity = identity_of(&file)?;
        Ok(Self {
            writer,
            readers,
            file,
            identity,
        })
    }

    /// Refuses a file that was deleted or replaced since it was opened: SQLite would go on writing into a file
    /// that nobody can find again, and all of it would be lost.
    fn check_file(&self) -> Result<(), StoreError> {
        if identity_of(&self.file)? == self.identity {
            Ok(())
        } else {
            Err(StoreError::unavailable(
                "the database file was replaced while it was open",
            ))
        }
    }
}

fn sqlite_file(url: &str, data_dir: &Path) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(if path.is_empty() {
        data_dir.join("send-hub.db")
    } else {
        PathBuf::from(path)
    })
}

pub(crate) fn identity_of(file: &Path) -> Result<FileIdentity, StoreError> {
    use std::os::unix::fs::MetadataExt;
    let data = std::fs::metadata(file).map_err(StoreError::unavailable)?;
    Ok((data.dev(), data.ino()))
}

/// When the disk is full or fails, SQLite rolls the transaction back by itself and sqlx does not notice: it
/// believes the connection to be inside it for ever and refuses to begin another. Such a connection is closed
/// and a new one opened; else the one writer would be lost until a restart. A ping would tell nothing: a file does not
/// hang up.
fn pool_options(patience: Duration) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .acquire_timeout(patience)
        .test_before_acquire(false)
        .before_acquire(|connection, _| {
            Box::pin(async move { Ok(!connection.is_in_transaction()) })
        })
}
