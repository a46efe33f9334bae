//! Where postcodes are: the mean position of each postcode sector of Great Britain.
//! `data/NOTICE` says where the figures come from.

use std::sync::OnceLock;

use domain::local_offer::{AddressShown, Location, Position};
use domain::postcode::{Postcode, PostcodeQuery};

const FILE: &str = include_str!("../data/postcode_sectors.csv");

struct Sector {
    /// `ME14 1`
    name: &'static str,
    position: Position,
    /// How many live postcodes it has: its weight in the mean of its outward code.
    postcodes: f64,
}

/// Where what was typed is: a sector's mean position, or the mean of an outward code's sectors.
/// A sector that is newer than the figures is taken to be where its outward code is.
pub(crate) fn position_of(place: &PostcodeQuery) -> Option<Position> {
    match place {
        PostcodeQuery::Postcode(postcode) => position_of_postcode(postcode),
        PostcodeQuery::Sector(sector) => {
            let outward = sector.split(' ').next().unwrap_or_default();
            position_of_sector(sector).or_else(|| position_of_outward(outward))
        }
        PostcodeQuery::Outward(outward) => position_of_outward(outward),
    }
}

/// Where a full postcode is, to its sector.
pub(crate) fn position_of_postcode(postcode: &Postcode) -> Option<Position> {
    position_of_sector(postcode.sector()).or_else(|| position_of_outward(postcode.outward()))
}

/// Where a place on the ground is: where the feed says, else where its postcode is. A place whose
/// address is not shown is told no nearer than its sector.
pub(crate) fn position_of_location(location: &Location) -> Option<Position> {
    if !location.is_physical() {
        return None;
    }
    let address = location.address.as_ref();
    let postcode = address.and_then(|address| address.postal_code.as_ref());
    let by_postcode = || postcode.and_then(position_of_postcode);
    match location.address_shown {
        AddressShown::Whole => location.position.or_else(by_postcode),
        AddressShown::TownOnly => by_postcode(),
    }
}

fn position_of_sector(name: &str) -> Option<Position> {
    let sectors = sectors();
    let index = sectors
        .binary_search_by(|sector| sector.name.cmp(name))
        .ok()?;
    sectors.get(index).map(|sector| sector.position)
}

fn position_of_outward(outward: &str) -> Option<Position> {
    let prefix = format!("{outward} ");
    let sectors = sectors();
    let start = sectors.partition_point(|sector| sector.name < prefix.as_str());
    let (mut latitude, mut longitude, mut postcodes) = (0.0, 0.0, 0.0);
    for sector in sectors
        .iter()
        .skip(start)
        .take_while(|sector| sector.name.starts_with(&prefix))
    {
        latitude += sector.position.latitude * sector.postcodes;
        longitude += sector.position.longitude * sector.postcodes;
        postcodes += sector.postcodes;
    }
    Position::new(latitude / postcodes, longitude / postcodes)
}

/// The table, sorted by name; parsed at the first use.
fn sectors() -> &'static [Sector] {
    static SECTORS: OnceLock<Vec<Sector>> = OnceLock::new();
    SECTORS.get_or_init(|| {
        let mut sectors: Vec<Sector> = FILE.lines().skip(1).filter_map(sector).collect();
        sectors.sort_unstable_by_key(|sector| sector.name);
        sectors
    })
}

fn sector(line: &'static str) -> Option<Sector> {
    let mut cells = line.split(',');
    let name = cells.next()?;
    let position = Position::new(cells.next()?.parse().ok()?, cells.next()?.parse().ok()?)?;
    Some(Sector {
        name,
        position,
        postcodes: cells.next()?.trim().parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str) -> Option<Position> {
        position_of(&PostcodeQuery::parse(text)?)
    }

    #[test]
    fn every_line_of_the_file_is_read() {
        assert_eq!(sectors().len(), FILE.lines().count() - 1);
    }

    #[test]
    fn a_postcode_its_sector_and_its_outward_code_are_near_each_other() {
        let postcode = position("me14 1xq").unwrap();
        assert_eq!(Some(postcode), position("ME14 1"));
        assert!(postcode.miles_to(position("ME14").unwrap()) < 5.0);
        assert!(postcode.miles_to(Position::new(51.27, 0.52).unwrap()) < 3.0);
    }

    #[test]
    fn a_place_that_is_not_there_is_nowhere() {
        assert_eq!(position("ZZ99 9ZZ"), None);
        assert_eq!(position("ZZ99"), None);
    }
}
