//! Adding officers, listing everybody, and letting somebody sign in no more.

use domain::{
    codes::Role, council::Council, email::EmailAddress, form::Faults, ids::AccountId,
    keys::TeamKey, text::clean_line,
};
use jiff::{Timestamp, civil::Date};
use secrecy::SecretString;
use store::{Absence, Account, AuditActor, NewAccount, Tx};

use super::{Accounts, deed::Deed, password, password_rules::KnownWords};
use crate::{
    Actor, Error,
    policy::{Act, may},
};

/// Longer than any name that fits a line of a table.
const LONGEST_NAME: usize = 100;

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
    /// Their password.
    pub password: SecretString,
}

/// An account as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSummary {
    /// Its id.
    pub id: AccountId,
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
    /// Whether they have a second step.
    pub second_step: bool,
    /// The day on which they are back, if they are away.
    pub away_until: Option<Date>,
    /// When they will be away, if they said so.
    pub next_away: Option<Absence>,
    /// When they were last here.
    pub last_seen_at: Option<Timestamp>,
}

impl AccountSummary {
    pub(super) fn of(account: Account, with_second_step: &[AccountId], today: Date) -> Self {
        Self {
            second_step: with_second_step.contains(&account.id),
            id: account.id,
            email: account.email,
            name: account.name,
            role: account.role,
            team: account.team,
            disabled: account.disabled_at.is_some(),
            away_until: account.away_until.filter(|until| *until > today),
            next_away: account.next_away,
            last_seen_at: account.last_seen_at,
        }
    }
}

impl Accounts<'_> {
    /// Adds an officer with a password, from the server's own terminal.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field that is wrong; [`Error::Stale`] when the address has an
    /// account already.
    pub async fn add(&self, actor: &Actor, new: NewOfficer) -> Result<AccountId, Error> {
        may(actor, Act::ManageAccounts)?;
        let hub = self.0;
        let council = hub.council();
        let name = read_name(&new.name)?;
        read_team(new.team.as_ref(), &council)?;
        if new.role == Role::TeamLead && new.team.is_none() {
            return Err(Error::refused("team", "A team lead needs a team"));
        }
        let known = KnownWords::about(&name, &new.email, &council);
        let hash = password::hash_new(hub, "password", new.password, known).await?;
        let now = hub.now();
        let id = hub.random(|random| AccountId::generate(now, random));
        let mut tx = hub.database().begin().await?;
        let account = NewAccount {
            id,
            email: new.email,
            name,
            password_hash: hash,
            role: new.role,
            team: new.team,
            created_at: now,
        };
        self.insert(&mut tx, actor.for_audit(), &account).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Everybody with an account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not know.
    pub async fn list(&self, actor: &Actor) -> Result<Vec<AccountSummary>, Error> {
        may(actor, Act::ManageAccounts)?;
        let today = self.0.today();
        let mut tx = self.0.database().read().await?;
        let accounts = tx.accounts().list().await?;
        let with_second_step = tx.second_steps().accounts().await?;
        Ok(accounts
            .into_iter()
            .map(|account| AccountSummary::of(account, &with_second_step, today))
            .collect())
    }

    /// Lets an officer sign in no more; sessions end at once, and their enquiries go back to the team.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address.
    pub async fn disable(&self, actor: &Actor, email: &EmailAddress) -> Result<(), Error> {
        may(actor, Act::ManageAccounts)?;
        let id = {
            let mut tx = self.0.database().read().await?;
            let account = tx.accounts().by_email(&email.normalised()).await?;
            account.ok_or(Error::NotFound)?.id
        };
        self.disable_account(actor, id).await
    }

    /// The same, by the account's id.
    ///
    /// # Errors
    /// [`Error::Refused`] for the only administrator; [`Error::NotFound`] for those who may not, or when there
    /// is no such account.
    pub async fn disable_account(&self, actor: &Actor, id: AccountId) -> Result<(), Error> {
        may(actor, Act::ManageAccounts)?;
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        keeps_an_administrator(&mut tx, actor, id, "disable").await?;
        if !tx.accounts().set_disabled(id, hub.now()).await? {
            return Err(Error::NotFound);
        }
        tx.sessions().delete_all(id).await?;
        tx.half_sign_ins().delete_all(id).await?;
        self.deed(&mut tx, actor, "account-disabled", id, None)
            .await?;
        self.commit_giving_back(tx, id).await
    }

    /// Lets somebody sign in again.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not, or when there is no such account.
    pub async fn enable_account(&self, actor: &Actor, id: AccountId) -> Result<(), Error> {
        may(actor, Act::ManageAccounts)?;
        let mut tx = self.0.database().begin().await?;
        if !tx.accounts().set_enabled(id).await? {
            return Err(Error::NotFound);
        }
        self.deed(&mut tx, actor, "account-enabled", id, None)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn insert(
        &self,
        tx: &mut Tx,
        actor: AuditActor,
        account: &NewAccount,
    ) -> Result<(), Error> {
        tx.accounts().insert(account).await?;
        let deed = Deed { hub: self.0, actor };
        let subject = Some(account.id.as_uuid());
        let detail = Some(place(account.role, account.team.as_ref()));
        Ok(deed.note(tx, "account-added", subject, detail).await?)
    }

    pub(super) async fn deed(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        action: &str,
        account: AccountId,
        detail: Option<String>,
    ) -> Result<(), Error> {
        let deed = Deed {
            hub: self.0,
            actor: actor.for_audit(),
        };
        let subject = Some(account.as_uuid());
        Ok(deed.note(tx, action, subject, detail).await?)
    }
}

/// Role and team as the audit writes them.
pub(super) fn place(role: Role, team: Option<&TeamKey>) -> String {
    format!("{role} {}", team.map_or("-", TeamKey::as_str))
}

pub(super) fn read_name(typed: &str) -> Result<String, Faults> {
    clean_line(typed, LONGEST_NAME).map_err(|fault| match fault {
        domain::text::TextFault::Empty => Faults::one("name", "Enter their name"),
        other => Faults::one("name", other.to_string()),
    })
}

pub(super) fn read_team(team: Option<&TeamKey>, council: &Council) -> Result<(), Faults> {
    match team {
        Some(team) if council.team(team).is_none() => {
            Err(Faults::one("team", format!("There is no team “{team}”")))
        }
        _ => Ok(()),
    }
}

/// Refuses an administrator who would leave the hub without any. The terminal can always add another.
pub(super) async fn keeps_an_administrator(
    tx: &mut Tx,
    actor: &Actor,
    going: AccountId,
    field: &str,
) -> Result<(), Error> {
    let administrators = tx.accounts().hold_administrators().await?;
    if *actor != Actor::System && administrators == [going] {
        return Err(Error::refused(
            field,
            "They are the only administrator. Make somebody else one first",
        ));
    }
    Ok(())
}
