//! Recording a conversation or a letter: an answer that no mail carried.

use domain::{
    codes::MessageKind, enquiry::Event, form::Fields, reference::Reference, text::clean_prose,
};

use super::{Desk, seen};
use crate::{
    Actor, Error,
    policy::{Act, permit},
    pressed::{Pressed, pressed},
    typed,
};

/// Longest record, in characters.
pub(super) const RECORD: usize = 20_000;

impl Desk<'_> {
    /// Records what was said or posted (field `conversation`): it keeps the promise at once. A
    /// call that nobody took is no conversation. Pressed twice, it is recorded once.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `conversation`; [`Error::Stale`] when the enquiry is not
    /// as the officer saw it; [`Error::NotFound`].
    pub async fn record_conversation(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::RecordConversation)?;
        let body = clean_prose(fields.one("conversation"), RECORD).map_err(|fault| {
            let words = typed::words(&fault, "Write what was said", "The record");
            Error::refused("conversation", words)
        })?;
        let act = self.act(actor);
        let mut tx = self.0.database().begin().await?;
        let enquiry = self.hold(&mut tx, &permit, reference).await?;
        let words = (MessageKind::Reply, body.as_str());
        let pressed = pressed(self.0, &mut tx, &enquiry, fields, words, act.at).await?;
        let Pressed::First(message) = pressed else {
            return Ok(());
        };
        seen::unchanged(&mut tx, &enquiry, fields).await?;
        let said = permit.wrote(&enquiry, message, MessageKind::Reply, body, act.at);
        tx.messages().insert(&said).await?;
        let event = Event::ConversationLogged {
            at: act.at,
            message,
        };
        self.apply(&mut tx, &act, &enquiry, &event, "conversation")
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
