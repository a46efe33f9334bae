//! Answering by e-mail. The reply waits in the outbox; the promise is kept when it was sent.

use domain::{
    codes::{DeliveryState, MessageKind},
    correspondent::Correspondent,
    email::EmailAddress,
    form::Fields,
    reference::Reference,
    text::clean_prose,
};
use mail::letters::About;
use store::NewMessage;

use super::{Desk, seen, working::correspondent_of};
use crate::{
    Actor, Error,
    enquiries::letters::{self, NewLetter},
    policy::{Act, permit},
    pressed::{Pressed, pressed},
    typed,
};

/// Longest reply, in characters.
pub(super) const REPLY: usize = 20_000;

impl Desk<'_> {
    /// Writes a reply (field `reply`) and the mail that carries it. Pressed twice, it is sent once.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `reply` when there are no words, or the person does not
    /// want e-mail; [`Error::Stale`] when the enquiry is not as the officer saw it;
    /// [`Error::NotFound`].
    pub async fn reply(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::Reply)?;
        let hub = self.0;
        let text = clean_prose(fields.one("reply"), REPLY).map_err(|fault| {
            Error::refused(
                "reply",
                typed::words(&fault, "Write the reply", "The reply"),
            )
        })?;
        let act = self.act(actor);
        let mut tx = hub.database().begin().await?;
        let enquiry = self.hold(&mut tx, &permit, reference).await?;
        let words = (MessageKind::Reply, text.as_str());
        let pressed = pressed(hub, &mut tx, &enquiry, fields, words, act.at).await?;
        let Pressed::First(id) = pressed else {
            return Ok(());
        };
        seen::unchanged(&mut tx, &enquiry, fields).await?;
        let correspondent = correspondent_of(&mut tx, &enquiry).await?;
        let to = self.writes_to(&correspondent, "reply")?;
        let message = NewMessage {
            delivery: Some(DeliveryState::Waiting),
            ..permit.wrote(&enquiry, id, MessageKind::Reply, text, act.at)
        };
        tx.messages().insert(&message).await?;
        let letter = NewLetter {
            enquiry: &enquiry,
            correspondent: &correspondent,
            to: &to,
            message: Some(id),
            about: About::Reply {
                officer_name: &permit.officer.name,
                text: &message.body,
            },
            in_reply_to: letters::answered_id(&mut tx, &enquiry, &to).await?,
            at: act.at,
        };
        letters::write(hub, &mut tx, letter).await?;
        tx.reply_drafts()
            .delete(enquiry.id, permit.officer.id)
            .await?;
        let subject = Some(id.as_uuid());
        act.note(&mut tx, "reply-written", enquiry.id, subject, None)
            .await?;
        tx.commit().await?;
        hub.jobs_waiting().ring();
        Ok(())
    }

    /// Where a person is written to by e-mail; refused beside `field` where they do not want it.
    pub(super) fn writes_to(
        &self,
        correspondent: &Correspondent,
        field: &str,
    ) -> Result<EmailAddress, Error> {
        let address = correspondent.email.clone();
        address
            .filter(|_| correspondent.hears_by_email())
            .ok_or_else(|| {
                Error::refused(
                    field,
                    "This person does not want email: call or write, then record it below",
                )
            })
    }
}
