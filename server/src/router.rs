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
    http::{account, admin_people, ask, desk, files, health, render, sign_in},
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
        .route("/desk/sign-in", post(sign_in::sign_in))
        .route("/desk/sign-in/code", post(sign_in::code))
        .route("/desk/sign-in/recovery-code", post(sign_in::recovery_code))
        .route("/desk/sign-in/set-up", post(sign_in::set_up))
        .route("/desk/sign-out", post(sign_in::sign_out))
        .route("/desk/invitation/{token}", post(sign_in::accept))
        .route("/desk/account/away", post(account::away))
        .route("/desk/account/password", post(account::password))
        .route("/desk/account/second-step", post(account::second_step))
        .route(
            "/desk/account/second-step/remove",
            post(account::remove_second_step),
        )
        .route(
            "/desk/account/recovery-codes",
            post(account::recovery_codes),
        )
        .route(
            "/desk/account/sessions/{session}/end",
            post(account::end_session),
        )
        .route(
            "/desk/account/sessions/end-others",
            post(account::end_other_sessions),
        )
        .route("/desk/enquiry/{reference}/reply", post(desk::reply))
        .route("/desk/enquiry/{reference}/note", post(desk::note))
        .route(
            "/desk/enquiry/{reference}/conversation",
            post(desk::conversation),
        )
        .route("/desk/enquiry/{reference}/assign", post(desk::assign))
        .route("/desk/enquiry/{reference}/close", post(desk::close))
        .route("/desk/mail/{mail}/try-again", post(desk::try_again))
        // Administrators
        .route("/admin/people/invite", post(admin_people::invite))
        .route(
            "/admin/people/invitations/{id}/send-again",
            post(admin_people::invite_again),
        )
        .route(
            "/admin/people/invitations/{id}/take-back",
            post(admin_people::take_back),
        )
        .route("/admin/people/{id}", post(admin_people::change))
        .route("/admin/people/{id}/away", post(admin_people::away))
        .route("/admin/people/{id}/disable", post(admin_people::disable))
        .route("/admin/people/{id}/enable", post(admin_people::enable))
        .route(
            "/admin/people/{id}/reset-second-step",
            post(admin_people::reset_second_step),
        )
        .route(
            "/admin/people/{id}/send-password-link",
            post(admin_people::send_password_link),
        )
        .route(
            "/admin/people/{id}/end-sessions",
            post(admin_people::end_sessions),
        )
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
