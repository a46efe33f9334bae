//! What somebody signed in does with their second step: setting it up, another one, new recovery codes, doing
//! without; and an administrator's reset.

use domain::{
    codes::SecondStepRule,
    ids::{AccountId, SessionId},
};
use secrecy::SecretString;
use store::Tx;

use super::{
    Accounts, CODE, RecoveryCodes, SecondStepOffer, Visitor,
    code_key::{CodeKey, OfferedTo},
    deed::Deed,
    recovery_codes,
    second_step::WRONG_CODE,
};
use crate::{
    Actor, Error,
    policy::{Act, may, person},
};

impl Accounts<'_> {
    /// The key for somebody signed in who wants a second step, or another one.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who are not signed in.
    pub async fn offer_during(
        &self,
        actor: &Actor,
        session: SessionId,
    ) -> Result<SecondStepOffer, Error> {
        let officer = person(actor, Act::ChangeOwnAccount)?;
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
        let officer = person(actor, Act::ChangeOwnAccount)?;
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
        let officer = person(actor, Act::ChangeOwnAccount)?;
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
        let officer = person(actor, Act::ChangeOwnAccount)?;
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
            self.deed(&mut tx, actor, action, id, None).await?;
        }
        tx.commit().await?;
        Ok(())
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
