//! A holding reply: a person writes that the answer needs longer, and until when. Once it is sent,
//! it moves the promise; nothing else does.

use domain::{
    clock::london_date,
    codes::{DeliveryState, MessageKind},
    enquiry::{Enquiry, Event},
    form::Fields,
    reference::Reference,
    text::clean_prose,
};
use jiff::{Timestamp, civil::Date};
use mail::letters::About;
use store::NewMessage;

use super::{Desk, reply::REPLY, seen, working::correspondent_of};
use crate::{
    Actor, Error, Hub,
    enquiries::letters::{self, NewLetter},
    error::refused_by_rules,
    policy::{Act, permit},
    pressed::{Pressed, pressed},
    typed,
};

/// The working days by which a promise may move at once.
const STEPS: [u16; 3] = [3, 5, 10];

/// The days that a holding reply may promise: counted from the promised day, or from today where
/// that has gone by. None where no promise runs, or it was moved as often as it may be.
pub(super) fn days_offered(hub: &Hub, enquiry: &Enquiry, now: Timestamp) -> Vec<Date> {
    let rules = hub.council().rules_of(enquiry);
    let Some(promise) = enquiry.running_promise() else {
        return Vec::new();
    };
    let from = promise.due_on.max(london_date(now));
    STEPS
        .iter()
        .map(|days| rules.working_days.add_working_days(from, *days))
        .filter(|day| enquiry.apply(&moves_to(*day, now), &rules).is_ok())
        .collect()
}

/// What would happen, to ask the rules whether it may.
fn moves_to(new_due_on: Date, at: Timestamp) -> Event {
    Event::HoldingReplySent {
        at,
        message: domain::ids::MessageId::from_uuid(uuid::Uuid::nil()),
        new_due_on,
    }
}

impl Desk<'_> {
    /// Writes a holding reply (fields `holding_reply`, and `promises_on`: one of the days that the
    /// file offers) and the mail that carries it. Pressed twice, it is sent once.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field that is wrong, or when one still waits to be sent;
    /// [`Error::Stale`] when the enquiry is not as the officer saw it; [`Error::NotFound`].
    pub async fn holding_reply(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::HoldingReply)?;
        let hub = self.0;
        let text = clean_prose(fields.one("holding_reply"), REPLY).map_err(|fault| {
            let ask = "Write why the answer needs longer";
            Error::refused("holding_reply", typed::words(&fault, ask, "The message"))
        })?;
        let act = self.act(actor);
        let mut tx = hub.database().begin().await?;
        let enquiry = self.hold(&mut tx, &permit, reference).await?;
        let words = (MessageKind::HoldingReply, text.as_str());
        let pressed = pressed(hub, &mut tx, &enquiry, fields, words, act.at).await?;
        let Pressed::First(id) = pressed else {
            return Ok(());
        };
        seen::unchanged(&mut tx, &enquiry, fields).await?;
        let messages = tx.messages().for_enquiry(enquiry.id).await?;
        if messages.iter().any(asks_something) {
            return Err(Error::refused(
                "holding_reply",
                "A message that asks for something waits to be sent already",
            ));
        }
        let due_on = self.day_chosen(&enquiry, fields, act.at)?;
        let correspondent = correspondent_of(&mut tx, &enquiry).await?;
        let to = self.writes_to(&correspondent, "holding_reply")?;
        let message = NewMessage {
            delivery: Some(DeliveryState::Waiting),
            promises_on: Some(due_on),
            ..permit.wrote(&enquiry, id, MessageKind::HoldingReply, text, act.at)
        };
        tx.messages().insert(&message).await?;
        let letter = NewLetter {
            enquiry: &enquiry,
            correspondent: &correspondent,
            to: &to,
            message: Some(id),
            about: About::HoldingReply {
                officer_name: &permit.officer.name,
                text: &message.body,
                due_on,
            },
            in_reply_to: letters::answered_id(&mut tx, &enquiry, &to).await?,
            at: act.at,
        };
        letters::write(hub, &mut tx, letter).await?;
        act.note(
            &mut tx,
            "holding-reply-written",
            enquiry.id,
            Some(id.as_uuid()),
            Some(due_on.to_string()),
        )
        .await?;
        tx.commit().await?;
        hub.jobs_waiting().ring();
        Ok(())
    }

    fn day_chosen(&self, enquiry: &Enquiry, fields: &Fields, at: Timestamp) -> Result<Date, Error> {
        let offered = days_offered(self.0, enquiry, at);
        let chosen = fields.one("promises_on").parse().ok();
        if let Some(day) = chosen.filter(|day| offered.contains(day)) {
            return Ok(day);
        }
        if offered.is_empty() {
            // The rules say why.
            let rules = self.0.council().rules_of(enquiry);
            let tomorrow = london_date(at).tomorrow().map_err(Error::internal)?;
            enquiry
                .apply(&moves_to(tomorrow, at), &rules)
                .map_err(|refusal| refused_by_rules("promises_on", refusal))?;
        }
        Err(Error::refused("promises_on", "Choose the new day"))
    }
}

/// Whether this is a message that will move the promise or pause it, and that no server took yet.
pub(super) fn asks_something(message: &store::Message) -> bool {
    let asks = matches!(
        message.kind,
        MessageKind::HoldingReply | MessageKind::WaitingForYou
    );
    asks && message.delivery == Some(DeliveryState::Waiting)
}
