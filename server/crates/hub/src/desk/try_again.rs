//! A person says: try once more to send a mail that reached nobody, to the same address.

use domain::{
    codes::{DeliveryState, MessageKind},
    ids::MailId,
};
use store::AcknowledgementState;

use super::Desk;
use crate::{
    Actor, Error,
    enquiries::record::Act as Record,
    jobs,
    policy::{Act, permit},
};

impl Desk<'_> {
    /// Puts a mail that was given up, came back or was capped among those that wait, with a new job that is due at
    /// once. One that waits already, was sent meanwhile or was cleared stays as it is: pressed twice, it is once.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not, or when there is no such mail.
    pub async fn try_again(&self, actor: &Actor, id: MailId) -> Result<(), Error> {
        let permit = permit(actor, Act::SendMailAgain)?;
        let hub = self.0;
        let now = hub.now();
        let mut tx = hub.database().begin().await?;
        let mail = tx.outbox().get(id).await?.ok_or(Error::NotFound)?.mail;
        let enquiry = tx.enquiries().get(mail.enquiry).await?;
        permit.within(&enquiry.ok_or(Error::NotFound)?.team)?;
        if !tx.outbox().mark_waiting(id).await? {
            return Ok(());
        }
        if mail.kind == MessageKind::Acknowledgement {
            tx.enquiries()
                .set_acknowledgement(mail.enquiry, AcknowledgementState::Queued)
                .await?;
        }
        if let Some(message) = mail.message {
            tx.messages()
                .set_delivery(message, DeliveryState::Waiting)
                .await?;
        }
        tx.jobs()
            .replace_dead(jobs::Kind::SendMail.as_str(), id.as_uuid(), now)
            .await?;
        jobs::enqueue(hub, &mut tx, jobs::Kind::SendMail, id.as_uuid(), now).await?;
        let record = Record {
            hub,
            actor: actor.for_audit(),
            at: now,
        };
        record
            .note(
                &mut tx,
                "mail-tried-again",
                mail.enquiry,
                Some(id.as_uuid()),
                None,
            )
            .await?;
        tx.commit().await?;
        hub.jobs_waiting().ring();
        Ok(())
    }
}
