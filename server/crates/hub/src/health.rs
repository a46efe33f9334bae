//! Whether the hub can do its work, for `/readyz`, `doctor` and the metrics.

use jiff::SignedDuration;
use store::StoreError;

use crate::{Error, Hub};

/// How much waits to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// Jobs that wait for their time or a worker.
    pub jobs_waiting: u32,
    /// How long the oldest due job has been waiting.
    pub oldest_job: Option<SignedDuration>,
    /// Jobs that were given up: a person must look.
    pub jobs_dead: u32,
    /// Mails that no server has taken yet.
    pub mails_waiting: u32,
}

impl Hub {
    /// Whether the database can be read and written.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.database().check().await?;
        self.database().check_writable(self.now()).await
    }

    /// How much waits to be done.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn backlog(&self) -> Result<Backlog, Error> {
        let now = self.now();
        let mut tx = self.database().read().await?;
        let depth = tx.jobs().depth().await?;
        let mails_waiting = tx.outbox().waiting_count().await?;
        Ok(Backlog {
            jobs_waiting: depth.waiting,
            oldest_job: depth
                .oldest_run_at
                .map(|run_at| now.duration_since(run_at))
                .filter(SignedDuration::is_positive),
            jobs_dead: depth.dead,
            mails_waiting,
        })
    }
}
