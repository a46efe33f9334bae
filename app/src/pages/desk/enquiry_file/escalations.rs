//! Who was told that this enquiry's promise is in danger, when, and whether that was late.

use hub::desk::{EnquiryFile, FileEscalation};
use leptos::prelude::*;

use crate::{
    components::{SummaryList, SummaryRow},
    pages::desk::words,
};

/// Each step that was done, the earliest first; nothing when none was.
pub(super) fn told(file: &EnquiryFile) -> Option<AnyView> {
    let rows: Vec<SummaryRow> = file.escalations.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">"Who was told"</h2>
            <SummaryList rows=rows/>
        }
        .into_any()
    })
}

fn row(escalation: &FileEscalation) -> SummaryRow {
    let when = words::moment(escalation.done_at);
    let told = match escalation.told.as_slice() {
        [] => "Nobody was told of it alone: a later step was due too, and is told below".to_owned(),
        names => names.join(", "),
    };
    let late = if escalation.late {
        format!(
            "\nThis was late. It was due on {}.",
            words::moment(escalation.due_at)
        )
    } else {
        String::new()
    };
    SummaryRow::fact(
        words::step(escalation.step),
        format!("{when}\n{told}{late}"),
    )
}
