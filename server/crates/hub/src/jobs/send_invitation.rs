//! Composing an invitation's letter and handing it to the sending server. The job knows the invitation's id
//! alone; the link is made here, at the moment of sending, and kept nowhere.

use domain::ids::{InvitationId, MailId};
use mail::{Automatic, OutgoingMail, SendError, Sender, outgoing::message_id};
use store::{AuditActor, Invitation, Job};

use super::{
    Kind,
    worker::{Outcome, again_or_given_up},
};
use crate::{
    Error, Hub,
    accounts::{Deed, InvitationPurpose, invitation_link, invitation_purpose, works_until},
};

pub(super) async fn run(hub: &Hub, job: &Job) -> Result<Outcome, Error> {
    let Some(invitation) = waiting(hub, job).await? else {
        return Ok(Outcome::Done);
    };
    let mut tx = hub.database().read().await?;
    let purpose = invitation_purpose(&mut tx, &invitation).await?;
    drop(tx);
    let mail = outgoing(hub, job, &invitation, purpose)?;
    match hub.transport().send(&mail, hub.now()).await {
        Ok(accepted) => Ok(Outcome::HandedOver(accepted.answer)),
        Err(SendError::Transient { reason }) => delayed(hub, job, reason).await,
        Err(SendError::OurFault { reason }) => {
            tracing::error!(invitation.id = %invitation.id, reason, "the sending server refuses us: mend smtp_url or the sender's address");
            delayed(hub, job, reason).await
        }
        Err(SendError::Permanent { reason }) => {
            note_failure(hub, invitation.id, &reason).await?;
            Ok(Outcome::Dead(reason))
        }
    }
}

/// A server took its letter.
pub(super) async fn taken(hub: &Hub, job: &Job) -> Result<Outcome, Error> {
    let id = InvitationId::from_uuid(job.subject);
    let mut tx = hub.database().begin().await?;
    if !tx.invitations().mark_sent(id, hub.now()).await? {
        return Ok(Outcome::Done);
    }
    let deed = Deed {
        hub,
        actor: AuditActor::System,
    };
    deed.note(&mut tx, "invitation-sent", Some(job.subject), None)
        .await?;
    Ok(Outcome::DoneIn(tx))
}

/// What stopped the job was not a server's answer.
pub(super) async fn failed(hub: &Hub, job: &Job, reason: String) -> Result<Outcome, Error> {
    match waiting(hub, job).await? {
        Some(_) => delayed(hub, job, reason).await,
        None => Ok(Outcome::Done),
    }
}

/// The invitation, if its letter is still to be sent.
async fn waiting(hub: &Hub, job: &Job) -> Result<Option<Invitation>, Error> {
    let mut tx = hub.database().read().await?;
    let invitation = tx
        .invitations()
        .get(InvitationId::from_uuid(job.subject))
        .await?;
    Ok(invitation.filter(|invitation| {
        invitation.sent_at.is_none()
            && invitation.accepted_at.is_none()
            && invitation.revoked_at.is_none()
            && hub.now() < invitation.expires_at
    }))
}

fn outgoing(
    hub: &Hub,
    job: &Job,
    invitation: &Invitation,
    purpose: InvitationPurpose,
) -> Result<OutgoingMail, Error> {
    let council = hub.council();
    let from = council.mail.from_address.clone();
    // The job's own id: the same at every attempt, and another when it is sent again.
    let id = MailId::from_uuid(job.id.as_uuid());
    let letter = mail::invitation(&mail::Invitation {
        council: &council,
        mail: id,
        purpose,
        works_until: works_until(invitation),
    })
    .map_err(Error::internal)?;
    let outgoing = OutgoingMail {
        id,
        from: Sender {
            name: council.mail.from_name.clone(),
            address: from.clone(),
        },
        reply_to: council.contact.email.clone(),
        to: invitation.email.clone(),
        return_path: from.clone(),
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        message_id: message_id(id, &from),
        in_reply_to: None,
        references: Vec::new(),
        automatic: Automatic::Generated,
    };
    Ok(outgoing.with_private_link(&invitation_link(hub, invitation.id)?))
}

/// The people page tells it at once; it is tried again all the same.
async fn delayed(hub: &Hub, job: &Job, reason: String) -> Result<Outcome, Error> {
    note_failure(hub, InvitationId::from_uuid(job.subject), &reason).await?;
    Ok(again_or_given_up(hub, Kind::SendInvitation, job, reason))
}

async fn note_failure(hub: &Hub, id: InvitationId, reason: &str) -> Result<(), Error> {
    let mut tx = hub.database().begin().await?;
    tx.invitations().mark_failed(id, reason).await?;
    tx.commit().await?;
    Ok(())
}
