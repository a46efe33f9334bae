//! Sessions: who is signed in, where else they are, and how it ends.

use domain::{
    codes::SecondStepRule,
    ids::{AccountId, SessionId},
};
use jiff::{SignedDuration, Timestamp};
use store::Session;

use super::{Accounts, deed::Deed};
use crate::{
    Actor, Error, Officer, SessionToken,
    policy::{Act, may, person},
};

/// A session ends after a working day, whatever happens in it.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(12);
/// A session ends when nothing happens in it for so long.
pub const IDLE: SignedDuration = SignedDuration::from_hours(1);
/// How exactly it is written down that somebody was here: not at every click.
const TOUCH: SignedDuration = SignedDuration::from_mins(1);

/// A browser in which somebody is signed in, as they see it in their list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionSummary {
    /// What names it.
    pub id: SessionId,
    /// What browser it is, coarsely.
    pub device: String,
    /// Since when they are signed in.
    pub since: Timestamp,
    /// When they last did anything there.
    pub last_seen_at: Timestamp,
}

impl Accounts<'_> {
    /// Who is signed in with this token; `None` when the session is over, or when a second step is required
    /// since and they have none.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn officer(&self, token: &SessionToken) -> Result<Option<Officer>, Error> {
        let hub = self.0;
        let now = hub.now();
        let hash = token.hash();
        let mut tx = hub.database().read().await?;
        let Some(found) = tx.sessions().find(&hash, now).await? else {
            return Ok(None);
        };
        drop(tx);
        let required = hub.council().sign_in.second_step == SecondStepRule::Required;
        let idle = now.duration_since(found.session.last_seen_at);
        if idle > IDLE || required && !found.second_step {
            self.sign_out(token).await?;
            return Ok(None);
        }
        if idle > TOUCH {
            let mut tx = hub.database().begin().await?;
            tx.sessions().touch(&hash, now).await?;
            tx.accounts().seen(found.account.id, now).await?;
            tx.commit().await?;
        }
        Ok(Some(Officer::from(found.account)))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be written.
    pub async fn sign_out(&self, token: &SessionToken) -> Result<(), Error> {
        let mut tx = self.0.database().begin().await?;
        tx.sessions().delete(&token.hash()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends one of one's own sessions; one that has ended already is no fault.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who are not signed in.
    pub async fn end_session(&self, actor: &Actor, id: SessionId) -> Result<(), Error> {
        let officer = person(actor, Act::ChangeOwnAccount)?;
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        if tx.sessions().delete_one(officer.id, id).await? {
            Deed::of(hub, officer.id)
                .note(&mut tx, "session-ended", Some(id.as_uuid()), None)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Ends all of one's own sessions but this one.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who are not signed in.
    pub async fn end_other_sessions(&self, actor: &Actor, this: SessionId) -> Result<(), Error> {
        let officer = person(actor, Act::ChangeOwnAccount)?;
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        let ended = tx.sessions().delete_others(officer.id, this).await?;
        let detail = Some(format!("{ended} others"));
        Deed::of(hub, officer.id)
            .note(
                &mut tx,
                "sessions-ended",
                Some(officer.id.as_uuid()),
                detail,
            )
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends all sessions of somebody else.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not, or when there is no such account.
    pub async fn end_sessions_of(&self, actor: &Actor, id: AccountId) -> Result<(), Error> {
        may(actor, Act::ManageAccounts)?;
        let hub = self.0;
        let mut tx = hub.database().begin().await?;
        tx.accounts().by_id(id).await?.ok_or(Error::NotFound)?;
        let ended = tx.sessions().delete_all(id).await?;
        tx.half_sign_ins().delete_all(id).await?;
        let detail = Some(format!("{ended} in all"));
        self.deed(&mut tx, actor, "sessions-ended", id, detail)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// A person's sessions that are not over, the one used last first.
    pub(super) async fn sessions(
        &self,
        tx: &mut store::Tx,
        account: AccountId,
    ) -> Result<Vec<SessionSummary>, Error> {
        let now = self.0.now();
        let sessions = tx.sessions().of_account(account, now).await?;
        Ok(sessions
            .into_iter()
            .filter(|session| now.duration_since(session.last_seen_at) <= IDLE)
            .map(SessionSummary::from)
            .collect())
    }
}

impl From<Session> for SessionSummary {
    fn from(session: Session) -> Self {
        Self {
            id: session.id,
            device: session.device.unwrap_or_else(|| "A browser".to_owned()),
            since: session.created_at,
            last_seen_at: session.last_seen_at,
        }
    }
}
