//! People whose password was right and whose second step is still to come.

use domain::ids::AccountId;
use jiff::Timestamp;
use sqlx::FromRow;

use crate::accounts::{AccountRow, account_columns};
use crate::dialect::{execute, fetch_optional};
use crate::{Account, StoreError, TokenHash, Tx};

/// Half of a sign-in. It is no session.
#[derive(Debug)]
pub struct HalfSignIns<'t> {
    pub(crate) tx: &'t mut Tx,
}

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    account: AccountRow,
}

impl HalfSignIns<'_> {
    /// Adds one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn insert(
        &mut self,
        token: &TokenHash,
        account: AccountId,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO half_sign_ins (token_hash, account, tries, expires_at) \
                           VALUES ($1, $2, 0, $3)";
        execute!(
            self.tx,
            SQL,
            token.column(),
            account.as_uuid(),
            expires_at.as_millisecond(),
        )?;
        Ok(())
    }

    /// Whose it is, if it has not ended, was not tried too often, and the account is not shut.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find(
        &mut self,
        token: &TokenHash,
        now: Timestamp,
        most_tries: u32,
    ) -> Result<Option<Account>, StoreError> {
        const SQL: &str = account_columns!(
            "SELECT ",
            " FROM half_sign_ins h JOIN accounts a ON a.id = h.account \
             WHERE h.token_hash = $1 AND h.expires_at > $2 AND h.tries < $3 AND a.disabled_at IS NULL"
        );
        fetch_optional!(
            self.tx,
            Row,
            SQL,
            token.column(),
            now.as_millisecond(),
            i64::from(most_tries)
        )?
        .map(|row| Account::try_from(row.account))
        .transpose()
    }

    /// Counts a code that was wrong.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn count_try(&mut self, token: &TokenHash) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE half_sign_ins SET tries = tries + 1 WHERE token_hash = $1";
        execute!(self.tx, SQL, token.column())?;
        Ok(())
    }

    /// Ends it; `false` when it had ended before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete(&mut self, token: &TokenHash) -> Result<bool, StoreError> {
        const SQL: &str = "DELETE FROM half_sign_ins WHERE token_hash = $1";
        Ok(execute!(self.tx, SQL, token.column())? > 0)
    }

    /// Ends all of a person.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_all(&mut self, account: AccountId) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM half_sign_ins WHERE account = $1";
        execute!(self.tx, SQL, account.as_uuid())?;
        Ok(())
    }

    /// Removes those that have ended; says how many.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_expired(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM half_sign_ins WHERE expires_at <= $1";
        execute!(self.tx, SQL, now.as_millisecond())
    }
}
