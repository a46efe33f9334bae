//! The forms of one's own account: going away, another password, the second step, ending sessions.

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::form::Faults;
use hub::{
    Error,
    accounts::{AWAY_UNTIL, CODE, NEW_PASSWORD, PASSWORD, PASSWORD_AGAIN},
};

use super::{
    render::{failed, fresh_codes},
    signed::Signed,
};
use crate::state::AppState;

/// `POST /desk/account/away`
pub(crate) async fn away(State(state): State<AppState>, form: Signed) -> Response {
    let done = state
        .hub
        .accounts()
        .go_away(&form.actor, &form.fields)
        .await;
    let here = form
        .fields
        .one(&format!("{AWAY_UNTIL}-day"))
        .trim()
        .is_empty();
    let address = match here {
        true => "/desk/account?done=here",
        false => "/desk/account?done=away",
    };
    form.answer(&state, done, address, "/desk/account/away")
        .await
}

/// `POST /desk/account/password`
pub(crate) async fn password(State(state): State<AppState>, form: Signed) -> Response {
    const PAGE: &str = "/desk/account/password";
    if form.fields.one(NEW_PASSWORD) != form.fields.one(PASSWORD_AGAIN) {
        let faults = Faults::one(PASSWORD_AGAIN, "The two passwords are not the same");
        return form.refused(&state, Error::Refused(faults), PAGE).await;
    }
    let done = state
        .hub
        .accounts()
        .change_password(
            &form.actor,
            form.session,
            form.fields.one(PASSWORD).into(),
            form.fields.one(NEW_PASSWORD).into(),
            &form.visitor,
        )
        .await;
    form.answer(&state, done, "/desk/account?done=password", PAGE)
        .await
}

/// `POST /desk/account/second-step`: the answer is the page with the recovery codes, once.
pub(crate) async fn second_step(State(state): State<AppState>, form: Signed) -> Response {
    let set = state
        .hub
        .accounts()
        .set_up_during(
            &form.actor,
            form.session,
            form.fields.one(PASSWORD).into(),
            form.fields.one(CODE),
            &form.visitor,
        )
        .await;
    match set {
        Ok(codes) => fresh_codes(&state, &form.parts, codes).await,
        Err(error) => {
            form.refused(&state, error, "/desk/account/second-step")
                .await
        }
    }
}

/// `POST /desk/account/second-step/remove`
pub(crate) async fn remove_second_step(State(state): State<AppState>, form: Signed) -> Response {
    let done = state
        .hub
        .accounts()
        .remove_second_step(&form.actor, form.fields.one(PASSWORD).into(), &form.visitor)
        .await;
    let page = "/desk/account/second-step";
    form.answer(&state, done, "/desk/account?done=second-step", page)
        .await
}

/// `POST /desk/account/recovery-codes`: the answer is the page with the new ones, once.
pub(crate) async fn recovery_codes(State(state): State<AppState>, form: Signed) -> Response {
    let made = state
        .hub
        .accounts()
        .make_recovery_codes(&form.actor, form.fields.one(PASSWORD).into(), &form.visitor)
        .await;
    match made {
        Ok(codes) => fresh_codes(&state, &form.parts, codes).await,
        Err(error) => {
            form.refused(&state, error, "/desk/account/recovery-codes")
                .await
        }
    }
}

/// `POST /desk/account/sessions/{session}/end`
pub(crate) async fn end_session(
    State(state): State<AppState>,
    Path(session): Path<String>,
    form: Signed,
) -> Response {
    let done = match session.parse() {
        Ok(session) => {
            let accounts = state.hub.accounts();
            accounts.end_session(&form.actor, session).await
        }
        Err(_) => Err(Error::NotFound),
    };
    ended(&state, form, done).await
}

/// `POST /desk/account/sessions/end-others`
pub(crate) async fn end_other_sessions(State(state): State<AppState>, form: Signed) -> Response {
    let done = state
        .hub
        .accounts()
        .end_other_sessions(&form.actor, form.session)
        .await;
    ended(&state, form, done).await
}

async fn ended(state: &AppState, form: Signed, done: Result<(), Error>) -> Response {
    match done {
        Ok(()) => {
            form.answer(state, Ok(()), "/desk/account?done=sessions", "")
                .await
        }
        Err(error) => failed(state, &form.parts, error).await,
    }
}
