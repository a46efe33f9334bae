//! What the pages of `/ask` and `/enquiry` post. Each answer is kept at once and leads on by a
//! redirect (303), so that going back and reloading send nothing twice; a refused page comes back
//! as it was typed.

use app::Form as PageForm;
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::form::{Faults, Fields};
use http::request::Parts;
use hub::{DraftToken, Error, Step};

use super::{cookies, render};
use crate::state::AppState;

const START: &str = "/ask";
const SENT: &str = "/ask/sent";

/// `POST /ask`: begins a draft and leads to the first question. A service that the form names goes
/// with it, and the words of a search that led here open the message.
pub(crate) async fn start(
    State(state): State<AppState>,
    parts: Parts,
    Form(posted): Form<Vec<(String, String)>>,
) -> Response {
    match begin(&state, &Fields::from_pairs(posted)).await {
        Ok(token) => (
            [cookies::set_draft(&state, &token)],
            Redirect::to(&Step::Topic.path()),
        )
            .into_response(),
        Err(error) => render::failed(&state, &parts, error).await,
    }
}

async fn begin(state: &AppState, fields: &Fields) -> Result<DraftToken, Error> {
    let enquiries = state.hub.enquiries();
    let token = match fields.one("about").parse() {
        Ok(slug) => enquiries.start_about(&slug).await?,
        Err(_) => enquiries.start().await?,
    };
    enquiries.begin_with(&token, fields.one("words")).await?;
    Ok(token)
}

/// `POST /ask/{step}`: keeps one page's answers; on the last page, sends the question.
///
/// Both are one route: a route of its own for `/ask/check` would hide the page that is read there.
pub(crate) async fn answer(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    parts: Parts,
    Form(posted): Form<Vec<(String, String)>>,
) -> Response {
    let Some(step) = Step::from_slug(&slug) else {
        return render::failed(&state, &parts, Error::NotFound).await;
    };
    let Some(token) = cookies::draft_token(&state, &parts.headers) else {
        return Redirect::to(START).into_response();
    };
    if step == Step::Check {
        return send(&state, &parts, &token).await;
    }
    let fields = Fields::from_pairs(posted);
    match keep(&state, &token, step, &fields).await {
        Ok(path) => Redirect::to(&path).into_response(),
        Err(Error::Refused(faults)) => {
            let form = PageForm::refused(fields, faults);
            render::page(&state, &parts, Some(form)).await
        }
        Err(error) => gone_or_failed(&state, &parts, fields, error).await,
    }
}

/// Keeps the answers and says where to go on. A sent question takes no more: its draft is spent,
/// and what was added to it would never reach anybody.
async fn keep(
    state: &AppState,
    token: &DraftToken,
    step: Step,
    fields: &Fields,
) -> Result<String, Error> {
    let enquiries = state.hub.enquiries();
    if enquiries.submitted(token).await?.is_some() {
        return Ok(SENT.to_owned());
    }
    let next = enquiries.answer(token, step, fields).await?;
    Ok(next.path())
}

async fn send(state: &AppState, parts: &Parts, token: &DraftToken) -> Response {
    match state.hub.enquiries().submit(token).await {
        Ok(_) => Redirect::to(SENT).into_response(),
        Err(Error::Refused(faults)) => not_sent(state, parts, token, faults).await,
        Err(error) => gone_or_failed(state, parts, Fields::default(), error).await,
    }
}

/// Leads to the first question without an answer, or says on the page what else is wrong.
async fn not_sent(state: &AppState, parts: &Parts, token: &DraftToken, faults: Faults) -> Response {
    match state.hub.enquiries().draft(token).await {
        Ok(Some(draft)) if draft.next_missing() != Step::Check => {
            Redirect::to(&draft.next_missing().path()).into_response()
        }
        Ok(Some(_)) => {
            let form = PageForm::refused(Fields::default(), faults);
            render::page(state, parts, Some(form)).await
        }
        Ok(None) => Redirect::to(START).into_response(),
        Err(error) => render::failed(state, parts, error).await,
    }
}

/// A draft that is not there has expired: begin again.
async fn gone_or_failed(state: &AppState, parts: &Parts, typed: Fields, error: Error) -> Response {
    match error {
        Error::NotFound => Redirect::to(START).into_response(),
        error => render::failed_form(state, parts, typed, error).await,
    }
}

/// `POST /enquiry/{token}`: writing again by the private link.
pub(crate) async fn follow_up(
    State(state): State<AppState>,
    Path(token): Path<String>,
    parts: Parts,
    Form(posted): Form<Vec<(String, String)>>,
) -> Response {
    let fields = Fields::from_pairs(posted);
    match state.hub.enquiries().follow_up(&token, &fields).await {
        // The address as it was asked for, so that it is right for a header.
        Ok(()) => Redirect::to(&format!("{}?added=yes", parts.uri.path())).into_response(),
        Err(Error::Refused(faults)) => {
            let form = PageForm::refused(fields, faults);
            render::page(&state, &parts, Some(form)).await
        }
        Err(error) => render::failed_form(&state, &parts, fields, error).await,
    }
}
