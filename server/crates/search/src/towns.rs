//! The towns that places lie in, and parts of towns: each is where the places in it are, in the mean.
//!
//! In a city all addresses end in its name, and people ask for “Catford”: a part of a town is what the
//! second line of an address ends in, if it reads like one and more than one place lies there.

use std::collections::HashMap;

use domain::local_offer::{AddressShown, Location, Position};

use crate::words::{Word, words_of};

/// Stands in no name.
const SEPARATOR: char = '\u{1f}';

/// A line that ends so is a street or a house.
const STREETS_AND_HOUSES: [&str; 44] = [
    "road",
    "rd",
    "street",
    "st",
    "lane",
    "avenue",
    "ave",
    "close",
    "drive",
    "way",
    "crescent",
    "terrace",
    "place",
    "square",
    "court",
    "gardens",
    "mews",
    "row",
    "parade",
    "walk",
    "rise",
    "house",
    "hall",
    "centre",
    "center",
    "building",
    "buildings",
    "block",
    "floor",
    "room",
    "suite",
    "unit",
    "school",
    "academy",
    "church",
    "college",
    "hospital",
    "clinic",
    "library",
    "surgery",
    "estate",
    "wing",
    "campus",
    "annexe",
];
/// “Isle of Dogs”
const MOST_WORDS: usize = 3;
/// So many places of it make a part of a town known.
const PLACES_OF_A_PART: f64 = 2.0;

/// Towns by their words, as they are typed.
#[derive(Debug, Default)]
pub(crate) struct Towns {
    by_words: HashMap<String, Sum>,
    /// The most words that a town's name has.
    longest: usize,
}

#[derive(Clone, Debug)]
struct Sum {
    name: String,
    latitude: f64,
    longitude: f64,
    places: f64,
    sort: Sort,
}

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sort {
    /// A part of a town, to all appearances.
    Part,
    Town,
}

/// A town that was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Town {
    /// As the feeds write it.
    pub(crate) name: String,
    pub(crate) position: Position,
    /// How many words of what was typed it takes.
    pub(crate) length: usize,
}

/// The part of its town that a place lies in, where its address says one and may be shown.
pub(crate) fn part_of_town(location: &Location) -> Option<&str> {
    let address = location.address.as_ref()?;
    // Who works at home often gives no more than the part.
    let line = address.address_2.as_ref().unwrap_or(&address.address_1);
    let part = line.rsplit(',').next()?.trim();
    let words: Vec<String> = words_of(part).into_iter().map(|word| word.text).collect();
    let last = words.last()?;
    let reads_like_one = words.len() <= MOST_WORDS
        && part.starts_with(char::is_uppercase)
        && !part.contains(|c: char| c.is_ascii_digit())
        && !STREETS_AND_HOUSES.contains(&last.as_str());
    let is_shown = location.address_shown == AddressShown::Whole;
    (is_shown && reads_like_one).then_some(part)
}

/// A place's town as the index holds it.
pub(crate) fn encode(town: &str, sort: Sort, position: Position) -> String {
    let Position {
        latitude,
        longitude,
    } = position;
    let sort = match sort {
        Sort::Part => "part",
        Sort::Town => "town",
    };
    format!("{town}{SEPARATOR}{sort}{SEPARATOR}{latitude}{SEPARATOR}{longitude}")
}

/// What [`encode`] wrote.
pub(crate) fn decode(encoded: &str) -> Option<(&str, Sort, Position)> {
    let mut parts = encoded.split(SEPARATOR);
    let name = parts.next()?;
    let sort = match parts.next()? {
        "part" => Sort::Part,
        _ => Sort::Town,
    };
    let mut degrees = || parts.next()?.parse::<f64>().ok();
    Some((name, sort, Position::new(degrees()?, degrees()?)?))
}

impl Towns {
    /// Takes in a place's town, or the part of one.
    pub(crate) fn add(&mut self, name: &str, sort: Sort, position: Position) {
        self.add_sum(Sum {
            name: name.to_owned(),
            latitude: position.latitude,
            longitude: position.longitude,
            places: 1.0,
            sort,
        });
    }

    /// Takes in the towns of another part of the index.
    pub(crate) fn add_all(&mut self, others: &Self) {
        for sum in others.by_words.values() {
            self.add_sum(sum.clone());
        }
    }

    fn add_sum(&mut self, sum: Sum) {
        let words = words_of(&sum.name);
        if words.is_empty() {
            return;
        }
        self.longest = self.longest.max(words.len());
        match self.by_words.get_mut(&key(&words)) {
            Some(known) => {
                known.latitude += sum.latitude;
                known.longitude += sum.longitude;
                known.places += sum.places;
                known.sort = known.sort.max(sum.sort);
            }
            None => {
                self.by_words.insert(key(&words), sum);
            }
        }
    }

    /// Whether a town's name has the word.
    pub(crate) fn has_word(&self, word: &Word) -> bool {
        let mut towns = self.by_words.iter().filter(|(_, sum)| sum.is_known());
        towns.any(|(name, _)| name.split(' ').any(|part| part == word.text))
    }

    /// The town with the longest name that these words begin with.
    pub(crate) fn longest_at(&self, words: &[Word]) -> Option<Town> {
        (1..=self.longest.min(words.len()))
            .rev()
            .find_map(|length| {
                let sum = self.by_words.get(&key(words.get(..length)?))?;
                let sum = Some(sum).filter(|sum| sum.is_known())?;
                let position =
                    Position::new(sum.latitude / sum.places, sum.longitude / sum.places)?;
                Some(Town {
                    name: sum.name.clone(),
                    position,
                    length,
                })
            })
    }
}

impl Sum {
    /// Whether it is a town, or is likely to be a part of one.
    fn is_known(&self) -> bool {
        self.sort == Sort::Town || self.places >= PLACES_OF_A_PART
    }
}

fn key(words: &[Word]) -> String {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_is_where_its_places_are_in_the_mean() {
        let mut towns = Towns::default();
        for latitude in [51.0, 52.0] {
            let position = Position::new(latitude, 0.5).unwrap();
            let encoded = encode("Tunbridge Wells", Sort::Town, position);
            let (name, sort, position) = decode(&encoded).unwrap();
            towns.add(name, sort, position);
        }
        let town = towns
            .longest_at(&words_of("tunbridge wells please"))
            .unwrap();
        assert_eq!((town.name.as_str(), town.length), ("Tunbridge Wells", 2));
        assert_eq!(town.position, Position::new(51.5, 0.5).unwrap());
        assert_eq!(towns.longest_at(&words_of("tunbridge")), None);
    }

    #[test]
    fn a_part_of_a_town_is_known_when_two_places_lie_there() {
        let mut towns = Towns::default();
        let mut add = |latitude| {
            let position = Position::new(latitude, 0.0).unwrap();
            towns.add("Forest Hill", Sort::Part, position);
            towns.longest_at(&words_of("forest hill"))
        };
        assert_eq!(add(51.0), None);
        assert!(add(51.1).is_some());
    }
}
