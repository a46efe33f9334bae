//! `/`: search first, then ask. Parents, young people and those who work with them each see their
//! way on at a glance.

use domain::local_offer::Term;
use hub::local_offer::OfferTerms;
use leptos::prelude::*;

use super::local_offer::{Wanted, browse, search_form};
use crate::{
    components::Page,
    context::{council, hub, site},
    load::load,
};

/// The first page.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let hub = hub();
    let terms = async move { hub.local_offer().terms().await };
    load(terms, |terms| page(&terms))
}

fn page(terms: &OfferTerms) -> AnyView {
    let band = hero();
    let browse = (
        browse_list("Find help by kind", "category", &terms.categories),
        browse_list("Find help by need", "need", &terms.needs),
    )
        .into_any();
    view! {
        <Page site=site() title="Help for children and young people with SEND" band=band>
            <h2 class="govuk-heading-m">"What do you want to do?"</h2>
            {ways()}
            <h2 class="govuk-heading-m">"Who are you?"</h2>
            {visitors()}
            {browse}
        </Page>
    }
    .into_any()
}

fn hero() -> AnyView {
    let area = council().short_name.clone();
    let lead = format!(
        "Clubs, therapy, short breaks, help at school and more in {area}. For ages 0 to 25, with special needs or a disability."
    );
    let form = search_form(&Wanted::default());
    let examples = [
        ("speech", "/local-offer?q=speech"),
        ("autism", "/local-offer?q=autism"),
        ("short breaks", "/local-offer?q=short%20breaks"),
    ];
    let examples: Vec<_> = examples
        .into_iter()
        .enumerate()
        .map(|(nth, (words, href))| {
            let before = if nth == 0 { " " } else { ", " };
            view! { {before} <a class="govuk-link" href=href>{words}</a> }
        })
        .collect();
    view! {
        <div class="hub-hero">
            <div class="govuk-width-container">
                <h1 class="hub-hero__title">"Find help for your child or for you"</h1>
                <p class="hub-hero__lead">{lead}</p>
                {form}
                <p class="hub-hero__examples">"Try:" {examples}</p>
            </div>
        </div>
    }
    .into_any()
}

fn ways() -> AnyView {
    let days = council().promise.working_days;
    let promise = format!(
        "A person replies within {days} working days. We tell you the day, and you can see how it is going."
    );
    let ways = [
        way(
            "hub-way hub-way--ask",
            ("Ask us a question", "/ask"),
            "About help, plans, schools, travel or anything else. You do not need an account."
                .to_owned(),
        ),
        way("hub-way", ("What we promise", "/our-promise"), promise),
    ];
    view! { <ul class="hub-ways">{ways.into_iter().collect_view()}</ul> }.into_any()
}

fn visitors() -> AnyView {
    let visitors = [
        way(
            "hub-way",
            ("I am a parent or carer", "/local-offer"),
            "See all the services in our list. You do not need a plan or a diagnosis to look."
                .to_owned(),
        ),
        way(
            "hub-way",
            ("I am a young person", "/local-offer?age=16"),
            "See what there is from age 16. You can ask us things yourself, too.".to_owned(),
        ),
        way(
            "hub-way",
            ("I work with children", "/ask"),
            "Schools and services ask us here. You get the same promise as families.".to_owned(),
        ),
    ];
    view! { <ul class="hub-ways">{visitors.into_iter().collect_view()}</ul> }.into_any()
}

fn way(class: &'static str, (title, href): (&'static str, &'static str), words: String) -> AnyView {
    view! {
        <li class=class>
            <h3 class="hub-way__title"><a href=href>{title}</a></h3>
            <p>{words}</p>
        </li>
    }
    .into_any()
}

/// The broadest terms of a taxonomy as links; nothing while the local offer is empty.
fn browse_list(heading: &'static str, name: &'static str, terms: &[Term]) -> Option<AnyView> {
    let links: Vec<AnyView> = terms
        .iter()
        .filter(|term| term.parent.is_none())
        .map(|term| {
            let href = browse(name, &term.slug);
            let text = term.name.clone();
            view! { <li><a class="govuk-link" href=href>{text}</a></li> }.into_any()
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">{heading}</h2>
            <ul class="hub-browse">{links}</ul>
        }
        .into_any()
    })
}
