//! Signing in: the password first, then the second step. Unknown people are answered as known ones are.

use domain::{codes::SecondStepRule, ids::AccountId};
use jiff::SignedDuration;
use secrecy::SecretString;
use store::{Account, AuditActor, NewSession, Tx};

use super::{Accounts, Visitor, deed::Deed, password, session::LIFETIME};
use crate::{Error, HalfToken, SessionToken};

/// What every refused sign-in is told, whatever was wrong.
const REFUSED: &str = "The email address or the password is not right";
/// Long enough to find the telephone, and to get an app for it first.
const HALF_LIFETIME: SignedDuration = SignedDuration::from_mins(20);
/// After so many wrong codes the password is asked for again.
pub const TRIES: u32 = 5;

/// How far a sign-in has come.
#[derive(Debug)]
pub enum SignIn {
    /// They are signed in.
    Done(SessionToken),
    /// Their second step comes next.
    Code(HalfToken),
    /// They must set up a second step first.
    SetUp(HalfToken),
}

/// What comes after the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// A code of their app, or a recovery code.
    Code,
    /// Setting up the app.
    SetUp,
}

/// By what somebody proved who they are, as the audit writes it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Proof {
    Password,
    Code,
    RecoveryCode,
    SetUp,
}

impl Proof {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::RecoveryCode => "recovery-code",
            Self::SetUp => "second-step-set",
        }
    }
}

impl Accounts<'_> {
    /// Takes an e-mail address and a password.
    ///
    /// # Errors
    /// [`Error::Refused`] in the same words for an unknown address, a wrong password and a
    /// disabled account; [`Error::TooMany`] after too many tries.
    pub async fn sign_in(
        &self,
        email: &str,
        password: SecretString,
        visitor: &Visitor,
    ) -> Result<SignIn, Error> {
        let hub = self.0;
        let email: String = email.trim().to_lowercase().chars().take(254).collect();
        hub.sign_in_limits().check(visitor.address, &email)?;
        let known = {
            let mut tx = hub.database().read().await?;
            tx.accounts().by_email(&email).await?
        };
        let id = known.as_ref().map(|account| account.id);
        let account = known.filter(|account| account.disabled_at.is_none());
        let hash = account
            .as_ref()
            .map(|account| account.password_hash.clone());
        let right = password::matches(password, hash).await?;
        let Some(account) = account.filter(|_| right) else {
            // Written down for an unknown address too, so that neither answer takes longer.
            let mut tx = hub.database().begin().await?;
            self.refused(&mut tx, id, Proof::Password).await?;
            tx.commit().await?;
            return Err(Error::refused("email", REFUSED));
        };
        self.admit(&account, visitor).await
    }

    /// What still stands between somebody and their session; `None` when they waited too long, or gave too many
    /// wrong codes.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn next_step(&self, token: &HalfToken) -> Result<Option<NextStep>, Error> {
        let mut tx = self.0.database().read().await?;
        let Some(account) = self.half(&mut tx, token).await? else {
            return Ok(None);
        };
        let second_step = tx.second_steps().of(account.id).await?;
        Ok(Some(match second_step {
            Some(_) => NextStep::Code,
            None => NextStep::SetUp,
        }))
    }

    /// Lets somebody in whose password was right, as far as that goes.
    pub(super) async fn admit(
        &self,
        account: &Account,
        visitor: &Visitor,
    ) -> Result<SignIn, Error> {
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        let second_step = tx.second_steps().of(account.id).await?;
        let required = hub.council().sign_in.second_step == SecondStepRule::Required;
        let signed_in = if second_step.is_none() && !required {
            let proof = Proof::Password;
            SignIn::Done(
                self.open_session(&mut tx, account.id, visitor, proof)
                    .await?,
            )
        } else {
            let now = hub.now();
            let token = hub.random(|random| HalfToken::generate(random));
            tx.half_sign_ins()
                .insert(&token.hash(), account.id, now + HALF_LIFETIME)
                .await?;
            match second_step {
                Some(_) => SignIn::Code(token),
                None => SignIn::SetUp(token),
            }
        };
        tx.commit().await?;
        Ok(signed_in)
    }

    /// Whose half of a sign-in it is.
    pub(super) async fn half(
        &self,
        tx: &mut Tx,
        token: &HalfToken,
    ) -> Result<Option<Account>, Error> {
        let now = self.0.now();
        Ok(tx.half_sign_ins().find(&token.hash(), now, TRIES).await?)
    }

    /// Signs somebody in. The token is always a new one.
    pub(super) async fn open_session(
        &self,
        tx: &mut Tx,
        account: AccountId,
        visitor: &Visitor,
        proof: Proof,
    ) -> Result<SessionToken, Error> {
        let hub = self.0;
        let now = hub.now();
        let token = hub.random(|random| SessionToken::generate(random));
        tx.sessions()
            .insert(&NewSession {
                token: token.hash(),
                account,
                device: visitor.device.as_str().to_owned(),
                created_at: now,
                expires_at: now + LIFETIME,
            })
            .await?;
        tx.accounts().seen(account, now).await?;
        let detail = Some(proof.as_str().to_owned());
        Deed::of(hub, account)
            .note(tx, "signed-in", Some(account.as_uuid()), detail)
            .await?;
        tracing::info!(account.id = %account, proof = proof.as_str(), "signed in");
        Ok(token)
    }

    /// Writes down that somebody was not let in.
    pub(super) async fn refused(
        &self,
        tx: &mut Tx,
        account: Option<AccountId>,
        proof: Proof,
    ) -> Result<(), Error> {
        metrics::counter!("send_hub_sign_ins_refused_total").increment(1);
        let deed = Deed {
            hub: self.0,
            actor: AuditActor::System,
        };
        let detail = Some(proof.as_str().to_owned());
        let subject = account.map(|id| id.as_uuid());
        Ok(deed.note(tx, "sign-in-refused", subject, detail).await?)
    }
}
