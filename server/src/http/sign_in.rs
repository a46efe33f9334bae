//! The forms at the door: the password, an invitation, and the way out. What comes after the password is in
//! `second_step.rs`. A refused form answers 422 with its page, filled in, but never with what is secret.

use app::ReturnTo;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    codes::Role,
    form::{Faults, Fields},
};
use http::{HeaderMap, request::Parts};
use hub::{
    Error, SessionToken,
    accounts::{NEW_PASSWORD, PASSWORD, PASSWORD_AGAIN, SignIn},
};

use super::{
    cookies::{clear_session, session_token, set_half, set_session},
    posted::{Posted, without_secrets},
    render::{failed, page, too_many},
};
use crate::state::AppState;

const UNPROTECTED: &str = "Your password would travel unprotected here. Open this page at an address that begins with https";

/// `POST /desk/sign-in`
pub(crate) async fn sign_in(State(state): State<AppState>, form: Posted) -> Response {
    if !state.sign_in_allowed(form.peer.ip()) {
        let faults = Faults::one("email", UNPROTECTED);
        return again(&state, &form.parts, form.fields, faults).await;
    }
    let (email, password) = (form.fields.one("email"), form.fields.one(PASSWORD));
    let accounts = state.hub.accounts();
    let signed_in = accounts
        .sign_in(email, password.into(), &form.visitor)
        .await;
    match signed_in {
        Ok(signed_in) => go_on(&state, &form.fields, signed_in).await,
        Err(Error::Refused(faults)) => again(&state, &form.parts, form.fields, faults).await,
        Err(Error::TooMany { retry_after_s }) => {
            let values = without_secrets(form.fields);
            too_many(&state, &form.parts, values, "email", retry_after_s).await
        }
        Err(error) => failed(&state, &form.parts, error).await,
    }
}

/// `POST /desk/invitation/{token}`
pub(crate) async fn accept(
    State(state): State<AppState>,
    Path(token): Path<String>,
    form: Posted,
) -> Response {
    if !state.sign_in_allowed(form.peer.ip()) {
        let faults = Faults::one(NEW_PASSWORD, UNPROTECTED);
        return again(&state, &form.parts, form.fields, faults).await;
    }
    let password = form.fields.one(NEW_PASSWORD).into();
    let typed_again = form.fields.one(PASSWORD_AGAIN).into();
    let accounts = state.hub.accounts();
    let accepted = accounts
        .accept_invitation(&token, password, &typed_again, &form.visitor)
        .await;
    match accepted {
        Ok(signed_in) => go_on(&state, &Fields::default(), signed_in).await,
        Err(Error::Refused(faults)) => again(&state, &form.parts, form.fields, faults).await,
        // Pressed twice, or too late: the link's own page says which, and what to do.
        Err(Error::NotFound) => page(&state, &form.parts, None).await,
        Err(error) => failed(&state, &form.parts, error).await,
    }
}

/// `POST /desk/sign-out`
pub(crate) async fn sign_out(State(state): State<AppState>, parts: Parts) -> Response {
    if let Err(error) = end_session(&state, &parts.headers).await {
        return failed(&state, &parts, error).await;
    }
    ([clear_session(&state)], Redirect::to(ReturnTo::SIGN_IN)).into_response()
}

async fn end_session(state: &AppState, headers: &HeaderMap) -> Result<(), Error> {
    match session_token(state, headers) {
        Some(token) => state.hub.accounts().sign_out(&token).await,
        None => Ok(()),
    }
}

/// To where they were going, or to what stands in between.
pub(super) async fn go_on(state: &AppState, fields: &Fields, signed_in: SignIn) -> Response {
    let wanted = ReturnTo::read(fields.one("next"));
    let behind = |page: &str| match &wanted {
        Some(wanted) => wanted.behind(page),
        None => page.to_owned(),
    };
    let (cookie, address) = match signed_in {
        SignIn::Code(token) => (set_half(state, &token), behind(ReturnTo::CODE)),
        SignIn::SetUp(token) => (set_half(state, &token), behind(ReturnTo::SET_UP)),
        SignIn::Done(token) => {
            let first = match wanted {
                Some(wanted) if wanted != ReturnTo::desk() => wanted,
                _ => first_page(state, &token).await,
            };
            (set_session(state, &token), first.as_str().to_owned())
        }
    };
    ([cookie], Redirect::to(&address)).into_response()
}

/// Where somebody begins who was going nowhere in particular: an editor finds no enquiries at the desk.
async fn first_page(state: &AppState, token: &SessionToken) -> ReturnTo {
    match state.hub.accounts().officer(token).await {
        Ok(Some(officer)) if officer.role == Role::Editor => ReturnTo::account(),
        _ => ReturnTo::desk(),
    }
}

/// The form as it was typed, but for passwords and codes, which are never sent back.
async fn again(state: &AppState, parts: &Parts, fields: Fields, faults: Faults) -> Response {
    let values = without_secrets(fields);
    page(state, parts, Some(app::Form::refused(values, faults))).await
}
