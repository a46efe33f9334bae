//! Writing the letters: one a person with everything that is new for them, not one an enquiry.

use domain::{
    clock::london_date,
    email::EmailAddress,
    ids::{MailId, NoticeId},
};
use mail::letters::{HandedOver, NoticeLine, notice};
use store::{HandOverToTell, Notice, ToTell};

use crate::{
    Error, Hub,
    jobs::{self, Kind},
};

/// How many enquiries a letter tells of. More than so many are told in several.
const LINES: u32 = 50;

/// Writes to everybody to whom something is to be told. Somebody who cannot be written to keeps nobody else from it.
pub(super) async fn write(hub: &Hub) -> Result<(), Error> {
    let mut after = String::new();
    let mut written = false;
    let mut outcome = Ok(());
    loop {
        let mut tx = hub.database().read().await?;
        let in_danger = tx.escalations().next_to_write_to(&after).await?;
        let came = tx.hand_overs().next_to_write_to(&after).await?;
        drop(tx);
        let Some(address) = in_danger.into_iter().chain(came).min() else {
            break;
        };
        loop {
            match write_to(hub, &address).await {
                Ok(true) => written = true,
                Ok(false) => break,
                Err(error) if error.is_unavailable() => return Err(error),
                Err(error) => {
                    tracing::error!(%error, "somebody cannot be written to about a promise");
                    outcome = Err(error);
                    break;
                }
            }
        }
        after = address;
    }
    if written {
        hub.jobs_waiting().ring();
    }
    outcome
}

/// Writes one letter. Says whether it did, and so whether there may be more to write.
async fn write_to(hub: &Hub, address: &str) -> Result<bool, Error> {
    let now = hub.now();
    let mut tx = hub.database().begin().await?;
    let lines = tx.escalations().to_write(address, LINES).await?;
    let came = tx.hand_overs().to_write(address, LINES).await?;
    if lines.is_empty() && came.is_empty() {
        return Ok(false);
    }
    let id = hub.random(|random| NoticeId::generate(now, random));
    tx.notices()
        .insert(&composed(hub, id, address, &lines, &came)?)
        .await?;
    for line in &lines {
        let ours = tx
            .escalations()
            .written(line.escalation, address, id)
            .await?;
        if !ours {
            // Another server writes to them at the same moment.
            return Ok(false);
        }
    }
    for line in &came {
        if !tx.hand_overs().written(line.id, address, id).await? {
            return Ok(false);
        }
    }
    jobs::enqueue(hub, &mut tx, Kind::SendNotice, id.as_uuid(), now).await?;
    tx.commit().await?;
    Ok(true)
}

fn composed(
    hub: &Hub,
    id: NoticeId,
    address: &str,
    lines: &[ToTell],
    came: &[HandOverToTell],
) -> Result<Notice, Error> {
    let council = hub.council();
    let mail = MailId::from_uuid(id.as_uuid());
    let lines: Vec<NoticeLine> = lines
        .iter()
        .map(|line| NoticeLine {
            reference: line.reference,
            step: line.step,
            due_on: line.due_on,
        })
        .collect();
    let handed_over: Vec<HandedOver> = came
        .iter()
        .map(|line| HandedOver {
            reference: line.reference,
            way: line.way,
            due_on: line.due_on,
        })
        .collect();
    let letter = notice(&mail::letters::Notice {
        council: &council,
        mail,
        lines: &lines,
        handed_over: &handed_over,
    })
    .map_err(Error::internal)?;
    let now = hub.now();
    tracing::debug!(notice.id = %id, lines = lines.len() + came.len(), day = %london_date(now), "a notice is written");
    let to: EmailAddress = address.parse().map_err(Error::internal)?;
    Ok(jobs::waiting_notice(hub, id, to, letter))
}
