//! Adding, listing and disabling officers.

use domain::{codes::Role, email::EmailAddress, ids::AccountId, keys::TeamKey, text::clean_line};
use secrecy::{ExposeSecret, SecretString};
use store::NewAccount;

use super::{Accounts, password};
use crate::{
    Actor, Error,
    policy::{Act, may},
};

/// NIST SP 800-63B asks for 15 where a password stands alone.
const SHORTEST_PASSWORD: usize = 15;

/// Somebody who is to get an account.
#[derive(Debug)]
pub struct NewOfficer {
    /// What they sign in with.
    pub email: EmailAddress,
    /// Their name as families see it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whose queue they see first.
    pub team: Option<TeamKey>,
    /// Their password: 15 characters or more.
    pub password: SecretString,
}

/// An account as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSummary {
    /// What they sign in with.
    pub email: EmailAddress,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whose queue they see first.
    pub team: Option<TeamKey>,
    /// Whether they can sign in no more.
    pub disabled: bool,
}

impl Accounts<'_> {
    /// Adds an officer.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field that is wrong; [`Error::Stale`] when the address has an
    /// account already.
    pub async fn add(&self, actor: &Actor, new: NewOfficer) -> Result<AccountId, Error> {
        may(actor, Act::ManageAccounts)?;
        let hub = self.0;
        let name = clean_line(&new.name, 100)
            .map_err(|fault| Error::refused("name", fault.to_string()))?;
        if let Some(team) = &new.team
            && hub.council().team(team).is_none()
        {
            return Err(Error::refused("team", format!("There is no team “{team}”")));
        }
        if new.password.expose_secret().chars().count() < SHORTEST_PASSWORD {
            return Err(Error::refused(
                "password",
                format!("Use {SHORTEST_PASSWORD} characters or more"),
            ));
        }
        let now = hub.now();
        let hash = password::hash(new.password, |salt| {
            hub.random(|random| password::fill(random, salt));
        })
        .await?;
        let id = hub.random(|random| AccountId::generate(now, random));
        let mut tx = hub.database().begin().await?;
        tx.accounts()
            .insert(&NewAccount {
                id,
                email: new.email,
                name,
                password_hash: hash,
                role: new.role,
                team: new.team,
                created_at: now,
            })
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Everybody with an account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not know.
    pub async fn list(&self, actor: &Actor) -> Result<Vec<AccountSummary>, Error> {
        may(actor, Act::ManageAccounts)?;
        let mut tx = self.0.database().read().await?;
        let accounts = tx.accounts().list().await?;
        Ok(accounts
            .into_iter()
            .map(|account| AccountSummary {
                email: account.email,
                name: account.name,
                role: account.role,
                team: account.team,
                disabled: account.disabled_at.is_some(),
            })
            .collect())
    }

    /// Lets an officer sign in no more; sessions end at once.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address.
    pub async fn disable(&self, actor: &Actor, email: &EmailAddress) -> Result<(), Error> {
        may(actor, Act::ManageAccounts)?;
        let mut tx = self.0.database().begin().await?;
        let account = tx.accounts().by_email(&email.normalised()).await?;
        let account = account.ok_or(Error::NotFound)?;
        tx.accounts().set_disabled(account.id, self.0.now()).await?;
        tx.commit().await?;
        Ok(())
    }
}
