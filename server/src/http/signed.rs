//! What every request of somebody signed in begins with: who they are and where; and, of a form, what they posted.

use app::{ReturnTo, SignedIn, ThisSession};
use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    response::{IntoResponse, Redirect, Response},
};
use domain::{form::Fields, ids::SessionId};
use http::request::Parts;
use hub::{Actor, Error, accounts::Visitor};

use super::{
    posted::{Posted, without_secrets},
    render::{failed, page_at},
};
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
        let signed_in = request.extensions().get::<SignedIn>().cloned();
        let this = request.extensions().get::<ThisSession>().copied();
        let (Some(SignedIn(Some(officer))), Some(ThisSession(Some(session)))) = (signed_in, this)
        else {
            return Err(Redirect::to(ReturnTo::SIGN_IN).into_response());
        };
        let posted = Posted::from_request(request, state).await?;
        Ok(Self {
            actor: Actor::Officer(officer),
            session,
            visitor: posted.visitor,
            fields: posted.fields,
            parts: posted.parts,
        })
    }
}

/// Somebody signed in asks for a file, or presses a button that says it all. Whoever is not signed in is sent to do
/// that first, with the way back to the list that it stood on.
#[derive(Debug)]
pub(crate) struct Asking {
    pub(super) actor: Actor,
    pub(super) parts: Parts,
}

/// The lists of the desk whose lines have buttons or files.
const LISTS: [&str; 3] = ["/desk/mailboxes", "/desk/quarantine", "/desk/searches"];

impl<S: Sync> FromRequestParts<S> for Asking {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        if let Some(SignedIn(Some(officer))) = parts.extensions.get::<SignedIn>().cloned() {
            return Ok(Self {
                actor: Actor::Officer(officer),
                parts: parts.clone(),
            });
        }
        let path = parts.uri.path();
        let list = LISTS.into_iter().find(|list| path.starts_with(list));
        let back = list.and_then(ReturnTo::read).unwrap_or_else(ReturnTo::desk);
        Err(Redirect::to(&back.sign_in_address()).into_response())
    }
}
