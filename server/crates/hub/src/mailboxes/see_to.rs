//! What a person does about a message that is in the mailbox and cannot be stored.

use domain::codes::MailboxMessageState;
use store::{MailboxMessage, Tx};

use super::Mailboxes;
use crate::{
    Actor, Error,
    accounts::Deed,
    policy::{Act, person},
};

impl Mailboxes<'_> {
    /// Says that somebody has read it in the mailbox and seen to it: it is not missed any more. Of a message that
    /// is stored meanwhile this changes nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not.
    pub async fn see_to(&self, actor: &Actor, place: &MailboxMessage) -> Result<(), Error> {
        person(actor, Act::SeeToMail)?;
        let now = self.0.now();
        let mut tx = self.0.database().begin().await?;
        if tx.mailboxes().not_stored_at(place).await?.is_none() {
            return Ok(());
        }
        let state = MailboxMessageState::SeenTo;
        tx.mailboxes().note(place, state, None, now).await?;
        // It counts as stored from the next look on.
        tx.mailboxes().compare_soon(&place.mailbox).await?;
        self.note(&mut tx, actor, "mail-seen-to", place).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Has it tried again at the next look into the mailbox.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not.
    pub async fn take_again(&self, actor: &Actor, place: &MailboxMessage) -> Result<(), Error> {
        person(actor, Act::SeeToMail)?;
        let now = self.0.now();
        let mut tx = self.0.database().begin().await?;
        if !tx.mailboxes().try_at_once(place, now).await? {
            return Ok(());
        }
        self.note(&mut tx, actor, "mail-taken-again", place).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn note(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        action: &str,
        place: &MailboxMessage,
    ) -> Result<(), Error> {
        let deed = Deed {
            hub: self.0,
            actor: actor.for_audit(),
        };
        let detail = format!("{} {}-{}", place.mailbox, place.uid_validity, place.uid);
        deed.note(tx, action, None, Some(detail)).await?;
        Ok(())
    }
}
