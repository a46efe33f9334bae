//! Open enquiries whose sender was told nothing, and why: nobody else tells them that we have their message.

use domain::{codes::StateKind, email::EmailAddress, reference::Reference};
use jiff::Timestamp;
use store::AcknowledgementState;

use super::{
    Desk,
    paging::{ASKED, Counted, Page, place},
};
use crate::{
    Actor, Error,
    policy::{Act, person},
};

/// An enquiry whose sender was told nothing. Its `Debug` shows no name and no address.
#[derive(Clone, PartialEq, Eq)]
pub struct Untold {
    /// Its reference.
    pub reference: Reference,
    /// When it came.
    pub received_at: Timestamp,
    /// Why they were told nothing.
    pub why: AcknowledgementState,
    /// Who asked.
    pub name: String,
    /// Their e-mail address, if they have one.
    pub email: Option<EmailAddress>,
    /// Whether somebody answered them since, so that they know after all.
    pub is_answered: bool,
}

impl std::fmt::Debug for Untold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Untold")
            .field("reference", &self.reference)
            .field("why", &self.why)
            .finish_non_exhaustive()
    }
}

impl Desk<'_> {
    /// A page of the enquiries that are not closed and whose sender was told nothing, the earliest first. `after` is
    /// where the page before ended, as [`Counted::next`] gave it; anything else begins anew.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see them.
    pub async fn not_acknowledged(
        &self,
        actor: &Actor,
        after: Option<&str>,
    ) -> Result<Counted<Untold>, Error> {
        person(actor, Act::ReadNotAcknowledged)?;
        let mut tx = self.0.database().read().await?;
        let mut enquiries = tx.enquiries();
        let untold = enquiries.not_acknowledged(place(after), ASKED).await?;
        let count = enquiries.not_acknowledged_count().await?;
        let page = Page::of(untold, |one| (one.received_at, one.id));
        let page = page.map(|one| Untold {
            reference: one.reference,
            received_at: one.received_at,
            why: one.why,
            name: one.name,
            email: one.email,
            is_answered: one.state == StateKind::Answered,
        });
        Ok(page.counted(count))
    }
}
