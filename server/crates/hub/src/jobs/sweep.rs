//! What time alone brings about: pauses that end, promises that are escalated, answered enquiries that close, drafts
//! and sessions that expire, searches that are written down, and jobs that would wait for a clock that was set back.
//! Each statement reads an index, so a sweep over nothing costs nothing.

use domain::{
    clock::london_date,
    enquiry::{Enquiry, Event, State},
    ids::{EnquiryId, PromiseId},
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use store::AuditActor;

use super::{go_away, remind, worker::until};
use crate::{
    Error, Hub,
    enquiries::{letters, record::Act},
    error::refused_by_rules,
    escalation,
};

/// No transaction holds the writer for longer than this many enquiries.
const CHUNK: u32 = 100;
/// The clocks of two servers are never quite the same.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(1);

/// What the sweep does, in this order.
#[derive(Debug, Clone, Copy)]
enum Part {
    MoveOn,
    GoAway,
    Remind,
    Escalate,
    Expire,
    Seal,
    KeepSearches,
}

const PARTS: [Part; 7] = [
    Part::MoveOn,
    Part::GoAway,
    Part::Remind,
    Part::Escalate,
    Part::Expire,
    Part::Seal,
    Part::KeepSearches,
];

/// Does once what time alone brings about. [`super::work`] does it each minute. A part that fails keeps the others from
/// nothing: people are told of a promise whatever else is broken.
///
/// # Errors
/// [`Error::Internal`] when the database is out of reach, and what a part failed by.
pub async fn run(hub: &Hub) -> Result<(), Error> {
    let mut outcome = Ok(());
    for part in PARTS {
        match part.run(hub).await {
            Ok(()) => {}
            Err(error) if error.is_unavailable() => return Err(error),
            Err(error) => {
                tracing::error!(?part, %error, "a part of the sweep failed");
                outcome = Err(error);
            }
        }
    }
    outcome
}

impl Part {
    async fn run(self, hub: &Hub) -> Result<(), Error> {
        match self {
            Self::MoveOn => move_on_what_is_due(hub).await,
            Self::GoAway => go_away::run(hub).await,
            Self::Remind => remind::run(hub).await,
            Self::Escalate => escalation::run(hub).await,
            Self::Expire => expire(hub).await,
            Self::Seal => hub.audit().seal().await,
            Self::KeepSearches => hub.local_offer().keep_searches().await,
        }
    }
}

async fn move_on_what_is_due(hub: &Hub) -> Result<(), Error> {
    // What cannot be moved on is found again, so that a pass without any progress is the last.
    while pass(hub).await? > 0 {}
    Ok(())
}

/// Moves on what is due and says how many enquiries that were.
async fn pass(hub: &Hub) -> Result<usize, Error> {
    let today = london_date(hub.now());
    let mut tx = hub.database().read().await?;
    let paused = tx.enquiries().pauses_over(today, CHUNK).await?;
    let answered = tx.enquiries().to_close(today, CHUNK).await?;
    drop(tx);
    let mut moved = 0;
    for id in paused {
        let promise_id = hub.random(|random| PromiseId::generate(hub.now(), random));
        moved += move_on(hub, id, |at| Event::PauseEnded { at, promise_id }).await?;
    }
    for id in answered {
        moved += move_on(hub, id, |at| Event::Closed { at }).await?;
    }
    Ok(moved)
}

/// One enquiry that cannot be moved on must not keep the others from it.
async fn move_on(
    hub: &Hub,
    id: EnquiryId,
    event: impl FnOnce(Timestamp) -> Event,
) -> Result<usize, Error> {
    match apply(hub, id, event).await {
        Ok(()) => Ok(1),
        // Somebody was faster, or it is gone.
        Err(Error::Stale | Error::NotFound | Error::Refused(_)) => Ok(0),
        Err(error) if error.is_unavailable() => Err(error),
        Err(error) => {
            tracing::error!(enquiry.id = %id, %error, "an enquiry cannot be moved on");
            Ok(0)
        }
    }
}

async fn apply(
    hub: &Hub,
    id: EnquiryId,
    event: impl FnOnce(Timestamp) -> Event,
) -> Result<(), Error> {
    let now = hub.now();
    let mut tx = hub.database().begin().await?;
    let enquiry = tx.enquiries().get(id).await?.ok_or(Error::NotFound)?;
    if !is_due(&enquiry, london_date(now)) {
        // It moved on between the list and this look.
        return Err(Error::Stale);
    }
    let rules = hub.council().rules_of(&enquiry);
    let applied = enquiry
        .apply(&event(now), &rules)
        .map_err(|refusal| refused_by_rules("sweep", refusal))?;
    let act = Act {
        hub,
        actor: AuditActor::System,
        at: now,
    };
    act.changed(&mut tx, &enquiry, &applied).await?;
    letters::tell(hub, &mut tx, &applied, now).await?;
    tx.commit().await?;
    Ok(())
}

fn is_due(enquiry: &Enquiry, today: Date) -> bool {
    match enquiry.state {
        State::Paused { until } => until <= today,
        State::Answered { closes_on, .. } => closes_on <= today,
        State::Promised | State::Closed { .. } => false,
    }
}

/// What people looked for is kept for twelve months.
fn searches_kept_from(now: Timestamp) -> Date {
    let today = london_date(now);
    today.checked_sub(12.months()).unwrap_or(today)
}

async fn expire(hub: &Hub) -> Result<(), Error> {
    let now = hub.now();
    let mut tx = hub.database().begin().await?;
    tx.drafts().delete_expired(now).await?;
    tx.reply_drafts().delete_expired(now).await?;
    tx.sessions().delete_expired(now).await?;
    let mut jobs = tx.jobs();
    jobs.hurry_those_asked_for_after(now + CLOCKS_DIFFER, now)
        .await?;
    jobs.free_ended_leases(now, until(hub)).await?;
    tx.half_sign_ins().delete_expired(now).await?;
    tx.searches().delete_before(searches_kept_from(now)).await?;
    tx.commit().await?;
    Ok(())
}
