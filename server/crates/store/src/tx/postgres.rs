//! A transaction on PostgreSQL that waits for no answer for ever.
//!
//! sqlx waits for an answer as long as TCP believes in the connection, also where a connection is given back to the
//! pool. So each wait has a limit here, and a connection that met it is closed: it is never used again, and its place
//! in the pool is free at once.

use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres};
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::StoreError;
use crate::database::{PostgresServer, Silence};

const ROLLBACK: &str = "ROLLBACK";

/// A transaction on a PostgreSQL server. What is asked on the connection itself, as tests do, has no limit.
#[derive(Debug)]
pub struct PostgresTx {
    connection: Held,
    stands: Stands,
    answer: Duration,
    given_back: Duration,
    silence: Silence,
}

/// Its connection, which is taken out when it is dropped, and not before.
#[derive(Debug)]
struct Held(Option<PoolConnection<Postgres>>);

/// How a transaction stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// Nobody knows: it was asked to begin and has not said that it did, or a statement got no answer.
    Unknown,
    /// It has begun.
    Open,
    /// It was committed or rolled back, or none was begun.
    Ended,
}

impl PostgresTx {
    pub(crate) async fn begin(
        server: &PostgresServer,
        statement: &'static str,
        answer: Duration,
    ) -> Result<Self, StoreError> {
        let mut tx = Self::unbegun(server).await?;
        tx.answer = answer;
        tx.stands = Stands::Unknown;
        tx.say(statement).await?;
        tx.stands = Stands::Open;
        Ok(tx)
    }

    /// Statements that each stand alone.
    pub(crate) async fn unbegun(server: &PostgresServer) -> Result<Self, StoreError> {
        Ok(Self {
            connection: Held(Some(server.pool.acquire().await?)),
            stands: Stands::Ended,
            answer: server.patience.answer,
            given_back: server.patience.sign_of_life,
            silence: server.silence.clone(),
        })
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.end("COMMIT").await
    }

    pub(crate) async fn rollback(self) -> Result<(), StoreError> {
        self.end(ROLLBACK).await
    }

    async fn end(mut self, statement: &'static str) -> Result<(), StoreError> {
        if self.stands != Stands::Ended {
            self.say(statement).await?;
            self.stands = Stands::Ended;
        }
        Ok(())
    }

    async fn say(&mut self, statement: &'static str) -> Result<(), StoreError> {
        let (connection, answer) = self.limited();
        let said = async {
            sqlx::raw_sql(statement).execute(connection).await?;
            Ok(())
        };
        answer.of(said).await
    }

    /// The connection, and the limit for what is asked on it.
    pub(crate) fn limited(&mut self) -> (&mut PgConnection, Answer<'_>) {
        let answer = Answer {
            within: self.answer,
            stands: &mut self.stands,
            silence: &self.silence,
        };
        (&mut self.connection, answer)
    }
}

/// How long one answer is waited for.
pub(crate) struct Answer<'t> {
    within: Duration,
    stands: &'t mut Stands,
    silence: &'t Silence,
}

impl Answer<'_> {
    pub(crate) async fn of<T>(
        self,
        asked: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        if let Ok(answered) = timeout(self.within, asked).await {
            return answered;
        }
        *self.stands = Stands::Unknown;
        self.silence.heard();
        let seconds = self.within.as_secs();
        Err(StoreError::unavailable(format!(
            "PostgreSQL gave no answer in {seconds} seconds"
        )))
    }
}

impl Deref for PostgresTx {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.connection
    }
}

impl DerefMut for PostgresTx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.connection
    }
}

#[expect(
    clippy::expect_used,
    reason = "it is taken out when it is dropped, and nobody has it then"
)]
impl Deref for Held {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        self.0.as_ref().expect("a connection")
    }
}

#[expect(
    clippy::expect_used,
    reason = "it is taken out when it is dropped, and nobody has it then"
)]
impl DerefMut for Held {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.0.as_mut().expect("a connection")
    }
}

impl Drop for PostgresTx {
    fn drop(&mut self) {
        let Some(connection) = self.connection.0.take() else {
            return;
        };
        match Handle::try_current() {
            Ok(runtime) if self.stands != Stands::Unknown => {
                let is_open = self.stands == Stands::Open;
                let (within, silence) = (self.given_back, self.silence.clone());
                runtime.spawn(async move {
                    let given_back = give_back(connection, is_open);
                    if timeout(within, given_back).await.is_err() {
                        silence.heard();
                    }
                });
            }
            // Closed at once, without a word.
            _ => drop(connection.detach()),
        }
    }
}

/// Gives a connection back to the pool, which wants a sign of life. Dropped before it is done, it closes it.
async fn give_back(mut connection: PoolConnection<Postgres>, is_open: bool) {
    connection.close_on_drop();
    if !is_open
        || sqlx::raw_sql(ROLLBACK)
            .execute(&mut *connection)
            .await
            .is_ok()
    {
        connection.return_to_pool().await;
    }
}
