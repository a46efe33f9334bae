//! How many jobs a second are claimed and done by one, two and four worker processes on one PostgreSQL, and
//! whether any job was ever claimed twice.

use std::{collections::BTreeSet, path::Path, process::Stdio, time::Instant};

use domain::ids::JobId;
use jiff::SignedDuration;
use rand::{SeedableRng, rngs::StdRng};
use store::{Database, Lane, NewJob};
use tokio::{
    io::AsyncReadExt,
    process::{Child, Command},
};
use uuid::Uuid;

use super::{
    Outcome, ROUNDS,
    table::{Spread, markdown},
};
use crate::{
    Cluster,
    council::sample_council,
    database,
    hub::{MONDAY, time},
};

const WORKERS: [usize; 3] = [1, 2, 4];
const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// Claims `size` jobs in each round for each number of workers.
///
/// # Errors
/// When PostgreSQL refuses, or a job was claimed twice or never.
pub async fn run(size: u32) -> Outcome<String> {
    let cluster = Cluster::start(&[]);
    let address = cluster.database();
    let folder = tempfile::tempdir()?;
    let database = database::open(&address, folder.path(), &sample_council()).await;
    let mut rounds: [Vec<f64>; 3] = Default::default();
    let mut random = StdRng::seed_from_u64(1);
    for _ in 0..ROUNDS {
        for (figures, workers) in rounds.iter_mut().zip(WORKERS) {
            let wanted = enqueue(&database, size, &mut random).await?;
            figures.push(round(&address, &wanted, workers).await?);
        }
    }
    let rows: Vec<_> = rounds
        .iter()
        .zip(WORKERS)
        .map(|(figures, workers)| {
            let spread = Spread::of(figures);
            vec![
                workers.to_string(),
                format!("{:.0}", spread.median),
                format!("{:.0} to {:.0}", spread.least, spread.most),
            ]
        })
        .collect();
    let head = ["worker processes", "jobs a second", "least to most"];
    Ok(format!(
        "{size} jobs a round, each claimed and done in two commits; medians of {ROUNDS} interleaved rounds on \
         PostgreSQL. No job was claimed twice.\n\n{}",
        markdown(&head, &rows)
    ))
}

async fn round(address: &str, wanted: &BTreeSet<String>, workers: usize) -> Outcome<f64> {
    let begun = Instant::now();
    let working: Vec<Child> = (0..workers)
        .map(|_| {
            Command::new(std::env::current_exe()?)
                .args(["--claim-jobs-of", address])
                .stdout(Stdio::piped())
                .spawn()
        })
        .collect::<Result<_, _>>()?;
    let mut claimed = Vec::new();
    for mut worker in working {
        let mut output = String::new();
        if let Some(mut stdout) = worker.stdout.take() {
            stdout.read_to_string(&mut output).await?;
        }
        if !worker.wait().await?.success() {
            return Err("a worker failed".into());
        }
        claimed.extend(output.lines().map(str::to_owned));
    }
    let seconds = begun.elapsed().as_secs_f64();
    let different: BTreeSet<_> = claimed.iter().cloned().collect();
    if claimed.len() != different.len() || different != *wanted {
        return Err("a job was claimed twice, or never".into());
    }
    Ok(f64::from(u32::try_from(claimed.len())?) / seconds)
}

async fn enqueue(database: &Database, size: u32, random: &mut StdRng) -> Outcome<BTreeSet<String>> {
    let now = time(MONDAY);
    let mut ids = BTreeSet::new();
    let mut tx = database.begin().await?;
    for _ in 0..size {
        let id = JobId::generate(now, random);
        let job = NewJob {
            id,
            lane: Lane::Ours,
            kind: "bench",
            subject: Uuid::nil(),
            run_at: now,
            created_at: now,
        };
        tx.jobs().enqueue(&job).await?;
        ids.insert(id.to_string());
    }
    tx.commit().await?;
    Ok(ids)
}

/// What each worker process does: claims jobs as the hub's own worker does, one at a time, until none is left, and
/// prints their ids.
///
/// # Errors
/// When PostgreSQL refuses.
pub async fn claim_all(address: &str) -> Outcome<Vec<JobId>> {
    let database = Database::connect(address, Path::new("")).await?;
    let now = time(MONDAY);
    let mut claimed = Vec::new();
    loop {
        let mut tx = database.begin().await?;
        let job = tx
            .jobs()
            .lease(Lane::Ours, now, now + LEASE, 1)
            .await?
            .pop();
        tx.commit().await?;
        let Some(job) = job else {
            return Ok(claimed);
        };
        let mut tx = database.begin().await?;
        tx.jobs().done(&job, now).await?;
        tx.commit().await?;
        claimed.push(job.id);
    }
}
