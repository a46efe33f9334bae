//! Drawing a page from a handler that is not one: a refused form, or what went wrong.

use std::sync::Arc;

use app::{
    DraftCookie, Failed, FoundByOfficer, FreshCodes, Refused, RequestId, ReturnTo, ShortlistCookie,
    SignedIn, SigningIn, ThisSession, Unsent,
};
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use domain::form::{Faults, Fields};
use http::{HeaderValue, Method, Request, StatusCode, header::RETRY_AFTER, request::Parts};
use leptos::prelude::{provide_context, use_context};

use super::cookies;
use crate::state::AppState;

/// What every page finds with `use_context`. Leptos has put the request there already.
pub(crate) fn provide_contexts(state: &AppState) {
    provide_context(state.hub.clone());
    provide_context(state.assets.clone());
    provide_context(state.serving);
    if let Some(parts) = use_context::<Parts>() {
        let extension = &parts.extensions;
        provide_context(extension.get::<RequestId>().cloned().unwrap_or_default());
        provide_context(extension.get::<SignedIn>().cloned().unwrap_or_default());
        if let Some(unsent) = extension.get::<Unsent>().cloned() {
            provide_context(unsent);
        }
        provide_context(extension.get::<ThisSession>().copied().unwrap_or_default());
        provide_context(SigningIn(cookies::half_token(state, &parts.headers)));
        provide_context(DraftCookie(cookies::draft_token(state, &parts.headers)));
        provide_context(ShortlistCookie(cookies::shortlist(state, &parts.headers)));
    }
}

/// The page of this very address; with a form that was sent, filled in again, and 422 if it was
/// refused.
pub(crate) async fn page(state: &AppState, parts: &Parts, sent: Option<app::Form>) -> Response {
    draw(state, as_get(parts, None), With::form(sent)).await
}

/// The page of another address, as [`page`].
pub(crate) async fn page_at(
    state: &AppState,
    parts: &Parts,
    address: &str,
    refused: Option<app::Form>,
) -> Response {
    draw(state, as_get(parts, Some(address)), With::form(refused)).await
}

/// The page that shows fresh recovery codes, once: they stand in no address and nowhere else.
pub(crate) async fn fresh_codes(
    state: &AppState,
    parts: &Parts,
    codes: hub::accounts::RecoveryCodes,
) -> Response {
    let with = With {
        codes: Some(FreshCodes(codes)),
        ..With::default()
    };
    let request = as_get(parts, Some("/desk/account/recovery-codes"));
    draw(state, request, with).await
}

/// The page that shows what an officer looked for, with what they typed: it stands in no address.
pub(crate) async fn found(
    state: &AppState,
    parts: &Parts,
    typed: Fields,
    found: hub::desk::Found,
) -> Response {
    let with = With {
        refused: Some(app::Form::filled(typed)),
        found: Some(FoundByOfficer(found)),
        ..With::default()
    };
    draw(state, as_get(parts, Some("/desk/find")), with).await
}

/// The page that tells what went wrong, with its status.
pub(crate) async fn failed(state: &AppState, parts: &Parts, error: hub::Error) -> Response {
    let status = app::status_of(&error);
    let retry_after = match &error {
        hub::Error::TooMany { retry_after_s } => Some(*retry_after_s),
        _ => None,
    };
    let failed = Failed(Arc::new(error));
    let with = With {
        failed: Some(failed),
        ..With::default()
    };
    let mut response = draw(state, as_get(parts, None), with).await;
    *response.status_mut() = status;
    match retry_after {
        Some(seconds) => to_wait(response, seconds),
        None => response,
    }
}

/// The form of this address after too many tries: beside `field` it says until when, with 429.
pub(crate) async fn too_many(
    state: &AppState,
    parts: &Parts,
    values: Fields,
    field: &str,
    retry_after_s: u64,
) -> Response {
    let until = app::wait_until(state.hub.now(), retry_after_s);
    let words = format!("Too many tries. {until}. Until then even the right one is refused");
    let refused = app::Form::refused(values, Faults::one(field, words));
    let response = page(state, parts, Some(refused)).await;
    match response.status() {
        StatusCode::UNPROCESSABLE_ENTITY => to_wait(response, retry_after_s),
        _ => response,
    }
}

fn to_wait(mut response: Response, seconds: u64) -> Response {
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    let seconds = HeaderValue::from(seconds);
    response.headers_mut().insert(RETRY_AFTER, seconds);
    response
}

/// As [`failed`], with what was typed, to be sent again from there. Never with a password or a code.
pub(crate) async fn failed_form(
    state: &AppState,
    parts: &Parts,
    typed: Fields,
    error: hub::Error,
) -> Response {
    let mut parts = parts.clone();
    parts.extensions.insert(unsent(&parts, typed));
    failed(state, &parts, error).await
}

/// The page for whoever was signed out while they wrote: the way to sign in, and what they typed, to be sent again.
/// `None` when they wrote nothing that would be lost.
pub(crate) async fn signed_out(
    state: &AppState,
    parts: &Parts,
    typed: Fields,
    back: &ReturnTo,
) -> Option<Response> {
    let mut parts = parts.clone();
    let unsent = unsent(&parts, typed);
    if !unsent.has_words() {
        return None;
    }
    parts.extensions.insert(unsent);
    Some(page_at(state, &parts, &back.sign_in_address(), None).await)
}

fn unsent(parts: &Parts, fields: Fields) -> Unsent {
    let action = parts.uri.path().to_owned();
    Unsent { action, fields }
}

/// What a page is to show that no address says.
#[derive(Clone, Default)]
struct With {
    refused: Option<app::Form>,
    failed: Option<Failed>,
    codes: Option<FreshCodes>,
    found: Option<FoundByOfficer>,
}

impl With {
    fn form(refused: Option<app::Form>) -> Self {
        Self {
            refused,
            ..Self::default()
        }
    }
}

async fn draw(state: &AppState, request: Request<Body>, with: With) -> Response {
    let refused = with.refused.as_ref();
    let is_refusal = refused.is_some_and(|form| !form.errors.is_empty());
    let state = state.clone();
    let contexts = move || {
        provide_contexts(&state);
        if let Some(form) = &with.refused {
            provide_context(Refused(form.clone()));
        }
        if let Some(failed) = &with.failed {
            provide_context(failed.clone());
        }
        if let Some(codes) = &with.codes {
            provide_context(codes.clone());
        }
        if let Some(found) = &with.found {
            provide_context(found.clone());
        }
    };
    let render = leptos_axum::render_app_async_with_context(contexts, app::shell);
    let mut response = render(request).await.into_response();
    if is_refusal && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

fn as_get(parts: &Parts, address: Option<&str>) -> Request<Body> {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = address
        .and_then(|address| address.parse().ok())
        .unwrap_or_else(|| parts.uri.clone());
    *request.headers_mut() = parts.headers.clone();
    *request.extensions_mut() = parts.extensions.clone();
    request
}
