//! The worker: leases what is due, runs it, and writes down how it ended.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt;
use jiff::SignedDuration;
use store::Job;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::{Kind, return_enquiries, send_invitation, send_mail, send_notice, sweep};
use crate::{Error, Hub, intake::file};

const IDLE: Duration = Duration::from_secs(1);
const BETWEEN_SWEEPS: SignedDuration = SignedDuration::from_mins(1);

/// How a job that did not fail ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Its work is done.
    Done,
    /// It is to be tried again after a pause; the words say why.
    Retry(String),
    /// A person must look at it.
    Dead(String),
}

/// Runs jobs until it is told to stop; the one under way is finished first.
pub async fn work(hub: Hub, stop: CancellationToken) {
    let mut next_sweep = hub.now();
    while !stop.is_cancelled() {
        let now = hub.now();
        // Too far ahead, it was set before somebody set the clock back.
        if now >= next_sweep || next_sweep.duration_since(now) > BETWEEN_SWEEPS {
            next_sweep = now + BETWEEN_SWEEPS;
            // What else a part failed by is in the log already.
            if let Err(error) = sweep::run(&hub).await
                && error.is_unavailable()
            {
                tracing::error!(%error, "the sweep failed");
            }
        }
        let worked = match run_next(&hub).await {
            Ok(worked) => worked,
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

/// Runs everything that is due and says how much that was.
///
/// # Errors
/// [`Error::Internal`] when the database is out of reach.
pub async fn run_due(hub: &Hub) -> Result<usize, Error> {
    let mut count = 0;
    while run_next(hub).await? {
        count += 1;
    }
    Ok(count)
}

/// Runs the job that is due longest, if there is one. One lease, one job: a slow sending server
/// never outlasts the lease of jobs that wait behind.
async fn run_next(hub: &Hub) -> Result<bool, Error> {
    let now = hub.now();
    let until = now + SignedDuration::try_from(hub.lease()).unwrap_or(SignedDuration::from_mins(2));
    let mut tx = hub.database().begin().await?;
    let job = tx.jobs().lease(now, until, 1).await?.pop();
    tx.commit().await?;
    match job {
        Some(job) => run(hub, &job).await.map(|()| true),
        None => Ok(false),
    }
}

async fn run(hub: &Hub, job: &Job) -> Result<(), Error> {
    let outcome = match Kind::from_code(&job.kind) {
        Some(kind) => attempt(hub, kind, job).await,
        None => Outcome::Dead(format!("no job is called {}", job.kind)),
    };
    let mut tx = hub.database().begin().await?;
    match outcome {
        Outcome::Done => tx.jobs().done(job, hub.now()).await?,
        Outcome::Retry(reason) => {
            tracing::warn!(job.id = %job.id, job.kind, job.attempts, reason, "a job will be tried again");
            let again = hub.now() + pause(hub, job);
            tx.jobs().retry(job, again, &reason).await?;
        }
        Outcome::Dead(reason) => {
            tracing::error!(job.id = %job.id, job.kind, reason, "a job was given up: a person must look");
            tx.jobs().dead(job, &reason, hub.now()).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Does the work. However it stops, by an error, a panic or no answer in time, is an attempt that failed: one
/// job that cannot be done neither ends the worker nor comes back for ever.
async fn attempt(hub: &Hub, kind: Kind, job: &Job) -> Outcome {
    let work = async {
        match kind {
            Kind::SendMail => send_mail::run(hub, job).await,
            Kind::SendInvitation => send_invitation::run(hub, job).await,
            Kind::SendNotice => send_notice::run(hub, job).await,
            Kind::ReturnEnquiries => return_enquiries::run(hub, job).await,
            Kind::FileMessage => file::run(hub, job).await,
        }
    };
    // Well within the lease, so that no other worker takes the job while this one still works.
    let work = timeout(hub.lease() / 4 * 3, AssertUnwindSafe(work).catch_unwind());
    let reason = match work.await {
        Ok(Ok(Ok(outcome))) => return outcome,
        Ok(Ok(Err(error))) => error.to_string(),
        Ok(Err(_panic)) => "the work broke off: the log says where".to_owned(),
        Err(_elapsed) => "no answer in time".to_owned(),
    };
    let noted = match kind {
        Kind::SendMail => send_mail::failed(hub, job, reason.clone()).await,
        Kind::SendInvitation => send_invitation::failed(hub, job, reason.clone()).await,
        Kind::FileMessage => file::failed(hub, job, reason.clone()).await,
        Kind::SendNotice => send_notice::failed(hub, job, reason.clone()).await,
        Kind::ReturnEnquiries => Ok(again_or_given_up(hub, kind, job, reason.clone())),
    };
    noted.unwrap_or(Outcome::Retry(reason))
}

/// Another try, until that has gone on for too long.
pub(super) fn again_or_given_up(hub: &Hub, kind: Kind, job: &Job, reason: String) -> Outcome {
    if kind.patience().gives_up(job.created_at, hub.now()) {
        Outcome::Dead(reason)
    } else {
        Outcome::Retry(reason)
    }
}

fn pause(hub: &Hub, job: &Job) -> SignedDuration {
    let kind = Kind::from_code(&job.kind).unwrap_or(Kind::SendMail);
    hub.random(|random| kind.patience().pause_after(job.attempts.max(1), random))
}
