//! Reminding the family once, before a pause ends, of what we wait for. Found by an index; the letter
//! and the note that they were reminded are one transaction.

use domain::{codes::MessageKind, enquiry::State};
use mail::letters::About;
use store::{AuditActor, Pause};

use crate::{
    Error, Hub,
    enquiries::{
        letters::{self, NewLetter},
        record::Act,
    },
};

/// How many are looked up at a time; each is a transaction of its own.
const CHUNK: u32 = 100;

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
        let to = correspondent.email.as_ref();
        if let Some(to) = to.filter(|_| correspondent.hears_by_email()) {
            let letter = NewLetter {
                enquiry: &enquiry,
                correspondent: &correspondent,
                to,
                message: None,
                about: About::WaitReminder {
                    until: pause.until,
                    waits_for: pause.waits_for,
                },
                in_reply_to: letters::answered_id(&mut tx, &enquiry, to).await?,
                at: act.at,
            };
            letters::write(hub, &mut tx, letter).await?;
            let kind = MessageKind::WaitReminder.as_str();
            act.note(
                &mut tx,
                kind,
                enquiry.id,
                Some(pause.message.as_uuid()),
                None,
            )
            .await?;
        }
    }
    tx.commit().await?;
    hub.jobs_waiting().ring();
    Ok(())
}
