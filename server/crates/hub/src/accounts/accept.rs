//! Coming in by an invitation: its holder sets a password and has an account.

use domain::{email::EmailAddress, ids::AccountId, ids::InvitationId};
use secrecy::{ExposeSecret, SecretString};
use store::{AuditActor, Invitation, NewAccount, PasswordHash, Tx};

use super::{
    Accounts, SignIn, Visitor, deed::Deed, invite::LINK_PURPOSE, own::NEW_PASSWORD, password,
    password_rules::KnownWords,
};
use crate::Error;

/// The field of the password typed a second time: nobody sees what they type.
pub const PASSWORD_AGAIN: &str = "password_again";

/// Where the link of an invitation leads. Only its holder learns this: a link cannot be guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationLink {
    /// To the form that sets a password.
    Open(Invited),
    /// It was used.
    Used,
    /// It is too old, was taken back, or is for somebody who may sign in no more.
    Ended,
}

/// Who is invited, as the page behind the link says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Their name.
    pub name: String,
    /// What they will sign in with.
    pub email: EmailAddress,
}

impl Accounts<'_> {
    /// Where this link leads; `None` for one that is unknown or forged. Looking changes nothing, because mail
    /// scanners follow links.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn invited(&self, token: &str) -> Result<Option<InvitationLink>, Error> {
        let Some(invitation) = self.invitation_of(token).await? else {
            return Ok(None);
        };
        if invitation.accepted_at.is_some() {
            return Ok(Some(InvitationLink::Used));
        }
        let mut tx = self.0.database().read().await?;
        let email = invitation.email.normalised();
        let account = tx.accounts().by_email(&email).await?;
        let shut = account.is_some_and(|account| account.disabled_at.is_some());
        if shut || !self.is_open(&invitation) {
            return Ok(Some(InvitationLink::Ended));
        }
        Ok(Some(InvitationLink::Open(Invited {
            name: invitation.name,
            email: invitation.email,
        })))
    }

    /// Makes the account, or gives it another password, once; and signs its holder in as far as the password
    /// goes. A second step that they have still comes after it.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field [`NEW_PASSWORD`] or [`PASSWORD_AGAIN`]; [`Error::NotFound`] when
    /// the link leads nowhere.
    pub async fn accept_invitation(
        &self,
        token: &str,
        password: SecretString,
        again: &SecretString,
        visitor: &Visitor,
    ) -> Result<SignIn, Error> {
        let hub = self.0;
        let invitation = self.open_invitation(token).await?.ok_or(Error::NotFound)?;
        if password.expose_secret() != again.expose_secret() {
            return Err(Error::refused(
                PASSWORD_AGAIN,
                "The two passwords are not the same",
            ));
        }
        let known = KnownWords::about(&invitation.name, &invitation.email, &hub.council());
        let hash = password::hash_new(hub, NEW_PASSWORD, password, known).await?;
        let now = hub.now();
        let mut tx = hub.database().begin().await?;
        if !tx.invitations().accept(invitation.id, now).await? {
            return Err(Error::NotFound);
        }
        let (subject, email) = (invitation.id.as_uuid(), invitation.email.normalised());
        let id = match tx.accounts().by_email(&email).await? {
            Some(account) if account.disabled_at.is_some() => return Err(Error::NotFound),
            Some(account) => {
                self.give_password(&mut tx, account.id, &hash).await?;
                account.id
            }
            None => self.make_account(&mut tx, invitation, hash).await?,
        };
        Deed::of(hub, id)
            .note(
                &mut tx,
                "invitation-accepted",
                Some(subject),
                Some(id.to_string()),
            )
            .await?;
        let account = tx.accounts().by_id(id).await?;
        tx.commit().await?;
        self.admit(&account.ok_or(Error::NotFound)?, visitor).await
    }

    async fn make_account(
        &self,
        tx: &mut Tx,
        invitation: Invitation,
        password_hash: PasswordHash,
    ) -> Result<AccountId, Error> {
        let hub = self.0;
        let now = hub.now();
        let id = hub.random(|random| AccountId::generate(now, random));
        let account = NewAccount {
            id,
            email: invitation.email,
            name: invitation.name,
            password_hash,
            role: invitation.role,
            team: invitation.team,
            created_at: now,
        };
        self.insert(tx, AuditActor::Account(id), &account).await?;
        Ok(id)
    }

    /// Whoever knew the forgotten password, or still sits at an open browser, is out.
    async fn give_password(
        &self,
        tx: &mut Tx,
        id: AccountId,
        hash: &PasswordHash,
    ) -> Result<(), Error> {
        tx.accounts().set_password(id, hash).await?;
        tx.sessions().delete_all(id).await?;
        tx.half_sign_ins().delete_all(id).await?;
        Deed::of(self.0, id)
            .note(tx, "password-reset", Some(id.as_uuid()), None)
            .await?;
        Ok(())
    }

    async fn open_invitation(&self, token: &str) -> Result<Option<Invitation>, Error> {
        let invitation = self.invitation_of(token).await?;
        Ok(invitation.filter(|invitation| self.is_open(invitation)))
    }

    async fn invitation_of(&self, token: &str) -> Result<Option<Invitation>, Error> {
        let Some(id) = self.0.link_key().verify(LINK_PURPOSE, token) else {
            return Ok(None);
        };
        let mut tx = self.0.database().read().await?;
        Ok(tx.invitations().get(InvitationId::from_uuid(id)).await?)
    }

    fn is_open(&self, invitation: &Invitation) -> bool {
        invitation.accepted_at.is_none()
            && invitation.revoked_at.is_none()
            && self.0.now() < invitation.expires_at
    }
}
