//! Filing a mail: the job `file-message`. What it writes is in `filing.rs`.
//!
//! The lease of the job counts an attempt, and is committed before it begins. A mail that breaks off its reading, or
//! ends the whole process, is read no more after a few: it becomes an enquiry that says so, with a promise like any
//! other. Only what cannot be written even so stands in the quarantine. The others go on meanwhile.

use domain::codes::{IncomingState, QuarantineReason};
use domain::ids::{EnquiryId, IncomingId};
use store::{Incoming, Job, Tx};

use super::by_size::do_work;
use super::filing::Filing;
use super::read::{self, Reading};
use crate::jobs::Outcome;
use crate::{Error, Hub};

/// After so many attempts to read and file a mail it is filed unread.
const ATTEMPTS: u32 = 3;
/// After so many in all, the last of them unread, it goes into the quarantine.
const ALL_ATTEMPTS: u32 = 5;
/// How often the transaction is tried again when somebody else changes the same enquiry at the same moment.
const TRIES: u32 = 5;

/// A mail, with its bytes unless they were erased.
pub(crate) type Whole = (Incoming, Option<Vec<u8>>);

/// Fetches the mail that the job is about. What becomes of it before it is filed shows then.
pub(crate) async fn fetch(hub: &Hub, job: &Job) -> Result<Option<Whole>, Error> {
    whole(hub, IncomingId::from_uuid(job.subject)).await
}

/// Files the mail that the job is about, which may have been fetched.
pub(crate) async fn run(hub: &Hub, job: &Job, fetched: Option<Whole>) -> Result<Outcome, Error> {
    let id = IncomingId::from_uuid(job.subject);
    if job.attempts > ALL_ATTEMPTS {
        quarantine(hub, id, QuarantineReason::CouldNotBeFiled).await?;
        tracing::error!(incoming.id = %id, "a mail could not be filed and stands in the quarantine");
        return Ok(Outcome::Done);
    }
    let how = if job.attempts > ATTEMPTS {
        tracing::error!(incoming.id = %id, "a mail could not be read: its enquiry says so");
        How::Unread
    } else {
        How::Read
    };
    let whole = match fetched {
        Some(fetched) => Some(fetched),
        None => fetch(hub, job).await?,
    };
    Ok(
        match file(hub, whole, IncomingState::Received, how).await? {
            Some((tx, _)) => Outcome::DoneIn(tx),
            None => Outcome::Done,
        },
    )
}

/// An attempt failed. The last one's mail goes into the quarantine at once.
pub(crate) async fn failed(hub: &Hub, job: &Job, reason: String) -> Result<Outcome, Error> {
    let id = IncomingId::from_uuid(job.subject);
    if job.attempts >= ALL_ATTEMPTS {
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

/// How a mail is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// As what it says.
    Read,
    /// By its envelope alone: nothing is read of it.
    Unread,
}

/// What is to be committed, and the enquiry that the mail became part of, if it became one's; nothing where it was not
/// for us to file.
type Filed = Option<(Tx, Option<EnquiryId>)>;

/// Files a mail that is in the state `before`, because a person said that an enquiry is to be made of it: unread where it
/// cannot be filed as what it says.
pub(super) async fn file_as_asked(
    hub: &Hub,
    id: IncomingId,
    before: IncomingState,
) -> Result<Filed, Error> {
    match file(hub, whole(hub, id).await?, before, How::Read).await {
        Err(error @ Error::Internal(_)) if !error.is_unavailable() => {
            tracing::error!(incoming.id = %id, %error, "a mail could not be read: its enquiry says so");
            file(hub, whole(hub, id).await?, before, How::Unread).await
        }
        other => other,
    }
}

async fn whole(hub: &Hub, id: IncomingId) -> Result<Option<Whole>, Error> {
    let mut tx = hub.database().read().await?;
    Ok(tx.intake().get_whole(id).await?)
}

/// Files a mail that is in the state `before`: received, or before a person who said that an enquiry is to be made of
/// it.
async fn file(
    hub: &Hub,
    whole: Option<Whole>,
    before: IncomingState,
    how: How,
) -> Result<Filed, Error> {
    let (incoming, raw) = whole.ok_or(Error::NotFound)?;
    let id = incoming.mail.id;
    // Filed already, by a worker whose lease had ended; or settled by somebody else; or erased.
    if incoming.state != before {
        return Ok(None);
    }
    if raw.is_none() && before == IncomingState::Received {
        quarantine(hub, id, QuarantineReason::NoBytes).await?;
        return Ok(None);
    }
    let reading = async {
        match raw {
            Some(raw) if how == How::Read => read_and_copy(hub, raw, &incoming).await,
            _ => Ok(read::unread(&incoming.mail)),
        }
    };
    let (reading, mut tx) = hub.database().begin_after(reading).await?;
    let filing = Filing {
        hub,
        incoming: &incoming,
        reading: &reading,
        before,
        now: hub.now(),
    };
    for _ in 1..TRIES {
        match filing.write_all(tx).await {
            Err(Error::Stale) => tx = hub.database().begin().await?,
            other => return other,
        }
    }
    filing.write_all(tx).await
}

/// Reads a mail, and copies what is attached to it into the data folder.
async fn read_and_copy(hub: &Hub, raw: Vec<u8>, incoming: &Incoming) -> Result<Reading, Error> {
    let (row, council) = (incoming.mail.clone(), hub.council());
    let read = do_work(raw.len(), move || read::read(&raw, &row, &council));
    let reading = read.await.map_err(Error::internal)?;
    for attachment in &reading.mail.attachments {
        // Only a copy: what cannot be written now is made again when somebody asks for it.
        if let Err(problem) = hub.attachments().keep(attachment).await {
            let id = incoming.mail.id;
            tracing::warn!(incoming.id = %id, %problem, "an attachment was not copied into the data folder");
        }
    }
    Ok(reading)
}
