//! How long the database is waited for.

use std::time::Duration;

/// How long the database is waited for. A PostgreSQL that vanishes from the network says nothing, and TCP notices
/// hours later, or never: whoever waits longer than this is told that it cannot be used just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a connection.
    pub connection: Duration,
    /// For a connection that was not in use to say that it still leads somewhere (PostgreSQL).
    pub sign_of_life: Duration,
    /// For the answer to one statement (PostgreSQL).
    pub answer: Duration,
    /// The same in [`crate::Database::snapshot`], where one statement may read whole tables.
    pub long_answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            // A request has 30 seconds: with a connection that is lost, and with another, it ends before them.
            connection: Duration::from_secs(10),
            sign_of_life: Duration::from_secs(3),
            // Longer than PostgreSQL itself waits for a lock, which it says.
            answer: Duration::from_secs(20),
            long_answer: Duration::from_hours(1),
        }
    }
}
