//! Writing down that a step was done, in the transaction of what it follows from.

use domain::{
    clock::london_date,
    enquiry::{Applied, Change, Enquiry},
    escalation::{DueStep, EscalationStep, was_late},
    ids::EscalationId,
    promise::Promise,
};
use store::{Escalation, StoreError, Tx};

use super::recipients::Staff;
use crate::enquiries::record::Act;

/// What an event means for the escalation of its enquiry: a promise that ended, moved or waits needs
/// nobody any more, a step that was due before that was overtaken by it, and a second chaser is told
/// at once.
pub(crate) async fn follow(
    act: &Act<'_>,
    tx: &mut Tx,
    before: &Enquiry,
    applied: &Applied,
) -> Result<(), StoreError> {
    let settles = |change: &Change| {
        matches!(
            change,
            Change::PromiseKept
                | Change::PromiseEnded { .. }
                | Change::PromiseMoved { .. }
                | Change::Paused
        )
    };
    if applied.changes.iter().any(settles) {
        if let Some(promise) = before.running_promise() {
            overtaken(act, tx, before, promise).await?;
        }
        tx.escalations().over(before.id, act.at).await?;
    }
    if applied.changes.contains(&Change::ChasedTwice)
        && let Some(promise) = applied.enquiry.running_promise()
    {
        chased_twice(act, tx, &applied.enquiry, promise).await?;
    }
    Ok(())
}

/// Writes down what was due and not done when an answer, a new day or a pause came: it was late, and
/// nobody needs to be told any more.
async fn overtaken(
    act: &Act<'_>,
    tx: &mut Tx,
    enquiry: &Enquiry,
    promise: &Promise,
) -> Result<(), StoreError> {
    let rules = act.hub.council().rules_of(enquiry);
    let (due, _) = promise.steps_due(act.at, rules.time());
    for step in due {
        done(act, tx, promise, step).await?;
    }
    Ok(())
}

/// Once a promise, however often it is moved: its first day stands for all of its days.
async fn chased_twice(
    act: &Act<'_>,
    tx: &mut Tx,
    enquiry: &Enquiry,
    promise: &Promise,
) -> Result<(), StoreError> {
    let first_day = london_date(promise.received_at);
    let once = Promise {
        counts_from: first_day,
        due_on: first_day,
        ..promise.clone()
    };
    let step = DueStep {
        step: EscalationStep::ChasedTwice,
        at: act.at,
    };
    if let Some(escalation) = done(act, tx, &once, step).await? {
        tell(act, tx, enquiry, &escalation).await?;
    }
    Ok(())
}

/// Does the steps that are due: each is written down, and the last of them is told.
pub(super) async fn escalate(
    act: &Act<'_>,
    tx: &mut Tx,
    enquiry: &Enquiry,
    promise: &Promise,
    due: &[DueStep],
) -> Result<(), StoreError> {
    let mut last = None;
    for step in due {
        last = done(act, tx, promise, *step).await?.or(last);
    }
    match last {
        Some(escalation) => tell(act, tx, enquiry, &escalation).await,
        None => Ok(()),
    }
}

/// Writes down a step. None when it was done before.
async fn done(
    act: &Act<'_>,
    tx: &mut Tx,
    promise: &Promise,
    due: DueStep,
) -> Result<Option<Escalation>, StoreError> {
    let hub = act.hub;
    let escalation = Escalation {
        id: hub.random(|random| EscalationId::generate(act.at, random)),
        promise: promise.id,
        enquiry: promise.enquiry,
        step: due.step,
        counts_from: promise.counts_from,
        due_on: promise.due_on,
        due_at: due.at,
        done_at: act.at,
    };
    if !tx.escalations().insert(&escalation).await? {
        return Ok(None);
    }
    let late = was_late(due.at, act.at);
    let detail = format!("{}{}", due.step, if late { ", late" } else { "" });
    let subject = Some(escalation.id.as_uuid());
    act.note(tx, "escalated", promise.enquiry, subject, Some(detail))
        .await?;
    metrics::counter!("send_hub_escalations_total", "step" => due.step.as_str()).increment(1);
    if late {
        metrics::counter!("send_hub_escalations_late_total").increment(1);
    }
    Ok(Some(escalation))
}

async fn tell(
    act: &Act<'_>,
    tx: &mut Tx,
    enquiry: &Enquiry,
    escalation: &Escalation,
) -> Result<(), StoreError> {
    let accounts = tx.accounts().list().await?;
    let council = act.hub.council();
    let staff = Staff {
        accounts: &accounts,
        council: &council,
        today: london_date(act.at),
    };
    for told in staff.told_of(escalation.step, enquiry) {
        tx.escalations().tell(escalation, &told).await?;
    }
    Ok(())
}
