//! Giving what an officer has back to their team, when they are away, work no more, or may not work enquiries:
//! nobody waits for somebody who is not there.

use domain::{
    enquiry::Event,
    ids::{AccountId, EnquiryId},
};
use store::{AuditActor, Job};

use super::worker::Outcome;
use crate::{Error, Hub, accounts::works, enquiries::record::Act, error::refused_by_rules};

/// How many are looked up at a time; each is a transaction of its own.
const CHUNK: u32 = 100;
/// How often one is tried that somebody else changes at the same moment.
const TRIES: u32 = 5;

pub(super) async fn run(hub: &Hub, job: &Job) -> Result<Outcome, Error> {
    let officer = AccountId::from_uuid(job.subject);
    loop {
        let mut tx = hub.database().read().await?;
        let account = tx.accounts().by_id(officer).await?;
        if account.is_none_or(|account| works(&account, hub.today())) {
            // They came back before this job ran.
            return Ok(Outcome::Done);
        }
        let theirs = tx.enquiries().not_closed_of(officer, CHUNK).await?;
        drop(tx);
        if theirs.is_empty() {
            return Ok(Outcome::Done);
        }
        for id in theirs {
            give_back(hub, id, officer).await?;
        }
    }
}

async fn give_back(hub: &Hub, id: EnquiryId, officer: AccountId) -> Result<(), Error> {
    for attempt in 1.. {
        match try_to_give_back(hub, id, officer).await {
            Err(Error::Stale) if attempt < TRIES => {}
            other => return other,
        }
    }
    Ok(())
}

async fn try_to_give_back(hub: &Hub, id: EnquiryId, officer: AccountId) -> Result<(), Error> {
    let act = Act {
        hub,
        actor: AuditActor::System,
        at: hub.now(),
    };
    let mut tx = hub.database().begin().await?;
    tx.enquiries().hold(id).await?;
    let enquiry = tx.enquiries().get(id).await?.ok_or(Error::NotFound)?;
    if enquiry.officer != Some(officer) {
        return Ok(());
    }
    let event = Event::Assigned {
        at: act.at,
        officer: None,
    };
    let rules = hub.council().rules_of(&enquiry);
    let applied = enquiry
        .apply(&event, &rules)
        .map_err(|refusal| refused_by_rules("officer", refusal))?;
    act.changed(&mut tx, &enquiry, &applied).await?;
    tx.commit().await?;
    Ok(())
}
