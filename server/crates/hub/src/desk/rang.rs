//! A call of ours that nobody picked up: it is counted and shown, and keeps no promise.

use domain::{
    codes::{Channel, MessageKind},
    form::Fields,
    reference::Reference,
    text::clean_prose,
};

use super::{Desk, note::NOTE};
use crate::{
    Actor, Error,
    policy::{Act, permit},
    pressed::{Pressed, pressed},
    typed,
};

/// What is kept where the officer writes nothing.
pub const NOBODY_ANSWERED: &str = "Nobody answered.";

impl Desk<'_> {
    /// Notes that somebody rang and nobody answered (field `rang`, which may be empty). The promise
    /// runs on. Pressed twice, it is noted once.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `rang`; [`Error::NotFound`].
    pub async fn rang_in_vain(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::RecordConversation)?;
        let typed = fields.one("rang");
        let typed = if typed.trim().is_empty() {
            NOBODY_ANSWERED
        } else {
            typed
        };
        let body = clean_prose(typed, NOTE)
            .map_err(|fault| Error::refused("rang", typed::words(&fault, "", "The note")))?;
        let act = self.act(actor);
        let mut tx = self.0.database().begin().await?;
        let enquiry = self.hold(&mut tx, &permit, reference).await?;
        let words = (MessageKind::CallNotAnswered, body.as_str());
        let pressed = pressed(self.0, &mut tx, &enquiry, fields, words, act.at).await?;
        let Pressed::First(id) = pressed else {
            return Ok(());
        };
        let call = permit.wrote(&enquiry, id, MessageKind::CallNotAnswered, body, act.at);
        tx.messages().insert(&call).await?;
        tx.messages().set_logged_as(id, Channel::Telephone).await?;
        let subject = Some(id.as_uuid());
        act.note(&mut tx, "call-not-answered", enquiry.id, subject, None)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
