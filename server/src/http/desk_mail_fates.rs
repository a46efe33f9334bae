//! What became of our mail, as a file for a spreadsheet.

use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::clock::london_time;
use hub::desk::{MailFate, WhichMails};
use jiff::Timestamp;
use serde::Deserialize;

use super::{csv_file, render::failed, signed::Asking};
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
    Asking { actor, parts }: Asking,
) -> Response {
    let span = app::span_of(Some(&asked.span));
    let which = match asked.which.as_str() {
        "all" => WhichMails::All,
        "on-their-way" => WhichMails::OnTheirWay,
        _ => WhichMails::ReachedNobody,
    };
    let fates = match state.hub.desk().mail_fates(&actor, span, which).await {
        Ok(fates) => fates,
        Err(error) => return failed(&state, &parts, error).await,
    };
    csv_file::answer("mails.csv", |table| write(table, &fates))
}

fn write(table: &mut csv::Writer<Vec<u8>>, fates: &[MailFate]) -> csv::Result<()> {
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
    Ok(())
}

/// As spreadsheets read it, by London's clocks.
fn moment(at: Timestamp) -> String {
    london_time(at).strftime("%Y-%m-%d %H:%M").to_string()
}
