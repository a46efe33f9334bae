//! Listings built by hand, for the tests of this crate.

use domain::codes::{LocationType, ServiceStatus};
use domain::ids::{
    CostOptionId, LocationId, ScheduleId, ServiceAtLocationId, ServiceId, TaxonomyId,
    TaxonomyTermId,
};
use domain::keys::{TermSlug, slugify};
use domain::local_offer::{
    Address, AddressShown, CostOption, Frequency, Listing, Location, LocationDetails, Pence, Place,
    Position, Schedule, ScheduleDetails, Service, Term, Weekday,
};
use jiff::civil::Time;

use crate::index::Taxonomies;

/// The taxonomies of these tests.
pub(crate) fn taxonomies() -> Taxonomies {
    Taxonomies {
        need: "Needs".to_owned(),
        category: "Categories".to_owned(),
    }
}

/// The id made of a number.
pub(crate) fn id(number: u128) -> ServiceId {
    ServiceId::from_uuid(format!("{number:032x}").parse().unwrap())
}

/// A listing without a place, ages, terms or prices.
pub(crate) fn listing(number: u128, name: &str, description: &str) -> Listing {
    let slug = slugify(name).parse().unwrap();
    Listing::of(Service {
        description: Some(description.to_owned()),
        ..Service::named(id(number), slug, name.to_owned())
    })
}

/// A price in pence.
pub(crate) fn cost_option(pence: i64) -> CostOption {
    CostOption {
        id: CostOptionId::from_uuid(id(1).as_uuid()),
        option: None,
        amount: Some(Pence(pence)),
        currency: None,
        amount_description: None,
        valid_from: None,
        valid_to: None,
    }
}

/// On that day of every week, from that hour to that.
pub(crate) fn schedule(day: Weekday, opens: i8, closes: i8) -> Schedule {
    Schedule {
        id: ScheduleId::from_uuid(id(1).as_uuid()),
        freq: Some(Frequency::Weekly),
        interval: None,
        byday: vec![day],
        ordinals: vec![],
        bymonthday: vec![],
        valid_from: None,
        valid_to: None,
        opens_at: Time::new(opens, 0, 0, 0).ok(),
        closes_at: Time::new(closes, 0, 0, 0).ok(),
        description: None,
        notes: None,
        details: ScheduleDetails::default(),
    }
}

/// What tests add to a listing.
pub(crate) trait With: Sized {
    /// A building there.
    fn at(self, town: &str, position: Option<(f64, f64)>, postcode: Option<&str>) -> Self;
    /// Those ages.
    fn ages(self, youngest: u8, oldest: u8) -> Self;
    /// That term of that taxonomy.
    fn term(self, taxonomy: &str, name: &str) -> Self;
    /// That status.
    fn status(self, status: ServiceStatus) -> Self;
}

impl With for Listing {
    fn at(mut self, town: &str, position: Option<(f64, f64)>, postcode: Option<&str>) -> Self {
        let number = id(self.places.len() as u128 + 1).as_uuid();
        let address = Address {
            address_1: "1 High Street".to_owned(),
            address_2: None,
            city: Some(town.to_owned()),
            region: None,
            postal_code: postcode.map(|postcode| postcode.parse().unwrap()),
            country: None,
        };
        let location = Location {
            id: LocationId::from_uuid(number),
            location_type: LocationType::Physical,
            name: Some(format!("{town} Hall")),
            description: None,
            position: position.and_then(|(latitude, longitude)| Position::new(latitude, longitude)),
            address: Some(address),
            accessibility: vec![],
            address_shown: AddressShown::Whole,
            details: LocationDetails::default(),
        };
        self.places.push(Place {
            id: ServiceAtLocationId::from_uuid(number),
            location,
        });
        self
    }

    fn ages(mut self, youngest: u8, oldest: u8) -> Self {
        self.service.minimum_age = Some(youngest);
        self.service.maximum_age = Some(oldest);
        self
    }

    fn term(mut self, taxonomy: &str, name: &str) -> Self {
        let number = id(self.terms.len() as u128 + 1).as_uuid();
        self.terms.push(Term {
            id: TaxonomyTermId::from_uuid(number),
            taxonomy: TaxonomyId::from_uuid(number),
            taxonomy_name: taxonomy.to_owned(),
            name: name.to_owned(),
            slug: TermSlug::from_name(name).unwrap(),
            parent: None,
        });
        self
    }

    fn status(mut self, status: ServiceStatus) -> Self {
        self.service.status = status;
        self
    }
}
