//! Handing one mail of the outbox to the sending server. What follows when it was taken is in `taken.rs`.

mod taken;

use domain::{
    codes::{AnswerAddress, AttemptOutcome, DeliveryState, MessageKind},
    email::EmailAddress,
    ids::MailId,
};
use mail::{Automatic, OutgoingMail, SendError, Sender, transport::Codes};
use store::{AcknowledgementState, Attempt, AuditActor, Job, Mail, NewMail, StoreError, Tx};

pub(super) use taken::taken;

use super::{Kind, worker::Outcome};
use crate::{
    Error, Hub,
    enquiries::{LINK_PURPOSE, record::Act},
};

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
            Ok(Outcome::HandedOver(accepted.answer))
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
