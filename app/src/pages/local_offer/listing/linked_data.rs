//! The listing for programs: schema.org's words as JSON-LD (<https://schema.org/Service>).
//!
//! A `script` that is no script: browsers run nothing of this type, so the page's policy has nothing
//! to forbid. What a feed wrote can never end it ([`as_text`]). It tells nothing that the page does
//! not show.

use domain::local_offer::{
    AddressShown, CostOption, Frequency, Listing, Location, Schedule, prices_on,
};
use jiff::civil::Date;
use leptos::prelude::*;
use serde_json::{Map, Value, json};

/// A description of about as many characters as search engines show.
pub(super) const SHORT: usize = 155;

/// The data of the page at this address.
pub(super) fn linked_data(listing: &Listing, address: &str, today: Date) -> AnyView {
    let text = as_text(&page(listing, address, today));
    view! { <script type="application/ld+json" inner_html=text></script> }.into_any()
}

/// JSON without the marks that HTML knows: `<`, `>` and `&` stand as escapes, which JSON reads as the
/// same letters.
fn as_text(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn page(listing: &Listing, address: &str, today: Date) -> Value {
    let service = &listing.service;
    let changed = service.last_modified.map(|instant| instant.to_string());
    let checked_by = listing.send.checked_by.as_ref();
    known([
        ("@context", json!("https://schema.org")),
        ("@type", json!("WebPage")),
        ("@id", json!(address)),
        ("url", json!(address)),
        ("name", json!(service.name)),
        ("inLanguage", json!("en-GB")),
        ("dateModified", json!(changed)),
        ("lastReviewed", json!(service.assured_on)),
        (
            "reviewedBy",
            json!(checked_by.map(|name| organization(name))),
        ),
        ("mainEntity", the_service(listing, today)),
    ])
}

fn the_service(listing: &Listing, today: Date) -> Value {
    let service = &listing.service;
    let provider = listing.organization.as_ref().map(|organization| {
        known([
            ("@type", json!("Organization")),
            ("name", json!(organization.name)),
            ("url", json!(organization.website)),
            (
                "email",
                json!(organization.email.as_ref().map(ToString::to_string)),
            ),
        ])
    });
    let kinds: Vec<&str> = listing
        .terms
        .iter()
        .map(|term| term.name.as_str())
        .collect();
    let prices = prices_on(&listing.cost_options, today);
    let offers: Vec<Value> = prices.into_iter().filter_map(offer).collect();
    let hours: Vec<Value> = listing.schedules.iter().filter_map(opening_hours).collect();
    known([
        ("@type", json!("Service")),
        ("name", json!(service.name)),
        ("alternateName", json!(service.alternate_name)),
        ("description", json!(service.description)),
        ("url", json!(service.url)),
        ("provider", json!(provider)),
        ("serviceType", json!(kinds)),
        ("areaServed", json!(listing.areas)),
        ("audience", audience(listing)),
        ("offers", json!(offers)),
        ("hoursAvailable", json!(hours)),
        ("availableChannel", json!(channels(listing))),
    ])
}

fn audience(listing: &Listing) -> Value {
    let (youngest, oldest) = (listing.service.minimum_age, listing.service.maximum_age);
    if youngest.is_none() && oldest.is_none() {
        return Value::Null;
    }
    known([
        ("@type", json!("PeopleAudience")),
        ("suggestedMinAge", json!(youngest)),
        ("suggestedMaxAge", json!(oldest)),
    ])
}

fn offer(price: &CostOption) -> Option<Value> {
    let amount = price.amount?;
    let (pounds, pence) = (amount.0 / 100, amount.0 % 100);
    Some(known([
        ("@type", json!("Offer")),
        ("name", json!(price.option)),
        ("description", json!(price.amount_description)),
        ("price", json!(format!("{pounds}.{pence:02}"))),
        (
            "priceCurrency",
            json!(price.currency.as_deref().unwrap_or("GBP")),
        ),
    ]))
}

/// The words there are tell every week alone: a second week or a first Saturday is left to the page.
fn opening_hours(schedule: &Schedule) -> Option<Value> {
    let weekly = schedule.freq == Some(Frequency::Weekly) && schedule.interval.unwrap_or(1) <= 1;
    if !weekly || schedule.byday.is_empty() {
        return None;
    }
    let days = schedule.byday.iter();
    let days: Vec<String> = days
        .map(|day| format!("https://schema.org/{day}"))
        .collect();
    let clock = |time: Option<jiff::civil::Time>| time.map(|it| it.strftime("%H:%M").to_string());
    Some(known([
        ("@type", json!("OpeningHoursSpecification")),
        ("dayOfWeek", json!(days)),
        ("opens", json!(clock(schedule.opens_at))),
        ("closes", json!(clock(schedule.closes_at))),
        ("validFrom", json!(schedule.valid_from)),
        ("validThrough", json!(schedule.valid_to)),
        ("description", json!(schedule.description)),
    ]))
}

/// Each place, and how to reach the service.
fn channels(listing: &Listing) -> Vec<Value> {
    let phone = listing.phones.first().map(|phone| {
        known([
            ("@type", json!("ContactPoint")),
            ("telephone", json!(phone.number)),
        ])
    });
    let channel = |place: Value| {
        known([
            ("@type", json!("ServiceChannel")),
            ("availableLanguage", json!(listing.languages)),
            ("servicePhone", json!(phone)),
            ("serviceUrl", json!(listing.service.url)),
            ("serviceLocation", place),
        ])
    };
    let places = listing.places.iter().map(|place| &place.location);
    let places: Vec<Value> = places
        .filter(|location| location.is_physical())
        .map(place)
        .map(channel)
        .collect();
    if places.is_empty() && (phone.is_some() || !listing.languages.is_empty()) {
        return vec![channel(Value::Null)];
    }
    places
}

/// A place as far as it may be shown: of one that is found by its town alone, the town.
fn place(location: &Location) -> Value {
    let whole = location.address_shown == AddressShown::Whole;
    let position = location.position.filter(|_| whole).map(|position| {
        json!({
            "@type": "GeoCoordinates",
            "latitude": position.latitude,
            "longitude": position.longitude,
        })
    });
    let address = location.address.as_ref().map(|address| {
        let code = address.postal_code.as_ref().filter(|_| whole);
        known([
            ("@type", json!("PostalAddress")),
            (
                "streetAddress",
                json!(Some(&address.address_1).filter(|_| whole)),
            ),
            ("addressLocality", json!(address.city)),
            ("postalCode", json!(code.map(|code| code.as_str()))),
            (
                "addressCountry",
                json!(address.country.as_deref().unwrap_or("GB")),
            ),
        ])
    });
    known([
        ("@type", json!("Place")),
        ("name", json!(location.shown_name())),
        ("address", json!(address)),
        ("geo", json!(position)),
    ])
}

fn organization(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}

/// An object without what is not known.
fn known<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    let pairs = pairs.into_iter().filter(|(_, value)| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::String(text) => !text.is_empty(),
        _ => true,
    });
    let object: Map<String, Value> = pairs
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::local_offer::listing::tests::{place as a_place, saturdays, swimming};

    const ADDRESS: &str = "https://send.example.org/local-offer/swimming";

    fn data(listing: &Listing) -> Value {
        page(listing, ADDRESS, jiff::civil::date(2026, 11, 25))
    }

    #[test]
    fn a_feed_cannot_end_the_data_and_programs_read_its_words_as_they_are() {
        let mut listing = swimming();
        let words = "</script><script>alert(1)</script> & <!-- \u{2028}";
        listing.service.description = Some(words.to_owned());
        let today = jiff::civil::date(2026, 11, 25);
        let html = Owner::new().with(|| linked_data(&listing, ADDRESS, today).to_html());
        let inside = html
            .strip_prefix("<script type=\"application/ld+json\">")
            .and_then(|rest| rest.strip_suffix("</script>"))
            .unwrap();
        assert!(!inside.contains(['<', '>', '&', '\u{2028}']), "{inside}");
        let read: Value = serde_json::from_str(inside).unwrap();
        assert_eq!(read["mainEntity"]["description"], words);
    }

    #[test]
    fn what_is_known_is_told_in_schema_org_s_words() {
        let mut listing = swimming();
        listing.schedules = vec![saturdays(Some("In term time."))];
        listing.send.checked_by = Some("The local offer team".to_owned());
        listing.service.assured_on = Some(jiff::civil::date(2026, 7, 3));
        let told = data(&listing);
        assert_eq!(told["lastReviewed"], "2026-07-03");
        assert_eq!(told["reviewedBy"]["name"], "The local offer team");
        let service = &told["mainEntity"];
        assert_eq!(service["audience"]["suggestedMinAge"], 5);
        assert_eq!(service["areaServed"], json!(["Maidstone"]));
        assert_eq!(service["hoursAvailable"][0]["opens"], "10:00");
        assert_eq!(service.get("provider"), None);
        assert_eq!(service.get("offers"), None);
    }

    #[test]
    fn a_second_week_is_not_told_as_every_week() {
        let mut listing = swimming();
        let mut second = saturdays(None);
        second.interval = Some(2);
        listing.schedules = vec![second];
        assert_eq!(data(&listing)["mainEntity"].get("hoursAvailable"), None);
    }

    #[test]
    fn a_place_to_be_found_by_its_town_alone_keeps_its_street_to_itself() {
        let mut listing = swimming();
        let mut refuge = a_place("Willow House", "Maidstone");
        refuge.location.position = domain::local_offer::Position::new(51.2, 0.5);
        listing.places = vec![refuge];
        assert!(data(&listing).to_string().contains("12 Mill Lane"));
        listing.places[0].location.address_shown = AddressShown::TownOnly;
        let told = data(&listing).to_string();
        assert!(told.contains("Maidstone"), "{told}");
        for secret in ["Mill Lane", "Willow", "ME14", "51.2"] {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
    }
}
