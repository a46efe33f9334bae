//! Handing a notice to the sending server. Its words are frozen; the link to the desk is put in here.

use domain::{
    codes::DeliveryState,
    email::EmailAddress,
    ids::{MailId, NoticeId},
};
use mail::{Automatic, Letter, OutgoingMail, SendError, Sender};
use store::{Job, Notice};

use super::{Kind, worker::Outcome};
use crate::{Error, Hub};

/// A notice with a letter's words, which waits to be sent.
pub(crate) fn waiting_notice(hub: &Hub, id: NoticeId, to: EmailAddress, letter: Letter) -> Notice {
    let mail = MailId::from_uuid(id.as_uuid());
    Notice {
        id,
        to,
        subject: letter.subject,
        body_text: letter.text,
        body_html: letter.html.unwrap_or_default(),
        message_id: mail::outgoing::message_id(mail, &hub.council().mail.from_address),
        state: DeliveryState::Waiting,
        created_at: hub.now(),
        last_error: None,
    }
}

pub(super) async fn run(hub: &Hub, job: &Job) -> Result<Outcome, Error> {
    let Some(notice) = waiting(hub, job).await? else {
        return Ok(Outcome::Done);
    };
    let id = notice.id;
    let mail = outgoing(hub, notice)?;
    match hub.transport().send(&mail, hub.now()).await {
        Ok(accepted) => Ok(Outcome::HandedOver(accepted.answer)),
        Err(SendError::Transient { reason }) => delayed(hub, job, reason).await,
        Err(SendError::OurFault { reason }) => {
            tracing::error!(notice.id = %id, reason, "the sending server refuses us: mend smtp_url or the sender's address");
            delayed(hub, job, reason).await
        }
        Err(SendError::Permanent { reason }) => given_up(hub, id, reason).await,
    }
}

/// A server took it.
pub(super) async fn taken(hub: &Hub, job: &Job, answer: &str) -> Result<Outcome, Error> {
    let id = NoticeId::from_uuid(job.subject);
    let mut tx = hub.database().begin().await?;
    tx.notices().mark_sent(id, hub.now(), answer).await?;
    Ok(Outcome::DoneIn(tx))
}

/// What stopped the job was not a server's answer.
pub(super) async fn failed(hub: &Hub, job: &Job, reason: String) -> Result<Outcome, Error> {
    match waiting(hub, job).await? {
        Some(_) => delayed(hub, job, reason).await,
        None => Ok(Outcome::Done),
    }
}

async fn waiting(hub: &Hub, job: &Job) -> Result<Option<Notice>, Error> {
    let mut tx = hub.database().read().await?;
    let notice = tx.notices().get(NoticeId::from_uuid(job.subject)).await?;
    Ok(notice.filter(|notice| notice.state == DeliveryState::Waiting))
}

fn outgoing(hub: &Hub, notice: Notice) -> Result<OutgoingMail, Error> {
    let council = hub.council();
    let from = council.mail.from_address.clone();
    let outgoing = OutgoingMail {
        id: MailId::from_uuid(notice.id.as_uuid()),
        from: Sender {
            name: council.mail.from_name.clone(),
            address: from.clone(),
        },
        reply_to: council.contact.email.clone(),
        to: notice.to,
        return_path: from,
        subject: notice.subject,
        text: notice.body_text,
        html: Some(notice.body_html),
        message_id: notice.message_id,
        in_reply_to: None,
        references: Vec::new(),
        automatic: Automatic::Generated,
    };
    let desk = hub.public_url().join("desk").map_err(Error::internal)?;
    Ok(outgoing.with_private_link(&desk))
}

async fn delayed(hub: &Hub, job: &Job, reason: String) -> Result<Outcome, Error> {
    let id = NoticeId::from_uuid(job.subject);
    if Kind::SendNotice
        .patience()
        .gives_up(job.created_at, hub.now())
    {
        return given_up(hub, id, reason).await;
    }
    let mut tx = hub.database().begin().await?;
    tx.notices().mark_attempt(id, &reason).await?;
    tx.commit().await?;
    Ok(Outcome::Retry(reason))
}

/// No server will take it. The desk shows it; what it told stands on its reader's screen all the same.
async fn given_up(hub: &Hub, id: NoticeId, reason: String) -> Result<Outcome, Error> {
    let mut tx = hub.database().begin().await?;
    tx.notices().mark_dead(id, &reason).await?;
    tx.commit().await?;
    Ok(Outcome::Dead(reason))
}
