//! What people looked for, as a file for a spreadsheet.

use app::{ReturnTo, SignedIn};
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{StatusCode, request::Parts};
use hub::{
    Actor,
    desk::{SearchReport, Subject},
};
use serde::Deserialize;

use super::{csv_file, render::failed};
use crate::state::AppState;

/// How far back to look.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    span: String,
}

/// `/desk/searches.csv`
pub(crate) async fn file(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    parts: Parts,
) -> Response {
    let Some(SignedIn(Some(officer))) = parts.extensions.get::<SignedIn>().cloned() else {
        return Redirect::to(ReturnTo::SIGN_IN).into_response();
    };
    let span = app::span_of(Some(&asked.span));
    let actor = Actor::Officer(officer);
    let report = match state.hub.desk().searches(&actor, span).await {
        Ok(report) => report,
        Err(error) => return failed(&state, &parts, error).await,
    };
    match table(&report) {
        Ok(table) => csv_file::answer("searches.csv", table),
        Err(error) => {
            tracing::error!(%error, "the searches cannot be written as a table");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// All lists below one another. Words hold letters, digits and spaces alone, so that no spreadsheet
/// takes one for a formula.
fn table(report: &SearchReport) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["list", "words", "times", "where"])?;
    for (list, subjects) in [
        ("words that found nothing", &report.topics),
        ("found nothing", &report.not_found),
        ("found little", &report.found_few),
    ] {
        for subject in subjects {
            let times = subject.times.to_string();
            table.write_record([list, &subject.words, &times, &districts(subject)])?;
        }
    }
    table
        .into_inner()
        .map_err(|error| error.into_error().into())
}

fn districts(subject: &Subject) -> String {
    let districts = subject.districts.iter();
    let districts: Vec<String> = districts
        .map(|(district, times)| format!("{district} {times}"))
        .collect();
    districts.join("; ")
}
