//! What became of our mail, as a file for a spreadsheet.

use app::{ReturnTo, SignedIn};
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::clock::london_time;
use http::{StatusCode, request::Parts};
use hub::{
    Actor,
    desk::{MailFate, WhichMails},
};
use jiff::Timestamp;
use serde::Deserialize;

use super::{csv_file, render::failed};
use crate::state::AppState;

/// Which, and how far back.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    span: String,
    #[serde(default)]
    which: String,
}

/// `/desk/mails.csv`
pub(crate) async fn file(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    parts: Parts,
) -> Response {
    let Some(SignedIn(Some(officer))) = parts.extensions.get::<SignedIn>().cloned() else {
        return Redirect::to(ReturnTo::SIGN_IN).into_response();
    };
    let span = app::span_of(Some(&asked.span));
    let which = match asked.which.as_str() {
        "all" => WhichMails::All,
        "on-their-way" => WhichMails::OnTheirWay,
        _ => WhichMails::ReachedNobody,
    };
    let actor = Actor::Officer(officer);
    let fates = match state.hub.desk().mail_fates(&actor, span, which).await {
        Ok(fates) => fates,
        Err(error) => return failed(&state, &parts, error).await,
    };
    match table(&fates) {
        Ok(table) => csv_file::answer("mails.csv", table),
        Err(error) => {
            tracing::error!(%error, "the mails cannot be written as a table");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn table(fates: &[MailFate]) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "enquiry",
        "mail",
        "written",
        "state",
        "taken by a server",
        "attempts",
        "the mail server said",
        "cleared because",
    ])?;
    for fate in fates {
        table.write_record([
            fate.reference.to_string(),
            fate.kind.as_str().to_owned(),
            moment(fate.written_at),
            fate.state.as_str().to_owned(),
            fate.sent_at.map(moment).unwrap_or_default(),
            fate.attempts.to_string(),
            csv_file::harmless(fate.said.as_deref().unwrap_or_default()),
            fate.cleared
                .map_or_else(String::new, |reason| reason.as_str().to_owned()),
        ])?;
    }
    table
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// As spreadsheets read it, by London's clocks.
fn moment(at: Timestamp) -> String {
    london_time(at).strftime("%Y-%m-%d %H:%M").to_string()
}
