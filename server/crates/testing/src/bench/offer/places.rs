//! Where services are: the sample council's districts, each with the postcode sectors that its
//! hint names and a town for each outward code.

use domain::{local_offer::Position, postcode::Postcode};
use rand::{Rng, rngs::StdRng};

use super::{Outcome, zipf::Zipf};
use crate::council::sample_council;

/// The table that the search measures from.
const SECTORS: &str = include_str!("../../../../search/data/postcode_sectors.csv");
/// Letters that the last part of a postcode may have.
const LETTERS: &[u8; 20] = b"ABDEFGHJLNPQRSTUWXYZ";
/// Places lie this far around the middle of their sector, in degrees.
const AROUND: f64 = 0.012;

/// Where one can go.
pub(super) struct Spot<'a> {
    pub(super) town: &'a str,
    pub(super) postcode: String,
    pub(super) position: Position,
}

struct Sector {
    name: String,
    latitude: f64,
    longitude: f64,
}

struct District {
    name: String,
    sectors: Vec<Sector>,
}

/// All of them.
pub(super) struct Places {
    districts: Vec<District>,
    /// Some have more than others.
    often: Zipf,
}

impl Places {
    pub(super) fn of_the_sample() -> Outcome<Self> {
        let mut districts = Vec::new();
        for district in sample_council().districts {
            let hint = district.postcode_hint.unwrap_or_default();
            let sectors = hint.split(',').flat_map(|code| sectors(code.trim()));
            let sectors: Vec<Sector> = sectors.collect();
            if sectors.is_empty() {
                return Err(format!("no sectors are known in {}", district.name).into());
            }
            districts.push(District {
                name: district.name,
                sectors,
            });
        }
        let often = Zipf::new(districts.len(), 0.4);
        Ok(Self { districts, often })
    }

    /// The number of a district.
    pub(super) fn district(&self, random: &mut StdRng) -> usize {
        self.often.draw(random)
    }

    /// Towns there. A district's name is its largest town's, as far as a bench cares.
    pub(super) fn towns_of(&self, district: usize) -> Vec<&str> {
        let district = self.districts.get(district);
        district
            .map(|district| district.name.as_str())
            .into_iter()
            .collect()
    }

    /// Where its users may live: mostly there, sometimes also next door, sometimes everywhere.
    pub(super) fn areas(&self, district: usize, random: &mut StdRng) -> Vec<String> {
        let count = match random.random_range(0..10) {
            0 => self.districts.len(),
            1..4 => 2,
            _ => 1,
        };
        let names = self.districts.iter().cycle().skip(district).take(count);
        let mut names: Vec<String> = names.map(|district| district.name.clone()).collect();
        names.sort();
        names
    }

    pub(super) fn spot(&self, district: usize, random: &mut StdRng) -> Spot<'_> {
        // A drawn district is always there, and none is without sectors.
        let district = &self.districts[district];
        let sector = &district.sectors[random.random_range(0..district.sectors.len())];
        let mut letter = || char::from(LETTERS[random.random_range(0..LETTERS.len())]);
        let postcode = format!("{}{}{}", sector.name, letter(), letter());
        // To a metre, as feeds write them.
        let mut around = |middle: f64| {
            let exactly = middle + random.random_range(-AROUND..AROUND);
            (exactly * 1e5).round() / 1e5
        };
        Spot {
            town: &district.name,
            postcode,
            position: Position {
                latitude: around(sector.latitude),
                longitude: around(sector.longitude),
            },
        }
    }
}

/// Where a full postcode is, to its sector.
pub(in crate::bench) fn position_of(postcode: &str) -> Outcome<Position> {
    let postcode: Postcode = postcode.parse()?;
    let found = sectors(postcode.outward()).find(|sector| sector.name == postcode.sector());
    let sector = found.ok_or_else(|| format!("{postcode} lies in no sector that is known"))?;
    Ok(Position {
        latitude: sector.latitude,
        longitude: sector.longitude,
    })
}

fn sectors(outward: &str) -> impl Iterator<Item = Sector> {
    let prefix = format!("{outward} ");
    SECTORS
        .lines()
        .skip(1)
        .filter(move |line| line.starts_with(&prefix))
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some(Sector {
                name: cells.next()?.to_owned(),
                latitude: cells.next()?.parse().ok()?,
                longitude: cells.next()?.parse().ok()?,
            })
        })
}
