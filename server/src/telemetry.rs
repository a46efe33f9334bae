//! Logs and metrics: ids and durations, never a name, an address or a message's text.

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

/// Seconds that a page may take, for the histogram.
const SECONDS: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1.0, 5.0];

/// What others say that nobody is to read.
const UNHEARD: [&str; 2] = [
    // Passwords and letters, word for word.
    "async_imap=off",
    // That an index's pieces were joined by one while the other was about to: whoever was second tries again.
    "tantivy::indexer::segment_manager=error",
];

/// Starts logging to standard error, one line an event.
pub(crate) fn start_log(filter: &str) -> Result<(), String> {
    let mut filter = EnvFilter::try_new(filter)
        .map_err(|problem| format!("log: “{filter}” is no filter: {problem}"))?;
    for unheard in UNHEARD {
        filter = filter.add_directive(unheard.parse().map_err(|_| unheard.to_owned())?);
    }
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .try_init()
        .map_err(|problem| problem.to_string())
}

/// Starts counting.
pub(crate) fn start_metrics() -> Result<PrometheusHandle, String> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
        .map_err(|problem| problem.to_string())?
        .install_recorder()
        .map_err(|problem| problem.to_string())
}
