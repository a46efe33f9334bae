//! The promises that somebody is told of on their screen: in danger, chased, or broken.

use domain::escalation::EscalationStep;
use hub::desk::Escalated;
use jiff::civil::Date;
use leptos::prelude::*;

use super::{Tab, words};
use crate::components::{Notice, NotificationBanner};

/// The list with a link to each file; nothing at all when nothing is in danger.
pub(super) fn notice(escalated: Vec<Escalated>, today: Date, tab: Tab) -> Option<AnyView> {
    if escalated.is_empty() {
        return None;
    }
    let lines: Vec<AnyView> = escalated
        .iter()
        .map(|told| line(told, today, tab))
        .collect();
    Some(
        view! {
            <NotificationBanner kind=Notice::Important>
                <p class="govuk-notification-banner__heading">
                    "You are told of these because they need an answer soon."
                </p>
                <ul class="govuk-list">{lines}</ul>
            </NotificationBanner>
        }
        .into_any(),
    )
}

fn line(told: &Escalated, today: Date, tab: Tab) -> AnyView {
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
    view! {
        <li>
            <a class="govuk-notification-banner__link hub-unbroken" href=Tab::file(Some(tab), &reference)>
                {reference.clone()}
            </a>
            {format!(": {what}")}
        </li>
    }
    .into_any()
}
