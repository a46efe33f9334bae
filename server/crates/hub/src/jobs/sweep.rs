//! What time alone brings about: pauses that end, answered enquiries that close, drafts and
//! sessions that expire. Each statement reads an index, so a sweep over nothing costs nothing.

use domain::{
    clock::london_date,
    enquiry::{Enquiry, Event},
    ids::{EnquiryId, PromiseId},
};
use store::AuditActor;

use crate::{Error, Hub, enquiries::record::Act};

/// No transaction holds the writer for longer than this many enquiries.
const CHUNK: u32 = 100;

pub(super) async fn run(hub: &Hub) -> Result<(), Error> {
    let today = london_date(hub.now());
    loop {
        let mut tx = hub.database().read().await?;
        let paused = tx.enquiries().pauses_over(today, CHUNK).await?;
        let answered = tx.enquiries().to_close(today, CHUNK).await?;
        drop(tx);
        if paused.is_empty() && answered.is_empty() {
            break;
        }
        for id in paused {
            let promise_id = hub.random(|random| PromiseId::generate(hub.now(), random));
            apply(hub, id, |at| Event::PauseEnded { at, promise_id }).await?;
        }
        for id in answered {
            apply(hub, id, |at| Event::Closed { at }).await?;
        }
    }
    expire(hub).await
}

async fn apply(
    hub: &Hub,
    id: EnquiryId,
    event: impl FnOnce(jiff::Timestamp) -> Event,
) -> Result<(), Error> {
    let now = hub.now();
    let mut tx = hub.database().begin().await?;
    let Some(enquiry) = tx.enquiries().get(id).await? else {
        return Ok(());
    };
    let rules = hub.council().rules_for(&enquiry.topic);
    let Ok(applied) = Enquiry::apply(&enquiry, &event(now), &rules) else {
        // Somebody was faster; the next sweep looks again.
        return Ok(());
    };
    let act = Act {
        hub,
        actor: AuditActor::System,
        at: now,
    };
    act.changed(&mut tx, &enquiry, &applied).await?;
    tx.commit().await?;
    Ok(())
}

async fn expire(hub: &Hub) -> Result<(), Error> {
    let now = hub.now();
    let mut tx = hub.database().begin().await?;
    tx.drafts().delete_expired(now).await?;
    tx.sessions().delete_expired(now).await?;
    tx.commit().await?;
    Ok(())
}
