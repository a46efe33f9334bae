//! What can be asked of the index and what it answers.

use domain::keys::TermSlug;
use domain::local_offer::Position;

use crate::summary::ListingSummary;

/// How many hits a page has.
pub const HITS_A_PAGE: usize = 10;

/// What a person asks, as it was typed and ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Anything at all; a postcode or an age inside is taken as such when the fields for them are empty.
    pub words: String,
    /// A full postcode, a sector or an outward code, in any case and spacing; blank is the same as none.
    pub postcode: Option<String>,
    /// Leaves out places farther than this from the postcode; services without a place stay.
    pub miles: Option<u16>,
    /// In whole years: the service's ages must take it in. A service without ages takes in everyone.
    pub age: Option<u8>,
    /// Any of these needs.
    pub need: Vec<TermSlug>,
    /// And any of these categories.
    pub category: Vec<TermSlug>,
    /// From 1; 0 is the same as 1.
    pub page: u32,
}

/// What became of the place.
#[derive(Clone, Debug, PartialEq)]
pub enum PlaceOutcome {
    /// None was given.
    NotAsked,
    /// It is no postcode that we know; everything else was searched all the same.
    Unknown {
        /// What was typed.
        typed: String,
    },
    /// Distances are from here.
    Known {
        /// The postcode as people write it, such as `ME14 1XQ`.
        name: String,
        /// Where that is, to the sector.
        position: Position,
    },
}

/// One listing that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What the list shows of it.
    pub listing: ListingSummary,
    /// Miles in a straight line to its nearest place; none without a known place to measure from, or
    /// when the service has no place of its own.
    pub distance_miles: Option<f64>,
}

/// A need or a category, and how many of the listings found have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermCount {
    /// What stands in the address.
    pub slug: TermSlug,
    /// What people read.
    pub name: String,
    /// Listings on all pages of this query.
    pub count: usize,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// Listings on all pages.
    pub total: usize,
    /// This page.
    pub page: u32,
    /// The last page; 1 when nothing was found.
    pub pages: u32,
    /// At most [`HITS_A_PAGE`]: by relevance when words were asked for, else nearest first with those
    /// without a place after them, else by name.
    pub hits: Vec<Hit>,
    /// Needs of the listings found, the most frequent first.
    pub needs: Vec<TermCount>,
    /// Categories of the listings found, the most frequent first.
    pub categories: Vec<TermCount>,
    /// What became of the place.
    pub place: PlaceOutcome,
    /// The age that was searched for: the one given, or one understood from the words.
    pub age: Option<u8>,
    /// No listing had all the words: these have at least one of them.
    pub relaxed: bool,
}
