//! What the database holds, read with SQL of the harness's own: it must not believe the store that it tests.

use std::collections::BTreeMap;

use sqlx::{FromRow, postgres::PgRow, sqlite::SqliteRow};
use store::Tx;
use uuid::Uuid;

use super::world::World;

/// Everything that [`super::proof`] compares.
pub(super) struct Rows {
    /// What people wrote: the enquiry and the words.
    pub(super) inbound: Vec<(Uuid, String)>,
    pub(super) written: Vec<Written>,
    pub(super) enquiries: BTreeMap<Uuid, Enquiry>,
    pub(super) mails: Vec<Mail>,
    /// What officers were told of a promise: the Message-ID, to whom, and what became of it.
    pub(super) notices: Vec<(String, String, String)>,
    pub(super) promises: Vec<Promise>,
    /// The question, and the day until which it is waited for, once that has begun.
    pub(super) pauses: BTreeMap<Uuid, Option<String>>,
    pub(super) attachments: Vec<Attachment>,
    /// Mails that stand before a person instead of in an enquiry, with their bytes.
    pub(super) quarantined: Vec<String>,
}

#[derive(Debug, FromRow)]
pub(super) struct Enquiry {
    pub(super) id: Uuid,
    pub(super) reference: String,
    pub(super) state: String,
    pub(super) paused_until_on: Option<String>,
    pub(super) acknowledgement: Option<String>,
}

/// What an officer wrote.
#[derive(Debug, FromRow)]
pub(super) struct Written {
    pub(super) id: Uuid,
    pub(super) enquiry: Uuid,
    pub(super) kind: String,
    pub(super) body: String,
    pub(super) delivery: Option<String>,
    /// The day that it promises.
    pub(super) promises_on: Option<String>,
}

#[derive(Debug, FromRow)]
pub(super) struct Promise {
    pub(super) enquiry: Uuid,
    pub(super) due_on: String,
    pub(super) moves: i64,
    pub(super) outcome: String,
    pub(super) kept_by: Option<Uuid>,
}

/// What came with a message.
#[derive(Debug, FromRow)]
pub(super) struct Attachment {
    pub(super) message: Uuid,
    pub(super) ordinal: i64,
    pub(super) sha256: Vec<u8>,
    /// The words beside it.
    pub(super) body: String,
}

#[derive(Debug, FromRow)]
pub(super) struct Mail {
    pub(super) enquiry: Uuid,
    pub(super) message: Option<Uuid>,
    pub(super) kind: String,
    pub(super) to_address: String,
    pub(super) message_id: String,
    pub(super) state: String,
    /// When a person took it off the list of what reached nobody.
    pub(super) cleared_at: Option<i64>,
}

impl Rows {
    pub(super) fn read(world: &World) -> Self {
        let enquiries: Vec<Enquiry> = all(
            world,
            "SELECT id, reference, state, paused_until_on, acknowledgement FROM enquiries",
        );
        let quarantined: Vec<(Vec<u8>,)> = all(
            world,
            "SELECT r.bytes FROM incoming i JOIN incoming_raw r ON r.incoming = i.id WHERE i.state = 'quarantined'",
        );
        let pauses: Vec<(Uuid, Option<String>)> = all(
            world,
            "SELECT message, CASE WHEN began_at IS NOT NULL THEN until_on END FROM pauses",
        );
        Self {
            inbound: all(
                world,
                "SELECT enquiry, body FROM messages WHERE direction = 'inbound'",
            ),
            written: all(
                world,
                "SELECT id, enquiry, kind, body, delivery, promises_on FROM messages WHERE direction = 'outbound'",
            ),
            enquiries: enquiries.into_iter().map(|one| (one.id, one)).collect(),
            mails: all(
                world,
                "SELECT enquiry, message, kind, to_address, message_id, state, cleared_at FROM mails",
            ),
            notices: all(world, "SELECT message_id, to_address, state FROM notices"),
            promises: all(
                world,
                "SELECT enquiry, due_on, moves, outcome, kept_by FROM promises",
            ),
            pauses: pauses.into_iter().collect(),
            attachments: all(
                world,
                "SELECT a.message, a.ordinal, a.sha256, m.body FROM attachments a JOIN messages m ON m.id = a.message",
            ),
            quarantined: quarantined
                .into_iter()
                .map(|(raw,)| String::from_utf8_lossy(&raw).into_owned())
                .collect(),
        }
    }
}

/// What is under way yet, in words; nothing when all is done. A mail that was given up is.
pub(super) fn unfinished(world: &World) -> Vec<String> {
    let jobs: Vec<(String, String, i64)> = all(
        world,
        "SELECT kind, state, count(*) FROM jobs WHERE state <> 'done' \
         AND NOT (kind = 'send-mail' AND state = 'dead') GROUP BY kind, state",
    );
    let taken: Vec<(i64,)> = all(
        world,
        "SELECT count(*) FROM mailbox_messages WHERE state = 'stored'",
    );
    let in_mailbox = i64::try_from(world.book.in_mailbox()).unwrap_or(i64::MAX);
    let mut unfinished: Vec<String> = jobs
        .into_iter()
        .map(|(kind, state, count)| format!("{count} jobs of the kind {kind} are {state}"))
        .collect();
    if let Some((taken,)) = taken.first().filter(|(taken,)| *taken != in_mailbox) {
        unfinished.push(format!(
            "{taken} of {in_mailbox} mails in the mailbox are stored"
        ));
    }
    unfinished
}

/// Makes due at once what waits to be tried again: nobody sits out half a minute, and nothing else is due later.
pub(super) fn hasten(world: &World) {
    const SQL: &str =
        "UPDATE jobs SET run_at = created_at WHERE state = 'waiting' AND run_at > created_at";
    world.runtime.block_on(async {
        let mut tx = world.database.begin().await.expect("the database");
        match &mut tx {
            Tx::Sqlite(tx) => drop(sqlx::query(SQL).execute(&mut **tx).await.expect("jobs")),
            Tx::Postgres(tx) => drop(sqlx::query(SQL).execute(&mut **tx).await.expect("jobs")),
        }
        tx.commit().await.expect("the database");
    });
}

fn all<T>(world: &World, sql: &'static str) -> Vec<T>
where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
{
    world.runtime.block_on(async {
        let rows = match world.database.read().await.expect("the database") {
            Tx::Sqlite(mut tx) => sqlx::query_as(sql).fetch_all(&mut *tx).await,
            Tx::Postgres(mut tx) => sqlx::query_as(sql).fetch_all(&mut *tx).await,
        };
        rows.expect("rows")
    })
}
