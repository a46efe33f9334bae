//! The local offer's index: what parents type, made into listings, best first.
//!
//! Start at [`Index::search`], which reads top to bottom: what was typed is understood
//! (`understanding.rs`: place, age, words, known phrases of `vocabulary.rs`), made into the engine's
//! query (`matching.rs`, with the numbers of `weights.rs`), run, and gathered (`gather.rs`: filters,
//! distances, counts, order). [`Indexer`] writes the index from the store's change feed.
//!
//! The index is a copy: it may be deleted at any time and is then built anew from position 0. It
//! knows neither the store nor HTTP. All calls block; call them from a blocking task.

mod error;
#[cfg(test)]
mod fixtures;
mod gather;
mod index;
mod indexer;
mod matching;
mod query;
mod schema;
mod sectors;
mod suggest;
mod summary;
#[cfg(test)]
mod tests;
mod understanding;
mod vocabulary;
mod weights;
mod words;

pub use error::SearchError;
pub use index::{Index, Taxonomies};
pub use indexer::{Change, Indexer};
pub use query::{HITS_A_PAGE, Hit, PlaceOutcome, Query, Results, TermCount};
pub use suggest::Suggestion;
pub use summary::{Attendance, ListingSummary};
