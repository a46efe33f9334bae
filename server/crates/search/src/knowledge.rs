//! What a search knows besides the listings: the council's districts and words, and the guides.

use crate::districts::{District, Districts};
use crate::error::SearchError;
use crate::guides::{Guide, Guides};
use crate::vocabulary::{Synonym, Vocabulary};

/// All of it; the same for every search until the council changes its settings.
pub struct Knowledge {
    pub(crate) districts: Districts,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) guides: Guides,
}

impl Knowledge {
    /// The council's districts and its own links between words, beside ours, and the guides.
    ///
    /// # Errors
    /// When the engine cannot be started.
    pub fn new(
        districts: &[District],
        synonyms: &[Synonym],
        guides: &[Guide],
    ) -> Result<Self, SearchError> {
        Ok(Self {
            districts: Districts::new(districts),
            vocabulary: Vocabulary::with(synonyms),
            guides: Guides::new(guides)?,
        })
    }
}

impl std::fmt::Debug for Knowledge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Knowledge")
            .field("districts", &self.districts)
            .finish_non_exhaustive()
    }
}
