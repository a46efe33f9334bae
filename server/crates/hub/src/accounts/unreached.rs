//! People who work here and whom our notices did not reach: an administrator mends their address.

use domain::{clock::london_date, email::EmailAddress};
use jiff::{SignedDuration, civil::Date};

use super::Accounts;
use crate::{
    Actor, Error,
    policy::{Act, may},
};

/// For how long it is shown.
const SHOWN_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);
/// As many as are shown at once.
const SHOWN: u32 = 25;

/// A notice that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreached {
    /// Where it was to go.
    pub email: EmailAddress,
    /// The day it was written, in London.
    pub written_on: Date,
    /// What the mail server said, without addresses.
    pub reason: Option<String>,
}

impl Accounts<'_> {
    /// The notices of the last fourteen days that reached nobody, the newest first, at most 25. What they told
    /// stands on the desk all the same. One is shown no more once its reader's address is another one, or a later
    /// notice reached it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not know.
    pub async fn unreached(&self, actor: &Actor) -> Result<Vec<Unreached>, Error> {
        may(actor, Act::ManageAccounts)?;
        let since = self.0.now() - SHOWN_FOR;
        let mut tx = self.0.database().read().await?;
        let dead = tx.notices().dead_since(since, SHOWN).await?;
        let head = self.0.council().escalation.head_of_service.clone();
        let head = head.map(|head| head.email.normalised());
        let mut unreached = Vec::new();
        for notice in dead {
            let address = notice.to.normalised();
            let is_heads = head.as_ref() == Some(&address);
            if is_heads || tx.accounts().by_email(&address).await?.is_some() {
                unreached.push(Unreached {
                    written_on: london_date(notice.created_at),
                    email: notice.to,
                    reason: notice.last_error,
                });
            }
        }
        Ok(unreached)
    }
}
