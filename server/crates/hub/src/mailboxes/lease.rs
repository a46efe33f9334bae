//! Of several servers exactly one reads a mailbox at a time: it holds a lease in the database, which ends when it
//! lets go, or some time after it died.

use std::time::{Duration, Instant};

use domain::keys::MailboxKey;
use jiff::{SignedDuration, Timestamp};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::{Error, Hub};

/// A mailbox, and the process that wants to read it.
#[derive(Debug, Clone)]
pub(super) struct Lease {
    hub: Hub,
    name: MailboxKey,
    holder: Uuid,
}

impl Lease {
    pub(super) fn new(hub: &Hub, name: &MailboxKey) -> Self {
        let holder = hub.random(|random| {
            let mut bytes = [0; 16];
            random.fill_bytes(&mut bytes);
            uuid::Builder::from_random_bytes(bytes).into_uuid()
        });
        Self {
            hub: hub.clone(),
            name: name.clone(),
            holder,
        }
    }

    /// Takes or renews it; says whether it is ours.
    pub(super) async fn claim(&self) -> Result<bool, Error> {
        let now = self.hub.now();
        let length = SignedDuration::try_from(self.hub.lease());
        let length = length.unwrap_or(SignedDuration::from_mins(2));
        let times: [Timestamp; 3] = [now, now + length, now + length + length];
        let mut tx = self.hub.database().begin().await?;
        let ours = tx.mailboxes().claim(&self.name, self.holder, times).await?;
        tx.commit().await?;
        Ok(ours)
    }

    /// How long to wait until it is renewed, or asked for again.
    pub(super) fn step(&self) -> Duration {
        self.hub.lease() / 4
    }

    /// Renews it for as long as it can; ends when it is lost, and before it runs out where the database does not answer.
    pub(super) async fn keep(&self) {
        let mut renewed_at = Instant::now();
        loop {
            let left = (self.hub.lease() / 8 * 7).saturating_sub(renewed_at.elapsed());
            match timeout(left, self.renew()).await {
                Ok(Some(at)) => renewed_at = at,
                Ok(None) | Err(_) => return,
            }
        }
    }

    /// When it was asked for with success; `None` when it is another's.
    async fn renew(&self) -> Option<Instant> {
        loop {
            sleep(self.step()).await;
            let asked_at = Instant::now();
            if let Ok(ours) = self.claim().await {
                return ours.then_some(asked_at);
            }
        }
    }

    /// Lets another server have it. Where the database is out of reach, it ends by itself.
    pub(super) async fn let_go(&self) {
        let let_go = async {
            let mut tx = self.hub.database().begin().await?;
            tx.mailboxes().let_go(&self.name, self.holder).await?;
            tx.commit().await
        };
        if let Err(error) = let_go.await {
            tracing::warn!(%error, mailbox = %self.name, "a mailbox is not let go before its lease ends");
        }
    }
}
