//! Whether the hub lives (`/healthz`), can work (`/readyz`), and what it has done (`/metrics`).

use axum::{extract::State, response::IntoResponse};
use http::StatusCode;
use hub::Hub;
use metrics_exporter_prometheus::PrometheusHandle;

use crate::state::AppState;

/// The process answers.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// The database can be read and written.
pub(crate) async fn readyz(State(state): State<AppState>) -> impl IntoResponse {
    match state.hub.ready().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database cannot be used just now\n",
            )
        }
    }
}

/// Counters and the backlog, as Prometheus reads them.
pub(crate) async fn metrics(
    State((hub, recorder)): State<(Hub, PrometheusHandle)>,
) -> impl IntoResponse {
    match hub.backlog().await {
        Ok(backlog) => {
            metrics::gauge!("send_hub_jobs_waiting").set(backlog.jobs_waiting);
            metrics::gauge!("send_hub_jobs_dead").set(backlog.jobs_dead);
            metrics::gauge!("send_hub_mails_waiting").set(backlog.mails_waiting);
            let age = backlog.oldest_job.map_or(0.0, |age| age.as_secs_f64());
            metrics::gauge!("send_hub_oldest_job_seconds_waiting").set(age);
            metrics::gauge!("send_hub_database_up").set(1);
        }
        Err(_) => metrics::gauge!("send_hub_database_up").set(0),
    }
    mailboxes(&hub).await;
    daily_audit(&hub).await;
    recorder.render()
}

/// How long ago each mailbox was read, and how many messages in it are not stored.
async fn mailboxes(hub: &Hub) {
    let Ok(counts) = hub.mailboxes().counts().await else {
        return;
    };
    for count in counts {
        let name = count.name.to_string();
        metrics::gauge!("send_hub_mailbox_seconds_since_contact", "mailbox" => name.clone())
            .set(count.since_contact.as_secs_f64());
        metrics::gauge!("send_hub_mailbox_not_stored", "mailbox" => name).set(count.not_stored);
    }
}

/// How long ago the last daily audit ended, how long it took, and in how many places something was wrong.
async fn daily_audit(hub: &Hub) {
    let Ok(standing) = hub.audit().standing().await else {
        return;
    };
    let Some(last) = standing.days.first() else {
        return;
    };
    let since = hub.now().duration_since(last.ended_at);
    metrics::gauge!("send_hub_audit_seconds_since").set(since.as_secs_f64());
    metrics::gauge!("send_hub_audit_seconds_taken").set(last.took.as_secs_f64());
    let places: u64 = last.found.iter().map(|(_, places)| places).sum();
    metrics::gauge!("send_hub_audit_places_broken").set(u32::try_from(places).unwrap_or(u32::MAX));
}
