//! Notes that the family never sees.

use domain::{codes::MessageKind, form::Fields, reference::Reference, text::clean_prose};

use super::Desk;
use crate::{
    Actor, Error,
    policy::{Act, permit},
    pressed::{Pressed, pressed},
    typed,
};

/// Longest note, in characters.
pub(super) const NOTE: usize = 10_000;

impl Desk<'_> {
    /// Adds a note (field `note`). It changes nothing about the promise, and so is as right after
    /// news as before it. Pressed twice, it is written once.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `note`; [`Error::NotFound`].
    pub async fn note(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::WriteNote)?;
        let body = clean_prose(fields.one("note"), NOTE).map_err(|fault| {
            Error::refused("note", typed::words(&fault, "Write the note", "The note"))
        })?;
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
        act.note(
            &mut tx,
            "note-written",
            enquiry.id,
            Some(id.as_uuid()),
            None,
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }
}
