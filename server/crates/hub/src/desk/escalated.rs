//! What somebody who works here is told on their screen: promises in danger, and broken ones.

use domain::{escalation::EscalationStep, reference::Reference};
use jiff::{Timestamp, civil::Date};

use super::Desk;
use crate::{
    Actor, Error,
    policy::{Act, person},
};

/// As many as are shown at once; the next come up as these are dealt with.
const SHOWN: u32 = 25;

/// A promise that somebody is told of, until it is answered, moved or paused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalated {
    /// The enquiry's reference.
    pub reference: Reference,
    /// The most urgent step that it came to.
    pub step: EscalationStep,
    /// The promised day.
    pub due_on: Date,
    /// When that step was done.
    pub at: Timestamp,
}

impl Desk<'_> {
    /// The promises that this person was told of and that still wait, the most urgent first, at most
    /// 25.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see it.
    pub async fn escalated(&self, actor: &Actor) -> Result<Vec<Escalated>, Error> {
        let officer = person(actor, Act::ReadEscalated)?;
        let mut tx = self.0.database().read().await?;
        let mut shown: Vec<Escalated> = Vec::new();
        for told in tx.escalations().on_screen(officer.id, SHOWN * 4).await? {
            let told = Escalated {
                reference: told.reference,
                step: told.step,
                due_on: told.due_on,
                at: told.done_at,
            };
            // Of one enquiry the most urgent says it all.
            let same = |shown: &&mut Escalated| shown.reference == told.reference;
            match shown.iter_mut().find(same) {
                Some(shown) if told.step.place() < shown.step.place() => *shown = told,
                Some(_) => {}
                None => shown.push(told),
            }
        }
        shown.sort_by_key(|told| (told.step.place(), told.due_on, told.at));
        shown.truncate(SHOWN as usize);
        Ok(shown)
    }
}
