//! Waking the workers of this process: a job was committed.

use store::Lane;
use tokio::sync::Notify;

/// One bell a lane: a worker of one would sleep through that of the other.
#[derive(Debug, Default)]
pub(crate) struct Bell {
    sending: Notify,
    ours: Notify,
}

impl Bell {
    /// Wakes whoever waits, or who will next.
    pub(crate) fn ring(&self) {
        self.sending.notify_one();
        self.ours.notify_one();
    }

    /// Wakes the other lane: what was done in this one may ask for more there.
    pub(super) fn ring_beside(&self, lane: Lane) {
        match lane {
            Lane::Sending => self.ours.notify_one(),
            Lane::Ours => self.sending.notify_one(),
        }
    }

    /// Waits until it rings for a lane.
    pub(super) async fn notified(&self, lane: Lane) {
        match lane {
            Lane::Sending => self.sending.notified().await,
            Lane::Ours => self.ours.notified().await,
        }
    }
}
