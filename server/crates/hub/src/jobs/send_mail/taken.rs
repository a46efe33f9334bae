//! What follows once a server took a mail: it is sent, and a person's answer keeps the promise.

use domain::{
    codes::{AttemptOutcome, DeliveryState, Direction, MessageKind},
    enquiry::{Enquiry, Event},
    ids::{MailId, MessageId, PromiseId},
};
use jiff::Timestamp;
use store::{AcknowledgementState, AuditActor, Job, Mail, Message, Tx};

use super::{Outcome, attempted};
use crate::{
    Error, Hub,
    desk::begin_pause,
    enquiries::{letters, record::Act},
};

/// A server took the mail: it is sent, and a person's answer keeps the promise. Noted before, it is left as it is.
pub(in crate::jobs) async fn taken(hub: &Hub, job: &Job, answer: &str) -> Result<Outcome, Error> {
    let mut tx = hub.database().begin().await?;
    let id = MailId::from_uuid(job.subject);
    let Some(mail) = tx.outbox().mark_sent(id, hub.now(), answer).await? else {
        return Ok(Outcome::Done);
    };
    follows(hub, &mut tx, &mail, answer).await?;
    Ok(Outcome::DoneIn(tx))
}

async fn follows(hub: &Hub, tx: &mut Tx, mail: &Mail, answer: &str) -> Result<(), Error> {
    let row = &mail.mail;
    attempted(hub, tx, row.id, AttemptOutcome::Taken, answer).await?;
    let act = Act {
        hub,
        actor: AuditActor::System,
        at: hub.now(),
    };
    act.note(tx, "mail-sent", row.enquiry, Some(row.id.as_uuid()), None)
        .await?;
    if row.kind == MessageKind::Acknowledgement {
        tx.enquiries()
            .set_acknowledgement(row.enquiry, AcknowledgementState::Sent)
            .await?;
    }
    if let Some(message) = row.message {
        tx.messages()
            .set_delivery(message, DeliveryState::Sent)
            .await?;
        match row.kind {
            MessageKind::Reply => answered(hub, tx, &act, message).await?,
            MessageKind::WaitingForYou => waits(tx, &act, mail, message).await?,
            MessageKind::HoldingReply => held(hub, tx, &act, mail, message).await?,
            _ => {}
        }
    }
    Ok(())
}

async fn answered(hub: &Hub, tx: &mut Tx, act: &Act<'_>, message: MessageId) -> Result<(), Error> {
    // Not the mail's own time and enquiry: the same words may go again to another address, and may stand in another
    // enquiry since theirs was joined into it.
    let written = tx.messages().get(message).await?.ok_or(Error::NotFound)?;
    let written_at = written.at;
    let enquiry = tx.enquiries().get(written.enquiry).await?;
    let enquiry = enquiry.ok_or(Error::NotFound)?;
    let newer = enquiry
        .running_promise()
        .is_some_and(|promise| promise.received_at > written_at);
    if newer {
        // This promise began after the reply was written: the reply cannot have kept it.
        return Ok(());
    }
    let event = Event::ReplySent {
        at: act.at,
        message,
    };
    let answered = apply(hub, tx, act, &enquiry, &event).await?;
    unread(hub, tx, act, answered, written_at).await
}

/// The holding reply was sent: its day is promised now, unless the promise that it was about is
/// over. What was sent cannot be taken back, so a day that the rules refuse now is written down.
async fn held(
    hub: &Hub,
    tx: &mut Tx,
    act: &Act<'_>,
    mail: &Mail,
    message: MessageId,
) -> Result<(), Error> {
    let enquiry = tx.enquiries().get(mail.mail.enquiry).await?;
    let enquiry = enquiry.ok_or(Error::NotFound)?;
    // Not the mail's own time: the same words may go again, to another address.
    let written = tx.messages().get(message).await?.ok_or(Error::NotFound)?;
    let new_due_on = written.promises_on;
    let about_it = enquiry
        .running_promise()
        .is_some_and(|promise| promise.received_at <= written.at);
    let Some(new_due_on) = new_due_on.filter(|_| about_it) else {
        return Ok(());
    };
    let event = Event::HoldingReplySent {
        at: act.at,
        message,
        new_due_on,
    };
    let rules = hub.council().rules_of(&enquiry);
    match enquiry.apply(&event, &rules) {
        Ok(applied) => {
            if let Some(before) = enquiry.running_promise() {
                // It stands again, should the mail come back.
                tx.messages().set_moved_from(message, before.due_on).await?;
            }
            act.changed(tx, &enquiry, &applied).await?;
        }
        Err(refusal) => {
            tracing::warn!(enquiry.id = %enquiry.id, %refusal, "a holding reply moved nothing");
            let subject = Some(message.as_uuid());
            act.note(tx, "holding-reply-moved-nothing", enquiry.id, subject, None)
                .await?;
        }
    }
    Ok(())
}

/// They were asked for what is missing: the pause begins, unless they wrote since the question was
/// written, or the promise that it was about is over.
async fn waits(tx: &mut Tx, act: &Act<'_>, mail: &Mail, message: MessageId) -> Result<(), Error> {
    let enquiry = tx.enquiries().get(mail.mail.enquiry).await?;
    let enquiry = enquiry.ok_or(Error::NotFound)?;
    let Some(pause) = tx.pauses().get(message).await? else {
        return Ok(());
    };
    let written = tx.messages().get(message).await?.ok_or(Error::NotFound)?;
    let messages = tx.messages().for_enquiry(enquiry.id).await?;
    let wrote_since = messages
        .iter()
        .any(|message| wrote_after(message, written.at));
    if !wrote_since {
        match begin_pause(act, tx, &enquiry, &pause).await {
            Err(Error::Refused(_)) => {}
            other => return other,
        }
    }
    let subject = Some(message.as_uuid());
    act.note(tx, "pause-not-begun", enquiry.id, subject, None)
        .await?;
    Ok(())
}

/// What arrived while the reply waited to be sent was not answered by it: a new promise begins,
/// counted from the day that message came.
async fn unread(
    hub: &Hub,
    tx: &mut Tx,
    act: &Act<'_>,
    mut enquiry: Enquiry,
    written_at: Timestamp,
) -> Result<(), Error> {
    let messages = tx.messages().for_enquiry(enquiry.id).await?;
    let unread = messages
        .iter()
        .filter(|message| wrote_after(message, written_at));
    for message in unread {
        let event = Event::MessageReceived {
            at: message.at,
            promise_id: hub.random(|random| PromiseId::generate(act.at, random)),
        };
        enquiry = apply(hub, tx, act, &enquiry, &event).await?;
    }
    Ok(())
}

/// Whether somebody wrote this after that time. A mailbox's “I am away” says nothing.
fn wrote_after(message: &Message, written_at: Timestamp) -> bool {
    message.direction == Direction::Inbound
        && message.kind != MessageKind::AutomaticReply
        && message.at > written_at
}

async fn apply(
    hub: &Hub,
    tx: &mut Tx,
    act: &Act<'_>,
    enquiry: &Enquiry,
    event: &Event,
) -> Result<Enquiry, Error> {
    let rules = hub.council().rules_of(enquiry);
    let applied = enquiry.apply(event, &rules).map_err(Error::internal)?;
    let revision = act.changed(tx, enquiry, &applied).await?;
    letters::tell(hub, tx, &applied, act.at).await?;
    Ok(Enquiry {
        revision,
        ..applied.enquiry
    })
}
