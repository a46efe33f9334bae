//! Taking an enquiry.

use domain::{enquiry::Event, reference::Reference};

use super::Desk;
use crate::{
    Actor, Error,
    policy::{Act, person},
};

impl Desk<'_> {
    /// Makes the officer who asks the enquiry's owner.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `assign` when it is closed; [`Error::NotFound`].
    pub async fn assign_to_me(&self, actor: &Actor, reference: &Reference) -> Result<(), Error> {
        let officer = person(actor, Act::WorkEnquiries)?;
        let act = self.act(actor);
        let mut tx = self.0.database().begin().await?;
        let enquiry = self.find(&mut tx, reference).await?;
        let event = Event::Assigned {
            at: act.at,
            officer: Some(officer.id),
        };
        self.apply(&mut tx, &act, &enquiry, &event, "assign")
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
