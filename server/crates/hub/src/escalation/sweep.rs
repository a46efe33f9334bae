//! What the sweep does about promises: it finds by index those whose next step is due, and takes
//! each in a transaction of its own.

use domain::{
    enquiry::State,
    ids::{EnquiryId, PromiseId},
};
use store::AuditActor;

use super::{notices, record::escalate};
use crate::{Error, Hub, enquiries::record::Act};

/// How many are looked up at a time.
const CHUNK: u32 = 100;

/// Escalates what is due, and writes the letters that tell of it.
pub(crate) async fn run(hub: &Hub) -> Result<(), Error> {
    // What cannot be moved on is found again, so that a pass without any progress is the last.
    while plan_what_older_programs_made(hub).await? > 0 {}
    while pass(hub).await? > 0 {}
    notices::write(hub).await
}

async fn pass(hub: &Hub) -> Result<usize, Error> {
    let mut tx = hub.database().read().await?;
    let due = tx.escalations().due(hub.now(), CHUNK).await?;
    drop(tx);
    let mut moved = 0;
    for (promise, enquiry) in due {
        moved += progress(enquiry, step(hub, promise, enquiry).await)?;
    }
    Ok(moved)
}

/// One that cannot be moved on must not keep the others from it.
fn progress(id: EnquiryId, outcome: Result<(), Error>) -> Result<usize, Error> {
    match outcome {
        Ok(()) => Ok(1),
        Err(error) if error.is_unavailable() => Err(error),
        Err(error) => {
            tracing::error!(enquiry.id = %id, %error, "an enquiry cannot be escalated");
            Ok(0)
        }
    }
}

/// Does what is due of one promise. Held, so that an answer at the same moment either is seen here
/// or sees this.
async fn step(hub: &Hub, promise: PromiseId, enquiry: EnquiryId) -> Result<(), Error> {
    let act = Act {
        hub,
        actor: AuditActor::System,
        at: hub.now(),
    };
    let mut tx = hub.database().begin().await?;
    tx.enquiries().hold(enquiry).await?;
    let enquiry = tx.enquiries().get(enquiry).await?.ok_or(Error::NotFound)?;
    let running = enquiry
        .running_promise()
        .filter(|running| running.id == promise && enquiry.state == State::Promised);
    let Some(running) = running else {
        // An older program ended it and left the step behind.
        tx.promises().without_next_step(promise).await?;
        tx.commit().await?;
        return Ok(());
    };
    let rules = hub.council().rules_of(&enquiry);
    let (due, next_step) = running.steps_due(act.at, rules.time());
    escalate(&act, &mut tx, &enquiry, running, &due).await?;
    let after = domain::promise::Promise {
        next_step,
        ..running.clone()
    };
    tx.promises().set_next_step(&after).await?;
    tx.commit().await?;
    Ok(())
}

/// Plans the steps of promises that a program before this one made.
async fn plan_what_older_programs_made(hub: &Hub) -> Result<usize, Error> {
    let mut tx = hub.database().read().await?;
    let unplanned = tx.escalations().unplanned(CHUNK).await?;
    drop(tx);
    let mut planned = 0;
    for id in unplanned {
        planned += progress(id, plan(hub, id).await)?;
    }
    Ok(planned)
}

async fn plan(hub: &Hub, id: EnquiryId) -> Result<(), Error> {
    let mut tx = hub.database().begin().await?;
    tx.enquiries().hold(id).await?;
    let enquiry = tx.enquiries().get(id).await?.ok_or(Error::NotFound)?;
    if let Some(promise) = enquiry.running_promise() {
        let rules = hub.council().rules_of(&enquiry);
        let mut planned = promise.planned(promise.received_at, rules.time());
        if enquiry.state != State::Promised {
            planned.next_step = None;
        }
        tx.promises().set_next_step(&planned).await?;
    }
    tx.commit().await?;
    Ok(())
}
