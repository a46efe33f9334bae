//! The forms on the way in: password, code, recovery code, setting up the second step, an invitation; and the
//! way out. A refused form answers 422 with its page, filled in, but never with what is secret.

use std::net::SocketAddr;

use app::{ReturnTo, SignedIn, ThisSession};
use axum::{
    Form,
    extract::{ConnectInfo, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    codes::Role,
    form::{Faults, Fields},
};
use http::{HeaderMap, request::Parts};
use hub::{
    Error, HalfToken, SessionToken,
    accounts::{CODE, NEW_PASSWORD, PASSWORD, PASSWORD_AGAIN, RECOVERY_CODE, SignIn},
};

use super::{
    cookies::{clear_session, half_token, session_token, set_half, set_session},
    render::{failed, fresh_codes, page},
};
use crate::state::AppState;

const UNPROTECTED: &str = "Your password would travel unprotected here. Open this page at an address that begins with https";

/// What a browser posts.
type Posted = Form<Vec<(String, String)>>;

/// `POST /desk/sign-in`
pub(crate) async fn sign_in(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    parts: Parts,
    Form(pairs): Posted,
) -> Response {
    let fields = Fields::from_pairs(pairs);
    if !state.sign_in_allowed(peer.ip()) {
        let faults = Faults::one("email", UNPROTECTED);
        return again(&state, &parts, fields, faults).await;
    }
    let visitor = state.visitor(&parts.headers, peer);
    let signed_in = state
        .hub
        .accounts()
        .sign_in(fields.one("email"), fields.one(PASSWORD).into(), &visitor)
        .await;
    match signed_in {
        Ok(signed_in) => go_on(&state, &fields, signed_in).await,
        Err(Error::Refused(faults)) => again(&state, &parts, fields, faults).await,
        Err(error) => failed(&state, &parts, error).await,
    }
}

/// `POST /desk/sign-in/code`
pub(crate) async fn code(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    parts: Parts,
    Form(pairs): Posted,
) -> Response {
    let fields = Fields::from_pairs(pairs);
    let Some(token) = half_token(&state, &parts.headers) else {
        return Redirect::to(ReturnTo::SIGN_IN).into_response();
    };
    let visitor = state.visitor(&parts.headers, peer);
    let taken = state
        .hub
        .accounts()
        .take_code(&token, fields.one(CODE), &visitor)
        .await;
    second_step(&state, &parts, fields, &token, taken).await
}

/// `POST /desk/sign-in/recovery-code`
pub(crate) async fn recovery_code(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    parts: Parts,
    Form(pairs): Posted,
) -> Response {
    let fields = Fields::from_pairs(pairs);
    let Some(token) = half_token(&state, &parts.headers) else {
        return Redirect::to(ReturnTo::SIGN_IN).into_response();
    };
    let visitor = state.visitor(&parts.headers, peer);
    let taken = state
        .hub
        .accounts()
        .take_recovery_code(&token, fields.one(RECOVERY_CODE), &visitor)
        .await;
    second_step(&state, &parts, fields, &token, taken).await
}

/// `POST /desk/sign-in/set-up`: the answer is the page with the recovery codes, once.
pub(crate) async fn set_up(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    parts: Parts,
    Form(pairs): Posted,
) -> Response {
    let fields = Fields::from_pairs(pairs);
    let Some(token) = half_token(&state, &parts.headers) else {
        return Redirect::to(ReturnTo::SIGN_IN).into_response();
    };
    let visitor = state.visitor(&parts.headers, peer);
    let accounts = state.hub.accounts();
    match accounts
        .set_up_before(&token, fields.one(CODE), &visitor)
        .await
    {
        Ok((session, codes)) => {
            let mut parts = parts;
            let officer = match accounts.officer(&session).await {
                Ok(officer) => officer,
                Err(error) => return failed(&state, &parts, error).await,
            };
            parts.extensions.insert(SignedIn(officer));
            parts.extensions.insert(ThisSession(Some(session.id())));
            let page = fresh_codes(&state, &parts, codes).await;
            ([set_session(&state, &session)], page).into_response()
        }
        Err(error) => not_let_in(&state, &parts, fields, &token, error).await,
    }
}

/// `POST /desk/invitation/{token}`
pub(crate) async fn accept(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(token): Path<String>,
    parts: Parts,
    Form(pairs): Posted,
) -> Response {
    let fields = Fields::from_pairs(pairs);
    if !state.sign_in_allowed(peer.ip()) {
        let faults = Faults::one(NEW_PASSWORD, UNPROTECTED);
        return again(&state, &parts, fields, faults).await;
    }
    let visitor = state.visitor(&parts.headers, peer);
    let password = fields.one(NEW_PASSWORD).into();
    let typed_again = fields.one(PASSWORD_AGAIN).into();
    let accepted = state
        .hub
        .accounts()
        .accept_invitation(&token, password, &typed_again, &visitor)
        .await;
    match accepted {
        Ok(signed_in) => go_on(&state, &Fields::default(), signed_in).await,
        Err(Error::Refused(faults)) => again(&state, &parts, fields, faults).await,
        Err(error) => failed(&state, &parts, error).await,
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
async fn go_on(state: &AppState, fields: &Fields, signed_in: SignIn) -> Response {
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

async fn second_step(
    state: &AppState,
    parts: &Parts,
    fields: Fields,
    token: &HalfToken,
    taken: Result<SessionToken, Error>,
) -> Response {
    match taken {
        Ok(session) => go_on(state, &fields, SignIn::Done(session)).await,
        Err(error) => not_let_in(state, parts, fields, token, error).await,
    }
}

/// The form again; or, after too many tries or too long a time, the password again.
async fn not_let_in(
    state: &AppState,
    parts: &Parts,
    fields: Fields,
    token: &HalfToken,
    error: Error,
) -> Response {
    match error {
        Error::Refused(faults) => match state.hub.accounts().next_step(token).await {
            Ok(Some(_)) => again(state, parts, fields, faults).await,
            Ok(None) => ([clear_session(state)], Redirect::to(ReturnTo::SIGN_IN)).into_response(),
            Err(error) => failed(state, parts, error).await,
        },
        Error::NotFound => {
            ([clear_session(state)], Redirect::to(ReturnTo::SIGN_IN)).into_response()
        }
        error => failed(state, parts, error).await,
    }
}

/// The form as it was typed, but for passwords and codes, which are never sent back.
async fn again(state: &AppState, parts: &Parts, fields: Fields, faults: Faults) -> Response {
    let values = super::signed::without_secrets(fields);
    page(state, parts, Some(app::Form::refused(values, faults))).await
}
