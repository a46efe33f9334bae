//! Every service's address, for search engines.

use domain::ids::ServiceId;
use store::ListingAddress;

use super::LocalOffer;
use crate::Error;

impl LocalOffer<'_> {
    /// The addresses that come after a service, at most so many; those of services that have ended
    /// are left out.
    ///
    /// # Errors
    /// [`Error::Internal`] when they cannot be read.
    pub async fn addresses(
        &self,
        after: Option<ServiceId>,
        most: u32,
    ) -> Result<Vec<ListingAddress>, Error> {
        let mut tx = self.0.database().read().await?;
        Ok(tx.local_offer().addresses_after(after, most).await?)
    }
}
