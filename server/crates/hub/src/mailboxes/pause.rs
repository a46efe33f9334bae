//! How long to wait after a failure: longer each time, never quite the same, and never for ever.

use std::time::Duration;

use rand::Rng;

use crate::Hub;

const LONGEST: Duration = Duration::from_secs(5 * 60);

/// The pauses after failures in a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pauses {
    first: Duration,
    failures: u32,
}

impl Pauses {
    pub(super) const fn starting_with(first: Duration) -> Self {
        Self { first, failures: 0 }
    }

    /// It went well.
    pub(super) const fn forget(&mut self) {
        self.failures = 0;
    }

    /// It failed: how long to wait now. Servers that lost the same mail server do not come back all at once.
    pub(super) fn next(&mut self, hub: &Hub) -> Duration {
        let doubled = self.first.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        let share = hub.random(|random| random.random_range(0.5..1.0));
        doubled.min(LONGEST).mul_f64(share)
    }
}
