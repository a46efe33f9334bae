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
        let share = hub.random(|random| random.random_range(0.5..1.0));
        self.whole().mul_f64(share)
    }

    /// It failed: how long to wait at most.
    fn whole(&mut self) -> Duration {
        let doubled = self.first.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        doubled.min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(pauses: &mut Pauses, count: usize) -> Vec<u64> {
        (0..count).map(|_| pauses.whole().as_secs()).collect()
    }

    #[test]
    fn each_failure_doubles_the_pause_up_to_five_minutes() {
        let mut pauses = Pauses::starting_with(Duration::from_secs(1));
        let grown = seconds(&mut pauses, 12);
        assert_eq!(grown, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    }

    #[test]
    fn it_stays_at_five_minutes_however_long_that_lasts() {
        for failures in [17, 1_000, u32::MAX - 1, u32::MAX] {
            let mut pauses = Pauses {
                first: Duration::from_secs(1),
                failures,
            };
            assert_eq!(seconds(&mut pauses, 3), [300, 300, 300], "{failures}");
        }
        let mut slow = Pauses::starting_with(Duration::MAX);
        assert_eq!(seconds(&mut slow, 2), [300, 300]);
    }

    #[test]
    fn it_begins_anew_once_it_went_well() {
        let mut pauses = Pauses::starting_with(Duration::from_secs(1));
        seconds(&mut pauses, 10);
        pauses.forget();
        assert_eq!(seconds(&mut pauses, 3), [1, 2, 4]);
    }
}
