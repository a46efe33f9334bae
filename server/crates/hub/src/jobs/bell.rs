//! Waking the workers of this process: a job was committed.

use store::Lane;
use tokio::sync::Notify;

/// One bell a lane: a worker of one would sleep through that of the other.
#[derive(Debug, Default)]
pub(crate) struct Bell {
    ours: Notify,
    sending: Notify,
}

impl Bell {
    /// Wakes whoever waits, or who will next.
    pub(crate) fn ring(&self) {
        for lane in Lane::ALL {
            self.ring_for(lane);
        }
    }

    /// The same in one lane.
    pub(crate) fn ring_for(&self, lane: Lane) {
        self.of(lane).notify_one();
    }

    /// Waits until it rings for a lane.
    pub(super) async fn notified(&self, lane: Lane) {
        self.of(lane).notified().await;
    }

    const fn of(&self, lane: Lane) -> &Notify {
        match lane {
            Lane::Ours => &self.ours,
            Lane::Sending => &self.sending,
        }
    }
}
