//! Signed-in browsers.

use domain::ids::AccountId;
use jiff::Timestamp;
use sqlx::FromRow;

use crate::accounts::AccountRow;
use crate::columns::instant;
use crate::dialect::{execute, fetch_optional};
use crate::{Account, StoreError, TokenHash, Tx};

/// One signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub account: AccountId,
    /// When they signed in.
    pub created_at: Timestamp,
    /// When they last asked for anything.
    pub last_seen_at: Timestamp,
    /// When it ends in any case.
    pub expires_at: Timestamp,
}

#[derive(FromRow)]
struct SessionRow {
    session_created_at: i64,
    last_seen_at: i64,
    expires_at: i64,
    #[sqlx(flatten)]
    account: AccountRow,
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
    pub async fn insert(
        &mut self,
        token: &TokenHash,
        account: AccountId,
        created_at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO sessions (token_hash, account, created_at, last_seen_at, expires_at) \
                           VALUES ($1, $2, $3, $3, $4)";
        execute!(
            self.tx,
            SQL,
            token.column(),
            account.as_uuid(),
            created_at.as_millisecond(),
            expires_at.as_millisecond(),
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
    ) -> Result<Option<(Session, Account)>, StoreError> {
        const SQL: &str = "SELECT s.created_at AS session_created_at, s.last_seen_at, s.expires_at, \
                           a.id, a.email, a.name, a.password_hash, a.role, a.team, a.created_at, a.disabled_at \
                           FROM sessions s JOIN accounts a ON a.id = s.account \
                           WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.disabled_at IS NULL";
        let row = fetch_optional!(
            self.tx,
            SessionRow,
            SQL,
            token.column(),
            now.as_millisecond()
        )?;
        let Some(row) = row else { return Ok(None) };
        let account = Account::try_from(row.account)?;
        let session = Session {
            account: account.id,
            created_at: instant("sessions.created_at", row.session_created_at)?,
            last_seen_at: instant("sessions.last_seen_at", row.last_seen_at)?,
            expires_at: instant("sessions.expires_at", row.expires_at)?,
        };
        Ok(Some((session, account)))
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

    /// Removes those that have ended; says how many.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_expired(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM sessions WHERE expires_at <= $1";
        execute!(self.tx, SQL, now.as_millisecond())
    }
}
