//! A mail that reached nobody goes to another address: a new mail with the same words. The old one stays as it was,
//! its recipient frozen.

use domain::{
    codes::{ClearReason, DeliveryState, MessageKind},
    email::EmailAddress,
    form::Fields,
    ids::MailId,
};
use mail::message::private_link_marker;
use store::{AcknowledgementState, NewMail};

use super::{Desk, undelivered::is_to_clear};
use crate::{
    Actor, Error, jobs,
    policy::{Act, permit},
};

impl Desk<'_> {
    /// Writes the same letter to another address (field `to_address`) and takes the one that reached nobody off the
    /// list. One that stands there no more stays as it is: pressed twice, it is once. The address that we know of the
    /// person is not changed by this.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `to_address`; [`Error::NotFound`] for those who may not, or when there is no
    /// such mail.
    pub async fn send_elsewhere(
        &self,
        actor: &Actor,
        id: MailId,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::SendElsewhere)?;
        let hub = self.0;
        let act = self.act(actor);
        let mut tx = hub.database().begin().await?;
        let old = tx.outbox().get(id).await?.ok_or(Error::NotFound)?;
        let enquiry = tx.enquiries().get(old.mail.enquiry).await?;
        permit.within(&enquiry.ok_or(Error::NotFound)?.team)?;
        let to = another_address(fields, &old.mail.to_address)?;
        let reason = ClearReason::OtherAddress;
        let cleared = is_to_clear(&old)
            && tx
                .outbox()
                .clear(id, permit.officer.id, reason, act.at)
                .await?;
        if !cleared {
            return Ok(());
        }
        let new_id = hub.random(|random| MailId::generate(act.at, random));
        let new = readdressed(&old.mail, new_id, to, hub, act.at);
        tx.outbox().insert(&new).await?;
        if new.kind == MessageKind::Acknowledgement {
            tx.enquiries()
                .set_acknowledgement(new.enquiry, AcknowledgementState::Queued)
                .await?;
        }
        if let Some(message) = new.message {
            tx.messages()
                .set_delivery(message, DeliveryState::Waiting)
                .await?;
        }
        let kind = jobs::Kind::SendMail;
        tx.jobs()
            .replace_dead(kind.as_str(), id.as_uuid(), act.at)
            .await?;
        jobs::enqueue(hub, &mut tx, kind, new_id.as_uuid(), act.at).await?;
        let subject = Some(new_id.as_uuid());
        act.note(&mut tx, "mail-sent-elsewhere", new.enquiry, subject, None)
            .await?;
        tx.commit().await?;
        hub.jobs_waiting().ring();
        Ok(())
    }
}

fn another_address(fields: &Fields, old: &EmailAddress) -> Result<EmailAddress, Error> {
    let refused = |message: &str| Error::refused("to_address", message);
    let typed: EmailAddress = fields.one("to_address").trim().parse().map_err(|_| {
        refused("Enter an email address in the correct format, like name@example.com")
    })?;
    if typed.normalised() == old.normalised() {
        return Err(refused(
            "This is the address that did not work. To try it once more, use “Send again”",
        ));
    }
    Ok(typed)
}

/// The same words as another mail, with a Message-ID and a place for the private link of its own.
fn readdressed(
    old: &NewMail,
    id: MailId,
    to: EmailAddress,
    hub: &crate::Hub,
    at: jiff::Timestamp,
) -> NewMail {
    let (theirs, ours) = (private_link_marker(old.id), private_link_marker(id));
    let body = |text: &String| text.replace(&theirs, &ours);
    NewMail {
        id,
        to_address: to,
        body_text: body(&old.body_text),
        body_html: old.body_html.as_ref().map(body),
        message_id: mail::outgoing::message_id(id, &hub.council().mail.from_address),
        created_at: at,
        ..old.clone()
    }
}
