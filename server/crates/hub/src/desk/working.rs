//! What every act on an enquiry begins and ends with.

use domain::{
    codes::{Direction, MessageKind},
    correspondent::Correspondent,
    enquiry::{Applied, Enquiry, Event},
    ids::MessageId,
    reference::Reference,
};
use jiff::Timestamp;
use store::{NewMessage, Tx};

use super::Desk;
use crate::{Actor, Error, enquiries::record::Act, error::refused_by_rules, policy::Permit};

impl Desk<'_> {
    pub(super) fn act(&self, actor: &Actor) -> Act<'_> {
        Act {
            hub: self.0,
            actor: actor.for_audit(),
            at: self.0.now(),
        }
    }

    /// The enquiry, held: nobody else writes to it until the transaction ends.
    pub(super) async fn hold(
        &self,
        tx: &mut Tx,
        permit: &Permit<'_>,
        reference: &Reference,
    ) -> Result<Enquiry, Error> {
        let id = self.find(tx, permit, reference).await?.id;
        tx.enquiries().hold(id).await?;
        self.find(tx, permit, reference).await
    }

    /// The enquiry, if it is there and of a team for which this person may.
    pub(super) async fn find(
        &self,
        tx: &mut Tx,
        permit: &Permit<'_>,
        reference: &Reference,
    ) -> Result<Enquiry, Error> {
        let found = tx.enquiries().by_reference(reference).await?;
        let enquiry = found.ok_or(Error::NotFound)?;
        permit.within(&enquiry.team)?;
        Ok(enquiry)
    }

    /// Applies an event; a refusal is told beside the form's field.
    pub(super) async fn apply(
        &self,
        tx: &mut Tx,
        act: &Act<'_>,
        enquiry: &Enquiry,
        event: &Event,
        field: &str,
    ) -> Result<Applied, Error> {
        let rules = self.0.council().rules_of(enquiry);
        let applied = enquiry
            .apply(event, &rules)
            .map_err(|refusal| refused_by_rules(field, refusal))?;
        act.changed(tx, enquiry, &applied).await?;
        Ok(applied)
    }
}

impl Permit<'_> {
    /// What this officer wrote, to be kept with an enquiry. No mail carries it, unless its maker adds that.
    pub(super) fn wrote(
        &self,
        enquiry: &Enquiry,
        id: MessageId,
        kind: MessageKind,
        body: String,
        at: Timestamp,
    ) -> NewMessage {
        NewMessage {
            id,
            enquiry: enquiry.id,
            direction: Direction::Outbound,
            kind,
            author: Some(self.officer.id),
            body,
            at,
            delivery: None,
            promises_on: None,
        }
    }
}

/// Who asked.
pub(super) async fn correspondent_of(
    tx: &mut Tx,
    enquiry: &Enquiry,
) -> Result<Correspondent, Error> {
    let correspondent = tx.correspondents().get(enquiry.correspondent).await?;
    correspondent.ok_or(Error::NotFound)
}
