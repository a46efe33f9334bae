//! Listings as an Open Referral document, to be imported as any feed is.

use domain::local_offer::{Listing, Place, Term};
use serde_json::{Value, json};

use super::{Outcome, id};

/// A page of these listings.
pub(in crate::bench) fn as_open_referral(listings: &[Listing]) -> Outcome<String> {
    let services: Vec<Value> = listings.iter().map(service).collect();
    Ok(serde_json::to_string(&json!({ "contents": services }))?)
}

fn service(listing: &Listing) -> Value {
    let service = &listing.service;
    let organization = listing
        .organization
        .as_ref()
        .map(|one| json!({"id": one.id, "name": one.name}));
    let schedules = listing.schedules.iter().map(|schedule| {
        let days: Vec<&str> = schedule.byday.iter().map(|day| day.as_str()).collect();
        json!({
            "id": schedule.id,
            "freq": schedule.freq.map(|freq| freq.as_str()),
            "interval": schedule.interval,
            "byday": days.join(","),
            "opens_at": schedule.opens_at,
            "closes_at": schedule.closes_at,
        })
    });
    let costs = listing.cost_options.iter().map(|option| {
        #[expect(clippy::cast_precision_loss, reason = "pence of a price")]
        let pounds = option.amount.map(|pence| pence.0 as f64 / 100.0);
        json!({"id": option.id, "amount": pounds, "currency": option.currency})
    });
    let waits = listing
        .send
        .waits
        .iter()
        .map(|wait| json!({"weeks": wait.weeks, "stated_on": wait.stated_on}));
    json!({
        "id": service.id,
        "name": service.name,
        "description": service.description,
        "status": service.status,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "assured_date": service.assured_on,
        "organization": organization,
        "attributes": listing.terms.iter().map(attribute).collect::<Vec<_>>(),
        "cost_options": costs.collect::<Vec<_>>(),
        "schedules": schedules.collect::<Vec<_>>(),
        "languages": listing.languages.iter().enumerate().map(|(at, name)| {
            json!({"id": id(9, u32::try_from(at).unwrap_or_default()), "name": name})
        }).collect::<Vec<_>>(),
        "service_areas": listing.areas.iter().enumerate().map(|(at, name)| {
            json!({"id": id(10, u32::try_from(at).unwrap_or_default()), "name": name})
        }).collect::<Vec<_>>(),
        "service_at_locations": listing.places.iter().map(place).collect::<Vec<_>>(),
        "send": {
            "delivery": listing.send.delivery,
            "referral": listing.send.referral,
            "charge": listing.send.charge,
            "waits": waits.collect::<Vec<_>>(),
        },
    })
}

fn attribute(term: &Term) -> Value {
    json!({
        "id": term.id,
        "taxonomy_term": {
            "id": term.id,
            "name": term.name,
            "taxonomy": term.taxonomy_name,
            "taxonomy_id": term.taxonomy,
        },
    })
}

fn place(place: &Place) -> Value {
    let location = &place.location;
    let position = location.position;
    let address = location.address.as_ref().map(|address| {
        json!({
            "id": place.id,
            "address_1": address.address_1,
            "city": address.city,
            "postal_code": address.postal_code,
            "country": address.country,
        })
    });
    let accessibility = location
        .accessibility
        .iter()
        .map(|text| json!({"id": place.id, "description": text}));
    json!({
        "id": place.id,
        "location": {
            "id": location.id,
            "location_type": location.location_type,
            "name": location.name,
            "latitude": position.map(|position| position.latitude),
            "longitude": position.map(|position| position.longitude),
            "addresses": address.into_iter().collect::<Vec<_>>(),
            "accessibility": accessibility.collect::<Vec<_>>(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::offer::Offer;

    #[test]
    fn what_is_written_is_read_back_as_it_was() {
        let offer = Offer::new().unwrap();
        let listings: Vec<Listing> = offer.listings(1, 200).map(Result::unwrap).collect();
        let import = domain::open_referral::read(&as_open_referral(&listings).unwrap()).unwrap();
        assert!(import.warnings.is_empty(), "{:?}", import.warnings);
        for (mut read, listing) in import.listings.into_iter().zip(listings) {
            // The reader gives slugs of its own, which the feed has no field for.
            read.service.slug = listing.service.slug.clone();
            assert_eq!(read, listing);
        }
    }
}
