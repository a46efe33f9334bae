//! Every route of the hub, by audience. Pages are drawn by `app` (its `App` lists them); what
//! stands here besides is what they post to, files, and health.

use axum::{
    Router,
    routing::{get, post},
};
use http::{Request, StatusCode};
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, generate_route_list, handle_server_fns_with_context};
use metrics_exporter_prometheus::PrometheusHandle;

use crate::{
    http::{ask, brand, desk, files, health, render},
    middleware,
    state::AppState,
};

/// Everything that the public listener serves.
pub(crate) fn router(state: AppState) -> Router {
    let pages = generate_route_list(app::App);
    let contexts = {
        let state = state.clone();
        move || render::provide_contexts(&state)
    };
    let islands = {
        let hub = state.hub.clone();
        move |request: Request<axum::body::Body>| {
            let hub = hub.clone();
            handle_server_fns_with_context(move || provide_context(hub.clone()), request)
        }
    };
    let routes = Router::new()
        // Pages, for everybody and for officers
        .leptos_routes_with_context(&state, pages, contexts, app::shell)
        .route("/api/{*function}", get(islands))
        // Those who ask
        .route("/ask", post(ask::start))
        .route("/ask/{step}", post(ask::answer))
        .route("/enquiry/{token}", post(ask::follow_up))
        // Officers
        .route("/desk/sign-in", post(desk::sign_in))
        .route("/desk/sign-out", post(desk::sign_out))
        .route("/desk/enquiry/{reference}/reply", post(desk::reply))
        .route("/desk/enquiry/{reference}/note", post(desk::note))
        .route(
            "/desk/enquiry/{reference}/conversation",
            post(desk::conversation),
        )
        .route("/desk/enquiry/{reference}/assign", post(desk::assign))
        .route("/desk/enquiry/{reference}/close", post(desk::close))
        .route("/desk/mail/{mail}/try-again", post(desk::try_again))
        // Files, besides those of the site's folder
        .route(app::BRAND_PATH, get(brand::sheet))
        .route("/favicon.svg", get(brand::favicon))
        // Machines
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .fallback(files::file_or_not_found);
    middleware::wrap(routes, &state).with_state(state)
}

/// What the metrics' own listener serves.
pub(crate) fn metrics(hub: hub::Hub, recorder: PrometheusHandle) -> Router {
    Router::new()
        .route("/metrics", get(health::metrics))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .with_state((hub, recorder))
}
