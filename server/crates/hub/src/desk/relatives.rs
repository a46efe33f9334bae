//! Enquiries beside an enquiry: those that it was linked with, and those of the same address. Two that are one are
//! joined by a person.

use domain::{
    clock::london_date,
    codes::{DeliveryState, EndReason, RelativeReason},
    enquiry::{Applied, Enquiry, Event, State},
    form::Fields,
    ids::PromiseId,
    reference::Reference,
};
use jiff::{Timestamp, civil::Date};
use store::Tx;

use super::{Desk, seen};
use crate::{
    Actor, Error,
    enquiries::{
        letters,
        then::{then, with_a_team},
    },
    error::refused_by_rules,
    policy::{Act, permit},
};

/// As many of the same address as are shown.
const SHOWN: u32 = 10;

/// What stands beside an enquiry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Those that it is linked with, and why.
    pub linked: Vec<(Reference, RelativeReason)>,
    /// Others of the same address, and when they came.
    pub same_address: Vec<(Reference, Timestamp)>,
}

impl Desk<'_> {
    /// Puts everything of one enquiry into another (field `into`: its reference) and closes the first as a duplicate. A
    /// promise that ran goes on there: it is counted from when its message came, and of two days that the family was
    /// promised the nearer one stands.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `into`; [`Error::Stale`] when the enquiry is not as the officer saw it;
    /// [`Error::NotFound`].
    pub async fn join(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<Reference, Error> {
        let permit = permit(actor, Act::JoinEnquiries)?;
        let into: Reference = fields
            .one("into")
            .parse()
            .map_err(|_| Error::refused("into", "Choose which enquiry it belongs to"))?;
        if into == *reference {
            return Err(Error::refused(
                "into",
                "Choose another enquiry than this one",
            ));
        }
        let hub = self.0;
        let act = self.act(actor);
        let mut tx = hub.database().begin().await?;
        let [one, other] = self.hold_both(&mut tx, &permit, reference, &into).await?;
        seen::unchanged(&mut tx, &one, fields).await?;
        refuse_if_mail_waits(&mut tx, &one).await?;
        // A reply that was written there before does not answer what comes in now.
        refuse_if_mail_waits(&mut tx, &other).await?;
        tx.messages().move_all(one.id, other.id).await?;
        tx.relatives().join(one.id, other.id, act.at).await?;
        let subject = Some(other.id.as_uuid());
        act.note(&mut tx, "joined-into", one.id, subject, None)
            .await?;
        let subject = Some(one.id.as_uuid());
        act.note(&mut tx, "joined", other.id, subject, None).await?;
        let event = match one.state {
            State::Promised | State::Paused { .. } => Some(Event::EndedWithoutAnswer {
                at: act.at,
                reason: EndReason::Duplicate,
            }),
            State::Answered { .. } => Some(Event::Closed { at: act.at }),
            State::Closed { .. } => None,
        };
        if let Some(event) = event {
            // No letter says so: whoever wrote it is answered in the other enquiry.
            self.apply(&mut tx, &act, &one, &event, "into").await?;
        }
        if let Some(promise) = one.running_promise() {
            let told = (one.state == State::Promised).then_some(promise.due_on);
            let applied = self.goes_on(&other, promise.received_at, told, act.at)?;
            act.changed(&mut tx, &other, &applied).await?;
            letters::tell(hub, &mut tx, &applied, act.at).await?;
        }
        tx.commit().await?;
        hub.jobs_waiting().ring();
        Ok(into)
    }

    /// What the other enquiry is once a message came in that was received then and for which this day was promised.
    fn goes_on(
        &self,
        other: &Enquiry,
        received_at: Timestamp,
        promised: Option<Date>,
        at: Timestamp,
    ) -> Result<Applied, Error> {
        let rules = self.0.council().rules_of(other);
        let received = Event::MessageReceived {
            at: received_at,
            promise_id: self.0.random(|random| PromiseId::generate(at, random)),
        };
        let applied = other
            .apply(&received, &rules)
            .map_err(|refusal| refused_by_rules("into", refusal))?;
        let applied = with_a_team(self.0, applied, at)?;
        let runs_to = applied
            .enquiry
            .running_promise()
            .map(|promise| promise.due_on);
        // No day is put into the past.
        let nearer = promised.map(|day| day.max(london_date(at)));
        match nearer.filter(|day| runs_to.is_some_and(|due_on| *day < due_on)) {
            Some(due_on) => {
                let sooner = Event::EarlierDayPromised { at, due_on };
                then(applied, &sooner, &rules, "into")
            }
            None => Ok(applied),
        }
    }

    /// Both, held in the order of their ids: two who join two at once wait for each other in turn.
    async fn hold_both(
        &self,
        tx: &mut Tx,
        permit: &crate::policy::Permit<'_>,
        one: &Reference,
        other: &Reference,
    ) -> Result<[Enquiry; 2], Error> {
        let mut ids = [
            self.find(tx, permit, one).await?.id,
            self.find(tx, permit, other).await?.id,
        ];
        ids.sort();
        for id in ids {
            tx.enquiries().hold(id).await?;
        }
        Ok([
            self.find(tx, permit, one).await?,
            self.find(tx, permit, other).await?,
        ])
    }
}

/// A reply on its way belongs to the enquiry in which it was written.
async fn refuse_if_mail_waits(tx: &mut Tx, enquiry: &Enquiry) -> Result<(), Error> {
    let messages = tx.messages().for_enquiry(enquiry.id).await?;
    let waits = messages
        .iter()
        .any(|message| message.delivery == Some(DeliveryState::Waiting));
    if waits {
        return Err(Error::refused(
            "into",
            format!(
                "Wait until the message that was written in {} is sent",
                enquiry.reference
            ),
        ));
    }
    Ok(())
}

/// What stands beside an enquiry.
pub(super) async fn beside(tx: &mut Tx, enquiry: &Enquiry) -> Result<Beside, Error> {
    let linked = tx.relatives().of(enquiry.id).await?;
    let asked = tx.correspondents().get(enquiry.correspondent).await?;
    let same = match asked.and_then(|correspondent| correspondent.email) {
        Some(address) => {
            let mut relatives = tx.relatives();
            relatives.of_address(&address, enquiry.id, SHOWN).await?
        }
        None => Vec::new(),
    };
    Ok(Beside {
        same_address: same
            .into_iter()
            .filter(|other| linked.iter().all(|linked| linked.id != other.id))
            .map(|other| (other.reference, other.received_at))
            .collect(),
        linked: linked
            .into_iter()
            .map(|linked| (linked.reference, linked.reason))
            .collect(),
    })
}
