//! Where a service is given and how people meet it, each place with its own days.

use domain::{
    codes::{Delivery, LocationType},
    local_offer::{AddressShown, Listing, Location, Schedule},
};
use leptos::prelude::*;

use super::{
    section::{list, prose, section, sentence, together},
    times::days_and_hours,
};

/// The schedules of a listing, each with the place whose it is. Open Referral lets a feed say so in
/// the schedule's words alone: “In Dover, in term time.”
pub(super) struct ByPlace<'l> {
    /// Those of each place, in the order of the places.
    of_places: Vec<Vec<&'l Schedule>>,
    /// Those of no place in particular.
    pub(super) others: Vec<&'l Schedule>,
}

impl<'l> ByPlace<'l> {
    pub(super) fn of(listing: &'l Listing) -> Self {
        let mut sorted = Self {
            of_places: vec![Vec::new(); listing.places.len()],
            others: Vec::new(),
        };
        for schedule in &listing.schedules {
            let mut named = listing
                .places
                .iter()
                .enumerate()
                .filter(|(_, place)| is_named(&place.location, schedule));
            match (named.next(), named.next()) {
                // Of one place alone, everything is; of two in one town, nobody knows.
                (Some((index, _)), None) if listing.places.len() > 1 => {
                    sorted.of_places[index].push(schedule);
                }
                _ => sorted.others.push(schedule),
            }
        }
        sorted
    }
}

/// Whether a schedule's words name the place, or its town.
fn is_named(location: &Location, schedule: &Schedule) -> bool {
    let words = [&schedule.description, &schedule.notes];
    let words: Vec<String> = words
        .into_iter()
        .flatten()
        .map(|words| format!(" {} ", plain(words)))
        .collect();
    let town = location.address.as_ref();
    let town = town.and_then(|address| address.city.as_deref());
    [location.shown_name(), town]
        .into_iter()
        .flatten()
        .map(plain)
        .filter(|name| !name.is_empty())
        .any(|name| {
            words
                .iter()
                .any(|words| words.contains(&format!(" {name} ")))
        })
}

/// Lower case, one space between words, no punctuation.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

/// How people meet it, and where.
pub(super) fn places(listing: &Listing, schedules: &ByPlace) -> Option<AnyView> {
    let several = listing.places.len() > 1;
    let how = list(deliveries(listing));
    let places: Vec<AnyView> = listing
        .places
        .iter()
        .zip(&schedules.of_places)
        .enumerate()
        .filter_map(|(index, (place, days))| {
            location(&place.location, days, several.then_some(index + 1))
        })
        .collect();
    let places = together(places);
    let any = how.is_some() || places.is_some();
    section("Where", any.then(|| (how, places).into_any()))
}

/// The ways of meeting it, as sentences.
fn deliveries(listing: &Listing) -> Vec<String> {
    let ways = listing.deliveries();
    ways.into_iter()
        .map(|way| {
            match way {
                Delivery::InPerson => "You go to a place.",
                Delivery::AtHome => "They come to your home.",
                Delivery::Telephone => "You talk by phone or text.",
                Delivery::Online => "You meet online.",
            }
            .to_owned()
        })
        .collect()
}

/// The same in a word each, for the facts at a glance.
pub(super) fn deliveries_in_short(listing: &Listing) -> Option<String> {
    let ways = listing.deliveries();
    let ways: Vec<&str> = ways
        .iter()
        .map(|way| match way {
            Delivery::InPerson => "At a place",
            Delivery::AtHome => "At your home",
            Delivery::Telephone => "By phone",
            Delivery::Online => "Online",
        })
        .collect();
    (!ways.is_empty()).then(|| ways.join(", "))
}

fn location(location: &Location, days: &[&Schedule], number: Option<usize>) -> Option<AnyView> {
    let name = location.shown_name().map(str::to_owned);
    let address = location.shown_address();
    let kind = match location.location_type {
        LocationType::Physical => None,
        LocationType::Postal => Some("An address to write to"),
        LocationType::Virtual => Some("Online or by phone"),
    };
    if name.is_none() && address.is_empty() && kind.is_none() {
        return None;
    }
    // Of several places each has a heading.
    let heading = name
        .or_else(|| number.and_then(|_| address.first().cloned()))
        .or_else(|| number.map(|number| format!("Place {number}")));
    let head = heading.map(|name| view! { <h3 class="govuk-heading-s">{name}</h3> });
    let kind = kind.map(sentence);
    let lines = (!address.is_empty()).then(|| {
        let lines = address.join("\n");
        view! { <p class="govuk-body hub-lines">{lines}</p> }
    });
    let masked = masked(location);
    let days = days_and_hours(days);
    let description = location.shown_description().map(prose);
    let getting_there = location.shown_way().map(getting_there);
    let access = accessibility(location);
    Some(
        (
            head,
            kind,
            lines,
            masked,
            days,
            description,
            getting_there,
            access,
        )
            .into_any(),
    )
}

fn getting_there(way: &str) -> AnyView {
    view! {
        <p class="govuk-body"><strong>"How to get there"</strong></p>
        {prose(way)}
    }
    .into_any()
}

/// Why there is no more of the address.
fn masked(location: &Location) -> Option<AnyView> {
    (location.address_shown == AddressShown::TownOnly).then(|| {
        sentence("We show the town only. This keeps the people there safe. The service tells you where to go.")
    })
}

fn accessibility(location: &Location) -> Option<AnyView> {
    let items = match list(location.accessibility.clone()) {
        Some(items) => items,
        None if location.is_physical() => {
            return Some(sentence(
                "This page does not say how easy it is to get in and about. Ask before you go.",
            ));
        }
        None => return None,
    };
    Some(
        view! {
            <p class="govuk-body"><strong>"Getting in and about"</strong></p>
            {items}
        }
        .into_any(),
    )
}
