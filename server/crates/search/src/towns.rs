//! The towns that places lie in: a town is where the places in it are, in the mean.

use std::collections::HashMap;

use domain::local_offer::Position;

use crate::words::{Word, words_of};

/// Stands in no name.
const SEPARATOR: char = '\u{1f}';

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

/// A place's town as the index holds it.
pub(crate) fn encode(town: &str, position: Position) -> String {
    let Position {
        latitude,
        longitude,
    } = position;
    format!("{town}{SEPARATOR}{latitude}{SEPARATOR}{longitude}")
}

impl Towns {
    /// Takes in a place's town, as [`encode`] wrote it.
    pub(crate) fn add(&mut self, encoded: &str) {
        let mut parts = encoded.split(SEPARATOR);
        let name = parts.next().unwrap_or_default();
        let mut degrees = || parts.next()?.parse::<f64>().ok();
        let (Some(latitude), Some(longitude)) = (degrees(), degrees()) else {
            return;
        };
        self.add_sum(Sum {
            name: name.to_owned(),
            latitude,
            longitude,
            places: 1.0,
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
            }
            None => {
                self.by_words.insert(key(&words), sum);
            }
        }
    }

    /// Whether a town's name has the word.
    pub(crate) fn has_word(&self, word: &Word) -> bool {
        let mut names = self.by_words.keys();
        names.any(|name| name.split(' ').any(|part| part == word.text))
    }

    /// The town with the longest name that these words begin with.
    pub(crate) fn longest_at(&self, words: &[Word]) -> Option<Town> {
        (1..=self.longest.min(words.len()))
            .rev()
            .find_map(|length| {
                let sum = self.by_words.get(&key(words.get(..length)?))?;
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
            towns.add(&encode(
                "Tunbridge Wells",
                Position::new(latitude, 0.5).unwrap(),
            ));
        }
        let town = towns
            .longest_at(&words_of("tunbridge wells please"))
            .unwrap();
        assert_eq!((town.name.as_str(), town.length), ("Tunbridge Wells", 2));
        assert_eq!(town.position, Position::new(51.5, 0.5).unwrap());
        assert_eq!(towns.longest_at(&words_of("tunbridge")), None);
    }
}
