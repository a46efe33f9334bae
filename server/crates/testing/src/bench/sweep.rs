//! What a sweep costs with few and with a hundred times as many open enquiries: one that finds nothing, as nearly
//! every minute does, and one that finds fifty promises in danger.

use std::{path::Path, sync::Arc, time::Instant};

use hub::Hub;
use store::Tx;

use super::{
    Outcome, folder_on_disk,
    table::{Spread, markdown},
};
use crate::{
    Answers, Cluster, MailCatcher, SettableClock, Setup,
    council::sample_council,
    database,
    hub::{MONDAY, fill_in, join, time},
};

const ROUNDS: usize = 15;
/// How many sweeps without work a round is the median of.
const IDLE_SWEEPS: usize = 21;
/// How many promises are in danger at once.
const IN_DANGER: u32 = 50;
/// How many times as much is open on the larger side.
const TIMES: u32 = 100;
/// More than this, and the sweep reads more the more there is.
const RATIO: f64 = 1.2;

/// One database with so many open enquiries, and its figures in milliseconds.
struct Side {
    open: u32,
    hub: Hub,
    idle: Vec<f64>,
    busy: Vec<f64>,
}

/// Sweeps `size` open enquiries beside a hundredth of them, on SQLite and on PostgreSQL.
///
/// # Errors
/// When a database refuses.
pub async fn run(size: u32) -> Outcome<String> {
    let folder = folder_on_disk()?;
    let cluster = Cluster::start(&[]);
    let mut rows = Vec::new();
    for (name, addresses) in [
        ("SQLite", ["sqlite:".to_owned(), "sqlite:".to_owned()]),
        ("PostgreSQL", [cluster.database(), cluster.database()]),
    ] {
        let [few, many] = addresses;
        let path = |side: &str| folder.path().join(format!("{name}-{side}"));
        let mut sides = [
            Side::open(&few, &path("few"), size / TIMES).await?,
            Side::open(&many, &path("many"), size).await?,
        ];
        for _ in 0..ROUNDS {
            for side in &mut sides {
                side.round().await?;
            }
            // Whoever comes second finds what the first one left to the machine.
            sides.reverse();
        }
        sides.sort_by_key(|side| side.open);
        rows.extend(table(name, &sides));
    }
    let heads = ["", "ms", "least to most", "ratio"];
    Ok(format!(
        "Medians of {ROUNDS} interleaved rounds, ratios as well; at most {RATIO} is promised.\n\n{}",
        markdown(&heads, &rows)
    ))
}

impl Side {
    async fn open(address: &str, folder: &Path, open: u32) -> Outcome<Self> {
        std::fs::create_dir(folder)?;
        let hub = join(
            folder,
            database::open(address, folder, &sample_council()).await,
            Arc::new(SettableClock::at(time(MONDAY))),
            Arc::new(MailCatcher::default()),
            Setup::default(),
        );
        for _ in 0..IN_DANGER {
            let token = fill_in(&hub, &Answers::default()).await;
            hub.enquiries().submit(&token).await?;
        }
        fill(&hub, open).await?;
        // The first sweep seals what was done so far.
        hub::jobs::sweep(&hub).await?;
        Ok(Self {
            open,
            hub,
            idle: Vec::new(),
            busy: Vec::new(),
        })
    }

    async fn round(&mut self) -> Outcome<()> {
        // It takes a few milliseconds: one alone would measure the machine's other work.
        let mut idle = Vec::new();
        for _ in 0..IDLE_SWEEPS {
            idle.push(sweep(&self.hub).await?);
        }
        self.idle.push(Spread::of(&idle).median);
        for sql in [
            "DELETE FROM tellings",
            "DELETE FROM escalations",
            "UPDATE promises SET next_step = 'half', next_step_at = 1 WHERE enquiry IN \
             (SELECT id FROM enquiries WHERE draft_id IS NOT NULL)",
        ] {
            execute(&self.hub, sql).await?;
        }
        self.busy.push(sweep(&self.hub).await?);
        Ok(())
    }
}

async fn sweep(hub: &Hub) -> Outcome<f64> {
    let begun = Instant::now();
    hub::jobs::sweep(hub).await?;
    Ok(begun.elapsed().as_secs_f64() * 1000.0)
}

fn table(name: &str, sides: &[Side; 2]) -> Vec<Vec<String>> {
    let [few, many] = sides;
    let mut rows = Vec::new();
    for (what, less, more) in [
        ("nothing to do", &few.idle, &many.idle),
        ("50 to tell of", &few.busy, &many.busy),
    ] {
        // A round's two figures stand a moment apart: a busy minute of the machine is in both of them.
        let beside = |figures: &[f64]| {
            let ratios: Vec<f64> = figures
                .iter()
                .zip(less)
                .map(|(one, few)| one / few)
                .collect();
            Spread::of(&ratios).median
        };
        for (open, figures) in [(few.open, less), (many.open, more)] {
            let spread = Spread::of(figures);
            rows.push(vec![
                format!("{name}: {what}, {open} open"),
                format!("{:.2}", spread.median),
                format!("{:.2} to {:.2}", spread.least, spread.most),
                format!("{:.2}", beside(figures)),
            ]);
        }
    }
    rows
}

/// Open enquiries, each with a promise whose next step is far away.
async fn fill(hub: &Hub, open: u32) -> Outcome<()> {
    const CHUNK: u32 = 50_000;
    let mut from = 0;
    while from < open {
        let to = (from + CHUNK).min(open);
        for sql in filling(hub, from, to).await? {
            execute(hub, &sql).await?;
        }
        from = to;
    }
    // PostgreSQL plans by what it knows of its tables, and a server that runs knows.
    execute(hub, "ANALYZE").await
}

/// Statements that add the enquiries of these numbers.
async fn filling(hub: &Hub, from: u32, to: u32) -> Outcome<[String; 2]> {
    let tx = hub.database().read().await?;
    let (numbers, id) = match tx {
        Tx::Sqlite(_) => (
            format!(
                "(WITH RECURSIVE n(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {to}) \
                 SELECT i FROM n) AS n"
            ),
            (|salt: u32| format!("unhex(printf('%08x%024x', {salt}, i))")) as fn(u32) -> String,
        ),
        Tx::Postgres(_) => (
            format!("generate_series({from}, {to} - 1) AS n(i)"),
            (|salt: u32| format!("md5('{salt}-' || i)::uuid")) as fn(u32) -> String,
        ),
    };
    let due_at = "1790000000000 + i * 1000";
    Ok([
        format!(
            "INSERT INTO enquiries (id, reference, topic, team, correspondent, channel, state, chasers, received_at, \
             revision, due_at) SELECT {}, 'BENCH-' || i, (SELECT min(key) FROM topics), (SELECT min(key) FROM teams), \
             (SELECT id FROM correspondents LIMIT 1), 'web-form', 'promised', 0, 1780000000000, 0, {due_at} \
             FROM {numbers}",
            id(1)
        ),
        format!(
            "INSERT INTO promises (id, enquiry, received_at, due_on, due_at, moves, outcome, counts_from_on, \
             next_step, next_step_at) SELECT {}, {}, 1780000000000, '2026-09-21', {due_at}, 0, 'running', \
             '2026-09-14', 'half', {due_at} FROM {numbers}",
            id(2),
            id(1)
        ),
    ])
}

async fn execute(hub: &Hub, sql: &str) -> Outcome<()> {
    let mut tx = hub.database().begin().await?;
    match &mut tx {
        Tx::Sqlite(tx) => {
            let statement = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()));
            statement.execute(&mut **tx).await?;
        }
        Tx::Postgres(tx) => {
            let statement = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()));
            statement.execute(&mut **tx).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
