//! What people looked for, as a file for a spreadsheet.

use axum::{
    extract::{Query, State},
    response::Response,
};
use hub::desk::{SearchReport, Subject};
use serde::Deserialize;

use super::{csv_file, render::failed, signed::Asking};
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
    Asking { actor, parts }: Asking,
) -> Response {
    let span = app::span_of(Some(&asked.span));
    let report = match state.hub.desk().searches(&actor, span).await {
        Ok(report) => report,
        Err(error) => return failed(&state, &parts, error).await,
    };
    csv_file::answer("searches.csv", |table| write(table, &report))
}

/// All lists below one another. Words hold letters, digits and spaces alone, so that no spreadsheet
/// takes one for a formula.
fn write(table: &mut csv::Writer<Vec<u8>>, report: &SearchReport) -> csv::Result<()> {
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
    Ok(())
}

fn districts(subject: &Subject) -> String {
    let districts = subject.districts.iter();
    let districts: Vec<String> = districts
        .map(|(district, times)| format!("{district} {times}"))
        .collect();
    districts.join("; ")
}
