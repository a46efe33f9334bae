//! The settings: an overview, a page for each section, a form for each entry of a list, and the
//! history of all changes.
//!
//! This file holds the overview; `section.rs` a section's page, `item.rs` an entry's form, `fields.rs`
//! what the forms ask, `lists.rs` what the lists show, `letter.rs` the words of a letter,
//! `history.rs` who changed what.

mod fields;
mod history;
mod item;
mod letter;
mod lists;
mod section;
mod told;

use hub::settings::Section;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub(crate) use self::{
    history::{HistoryPage, VersionPage},
    item::ItemPage,
    section::SectionPage,
};
use super::{Head, administration, back_to, page};
use crate::components::Done;

/// `/admin/settings`
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    administration(|officer, _| {
        let head = Head {
            title: "Settings".to_owned(),
            errors: Vec::new(),
            back: back_to("/admin", "Back to administration"),
        };
        let sections: Vec<AnyView> = Section::PAGES.iter().copied().map(way).collect();
        let body = view! {
            {saved_notice()}
            <h1 class="govuk-heading-l">"Settings"</h1>
            <p class="govuk-body">
                "A change counts at once. "
                <a class="govuk-link" href="/admin/settings/history">"See who changed what"</a> "."
            </p>
            <ul class="hub-ways">{sections}</ul>
        };
        page(&officer, head, body.into_any())
    })
}

fn way(section: Section) -> AnyView {
    view! {
        <li>
            <a class="govuk-link" href=address(section)>{name(section)}</a>
            <p>{about(section)}</p>
        </li>
    }
    .into_any()
}

fn address(section: Section) -> String {
    format!("/admin/settings/{section}")
}

/// After something was saved, the page says so.
fn saved_notice() -> Option<AnyView> {
    use_query_map().read_untracked().get("saved")?;
    Some(view! { <Done words="Saved. It counts from now on."/> }.into_any())
}

const fn name(section: Section) -> &'static str {
    match section {
        Section::Council => "The council’s name",
        Section::Contact => "How to reach you",
        Section::Look => "Colours",
        Section::Promise => "The promise",
        Section::Promises => "Promises to some people",
        Section::Escalation => "Before a promise breaks",
        Section::Topics => "Topics",
        Section::Districts => "Districts",
        Section::Teams => "Teams",
        Section::Routing => "Who gets what",
        Section::Closures => "Days when you are closed",
        Section::BankHolidays => "Bank holidays",
        Section::Advice => "Independent advice",
        Section::SearchWords => "Words people search by",
        Section::Letters => "Letters",
        Section::IncomingMail => "Mail that may be spam",
        Section::SignIn => "Signing in",
        Section::All => "Everything",
    }
}

const fn about(section: Section) -> &'static str {
    match section {
        Section::Council => "What the pages call it, and who its mail comes from.",
        Section::Contact => "Phone, email, post, and what to do when you are closed.",
        Section::Look => {
            "The colours of your pages. They are checked so that everybody can read them."
        }
        Section::Promise => "How many working days an answer may take.",
        Section::Promises => "Other times for schools, professionals or young people.",
        Section::Escalation => "Who is told, and when your working day begins.",
        Section::Topics => "What people can ask about. A topic may have a promise of its own.",
        Section::Districts => "The parts of your area.",
        Section::Teams => "Who answers.",
        Section::Routing => "Which team gets which enquiries.",
        Section::Closures => "Days that do not count, besides weekends and bank holidays.",
        Section::BankHolidays => "Those of later years, as GOV.UK names them.",
        Section::SearchWords => {
            "What the search finds for your own words, and for what families call things."
        }
        Section::Advice => {
            "Who helps families without taking your side. On every page for families."
        }
        Section::Letters => "The words of the mail that people get.",
        Section::IncomingMail => "How we know it. It gets no answer by itself.",
        Section::SignIn => "Whether officers need a code from an app besides their password.",
        Section::All => "",
    }
}
