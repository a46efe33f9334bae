//! Open enquiries whose sender was told nothing, and why: nobody else tells them that we have their message.

use domain::reference::Reference;
use jiff::Timestamp;
use store::AcknowledgementState;

use super::Desk;
use crate::{
    Actor, Error,
    policy::{Act, person},
};

/// As many as are shown at once; the next come up as these are closed.
const SHOWN: u32 = 100;

/// An enquiry whose sender was told nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Untold {
    /// Its reference.
    pub reference: Reference,
    /// When it came.
    pub received_at: Timestamp,
    /// Why they were told nothing.
    pub why: AcknowledgementState,
}

impl Desk<'_> {
    /// The enquiries that are not closed and whose sender was told nothing, the earliest first, at most 100.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see them.
    pub async fn not_acknowledged(&self, actor: &Actor) -> Result<Vec<Untold>, Error> {
        person(actor, Act::ReadNotAcknowledged)?;
        let mut tx = self.0.database().read().await?;
        let untold = tx.enquiries().not_acknowledged(None, SHOWN).await?;
        Ok(untold
            .into_iter()
            .map(|one| Untold {
                reference: one.reference,
                received_at: one.received_at,
                why: one.why,
            })
            .collect())
    }
}
