//! Filing a mail: the job `file-message`. What it writes is in `filing.rs`.
//!
//! The lease of the job counts an attempt, and is committed before it begins: a mail which ends the whole process is
//! given up after a few and stands in the quarantine, while the others go on.

use domain::codes::{IncomingState, QuarantineReason};
use domain::ids::{EnquiryId, IncomingId};
use store::{Incoming, Job, Tx};

use super::by_size::do_work;
use super::filing::Filing;
use super::read::{self, Reading};
use crate::jobs::Outcome;
use crate::{Error, Hub};

/// After so many attempts a mail goes into the quarantine.
const ATTEMPTS: u32 = 3;
/// How often the transaction is tried again when somebody else changes the same enquiry at the same moment.
const TRIES: u32 = 5;

/// Files the mail that the job is about.
pub(crate) async fn run(hub: &Hub, job: &Job) -> Result<Outcome, Error> {
    let id = IncomingId::from_uuid(job.subject);
    if job.attempts > ATTEMPTS {
        quarantine(hub, id, QuarantineReason::CouldNotBeFiled).await?;
        return Ok(Outcome::Done);
    }
    Ok(match file(hub, id, IncomingState::Received).await? {
        Some((tx, _)) => Outcome::DoneIn(tx),
        None => Outcome::Done,
    })
}

/// An attempt failed. The last one's mail goes into the quarantine at once.
pub(crate) async fn failed(hub: &Hub, job: &Job, reason: String) -> Result<Outcome, Error> {
    let id = IncomingId::from_uuid(job.subject);
    if job.attempts >= ATTEMPTS {
        quarantine(hub, id, QuarantineReason::CouldNotBeFiled).await?;
        tracing::error!(incoming.id = %id, reason, "a mail could not be filed and stands in the quarantine");
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Retry(reason))
}

async fn quarantine(hub: &Hub, id: IncomingId, reason: QuarantineReason) -> Result<(), Error> {
    let (before, after) = (IncomingState::Received, IncomingState::Quarantined);
    let mut tx = hub.database().begin().await?;
    let mut intake = tx.intake();
    let became = intake
        .become_of(id, before, after, Some(reason), hub.now())
        .await?;
    tx.commit().await?;
    if became.is_some() {
        metrics::counter!("send_hub_mails_quarantined_total", "reason" => reason.as_str())
            .increment(1);
    }
    Ok(())
}

/// Files a mail that is in the state `before`: received, or in the quarantine where a person said that an enquiry
/// is to be made of it. Gives what is to be committed and the enquiry that it became part of, if it became one's;
/// nothing where it was not for us to file.
pub(super) async fn file(
    hub: &Hub,
    id: IncomingId,
    before: IncomingState,
) -> Result<Option<(Tx, Option<EnquiryId>)>, Error> {
    let mut tx = hub.database().read().await?;
    let whole = tx.intake().get_whole(id).await?;
    drop(tx);
    let (incoming, raw) = whole.ok_or(Error::NotFound)?;
    // Filed already, by a worker whose lease had ended; or settled by somebody else; or erased.
    if incoming.state != before {
        return Ok(None);
    }
    let unreadable = incoming.reason == Some(QuarantineReason::CouldNotBeFiled);
    let reading = match raw {
        Some(raw) if !unreadable => reading(hub, raw, &incoming).await?,
        None if before == IncomingState::Received => {
            quarantine(hub, id, QuarantineReason::NoBytes).await?;
            return Ok(None);
        }
        // Reading it is what failed each time. A person asked for an enquiry, and gets one that says so.
        _ => read::unread(&incoming.mail),
    };
    for attachment in &reading.mail.attachments {
        // Only a copy: what cannot be written now is made again when somebody asks for it.
        if let Err(problem) = hub.attachments().keep(attachment).await {
            tracing::warn!(incoming.id = %id, %problem, "an attachment was not copied into the data folder");
        }
    }
    let filing = Filing {
        hub,
        incoming: &incoming,
        reading: &reading,
        before,
        now: hub.now(),
    };
    for attempt in 1.. {
        match filing.write_all().await {
            Err(Error::Stale) if attempt < TRIES => {}
            other => return other,
        }
    }
    Ok(None)
}

async fn reading(hub: &Hub, raw: Vec<u8>, incoming: &Incoming) -> Result<Reading, Error> {
    let (row, council) = (incoming.mail.clone(), hub.council());
    let read = do_work(raw.len(), move || read::read(&raw, &row, &council));
    read.await.map_err(Error::internal)
}
