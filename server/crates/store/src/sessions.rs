//! Signed-in browsers.

use domain::ids::{AccountId, SessionId};
use jiff::Timestamp;
use sqlx::FromRow;

use crate::accounts::{AccountRow, account_columns};
use crate::columns::instant;
use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::token::hash_from_column;
use crate::{Account, StoreError, TokenHash, Tx};

/// One signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What names it in a list.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// What browser it is, coarsely; not known of the oldest.
    pub device: Option<String>,
    /// When they signed in.
    pub created_at: Timestamp,
    /// When they last asked for anything.
    pub last_seen_at: Timestamp,
    /// When it ends in any case.
    pub expires_at: Timestamp,
}

/// A browser that is to be signed in.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The hash of its cookie.
    pub token: TokenHash,
    /// Whose it is.
    pub account: AccountId,
    /// What browser it is, coarsely.
    pub device: String,
    /// Now.
    pub created_at: Timestamp,
    /// When it ends in any case.
    pub expires_at: Timestamp,
}

/// A session with whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundSession {
    /// The session.
    pub session: Session,
    /// Whose it is.
    pub account: Account,
    /// Whether they have a second step.
    pub second_step: bool,
}

#[derive(FromRow)]
struct SessionRow {
    token_hash: Vec<u8>,
    session_created_at: i64,
    session_last_seen_at: i64,
    expires_at: i64,
    device: Option<String>,
}

#[derive(FromRow)]
struct FoundRow {
    #[sqlx(flatten)]
    session: SessionRow,
    #[sqlx(flatten)]
    account: AccountRow,
    second_step: bool,
}

impl SessionRow {
    fn read(self, account: AccountId) -> Result<Session, StoreError> {
        Ok(Session {
            id: hash_from_column("sessions.token_hash", &self.token_hash)?.session_id(),
            account,
            device: self.device,
            created_at: instant("sessions.created_at", self.session_created_at)?,
            last_seen_at: instant("sessions.last_seen_at", self.session_last_seen_at)?,
            expires_at: instant("sessions.expires_at", self.expires_at)?,
        })
    }
}

/// Signed-in browsers, found by the hash of their cookie.
#[derive(Debug)]
pub struct Sessions<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Sessions<'_> {
    /// Adds one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn insert(&mut self, new: &NewSession) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO sessions (token_hash, account, device, created_at, last_seen_at, expires_at) \
                           VALUES ($1, $2, $3, $4, $4, $5)";
        execute!(
            self.tx,
            SQL,
            new.token.column(),
            new.account.as_uuid(),
            new.device.as_str(),
            new.created_at.as_millisecond(),
            new.expires_at.as_millisecond(),
        )?;
        Ok(())
    }

    /// The session and its account, if it has not ended and the account is not shut.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find(
        &mut self,
        token: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<FoundSession>, StoreError> {
        const SQL: &str = account_columns!(
            "SELECT s.token_hash, s.created_at AS session_created_at, s.last_seen_at AS session_last_seen_at, \
             s.expires_at, s.device, EXISTS (SELECT 1 FROM second_steps t WHERE t.account = a.id) AS second_step, ",
            " FROM sessions s JOIN accounts a ON a.id = s.account \
             WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.disabled_at IS NULL"
        );
        let row = fetch_optional!(self.tx, FoundRow, SQL, token.column(), now.as_millisecond())?;
        let Some(row) = row else { return Ok(None) };
        let account = Account::try_from(row.account)?;
        Ok(Some(FoundSession {
            session: row.session.read(account.id)?,
            account,
            second_step: row.second_step,
        }))
    }

    /// A person's sessions that have not ended, the one used last first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of_account(
        &mut self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<Session>, StoreError> {
        const SQL: &str = "SELECT token_hash, created_at AS session_created_at, \
                           last_seen_at AS session_last_seen_at, expires_at, device FROM sessions \
                           WHERE account = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, token_hash";
        fetch_all!(
            self.tx,
            SessionRow,
            SQL,
            account.as_uuid(),
            now.as_millisecond()
        )?
        .into_iter()
        .map(|row| row.read(account))
        .collect()
    }

    /// Notes that it was used.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn touch(&mut self, token: &TokenHash, at: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE sessions SET last_seen_at = $2 WHERE token_hash = $1";
        execute!(self.tx, SQL, token.column(), at.as_millisecond())?;
        Ok(())
    }

    /// Signs it out.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete(&mut self, token: &TokenHash) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM sessions WHERE token_hash = $1";
        execute!(self.tx, SQL, token.column())?;
        Ok(())
    }

    /// Signs out one of a person's browsers; `false` when they have none of this name.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_one(
        &mut self,
        account: AccountId,
        id: SessionId,
    ) -> Result<bool, StoreError> {
        const SQL: &str =
            "DELETE FROM sessions WHERE account = $1 AND substr(token_hash, 1, 16) = $2";
        let name = id.as_uuid().into_bytes();
        Ok(execute!(self.tx, SQL, account.as_uuid(), name.as_slice())? > 0)
    }

    /// Signs out every browser of a person but this one; says how many.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_others(
        &mut self,
        account: AccountId,
        kept: SessionId,
    ) -> Result<u64, StoreError> {
        const SQL: &str =
            "DELETE FROM sessions WHERE account = $1 AND substr(token_hash, 1, 16) <> $2";
        let name = kept.as_uuid().into_bytes();
        execute!(self.tx, SQL, account.as_uuid(), name.as_slice())
    }

    /// Signs out every browser of a person; says how many.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_all(&mut self, account: AccountId) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM sessions WHERE account = $1";
        execute!(self.tx, SQL, account.as_uuid())
    }

    /// Removes those that have ended; says how many.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_expired(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM sessions WHERE expires_at <= $1";
        execute!(self.tx, SQL, now.as_millisecond())
    }
}
