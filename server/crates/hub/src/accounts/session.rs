//! Sessions: who is signed in. Idle for an hour or twelve hours old, a session is over.

use jiff::SignedDuration;

use super::Accounts;
use crate::{Error, Officer, SessionToken};

/// A session ends after a working day, whatever happens in it.
pub(super) const LIFETIME: SignedDuration = SignedDuration::from_hours(12);
/// A session ends when nothing happens in it for so long.
const IDLE: SignedDuration = SignedDuration::from_hours(1);
/// How exactly it is written down that somebody was here: not at every click.
const TOUCH: SignedDuration = SignedDuration::from_mins(1);

impl Accounts<'_> {
    /// Who is signed in with this token; `None` when the session is over.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn officer(&self, token: &SessionToken) -> Result<Option<Officer>, Error> {
        let hub = self.0;
        let now = hub.now();
        let hash = token.hash();
        let mut tx = hub.database().read().await?;
        let Some((session, account)) = tx.sessions().find(&hash, now).await? else {
            return Ok(None);
        };
        drop(tx);
        let idle = now.duration_since(session.last_seen_at);
        if idle > IDLE {
            self.sign_out(token).await?;
            return Ok(None);
        }
        if idle > TOUCH {
            let mut tx = hub.database().begin().await?;
            tx.sessions().touch(&hash, now).await?;
            tx.commit().await?;
        }
        Ok(Some(Officer::from(account)))
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
}
