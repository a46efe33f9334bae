//! What officers do about messages that are in a mailbox and could not be stored.

use app::{ReturnTo, SignedIn};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use http::request::Parts;
use hub::{Actor, Error, mailboxes::message_at};

use super::render::failed;
use crate::state::AppState;

/// Where the messages stand.
const PAGE: &str = "/desk/mailboxes";

/// What is done about a message.
#[derive(Debug, Clone, Copy)]
enum Deed {
    TakeAgain,
    SeeTo,
}

/// `POST /desk/mailboxes/{mailbox}/{place}/take-again`
pub(crate) async fn take_again(
    State(state): State<AppState>,
    Path(place): Path<(String, String)>,
    parts: Parts,
) -> Response {
    act(&state, place, &parts, Deed::TakeAgain).await
}

/// `POST /desk/mailboxes/{mailbox}/{place}/seen-to`
pub(crate) async fn seen_to(
    State(state): State<AppState>,
    Path(place): Path<(String, String)>,
    parts: Parts,
) -> Response {
    act(&state, place, &parts, Deed::SeeTo).await
}

async fn act(
    state: &AppState,
    (mailbox, message): (String, String),
    parts: &Parts,
    deed: Deed,
) -> Response {
    let Some(SignedIn(Some(officer))) = parts.extensions.get::<SignedIn>().cloned() else {
        let back = ReturnTo::read(PAGE).unwrap_or_else(ReturnTo::desk);
        return Redirect::to(&back.sign_in_address()).into_response();
    };
    let actor = Actor::Officer(officer);
    let mailboxes = state.hub.mailboxes();
    let done = match (message_at(&mailbox, &message), deed) {
        (None, _) => Err(Error::NotFound),
        (Some(place), Deed::TakeAgain) => mailboxes.take_again(&actor, &place).await,
        (Some(place), Deed::SeeTo) => mailboxes.see_to(&actor, &place).await,
    };
    match done {
        Ok(()) => Redirect::to(PAGE).into_response(),
        Err(error) => failed(state, parts, error).await,
    }
}
