//! `/`: search first, then ask, then what we promise. Parents, young people and those who work with
//! them each see their way on at a glance.
//!
//! The search's band stands here; [`ask`] is the question and the promise, [`guides`] what
//! there is to read, [`browse`] the ways in by need and by kind.

mod ask;
mod browse;
mod guides;

use hub::local_offer::OfferTerms;
use leptos::prelude::*;

use super::local_offer::{Wanted, search_form};
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
    let ask = ask::ask_and_promise(&council(), hub().now());
    let guides = guides::guides(hub().guides().all());
    let browse = browse::browse(terms);
    view! {
        <Page site=site() title="Help for children and young people with SEND" band=band>
            {ask}
            {visitors()}
            {guides}
            {browse}
        </Page>
    }
    .into_any()
}

fn hero() -> AnyView {
    let area = council().short_name.clone();
    let lead = format!("Clubs, therapy, short breaks and more in {area}. From birth to age 25.");
    let form = search_form(&Wanted::default());
    let examples = [
        ("speech", "/local-offer?q=speech"),
        ("autism", "/local-offer?q=autism"),
        ("short breaks", "/local-offer?q=short%20breaks"),
    ]
    .map(|(words, href)| view! { <li><a class="govuk-link" href=href>{words}</a></li> });
    view! {
        <div class="hub-hero">
            <div class="govuk-width-container">
                <h1 class="hub-hero__title">"Find help for your child or for you"</h1>
                <p class="hub-hero__lead">{lead}</p>
                {form}
                <p class="hub-hero__try" id="try">"Or try:"</p>
                <ul class="hub-hero__examples" aria-labelledby="try">{examples.into_iter().collect_view()}</ul>
            </div>
        </div>
    }
    .into_any()
}

/// Each of the three visitors: what to look for, and how to ask.
fn visitors() -> AnyView {
    let visitors = [
        visitor(
            "I am a parent or carer",
            "You do not need a plan or a diagnosis to get help.",
            [
                ("See all the help there is", "/local-offer"),
                ("Ask about my child", "/ask"),
            ],
        ),
        visitor(
            "I am a young person",
            "You can look and ask for yourself.",
            [
                ("See help from age 16", "/local-offer?age=16"),
                ("Ask for myself", "/ask"),
            ],
        ),
        visitor(
            "I work with children",
            "You get the same promise as families do.",
            [
                ("Find help to tell a family about", "/local-offer"),
                ("Ask for a child I work with", "/ask"),
            ],
        ),
    ];
    view! {
        <h2 class="govuk-heading-m hub-screen-only">"Who are you?"</h2>
        <ul class="hub-visitors hub-screen-only">{visitors.into_iter().collect_view()}</ul>
    }
    .into_any()
}

fn visitor(
    who: &'static str,
    words: &'static str,
    ways: [(&'static str, &'static str); 2],
) -> AnyView {
    let ways =
        ways.map(|(text, href)| view! { <li><a class="govuk-link" href=href>{text}</a></li> });
    view! {
        <li class="hub-visitor">
            <h3 class="hub-visitor__who">{who}</h3>
            <p>{words}</p>
            <ul class="hub-visitor__ways">{ways.into_iter().collect_view()}</ul>
        </li>
    }
    .into_any()
}
