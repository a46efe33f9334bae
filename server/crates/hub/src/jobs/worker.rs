//! The worker: leases what is due, runs it, and writes down how it ended.

use std::time::Duration;

use jiff::SignedDuration;
use store::Job;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::{Kind, send_mail, sweep};
use crate::{Error, Hub};

const AT_ONCE: u32 = 10;
const IDLE: Duration = Duration::from_secs(1);
const BETWEEN_SWEEPS: SignedDuration = SignedDuration::from_mins(1);

/// How a job that did not fail ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Its work is done.
    Done,
    /// It is to be tried again after this long; the words say why.
    Retry(SignedDuration, String),
    /// A person must look at it.
    Dead(String),
}

/// Runs jobs until it is told to stop; the one under way is finished first.
pub async fn work(hub: Hub, stop: CancellationToken) {
    let mut next_sweep = hub.now();
    while !stop.is_cancelled() {
        if hub.now() >= next_sweep {
            next_sweep = hub.now() + BETWEEN_SWEEPS;
            if let Err(error) = sweep::run(&hub).await {
                tracing::error!(%error, "the sweep failed");
            }
        }
        let worked = match run_due(&hub).await {
            Ok(count) => count > 0,
            Err(error) => {
                tracing::error!(%error, "jobs cannot be leased");
                false
            }
        };
        if !worked {
            tokio::select! {
                () = stop.cancelled() => {}
                () = hub.jobs_waiting().notified() => {}
                () = sleep(IDLE) => {}
            }
        }
    }
}

/// Runs what is due and says how much that was.
///
/// # Errors
/// [`Error::Internal`] when the database is out of reach.
pub async fn run_due(hub: &Hub) -> Result<usize, Error> {
    let now = hub.now();
    let until = now + SignedDuration::try_from(hub.lease()).unwrap_or(SignedDuration::from_mins(2));
    let mut tx = hub.database().begin().await?;
    let jobs = tx.jobs().lease(now, until, AT_ONCE).await?;
    tx.commit().await?;
    let count = jobs.len();
    for job in jobs {
        run(hub, &job).await?;
    }
    Ok(count)
}

async fn run(hub: &Hub, job: &Job) -> Result<(), Error> {
    // Well within the lease, so that no other worker takes the job while this one still works.
    let work = timeout(hub.lease() / 4 * 3, attempt(hub, job));
    let outcome = match work.await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => Outcome::Retry(pause(job), error.to_string()),
        Err(_) => Outcome::Retry(pause(job), "no answer in time".to_owned()),
    };
    let mut tx = hub.database().begin().await?;
    match outcome {
        Outcome::Done => tx.jobs().done(job.id, hub.now()).await?,
        Outcome::Retry(after, reason) => {
            tracing::warn!(job.id = %job.id, job.kind, job.attempts, reason, "a job will be tried again");
            tx.jobs().retry(job.id, hub.now() + after, &reason).await?;
        }
        Outcome::Dead(reason) => {
            tracing::error!(job.id = %job.id, job.kind, reason, "a job was given up: a person must look");
            tx.jobs().dead(job.id, &reason, hub.now()).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn attempt(hub: &Hub, job: &Job) -> Result<Outcome, Error> {
    match Kind::from_code(&job.kind) {
        Some(Kind::SendMail) => send_mail::run(hub, job).await,
        None => Ok(Outcome::Dead(format!("no job is called {}", job.kind))),
    }
}

fn pause(job: &Job) -> SignedDuration {
    mail::retry::pause_after(job.attempts.max(1))
}
