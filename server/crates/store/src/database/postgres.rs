//! A PostgreSQL server, and how it is connected to.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgPool};
use tokio::time::timeout;

use crate::{Patience, StoreError};

/// A quarter of PostgreSQL's usual 100, so that several servers fit.
const CONNECTIONS: u32 = 20;
/// A connection that was in use a moment ago is not asked for a sign of life: that is a message there and back for each
/// transaction, and whatever is said on it next has a limit too.
const FRESH: Duration = Duration::from_secs(1);
/// What each connection says first. A server of the hub that stands still in the middle of a transaction, or that
/// nobody can reach any more, holds its rows for as long as the database believes in it, which may be hours: whoever
/// wants one of them is told that it cannot be had before their request ends, and the transaction ends after a while;
/// after about a minute where the network leads nowhere any more.
const FIRST_WORDS: &str = "SET lock_timeout = '15s'; SET idle_in_transaction_session_timeout = '5min'; \
     SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3; \
     SET tcp_user_timeout = '1min'";

/// A PostgreSQL server.
#[derive(Clone, Debug)]
pub struct PostgresServer {
    pub(crate) pool: PgPool,
    pub(crate) patience: Patience,
    pub(crate) silence: Silence,
}

/// When a connection last gave no answer. What was connected before that leads nowhere either, most likely, and finding
/// out for each of twenty would take a minute in which nobody is served.
#[derive(Clone, Debug, Default)]
pub(crate) struct Silence(Arc<Mutex<Option<Instant>>>);

impl Silence {
    /// No answer came.
    pub(crate) fn heard(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether that was after somebody connected who has been connected for so long.
    fn was_within(&self, age: Duration) -> bool {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| last.elapsed() <= age)
    }
}

impl PostgresServer {
    pub(super) async fn connect(url: &str, patience: Patience) -> Result<Self, StoreError> {
        let options: PgConnectOptions = url.parse()?;
        let silence = Silence::default();
        let heard = silence.clone();
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(patience.connection)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    sqlx::raw_sql(FIRST_WORDS).execute(connection).await?;
                    Ok(())
                })
            })
            // sqlx's own test waits as long as for a connection as a whole, and none is left for another.
            .test_before_acquire(false)
            .before_acquire(move |connection, about| {
                let heard = heard.clone();
                Box::pin(async move {
                    if heard.was_within(about.age) {
                        return Ok(false);
                    }
                    if about.idle_for < FRESH {
                        return Ok(true);
                    }
                    match timeout(patience.sign_of_life, connection.ping()).await {
                        Ok(alive) => alive.map(|()| true),
                        Err(elapsed) => {
                            heard.heard();
                            Err(std::io::Error::from(elapsed).into())
                        }
                    }
                })
            })
            .connect_with(options)
            .await?;
        Ok(Self {
            pool,
            patience,
            silence,
        })
    }
}
