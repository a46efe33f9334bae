//! Waiting for what another task brings about, without guessing how long that takes.

use std::{
    thread,
    time::{Duration, Instant},
};

use tokio::time::{sleep, timeout};

/// Long enough for the slowest machine; nobody waits for it when all is well.
const PATIENCE: Duration = Duration::from_secs(60);
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

/// Looks again and again until `look` finds something.
///
/// # Panics
/// When it finds nothing in a minute.
pub async fn eventually<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let found = timeout(PATIENCE, async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            sleep(BETWEEN_LOOKS).await;
        }
    });
    found.await.expect("it came about within a minute")
}

/// The same without a runtime: waits until something is so.
///
/// # Panics
/// When it is not so within a minute; the words say what.
pub fn blocking(what: &str, mut so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !so() {
        assert!(started.elapsed() < PATIENCE, "never: {what}");
        thread::sleep(BETWEEN_LOOKS);
    }
}
