//! The search of the local offer and what it found.

use hub::{
    local_offer::OfferTerms,
    search::{Held, Matched, Order, PlaceOutcome, Results},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    Wanted,
    cards::cards,
    filters::{chosen, filters},
    nothing::nothing_found,
    search_form,
    wanted::WITHOUT,
    words,
};
use crate::{
    components::{Page, Pagination, page_steps},
    context::{hub, site},
    load::load,
};

/// `/local-offer?q=&postcode=&miles=&age=&need=&category=&page=`
#[component]
pub(crate) fn ResultsPage() -> impl IntoView {
    let wanted = Wanted::from_address(&use_query_map().get_untracked());
    let hub = hub();
    let query = wanted.query();
    let found = async move {
        let offer = hub.local_offer();
        let results = offer.search(&query).await?;
        Ok((results, offer.terms().await?))
    };
    load(found, move |(results, terms)| {
        page(&wanted, &results, &terms)
    })
}

fn page(wanted: &Wanted, results: &Results, terms: &OfferTerms) -> AnyView {
    let title = match wanted.words() {
        "" => "Find services in the local offer".to_owned(),
        typed => format!("{typed}: {} found", words::services(results.total)),
    };
    let form = search_form(wanted);
    let filters = filters(wanted, results);
    let found = found(wanted, results, terms);
    view! {
        <Page site=site() title=title current="/local-offer">
            <h1 class="govuk-heading-l">"Find services in the local offer"</h1>
            <div class="hub-search-band">{form}</div>
            <div class="hub-found">
                {filters}
                <div>{found}</div>
            </div>
        </Page>
    }
    .into_any()
}

fn found(wanted: &Wanted, results: &Results, terms: &OfferTerms) -> AnyView {
    let chosen = chosen(wanted, results, terms);
    let place = place(results, wanted);
    if results.total == 0 {
        let ways_on = nothing_found(wanted);
        return view! {
            <h2 class="govuk-heading-m">"We found no services"</h2>
            {chosen}
            {place}
            {ways_on}
        }
        .into_any();
    }
    let head = format!("{} found", words::services(results.total));
    let told = told(wanted, results);
    let list = match results.hits.as_slice() {
        [] => past_the_end(wanted),
        hits => cards(hits),
    };
    let pages = pages(wanted, results);
    view! {
        <h2 class="govuk-heading-m">{head}</h2>
        {chosen}
        {place}
        {told}
        {list}
        {pages}
        {ask_instead()}
    }
    .into_any()
}

/// What we made of the postcode.
fn place(results: &Results, wanted: &Wanted) -> AnyView {
    match &results.place {
        PlaceOutcome::NotAsked if wanted.one("miles").is_empty() => ().into_any(),
        PlaceOutcome::NotAsked => view! {
            <p class="govuk-inset-text">"Type a postcode to see only what is near you."</p>
        }
        .into_any(),
        PlaceOutcome::Unknown { typed } => {
            let words = format!(
                "We do not know the postcode “{typed}”. Check it and search again. For now, this search is for every place."
            );
            view! { <p class="govuk-inset-text">{words}</p> }.into_any()
        }
        PlaceOutcome::Known { name, .. } => {
            let order = match results.order {
                Order::BestMatch => "Best match first.",
                Order::Nearest => "Nearest first.",
                Order::Name => "In the order of their names.",
            };
            let words = format!("Distances are from {name}, in a straight line. {order}");
            view! { <p class="govuk-body hub-count">{words}</p> }.into_any()
        }
    }
}

/// What we searched for that was not asked in so many words.
fn told(wanted: &Wanted, results: &Results) -> AnyView {
    let some = (results.matched == Matched::Some).then(|| {
        view! {
            <p class="govuk-inset-text">
                "No service has all of your words. These have some of them."
            </p>
        }
    });
    let understood: Vec<AnyView> = results
        .understood
        .iter()
        .map(|part| {
            let href = wanted.href_with(WITHOUT, &part.meant.key());
            let name = part.name.clone();
            match part.held {
                Held::Holds => view! {
                    <li>
                        <a href=href>
                            <span class="govuk-visually-hidden">"Remove this filter: "</span>
                            {name}
                        </a>
                    </li>
                }
                .into_any(),
                Held::WouldEmpty => ().into_any(),
            }
        })
        .collect();
    let understood =
        (!understood.is_empty()).then(|| view! { <ul class="hub-chosen">{understood}</ul> });
    (some, understood).into_any()
}

fn past_the_end(wanted: &Wanted) -> AnyView {
    view! {
        <p class="govuk-body">
            "There are no more services on this page. "
            <a class="govuk-link" href=wanted.href()>"Go to the first page"</a>
        </p>
    }
    .into_any()
}

fn pages(wanted: &Wanted, results: &Results) -> AnyView {
    let (here, last) = (results.page, results.pages);
    let previous = (here > 1 && here <= last).then(|| wanted.href_of_page(here - 1));
    let next = (here < last).then(|| wanted.href_of_page(here + 1));
    let steps = page_steps(here, last, |page| wanted.href_of_page(page));
    view! { <Pagination label="Results" previous=previous next=next steps=steps/> }.into_any()
}

fn ask_instead() -> AnyView {
    view! {
        <p class="govuk-body">
            "Not what you need? "
            <a class="govuk-link" href="/ask">"Ask us a question"</a>
            ". A person will reply."
        </p>
    }
    .into_any()
}
