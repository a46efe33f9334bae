//! `/design`: every component in every state, each with its name, to look at and to test. Served with
//! the sample council only.
//!
//! A component that is new gets its states here: [`questions`] (forms), [`signs`] (buttons, tags,
//! links), [`boxes`] (what speaks in a box).

mod boxes;
mod questions;
mod signs;

use leptos::prelude::*;

use super::problem::NotFoundPage;
use crate::{
    components::{BackTo, Page, Panel},
    context::{Serving, serving, site},
};

/// Longer than any word of ours, as names and addresses can be.
const LONG_WORD: &str =
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-with-Donaudampfschifffahrt";

/// Every component, or that there is no such page.
#[component]
pub(crate) fn DesignPage() -> impl IntoView {
    if serving() != Serving::Sample {
        return view! { <NotFoundPage/> }.into_any();
    }
    let sections: Vec<AnyView> = signs::sections()
        .into_iter()
        .chain(questions::sections())
        .chain(boxes::sections())
        .collect();
    view! {
        <Page site=site() title="Every component" back=Some(BackTo::to("/"))>
            {panel()}
            {sections}
        </Page>
    }
    .into_any()
}

/// A panel is a page's heading, so it is this page's.
fn panel() -> AnyView {
    view! {
        <Panel title="Every component">
            "This is a Panel, with what to keep:" <strong>"SEND-7KQM-4TXD"</strong>
            "On the phone, say: 7 K Q M, 4 T X D"
        </Panel>
    }
    .into_any()
}

/// One component: its name and its states.
fn section(name: &'static str, states: Vec<AnyView>) -> AnyView {
    view! {
        <section class="hub-specimens" aria-label=name>
            <h2 class="govuk-heading-m">{name}</h2>
            {states}
        </section>
    }
    .into_any()
}

/// A component in one state. What shows nothing is shown as such.
fn state(name: &'static str, shown: impl IntoView + 'static) -> AnyView {
    view! {
        <div class="hub-specimen">
            <p class="hub-specimen__state">{name}</p>
            <div>{shown.into_any()}</div>
        </div>
    }
    .into_any()
}
