//! Who is signed in, for the pages that ask: looked up on the addresses of staff only, so that a
//! public page costs no session.

use app::{SignedIn, ThisSession};
use axum::{
    Form,
    extract::{FromRequest, Request, State},
    middleware::Next,
    response::Response,
};
use domain::form::Fields;
use http::Method;
use hub::Error;

use crate::{
    http::{cookies, render},
    state::AppState,
};

/// Finds the session's officer.
pub(super) async fn find(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    if (path.starts_with("/desk") || path.starts_with("/admin"))
        && let Some(token) = cookies::session_token(&state, request.headers())
    {
        match state.hub.accounts().officer(&token).await {
            Ok(officer) => {
                let session = officer.as_ref().map(|_| token.id());
                request.extensions_mut().insert(ThisSession(session));
                request.extensions_mut().insert(SignedIn(officer));
            }
            Err(error) => {
                return cannot_tell(&state, request, error).await;
            }
        }
    }
    next.run(request).await
}

/// What an officer wrote about an enquiry stands on the page that says what went wrong.
async fn cannot_tell(state: &AppState, request: Request, error: Error) -> Response {
    let (parts, body) = request.into_parts();
    if !parts.uri.path().starts_with("/desk/enquiry/") {
        return render::failed(state, &parts, error).await;
    }
    let request = Request::from_parts(parts.clone(), body);
    match Form::<Vec<(String, String)>>::from_request(request, state).await {
        Ok(Form(pairs)) if parts.method == Method::POST => {
            render::failed_form(state, &parts, Fields::from_pairs(pairs), error).await
        }
        _ => render::failed(state, &parts, error).await,
    }
}
