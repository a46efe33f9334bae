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
    /// What officers answered: the message, the enquiry and the words.
    pub(super) replies: Vec<(Uuid, Uuid, String)>,
    pub(super) enquiries: BTreeMap<Uuid, Enquiry>,
    pub(super) mails: Vec<Mail>,
    /// What officers were told of a promise: the Message-ID, to whom, and what became of it.
    pub(super) notices: Vec<(String, String, String)>,
    /// The enquiry, how the promise stands, and the message that kept it.
    pub(super) promises: Vec<(Uuid, String, Option<Uuid>)>,
    /// Mails that stand before a person instead of in an enquiry, with their bytes.
    pub(super) quarantined: Vec<String>,
}

#[derive(Debug, FromRow)]
pub(super) struct Enquiry {
    pub(super) id: Uuid,
    pub(super) reference: String,
    pub(super) state: String,
    pub(super) acknowledgement: Option<String>,
}

#[derive(Debug, FromRow)]
pub(super) struct Mail {
    pub(super) enquiry: Uuid,
    pub(super) message: Option<Uuid>,
    pub(super) kind: String,
    pub(super) to_address: String,
    pub(super) message_id: String,
    pub(super) state: String,
}

impl Rows {
    pub(super) fn read(world: &World) -> Self {
        let enquiries: Vec<Enquiry> = all(
            world,
            "SELECT id, reference, state, acknowledgement FROM enquiries",
        );
        let quarantined: Vec<(Vec<u8>,)> = all(
            world,
            "SELECT r.bytes FROM incoming i JOIN incoming_raw r ON r.incoming = i.id WHERE i.state = 'quarantined'",
        );
        Self {
            inbound: all(
                world,
                "SELECT enquiry, body FROM messages WHERE direction = 'inbound'",
            ),
            replies: all(
                world,
                "SELECT id, enquiry, body FROM messages WHERE direction = 'outbound' AND kind = 'reply'",
            ),
            enquiries: enquiries.into_iter().map(|one| (one.id, one)).collect(),
            mails: all(
                world,
                "SELECT enquiry, message, kind, to_address, message_id, state FROM mails",
            ),
            notices: all(world, "SELECT message_id, to_address, state FROM notices"),
            promises: all(world, "SELECT enquiry, outcome, kept_by FROM promises"),
            quarantined: quarantined
                .into_iter()
                .map(|(raw,)| String::from_utf8_lossy(&raw).into_owned())
                .collect(),
        }
    }
}

/// What is under way yet, in words; nothing when all is done.
pub(super) fn unfinished(world: &World) -> Vec<String> {
    let jobs: Vec<(String, String, i64)> = all(
        world,
        "SELECT kind, state, count(*) FROM jobs WHERE state <> 'done' GROUP BY kind, state",
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
