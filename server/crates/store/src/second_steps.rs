//! Second steps: the sealed key of a person's codes, and their recovery codes.

use std::fmt;

use domain::ids::AccountId;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, number};
use crate::dialect::{execute, fetch_all, fetch_one, fetch_optional};
use crate::{StoreError, TokenHash, Tx};

/// A person's second step. The key is sealed: the store cannot read it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondStep {
    /// The key of their codes, sealed.
    pub sealed_key: Vec<u8>,
    /// When they set it up.
    pub set_at: Timestamp,
}

impl fmt::Debug for SecondStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecondStep")
            .field("set_at", &self.set_at)
            .finish_non_exhaustive()
    }
}

#[derive(FromRow)]
struct Row {
    sealed_key: Vec<u8>,
    set_at: i64,
}

/// Second steps and recovery codes.
#[derive(Debug)]
pub struct SecondSteps<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl SecondSteps<'_> {
    /// A person's second step, if they have one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(&mut self, account: AccountId) -> Result<Option<SecondStep>, StoreError> {
        const SQL: &str = "SELECT sealed_key, set_at FROM second_steps WHERE account = $1";
        let Some(row) = fetch_optional!(self.tx, Row, SQL, account.as_uuid())? else {
            return Ok(None);
        };
        Ok(Some(SecondStep {
            sealed_key: row.sealed_key,
            set_at: instant("second_steps.set_at", row.set_at)?,
        }))
    }

    /// Everybody who has one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn accounts(&mut self) -> Result<Vec<AccountId>, StoreError> {
        let rows = fetch_all!(self.tx, (Uuid,), "SELECT account FROM second_steps")?;
        Ok(rows
            .into_iter()
            .map(|(id,)| AccountId::from_uuid(id))
            .collect())
    }

    /// Sets a person's second step, in place of the one they had. The code of `step` proved it, and works no
    /// second time.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set(
        &mut self,
        account: AccountId,
        second_step: &SecondStep,
        step: u64,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO second_steps (account, sealed_key, set_at, last_step) \
                           VALUES ($1, $2, $3, $4) ON CONFLICT (account) DO UPDATE \
                           SET sealed_key = excluded.sealed_key, set_at = excluded.set_at, \
                           last_step = excluded.last_step";
        execute!(
            self.tx,
            SQL,
            account.as_uuid(),
            second_step.sealed_key.as_slice(),
            second_step.set_at.as_millisecond(),
            step_column(step)?,
        )?;
        Ok(())
    }

    /// Uses the code of a time step; `false` when it, or a newer one, was used before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn use_step(&mut self, account: AccountId, step: u64) -> Result<bool, StoreError> {
        const SQL: &str =
            "UPDATE second_steps SET last_step = $2 WHERE account = $1 AND last_step < $2";
        Ok(execute!(self.tx, SQL, account.as_uuid(), step_column(step)?)? > 0)
    }

    /// Takes a person's second step away; `false` when they had none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete(&mut self, account: AccountId) -> Result<bool, StoreError> {
        const SQL: &str = "DELETE FROM second_steps WHERE account = $1";
        Ok(execute!(self.tx, SQL, account.as_uuid())? > 0)
    }

    /// Takes everybody's away: their keys were sealed with a key that is lost.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_every_one(&mut self) -> Result<u64, StoreError> {
        execute!(self.tx, "DELETE FROM second_steps")
    }

    /// Adds a recovery code.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_recovery_code(
        &mut self,
        account: AccountId,
        code: &TokenHash,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO recovery_codes (account, code_hash) VALUES ($1, $2)";
        execute!(self.tx, SQL, account.as_uuid(), code.column())?;
        Ok(())
    }

    /// Uses a recovery code; `false` when they have none like it, or used it before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn use_recovery_code(
        &mut self,
        account: AccountId,
        code: &TokenHash,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE recovery_codes SET used_at = $3 \
                           WHERE account = $1 AND code_hash = $2 AND used_at IS NULL";
        let used = execute!(
            self.tx,
            SQL,
            account.as_uuid(),
            code.column(),
            at.as_millisecond()
        )?;
        Ok(used > 0)
    }

    /// How many recovery codes a person has left.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn recovery_codes_left(&mut self, account: AccountId) -> Result<u32, StoreError> {
        const SQL: &str =
            "SELECT count(*) FROM recovery_codes WHERE account = $1 AND used_at IS NULL";
        let (left,) = fetch_one!(self.tx, (i64,), SQL, account.as_uuid())?;
        number("recovery_codes", left)
    }

    /// Forgets a person's recovery codes.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_recovery_codes(&mut self, account: AccountId) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM recovery_codes WHERE account = $1";
        execute!(self.tx, SQL, account.as_uuid())?;
        Ok(())
    }
}

fn step_column(step: u64) -> Result<i64, StoreError> {
    i64::try_from(step).map_err(|_| StoreError::corrupt("second_steps.last_step"))
}
