//! Taking an enquiry.

use domain::{enquiry::Event, form::Fields, reference::Reference};

use super::{Desk, seen};
use crate::{
    Actor, Error,
    accounts::works,
    policy::{Act, permit},
};

impl Desk<'_> {
    /// Makes the officer who asks the enquiry's owner.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `assign` for somebody who is away;
    /// [`Error::Stale`] when it is not as the officer saw it, such as when a colleague just took
    /// it; [`Error::NotFound`].
    pub async fn assign_to_me(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::TakeEnquiry)?;
        let act = self.act(actor);
        let mut tx = self.0.database().begin().await?;
        let enquiry = self.hold(&mut tx, &permit, reference).await?;
        if enquiry.officer == Some(permit.officer.id) {
            return Ok(());
        }
        seen::unchanged(&mut tx, &enquiry, fields).await?;
        // Held: who is shut out or goes away at this moment gives back what they took before.
        let account = tx.accounts().held(permit.officer.id).await?;
        let account = account.filter(|account| account.disabled_at.is_none());
        let account = account.ok_or(Error::NotFound)?;
        if !works(&account, self.0.today()) {
            return Err(Error::refused(
                "assign",
                "You are marked as away. Say in your account that you are back, then take it",
            ));
        }
        let event = Event::Assigned {
            at: act.at,
            officer: Some(permit.officer.id),
        };
        self.apply(&mut tx, &act, &enquiry, &event, "assign")
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
