//! The second step: a code of an app (TOTP) or a recovery code; setting it up; taking it away.

use domain::{codes::SecondStepRule, ids::AccountId, ids::SessionId};
use secrecy::SecretString;
use store::{SecondStep, Tx};

use super::{
    Accounts, RecoveryCodes, Visitor,
    code_key::{CodeKey, OfferedTo},
    deed::Deed,
    own, recovery_codes,
    sign_in::Proof,
};
use crate::{
    Actor, Error, HalfToken, SessionToken,
    policy::{Act, may},
};

/// The field of a code of the app.
pub const CODE: &str = "code";
/// The field of a recovery code.
pub const RECOVERY_CODE: &str = "recovery_code";

const WRONG_CODE: &str = "This code is not right. A code lasts 30 seconds and works once: enter the one that your app shows now";
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

    /// The key for somebody signed in who wants a second step, or another one.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who are not signed in.
    pub async fn offer_during(
        &self,
        actor: &Actor,
        session: SessionId,
    ) -> Result<SecondStepOffer, Error> {
        let officer = own::officer(actor)?;
        let mut tx = self.0.database().read().await?;
        let to = during(&mut tx, officer.id, session).await?;
        self.offer(&CodeKey::offered(self.0, to), officer.email.as_str())
    }

    /// Sets up the second step of somebody signed in, in place of the one they have.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `password` or [`CODE`]; [`Error::TooMany`];
    /// [`Error::NotFound`] for those who are not signed in.
    pub async fn set_up_during(
        &self,
        actor: &Actor,
        session: SessionId,
        password: SecretString,
        typed: &str,
        visitor: &Visitor,
    ) -> Result<RecoveryCodes, Error> {
        let officer = own::officer(actor)?;
        self.check_own_password(officer, password, visitor).await?;
        let mut tx = self.0.database().begin().await?;
        let to = during(&mut tx, officer.id, session).await?;
        let key = CodeKey::offered(self.0, to);
        let codes = self.set(&mut tx, officer.id, &key, typed).await?;
        tx.commit().await?;
        codes.ok_or_else(|| Error::refused(CODE, WRONG_CODE))
    }

    /// Makes new recovery codes; the old ones work no more.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `password`; [`Error::NotFound`] for those who have no second step.
    pub async fn make_recovery_codes(
        &self,
        actor: &Actor,
        password: SecretString,
        visitor: &Visitor,
    ) -> Result<RecoveryCodes, Error> {
        let officer = own::officer(actor)?;
        self.check_own_password(officer, password, visitor).await?;
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        let second_step = tx.second_steps().of(officer.id).await?;
        second_step.ok_or(Error::NotFound)?;
        let codes = recovery_codes::renew(hub, &mut tx, officer.id).await?;
        let subject = Some(officer.id.as_uuid());
        Deed::of(hub, officer.id)
            .note(&mut tx, "recovery-codes-made", subject, None)
            .await?;
        tx.commit().await?;
        Ok(codes)
    }

    /// Takes one's own second step away, where the council leaves that to each.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `password`; [`Error::NotFound`] where it is required.
    pub async fn remove_second_step(
        &self,
        actor: &Actor,
        password: SecretString,
        visitor: &Visitor,
    ) -> Result<(), Error> {
        let officer = own::officer(actor)?;
        if self.0.council().sign_in.second_step == SecondStepRule::Required {
            return Err(Error::NotFound);
        }
        self.check_own_password(officer, password, visitor).await?;
        self.take_away(actor, officer.id, "second-step-removed")
            .await
    }

    /// Takes somebody else's second step away, because their telephone is lost: they are signed out, and set up
    /// another one when they next sign in, if the council requires one.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not, or when there is no such account.
    pub async fn reset_second_step(&self, actor: &Actor, id: AccountId) -> Result<(), Error> {
        may(actor, Act::ManageAccounts)?;
        self.take_away(actor, id, "second-step-reset").await?;
        self.end_sessions_of(actor, id).await
    }

    async fn take_away(&self, actor: &Actor, id: AccountId, action: &str) -> Result<(), Error> {
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        tx.accounts().by_id(id).await?.ok_or(Error::NotFound)?;
        tx.second_steps().delete_recovery_codes(id).await?;
        if tx.second_steps().delete(id).await? {
            let deed = Deed {
                hub,
                actor: actor.for_audit(),
            };
            deed.note(&mut tx, action, Some(id.as_uuid()), None).await?;
        }
        tx.commit().await?;
        Ok(())
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
    async fn set(
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

    fn offer(&self, key: &CodeKey, person: &str) -> Result<SecondStepOffer, Error> {
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

async fn during(tx: &mut Tx, account: AccountId, session: SessionId) -> Result<OfferedTo, Error> {
    let second_step = tx.second_steps().of(account).await?;
    Ok(OfferedTo {
        account,
        during: session.as_uuid(),
        replaces: second_step.map(|second_step| second_step.set_at),
    })
}
