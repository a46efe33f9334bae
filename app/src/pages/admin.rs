//! What administrators see: the way to the people and to the settings. What they may do is decided
//! in the hub; a person who may not gets the page of something that is not there.

mod people;
pub(crate) mod settings;

use domain::codes::Role;
use hub::{Actor, Officer};
use leptos::prelude::*;

pub(crate) use self::people::{InvitePage, PeoplePage, PersonPage};
use super::desk::{Head, framed, to_sign_in};
use crate::{
    components::{BackTo, Notice, NotificationBanner},
    context::{council, hub, signed_in},
    load::problem,
};

/// For fewer months ahead, administrators are told.
const MONTHS_AHEAD: u32 = 12;

/// `/admin`
#[component]
pub(crate) fn AdminPage() -> impl IntoView {
    administration(|officer, _| {
        let head = Head {
            title: "Administration".to_owned(),
            errors: Vec::new(),
            back: None,
        };
        let body = view! {
            {holidays_run_out(&officer)}
            <h1 class="govuk-heading-l">"Administration"</h1>
            <ul class="hub-ways">
                <li>
                    <a class="govuk-link" href="/admin/people">"People"</a>
                    <p>"Who works here: invite them, change what they may do, say when they are away, help them back in."</p>
                </li>
                <li>
                    <a class="govuk-link" href="/admin/settings">"Settings"</a>
                    <p>"Names and numbers, the promise, topics, districts, teams, who gets what, days when you are closed, and letters."</p>
                </li>
            </ul>
        };
        page(&officer, head, body.into_any())
    })
}

/// Tells administrators in time that the bank holidays of coming years are not known: promises
/// would count them as working days.
pub(super) fn holidays_run_out(officer: &Officer) -> Option<AnyView> {
    let months = council().working_days().months_known_from(hub().today());
    if officer.role != Role::Administrator || months >= MONTHS_AHEAD {
        return None;
    }
    let until = match months {
        0 => "for less than a month".to_owned(),
        1 => "for 1 more month".to_owned(),
        more => format!("for {more} more months"),
    };
    let words = format!(
        "Bank holidays are known {until}. Promises count later ones as working days. GOV.UK names them in time."
    );
    let banner = view! {
        <NotificationBanner kind=Notice::Important>
            <p class="govuk-notification-banner__heading">"The bank holidays run out"</p>
            <p class="govuk-body">{words}</p>
            <p class="govuk-body">
                <a class="govuk-notification-banner__link" href="/admin/settings/bank-holidays">"Add bank holidays"</a>
            </p>
        </NotificationBanner>
    };
    Some(banner.into_any())
}

/// A page for those who may change settings; whoever is not signed in does that first.
fn administration(draw: impl FnOnce(Officer, Actor) -> AnyView) -> AnyView {
    let Some(officer) = signed_in() else {
        return to_sign_in();
    };
    let actor = Actor::Officer(officer.clone());
    match hub().settings().current(&actor) {
        Ok(_) => draw(officer, actor),
        Err(error) => problem(&error),
    }
}

fn page(officer: &Officer, head: Head, body: AnyView) -> AnyView {
    framed(officer, head, "/admin", body)
}

fn back_to(href: &str, text: &str) -> Option<BackTo> {
    Some(BackTo {
        href: href.to_owned(),
        text: text.to_owned(),
    })
}
