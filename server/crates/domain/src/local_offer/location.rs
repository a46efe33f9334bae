//! Where services are given: locations, their addresses and their positions on the ground.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::LocationDetails;
use crate::codes::LocationType;
use crate::ids::{LocationId, ServiceAtLocationId};
use crate::postcode::Postcode;

/// The Earth's mean radius (IUGG) in statute miles.
const EARTH_RADIUS_MILES: f64 = 3958.7613;

/// A point on the ground, WGS 84 degrees. Make one with [`Position::new`], which checks the ranges.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Degrees north, -90 to 90.
    pub latitude: f64,
    /// Degrees east, -180 to 180.
    pub longitude: f64,
}

impl Position {
    /// `None` where a number is out of its range, or both are zero: that is how feeds write “unknown”.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let in_range = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        let unknown = latitude == 0.0 && longitude == 0.0;
        (in_range && !unknown).then_some(Self {
            latitude,
            longitude,
        })
    }

    /// Miles to another point, in a straight line over the ground (haversine).
    pub fn miles_to(self, other: Self) -> f64 {
        let (from, to) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_north = (to - from) / 2.0;
        let half_east = (other.longitude - self.longitude).to_radians() / 2.0;
        let chord = half_north.sin().powi(2) + from.cos() * to.cos() * half_east.sin().powi(2);
        2.0 * EARTH_RADIUS_MILES * chord.min(1.0).sqrt().asin()
    }
}

/// A postal address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The first line.
    pub address_1: String,
    /// The second line.
    pub address_2: Option<String>,
    /// The town.
    pub city: Option<String>,
    /// The county or region.
    pub region: Option<String>,
    /// The postcode, when it is one of the United Kingdom's.
    pub postal_code: Option<Postcode>,
    /// The country's code, such as `GB`.
    pub country: Option<String>,
}

/// A building, a postal address or a place online.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// The feed's own id.
    pub id: LocationId,
    /// Whether one can go there.
    pub location_type: LocationType,
    /// What it is called.
    pub name: Option<String>,
    /// What it is like, how to get there.
    pub description: Option<String>,
    /// Where it is.
    pub position: Option<Position>,
    /// How to write to it or find it.
    pub address: Option<Address>,
    /// What helps people get in and about.
    pub accessibility: Vec<String>,
    /// How much of the address may be shown.
    pub address_shown: AddressShown,
    /// The smaller parts of its record.
    pub details: LocationDetails,
}

/// How much of an address may be shown to the public. A refuge, or a child minder's home, is found
/// by its town alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressShown {
    /// All of it.
    #[default]
    Whole,
    /// The town and the postcode's first half; distances are measured from the postcode's sector.
    TownOnly,
}

impl AddressShown {
    /// The code, as it is stored and as a feed says it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::TownOnly => "town-only",
        }
    }
}

impl FromStr for AddressShown {
    type Err = UnknownAddressShown;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "whole" => Ok(Self::Whole),
            "town-only" => Ok(Self::TownOnly),
            _ => Err(UnknownAddressShown),
        }
    }
}

/// A text that is no [`AddressShown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be whole or town-only")]
pub struct UnknownAddressShown;

impl Location {
    /// Whether one can go there.
    pub fn is_physical(&self) -> bool {
        self.location_type == LocationType::Physical
    }

    /// What it is called, where that may be shown.
    pub fn shown_name(&self) -> Option<&str> {
        match self.address_shown {
            AddressShown::Whole => self.name.as_deref(),
            AddressShown::TownOnly => None,
        }
    }

    /// Its town.
    pub fn town(&self) -> Option<&str> {
        self.address.as_ref()?.city.as_deref()
    }
}

/// One service at one location (`service_at_location`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The feed's own id for the pair.
    pub id: ServiceAtLocationId,
    /// Where.
    pub location: Location,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maidstone_to_canterbury_is_about_24_miles() {
        let maidstone = Position::new(51.2720, 0.5290).unwrap();
        let canterbury = Position::new(51.2798, 1.0830).unwrap();
        let miles = maidstone.miles_to(canterbury);
        assert!((23.5..24.5).contains(&miles), "{miles}");
        assert_eq!(maidstone.miles_to(maidstone), 0.0);
    }

    #[test]
    fn a_position_off_the_globe_or_at_zero_is_none() {
        assert_eq!(Position::new(100.0, 0.5), None);
        assert_eq!(Position::new(51.0, 181.0), None);
        assert_eq!(Position::new(f64::NAN, 0.5), None);
        assert_eq!(Position::new(0.0, 0.0), None);
    }
}
