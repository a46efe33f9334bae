//! Logging a call, and finding whom it is about.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::reference::Reference;
use hub::Error;

use super::{
    render::{failed_form, found},
    signed::Signed,
};
use crate::state::AppState;

/// `POST /desk/call`
pub(crate) async fn log(State(state): State<AppState>, form: Signed) -> Response {
    let logged = state.hub.desk().log_call(&form.actor, &form.fields).await;
    match logged {
        Ok(reference) => Redirect::to(&format!("/desk/call/{reference}")).into_response(),
        Err(error @ Error::Refused(_)) => {
            let page = page_of_the_form(&form);
            form.refused(&state, error, &page).await
        }
        Err(error) => failed_form(&state, &form.parts, form.fields, error).await,
    }
}

/// The form's page: about an enquiry, where it was that one's.
fn page_of_the_form(form: &Signed) -> String {
    let query = form.parts.uri.query().unwrap_or_default();
    let about = query.strip_prefix("about=");
    match about.and_then(|about| about.parse::<Reference>().ok()) {
        Some(about) => format!("/desk/call?about={about}"),
        None => "/desk/call".to_owned(),
    }
}

/// `POST /desk/find`: a reference leads to its file; anything else shows who is found by it.
pub(crate) async fn find(State(state): State<AppState>, form: Signed) -> Response {
    let typed = form.fields.one("find");
    if let Ok(reference) = typed.parse::<Reference>() {
        return Redirect::to(&format!("/desk/enquiry/{reference}")).into_response();
    }
    match state.hub.desk().find_enquiries(&form.actor, typed).await {
        Ok(enquiries) => found(&state, &form.parts, form.fields, enquiries).await,
        Err(error) => form.refused(&state, error, "/desk/find").await,
    }
}
