//! How long it takes to prove the invariants over so many messages, on SQLite and on PostgreSQL; and with a row
//! tampered with.
//!
//! Every enquiry came by mail, was acknowledged and answered, and was asked about again; one in ten still waits for its
//! second answer. The words of mails are those of a real letter, and their hashes are the product's own.

use std::{path::Path, sync::Arc, time::Instant};

use domain::{
    codes::{MessageKind, Role},
    ids::{EnquiryId, MailId, MessageId},
};
use hub::{
    Actor, Hub,
    accounts::NewOfficer,
    audit::{GRACE, of_database},
};
use jiff::Timestamp;
use store::{Database, NewMail, Tx};
use uuid::Uuid;

use super::{Outcome, folder_on_disk, table::markdown};
use crate::{
    Answers, Cluster, MailCatcher, SettableClock, Setup,
    council::sample_council,
    database,
    hub::{MONDAY, PASSWORD, fill_in, join, time},
};

/// Messages of an enquiry that has both its answers.
const MESSAGES: u32 = 4;
const MAILS_AT_ONCE: u32 = 5_000;
const ROWS_AT_ONCE: u32 = 50_000;
const DEEDS_AT_ONCE: u32 = 5_000;
/// How many bytes a mail that came in has.
const RAW: u32 = 4_096;

/// Proves `size` messages.
///
/// # Errors
/// When a database refuses, or a whole one is said to be broken, or a broken one whole.
pub async fn run(size: u32) -> Outcome<String> {
    let folder = folder_on_disk()?;
    let cluster = Cluster::start(&[]);
    let mut rows = Vec::new();
    for (name, address) in [
        ("SQLite", "sqlite:".to_owned()),
        ("PostgreSQL", cluster.database()),
    ] {
        let path = folder.path().join(name);
        std::fs::create_dir(&path)?;
        rows.extend(proved(name, &address, &path, size).await?);
        // A million messages take more than ten gigabytes.
        std::fs::remove_dir_all(&path)?;
    }
    Ok(markdown(
        &["", "messages", "mails in and out", "deeds", "s", "broken"],
        &rows,
    ))
}

async fn proved(name: &str, address: &str, folder: &Path, size: u32) -> Outcome<Vec<Vec<String>>> {
    let clock = SettableClock::at(time(MONDAY));
    let hub = join(
        folder,
        database::open(address, folder, &sample_council()).await,
        Arc::new(clock.clone()),
        Arc::new(MailCatcher::default()),
        Setup::default(),
    );
    let officer = NewOfficer {
        email: "officer@council.example.org".parse()?,
        name: "Officer".to_owned(),
        role: Role::Officer,
        team: None,
        password: PASSWORD.into(),
    };
    hub.accounts().add(&Actor::System, officer).await?;
    let token = fill_in(&hub, &Answers::default()).await;
    hub.enquiries().submit(&token).await?;
    while hub::jobs::run_due(&hub).await? > 0 {}
    hub::jobs::sweep(&hub).await?;
    fill(&hub, size / MESSAGES).await?;
    let mut rows = Vec::new();
    for (what, sql, broken) in [
        ("whole", None, 0),
        (
            "a day later in the queue",
            Some("UPDATE enquiries SET due_at = due_at + 86400000 WHERE reference = 'BENCH-10'"),
            1,
        ),
    ] {
        if let Some(sql) = sql {
            execute(&hub, sql).await?;
        }
        let begun = Instant::now();
        let (proof, verdict) = of_database(hub.database(), clock_of(&clock), GRACE, None).await?;
        let seconds = begun.elapsed().as_secs_f64();
        let counts = proof.counts;
        let found: u64 = proof.broken.iter().map(|broken| broken.count).sum();
        if found != broken || !verdict.faults.is_empty() {
            let faults = verdict.faults;
            return Err(format!("{name}, {what}: {:?} {faults:?}", proof.broken).into());
        }
        rows.push(vec![
            format!("{name}: {what}"),
            counts.messages.to_string(),
            format!("{} and {}", counts.mails_in, counts.mails_out),
            verdict.head.position.to_string(),
            format!("{seconds:.1}"),
            found.to_string(),
        ]);
    }
    Ok(rows)
}

fn clock_of(clock: &SettableClock) -> Timestamp {
    domain::clock::Clock::now(clock)
}

async fn fill(hub: &Hub, enquiries: u32) -> Outcome<()> {
    for from in (0..enquiries).step_by(ROWS_AT_ONCE as usize) {
        let to = (from + ROWS_AT_ONCE).min(enquiries);
        for sql in talk(hub.database(), from, to) {
            execute(hub, &sql).await?;
        }
    }
    write_mails(hub, enquiries).await?;
    for sql in SENT {
        execute(hub, sql).await?;
    }
    seal(hub.database()).await?;
    execute(hub, "ANALYZE").await
}

/// The record's own proof is a part of the audit.
async fn seal(database: &Database) -> Outcome<()> {
    loop {
        let mut tx = database.begin().await?;
        let sealed = tx.audit().seal(DEEDS_AT_ONCE).await?;
        tx.commit().await?;
        if sealed == 0 {
            return Ok(());
        }
    }
}

/// The letters of each enquiry, written as the product writes them: an acknowledgement and a reply, or two.
async fn write_mails(hub: &Hub, enquiries: u32) -> Outcome<()> {
    let mut tx = hub.database().read().await?;
    let first = first_enquiry(&mut tx).await?;
    let letter = tx.outbox().for_enquiry(first).await?;
    drop(tx);
    let letter = &letter.first().ok_or("no letter to copy")?.mail;
    for from in (0..enquiries).step_by(MAILS_AT_ONCE as usize) {
        let mut tx = hub.database().begin().await?;
        for number in from..(from + MAILS_AT_ONCE).min(enquiries) {
            let replies: &[u32] = if number % 10 == 0 { &[12] } else { &[12, 14] };
            tx.outbox().insert(&copy(letter, number, None)).await?;
            for salt in replies {
                tx.outbox()
                    .insert(&copy(letter, number, Some(*salt)))
                    .await?;
            }
        }
        tx.commit().await?;
    }
    Ok(())
}

fn copy(letter: &NewMail, number: u32, reply: Option<u32>) -> NewMail {
    let salt = 20 + reply.unwrap_or_default();
    NewMail {
        id: MailId::from_uuid(id(salt, number)),
        enquiry: EnquiryId::from_uuid(id(1, number)),
        message: reply.map(|salt| MessageId::from_uuid(id(salt, number))),
        kind: reply.map_or(MessageKind::Acknowledgement, |_| MessageKind::Reply),
        message_id: format!("<{salt}.{number}@send.example.org>"),
        ..letter.clone()
    }
}

async fn first_enquiry(tx: &mut Tx) -> Outcome<EnquiryId> {
    const SQL: &str = "SELECT id FROM enquiries WHERE reference NOT LIKE 'BENCH-%'";
    let (id,): (Uuid,) = match tx {
        Tx::Sqlite(tx) => sqlx::query_as(SQL).fetch_one(&mut **tx).await?,
        Tx::Postgres(tx) => sqlx::query_as(SQL).fetch_one(&mut **tx).await?,
    };
    Ok(EnquiryId::from_uuid(id))
}

/// The id of one row of one kind, as [`sql_id`] writes it. It goes up with the number, as ids of time do.
fn id(salt: u32, number: u32) -> Uuid {
    Uuid::from_u128((u128::from(number) << 64) | u128::from(salt))
}

fn sql_id(database: &Database, salt: u32) -> String {
    match database {
        Database::Sqlite(_) => format!("unhex(printf('%016x%016x', i, {salt}))"),
        Database::Postgres(_) => {
            format!("(lpad(to_hex(i), 16, '0') || lpad(to_hex({salt}), 16, '0'))::uuid")
        }
    }
}

/// Everything but the letters.
fn talk(database: &Database, from: u32, to: u32) -> Vec<String> {
    let id = |salt| sql_id(database, salt);
    let numbers = match database {
        Database::Sqlite(_) => format!(
            "(WITH RECURSIVE n(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {to}) SELECT i FROM n) AS n"
        ),
        Database::Postgres(_) => format!("generate_series({from}, {to} - 1) AS n(i)"),
    };
    let open = "i % 10 = 0";
    let asked = 1_772_000_000_000_i64; // 25 February 2026
    let (answered, again, last) = (asked + 3_600_000, asked + 86_400_000, asked + 90_000_000);
    let due = due_at("2026-03-05");
    let half = 1_772_470_800_000_i64; // 2 March 2026, 17:00: three of the six working days are over
    let mut all = vec![format!(
        "INSERT INTO enquiries (id, reference, topic, team, correspondent, channel, state, chasers, received_at, \
             revision, acknowledgement, due_at, answered_at, closes_on) SELECT {}, 'BENCH-' || i, \
             (SELECT min(key) FROM topics), (SELECT min(key) FROM teams), (SELECT id FROM correspondents LIMIT 1), 'email', \
             CASE WHEN {open} THEN 'promised' ELSE 'answered' END, 0, {asked}, 0, 'sent', \
             CASE WHEN {open} THEN {due} END, CASE WHEN {open} THEN NULL ELSE {last} END, \
             CASE WHEN {open} THEN NULL ELSE '2026-03-20' END FROM {numbers}",
        id(1)
    )];
    for (salt, kind, direction, at, every) in [
        (11, "enquiry", "inbound", asked, true),
        (12, "reply", "outbound", answered, true),
        (13, "follow-up", "inbound", again, true),
        (14, "reply", "outbound", last, false),
    ] {
        let (author, delivery) = match direction {
            "outbound" => ("(SELECT id FROM accounts LIMIT 1)", "'sent'"),
            _ => ("NULL", "NULL"),
        };
        let only = if every { "" } else { " WHERE i % 10 <> 0" };
        all.push(format!(
            "INSERT INTO messages (id, enquiry, direction, kind, author, body, said_at, delivery) SELECT {}, {}, \
             '{direction}', '{kind}', {author}, 'When does the taxi for Monday come? ' || i, {at}, {delivery} \
             FROM {numbers}{only}",
            id(salt),
            id(1)
        ));
        if direction == "inbound" {
            all.extend(mailed(database, &numbers, salt, at));
        }
    }
    for (salt, at, kept, by) in [(2, asked, answered, 12), (3, again, last, 14)] {
        let runs = if salt == 3 { open } else { "1 = 0" };
        all.push(format!(
            "INSERT INTO promises (id, enquiry, received_at, due_on, due_at, moves, outcome, outcome_at, kept_by, \
             counts_from_on, next_step, next_step_at) SELECT {}, {}, {at}, '2026-03-05', {due}, 0, \
             CASE WHEN {runs} THEN 'running' ELSE 'kept' END, CASE WHEN {runs} THEN NULL ELSE {kept} END, \
             CASE WHEN {runs} THEN NULL ELSE {} END, '2026-02-25', CASE WHEN {runs} THEN 'half' END, \
             CASE WHEN {runs} THEN {half} END FROM {numbers}",
            id(salt),
            id(1),
            id(by)
        ));
    }
    for (salt, action, subject, at, detail, every) in [
        (40, "enquiry-received", 11, asked, "NULL", true),
        (41, "promise-started", 2, asked, "'2026-03-05'", true),
        (42, "mail-sent", 20, asked, "NULL", true),
        (43, "enquiry-read", 1, answered, "NULL", true),
        (44, "reply-written", 12, answered, "NULL", true),
        (45, "mail-sent", 32, answered, "NULL", true),
        (46, "promise-kept", 2, answered, "NULL", true),
        (47, "answered", 2, answered, "NULL", true),
        (48, "message-received", 13, again, "NULL", true),
        (49, "promise-started", 3, again, "'2026-03-05'", true),
        (50, "reply-written", 14, last, "NULL", false),
        (51, "mail-sent", 34, last, "NULL", false),
        (52, "promise-kept", 3, last, "NULL", false),
        (53, "answered", 3, last, "NULL", false),
    ] {
        let only = if every { "" } else { " WHERE i % 10 <> 0" };
        all.push(format!(
            "INSERT INTO audit (id, done_at, actor_kind, action, enquiry, subject, detail) SELECT {}, {at}, 'system', \
             '{action}', {}, {}, {detail} FROM {numbers}{only}",
            id(salt),
            id(1),
            id(subject)
        ));
    }
    all
}

/// The mails that came in, with their bytes. SQLite hashes none of its own: all have the same ones, whose hash is known.
fn mailed(database: &Database, numbers: &str, salt: u32, at: i64) -> [String; 4] {
    let id = |salt| sql_id(database, salt);
    let (mail, key) = (salt + 50, id(salt + 50));
    let (bytes, hash, key) = match database {
        Database::Sqlite(_) => (
            format!("zeroblob({RAW})"),
            format!("x'{ZEROES}'"),
            format!("CAST({key} AS BLOB)"),
        ),
        Database::Postgres(_) => (
            format!("decode(repeat('00', {RAW}), 'hex')"),
            format!("decode('{ZEROES}', 'hex')"),
            format!("uuid_send({key})"),
        ),
    };
    [
        format!(
            "INSERT INTO incoming (id, content_key, sha256, size, message_id, received_at, stored_at, state) \
             SELECT {}, {key}, {hash}, {RAW}, '{mail}.' || i || '@example.org', {at}, {at}, 'filed' FROM {numbers}",
            id(mail)
        ),
        format!(
            "INSERT INTO incoming_raw (incoming, bytes) SELECT {}, {bytes} FROM {numbers}",
            id(mail)
        ),
        format!(
            "INSERT INTO message_mails (message, incoming, folds, problems) SELECT {}, {}, '[]', '[]' FROM {numbers}",
            id(salt),
            id(mail)
        ),
        format!(
            "INSERT INTO jobs (id, kind, subject, state, run_at, attempts, created_at, done_at, lane) \
             SELECT {}, 'file-message', {}, 'done', {at}, 1, {at}, {at}, 'ours' FROM {numbers}",
            id(mail + 50),
            id(mail)
        ),
    ]
}

/// The SHA-256 of 4,096 zeroes.
const ZEROES: &str = "ad7facb2586fc6e966c004d7d1d16b024f5805ff7cb47c7a85dabd8b48892ca7";

/// A server took every letter, and said so.
const SENT: [&str; 3] = [
    "INSERT INTO delivery_attempts (mail, attempt, tried_at, outcome, said) \
     SELECT id, 1, created_at, 'taken', '250 2.0.0 taken' FROM mails WHERE state = 'waiting'",
    "INSERT INTO jobs (id, kind, subject, state, run_at, attempts, created_at, done_at, lane) \
     SELECT id, 'send-mail', id, 'done', created_at, 1, created_at, created_at, 'sending' FROM mails WHERE state = 'waiting'",
    "UPDATE mails SET state = 'sent', sent_at = created_at, attempts = 1 WHERE state = 'waiting'",
];

fn due_at(day: &str) -> i64 {
    let day = day.parse().unwrap_or_default();
    domain::promise::end_of_day_london(day).as_millisecond()
}

async fn execute(hub: &Hub, sql: &str) -> Outcome<()> {
    let mut tx = hub.database().begin().await?;
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    match &mut tx {
        Tx::Sqlite(tx) => {
            sqlx::query(sql).execute(&mut **tx).await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(sql).execute(&mut **tx).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
