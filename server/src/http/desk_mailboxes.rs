//! What officers do about messages that are in a mailbox and could not be stored.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use hub::{Error, mailboxes::message_at};

use super::{render::failed, signed::Asking};
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
    asking: Asking,
) -> Response {
    act(&state, place, &asking, Deed::TakeAgain).await
}

/// `POST /desk/mailboxes/{mailbox}/{place}/seen-to`
pub(crate) async fn seen_to(
    State(state): State<AppState>,
    Path(place): Path<(String, String)>,
    asking: Asking,
) -> Response {
    act(&state, place, &asking, Deed::SeeTo).await
}

async fn act(
    state: &AppState,
    (mailbox, message): (String, String),
    Asking { actor, parts }: &Asking,
    deed: Deed,
) -> Response {
    let mailboxes = state.hub.mailboxes();
    let done = match (message_at(&mailbox, &message), deed) {
        (None, _) => Err(Error::NotFound),
        (Some(place), Deed::TakeAgain) => mailboxes.take_again(actor, &place).await,
        (Some(place), Deed::SeeTo) => mailboxes.see_to(actor, &place).await,
    };
    match done {
        Ok(()) => Redirect::to(PAGE).into_response(),
        Err(error) => failed(state, parts, error).await,
    }
}
