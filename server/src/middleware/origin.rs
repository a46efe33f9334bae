//! Forms are taken from our own pages only, so that no other site can post in somebody's name.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, header};

use crate::state::AppState;

const REFUSED: &str = "This form was not sent from our own page. Open the page again, fill in the form there, and send it once more.\n";

/// Lets a request pass that reads, or that one of our own pages sent.
pub(super) async fn check(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let public = state.hub.public_url().origin().ascii_serialization();
    if reads || is_ours(request.headers(), &public) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, REFUSED).into_response()
    }
}

/// Browsers say where a form came from. `Sec-Fetch-Site` cannot be forged by a page; without it,
/// `Origin` must name the public address, or the very host that was asked.
fn is_ours(headers: &HeaderMap, public: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let Some(origin) = text(header::ORIGIN) else {
        return false;
    };
    let host = text(header::HOST).unwrap_or_default();
    let asked_plainly = !public.starts_with("https:") && !host.is_empty();
    origin == public || asked_plainly && origin == format!("http://{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    header::HeaderName::from_static(name),
                    header::HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn a_form_is_taken_from_our_own_pages_only() {
        let public = "https://send.example.org";
        for (pairs, ours) in [
            (
                &[("sec-fetch-site", "same-origin"), ("origin", "null")][..],
                true,
            ),
            (
                &[("sec-fetch-site", "cross-site"), ("origin", public)],
                false,
            ),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("origin", public)], true),
            (&[("origin", "null")], false),
            (&[("origin", "https://elsewhere.example.org")], false),
            (
                &[
                    ("origin", "http://127.0.0.1:3000"),
                    ("host", "127.0.0.1:3000"),
                ],
                false,
            ),
            (&[], false),
        ] {
            assert_eq!(is_ours(&headers(pairs), public), ours, "{pairs:?}");
        }
        let here = headers(&[
            ("origin", "http://127.0.0.1:3000"),
            ("host", "127.0.0.1:3000"),
        ]);
        assert!(is_ours(&here, "http://send.example.org"));
    }
}
