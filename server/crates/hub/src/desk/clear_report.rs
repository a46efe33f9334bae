//! A person looked at a delivery report that fits nothing that we sent.

use domain::ids::{AuditId, ReportId};
use store::AuditEntry;

use super::Desk;
use crate::{
    Actor, Error,
    policy::{Act, person},
};

impl Desk<'_> {
    /// Takes a report off the list. One that stands there no more stays as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not.
    pub async fn clear_report(&self, actor: &Actor, id: ReportId) -> Result<(), Error> {
        let officer = person(actor, Act::ClearReport)?;
        let hub = self.0;
        let at = hub.now();
        let mut tx = hub.database().begin().await?;
        if !tx.deliveries().clear_report(id, officer.id, at).await? {
            return Ok(());
        }
        let deed = AuditEntry {
            id: hub.random(|random| AuditId::generate(at, random)),
            at,
            actor: actor.for_audit(),
            action: "report-cleared".to_owned(),
            enquiry: None,
            subject: Some(id.as_uuid()),
            detail: None,
        };
        tx.audit().append(&deed).await?;
        tx.commit().await?;
        Ok(())
    }
}
