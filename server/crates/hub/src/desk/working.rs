//! What every act on an enquiry begins and ends with.

use domain::{
    enquiry::{Enquiry, Event},
    ids::MessageId,
    reference::Reference,
};
use store::Tx;

use super::Desk;
use crate::{Actor, Error, enquiries::record::Act, error::refused_by_rules};

impl Desk<'_> {
    pub(super) fn act(&self, actor: &Actor) -> Act<'_> {
        Act {
            hub: self.0,
            actor: actor.for_audit(),
            at: self.0.now(),
        }
    }

    pub(super) fn message_id(&self, act: &Act<'_>) -> MessageId {
        self.0.random(|random| MessageId::generate(act.at, random))
    }

    pub(super) async fn find(&self, tx: &mut Tx, reference: &Reference) -> Result<Enquiry, Error> {
        let found = tx.enquiries().by_reference(reference).await?;
        found.ok_or(Error::NotFound)
    }

    /// Applies an event; a refusal is told beside the form's field.
    pub(super) async fn apply(
        &self,
        tx: &mut Tx,
        act: &Act<'_>,
        enquiry: &Enquiry,
        event: &Event,
        field: &str,
    ) -> Result<(), Error> {
        let rules = self.0.council().rules_for(&enquiry.topic);
        let applied = enquiry
            .apply(event, &rules)
            .map_err(|refusal| refused_by_rules(field, refusal))?;
        act.changed(tx, enquiry, &applied).await?;
        Ok(())
    }
}
