//! Where each service stands, for programs that read the whole local offer.

use domain::{ids::ServiceId, keys::ServiceSlug};
use jiff::Timestamp;
use uuid::Uuid;

use super::LocalOffer;
use crate::StoreError;
use crate::columns::{instant, limit as limit_column, parsed};
use crate::dialect::fetch_all;

/// Where a service stands, and when it last changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingAddress {
    /// Its id: the place to read on from.
    pub id: ServiceId,
    /// The last part of its address.
    pub slug: ServiceSlug,
    /// When the feed last changed it; where the feed does not say so, when it was last saved.
    pub changed_at: Timestamp,
}

impl LocalOffer<'_> {
    /// The services that come after an id, in the ids' order, but for those that have ended for good.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn addresses_after(
        &mut self,
        after: Option<ServiceId>,
        limit: u32,
    ) -> Result<Vec<ListingAddress>, StoreError> {
        const SQL: &str = "SELECT id, slug, coalesce(last_modified_at, saved_at) FROM services \
                           WHERE id > $1 AND status <> 'defunct' ORDER BY id LIMIT $2";
        let after = after.map_or(Uuid::nil(), |id| id.as_uuid());
        let rows = fetch_all!(
            self.tx,
            (Uuid, String, i64),
            SQL,
            after,
            limit_column(limit)
        )?;
        rows.into_iter()
            .map(|(id, slug, changed_at)| {
                Ok(ListingAddress {
                    id: ServiceId::from_uuid(id),
                    slug: parsed("services.slug", &slug)?,
                    changed_at: instant("services.last_modified_at", changed_at)?,
                })
            })
            .collect()
    }
}
