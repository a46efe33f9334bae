//! `send-hub work`: runs jobs beside a server, until it is told to stop.

use tokio::{task::JoinSet, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{
    Stopped,
    serve::{GRACE, asked_to_stop, follow_mailboxes, serve_metrics, until_asked},
    stopped,
};
use crate::{
    assemble::{self, FirstSettings, Searching},
    config::Config,
    telemetry,
};

pub(super) async fn run(config: Config) -> Result<(), Stopped> {
    let asked = asked_to_stop()?;
    telemetry::start_log(&config.log).map_err(stopped)?;
    let recorder = telemetry::start_metrics().map_err(stopped)?;
    let hub = assemble::hub(&config, Searching::Nowhere, FirstSettings::File)
        .await
        .map_err(stopped)?;
    let stop = CancellationToken::new();
    let mut tasks = JoinSet::new();
    tasks.spawn(hub::settings::follow(hub.clone(), stop.clone()));
    tasks.spawn(hub::jobs::work(hub.clone(), stop.clone()));
    follow_mailboxes(&config, &hub, &stop, &mut tasks);
    if let Some(address) = config.metrics_listen {
        tasks.spawn(serve_metrics(address, &hub, recorder, &stop).await?);
    }
    let outcome = until_asked(asked, &mut tasks).await;
    stop.cancel();
    if timeout(GRACE, tasks.join_all()).await.is_err() {
        tracing::warn!("stopped with work under way: it will be done again");
    }
    hub.database().close().await;
    outcome
}
