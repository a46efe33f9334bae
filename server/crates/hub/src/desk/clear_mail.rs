//! A person says that nobody waits any more for a mail that reached nobody.

use domain::{codes::ClearReason, form::Fields, ids::MailId};

use super::Desk;
use crate::{
    Actor, Error, jobs,
    policy::{Act, permit},
};

impl Desk<'_> {
    /// Takes a mail off the list of the undelivered, with the reason (field `reason`). One that stands there no more
    /// stays as it is: pressed twice, it is once. Whether they were told is for the enquiry's file to say, and to
    /// keep its promise.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `reason`; [`Error::NotFound`] for those who may not, or when there is no such
    /// mail.
    pub async fn clear_mail(
        &self,
        actor: &Actor,
        id: MailId,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::ClearMail)?;
        let act = self.act(actor);
        let mut tx = self.0.database().begin().await?;
        let mail = tx.outbox().get(id).await?.ok_or(Error::NotFound)?.mail;
        let enquiry = tx.enquiries().get(mail.enquiry).await?;
        permit.within(&enquiry.ok_or(Error::NotFound)?.team)?;
        let reason = reason(fields)?;
        let officer = permit.officer.id;
        if !tx.outbox().clear(id, officer, reason, act.at).await? {
            return Ok(());
        }
        // What was given up was dealt with: nothing counts it as a fault any more.
        let kind = jobs::Kind::SendMail.as_str();
        tx.jobs().replace_dead(kind, id.as_uuid(), act.at).await?;
        let detail = Some(reason.as_str().to_owned());
        let subject = Some(id.as_uuid());
        act.note(&mut tx, "mail-cleared", mail.enquiry, subject, detail)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The reasons that a person can give; that it went to another address follows from sending it there.
fn reason(fields: &Fields) -> Result<ClearReason, Error> {
    let given = fields.one("reason").parse().ok();
    given
        .filter(|reason| *reason != ClearReason::OtherAddress)
        .ok_or_else(|| Error::refused("reason", "Choose why it can leave the list"))
}
