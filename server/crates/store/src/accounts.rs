//! The accounts of staff.

use std::fmt;

use domain::codes::Role;
use domain::email::EmailAddress;
use domain::ids::AccountId;
use domain::keys::TeamKey;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{
    day_text, instant, instant_if_any, limit as limit_column, parsed, parsed_if_any,
};
use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::{StoreError, Tx};

/// A password's hash with its salt and settings, as Argon2 writes it. Never shown in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// The hash as computed.
    #[must_use]
    pub fn new(hash: String) -> Self {
        Self(hash)
    }

    /// The hash, to check a password against.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// A member of staff's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What they sign in with, in lower case.
    pub email: EmailAddress,
    /// Their name, as correspondents read it.
    pub name: String,
    /// To check their password against.
    pub password_hash: PasswordHash,
    /// What they may do.
    pub role: Role,
    /// The team they work in.
    pub team: Option<TeamKey>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was shut; they cannot sign in since.
    pub disabled_at: Option<Timestamp>,
    /// When they were last here.
    pub last_seen_at: Option<Timestamp>,
    /// The day on which they are back, if they went away.
    pub away_until: Option<Date>,
    /// When they will be away, if they said so beforehand.
    pub next_away: Option<Absence>,
}

/// An absence that begins on a later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The first day.
    pub from: Date,
    /// The day on which they are back.
    pub until: Date,
}

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its id.
    pub id: AccountId,
    /// What they will sign in with; kept in lower case.
    pub email: EmailAddress,
    /// Their name.
    pub name: String,
    /// Their password's hash.
    pub password_hash: PasswordHash,
    /// What they may do.
    pub role: Role,
    /// The team they work in.
    pub team: Option<TeamKey>,
    /// Now.
    pub created_at: Timestamp,
}

#[derive(FromRow)]
pub(crate) struct AccountRow {
    id: Uuid,
    email: String,
    name: String,
    password_hash: String,
    role: String,
    team: Option<String>,
    created_at: i64,
    disabled_at: Option<i64>,
    last_seen_at: Option<i64>,
    away_until_on: Option<String>,
    next_away_from_on: Option<String>,
    next_away_until_on: Option<String>,
}

/// The columns of [`AccountRow`] of the table `a`, between what stands before and after them.
macro_rules! account_columns {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            "a.id, a.email, a.name, a.password_hash, a.role, a.team, a.created_at, a.disabled_at, \
             a.last_seen_at, a.away_until_on, a.next_away_from_on, a.next_away_until_on",
            $after
        )
    };
}

pub(crate) use account_columns;

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        let next_from: Option<Date> = parsed_if_any(
            "accounts.next_away_from_on",
            row.next_away_from_on.as_deref(),
        )?;
        let next_until = parsed_if_any(
            "accounts.next_away_until_on",
            row.next_away_until_on.as_deref(),
        )?;
        let next_away = next_from.zip(next_until);
        Ok(Self {
            id: AccountId::from_uuid(row.id),
            email: parsed("accounts.email", &row.email)?,
            name: row.name,
            password_hash: PasswordHash(row.password_hash),
            role: parsed("accounts.role", &row.role)?,
            team: parsed_if_any("accounts.team", row.team.as_deref())?,
            created_at: instant("accounts.created_at", row.created_at)?,
            disabled_at: instant_if_any("accounts.disabled_at", row.disabled_at)?,
            last_seen_at: instant_if_any("accounts.last_seen_at", row.last_seen_at)?,
            next_away: next_away.map(|(from, until)| Absence { from, until }),
            away_until: parsed_if_any("accounts.away_until_on", row.away_until_on.as_deref())?,
        })
    }
}

pub(crate) const TO_GO_AWAY: &str = "SELECT id FROM accounts WHERE next_away_from_on IS NOT NULL \
                                     AND next_away_from_on <= $1 ORDER BY next_away_from_on, id LIMIT $2";

/// The accounts of staff.
#[derive(Debug)]
pub struct Accounts<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Accounts<'_> {
    /// Adds one.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the address has an account, in whatever letter case.
    pub async fn insert(&mut self, account: &NewAccount) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO accounts (id, email, name, password_hash, role, team, created_at) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7)";
        execute!(
            self.tx,
            SQL,
            account.id.as_uuid(),
            account.email.normalised(),
            account.name.as_str(),
            account.password_hash.as_str(),
            account.role.as_str(),
            account.team.as_ref().map(TeamKey::as_str),
            account.created_at.as_millisecond(),
        )?;
        Ok(())
    }

    /// The account with this address, in whatever letter case; shut ones too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn by_email(&mut self, email: &str) -> Result<Option<Account>, StoreError> {
        const SQL: &str = account_columns!("SELECT ", " FROM accounts a WHERE a.email = $1");
        let row = fetch_optional!(self.tx, AccountRow, SQL, email.trim().to_lowercase())?;
        row.map(Account::try_from).transpose()
    }

    /// The account with this id; shut ones too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn by_id(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        const SQL: &str = account_columns!("SELECT ", " FROM accounts a WHERE a.id = $1");
        let row = fetch_optional!(self.tx, AccountRow, SQL, id.as_uuid())?;
        row.map(Account::try_from).transpose()
    }

    /// The same; and until the transaction ends nobody shuts it, sends it away or gives it another role. On SQLite the
    /// transaction holds every row already.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn held(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        const SQL: &str = "UPDATE accounts SET role = role WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid())?;
        self.by_id(id).await
    }

    /// All accounts by name; shut ones too. There are as many as the council has staff.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(&mut self) -> Result<Vec<Account>, StoreError> {
        const SQL: &str = account_columns!("SELECT ", " FROM accounts a ORDER BY a.name, a.id");
        fetch_all!(self.tx, AccountRow, SQL)?
            .into_iter()
            .map(Account::try_from)
            .collect()
    }

    /// Shuts an account: nobody is signed in with it from now on. `false` when there is none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_disabled(&mut self, id: AccountId, at: Timestamp) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE accounts SET disabled_at = $2 WHERE id = $1";
        Ok(execute!(self.tx, SQL, id.as_uuid(), at.as_millisecond())? > 0)
    }

    /// Opens a shut account again. `false` when there is none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_enabled(&mut self, id: AccountId) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE accounts SET disabled_at = NULL WHERE id = $1";
        Ok(execute!(self.tx, SQL, id.as_uuid())? > 0)
    }

    /// Gives it another password.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_password(
        &mut self,
        id: AccountId,
        hash: &PasswordHash,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE accounts SET password_hash = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), hash.as_str())?;
        Ok(())
    }

    /// Gives it another name, role and team.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn change(
        &mut self,
        id: AccountId,
        name: &str,
        role: Role,
        team: Option<&TeamKey>,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE accounts SET name = $2, role = $3, team = $4 WHERE id = $1";
        execute!(
            self.tx,
            SQL,
            id.as_uuid(),
            name,
            role.as_str(),
            team.map(TeamKey::as_str)
        )?;
        Ok(())
    }

    /// Notes the day on which they are back, or that they are here.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_away(&mut self, id: AccountId, until: Option<Date>) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE accounts SET away_until_on = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), day_text(until))?;
        Ok(())
    }

    /// Notes when they will be away, or that they will not.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_next_away(
        &mut self,
        id: AccountId,
        next: Option<Absence>,
    ) -> Result<(), StoreError> {
        const SQL: &str =
            "UPDATE accounts SET next_away_from_on = $2, next_away_until_on = $3 WHERE id = $1";
        execute!(
            self.tx,
            SQL,
            id.as_uuid(),
            day_text(next.map(|next| next.from)),
            day_text(next.map(|next| next.until))
        )?;
        Ok(())
    }

    /// Those whose absence begins today or has begun, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn to_go_away(
        &mut self,
        today: Date,
        limit: u32,
    ) -> Result<Vec<AccountId>, StoreError> {
        let rows = fetch_all!(
            self.tx,
            (Uuid,),
            TO_GO_AWAY,
            today.to_string(),
            limit_column(limit)
        )?;
        Ok(rows
            .into_iter()
            .map(|(id,)| AccountId::from_uuid(id))
            .collect())
    }

    /// Notes that they are here.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn seen(&mut self, id: AccountId, at: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE accounts SET last_seen_at = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), at.as_millisecond())?;
        Ok(())
    }

    /// The administrators who can sign in. Nobody else changes one of them until the transaction ends, so that
    /// two who go at once do not leave the hub without any. On SQLite the transaction holds every row already.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn hold_administrators(&mut self) -> Result<Vec<AccountId>, StoreError> {
        const SQL: &str = "UPDATE accounts SET role = role WHERE role = 'administrator' \
                           AND disabled_at IS NULL RETURNING id";
        let rows = fetch_all!(self.tx, (Uuid,), SQL)?;
        Ok(rows
            .into_iter()
            .map(|(id,)| AccountId::from_uuid(id))
            .collect())
    }
}
