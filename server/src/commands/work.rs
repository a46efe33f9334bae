//! `send-hub work`: runs jobs beside a server, until it is told to stop.

use tokio_util::sync::CancellationToken;

use super::{Stopped, serve::asked_to_stop, stopped};
use crate::{assemble, config::Config, telemetry};

pub(super) async fn run(config: Config) -> Result<(), Stopped> {
    let asked = asked_to_stop()?;
    telemetry::start_log(&config.log).map_err(stopped)?;
    let hub = assemble::hub(&config).await.map_err(stopped)?;
    let stop = CancellationToken::new();
    let worker = tokio::spawn(hub::jobs::work(hub.clone(), stop.clone()));
    asked.await;
    stop.cancel();
    worker.await.map_err(stopped)?;
    hub.database().close().await;
    Ok(())
}
