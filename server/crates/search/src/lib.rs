//! The local offer's index: what parents type, made into listings, best first.
//!
//! Start at `search.rs`, which reads top to bottom: what was typed is understood (`understanding/`:
//! place, ages, filters, then words and the known phrases of `vocabulary.rs`, misspelt ones mended by
//! `spelling.rs`), made into the engine's query (`matching.rs`, with the numbers of `weights.rs`),
//! run, and gathered (`gather.rs`: filters met by `ticks.rs`, values counted by `counts.rs`,
//! distances, order). [`Indexer`] writes the index from the store's change feed; `schema.rs` and
//! `listing_facets.rs` say what it holds. [`Knowledge`] is what the council adds: its districts, its
//! own words, the guides. `suggest.rs` answers while somebody types.
//!
//! The index is a copy: it may be deleted at any time and is then built anew from position 0. It
//! knows neither the store nor HTTP. All calls block; call them from a blocking task.

mod best;
mod best_way;
mod counts;
mod districts;
mod error;
mod facet;
mod facts;
#[cfg(test)]
mod fixtures;
mod gather;
mod guides;
mod index;
mod indexer;
mod knowledge;
mod listing_facets;
mod matching;
mod names;
mod query;
mod reach;
mod results;
mod schema;
mod search;
mod sectors;
mod spelling;
mod statistics;
mod suggest;
mod summary;
mod tables;
#[cfg(test)]
mod tests;
mod ticks;
mod towns;
mod understanding;
mod vocabulary;
mod weights;
mod words;

pub use districts::District;
pub use error::SearchError;
pub use facet::{Facet, FacetCount, Tick, WAIT_WEEKS};
pub use guides::Guide;
pub use index::{Index, Taxonomies};
pub use indexer::{Change, Indexer, Joined};
pub use knowledge::Knowledge;
pub use query::{Ages, AskedSpelling, Counting, HITS_A_PAGE, InvalidAges, OLDEST, Order, Query};
pub use results::{
    GuideHit, Held, Hit, Matched, Meant, PlaceOutcome, Results, Spelling, Understood,
};
pub use suggest::{Suggested, Suggestion};
pub use summary::{ListedPlace, ListedWait, ListingSummary};
pub use vocabulary::{Synonym, SynonymKind};
