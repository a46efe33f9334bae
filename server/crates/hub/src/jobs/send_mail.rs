//! Handing one mail of the outbox to the sending server, and what follows when it was taken.

use domain::{
    codes::{AnswerAddress, AttemptOutcome, DeliveryState, Direction, MessageKind},
    email::EmailAddress,
    enquiry::{Enquiry, Event},
    ids::{MailId, MessageId, PromiseId},
};
use jiff::Timestamp;
use mail::{Automatic, OutgoingMail, SendError, Sender, transport::Codes};
use store::{
    AcknowledgementState, Attempt, AuditActor, Job, Mail, Message, NewMail, StoreError, Tx,
};

use super::{Kind, worker::Outcome};
use crate::{
    Error, Hub,
    desk::begin_pause,
    enquiries::{LINK_PURPOSE, letters, record::Act},
};

/// How often what follows a sent mail is written when somebody else changed the enquiry.
const COMMITS: u32 = 5;

pub(super) async fn run(hub: &Hub, job: &Job) -> Result<Outcome, Error> {
    let id = MailId::from_uuid(job.subject);
    let mut tx = hub.database().read().await?;
    let Some(mail) = tx.outbox().get(id).await? else {
        return Ok(Outcome::Dead("the mail is not in the outbox".to_owned()));
    };
    if mail.state != DeliveryState::Waiting {
        return Ok(Outcome::Done);
    }
    let outgoing = outgoing(hub, &mut tx, &mail).await?;
    drop(tx);
    let labels = [("kind", mail.mail.kind.as_str())];
    match hub.transport().send(&outgoing, hub.now()).await {
        Ok(accepted) => {
            metrics::counter!("send_hub_mails_sent_total", &labels).increment(1);
            sent(hub, &mail, &accepted.answer).await
        }
        Err(SendError::Transient { reason }) => {
            metrics::counter!("send_hub_mails_delayed_total", &labels).increment(1);
            delayed(hub, job, &mail, AttemptOutcome::Later, reason).await
        }
        Err(SendError::OurFault { reason }) => {
            metrics::counter!("send_hub_mails_refused_for_us_total", &labels).increment(1);
            tracing::error!(mail.id = %mail.mail.id, reason, "the sending server refuses us: mend smtp_url or the sender's address");
            delayed(hub, job, &mail, AttemptOutcome::RefusedUs, reason).await
        }
        Err(SendError::Permanent { reason }) => {
            metrics::counter!("send_hub_mails_dead_total", &labels).increment(1);
            given_up(hub, &mail, AttemptOutcome::Refused, reason).await
        }
    }
}

/// Puts together what is not frozen in the outbox: the sender, the return path, the private link.
async fn outgoing(hub: &Hub, tx: &mut Tx, mail: &Mail) -> Result<OutgoingMail, Error> {
    let council = hub.council();
    let from = council.mail.from_address.clone();
    let row = &mail.mail;
    let answers_to = |address: &EmailAddress| match council.mail.answers {
        AnswerAddress::Tagged => hub.link_key().return_path(row.enquiry.as_uuid(), address),
        AnswerAddress::Plain => address.clone(),
    };
    let outgoing = OutgoingMail {
        id: row.id,
        from: Sender {
            name: council.mail.from_name.clone(),
            address: from.clone(),
        },
        reply_to: answers_to(&council.contact.email),
        to: row.to_address.clone(),
        return_path: answers_to(&from),
        subject: row.subject.clone(),
        text: row.body_text.clone(),
        html: row.body_html.clone(),
        message_id: row.message_id.clone(),
        in_reply_to: row.in_reply_to.clone(),
        references: thread(tx, row).await?,
        automatic: match row.kind {
            MessageKind::Acknowledgement | MessageKind::Reopened => Automatic::Replied,
            MessageKind::PromiseMoved | MessageKind::Closed | MessageKind::WaitReminder => {
                Automatic::Generated
            }
            _ => Automatic::Person,
        },
    };
    let link = tx.links().of_enquiry(row.enquiry).await?;
    let Some(link) = link else {
        return Ok(outgoing);
    };
    let token = hub.link_key().token(LINK_PURPOSE, link.id);
    let address = hub
        .public_url()
        .join(&format!("enquiry/{token}"))
        .map_err(Error::internal)?;
    Ok(outgoing.with_private_link(&address))
}

/// The thread so far, as the recipient's mail program knows it; the mail that is answered stands last.
async fn thread(tx: &mut Tx, mail: &NewMail) -> Result<Vec<String>, Error> {
    let mut thread = tx.outbox().thread_before(mail).await?;
    if let Some(answered) = &mail.in_reply_to {
        thread.retain(|id| id != answered);
        thread.push(answered.clone());
    }
    Ok(thread)
}

/// A server took the mail: it is sent, and a person's answer keeps the promise.
async fn sent(hub: &Hub, mail: &Mail, answer: &str) -> Result<Outcome, Error> {
    for attempt in 1.. {
        match note_sent(hub, mail, answer).await {
            Err(Error::Stale) if attempt < COMMITS => {}
            other => return other,
        }
    }
    Ok(Outcome::Done)
}

async fn note_sent(hub: &Hub, mail: &Mail, answer: &str) -> Result<Outcome, Error> {
    let row = &mail.mail;
    let now = hub.now();
    let mut tx = hub.database().begin().await?;
    if !tx.outbox().mark_sent(row.id, now, answer).await? {
        return Ok(Outcome::Done);
    }
    attempted(hub, &mut tx, row.id, AttemptOutcome::Taken, answer).await?;
    let act = Act {
        hub,
        actor: AuditActor::System,
        at: now,
    };
    act.note(
        &mut tx,
        "mail-sent",
        row.enquiry,
        Some(row.id.as_uuid()),
        None,
    )
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
            MessageKind::Reply => answered(hub, &mut tx, &act, mail, message).await?,
            MessageKind::WaitingForYou => waits(&mut tx, &act, mail, message).await?,
            MessageKind::HoldingReply => held(hub, &mut tx, &act, mail, message).await?,
            _ => {}
        }
    }
    Ok(Outcome::DoneIn(tx))
}

async fn answered(
    hub: &Hub,
    tx: &mut Tx,
    act: &Act<'_>,
    mail: &Mail,
    message: MessageId,
) -> Result<(), Error> {
    let enquiry = tx
        .enquiries()
        .get(mail.mail.enquiry)
        .await?
        .ok_or(Error::NotFound)?;
    // Not the mail's own time: the same words may go again, to another address.
    let written = tx.messages().get(message).await?.ok_or(Error::NotFound)?;
    let written_at = written.at;
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

/// Writes down the attempt that the mail has just counted, with what the server said to it.
async fn attempted(
    hub: &Hub,
    tx: &mut Tx,
    mail: MailId,
    outcome: AttemptOutcome,
    said: &str,
) -> Result<(), StoreError> {
    let codes = Codes::of(said);
    let attempt = Attempt {
        at: hub.now(),
        outcome,
        reply_code: codes.reply,
        enhanced_status: codes.enhanced,
        said: said.to_owned(),
    };
    tx.deliveries().add_attempt(mail, &attempt).await
}

/// It stays in the outbox and is tried again, until that has gone on for too long.
async fn delayed(
    hub: &Hub,
    job: &Job,
    mail: &Mail,
    outcome: AttemptOutcome,
    reason: String,
) -> Result<Outcome, Error> {
    if Kind::SendMail
        .patience()
        .gives_up(job.created_at, hub.now())
    {
        return given_up(hub, mail, outcome, reason).await;
    }
    let mut tx = hub.database().begin().await?;
    if tx.outbox().mark_attempt(mail.mail.id, &reason).await? {
        attempted(hub, &mut tx, mail.mail.id, outcome, &reason).await?;
    }
    tx.commit().await?;
    Ok(Outcome::Retry(reason))
}

/// What stopped the job was not a server's answer: a fault of ours, or no answer in time. It counts as an
/// attempt all the same, and has an end.
pub(super) async fn failed(hub: &Hub, job: &Job, reason: String) -> Result<Outcome, Error> {
    let id = MailId::from_uuid(job.subject);
    let mut tx = hub.database().read().await?;
    let mail = tx.outbox().get(id).await?;
    drop(tx);
    match mail {
        Some(mail) if mail.state == DeliveryState::Waiting => {
            delayed(hub, job, &mail, AttemptOutcome::NoAnswer, reason).await
        }
        _ => Ok(Outcome::Done),
    }
}

/// No server will ever take it: it stands in the queue that a person must clear.
async fn given_up(
    hub: &Hub,
    mail: &Mail,
    outcome: AttemptOutcome,
    reason: String,
) -> Result<Outcome, Error> {
    let row = &mail.mail;
    let mut tx = hub.database().begin().await?;
    if tx.outbox().mark_dead(row.id, &reason).await? {
        attempted(hub, &mut tx, row.id, outcome, &reason).await?;
        mark_undelivered(hub, &mut tx, mail).await?;
    }
    tx.commit().await?;
    Ok(Outcome::Dead(reason))
}

async fn mark_undelivered(hub: &Hub, tx: &mut Tx, mail: &Mail) -> Result<(), StoreError> {
    let row = &mail.mail;
    if row.kind == MessageKind::Acknowledgement {
        tx.enquiries()
            .set_acknowledgement(row.enquiry, AcknowledgementState::Failed)
            .await?;
    }
    if let Some(message) = row.message {
        tx.messages()
            .set_delivery(message, DeliveryState::Dead)
            .await?;
    }
    let act = Act {
        hub,
        actor: AuditActor::System,
        at: hub.now(),
    };
    act.note(
        tx,
        "mail-given-up",
        row.enquiry,
        Some(row.id.as_uuid()),
        None,
    )
    .await
}
