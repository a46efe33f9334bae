//! The forms of `/desk/undelivered`, what is done with mail that reached nobody; and taking back what is not sent yet.

use app::to_the_second;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{form::Faults, ids::MailId};
use hub::{
    Error,
    desk::{Desk, TakenBack},
};

use jiff::Timestamp;

use super::{desk::file_address, signed::Signed};
use crate::state::AppState;

const LIST: &str = "/desk/undelivered";

/// Told when a reply went, or is on its way.
fn too_late(sent_at: Option<Timestamp>) -> String {
    match sent_at {
        Some(at) => format!(
            "It is too late to take this back: it was sent at {}",
            to_the_second(at)
        ),
        None => "It is too late to take this back: it is being sent now".to_owned(),
    }
}

/// `POST /desk/mail/{mail}/take-back`: to the enquiry's file, the words in their form again.
pub(crate) async fn take_back(
    State(state): State<AppState>,
    Path(mail): Path<String>,
    form: Signed,
) -> Response {
    let done = match mail.parse::<MailId>() {
        Ok(id) => state.hub.desk().take_back(&form.actor, id).await,
        Err(_) => Err(Error::NotFound),
    };
    match done {
        Ok(TakenBack {
            reference,
            message: Some(message),
            ..
        }) => {
            let file = file_address(&reference, &form.fields);
            let joint = if file.contains('?') { '&' } else { '?' };
            Redirect::to(&format!("{file}{joint}take-up={message}")).into_response()
        }
        Ok(TakenBack {
            reference, sent_at, ..
        }) => {
            let late = Error::Refused(Faults::one("undo", too_late(sent_at)));
            let file = file_address(&reference, &form.fields);
            form.refused(&state, late, &file).await
        }
        Err(error) => form.refused(&state, error, LIST).await,
    }
}

/// `POST /desk/undelivered/{mail}/send-again`
pub(crate) async fn send_again(
    State(state): State<AppState>,
    Path(mail): Path<String>,
    form: Signed,
) -> Response {
    on_mail(&state, &mail, form, async |desk, id, form| {
        desk.try_again(&form.actor, id).await
    })
    .await
}

/// `POST /desk/undelivered/{mail}/elsewhere`
pub(crate) async fn elsewhere(
    State(state): State<AppState>,
    Path(mail): Path<String>,
    form: Signed,
) -> Response {
    on_mail(&state, &mail, form, async |desk, id, form| {
        desk.send_elsewhere(&form.actor, id, &form.fields).await
    })
    .await
}

/// `POST /desk/undelivered/{mail}/clear`
pub(crate) async fn clear(
    State(state): State<AppState>,
    Path(mail): Path<String>,
    form: Signed,
) -> Response {
    on_mail(&state, &mail, form, async |desk, id, form| {
        desk.clear_mail(&form.actor, id, &form.fields).await
    })
    .await
}

/// Back to the list when it was done; or the mail's own page, with what was refused.
async fn on_mail(
    state: &AppState,
    mail: &str,
    form: Signed,
    act: impl AsyncFnOnce(Desk<'_>, MailId, &Signed) -> Result<(), Error>,
) -> Response {
    let (done, page) = match mail.parse::<MailId>() {
        Ok(id) => (
            act(state.hub.desk(), id, &form).await,
            format!("{LIST}/{id}"),
        ),
        Err(_) => (Err(Error::NotFound), LIST.to_owned()),
    };
    form.answer(state, done, LIST, &page).await
}
