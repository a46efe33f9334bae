//! `/desk/daily-check`: what the daily audit found, for team leads and administrators; and the word of it at the top of
//! the desk while something is to be seen to.

use hub::{
    Officer,
    audit::{AuditedDay, Concern, Standing},
    policy::{Act, Reach},
};
use jiff::{SignedDuration, civil::Date};
use leptos::prelude::*;

use super::{list_page, mailboxes::warning, words};
use crate::components::{CardTable, SummaryList, SummaryRow};

/// Where this page is.
pub(super) const ADDRESS: &str = "/desk/daily-check";

/// The page.
#[component]
pub(crate) fn DailyCheckPage() -> impl IntoView {
    list_page(
        "Daily check",
        |hub, actor| async move { hub.audit().days(&actor).await },
        |standing: Standing, _, today| body(&standing, today),
    )
}

/// Whether this page is for them.
pub(super) fn is_for(officer: &Officer) -> bool {
    Act::ProvePromises.reach_of_role(officer.role) != Reach::Nobody
}

/// The word of it at the top of the desk; nothing while all is well.
pub(super) fn notice(standing: Option<&Standing>) -> Option<AnyView> {
    let text = in_words(standing?.concern?);
    Some(warning(
        view! {
            {text} " " <a class="govuk-link" href=ADDRESS>"See what it is"</a>
        }
        .into_any(),
    ))
}

fn in_words(concern: Concern) -> String {
    match concern {
        Concern::Broken { .. } => {
            "The daily check found something that is not as it should be.".to_owned()
        }
        Concern::Old { since } => {
            format!(
                "The daily check has not run since {}.",
                words::moment(since)
            )
        }
    }
}

fn body(standing: &Standing, today: Date) -> AnyView {
    let last = standing.days.first().map_or_else(
        || {
            view! { <p class="govuk-body">"It has not run yet. It runs each day after 4am, and no sooner than 10 minutes after the hub was started."</p> }
                .into_any()
        },
        last_day,
    );
    let concern = standing
        .concern
        .map(|concern| warning(in_words(concern).into_any()));
    view! {
        <p class="govuk-body">
            "Once a day we check every message, mail and promise. No message may be lost, and no promise forgotten."
        </p>
        {concern}
        {last}
        {earlier(&standing.days, today)}
    }
    .into_any()
}

fn last_day(day: &AuditedDay) -> AnyView {
    let looked_at = format!("{} enquiries, {} messages", day.enquiries, day.messages);
    let mut rows = vec![
        SummaryRow::fact("Last run", words::moment(day.ended_at)),
        SummaryRow::fact("It took", took(day.took)),
        SummaryRow::fact("Looked at", looked_at),
    ];
    if day.found.is_empty() {
        rows.push(SummaryRow::fact("Found", "All is well"));
    }
    view! { <SummaryList rows/> {found(day)} }.into_any()
}

fn found(day: &AuditedDay) -> Option<AnyView> {
    let lines: Vec<AnyView> = day
        .found
        .iter()
        .map(|(what, places)| {
            let places = match places {
                1 => "1 place".to_owned(),
                places => format!("{places} places"),
            };
            view! { <li>{format!("{}: {places}", sentence(what))}</li> }.into_any()
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">"What it found"</h2>
            <ul class="govuk-list govuk-list--bullet">{lines}</ul>
            <p class="govuk-body">
                "Tell whoever runs the hub. The command " <code>"send-hub audit"</code>
                " names each place. The guide for running the hub says what to do about it."
            </p>
        }
        .into_any()
    })
}

fn earlier(days: &[AuditedDay], today: Date) -> Option<AnyView> {
    let rows: Vec<AnyView> = days
        .iter()
        .map(|day| {
            let found = match day.found.iter().map(|(_, places)| places).sum() {
                0_u64 => "All is well".to_owned(),
                1 => "1 place".to_owned(),
                places => format!("{places} places"),
            };
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader">{words::short_day(day.on, today)}</th>
                    <td role="cell" data-label="Found">{found}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">"The last 14 days"</h2>
            <CardTable caption="What the check found each day" heads=["Day", "Found"] rows/>
        }
        .into_any()
    })
}

fn took(time: SignedDuration) -> String {
    match time.as_secs() {
        ..=0 => "Less than a second".to_owned(),
        1 => "1 second".to_owned(),
        seconds @ 2..120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds / 60),
    }
}

fn sentence(what: &str) -> String {
    let mut letters = what.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
