//! How many enquiries a second are committed, beside raw appends to the same disk.

use std::{path::Path, sync::Arc, time::Instant};

use hub::{DraftToken, Hub};

use super::{
    Outcome, ROUNDS,
    append::appends_per_second,
    folder_on_disk,
    running_clock::RunningClock,
    table::{Spread, markdown},
};
use crate::{
    Answers, MailCatcher, Setup,
    council::sample_council,
    database,
    hub::{fill_in, join},
};

const CLIENTS: [u32; 2] = [1, 8];

/// Figures of one round and number of clients, each a second.
struct Figures {
    submits: f64,
    journeys: f64,
}

/// Commits `size` enquiries for each number of clients in each round, on SQLite in a folder on disk.
///
/// # Errors
/// When the disk or the database refuses.
pub async fn run(size: u32) -> Outcome<String> {
    let folder = folder_on_disk()?;
    let hub = hub_in(folder.path()).await;
    let mut appends = Vec::new();
    let mut rounds: [Vec<Figures>; 2] = Default::default();
    for _ in 0..ROUNDS {
        appends.push(appends_per_second(folder.path(), size)?);
        for (figures, clients) in rounds.iter_mut().zip(CLIENTS) {
            figures.push(round(&hub, size, clients).await?);
        }
    }
    Ok(format!(
        "{size} enquiries a round, medians of {ROUNDS} interleaved rounds; SQLite in {}.\n\n{}",
        folder.path().display(),
        table(&appends, &rounds)
    ))
}

async fn hub_in(folder: &Path) -> Hub {
    join(
        folder,
        database::open("sqlite:", folder, &sample_council()).await,
        Arc::new(RunningClock::start()),
        Arc::new(MailCatcher::default()),
        Setup::default(),
    )
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

fn table(appends: &[f64], rounds: &[Vec<Figures>]) -> String {
    let row = |name: &str, figures: Vec<f64>| {
        let spread = Spread::of(&figures);
        let beside: Vec<_> = figures
            .iter()
            .zip(appends)
            .map(|(figure, append)| figure / append)
            .collect();
        vec![
            name.to_owned(),
            format!("{:.0}", spread.median),
            format!("{:.0} to {:.0}", spread.least, spread.most),
            format!("{:.2}", Spread::of(&beside).median),
        ]
    };
    let mut rows = vec![row(
        "4 KiB appended, fdatasync: the limit",
        appends.to_vec(),
    )];
    for (figures, clients) in rounds.iter().zip(CLIENTS) {
        let submits = figures.iter().map(|figures| figures.submits);
        rows.push(row(
            &format!("enquiries sent, clients: {clients}"),
            submits.collect(),
        ));
    }
    for (figures, clients) in rounds.iter().zip(CLIENTS) {
        let journeys = figures.iter().map(|figures| figures.journeys);
        rows.push(row(
            &format!("whole journeys (10 commits each), clients: {clients}"),
            journeys.collect(),
        ));
    }
    markdown(&["", "a second", "least to most", "of the limit"], &rows)
}
