//! A number for each request: in its log lines, in its answer, and on the page for what went wrong.

use std::time::Instant;

use app::RequestId;
use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use http::HeaderValue;
use rand::{RngCore, SeedableRng, rngs::StdRng};
use tracing::Instrument;

/// Eight digits in two groups: short enough to be read out on the telephone.
fn new_id() -> String {
    let number = StdRng::from_os_rng().next_u32() % 100_000_000;
    format!("{:04}-{:04}", number / 10_000, number % 10_000)
}

/// Gives a request its number and writes down how it went.
pub(super) async fn give(mut request: Request, next: Next) -> Response {
    let id = new_id();
    let started = Instant::now();
    let method = request.method().clone();
    // The route, never the address: an address may hold a private link.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "(file)".to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!("request", request.id = id);
    let mut response = next.run(request).instrument(span).await;
    let status = response.status().as_u16();
    let elapsed = started.elapsed();
    metrics::histogram!("send_hub_request_seconds", "route" => route.clone())
        .record(elapsed.as_secs_f64());
    metrics::counter!(
        "send_hub_requests_total", "route" => route.clone(), "status" => status.to_string()
    )
    .increment(1);
    tracing::info!(
        request.id = id,
        %method,
        route,
        status,
        duration_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
        "answered"
    );
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}
