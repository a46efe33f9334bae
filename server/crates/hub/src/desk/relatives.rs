//! Enquiries beside an enquiry: those that it was linked with, and those of the same address. Two that are one are
//! joined by a person.

use domain::{
    codes::{DeliveryState, EndReason, RelativeReason},
    enquiry::{Enquiry, Event, State},
    form::Fields,
    ids::PromiseId,
    reference::Reference,
};
use jiff::Timestamp;
use store::Tx;

use super::{Desk, seen};
use crate::{
    Actor, Error,
    enquiries::letters,
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
    /// promise that ran goes on there: it is counted from when its message came.
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
        let waited_since = one.running_promise().map(|promise| promise.received_at);
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
        if let Some(at) = waited_since {
            let event = Event::MessageReceived {
                at,
                promise_id: hub.random(|random| PromiseId::generate(act.at, random)),
            };
            let applied = self.apply(&mut tx, &act, &other, &event, "into").await?;
            letters::tell(hub, &mut tx, &applied, act.at).await?;
        }
        tx.commit().await?;
        hub.jobs_waiting().notify_one();
        Ok(into)
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
            "Wait until the reply that was written here is sent",
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
