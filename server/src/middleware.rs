//! What every request passes, in the order in which [`wrap`] names it.

mod headers;
mod limits;
mod origin;
mod request_id;
mod session;
mod whole_page;

use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
};
use http::StatusCode;
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer,
    timeout::TimeoutLayer,
};

use crate::state::AppState;

/// Far more than the longest message: a megabyte of pasted text must come back to be shortened, with
/// what else was typed, and encoding makes it longer on its way. More than that is no letter.
const LARGEST_FORM: usize = 2 << 20;
const LONGEST_REQUEST: Duration = Duration::from_secs(30);
/// Brotli's default of 11 takes 10 ms a page. 4 takes twice the time of 3 to save a twentieth of the bytes.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(3);

/// Wraps the routes; the first layer named is the first that a request meets.
pub(crate) fn wrap(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    routes.layer(
        ServiceBuilder::new()
            .layer(from_fn(request_id::give))
            .layer(from_fn_with_state(state.clone(), headers::add))
            .layer(CompressionLayer::new().quality(COMPRESSION))
            .layer(from_fn(whole_page::finish))
            .layer(CatchPanicLayer::new())
            .layer(TimeoutLayer::with_status_code(
                StatusCode::SERVICE_UNAVAILABLE,
                LONGEST_REQUEST,
            ))
            .layer(from_fn_with_state(state.clone(), origin::check))
            .layer(from_fn_with_state(
                (state.clone(), limits::limits()),
                limits::check,
            ))
            .layer(DefaultBodyLimit::max(LARGEST_FORM))
            .layer(from_fn_with_state(state.clone(), session::find)),
    )
}
