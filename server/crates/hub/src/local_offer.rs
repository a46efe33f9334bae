//! The local offer: searching it, reading a listing, importing and exporting listings, keeping the index current.

mod export;
mod follow_changes;
mod import;
mod knowledge;
mod postcodes;
mod search;
mod search_log;

use domain::{keys::ServiceSlug, local_offer::Listing, local_offer::Term};

use crate::{Error, Hub};

pub use export::Export;
pub use follow_changes::Follower;
pub use import::{Faulty, Feed, ImportError, ImportReport, ListingToChange, WhatChanges, Writing};
pub(crate) use knowledge::teach;
pub use postcodes::{PostcodeError, PostcodeReport};
pub(crate) use search_log::SearchLog;

/// Searching and changing the local offer.
#[derive(Debug, Clone, Copy)]
pub struct LocalOffer<'h>(pub(crate) &'h Hub);

/// The terms that people choose from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfferTerms {
    /// Areas of need.
    pub needs: Vec<Term>,
    /// Categories.
    pub categories: Vec<Term>,
}

impl LocalOffer<'_> {
    /// One listing by the last part of its address.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn listing(&self, slug: &ServiceSlug) -> Result<Option<Listing>, Error> {
        let mut tx = self.0.database().read().await?;
        Ok(tx.local_offer().by_slug(slug).await?)
    }

    /// What people can choose from.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn terms(&self) -> Result<OfferTerms, Error> {
        let council = self.0.council();
        let names = &council.local_offer;
        let mut tx = self.0.database().read().await?;
        Ok(OfferTerms {
            needs: tx.local_offer().terms(&names.need_taxonomy).await?,
            categories: tx.local_offer().terms(&names.category_taxonomy).await?,
        })
    }

    /// How many services are listed.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn count(&self) -> Result<u64, Error> {
        let mut tx = self.0.database().read().await?;
        Ok(tx.local_offer().count().await?)
    }
}
