//! What a service is, who it is for, how to get in, what it costs, where and when it is.

use domain::{
    codes::LocationType,
    local_offer::{Address, Listing, Location},
};
use leptos::prelude::*;

use super::words;

/// What it is, in the service's own words.
pub(super) fn description(listing: &Listing) -> Option<AnyView> {
    listing.service.description.as_deref().map(prose)
}

/// The main part of a listing: only the sections that we hold something for.
pub(super) fn about(listing: &Listing) -> AnyView {
    let service = &listing.service;
    [
        section(
            "Who it is for",
            service.eligibility_description.as_deref().map(prose),
        ),
        Some(how_to_get_in(service.application_process.as_deref())),
        section("What it costs", costs(listing)),
        section(
            "When",
            list(
                listing
                    .schedules
                    .iter()
                    .filter_map(words::schedule)
                    .collect(),
            ),
        ),
        section("Where", places(listing)),
        section(
            "Awards and checks",
            service.accreditations.as_deref().map(prose),
        ),
    ]
    .into_iter()
    .flatten()
    .collect_view()
    .into_any()
}

fn section(heading: &'static str, content: Option<AnyView>) -> Option<AnyView> {
    content.map(|content| {
        view! {
            <h2 class="govuk-heading-m">{heading}</h2>
            {content}
        }
        .into_any()
    })
}

fn prose(text: &str) -> AnyView {
    words::paragraphs(text)
        .into_iter()
        .map(|paragraph| view! { <p class="govuk-body hub-lines">{paragraph}</p> })
        .collect_view()
        .into_any()
}

fn list(items: Vec<String>) -> Option<AnyView> {
    let items: Vec<_> = items
        .into_iter()
        .map(|item| view! { <li>{item}</li> })
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="govuk-list">{items}</ul> }.into_any())
}

fn how_to_get_in(process: Option<&str>) -> AnyView {
    let content = process.map_or_else(
        || {
            view! {
                <p class="govuk-body">
                    "This page does not say how to get a place. Ask the service. If you cannot reach them, ask us."
                </p>
            }
            .into_any()
        },
        prose,
    );
    view! {
        <h2 class="govuk-heading-m">"How to get in"</h2>
        {content}
    }
    .into_any()
}

fn costs(listing: &Listing) -> Option<AnyView> {
    let prices: Vec<String> = listing
        .cost_options
        .iter()
        .filter_map(words::cost)
        .collect();
    // Feeds often say a price in both places: once is enough.
    let said = |fees: &str| {
        let fees = fees.trim_end_matches('.');
        prices.iter().any(|price| price.starts_with(fees))
    };
    let fees = listing.service.fees_description.as_deref();
    let fees = fees.filter(|fees| !said(fees)).map(prose);
    let prices = list(prices);
    (fees.is_some() || prices.is_some()).then(|| (fees, prices).into_any())
}

fn places(listing: &Listing) -> Option<AnyView> {
    let places: Vec<AnyView> = listing
        .places
        .iter()
        .filter_map(|place| location(&place.location))
        .collect();
    (!places.is_empty()).then(|| places.into_any())
}

fn location(location: &Location) -> Option<AnyView> {
    let name = location.name.clone();
    let address = location.address.as_ref().map(address_lines);
    let kind = match location.location_type {
        LocationType::Physical => None,
        LocationType::Postal => Some("An address to write to"),
        LocationType::Virtual => Some("Online or by phone"),
    };
    if name.is_none() && address.is_none() && kind.is_none() {
        return None;
    }
    let head = name.map(|name| view! { <h3 class="govuk-heading-s">{name}</h3> });
    let kind = kind.map(|kind| view! { <p class="govuk-body">{kind}</p> });
    let address = address.map(|lines| {
        view! { <p class="govuk-body hub-lines">{lines}</p> }
    });
    let description = location.description.as_deref().map(prose);
    let access = accessibility(location);
    Some((head, kind, address, description, access).into_any())
}

fn address_lines(address: &Address) -> String {
    let postcode = address
        .postal_code
        .as_ref()
        .map(|code| code.as_str().to_owned());
    [
        Some(address.address_1.clone()),
        address.address_2.clone(),
        address.city.clone(),
        postcode,
    ]
    .into_iter()
    .flatten()
    .filter(|line| !line.trim().is_empty())
    .collect::<Vec<_>>()
    .join("\n")
}

fn accessibility(location: &Location) -> Option<AnyView> {
    let items = list(location.accessibility.clone())?;
    Some(
        view! {
            <p class="govuk-body"><strong>"Getting in and about"</strong></p>
            {items}
        }
        .into_any(),
    )
}
