//! What the index answers.

use domain::keys::TermSlug;
use domain::local_offer::Position;

use crate::facet::FacetCount;
use crate::query::{Ages, Order};
use crate::summary::ListingSummary;

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// Listings on all pages.
    pub total: usize,
    /// This page.
    pub page: u32,
    /// The last page; 1 when nothing was found.
    pub pages: u32,
    /// At most [`crate::HITS_A_PAGE`], in the order of `order`.
    pub hits: Vec<Hit>,
    /// Guides that fit the words, the best first; none on a page after the first.
    pub guides: Vec<GuideHit>,
    /// Every value that some listing would have, in the order of [`crate::Facet::ALL`]; within a group
    /// the days, times, waits and costs in their own order, others the most frequent first.
    pub facets: Vec<FacetCount>,
    /// What became of the place.
    pub place: PlaceOutcome,
    /// What the words were taken to mean besides things to look for.
    pub understood: Vec<Understood>,
    /// What became of misspelt words.
    pub spelling: Spelling,
    /// How much of what was asked the hits have.
    pub matched: Matched,
    /// What comes first.
    pub order: Order,
    /// Names of other things that the council does, when the words are about those alone.
    pub elsewhere: Option<String>,
}

/// One listing that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What the list shows of it.
    pub listing: ListingSummary,
    /// Miles in a straight line to its nearest place; none without a known place to measure from, or
    /// when the service has no place of its own.
    pub distance_miles: Option<f64>,
    /// Which of the listing's places that is.
    pub nearest: Option<usize>,
}

/// A guide that fits the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideHit {
    /// Its place in our addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What it tells, in a sentence.
    pub summary: String,
}

/// What became of the place.
#[derive(Clone, Debug, PartialEq)]
pub enum PlaceOutcome {
    /// None was given.
    NotAsked,
    /// It is no place that we know; everything else was searched all the same.
    Unknown {
        /// What was typed.
        typed: String,
    },
    /// Distances are from here.
    Known {
        /// The postcode or the town as people write it, such as `ME14 1XQ`.
        name: String,
        /// Where that is: a postcode that is known to its sector is where the sector is.
        position: Position,
    },
}

/// What some of the words were taken to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// What.
    pub meant: Meant,
    /// What people read: “Age 4”, “Saturday”, “Free”.
    pub name: String,
    /// Whether it narrows the results.
    pub held: Held,
}

/// What a part of the words can mean.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meant {
    /// An age, or a stage of life.
    Ages(Ages),
    /// A place to measure from.
    Place,
    /// A value of a group of filters.
    Tick(crate::facet::Tick),
}

impl Meant {
    /// What it is called in an address: `age`, `place`, or the group's key and the value (`day:sa`).
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Ages(_) => "age".to_owned(),
            Self::Place => "place".to_owned(),
            Self::Tick(tick) => format!("{}:{}", tick.facet.key(), tick.slug),
        }
    }

    /// What that key stands for; an age is any age.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        match key {
            "age" => Ages::new(0, crate::OLDEST).map(Self::Ages),
            "place" => Some(Self::Place),
            _ => {
                let (facet, slug) = key.split_once(':')?;
                let facet = crate::Facet::of_key(facet)?;
                let slug = slug.parse::<TermSlug>().ok()?;
                Some(Self::Tick(crate::facet::Tick { facet, slug }))
            }
        }
    }
}

/// Whether something that was understood narrows the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It does.
    Holds,
    /// With it nothing would have been found, so it was let go.
    WouldEmpty,
}

/// What became of misspelt words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Nothing was amiss.
    Right,
    /// No listing has what was typed: these words were searched for instead.
    Mended {
        /// All of the words, mended.
        words: String,
    },
    /// What was typed was found, but these words would find far more.
    DidYouMean {
        /// All of the words, mended.
        words: String,
    },
}

/// How much of what was asked the hits have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matched {
    /// All of the words.
    All,
    /// So many have all of the words and come first; the others have some of them.
    AllThenSome(usize),
    /// Some of them, those with most of them first.
    Some,
}
