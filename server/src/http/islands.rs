//! What the islands ask for: the server functions of `app/src/api/`.

use axum::{
    body::Body,
    extract::{Request, State},
    response::IntoResponse,
};
use leptos::prelude::provide_context;
use leptos_axum::handle_server_fns_with_context;

use crate::state::AppState;

/// `GET /api/…`
pub(crate) async fn answer(
    State(state): State<AppState>,
    request: Request<Body>,
) -> impl IntoResponse {
    handle_server_fns_with_context(move || provide_context(state.hub.clone()), request).await
}
