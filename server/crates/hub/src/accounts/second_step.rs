//! The second step on the way in: a code of an app (TOTP), a recovery code, or setting the app up first.

use domain::ids::AccountId;
use store::{SecondStep, Tx};

use super::{
    Accounts, RecoveryCodes, Visitor,
    code_key::{CodeKey, OfferedTo},
    deed::Deed,
    recovery_codes,
    sign_in::Proof,
};
use crate::{Error, HalfToken, SessionToken};

/// The field of a code of the app.
pub const CODE: &str = "code";
/// The field of a recovery code.
pub const RECOVERY_CODE: &str = "recovery_code";

pub(super) const WRONG_CODE: &str = "This code is not right. A code lasts 30 seconds and works once: enter the one that your app shows now";
const WRONG_RECOVERY_CODE: &str = "This recovery code is not right. Each works once";

/// What a try came to.
#[derive(Debug, Clone, Copy)]
enum Tried {
    Right(Proof),
    Wrong(Proof),
}

/// A key to be put into an app: shown until a code proves that it is there, and never again.
pub struct SecondStepOffer {
    /// The key, as a person types it.
    pub key: String,
    /// The key and what it is for, as an app reads it from a square of dots.
    pub address: String,
}

/// Whoever reads the key has the codes: a log must not.
impl std::fmt::Debug for SecondStepOffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecondStepOffer(…)")
    }
}

impl Accounts<'_> {
    /// Takes the code of the app, after the password.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field [`CODE`]; [`Error::TooMany`]; [`Error::NotFound`] when
    /// the password must be given again.
    pub async fn take_code(
        &self,
        token: &HalfToken,
        typed: &str,
        visitor: &Visitor,
    ) -> Result<SessionToken, Error> {
        let account = self.may_try(token, visitor).await?;
        let mut tx = self.0.database().begin().await?;
        let tried = match self.use_code(&mut tx, account, typed).await? {
            true => Tried::Right(Proof::Code),
            false => Tried::Wrong(Proof::Code),
        };
        self.let_in(tx, token, account, tried, visitor).await
    }

    /// Takes a recovery code in its place.
    ///
    /// # Errors
    /// As [`Accounts::take_code`], with the field [`RECOVERY_CODE`].
    pub async fn take_recovery_code(
        &self,
        token: &HalfToken,
        typed: &str,
        visitor: &Visitor,
    ) -> Result<SessionToken, Error> {
        let hub = self.0;
        let account = self.may_try(token, visitor).await?;
        let mut tx = hub.database().begin().await?;
        let code = recovery_codes::hash(account, typed);
        let used = tx
            .second_steps()
            .use_recovery_code(account, &code, hub.now())
            .await?;
        let mut tried = Tried::Wrong(Proof::RecoveryCode);
        if used {
            tried = Tried::Right(Proof::RecoveryCode);
            Deed::of(hub, account)
                .note(&mut tx, "recovery-code-used", Some(account.as_uuid()), None)
                .await?;
        }
        self.let_in(tx, token, account, tried, visitor).await
    }

    /// The key for somebody who must set up a second step before they are let in; `None` when that is not what
    /// they are to do.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn offer_before(&self, token: &HalfToken) -> Result<Option<SecondStepOffer>, Error> {
        let mut tx = self.0.database().read().await?;
        let Some(account) = self.half(&mut tx, token).await? else {
            return Ok(None);
        };
        if tx.second_steps().of(account.id).await?.is_some() {
            // A password alone does not replace a second step.
            return Ok(None);
        }
        let key = CodeKey::offered(self.0, before(account.id, token));
        self.offer(&key, account.email.as_str()).map(Some)
    }

    /// Sets up the second step of somebody who has none, and lets them in.
    ///
    /// # Errors
    /// As [`Accounts::take_code`].
    pub async fn set_up_before(
        &self,
        token: &HalfToken,
        typed: &str,
        visitor: &Visitor,
    ) -> Result<(SessionToken, RecoveryCodes), Error> {
        let account = self.may_try(token, visitor).await?;
        let mut tx = self.0.database().begin().await?;
        if tx.second_steps().of(account).await?.is_some() {
            return Err(Error::NotFound);
        }
        let key = CodeKey::offered(self.0, before(account, token));
        let codes = self.set(&mut tx, account, &key, typed).await?;
        let tried = match codes {
            Some(_) => Tried::Right(Proof::SetUp),
            None => Tried::Wrong(Proof::SetUp),
        };
        let session = self.let_in(tx, token, account, tried, visitor).await?;
        Ok((session, codes.ok_or(Error::NotFound)?))
    }

    /// Whose half of a sign-in it is, if they may try a code now.
    async fn may_try(&self, token: &HalfToken, visitor: &Visitor) -> Result<AccountId, Error> {
        let mut tx = self.0.database().read().await?;
        let account = self.half(&mut tx, token).await?.ok_or(Error::NotFound)?.id;
        self.0
            .sign_in_limits()
            .check_code(visitor.address, account)?;
        Ok(account)
    }

    async fn use_code(&self, tx: &mut Tx, account: AccountId, typed: &str) -> Result<bool, Error> {
        let hub = self.0;
        let Some(second_step) = tx.second_steps().of(account).await? else {
            return Ok(false);
        };
        let key = CodeKey::open(hub, account, &second_step.sealed_key)?;
        match key.step_of(typed, hub.now())? {
            Some(step) => Ok(tx.second_steps().use_step(account, step).await?),
            None => Ok(false),
        }
    }

    /// Keeps a key that a code proves to be in the app; `None` when the code is not right.
    pub(super) async fn set(
        &self,
        tx: &mut Tx,
        account: AccountId,
        key: &CodeKey,
        typed: &str,
    ) -> Result<Option<RecoveryCodes>, Error> {
        let hub = self.0;
        let now = hub.now();
        let Some(step) = key.step_of(typed, now)? else {
            return Ok(None);
        };
        let second_step = SecondStep {
            sealed_key: key.seal(hub, account)?,
            set_at: now,
        };
        tx.second_steps().set(account, &second_step, step).await?;
        let codes = recovery_codes::renew(hub, tx, account).await?;
        Deed::of(hub, account)
            .note(tx, "second-step-set", Some(account.as_uuid()), None)
            .await?;
        Ok(Some(codes))
    }

    /// Ends half of a sign-in: with a session, or with one try less.
    async fn let_in(
        &self,
        mut tx: Tx,
        token: &HalfToken,
        account: AccountId,
        tried: Tried,
        visitor: &Visitor,
    ) -> Result<SessionToken, Error> {
        let hash = token.hash();
        let proof = match tried {
            Tried::Right(proof) => proof,
            Tried::Wrong(proof) => {
                tx.half_sign_ins().count_try(&hash).await?;
                self.refused(&mut tx, Some(account), proof).await?;
                tx.commit().await?;
                return Err(match proof {
                    Proof::RecoveryCode => Error::refused(RECOVERY_CODE, WRONG_RECOVERY_CODE),
                    _ => Error::refused(CODE, WRONG_CODE),
                });
            }
        };
        if !tx.half_sign_ins().delete(&hash).await? {
            return Err(Error::NotFound);
        }
        let session = self.open_session(&mut tx, account, visitor, proof).await?;
        tx.commit().await?;
        Ok(session)
    }

    pub(super) fn offer(&self, key: &CodeKey, person: &str) -> Result<SecondStepOffer, Error> {
        let council = self.0.council();
        Ok(SecondStepOffer {
            key: key.to_type(),
            address: key.address(&council.short_name, person)?,
        })
    }
}

fn before(account: AccountId, token: &HalfToken) -> OfferedTo {
    OfferedTo {
        account,
        during: token.id(),
        replaces: None,
    }
}
