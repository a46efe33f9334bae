//! Waiting for the family: a person asks them for what is missing, and until when we wait. The pause
//! begins when they were asked, not before: when a server took the mail or, where they do not want
//! mail, when an officer recorded that they were asked by phone or letter.

use domain::{
    codes::{DeliveryState, MessageKind, WaitsFor},
    enquiry::{Enquiry, Event},
    form::{Faults, Fields},
    ids::PromiseId,
    reference::Reference,
    text::clean_prose,
};
use jiff::{Timestamp, civil::Date};
use mail::letters::About;
use store::{NewMessage, Pause, Tx};

use super::{Desk, holding_reply::asks_something, reply::REPLY, seen, working::correspondent_of};
use crate::{
    Actor, Error, Hub,
    enquiries::{
        letters::{self, NewLetter},
        record::Act as Deed,
    },
    error::refused_by_rules,
    policy::{Act, permit},
    pressed::{Pressed, pressed},
    typed::{self, code},
};

/// The working days for which a pause may last.
const STEPS: [u16; 3] = [5, 10, 20];

/// The days until which an officer may wait; none where no promise runs, or one waits already.
pub(super) fn ends_offered(hub: &Hub, enquiry: &Enquiry, now: Timestamp) -> Vec<Date> {
    let rules = hub.council().rules_of(enquiry);
    let today = domain::clock::london_date(now);
    STEPS
        .iter()
        .map(|days| rules.working_days.add_working_days(today, *days))
        .filter(|until| enquiry.apply(&pauses(*until, now), &rules).is_ok())
        .collect()
}

/// What would happen, to ask the rules whether it may.
const fn pauses(until: Date, at: Timestamp) -> Event {
    Event::Paused { at, until }
}

/// The pause begins: they were asked. The promise's date does not count from now on.
pub(crate) async fn begin(
    act: &Deed<'_>,
    tx: &mut Tx,
    enquiry: &Enquiry,
    pause: &Pause,
) -> Result<(), Error> {
    let rules = act.hub.council().rules_of(enquiry);
    let applied = enquiry
        .apply(&pauses(pause.until, act.at), &rules)
        .map_err(|refusal| refused_by_rules("paused_until", refusal))?;
    act.changed(tx, enquiry, &applied).await?;
    let remind_at = rules.reminds_of_pause_at(pause.until);
    tx.pauses().begin(pause.message, act.at, remind_at).await?;
    Ok(())
}

/// What a form asks.
struct Asked {
    text: String,
    waits_for: WaitsFor,
    until: Date,
}

impl Desk<'_> {
    /// Asks the family for what is missing (fields `pause`: the words, `waits_for`: a code,
    /// `paused_until`: one of the days that the file offers). Pressed twice, it is asked once.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field that is wrong, or when a message that asks for something
    /// still waits to be sent; [`Error::Stale`] when the enquiry is not as the officer saw it;
    /// [`Error::NotFound`].
    pub async fn pause(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::PauseEnquiry)?;
        let hub = self.0;
        let act = self.act(actor);
        let mut tx = hub.database().begin().await?;
        let enquiry = self.hold(&mut tx, &permit, reference).await?;
        let typed = clean_prose(fields.one("pause"), REPLY).unwrap_or_default();
        let words = (MessageKind::WaitingForYou, typed.as_str());
        let Pressed::First(id) = pressed(hub, &mut tx, &enquiry, fields, words, act.at).await?
        else {
            return Ok(());
        };
        seen::unchanged(&mut tx, &enquiry, fields).await?;
        let messages = tx.messages().for_enquiry(enquiry.id).await?;
        if messages.iter().any(asks_something) {
            return Err(Error::refused(
                "pause",
                "A message that asks for something waits to be sent already",
            ));
        }
        let asked = read(hub, &enquiry, fields, act.at)?;
        let correspondent = correspondent_of(&mut tx, &enquiry).await?;
        let to = correspondent
            .email
            .clone()
            .filter(|_| correspondent.hears_by_email());
        let message = NewMessage {
            delivery: to.as_ref().map(|_| DeliveryState::Waiting),
            ..permit.wrote(&enquiry, id, MessageKind::WaitingForYou, asked.text, act.at)
        };
        tx.messages().insert(&message).await?;
        let pause = Pause {
            message: id,
            enquiry: enquiry.id,
            waits_for: asked.waits_for,
            until: asked.until,
            began_at: None,
        };
        tx.pauses().insert(&pause).await?;
        let subject = Some(id.as_uuid());
        let detail = Some(format!("{} {}", asked.waits_for, asked.until));
        act.note(&mut tx, "pause-asked-for", enquiry.id, subject, detail)
            .await?;
        match &to {
            Some(to) => {
                let letter = NewLetter {
                    enquiry: &enquiry,
                    correspondent: &correspondent,
                    to,
                    message: Some(id),
                    about: About::WaitingForYou {
                        officer_name: &permit.officer.name,
                        text: &message.body,
                        until: asked.until,
                    },
                    in_reply_to: letters::answered_id(&mut tx, &enquiry, to).await?,
                    at: act.at,
                };
                letters::write(hub, &mut tx, letter).await?;
            }
            // They were asked by phone or letter: it begins now.
            None => begin(&act, &mut tx, &enquiry, &pause).await?,
        }
        tx.commit().await?;
        hub.jobs_waiting().ring();
        Ok(())
    }

    /// Ends a pause before its day: what was missing came another way, or is not needed.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `end_pause` when it is not paused; [`Error::Stale`] when
    /// the enquiry is not as the officer saw it; [`Error::NotFound`].
    pub async fn end_pause(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::PauseEnquiry)?;
        let hub = self.0;
        let act: Deed<'_> = self.act(actor);
        let mut tx = hub.database().begin().await?;
        let enquiry = self.hold(&mut tx, &permit, reference).await?;
        seen::unchanged(&mut tx, &enquiry, fields).await?;
        let event = Event::PauseEnded {
            at: act.at,
            promise_id: hub.random(|random| PromiseId::generate(act.at, random)),
        };
        let applied = self
            .apply(&mut tx, &act, &enquiry, &event, "end_pause")
            .await?;
        let told = letters::tell(hub, &mut tx, &applied, act.at).await?;
        tx.commit().await?;
        if told {
            hub.jobs_waiting().ring();
        }
        Ok(())
    }
}

/// Reads the form, and tells all that is wrong at once.
fn read(hub: &Hub, enquiry: &Enquiry, fields: &Fields, at: Timestamp) -> Result<Asked, Error> {
    let mut faults = Faults::default();
    let text = clean_prose(fields.one("pause"), REPLY)
        .map_err(|fault| {
            let ask = "Write what you need from them";
            faults.add("pause", typed::words(&fault, ask, "The message"));
        })
        .ok();
    let waits_for = code(&mut faults, fields, "waits_for", "Choose what you wait for");
    let offered = ends_offered(hub, enquiry, at);
    let until = fields.one("paused_until").parse().ok();
    let until = until.filter(|until| offered.contains(until));
    if until.is_none() {
        if offered.is_empty() {
            // The rules say why.
            let rules = hub.council().rules_of(enquiry);
            let tomorrow = hub.today().tomorrow().map_err(Error::internal)?;
            if let Err(refusal) = enquiry.apply(&pauses(tomorrow, at), &rules) {
                return Err(refused_by_rules("paused_until", refusal));
            }
        }
        faults.add("paused_until", "Choose how long you wait");
    }
    match (text, waits_for, until) {
        (Some(text), Some(waits_for), Some(until)) => Ok(Asked {
            text,
            waits_for,
            until,
        }),
        _ => Err(faults.into()),
    }
}
