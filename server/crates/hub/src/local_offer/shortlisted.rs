//! The services on somebody's list.

use domain::{keys::ServiceSlug, local_offer::Listing, shortlist::Shortlist};

use super::LocalOffer;
use crate::Error;

/// One service of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortlisted {
    /// What the list says of it.
    pub slug: ServiceSlug,
    /// Everything about it; `None` of a service that is not in the local offer any more.
    pub listing: Option<Listing>,
}

impl LocalOffer<'_> {
    /// Every service of a list, in its order.
    ///
    /// # Errors
    /// [`Error::Internal`] when they cannot be read.
    pub async fn shortlisted(&self, list: &Shortlist) -> Result<Vec<Shortlisted>, Error> {
        let mut tx = self.0.database().read().await?;
        let mut services = Vec::with_capacity(list.len());
        for slug in list.slugs() {
            services.push(Shortlisted {
                slug: slug.clone(),
                listing: tx.local_offer().by_slug(slug).await?,
            });
        }
        Ok(services)
    }
}
