//! Closing an enquiry with a reason. Without an answer, that ends its promise and is counted apart.

use domain::{codes::EndReason, enquiry::Event, form::Fields, reference::Reference};

use super::{Desk, seen};
use crate::{
    Actor, Error,
    enquiries::letters,
    policy::{Act, permit},
};

impl Desk<'_> {
    /// Closes an enquiry (field `reason`: `answered`, or why it ends without an answer).
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `reason`, also for `answered` where nobody answered;
    /// [`Error::Stale`] when the enquiry is not as the officer saw it; [`Error::NotFound`].
    pub async fn close(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::CloseEnquiry)?;
        let act = self.act(actor);
        let event = match fields.one("reason") {
            "answered" => Event::Closed { at: act.at },
            code => Event::EndedWithoutAnswer {
                at: act.at,
                reason: code
                    .parse::<EndReason>()
                    .map_err(|_| Error::refused("reason", "Choose why it is closed"))?,
            },
        };
        let mut tx = self.0.database().begin().await?;
        let enquiry = self.hold(&mut tx, &permit, reference).await?;
        seen::unchanged(&mut tx, &enquiry, fields).await?;
        let applied = self
            .apply(&mut tx, &act, &enquiry, &event, "reason")
            .await?;
        let told = letters::tell(self.0, &mut tx, &applied, act.at).await?;
        tx.commit().await?;
        if told {
            self.0.jobs_waiting().ring();
        }
        Ok(())
    }
}
