//! The worker: leases what is due, runs it, and writes down how it ended.

mod handed_over;

use std::{
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};

use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use store::{Job, Lane, StoreError, Tx};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::{Kind, return_enquiries, send_invitation, send_mail, send_notice, sweep};
use crate::{
    Error, Hub, audit,
    intake::file::{self, Whole},
};

const IDLE: Duration = Duration::from_secs(1);
const BETWEEN_SWEEPS: SignedDuration = SignedDuration::from_mins(1);

/// How a job that did not fail ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Its work is done, and kept.
    Done,
    /// Its work is done and kept once this is committed, together with the end of the job.
    DoneIn(Tx),
    /// A sending server took what was to be sent, with these words. That is still to be noted.
    HandedOver(String),
    /// It is to be tried again after a pause; the words say why.
    Retry(String),
    /// A person must look at it.
    Dead(String),
}

/// Runs jobs until it is told to stop; those under way are finished first. In one lane are those that wait for a sending
/// server, in the other those that need nothing but our database, so that a server which hangs holds up no enquiry and
/// no promise. Beside them goes the daily audit. None waits for another.
pub async fn work(hub: Hub, stop: CancellationToken) {
    tokio::join!(
        run_ours(&hub, &stop),
        run_lane(&hub, Lane::Sending, &stop, || true),
        audit::follow(&hub, &stop)
    );
}

/// The jobs that need nothing but our database, and between them the sweep.
async fn run_ours(hub: &Hub, stop: &CancellationToken) {
    let mut next_sweep = hub.now();
    while !stop.is_cancelled() {
        let now = hub.now();
        if is_due(next_sweep, now) {
            next_sweep = now + BETWEEN_SWEEPS;
            // What else a part failed by is in the log already.
            if let Err(error) = sweep::run(hub).await
                && error.is_unavailable()
            {
                tracing::error!(%error, "the sweep failed");
            }
        }
        // A sweep may take longer than a lease: no job waits for it.
        run_lane(hub, Lane::Ours, stop, || !is_due(next_sweep, hub.now())).await;
    }
}

/// Runs what is due in a lane, and waits for more, until it is told to stop or is not to go on.
async fn run_lane(
    hub: &Hub,
    lane: Lane,
    stop: &CancellationToken,
    goes_on: impl Fn() -> bool + Sync,
) {
    let worker = Worker {
        hub,
        lane,
        goes_on: &|| !stop.is_cancelled() && goes_on(),
    };
    let mut look = Look::Everywhere;
    let mut looked_at = Instant::now();
    while (worker.goes_on)() {
        if let Err(error) = worker.run_due(look).await {
            tracing::error!(%error, ?lane, "jobs cannot be leased");
        }
        if look == Look::Everywhere {
            looked_at = Instant::now();
        }
        if !(worker.goes_on)() {
            break;
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = hub.jobs_waiting().notified(lane) => {}
            () = sleep(IDLE) => {}
        }
        look = if looked_at.elapsed() < IDLE {
            Look::ForWhatWaits
        } else {
            Look::Everywhere
        };
    }
}

/// Whether it is time to sweep. Too far ahead, the time was set before somebody set the clock back.
fn is_due(next_sweep: Timestamp, now: Timestamp) -> bool {
    now >= next_sweep || next_sweep.duration_since(now) > BETWEEN_SWEEPS
}

/// Runs everything that is due and says how much that was.
///
/// # Errors
/// [`Error::Internal`] when the database is out of reach.
pub async fn run_due(hub: &Hub) -> Result<usize, Error> {
    let mut count = 0;
    for lane in Lane::ALL {
        count += run_due_of(hub, lane).await?;
    }
    Ok(count)
}

/// Runs everything of a lane that is due and says how much that was.
///
/// # Errors
/// [`Error::Internal`] when the database is out of reach.
pub async fn run_due_of(hub: &Hub, lane: Lane) -> Result<usize, Error> {
    let worker = Worker {
        hub,
        lane,
        goes_on: &|| true,
    };
    worker.run_due(Look::Everywhere).await
}

/// What is looked for first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// What waits, and what a dead worker left: once a second, whether somebody rings or not.
    Everywhere,
    /// What waits: somebody rang before that.
    ForWhatWaits,
}

/// The next job, leased, and what is known of it already.
struct Next {
    job: Job,
    /// The mail that it files.
    fetched: Option<Whole>,
}

impl From<Job> for Next {
    fn from(job: Job) -> Self {
        Self { job, fetched: None }
    }
}

/// Who takes the jobs of a lane, one after the other, for as long as it goes on.
struct Worker<'w> {
    hub: &'w Hub,
    lane: Lane,
    goes_on: &'w (dyn Fn() -> bool + Sync),
}

impl Worker<'_> {
    /// Runs what is due, the longest due first, until nothing is or it is not to go on. One lease, one job: a slow
    /// sending server never outlasts the lease of jobs that wait behind.
    async fn run_due(&self, look: Look) -> Result<usize, Error> {
        let mut next = self.first(look).await?.map(Next::from);
        let mut count = 0;
        while let Some(Next { job, fetched }) = next {
            next = self.run(&job, fetched).await?;
            count += 1;
        }
        Ok(count)
    }

    async fn first(&self, look: Look) -> Result<Option<Job>, StoreError> {
        let (hub, lane) = (self.hub, self.lane);
        let database = hub.database();
        if look == Look::ForWhatWaits {
            return database.lease_waiting(lane, hub.now(), until(hub)).await;
        }
        let mut tx = database.read().await?;
        let is_due = tx.jobs().is_due(lane, hub.now(), until(hub)).await?;
        drop(tx);
        if !is_due {
            return Ok(None);
        }
        let mut tx = database.begin().await?;
        let mut jobs = tx.jobs();
        let leased = jobs.lease(lane, hub.now(), until(hub), 1).await?.pop();
        tx.commit().await?;
        Ok(leased)
    }

    /// The next job that waits. What a dead worker left is looked for once none does, and by the sweep.
    async fn lease_next(&self, tx: &mut Tx) -> Result<Option<Job>, StoreError> {
        let hub = self.hub;
        let mut jobs = tx.jobs();
        let leased = jobs.lease_waiting(self.lane, hub.now(), until(hub), 1);
        Ok(leased.await?.pop())
    }

    /// Runs one job, and leases the next in the transaction that ends it: a commit a job, not three.
    async fn run(&self, job: &Job, fetched: Option<Whole>) -> Result<Option<Next>, Error> {
        let hub = self.hub;
        let Some(kind) = Kind::from_code(&job.kind) else {
            let outcome = Outcome::Dead(format!("no job is called {}", job.kind));
            return Ok(self.ended(job, outcome).await?);
        };
        let began = Instant::now();
        let outcome = match attempt(hub, kind, job, fetched).await {
            Outcome::HandedOver(answer) => {
                let rest = (hub.lease() / 8 * 7).saturating_sub(began.elapsed());
                match self.noted(kind, job, &answer, rest).await {
                    Ok(next) => return Ok(next),
                    Err(reason) => failed(hub, kind, job, reason).await,
                }
            }
            other => other,
        };
        let was_to_be_kept = matches!(outcome, Outcome::DoneIn(_));
        match self.ended(job, outcome).await {
            Err(error) if was_to_be_kept => {
                // Nothing of its work was kept.
                let outcome = failed(hub, kind, job, error.to_string()).await;
                Ok(self.ended(job, outcome).await?)
            }
            other => Ok(other?),
        }
    }

    /// Writes down how it ended, and leases the next.
    async fn ended(&self, job: &Job, outcome: Outcome) -> Result<Option<Next>, StoreError> {
        let hub = self.hub;
        let (mut tx, outcome) = match outcome {
            Outcome::DoneIn(tx) => (tx, Outcome::Done),
            other => (hub.database().begin().await?, other),
        };
        match outcome {
            Outcome::Done | Outcome::DoneIn(_) | Outcome::HandedOver(_) => {
                tx.jobs().done(job, hub.now()).await?;
            }
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
        let next = if (self.goes_on)() {
            self.lease_next(&mut tx).await?
        } else {
            None
        };
        let (kept, fetched) = tokio::join!(tx.commit(), self.fetched(next.as_ref()));
        kept?;
        // What was filed or given back is often to be told.
        if self.lane == Lane::Ours {
            hub.jobs_waiting().ring_for(Lane::Sending);
        }
        Ok(next.map(|job| Next { job, fetched }))
    }

    /// What is to be filed next, fetched while a commit waits for the disk. It is not read before its lease is kept: a
    /// mail that ends the process would do so again, and no attempt be counted. Where it cannot be had, the attempt to
    /// file it will say why.
    async fn fetched(&self, next: Option<&Job>) -> Option<Whole> {
        let job = next.filter(|job| job.kind == Kind::FileMessage.as_str())?;
        file::fetch(self.hub, job).await.ok().flatten()
    }
}

/// Until when a lease of now lasts.
pub(super) fn until(hub: &Hub) -> Timestamp {
    let length = SignedDuration::try_from(hub.lease());
    hub.now() + length.unwrap_or(SignedDuration::from_mins(2))
}

/// Does the work. However it stops, by an error, a panic or no answer in time, is an attempt that failed: one
/// job that cannot be done neither ends the worker nor comes back for ever.
async fn attempt(hub: &Hub, kind: Kind, job: &Job, fetched: Option<Whole>) -> Outcome {
    let work = async {
        match kind {
            Kind::SendMail => send_mail::run(hub, job).await,
            Kind::SendInvitation => send_invitation::run(hub, job).await,
            Kind::SendNotice => send_notice::run(hub, job).await,
            Kind::ReturnEnquiries => return_enquiries::run(hub, job).await,
            Kind::FileMessage => file::run(hub, job, fetched).await,
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
    failed(hub, kind, job, reason).await
}

/// Notes that an attempt failed, and says what becomes of the job.
async fn failed(hub: &Hub, kind: Kind, job: &Job, reason: String) -> Outcome {
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
