//! A link for somebody who has an account and forgot their password. It is an invitation: sent, used once and
//! taken back as any other.

use domain::ids::AccountId;

use super::{
    Accounts,
    invite::{begun, note, send},
    people::Place,
};
use crate::{
    Actor, Error,
    policy::{Act, may},
};

impl Accounts<'_> {
    /// Sends somebody who forgot their password a link by which they set another. Their second step stays.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not, or when there is no such account that can sign in.
    pub async fn send_password_link(&self, actor: &Actor, id: AccountId) -> Result<(), Error> {
        may(actor, Act::ManageAccounts)?;
        let hub = self.0;
        let now = hub.now();
        let mut tx = hub.database().begin().await?;
        let account = tx.accounts().by_id(id).await?;
        let account = account
            .filter(|account| account.disabled_at.is_none())
            .ok_or(Error::NotFound)?;
        let open = tx.invitations().open().await?;
        let earlier = open
            .iter()
            .find(|invitation| invitation.email == account.email);
        if let Some(earlier) = earlier {
            // Whoever has the earlier link has it for nothing from now on.
            tx.invitations().revoke(earlier.id, now).await?;
        }
        let place = Place {
            name: account.name,
            role: account.role,
            team: account.team,
        };
        let invitation = begun(hub, account.email, place);
        tx.invitations().insert(&invitation).await?;
        let detail = Some(id.to_string());
        note(
            hub,
            &mut tx,
            actor,
            "password-link-made",
            invitation.id,
            detail,
        )
        .await?;
        send(hub, &mut tx, invitation.id).await?;
        tx.commit().await?;
        hub.jobs_waiting().ring();
        Ok(())
    }
}
