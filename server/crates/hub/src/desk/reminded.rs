//! An officer reminded somebody of a pause whom no mail of ours reminds. It keeps no promise: we still wait.

use domain::{codes::MessageKind, form::Fields, reference::Reference, text::clean_prose};

use super::{Desk, note::NOTE};
use crate::{
    Actor, Error,
    policy::{Act, permit},
    pressed::{Pressed, pressed},
    typed,
};

/// What is kept where the officer writes nothing.
pub const THEY_WERE_REMINDED: &str = "I reminded them that we wait.";

impl Desk<'_> {
    /// Notes that they were reminded (field `reminded`, which may be empty): nobody is to do it any more. Pressed twice,
    /// it is noted once.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `reminded`; [`Error::NotFound`].
    pub async fn reminded(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::RecordConversation)?;
        let typed = fields.one("reminded");
        let typed = if typed.trim().is_empty() {
            THEY_WERE_REMINDED
        } else {
            typed
        };
        let body = clean_prose(typed, NOTE)
            .map_err(|fault| Error::refused("reminded", typed::words(&fault, "", "The note")))?;
        let act = self.act(actor);
        let mut tx = self.0.database().begin().await?;
        let enquiry = self.hold(&mut tx, &permit, reference).await?;
        let words = (MessageKind::InternalNote, body.as_str());
        let pressed = pressed(self.0, &mut tx, &enquiry, fields, words, act.at).await?;
        let Pressed::First(id) = pressed else {
            return Ok(());
        };
        let note = permit.wrote(&enquiry, id, MessageKind::InternalNote, body, act.at);
        tx.messages().insert(&note).await?;
        tx.enquiries().set_remind_by(enquiry.id, None).await?;
        let subject = Some(id.as_uuid());
        act.note(&mut tx, "reminded-by-us", enquiry.id, subject, None)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
