//! The forms between the password and the session: a code, a recovery code, setting up the second step. Each is for
//! the holder of half a sign-in; anybody else begins anew.

use app::{ReturnTo, SignedIn, ThisSession};
use axum::{
    extract::{FromRequest, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::form::Faults;
use hub::{
    Error, HalfToken, SessionToken,
    accounts::{CODE, RECOVERY_CODE, SignIn, TRIES},
};

use super::{
    cookies::{clear_session, half_token, set_session},
    posted::{Posted, without_secrets},
    render::{failed, fresh_codes, page, page_at, too_many},
    sign_in::go_on,
};
use crate::state::AppState;

/// A form of somebody whose password was right.
#[derive(Debug)]
pub(crate) struct HalfWay {
    token: HalfToken,
    posted: Posted,
}

/// `POST /desk/sign-in/code`
pub(crate) async fn code(State(state): State<AppState>, form: HalfWay) -> Response {
    let accounts = state.hub.accounts();
    let code = form.posted.fields.one(CODE);
    let taken = accounts
        .take_code(&form.token, code, &form.posted.visitor)
        .await;
    form.answer(&state, CODE, taken).await
}

/// `POST /desk/sign-in/recovery-code`
pub(crate) async fn recovery_code(State(state): State<AppState>, form: HalfWay) -> Response {
    let accounts = state.hub.accounts();
    let code = form.posted.fields.one(RECOVERY_CODE);
    let taken = accounts
        .take_recovery_code(&form.token, code, &form.posted.visitor)
        .await;
    form.answer(&state, RECOVERY_CODE, taken).await
}

/// `POST /desk/sign-in/set-up`: the answer is the page with the recovery codes, once.
pub(crate) async fn set_up(State(state): State<AppState>, form: HalfWay) -> Response {
    let accounts = state.hub.accounts();
    let code = form.posted.fields.one(CODE);
    let (session, codes) = match accounts
        .set_up_before(&form.token, code, &form.posted.visitor)
        .await
    {
        Ok(set) => set,
        Err(error) => return form.not_let_in(&state, CODE, error).await,
    };
    let mut parts = form.posted.parts;
    let officer = match accounts.officer(&session).await {
        Ok(officer) => officer,
        Err(error) => return failed(&state, &parts, error).await,
    };
    parts.extensions.insert(SignedIn(officer));
    parts.extensions.insert(ThisSession(Some(session.id())));
    let page = fresh_codes(&state, &parts, codes).await;
    ([set_session(&state, &session)], page).into_response()
}

impl HalfWay {
    async fn answer(
        self,
        state: &AppState,
        field: &str,
        taken: Result<SessionToken, Error>,
    ) -> Response {
        match taken {
            Ok(session) => go_on(state, &self.posted.fields, SignIn::Done(session)).await,
            Err(error) => self.not_let_in(state, field, error).await,
        }
    }

    /// The form again; or, after too many wrong codes or too long a time, the password again.
    async fn not_let_in(self, state: &AppState, field: &str, error: Error) -> Response {
        match error {
            Error::Refused(faults) => self.wrong(state, faults).await,
            Error::TooMany { retry_after_s } => {
                let values = without_secrets(self.posted.fields);
                too_many(state, &self.posted.parts, values, field, retry_after_s).await
            }
            Error::NotFound => {
                ([clear_session(state)], Redirect::to(ReturnTo::SIGN_IN)).into_response()
            }
            error => failed(state, &self.posted.parts, error).await,
        }
    }

    async fn wrong(self, state: &AppState, faults: Faults) -> Response {
        let values = without_secrets(self.posted.fields);
        match state.hub.accounts().next_step(&self.token).await {
            Ok(Some(_)) => {
                let again = app::Form::refused(values, faults);
                page(state, &self.posted.parts, Some(again)).await
            }
            Ok(None) => {
                let why = format!("You gave {TRIES} wrong codes. Sign in again from the start");
                let anew = app::Form::refused(values, Faults::one("email", why));
                let page = page_at(state, &self.posted.parts, ReturnTo::SIGN_IN, Some(anew)).await;
                ([clear_session(state)], page).into_response()
            }
            Err(error) => failed(state, &self.posted.parts, error).await,
        }
    }
}

impl FromRequest<AppState> for HalfWay {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let Some(token) = half_token(state, request.headers()) else {
            return Err(Redirect::to(ReturnTo::SIGN_IN).into_response());
        };
        let posted = Posted::from_request(request, state).await?;
        Ok(Self { token, posted })
    }
}
