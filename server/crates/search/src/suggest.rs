//! Suggestions while a person types: names of services.

use domain::keys::ServiceSlug;

use crate::error::SearchError;
use crate::gather::{Gather, Order};
use crate::index::Index;
use crate::matching::Matching;
use crate::words::words_of;

/// More of what was typed than this is no name.
const MOST_CHARS: usize = 100;

/// A service that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its name.
    pub text: String,
    /// Its place in our addresses.
    pub slug: ServiceSlug,
}

impl Index {
    /// Services whose names have words that begin so: the words before the last must be whole. By name.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        let typed: String = prefix.chars().take(MOST_CHARS).collect();
        let words = words_of(&typed);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let searcher = self.searcher();
        let query = Matching {
            fields: self.fields(),
            searcher: &searcher,
        }
        .names(&words);
        let mut gathered = searcher.search(
            &query,
            &Gather {
                from: None,
                miles: None,
                age: None,
            },
        )?;
        gathered.sort(Order::Name);
        let found = gathered.found.iter().take(limit);
        found
            .map(|found| {
                let listing = self.summary(&searcher, found.address)?;
                Ok(Suggestion {
                    text: listing.name,
                    slug: listing.slug,
                })
            })
            .collect()
    }
}
