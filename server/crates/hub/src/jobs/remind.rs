//! Reminding the family once, before a pause ends, of what we wait for. Found by an index; the letter
//! and the note that they were reminded are one transaction. Whom no mail of ours reminds one of us is to ring or to
//! write to: they are told, and the enquiry is marked.

use domain::{
    codes::MessageKind,
    correspondent::Correspondent,
    enquiry::{Enquiry, State},
};
use mail::letters::About;
use store::{AuditActor, Pause, Tx};

use crate::{
    Error, Hub,
    enquiries::{
        letters::{self, NewLetter, Written},
        record::Act,
    },
    escalation,
};

/// How many are looked up at a time; each is a transaction of its own.
const CHUNK: u32 = 100;

/// The deed that one of us is to remind them.
const TO_REMIND: &str = "to-be-reminded-by-us";

/// Reminds everybody who is to be reminded by now.
pub(super) async fn run(hub: &Hub) -> Result<(), Error> {
    loop {
        let mut tx = hub.database().read().await?;
        let pauses = tx.pauses().to_remind(hub.now(), CHUNK).await?;
        drop(tx);
        let mut done = 0;
        for pause in pauses {
            match remind(hub, &pause).await {
                Ok(()) => done += 1,
                Err(error) if error.is_unavailable() => return Err(error),
                Err(error) => {
                    tracing::error!(enquiry.id = %pause.enquiry, %error, "nobody can be reminded of a pause");
                }
            }
        }
        if done == 0 {
            return Ok(());
        }
    }
}

async fn remind(hub: &Hub, pause: &Pause) -> Result<(), Error> {
    let act = Act {
        hub,
        actor: AuditActor::System,
        at: hub.now(),
    };
    let mut tx = hub.database().begin().await?;
    tx.enquiries().hold(pause.enquiry).await?;
    let enquiry = tx.enquiries().get(pause.enquiry).await?;
    let enquiry = enquiry.ok_or(Error::NotFound)?;
    let theirs = tx.pauses().last_of(pause.enquiry).await?;
    let still_paused = enquiry.state == State::Paused { until: pause.until }
        && theirs.is_some_and(|last| last.message == pause.message);
    if tx.pauses().reminded(pause.message).await? && still_paused {
        let correspondent = tx.correspondents().get(enquiry.correspondent).await?;
        let correspondent = correspondent.ok_or(Error::NotFound)?;
        let deed = if mailed(&act, &mut tx, pause, &enquiry, &correspondent).await? {
            MessageKind::WaitReminder.as_str()
        } else {
            let by = correspondent.reminded_by();
            tx.enquiries().set_remind_by(enquiry.id, Some(by)).await?;
            escalation::tell_to_remind(&act, &mut tx, &enquiry, by).await?;
            TO_REMIND
        };
        let subject = Some(pause.message.as_uuid());
        act.note(&mut tx, deed, enquiry.id, subject, None).await?;
    }
    tx.commit().await?;
    hub.jobs_waiting().ring();
    Ok(())
}

/// Writes them the letter. `false` when none goes to them: they have no address, want no mail, or had too many.
async fn mailed(
    act: &Act<'_>,
    tx: &mut Tx,
    pause: &Pause,
    enquiry: &Enquiry,
    correspondent: &Correspondent,
) -> Result<bool, Error> {
    let to = correspondent.email.as_ref();
    let Some(to) = to.filter(|_| correspondent.hears_by_email()) else {
        return Ok(false);
    };
    let letter = NewLetter {
        enquiry,
        correspondent,
        to,
        message: None,
        about: About::WaitReminder {
            until: pause.until,
            waits_for: pause.waits_for,
        },
        in_reply_to: letters::answered_id(tx, enquiry, to).await?,
        at: act.at,
    };
    Ok(letters::write(act.hub, tx, letter).await? == Written::Queued)
}
