//! A clock that runs, from a Monday morning on: ids made by it grow as they do in real life.

use std::time::Instant;

use domain::clock::Clock;
use jiff::{SignedDuration, Timestamp, Unit};

use crate::{hub::MONDAY, time};

/// Runs as fast as the real one.
#[derive(Clone, Copy)]
pub(super) struct RunningClock {
    from: Timestamp,
    since: Instant,
}

impl RunningClock {
    pub(super) fn start() -> Self {
        Self {
            from: time(MONDAY),
            since: Instant::now(),
        }
    }
}

impl Clock for RunningClock {
    fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.since.elapsed()).unwrap_or_default();
        let now = self.from + elapsed;
        now.round(Unit::Millisecond).unwrap_or(now)
    }
}
