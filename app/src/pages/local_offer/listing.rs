//! One service: everything that we hold about it.
//!
//! [`body`] has the order. Each part is a file: [`facts`] (at a glance, and how to get in touch),
//! [`fit`] (can we use it), [`people`], [`way_in`], [`waits`] with its [`chart`], [`times`], [`places`].

mod chart;
mod facts;
mod fit;
mod linked_data;
mod people;
mod places;
mod section;
#[cfg(test)]
pub(super) mod tests;
mod times;
mod waits;
mod way_in;

use domain::clock::{day_in_words, london_time};
use domain::{
    codes::ServiceStatus, council::LocalOfferSettings, keys::ServiceSlug, local_offer::Listing,
};
use jiff::civil::{Date, DateTime};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

pub(super) use self::{facts::ways_to_reach, times::next as next_session, way_in::cost_in_short};
use self::{
    linked_data::{SHORT, linked_data},
    places::ByPlace,
    section::{prose, section},
    waits::is_old,
};
use super::{list_button::list_button, words};
use crate::{
    components::{BackTo, ButtonKind, ButtonLink, Page, Tag, TagColour},
    context::{council, hub, shortlist, site},
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
    let now = london_time(hub().now());
    let body = body(listing, &council().local_offer, now);
    let service = &listing.service;
    let from = format!("/local-offer/{}", service.slug);
    let list = list_button(&service.slug, &service.name, &shortlist(), &from);
    let address = format!("{}{}", hub().public_url(), from.trim_start_matches('/'));
    let data = linked_data(listing, &address, now.date());
    let summary = listing.short_description(SHORT);
    let summary = summary.map(|words| view! { <Meta name="description" content=words/> });
    let on_paper = on_paper(address);
    view! {
        {summary}
        <Page site=site() title=name current="/local-offer" back=Some(back)>
            <h1 class="govuk-heading-l">{heading}</h1>
            {also}
            {head}
            {list}
            {body}
            {on_paper}
            {data}
        </Page>
    }
    .into_any()
}

/// All but the head, in the order in which a family reads on a phone: what it is, the facts, can we
/// use it, how to get in, when and where, how to get in touch. On a wide screen the facts and how to
/// get in touch stand beside the rest.
pub(super) fn body(listing: &Listing, taxonomies: &LocalOfferSettings, now: DateTime) -> AnyView {
    let today = now.date();
    let description = listing.service.description.as_deref().map(prose);
    let facts = facts::at_a_glance(listing, taxonomies, now);
    let schedules = ByPlace::of(listing);
    let about: Vec<AnyView> = [
        fit::who_it_is_for(listing),
        Some(fit::send_answers(listing)),
        Some(way_in::how_to_get_in(listing)),
        waits::waits(listing, today),
        way_in::costs(listing, today),
        fit::before_you_come(listing),
        times::when(listing, &schedules.others, now),
        places::places(listing, &schedules),
        section(
            "Awards and checks",
            listing.service.accreditations.as_deref().map(prose),
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    let contact = facts::contact(listing);
    let ask = ask_about_this(listing);
    let checked = checked(listing, today);
    view! {
        <div class="hub-listing">
            <div class="hub-listing__head">{description}</div>
            <div class="hub-listing__side">{facts}</div>
            <div class="hub-listing__rest">{about}</div>
            <div class="hub-listing__contact">{contact}</div>
            <div class="hub-listing__last">
                {ask}
                {checked}
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

/// When the page was last checked, and by whom; a warning when that is more than a year ago.
fn checked(listing: &Listing, today: Date) -> AnyView {
    let by = listing.send.checked_by.as_deref();
    let by = by.filter(|name| !name.trim().is_empty());
    let Some(day) = listing.service.assured_on else {
        return view! {
            <p class="hub-checked">
                "We do not know when somebody last checked this page. Call or write first to make sure that it is right."
            </p>
        }
        .into_any();
    };
    let words = format!(
        "{} last checked this page on {}.",
        by.unwrap_or("Somebody"),
        day_in_words(day)
    );
    if is_old(day, today) {
        view! {
            <div class="govuk-warning-text">
                <span class="govuk-warning-text__icon" aria-hidden="true">"!"</span>
                <strong class="govuk-warning-text__text">
                    <span class="govuk-visually-hidden">"Warning: "</span>
                    {words}
                    " That is more than a year ago. Call or write first to make sure that it is right."
                </strong>
            </div>
        }
        .into_any()
    } else {
        view! { <p class="hub-checked">{words}</p> }.into_any()
    }
}

/// Where the page is on the web, for whoever is handed it on paper.
fn on_paper(address: String) -> AnyView {
    view! { <p class="hub-checked hub-paper-only">"This page on the web: " {address}</p> }
        .into_any()
}

fn ask_about_this(listing: &Listing) -> AnyView {
    let href = format!("/ask?about={}", listing.service.slug);
    view! {
        <h2 class="govuk-heading-m hub-screen-only">"Questions about this service?"</h2>
        <p class="govuk-body hub-screen-only">
            "You can ask the service. You can also ask us, or tell us if something on this page is wrong."
        </p>
        <p class="govuk-body">
            <ButtonLink href=href text="Ask us about this service" kind=ButtonKind::Secondary/>
        </p>
    }
    .into_any()
}
