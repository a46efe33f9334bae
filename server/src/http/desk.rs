//! The forms of the officers' desk: what is done with an enquiry. Signing in is in `sign_in.rs`.
//!
//! Each asks the hub and answers with a redirect (303), or with the form's own page, filled in,
//! when it was refused (422). [`OnEnquiry`] is what every act on an enquiry begins with.

use app::{ReturnTo, SignedIn, Tab};
use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Path, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    form::{Faults, Fields},
    reference::Reference,
};
use http::{StatusCode, request::Parts};
use hub::{Actor, Error};

use super::render::{failed, failed_form, page_at, signed_out};
use crate::state::AppState;

/// Told beside the form of an officer whose page was no longer true.
const CHANGED: &str = "This enquiry changed after you opened it. Nothing was sent or saved. Look at what is new, then press the button again";

/// What a browser posts.
type Posted = Form<Vec<(String, String)>>;

/// `POST /desk/enquiry/{reference}/reply`
pub(crate) async fn reply(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let done = state
        .hub
        .desk()
        .reply(&act.actor, &act.reference, &act.fields)
        .await;
    act.answer(&state, done, "reply").await
}

/// `POST /desk/enquiry/{reference}/reply/save`: by the button, or `quietly` by the script while somebody writes.
pub(crate) async fn save_reply(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let done = state
        .hub
        .desk()
        .save_reply(&act.actor, &act.reference, &act.fields)
        .await;
    match done {
        Ok(()) if act.fields.contains("quietly", "yes") => StatusCode::NO_CONTENT.into_response(),
        Ok(()) => {
            let file = act.file_address();
            let more = if file.contains('?') { '&' } else { '?' };
            Redirect::to(&format!("{file}{more}saved=reply")).into_response()
        }
        refused => act.answer(&state, refused, "reply").await,
    }
}

/// `POST /desk/enquiry/{reference}/holding-reply`
pub(crate) async fn holding_reply(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let done = state
        .hub
        .desk()
        .holding_reply(&act.actor, &act.reference, &act.fields)
        .await;
    act.answer(&state, done, "holding_reply").await
}

/// `POST /desk/enquiry/{reference}/pause`
pub(crate) async fn pause(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let done = state
        .hub
        .desk()
        .pause(&act.actor, &act.reference, &act.fields)
        .await;
    act.answer(&state, done, "pause").await
}

/// `POST /desk/enquiry/{reference}/end-pause`
pub(crate) async fn end_pause(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let done = state
        .hub
        .desk()
        .end_pause(&act.actor, &act.reference, &act.fields)
        .await;
    act.answer(&state, done, "end_pause").await
}

/// `POST /desk/enquiry/{reference}/note`
pub(crate) async fn note(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let done = state
        .hub
        .desk()
        .note(&act.actor, &act.reference, &act.fields)
        .await;
    act.answer(&state, done, "note").await
}

/// `POST /desk/enquiry/{reference}/conversation`
pub(crate) async fn conversation(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let done = state
        .hub
        .desk()
        .record_conversation(&act.actor, &act.reference, &act.fields)
        .await;
    act.answer(&state, done, "conversation").await
}

/// `POST /desk/enquiry/{reference}/rang`
pub(crate) async fn rang(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let done = state
        .hub
        .desk()
        .rang_in_vain(&act.actor, &act.reference, &act.fields)
        .await;
    act.answer(&state, done, "rang").await
}

/// `POST /desk/enquiry/{reference}/reminded`
pub(crate) async fn reminded(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let done = state
        .hub
        .desk()
        .reminded(&act.actor, &act.reference, &act.fields)
        .await;
    act.answer(&state, done, "reminded").await
}

/// `POST /desk/enquiry/{reference}/pass-on`
pub(crate) async fn pass_on(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let done = state
        .hub
        .desk()
        .pass_on(&act.actor, &act.reference, &act.fields)
        .await;
    act.answer(&state, done, "topic").await
}

/// `POST /desk/enquiry/{reference}/assign`
pub(crate) async fn assign(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let done = state
        .hub
        .desk()
        .assign_to_me(&act.actor, &act.reference, &act.fields)
        .await;
    act.answer(&state, done, "assign").await
}

/// `POST /desk/enquiry/{reference}/close`
pub(crate) async fn close(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let done = state
        .hub
        .desk()
        .close(&act.actor, &act.reference, &act.fields)
        .await;
    act.answer(&state, done, "reason").await
}

/// Somebody signed in does something with one enquiry.
///
/// Whoever is not signed in is sent to do that first, with the way back to the enquiry; what they wrote meanwhile
/// stands on a page that sends it again.
#[derive(Debug)]
pub(crate) struct OnEnquiry {
    actor: Actor,
    reference: Reference,
    fields: Fields,
    parts: Parts,
}

impl OnEnquiry {
    pub(super) const fn actor(&self) -> &Actor {
        &self.actor
    }

    pub(super) const fn reference(&self) -> &Reference {
        &self.reference
    }

    pub(super) const fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The enquiry's file, which goes on knowing the list that the officer came from.
    fn file_address(&self) -> String {
        file_address(&self.reference, &self.fields)
    }

    /// Back to the enquiry's file: as it is now; or with what was refused; or, when it changed
    /// since the officer saw it, with what is new and with what they typed into `field`.
    pub(super) async fn answer(
        self,
        state: &AppState,
        done: Result<(), Error>,
        field: &'static str,
    ) -> Response {
        let address = self.file_address();
        match done {
            Ok(()) => Redirect::to(&address).into_response(),
            Err(Error::Refused(faults)) => {
                let form = app::Form::refused(self.fields, faults);
                page_at(state, &self.parts, &address, Some(form)).await
            }
            Err(Error::Stale) => {
                let form = app::Form::refused(self.fields, Faults::one(field, CHANGED));
                let mut page = page_at(state, &self.parts, &address, Some(form)).await;
                if page.status() == StatusCode::UNPROCESSABLE_ENTITY {
                    *page.status_mut() = StatusCode::CONFLICT;
                }
                page
            }
            Err(error) => failed_form(state, &self.parts, self.fields, error).await,
        }
    }
}

/// An enquiry's file, which goes on knowing the list that the officer came from.
pub(super) fn file_address(reference: &Reference, fields: &Fields) -> String {
    let from = Tab::read(fields.one(Tab::FIELD));
    Tab::file(from.as_ref(), &reference.to_string())
}

impl FromRequest<AppState> for OnEnquiry {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let typed = Path::<String>::from_request_parts(&mut parts, state).await;
        let Some(reference) = typed.ok().and_then(|Path(typed)| typed.parse().ok()) else {
            return Err(failed(state, &parts, Error::NotFound).await);
        };
        let request = Request::from_parts(parts.clone(), body);
        let Form(pairs) = Posted::from_request(request, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let fields = Fields::from_pairs(pairs);
        let Some(SignedIn(Some(officer))) = parts.extensions.get::<SignedIn>().cloned() else {
            let back =
                ReturnTo::read(&file_address(&reference, &fields)).unwrap_or_else(ReturnTo::desk);
            let page = signed_out(state, &parts, fields, &back).await;
            return Err(
                page.unwrap_or_else(|| Redirect::to(&back.sign_in_address()).into_response())
            );
        };
        Ok(Self {
            actor: Actor::Officer(officer),
            reference,
            fields,
            parts,
        })
    }
}
