//! Following what other processes save: every process reads the newest version within a second.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{Settings, newest};
use crate::{Error, Hub};

/// How long a change saved in another process may go unseen here.
const EVERY: Duration = Duration::from_secs(1);

/// Follows until it is told to stop.
pub async fn follow(hub: Hub, stop: CancellationToken) {
    let mut told = false;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = sleep(EVERY) => {}
        }
        match hub.settings().refresh().await {
            Ok(()) => told = false,
            // Once, not every second of an hour.
            Err(error) if !told => {
                told = true;
                tracing::error!(%error, "the settings cannot be looked at: the last known ones go on counting");
            }
            Err(_) => {}
        }
    }
}

impl Settings<'_> {
    /// Takes on what another process saved.
    ///
    /// # Errors
    /// [`Error::Internal`] when the settings cannot be read; the known ones go on counting.
    pub async fn refresh(&self) -> Result<(), Error> {
        let hub = self.0;
        let mut tx = hub.database().read().await?;
        let number = tx.settings().newest_number().await?;
        if number > hub.settings_version().number
            && let Some(newer) = newest(&mut tx).await?
        {
            hub.use_settings(newer);
            tracing::info!(settings.version = number, "the settings were changed");
        }
        Ok(())
    }
}
