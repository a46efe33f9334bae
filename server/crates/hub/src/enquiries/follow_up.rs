//! Writing again from the private page: a chaser, or a new promise if the last one is over.

use domain::{
    codes::{Direction, MessageKind},
    enquiry::Event,
    form::Fields,
    ids::PromiseId,
};
use store::NewMessage;

use super::{Enquiries, answers, letters, then::with_a_team};
use crate::{
    Error,
    error::refused_by_rules,
    pressed::{Pressed, pressed},
};

impl Enquiries<'_> {
    /// Adds a message to the enquiry behind a private link. A running promise keeps its date and counts a chaser; an
    /// answered or closed enquiry starts a new promise, and a letter tells its day. Pressed twice, the message is kept
    /// once.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the link leads nowhere; [`Error::Refused`] with the field
    /// `message`.
    pub async fn follow_up(&self, token: &str, fields: &Fields) -> Result<(), Error> {
        let hub = self.0;
        let id = self.linked(token).await?.ok_or(Error::NotFound)?;
        let body = answers::message(fields)?;
        let now = hub.now();
        let mut tx = hub.database().begin().await?;
        // Held, so that an officer's act at the same moment never sends these words back.
        tx.enquiries().hold(id).await?;
        let enquiry = tx.enquiries().get(id).await?.ok_or(Error::NotFound)?;
        let words = (MessageKind::FollowUp, body.as_str());
        let Pressed::First(message) = pressed(hub, &mut tx, &enquiry, fields, words, now).await?
        else {
            return Ok(());
        };
        let message = NewMessage {
            id: message,
            enquiry: id,
            direction: Direction::Inbound,
            kind: MessageKind::FollowUp,
            author: None,
            body,
            at: now,
            delivery: None,
            promises_on: None,
        };
        let event = Event::MessageReceived {
            at: now,
            promise_id: hub.random(|random| PromiseId::generate(now, random)),
        };
        let applied = enquiry
            .apply(&event, &hub.council().rules_of(&enquiry))
            .map_err(|refusal| refused_by_rules("message", refusal))?;
        let applied = with_a_team(hub, applied, now)?;
        tx.messages().insert(&message).await?;
        let act = self.act_of(enquiry.correspondent, now);
        act.note(
            &mut tx,
            "message-received",
            id,
            Some(message.id.as_uuid()),
            None,
        )
        .await?;
        act.changed(&mut tx, &enquiry, &applied).await?;
        let told = letters::tell(hub, &mut tx, &applied, now).await?;
        tx.commit().await?;
        if told {
            hub.jobs_waiting().ring();
        }
        Ok(())
    }
}
