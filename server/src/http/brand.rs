//! What is dressed in the council's colours: `/brand.css?v=…`, which every page asks for, and
//! `/favicon.svg`.

use app::BrandSheet;
use axum::{
    extract::{RawQuery, State},
    response::IntoResponse,
};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

use crate::state::AppState;

/// Today's colours. Asked for by today's version, they are kept for a year: another version is
/// another address. Asked for by an old one, they are not kept at all.
pub(crate) async fn sheet(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> impl IntoResponse {
    let sheet = BrandSheet::of(&state.hub.council().look);
    let asked = query.unwrap_or_default();
    let cache = if asked.strip_prefix("v=") == Some(sheet.version()) {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    (
        [
            (CONTENT_TYPE, "text/css; charset=utf-8"),
            (CACHE_CONTROL, cache),
        ],
        sheet.css().to_owned(),
    )
}

/// The mark in today's colours.
pub(crate) async fn favicon(State(state): State<AppState>) -> impl IntoResponse {
    let look = state.hub.council().look;
    (
        [
            (CONTENT_TYPE, "image/svg+xml"),
            (CACHE_CONTROL, "public, max-age=86400"),
        ],
        app::favicon(&look),
    )
}
