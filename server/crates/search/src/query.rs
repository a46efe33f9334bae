//! What can be asked of the index.

use std::fmt;
use std::str::FromStr;

use domain::keys::TermSlug;
use domain::local_offer::Position;
use domain::postcode::Postcode;
use jiff::civil::Date;

use crate::facet::{Facet, Tick};
use crate::results::Meant;

/// How many hits a page has.
pub const HITS_A_PAGE: usize = 20;
/// The local offer is for people up to this age.
pub const OLDEST: u8 = 25;

/// What a person asks, as it was typed and ticked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Anything at all. A place, an age, a day or a cost inside is understood where the fields for
    /// them are empty.
    pub words: String,
    /// A full postcode, a sector, an outward code or a town, in any case and spacing; blank is the
    /// same as none.
    pub postcode: Option<String>,
    /// Where the full postcode of this query is ([`Query::full_postcode`]), if the hub knows it
    /// better than to its sector.
    pub exact: Option<Position>,
    /// Leaves out places farther than this; services without a place stay.
    pub miles: Option<u16>,
    /// The service's ages must overlap these. A service without ages takes in everyone.
    pub ages: Option<Ages>,
    /// Any within a group, and every group.
    pub ticked: Vec<Tick>,
    /// What was understood from the words and taken off by the person: its words then only lift.
    pub let_go: Vec<Meant>,
    /// Whether words may be mended.
    pub spelling: AskedSpelling,
    /// What comes first; none lets the query decide.
    pub order: Option<Order>,
    /// Whether values of filters are counted.
    pub counting: Counting,
    /// Today in London: listings that were checked lately count a little more. None counts all alike.
    pub today: Option<Date>,
    /// From 1; 0 is the same as 1.
    pub page: u32,
}

/// Whether values of filters are counted: [`crate::Results::facets`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// Every value of every group.
    #[default]
    Everything,
    /// None: for lists that offer no filters.
    Nothing,
}

/// Whether words may be mended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AskedSpelling {
    /// Words that nothing has are taken for misspelt.
    #[default]
    Mended,
    /// The person means what they typed.
    AsTyped,
}

/// What comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// What fits the words best, and is near.
    BestMatch,
    /// What is nearest; what has no place last.
    Nearest,
    /// By name.
    Name,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::BestMatch, Self::Nearest, Self::Name];

    /// What it is called in an address.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::BestMatch => "best",
            Self::Nearest => "nearest",
            Self::Name => "name",
        }
    }
}

/// Ages in whole years, both included; at most [`OLDEST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ages {
    from: u8,
    to: u8,
}

/// What was given is no age and no range of ages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be an age from 0 to {OLDEST}, or two like 5-11")]
pub struct InvalidAges;

impl Ages {
    /// `None` when they are the wrong way round or too old.
    #[must_use]
    pub const fn new(from: u8, to: u8) -> Option<Self> {
        if from <= to && to <= OLDEST {
            Some(Self { from, to })
        } else {
            None
        }
    }

    /// The youngest.
    #[must_use]
    pub const fn from(self) -> u8 {
        self.from
    }

    /// The oldest.
    #[must_use]
    pub const fn to(self) -> u8 {
        self.to
    }
}

impl FromStr for Ages {
    type Err = InvalidAges;

    fn from_str(text: &str) -> Result<Self, InvalidAges> {
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let age = |text: &str| text.trim().parse::<u8>().map_err(|_| InvalidAges);
        Self::new(age(from)?, age(to)?).ok_or(InvalidAges)
    }
}

/// As in an address: `4`, `5-11`.
impl fmt::Display for Ages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            write!(f, "{}", self.from)
        } else {
            write!(f, "{}-{}", self.from, self.to)
        }
    }
}

impl Query {
    /// The full postcode that this query is about: the one in its field, or else in its words. Where
    /// it is can then be said in [`Query::exact`].
    #[must_use]
    pub fn full_postcode(&self) -> Option<Postcode> {
        let typed = self.postcode.as_deref().map(str::trim);
        match typed.filter(|typed| !typed.is_empty()) {
            Some(typed) => typed.parse().ok(),
            None => crate::understanding::full_postcode_in(&self.words),
        }
    }

    /// The ticked values of one group.
    pub(crate) fn ticked_in(&self, facet: Facet) -> impl Iterator<Item = &TermSlug> {
        let ticked = self.ticked.iter();
        ticked
            .filter(move |tick| tick.facet == facet)
            .map(|tick| &tick.slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_read_as_they_are_written() {
        for text in ["4", "5-11", "0-25"] {
            assert_eq!(text.parse::<Ages>().unwrap().to_string(), text);
        }
        for text in ["", "26", "11-5", "4-", "four"] {
            assert_eq!(text.parse::<Ages>(), Err(InvalidAges), "{text}");
        }
    }

    #[test]
    fn the_full_postcode_is_that_of_its_field_or_else_of_the_words() {
        let query = |words: &str, postcode: &str| Query {
            words: words.to_owned(),
            postcode: Some(postcode.to_owned()),
            ..Query::default()
        };
        let full = |words, postcode| query(words, postcode).full_postcode().map(String::from);
        assert_eq!(full("swim near me14 1xq", " ").as_deref(), Some("ME14 1XQ"));
        assert_eq!(full("swim ME14 1XQ", "ct1 2aa").as_deref(), Some("CT1 2AA"));
        assert_eq!(full("swim ME14 1XQ", "ct1"), None);
    }
}
