//! How many enquiries a second are committed, on both databases, beside raw appends to the same disk and plain
//! inserts into PostgreSQL.

use std::{path::Path, sync::Arc, time::Instant};

use hub::{DraftToken, Hub};

use super::{
    Outcome, ROUNDS,
    append::appends_per_second,
    folder_on_disk,
    plain_inserts::PlainInserts,
    running_clock::RunningClock,
    table::{Spread, markdown},
};
use crate::{
    Answers, Cluster, MailCatcher, Setup,
    council::sample_council,
    database,
    hub::{fill_in, join},
};

const CLIENTS: [u32; 2] = [1, 32];

/// Figures of one round and number of clients, each a second.
struct Figures {
    submits: f64,
    journeys: f64,
}

/// One database and its figures, a list for each number of clients.
struct Side {
    name: &'static str,
    hub: Hub,
    rounds: [Vec<Figures>; 2],
}

/// Commits `size` enquiries for each number of clients in each round, on SQLite and on PostgreSQL, beside raw
/// appends and the plainest insert that PostgreSQL can do.
///
/// # Errors
/// When the disk or a database refuses.
pub async fn run(size: u32) -> Outcome<String> {
    let folder = folder_on_disk()?;
    // As it is installed: what was committed is on the disk.
    let cluster = Cluster::start(&[]);
    let plain = PlainInserts::prepare(&cluster)?;
    let mut sides = [
        Side::open("SQLite", "sqlite:", &folder.path().join("sqlite")).await?,
        Side::open(
            "PostgreSQL",
            &cluster.database(),
            &folder.path().join("postgres"),
        )
        .await?,
    ];
    let mut appends = Vec::new();
    let mut inserts: [Vec<f64>; 2] = Default::default();
    for _ in 0..ROUNDS {
        appends.push(appends_per_second(folder.path(), size)?);
        for (place, clients) in CLIENTS.into_iter().enumerate() {
            if let Some(figures) = inserts.get_mut(place) {
                figures.push(plain.per_second(size, clients)?);
            }
            for side in &mut sides {
                let figures = round(&side.hub, size, clients).await?;
                if let Some(rounds) = side.rounds.get_mut(place) {
                    rounds.push(figures);
                }
            }
        }
    }
    Ok(format!(
        "{size} enquiries a round, medians of {ROUNDS} interleaved rounds.\n\n{}",
        table(&appends, &inserts, &sides)
    ))
}

impl Side {
    async fn open(name: &'static str, address: &str, folder: &Path) -> Outcome<Self> {
        std::fs::create_dir(folder)?;
        let hub = join(
            folder,
            database::open(address, folder, &sample_council()).await,
            Arc::new(RunningClock::start()),
            Arc::new(MailCatcher::default()),
            Setup::default(),
        );
        Ok(Self {
            name,
            hub,
            rounds: Default::default(),
        })
    }
}

/// All drafts are filled in first and sent then, so that sending is measured alone.
async fn round(hub: &Hub, size: u32, clients: u32) -> Outcome<Figures> {
    let shares: Vec<u32> = (0..clients)
        .map(|client| size / clients + u32::from(client < size % clients))
        .collect();
    let begun = Instant::now();
    let mut filling = Vec::new();
    for share in shares {
        let hub = hub.clone();
        filling.push(tokio::spawn(async move { fill_in_many(&hub, share).await }));
    }
    let mut drafts = Vec::new();
    for task in filling {
        drafts.push(task.await?);
    }
    let filled_in = Instant::now();
    let mut sending = Vec::new();
    for tokens in drafts {
        let hub = hub.clone();
        sending.push(tokio::spawn(async move { send_all(&hub, &tokens).await }));
    }
    for task in sending {
        task.await??;
    }
    let sent = Instant::now();
    let count = f64::from(size);
    Ok(Figures {
        submits: count / (sent - filled_in).as_secs_f64(),
        journeys: count / (sent - begun).as_secs_f64(),
    })
}

async fn fill_in_many(hub: &Hub, count: u32) -> Vec<DraftToken> {
    let mut tokens = Vec::new();
    for _ in 0..count {
        tokens.push(fill_in(hub, &Answers::default()).await);
    }
    tokens
}

async fn send_all(hub: &Hub, tokens: &[DraftToken]) -> Result<(), hub::Error> {
    for token in tokens {
        hub.enquiries().submit(token).await?;
    }
    Ok(())
}

fn table(appends: &[f64], inserts: &[Vec<f64>; 2], sides: &[Side]) -> String {
    let row = |name: String, figures: Vec<f64>| {
        let spread = Spread::of(&figures);
        let beside: Vec<_> = figures
            .iter()
            .zip(appends)
            .map(|(figure, append)| figure / append)
            .collect();
        vec![
            name,
            format!("{:.0}", spread.median),
            format!("{:.0} to {:.0}", spread.least, spread.most),
            format!("{:.2}", Spread::of(&beside).median),
        ]
    };
    let limit = "4 KiB appended, fdatasync: the limit of one writer".to_owned();
    let mut rows = vec![row(limit, appends.to_vec())];
    for (place, clients) in CLIENTS.into_iter().enumerate() {
        if let Some(figures) = inserts.get(place) {
            rows.push(row(
                format!("pgbench: one plain insert, clients: {clients}"),
                figures.clone(),
            ));
        }
        for side in sides {
            let Some(rounds) = side.rounds.get(place) else {
                continue;
            };
            rows.push(row(
                format!("{}: enquiries sent, clients: {clients}", side.name),
                rounds.iter().map(|figures| figures.submits).collect(),
            ));
            rows.push(row(
                format!(
                    "{}: whole journeys (10 commits each), clients: {clients}",
                    side.name
                ),
                rounds.iter().map(|figures| figures.journeys).collect(),
            ));
        }
    }
    let head = ["", "a second", "least to most", "of the limit"];
    markdown(&head, &rows)
}
