//! Places: a service at a location, with the location's address and position.

use super::parts;
use super::record::Record;
use super::send::address_shown;
use crate::codes::LocationType;
use crate::ids::{LocationId, ServiceAtLocationId};
use crate::local_offer::{Address, Location, Place, Position};

/// A service's place: `service_at_location` with its location inside.
pub(super) fn place(record: &Record<'_>) -> Option<Place> {
    let Some(inner) = record.child("location") else {
        // A feed may give only the location's id here; without the location there is nothing to show.
        record.warn("location", "is missing");
        return None;
    };
    let location = location(&inner)?;
    Some(Place {
        id: ServiceAtLocationId::from_uuid(record.part_id()),
        location,
    })
}

fn location(record: &Record<'_>) -> Option<Location> {
    let id = record.required_id();
    let location_type: Option<LocationType> = record
        .required_line("location_type")
        .and_then(|text| text.to_lowercase().parse().ok());
    if location_type.is_none() && record.line("location_type").is_some() {
        record.fault("location_type", "must be physical, postal or virtual");
    }
    let details = parts::of_location(record);
    Some(Location {
        name: record.line("name"),
        description: record.text("description"),
        position: position(record),
        address: record.children("addresses").iter().find_map(address),
        accessibility: details
            .accessibility
            .iter()
            .map(|help| help.description.clone())
            .collect(),
        address_shown: address_shown(record),
        details,
        id: LocationId::from_uuid(id?),
        location_type: location_type?,
    })
}

fn position(record: &Record<'_>) -> Option<Position> {
    let (latitude, longitude) = (record.number("latitude"), record.number("longitude"));
    // A centimetre is enough, and as many digits are the same however they are written.
    let rounded = |degrees: f64| (degrees * 1e7).round() / 1e7;
    let position = Position::new(rounded(latitude?), rounded(longitude?));
    if position.is_none() {
        record.warn("latitude", "with longitude is not a position on the globe");
    }
    position
}

pub(super) fn address(record: &Record<'_>) -> Option<Address> {
    Some(Address {
        address_2: record.line("address_2"),
        city: record.line("city"),
        region: record
            .line("region")
            .or_else(|| record.line("state_province")),
        postal_code: record.parsed("postal_code"),
        country: record.line("country"),
        address_1: record.line("address_1").or_else(|| record.line("city"))?,
    })
}
