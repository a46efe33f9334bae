//! A clock that stands still until a test moves it.

use std::sync::{Arc, Mutex, PoisonError};

use domain::clock::Clock;
use jiff::{SignedDuration, Timestamp};

/// Stands at the time it was set to. Clones show the same time.
#[derive(Debug, Clone)]
pub struct SettableClock(Arc<Mutex<Timestamp>>);

impl SettableClock {
    /// A clock that stands at `now`.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    /// Sets it to another time, also an earlier one.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// Sets it to a time as text, such as `2026-03-09T10:00:00Z`.
    ///
    /// # Panics
    /// When the text is no time.
    pub fn set_to(&self, now: &str) {
        self.set(now.parse().expect("a time in RFC 3339"));
    }

    /// Moves it on.
    pub fn advance(&self, by: SignedDuration) {
        self.set(self.now() + by);
    }
}

impl Clock for SettableClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
