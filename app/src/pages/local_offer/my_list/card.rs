//! One service on a list: enough to choose by, and how to reach it.

use domain::{codes::ServiceStatus, keys::ServiceSlug, local_offer::Listing};
use hub::local_offer::Shortlisted;
use jiff::civil::DateTime;
use leptos::prelude::*;

use super::MY_LIST;
use crate::{
    components::{Tag, TagColour},
    pages::local_offer::{
        listing::{cost_in_short, next_session, ways_to_reach},
        words,
    },
};

/// A card says so much of what a service is.
const MOST_CHARS: usize = 200;

/// The services that there are, each with a way off the list if it is one's own.
pub(super) fn cards(services: &[Shortlisted], own: bool, now: DateTime) -> AnyView {
    let cards: Vec<AnyView> = services
        .iter()
        .filter_map(|service| service.listing.as_ref())
        .map(|listing| card(listing, own, now))
        .collect();
    view! { <ol class="hub-results">{cards}</ol> }.into_any()
}

fn card(listing: &Listing, own: bool, now: DateTime) -> AnyView {
    let service = &listing.service;
    let href = format!("/local-offer/{}", service.slug);
    let name = service.name.clone();
    let organization = listing.organization.as_ref().map(|it| it.name.clone());
    let organization = organization.map(|name| {
        view! { <p class="hub-result__organization">{name}</p> }
    });
    let stopped = (service.status != ServiceStatus::Active).then(|| {
        view! { <p><Tag text="Not running now" colour=TagColour::Yellow/></p> }
    });
    let description = listing.short_description(MOST_CHARS);
    let description = description.map(|words| view! { <p>{words}</p> });
    let facts = facts(listing, now);
    let reach = ways_to_reach(listing);
    let off = own.then(|| take_off(&service.slug, &service.name));
    view! {
        <li class="hub-result">
            <h2 class="hub-result__name"><a href=href>{name}</a></h2>
            {organization}
            {stopped}
            {description}
            <dl class="hub-kept">{facts} {reach}</dl>
            {off}
        </li>
    }
    .into_any()
}

fn facts(listing: &Listing, now: DateTime) -> Vec<AnyView> {
    let service = &listing.service;
    [
        ("For", words::ages(service.minimum_age, service.maximum_age)),
        ("Cost", cost_in_short(listing, now.date())),
        ("When", next_session(listing, now)),
        ("Where", place(listing)),
    ]
    .into_iter()
    .filter_map(|(what, value)| {
        let value = value?;
        Some(view! { <dt>{what}</dt><dd>{value}</dd> }.into_any())
    })
    .collect()
}

/// Each place on a line of its own; of one that is found by its town alone, no more than that.
fn place(listing: &Listing) -> Option<String> {
    let places: Vec<String> = listing
        .places
        .iter()
        .map(|place| {
            let name = place.location.shown_name().map(str::to_owned);
            let lines = name.into_iter().chain(place.location.shown_address());
            lines.collect::<Vec<_>>().join(", ")
        })
        .filter(|line| !line.is_empty())
        .collect();
    (!places.is_empty()).then(|| places.join("; "))
}

/// The form that takes a service off one's list.
pub(super) fn take_off(slug: &ServiceSlug, name: &str) -> AnyView {
    let (slug, name) = (slug.to_string(), name.to_owned());
    view! {
        <form method="post" action=MY_LIST class="hub-list-form">
            <input type="hidden" name="remove" value=slug/>
            <button type="submit" class="govuk-button govuk-button--secondary" data-module="govuk-button">
                "Take off my list" <span class="govuk-visually-hidden">" " {name}</span>
            </button>
        </form>
    }
    .into_any()
}
