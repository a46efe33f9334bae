//! Files of the site's folder, and the page for what is not there.

use axum::{
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, StatusCode, header::CACHE_CONTROL};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use super::render;
use crate::state::AppState;

/// Any address that is no route: a file, or the page that says it is not there.
pub(crate) async fn file_or_not_found(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if matches!(parts.method, Method::GET | Method::HEAD) {
        let asset = parts.uri.path().starts_with("/assets/");
        let request = Request::from_parts(parts.clone(), Body::empty());
        let files = ServeDir::new(state.site.as_path())
            .append_index_html_on_directories(false)
            .precompressed_br();
        let Ok(mut response) = files.oneshot(request).await;
        if !matches!(
            response.status(),
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED
        ) {
            // An asset's name carries its hash: it never changes.
            let cache = if asset {
                "public, max-age=31536000, immutable"
            } else {
                "public, max-age=86400"
            };
            response
                .headers_mut()
                .insert(CACHE_CONTROL, HeaderValue::from_static(cache));
            return response.into_response();
        }
    }
    render::failed(&state, &parts, hub::Error::NotFound).await
}
