//! A reply that is not finished is kept: the officer goes on later, or on another computer.

use domain::{form::Fields, reference::Reference, text::clean_prose};
use jiff::ToSpan;
use store::ReplyDraft;

use super::{Desk, reply::REPLY};
use crate::{
    Actor, Error,
    policy::{Act, permit},
    typed,
};

/// How long it is kept after it was last saved: longer than most leave.
const KEPT_HOURS: i64 = 14 * 24;

impl Desk<'_> {
    /// Keeps a reply (field `reply`) for the officer who writes it; nothing is sent, and nobody else sees it. Without
    /// words, what was kept before is forgotten.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `reply`; [`Error::NotFound`].
    pub async fn save_reply(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::Reply)?;
        let typed = fields.one("reply");
        let body =
            if typed.trim().is_empty() {
                None
            } else {
                let clean = clean_prose(typed, REPLY);
                Some(clean.map_err(|fault| {
                    Error::refused("reply", typed::words(&fault, "", "The reply"))
                })?)
            };
        let saved_at = self.0.now();
        let mut tx = self.0.database().begin().await?;
        let enquiry = self.find(&mut tx, &permit, reference).await?.id;
        let officer = permit.officer.id;
        match body {
            Some(body) => {
                let draft = ReplyDraft { body, saved_at };
                let expires_at = saved_at + KEPT_HOURS.hours();
                tx.reply_drafts()
                    .save(enquiry, officer, &draft, expires_at)
                    .await?;
            }
            None => tx.reply_drafts().delete(enquiry, officer).await?,
        }
        tx.commit().await?;
        Ok(())
    }
}
