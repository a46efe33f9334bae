//! Every guide, by the situation in which a family needs it.

use domain::guide::{Guide, Situation};
use leptos::prelude::*;

use super::address;
use crate::{
    components::Page,
    context::{hub, site},
};

/// `/guides`
#[component]
pub(crate) fn GuidesPage() -> impl IntoView {
    let hub = hub();
    let guides = hub.guides();
    let situations = Situation::ALL.map(|situation| in_situation(situation, guides.all()));
    view! {
        <Page site=site() title="Guides" current="/guides">
            <h1 class="govuk-heading-l">"Guides"</h1>
            <p class="hub-lead">
                "How things work, what your rights are, and what to do first. Each guide takes about 3 minutes to read."
            </p>
            {situations.into_iter().collect_view()}
            {ask_instead()}
        </Page>
    }
}

fn in_situation(situation: Situation, guides: &[Guide]) -> AnyView {
    let entries: Vec<AnyView> = guides
        .iter()
        .filter(|guide| guide.situation == situation)
        .map(entry)
        .collect();
    view! {
        <h2 class="govuk-heading-m">{situation.words()}</h2>
        <ul class="hub-guides">{entries}</ul>
    }
    .into_any()
}

fn entry(guide: &Guide) -> AnyView {
    let (title, summary) = (guide.title.clone(), guide.summary.clone());
    view! {
        <li>
            <h3 class="hub-guides__title"><a href=address(&guide.slug)>{title}</a></h3>
            <p>{summary}</p>
        </li>
    }
    .into_any()
}

fn ask_instead() -> AnyView {
    view! {
        <h2 class="govuk-heading-m hub-screen-only">"Is it not here?"</h2>
        <p class="govuk-body hub-screen-only">
            <a class="govuk-link" href="/ask">"Ask us a question"</a>
            ". A person will reply."
        </p>
    }
    .into_any()
}
