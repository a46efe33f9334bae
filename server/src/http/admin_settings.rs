//! The forms of the settings: each asks the hub and leads back to the list it came from, or comes
//! back filled in when it was refused.

use app::{ReturnTo, SignedIn};
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::form::{Faults, Fields};
use http::{StatusCode, request::Parts};
use hub::{
    Actor, Error,
    settings::{Item, SEEN, Section},
};

use super::render::{failed, page};
use crate::state::AppState;

/// Told to whoever saves what somebody else has changed meanwhile.
const CHANGED: &str = "Somebody changed the settings after you opened this page. Nothing was saved. Look at it again, then press the button once more";

type Posted = Form<Vec<(String, String)>>;

/// `POST /admin/settings/{section}`
pub(crate) async fn change(
    State(state): State<AppState>,
    Path(section): Path<String>,
    parts: Parts,
    Form(pairs): Posted,
) -> Response {
    let form = section.parse().map(|section| (section, Item::Whole));
    save(&state, &parts, form.ok(), Fields::from_pairs(pairs)).await
}

/// `POST /admin/settings/{section}/{item}`
pub(crate) async fn change_item(
    State(state): State<AppState>,
    Path((section, item)): Path<(String, String)>,
    parts: Parts,
    Form(pairs): Posted,
) -> Response {
    let form = section.parse().ok().zip(item.parse().ok());
    save(&state, &parts, form, Fields::from_pairs(pairs)).await
}

/// `POST /admin/settings/history/{version}`
pub(crate) async fn put_back(
    State(state): State<AppState>,
    Path(version): Path<String>,
    parts: Parts,
    Form(pairs): Posted,
) -> Response {
    let Some(actor) = signed_in(&parts) else {
        return to_sign_in(&parts);
    };
    let fields = Fields::from_pairs(pairs);
    let Ok(version) = version.parse() else {
        return failed(&state, &parts, Error::NotFound).await;
    };
    // No version is 0: a form that does not say what it showed is told to look again.
    let seen = fields.one(SEEN).parse().unwrap_or(0);
    let settings = state.hub.settings();
    match settings.put_back(&actor, version, seen).await {
        Ok(()) => Redirect::to("/admin/settings?saved=yes").into_response(),
        Err(Error::Refused(faults)) => {
            page(&state, &parts, Some(app::Form::refused(fields, faults))).await
        }
        Err(error) => failed(&state, &parts, error).await,
    }
}

async fn save(
    state: &AppState,
    parts: &Parts,
    form: Option<(Section, Item)>,
    fields: Fields,
) -> Response {
    let Some(actor) = signed_in(parts) else {
        return to_sign_in(parts);
    };
    let Some((section, item)) = form else {
        return failed(state, parts, Error::NotFound).await;
    };
    let settings = state.hub.settings();
    if let (Item::Letter(kind), "preview") = (item, fields.one("act")) {
        let shown = match settings.preview(&actor, kind, fields.one("text")) {
            Ok(_) => app::Form::filled(fields),
            Err(Error::Refused(faults)) => app::Form::refused(fields, faults),
            Err(error) => return failed(state, parts, error).await,
        };
        return page(state, parts, Some(shown)).await;
    }
    match settings.change(&actor, section, item, &fields).await {
        Ok(()) => Redirect::to(&saved(section)).into_response(),
        Err(Error::Refused(faults)) => {
            page(state, parts, Some(app::Form::refused(fields, faults))).await
        }
        // What stands at this place of the list now may be something else.
        Err(Error::Stale) if !matches!(item, Item::At(_)) => {
            let form = app::Form::refused(fields, Faults::one("settings", CHANGED));
            let mut page = page(state, parts, Some(form)).await;
            if page.status() == StatusCode::UNPROCESSABLE_ENTITY {
                *page.status_mut() = StatusCode::CONFLICT;
            }
            page
        }
        Err(error) => failed(state, parts, error).await,
    }
}

fn saved(section: Section) -> String {
    if section.is_list() {
        format!("/admin/settings/{section}?saved=yes")
    } else {
        "/admin/settings?saved=yes".to_owned()
    }
}

fn signed_in(parts: &Parts) -> Option<Actor> {
    let SignedIn(officer) = parts.extensions.get::<SignedIn>()?;
    officer.clone().map(Actor::Officer)
}

fn to_sign_in(parts: &Parts) -> Response {
    let back = ReturnTo::read(parts.uri.path()).unwrap_or_else(ReturnTo::desk);
    Redirect::to(&back.sign_in_address()).into_response()
}
