//! The promises that somebody is told of on their screen: in danger, chased, or broken.

use domain::escalation::EscalationStep;
use hub::desk::Escalated;
use jiff::civil::Date;
use leptos::prelude::*;

use super::{Tab, words};
use crate::components::{Notice, NotificationBanner};

/// As many lines as stand open. The queue below has all of them in its own order.
const OPEN: usize = 5;

/// The list with a link to each file, the most urgent open and the others folded away; nothing at all when nothing is
/// in danger.
pub(super) fn notice(escalated: Vec<Escalated>, today: Date, tab: &Tab) -> Option<AnyView> {
    if escalated.is_empty() {
        return None;
    }
    let mut lines: Vec<AnyView> = escalated
        .iter()
        .map(|told| line(told, today, tab))
        .collect();
    let folded = folded(lines.split_off(OPEN.min(lines.len())));
    Some(
        view! {
            <NotificationBanner kind=Notice::Important>
                <p class="govuk-notification-banner__heading">
                    "You are told of these because they need an answer soon."
                </p>
                <ul class="govuk-list">{lines}</ul>
                {folded}
            </NotificationBanner>
        }
        .into_any(),
    )
}

fn folded(lines: Vec<AnyView>) -> Option<AnyView> {
    let summary = match lines.len() {
        0 => return None,
        1 => "Show 1 more".to_owned(),
        more => format!("Show {more} more"),
    };
    let folded = view! {
        <details class="govuk-details govuk-!-margin-bottom-0 hub-screen-only">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{summary}</span>
            </summary>
            <div class="govuk-details__text"><ul class="govuk-list">{lines}</ul></div>
        </details>
    };
    Some(folded.into_any())
}

fn line(told: &Escalated, today: Date, tab: &Tab) -> AnyView {
    let reference = told.reference.to_string();
    let due = words::short_day(told.due_on, today);
    let what = match told.step {
        EscalationStep::Breach => format!("the promise is broken, it was for {due}"),
        EscalationStep::ChasedTwice => {
            format!("they asked twice where their answer is, due {due}")
        }
        EscalationStep::DueDay => "to be answered today".to_owned(),
        EscalationStep::FourFifths => format!("most of the time is over, due {due}"),
        EscalationStep::Half => format!("half of the time is over, due {due}"),
    };
    // Told on the morning of its last day, and looked at later.
    let what = match told.step {
        EscalationStep::DueDay if told.due_on != today => format!("it was due {due}"),
        _ => what,
    };
    banner_line(&reference, &what, tab)
}

/// One line of such a banner: the link to a file, and why it stands there.
pub(super) fn banner_line(reference: &str, why: &str, tab: &Tab) -> AnyView {
    view! {
        <li>
            <span class="hub-unbroken">
                <a class="govuk-notification-banner__link" href=Tab::file(Some(tab), reference)>
                    {reference.to_owned()}
                </a>
                ":"
            </span>
            {format!(" {why}")}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};

    use super::*;

    fn told(references: &[&str]) -> Vec<Escalated> {
        let told = |reference: &&str| Escalated {
            reference: reference.parse().unwrap(),
            step: EscalationStep::Breach,
            due_on: date(2026, 3, 27),
            at: Timestamp::UNIX_EPOCH,
        };
        references.iter().map(told).collect()
    }

    fn html(references: &[&str]) -> String {
        let today = date(2026, 3, 30);
        Owner::new().with(|| {
            notice(told(references), today, &Tab::read("everyone").unwrap())
                .map_or_else(String::new, |view| view.to_html())
        })
    }

    #[test]
    fn the_most_urgent_stand_open_and_the_others_are_folded() {
        assert_eq!(html(&[]), "");
        let five = ["SEND-2222-2222"; 5];
        assert!(!html(&five).contains("<details"));
        let seven = html(&["SEND-2222-2222"; 7]);
        let (open, folded) = seven.split_once("<details").unwrap();
        assert_eq!(open.matches("<li>").count(), 5);
        assert_eq!(folded.matches("<li>").count(), 2);
        assert!(folded.contains("Show 2 more"), "{folded}");
        assert!(open.contains("the promise is broken, it was for Fri 27 Mar"));
    }
}
