//! What every form of somebody signed in begins with: who they are, where, and what they posted.

use std::net::SocketAddr;

use app::{ReturnTo, SignedIn, ThisSession};
use axum::{
    Form,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Request},
    response::{IntoResponse, Redirect, Response},
};
use domain::{form::Fields, ids::SessionId};
use http::request::Parts;
use hub::{
    Actor, Error,
    accounts::{CODE, NEW_PASSWORD, PASSWORD, PASSWORD_AGAIN, RECOVERY_CODE, Visitor},
};

use super::render::{failed, page_at};
use crate::state::AppState;

/// A form that somebody signed in has posted. Whoever is not signed in is sent to do that first.
#[derive(Debug)]
pub(crate) struct Signed {
    pub(super) actor: Actor,
    pub(super) session: SessionId,
    pub(super) visitor: Visitor,
    pub(super) fields: Fields,
    pub(super) parts: Parts,
}

impl Signed {
    /// To `address` when it was done; or the page of `form`, with what was refused.
    pub(super) async fn answer(
        self,
        state: &AppState,
        done: Result<(), Error>,
        address: &str,
        form: &str,
    ) -> Response {
        match done {
            Ok(()) => Redirect::to(address).into_response(),
            Err(error) => self.refused(state, error, form).await,
        }
    }

    /// The page of `form`, with what was refused; or what else went wrong.
    pub(super) async fn refused(self, state: &AppState, error: Error, form: &str) -> Response {
        match error {
            Error::Refused(faults) => {
                let form_again = app::Form::refused(without_secrets(self.fields), faults);
                page_at(state, &self.parts, form, Some(form_again)).await
            }
            error => failed(state, &self.parts, error).await,
        }
    }
}

impl FromRequest<AppState> for Signed {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let signed_in = parts.extensions.get::<SignedIn>().cloned();
        let this = parts.extensions.get::<ThisSession>().copied();
        let (Some(SignedIn(Some(officer))), Some(ThisSession(Some(session)))) = (signed_in, this)
        else {
            return Err(Redirect::to(ReturnTo::SIGN_IN).into_response());
        };
        let ConnectInfo(peer) = ConnectInfo::<SocketAddr>::from_request_parts(&mut parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let visitor = state.visitor(&parts.headers, peer);
        let request = Request::from_parts(parts.clone(), body);
        let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map_err(IntoResponse::into_response)?;
        Ok(Self {
            actor: Actor::Officer(officer),
            session,
            visitor,
            fields: Fields::from_pairs(pairs),
            parts,
        })
    }
}

/// What was typed, but for what no page ever shows again.
pub(super) fn without_secrets(fields: Fields) -> Fields {
    [PASSWORD, NEW_PASSWORD, PASSWORD_AGAIN, CODE, RECOVERY_CODE]
        .into_iter()
        .fold(fields, Fields::without)
}
