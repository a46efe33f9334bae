//! Guides: what is written for families, beside the listings.
//!
//! Each is a file of `server/content/guides` (its README says how to write one), built into the program and read once,
//! when the hub starts. [`read`] takes a file; `markup.rs` takes its Markdown.

mod files;
mod markup;
mod read;

use std::num::NonZeroUsize;

use domain::{
    guide::Guide,
    keys::{GuideSlug, TermSlug},
};
use jiff::civil::Date;
use search::{Counting, Facet, Hit, Query, Tick};
use tokio::task::spawn_blocking;

use crate::{Error, Hub};

pub use files::{FILES, File};
pub use read::{GuideFault, read};

/// How many services a guide names.
const MOST_SERVICES: usize = 6;

/// Reading the guides.
#[derive(Debug, Clone, Copy)]
pub struct Guides<'h>(pub(crate) &'h Hub);

/// The services that belong to a guide.
#[derive(Debug, Clone, PartialEq)]
pub struct Services {
    /// The first few, best first.
    pub hits: Vec<Hit>,
    /// How many there are.
    pub total: NonZeroUsize,
    /// The search that finds them all.
    pub search: Query,
}

impl Guides<'_> {
    /// Every guide, in the order in which they are listed.
    #[must_use]
    pub fn all(&self) -> &[Guide] {
        self.0.every_guide()
    }

    /// One guide by the last part of its address.
    #[must_use]
    pub fn guide(&self, slug: &GuideSlug) -> Option<&Guide> {
        self.all().iter().find(|guide| guide.slug == *slug)
    }

    /// The services that belong to a guide; none where there are none. What people look for is not counted here.
    ///
    /// # Errors
    /// [`Error::Internal`] when the index cannot be read.
    pub async fn services(&self, guide: &Guide) -> Result<Option<Services>, Error> {
        let index = self.0.index().clone();
        let searches = searches(guide, self.0.today());
        let found = spawn_blocking(move || {
            for search in searches {
                let found = index.search(&search)?;
                if let Some(total) = NonZeroUsize::new(found.total) {
                    let hits = found.hits.into_iter().take(MOST_SERVICES).collect();
                    return Ok(Some(Services {
                        hits,
                        total,
                        search,
                    }));
                }
            }
            Ok::<_, search::SearchError>(None)
        });
        found
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)
    }
}

/// By everything that the guide names; and by its words alone, because a council may have other terms than those.
fn searches(guide: &Guide, today: Date) -> [Query; 2] {
    let belonging = &guide.services;
    let words = Query {
        words: belonging.words.clone(),
        counting: Counting::Nothing,
        today: Some(today),
        ..Query::default()
    };
    let tick = |facet: Facet| {
        move |slug: &TermSlug| Tick {
            facet,
            slug: slug.clone(),
        }
    };
    let needs = belonging.needs.iter().map(tick(Facet::Need));
    let categories = belonging.categories.iter().map(tick(Facet::Category));
    let everything = Query {
        ticked: needs.chain(categories).collect(),
        ..words.clone()
    };
    [everything, words]
}

/// Reads every file, in the order in which guides are listed. One that cannot be read is left out and logged; the
/// tests see to it that there is none.
pub(crate) fn read_all() -> Vec<Guide> {
    FILES
        .iter()
        .filter_map(|file| {
            read(file.slug, file.text)
                .inspect_err(
                    |fault| tracing::error!(guide = file.slug, %fault, "a guide is left out"),
                )
                .ok()
        })
        .collect()
}
