//! Services found, one card each: the name, who runs it, a sentence, and the facts people choose by.

use domain::codes::{Delivery, ServiceStatus};
use hub::search::Hit;
use leptos::prelude::*;

use super::words;
use crate::components::{Tag, TagColour};

/// How many places or areas a card names.
const MOST_PLACES: usize = 3;

/// The list of services.
pub(super) fn cards(hits: &[Hit]) -> AnyView {
    let cards: Vec<AnyView> = hits.iter().map(card).collect();
    view! { <ol class="hub-results">{cards}</ol> }.into_any()
}

fn card(hit: &Hit) -> AnyView {
    let listing = &hit.listing;
    let href = format!("/local-offer/{}", listing.slug);
    let organization = listing.organization.clone().map(|name| {
        view! { <p class="hub-result__organization">{name}</p> }
    });
    let closed = (listing.status != ServiceStatus::Active).then(|| {
        view! { <p><Tag text="Closed for now" colour=TagColour::Yellow/></p> }
    });
    let description = listing
        .description
        .clone()
        .map(|text| view! { <p>{text}</p> });
    let name = listing.name.clone();
    let facts = facts(hit);
    view! {
        <li class="hub-result">
            <h3 class="hub-result__name"><a href=href>{name}</a></h3>
            {organization}
            {closed}
            {description}
            {facts}
        </li>
    }
    .into_any()
}

fn facts(hit: &Hit) -> Option<AnyView> {
    let listing = &hit.listing;
    let facts = [
        ("For", words::ages(listing.minimum_age, listing.maximum_age)),
        ("Cost", listing.cost.clone()),
        ("Distance", hit.distance_miles.map(words::distance)),
        ("Where", place(hit)),
    ];
    let facts: Vec<AnyView> = facts
        .into_iter()
        .filter_map(|(what, value)| value.map(|value| (what, value)))
        .map(|(what, value)| view! { <div><dt>{what}</dt><dd>{value}</dd></div> }.into_any())
        .collect();
    (!facts.is_empty()).then(|| view! { <dl class="hub-facts">{facts}</dl> }.into_any())
}

/// Where one goes for it, the nearest place first, or that one need not go anywhere.
fn place(hit: &Hit) -> Option<String> {
    let listing = &hit.listing;
    let nearest = hit.nearest.and_then(|number| listing.places.get(number));
    let others = listing
        .places
        .iter()
        .filter(|place| Some(*place) != nearest);
    let places: Vec<String> = nearest
        .into_iter()
        .chain(others)
        .map(|place| place.name.clone())
        .collect();
    let only_online = listing.delivery == [Delivery::Online];
    first_few(&places)
        .or_else(|| only_online.then(|| "Online".to_owned()))
        .or_else(|| first_few(&listing.areas))
}

fn first_few(names: &[String]) -> Option<String> {
    let shown = names
        .iter()
        .take(MOST_PLACES)
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    match names.len().saturating_sub(MOST_PLACES) {
        _ if names.is_empty() => None,
        0 => Some(shown),
        more => Some(format!("{shown} and {more} more")),
    }
}
