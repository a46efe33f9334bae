//! One service: everything that we hold about it.
//!
//! What it is stands on the left ([`about`]) with how to get in touch right after it, the facts on
//! the right ([`facts`]).

mod about;
mod facts;

use domain::clock::day_in_words;
use domain::{
    codes::ServiceStatus, council::LocalOfferSettings, keys::ServiceSlug, local_offer::Listing,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::words;
use crate::{
    components::{BackTo, ButtonKind, ButtonLink, Page, Tag, TagColour},
    context::{council, hub, site},
    load::load,
};

/// `/local-offer/{slug}`
#[component]
pub(crate) fn ListingPage() -> impl IntoView {
    let slug = use_params_map()
        .get_untracked()
        .get("slug")
        .unwrap_or_default();
    let back = back_to_results();
    let hub = hub();
    let listing = async move {
        // What is no slug names no service.
        let slug: ServiceSlug = slug.parse().map_err(|_| hub::Error::NotFound)?;
        hub.local_offer()
            .listing(&slug)
            .await?
            .ok_or(hub::Error::NotFound)
    };
    load(listing, move |listing| page(&listing, back))
}

/// The results that the person comes from, or the empty search.
fn back_to_results() -> BackTo {
    let came_from = use_context::<http::request::Parts>().and_then(|parts| {
        let referer = parts
            .headers
            .get(http::header::REFERER)?
            .to_str()
            .ok()?
            .to_owned();
        let address: http::Uri = referer.parse().ok()?;
        let query = address
            .query()
            .filter(|_| address.path() == "/local-offer")?;
        Some(format!("/local-offer?{query}"))
    });
    match came_from {
        Some(href) => BackTo {
            href,
            text: "Back to your results".to_owned(),
        },
        None => BackTo {
            href: "/local-offer".to_owned(),
            text: "Search the local offer".to_owned(),
        },
    }
}

fn page(listing: &Listing, back: BackTo) -> AnyView {
    let service = &listing.service;
    let name = service.name.clone();
    let heading = name.clone();
    let also = service.alternate_name.clone().map(|other| {
        view! { <p class="hub-lead">"Also called " {other}</p> }
    });
    let head = (status(service.status), alert(listing)).into_any();
    let body = body(listing, &council().local_offer);
    let on_paper = on_paper(listing);
    view! {
        <Page site=site() title=name current="/local-offer" back=Some(back)>
            <h1 class="govuk-heading-l">{heading}</h1>
            {also}
            {head}
            {body}
            {on_paper}
        </Page>
    }
    .into_any()
}

/// All but the head: what it is, and beside it the facts; on a phone those come after how to get in
/// touch.
pub(super) fn body(listing: &Listing, taxonomies: &LocalOfferSettings) -> AnyView {
    let description = about::description(listing);
    let contact = facts::contact(listing);
    let about = about::about(listing);
    let facts = facts::at_a_glance(listing, taxonomies);
    let checked = checked(listing);
    view! {
        <div class="hub-listing">
            <div class="hub-listing__head">
                {description}
                {contact}
            </div>
            <div class="hub-listing__side">{facts}</div>
            <div class="hub-listing__rest">
                {about}
                {checked}
                {ask_about_this()}
            </div>
        </div>
    }
    .into_any()
}

/// A service that is not running says so first.
fn status(status: ServiceStatus) -> Option<AnyView> {
    let (text, colour) = match status {
        ServiceStatus::Active => return None,
        ServiceStatus::TemporarilyClosed => ("Closed for now", TagColour::Yellow),
        ServiceStatus::Inactive => ("Not running at the moment", TagColour::Grey),
        ServiceStatus::Defunct => ("This service has ended", TagColour::Grey),
    };
    Some(view! { <p class="govuk-body"><Tag text=text colour=colour/></p> }.into_any())
}

fn alert(listing: &Listing) -> Option<AnyView> {
    let alert = listing.service.alert.clone()?;
    Some(view! { <div class="govuk-inset-text hub-lines">{alert}</div> }.into_any())
}

fn checked(listing: &Listing) -> AnyView {
    let words = match listing.service.assured_on {
        Some(day) => format!("Somebody last checked this page on {}.", day_in_words(day)),
        None => "We do not know when somebody last checked this page. Call or write first to make sure that it is right.".to_owned(),
    };
    view! { <p class="hub-checked">{words}</p> }.into_any()
}

/// Where the page is on the web, for whoever is handed it on paper.
fn on_paper(listing: &Listing) -> AnyView {
    let address = format!("{}local-offer/{}", hub().public_url(), listing.service.slug);
    view! { <p class="hub-checked hub-paper-only">"This page on the web: " {address}</p> }
        .into_any()
}

fn ask_about_this() -> AnyView {
    view! {
        <h2 class="govuk-heading-m hub-screen-only">"Questions about this service?"</h2>
        <p class="govuk-body hub-screen-only">
            "You can ask the service. You can also ask us, or tell us if something on this page is wrong."
        </p>
        <p class="govuk-body">
            <ButtonLink href="/ask" text="Ask about this" kind=ButtonKind::Secondary/>
        </p>
    }
    .into_any()
}
