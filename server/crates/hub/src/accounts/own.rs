//! One's own account: what stands in it, another password, and going away.

use domain::{
    codes::{Role, SecondStepRule},
    email::EmailAddress,
    ids::SessionId,
    keys::TeamKey,
};
use jiff::{Timestamp, civil::Date};
use secrecy::SecretString;
use store::Absence;

use super::{Accounts, SessionSummary, Visitor, deed::Deed, password, password_rules::KnownWords};
use crate::{
    Actor, Error, Officer,
    policy::{Act, person},
};

/// The field of the password that one has.
pub const PASSWORD: &str = "password";
/// The field of the password that one wants.
pub const NEW_PASSWORD: &str = "new_password";

/// What stands in one's own account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAccount {
    /// Their name.
    pub name: String,
    /// What they sign in with.
    pub email: EmailAddress,
    /// What they may do.
    pub role: Role,
    /// The team they work in.
    pub team: Option<TeamKey>,
    /// The day on which they are back, if they are away.
    pub away_until: Option<Date>,
    /// When they will be away, if they said so.
    pub next_away: Option<Absence>,
    /// When they set up their second step, if they have one.
    pub second_step_set_at: Option<Timestamp>,
    /// Whether they may do without.
    pub second_step_rule: SecondStepRule,
    /// How many recovery codes they have left.
    pub recovery_codes_left: u32,
    /// Where they are signed in, the browser used last first.
    pub sessions: Vec<SessionSummary>,
}

impl Accounts<'_> {
    /// One's own account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who are not signed in.
    pub async fn own(&self, actor: &Actor) -> Result<OwnAccount, Error> {
        let id = person(actor, Act::ReadOwnAccount)?.id;
        let hub = self.0;
        let today = hub.today();
        let mut tx = hub.database().read().await?;
        let account = tx.accounts().by_id(id).await?.ok_or(Error::NotFound)?;
        let second_step = tx.second_steps().of(id).await?;
        Ok(OwnAccount {
            name: account.name,
            email: account.email,
            role: account.role,
            team: account.team,
            away_until: account.away_until.filter(|until| *until > today),
            next_away: account.next_away,
            second_step_set_at: second_step.map(|second_step| second_step.set_at),
            second_step_rule: hub.council().sign_in.second_step,
            recovery_codes_left: tx.second_steps().recovery_codes_left(id).await?,
            sessions: self.sessions(&mut tx, id).await?,
        })
    }

    /// Takes another password in place of one's own. All other sessions end.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field [`PASSWORD`] or [`NEW_PASSWORD`]; [`Error::TooMany`];
    /// [`Error::NotFound`] for those who are not signed in.
    pub async fn change_password(
        &self,
        actor: &Actor,
        this: SessionId,
        old: SecretString,
        new: SecretString,
        visitor: &Visitor,
    ) -> Result<(), Error> {
        let officer = person(actor, Act::ChangeOwnAccount)?;
        self.check_own_password(officer, old, visitor).await?;
        let hub = self.0;
        let known = KnownWords::about(&officer.name, &officer.email, &hub.council());
        let hash = password::hash_new(hub, NEW_PASSWORD, new, known).await?;
        let mut tx = hub.database().begin().await?;
        tx.accounts().set_password(officer.id, &hash).await?;
        let ended = tx.sessions().delete_others(officer.id, this).await?;
        tx.half_sign_ins().delete_all(officer.id).await?;
        let detail = Some(format!("{ended} other sessions ended"));
        Deed::of(hub, officer.id)
            .note(
                &mut tx,
                "password-changed",
                Some(officer.id.as_uuid()),
                detail,
            )
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Lets somebody signed in go on if they know their password: a browser that was left open is not enough
    /// for what changes how they sign in.
    pub(super) async fn check_own_password(
        &self,
        officer: &Officer,
        typed: SecretString,
        visitor: &Visitor,
    ) -> Result<(), Error> {
        let hub = self.0;
        hub.sign_in_limits()
            .check(visitor.address, &officer.email.normalised())?;
        let account = {
            let mut tx = hub.database().read().await?;
            tx.accounts().by_id(officer.id).await?
        };
        let hash = account.map(|account| account.password_hash);
        if password::matches(typed, hash).await? {
            Ok(())
        } else {
            Err(Error::refused(PASSWORD, "This is not your password"))
        }
    }
}
