//! Who is signed in, for the pages that ask: looked up on the addresses of the desk and of administrators only,
//! so that a public page costs no session.

use app::{SignedIn, ThisSession};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

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
                let (parts, _) = request.into_parts();
                return render::failed(&state, &parts, error).await;
            }
        }
    }
    next.run(request).await
}
