//! Mail that came in, for officers: whole mails and attachments as downloads, and what is done with the quarantine.
//!
//! A download is never shown by a browser, whatever it says it is: `attachment`, a type that is none, `nosniff`, and a
//! policy that lets it do nothing (`middleware/headers.rs`).

use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    form::{Fault, Faults, Fields},
    ids::{IncomingId, MessageId},
};
use http::{
    HeaderValue,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    request::Parts,
};
use hub::{Error, desk::Download};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    desk::OnEnquiry,
    render::{failed, page_at},
    signed::Asking,
};
use crate::state::AppState;

const QUARANTINE: &str = "/desk/quarantine";
/// What may stand in `filename*` as it is (RFC 8187, section 3.2.1).
const NAMED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// `GET /desk/incoming/{incoming}`
pub(crate) async fn whole_mail(
    State(state): State<AppState>,
    Path(incoming): Path<String>,
    Asking { actor, parts }: Asking,
) -> Response {
    let found = match incoming.parse::<IncomingId>() {
        Ok(id) => state.hub.desk().whole_mail(&actor, id).await,
        Err(_) => Err(Error::NotFound),
    };
    handed_out(&state, &parts, found).await
}

/// `GET /desk/attachment/{message}/{ordinal}`
pub(crate) async fn attachment(
    State(state): State<AppState>,
    Path((message, ordinal)): Path<(String, String)>,
    Asking { actor, parts }: Asking,
) -> Response {
    let found = match (message.parse::<MessageId>(), ordinal.parse()) {
        (Ok(message), Ok(ordinal)) => {
            let desk = state.hub.desk();
            desk.attachment(&actor, message, ordinal).await
        }
        _ => Err(Error::NotFound),
    };
    handed_out(&state, &parts, found).await
}

/// `POST /desk/quarantine/{incoming}/enquiry`
pub(crate) async fn make_enquiry(
    State(state): State<AppState>,
    Path(incoming): Path<String>,
    Asking { actor, parts }: Asking,
) -> Response {
    let made = match incoming.parse::<IncomingId>() {
        Ok(id) => state.hub.desk().make_enquiry(&actor, id).await,
        Err(_) => Err(Error::NotFound),
    };
    match made {
        Ok(reference) => Redirect::to(&format!("/desk/enquiry/{reference}")).into_response(),
        Err(error) => failed(&state, &parts, error).await,
    }
}

/// `POST /desk/quarantine/{incoming}/aside`: each mail of the page has a form of its own, whose field carries its id.
/// Its query is that of the page.
pub(crate) async fn set_aside(
    State(state): State<AppState>,
    Path(incoming): Path<String>,
    Asking { actor, parts }: Asking,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let typed = Fields::from_pairs(pairs);
    let name = format!("reason-{incoming}");
    let list = match parts.uri.query() {
        Some(query) => format!("{QUARANTINE}?{query}"),
        None => QUARANTINE.to_owned(),
    };
    let mut fields = Fields::default();
    fields.set("reason", typed.one(&name));
    let done = match incoming.parse::<IncomingId>() {
        Ok(id) => state.hub.desk().set_mail_aside(&actor, id, &fields).await,
        Err(_) => Err(Error::NotFound),
    };
    match done {
        Ok(()) => Redirect::to(&list).into_response(),
        Err(Error::Refused(faults)) => {
            let mut named = Faults::default();
            for Fault { message, .. } in faults.iter() {
                named.add(&name, message.clone());
            }
            let form = app::Form::refused(typed, named);
            page_at(&state, &parts, &list, Some(form)).await
        }
        Err(error) => failed(&state, &parts, error).await,
    }
}

/// `POST /desk/enquiry/{reference}/join`
pub(crate) async fn join(State(state): State<AppState>, act: OnEnquiry) -> Response {
    let desk = state.hub.desk();
    match desk.join(act.actor(), act.reference(), act.fields()).await {
        Ok(into) => Redirect::to(&format!("/desk/enquiry/{into}")).into_response(),
        Err(error) => act.answer(&state, Err(error), "into").await,
    }
}

async fn handed_out(state: &AppState, parts: &Parts, found: Result<Download, Error>) -> Response {
    let Download { name, bytes } = match found {
        Ok(download) => download,
        Err(error) => return failed(state, parts, error).await,
    };
    let encoded = utf8_percent_encode(&name, NAMED);
    let disposition = format!("attachment; filename*=UTF-8''{encoded}");
    let disposition = HeaderValue::try_from(disposition);
    (
        [
            (
                CONTENT_TYPE,
                HeaderValue::from_static("application/octet-stream"),
            ),
            (
                CONTENT_DISPOSITION,
                disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment")),
            ),
            (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ],
        bytes,
    )
        .into_response()
}
