//! Whom somebody who works here is to remind: a pause is near its end, and no mail of ours reminds them.

use store::ToRemind;

use super::Desk;
use crate::{
    Actor, Error,
    policy::{Act, person},
};

/// As many as are shown at once; the next come up as these are reminded.
const SHOWN: u32 = 25;

impl Desk<'_> {
    /// Whom this person is to remind, whose pause ends first, at most 25: of what they have, and of what nobody in their
    /// team has.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see it.
    pub async fn to_remind(&self, actor: &Actor) -> Result<Vec<ToRemind>, Error> {
        let officer = person(actor, Act::ReadQueue)?;
        let mut tx = self.0.database().read().await?;
        let team = officer.team.as_ref();
        Ok(tx.enquiries().to_remind(officer.id, team, SHOWN).await?)
    }
}
