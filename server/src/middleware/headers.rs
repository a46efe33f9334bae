//! Headers that keep browsers on the safe side.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, header};

use crate::state::AppState;

/// No inline script anywhere, so no nonce is needed and pages stay cacheable.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Pages with an island may also compile WebAssembly.
const POLICY_WITH_ISLANDS: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A download from somebody's mail: should a browser show it after all, it can do nothing.
const POLICY_OF_DOWNLOADS: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // Not `no-referrer`: forms would then be posted with `Origin: null`.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// Adds them to every answer.
pub(super) async fn add(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let policy = if is_download(&path) {
        POLICY_OF_DOWNLOADS
    } else if has_islands(&path) {
        POLICY_WITH_ISLANDS
    } else {
        POLICY
    };
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    if state.is_https() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(cache(&path)));
    response
}

fn is_download(path: &str) -> bool {
    path.starts_with("/desk/incoming/") || path.starts_with("/desk/attachment/")
}

fn has_islands(path: &str) -> bool {
    matches!(path, "/" | "/local-offer")
}

/// What is about one person stays out of every cache.
fn cache(path: &str) -> &'static str {
    let private = [
        "/ask",
        "/enquiry",
        "/desk",
        "/admin",
        "/local-offer/my-list",
    ];
    if private.iter().any(|part| path.starts_with(part)) {
        "no-store"
    } else {
        "no-cache"
    }
}
