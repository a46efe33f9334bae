//! The forms of `/admin/people`: inviting, changing accounts, and how somebody signs in.

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::ids::{AccountId, InvitationId};
use hub::{Error, accounts::Accounts};

use super::signed::Signed;
use crate::state::AppState;

const PEOPLE: &str = "/admin/people";

/// `POST /admin/people/invite`
pub(crate) async fn invite(State(state): State<AppState>, form: Signed) -> Response {
    let done = state.hub.accounts().invite(&form.actor, &form.fields).await;
    let page = "/admin/people/invite";
    form.answer(&state, done.map(drop), &after("invited"), page)
        .await
}

/// `POST /admin/people/invitations/{id}/send-again`
pub(crate) async fn invite_again(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: Signed,
) -> Response {
    let done = match id.parse::<InvitationId>() {
        Ok(id) => state.hub.accounts().invite_again(&form.actor, id).await,
        Err(_) => Err(Error::NotFound),
    };
    form.answer(&state, done, &after("invited"), PEOPLE).await
}

/// `POST /admin/people/invitations/{id}/take-back`
pub(crate) async fn take_back(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: Signed,
) -> Response {
    let done = match id.parse::<InvitationId>() {
        Ok(id) => {
            let accounts = state.hub.accounts();
            accounts.take_invitation_back(&form.actor, id).await
        }
        Err(_) => Err(Error::NotFound),
    };
    form.answer(&state, done, &after("taken-back"), PEOPLE)
        .await
}

/// `POST /admin/people/{id}`
pub(crate) async fn change(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: Signed,
) -> Response {
    on_person(&state, &id, form, "changed", async |accounts, id, form| {
        accounts.change_person(&form.actor, id, &form.fields).await
    })
    .await
}

/// `POST /admin/people/{id}/away`
pub(crate) async fn away(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: Signed,
) -> Response {
    on_person(&state, &id, form, "away", async |accounts, id, form| {
        accounts.send_away(&form.actor, id, &form.fields).await
    })
    .await
}

/// `POST /admin/people/{id}/disable`
pub(crate) async fn disable(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: Signed,
) -> Response {
    on_person(&state, &id, form, "disabled", async |accounts, id, form| {
        accounts.disable_account(&form.actor, id).await
    })
    .await
}

/// `POST /admin/people/{id}/enable`
pub(crate) async fn enable(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: Signed,
) -> Response {
    on_person(&state, &id, form, "enabled", async |accounts, id, form| {
        accounts.enable_account(&form.actor, id).await
    })
    .await
}

/// `POST /admin/people/{id}/reset-second-step`
pub(crate) async fn reset_second_step(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: Signed,
) -> Response {
    let done = "second-step";
    on_person(&state, &id, form, done, async |accounts, id, form| {
        accounts.reset_second_step(&form.actor, id).await
    })
    .await
}

/// `POST /admin/people/{id}/send-password-link`
pub(crate) async fn send_password_link(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: Signed,
) -> Response {
    on_person(&state, &id, form, "link", async |accounts, id, form| {
        accounts.send_password_link(&form.actor, id).await
    })
    .await
}

/// `POST /admin/people/{id}/end-sessions`
pub(crate) async fn end_sessions(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: Signed,
) -> Response {
    on_person(&state, &id, form, "sessions", async |accounts, id, form| {
        accounts.end_sessions_of(&form.actor, id).await
    })
    .await
}

/// Does something with one account, and goes back to everybody; or shows that account's page with what was
/// refused.
async fn on_person(
    state: &AppState,
    typed: &str,
    form: Signed,
    done: &str,
    act: impl AsyncFnOnce(Accounts<'_>, AccountId, &Signed) -> Result<(), Error>,
) -> Response {
    let Ok(id) = typed.parse::<AccountId>() else {
        return form.refused(state, Error::NotFound, PEOPLE).await;
    };
    let acted = act(state.hub.accounts(), id, &form).await;
    let page = format!("{PEOPLE}/{id}");
    form.answer(state, acted, &after(done), &page).await
}

/// The list, saying what was done.
fn after(done: &str) -> String {
    format!("{PEOPLE}?done={done}")
}
