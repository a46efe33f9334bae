//! `send-hub serve`: pages, jobs and the index, until it is told to stop.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use app::Serving;
use hub::{Hub, local_offer::Follower};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{Stopped, sample, say, stopped};
use crate::{
    assemble::{self, FirstSettings, Searching},
    assets,
    cli::Serve,
    config::Config,
    router,
    state::AppState,
    telemetry,
};

/// How long work under way may take to finish once it is told to stop.
pub(super) const GRACE: Duration = Duration::from_secs(25);

pub(super) async fn run(config: Config, options: &Serve) -> Result<(), Stopped> {
    let asked = asked_to_stop()?;
    telemetry::start_log(&config.log).map_err(stopped)?;
    let recorder = telemetry::start_metrics().map_err(stopped)?;
    let assets = assets::read(&config.site).map_err(stopped)?;
    let first = if options.sample {
        FirstSettings::Sample
    } else {
        FirstSettings::File
    };
    let hub = assemble::hub(&config, Searching::Here, first)
        .await
        .map_err(stopped)?;
    let follower = Follower::new(&hub)
        .await
        .map_err(|problem| stopped(format!("the search index cannot be written: {problem}")))?;
    let listener = listen(config.listen).await?;
    let address = listener.local_addr().map_err(stopped)?;

    let stop = CancellationToken::new();
    let mut tasks = JoinSet::new();
    tasks.spawn(follower.follow(stop.clone()));
    tasks.spawn(hub::settings::follow(hub.clone(), stop.clone()));
    tasks.spawn(hub::jobs::work(hub.clone(), stop.clone()));
    follow_mailboxes(&config, &hub, &stop, &mut tasks);
    if let Some(address) = config.metrics_listen {
        tasks.spawn(serve_metrics(address, &hub, recorder, &stop).await?);
    }
    let sign_ins = if options.sample {
        let desk = if options.enquiries {
            sample::Desk::Busy
        } else {
            sample::Desk::Empty
        };
        sample::fill(&hub, &config.data, desk).await?
    } else {
        String::new()
    };
    until_current(&hub).await;

    let serving = if options.sample {
        Serving::Sample
    } else {
        Serving::Council
    };
    let site = (assets, config.site);
    let state = AppState::new(hub.clone(), serving, site, config.trusted_proxies);
    announce(&hub, address, &sign_ins);
    let service = router::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let serving =
        axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
    tasks.spawn(answer(serving));
    let outcome = until_asked(asked, &mut tasks).await;
    tracing::info!("stopping: what is under way is finished first");
    stop.cancel();
    if timeout(GRACE, tasks.join_all()).await.is_err() {
        tracing::warn!("stopped with work under way: it will be done again");
    }
    if let Err(error) = hub.local_offer().keep_searches().await {
        tracing::warn!(%error, "the searches of the last minute were not counted");
    }
    hub.database().close().await;
    outcome
}

/// Waits to be asked to stop. A part that ends before that ends the server with an error: pages
/// that promise while no worker sends would be worse than none.
pub(super) async fn until_asked(
    asked: impl Future<Output = ()>,
    tasks: &mut JoinSet<()>,
) -> Result<(), Stopped> {
    tokio::select! {
        () = asked => Ok(()),
        ended = tasks.join_next() => match ended {
            Some(Err(panic)) => Err(stopped(format!("a part of the server failed: {panic}"))),
            _ => Err(stopped("a part of the server ended by itself; the log says why")),
        },
    }
}

/// Follows the mailboxes that the settings name, beside the other servers.
pub(super) fn follow_mailboxes(
    config: &Config,
    hub: &Hub,
    stop: &CancellationToken,
    tasks: &mut JoinSet<()>,
) {
    let followed = assemble::mailboxes(config);
    let following =
        hub::mailboxes::follow(hub.clone(), followed, Arc::new(hub.clone()), stop.clone());
    tasks.spawn(following);
}

/// Answers requests until it is told to stop.
async fn answer<F>(serving: F)
where
    F: IntoFuture<Output = std::io::Result<()>>,
{
    if let Err(error) = serving.await {
        tracing::error!(%error, "a listener ended");
    }
}

/// Listens for whoever reads the metrics; the answering itself is left to the caller to run.
pub(super) async fn serve_metrics(
    address: SocketAddr,
    hub: &Hub,
    recorder: PrometheusHandle,
    stop: &CancellationToken,
) -> Result<impl Future<Output = ()> + use<>, Stopped> {
    let listener = listen(address).await?;
    let serving = axum::serve(listener, router::metrics(hub.clone(), recorder))
        .with_graceful_shutdown(stop.clone().cancelled_owned());
    Ok(answer(serving))
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Stopped> {
    TcpListener::bind(address)
        .await
        .map_err(|problem| stopped(format!("cannot listen on {address}: {problem}")))
}

/// Waits a moment for the index, so that the first search finds everything.
async fn until_current(hub: &Hub) {
    for _ in 0..200 {
        if hub.local_offer().index_is_current().await.unwrap_or(true) {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
    tracing::warn!("the index is still behind the local offer");
}

fn announce(hub: &Hub, address: SocketAddr, sign_ins: &str) {
    let council = hub.council();
    say(format!(
        "SEND Hub for {} is ready at {} (listening on {address})",
        council.name,
        hub.public_url()
    ));
    if !sign_ins.is_empty() {
        say(format!(
            "Officers of the sample sign in at {}desk:",
            hub.public_url()
        ));
        for line in sign_ins.lines() {
            say(format!("  {line}"));
        }
    }
}

/// A future that ends when the process is asked to end. It listens from this call on, so that
/// being asked early is not missed.
pub(super) fn asked_to_stop() -> Result<impl Future<Output = ()>, Stopped> {
    let mut terminate = signal(SignalKind::terminate()).map_err(stopped)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(stopped)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
