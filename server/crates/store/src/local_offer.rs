//! Services and all that belongs to them.
//!
//! [`LocalOffer::save`] writes everything about one service and replaces what belonged to it before;
//! [`LocalOffer::listing`] reads it back. `save.rs` and `parts.rs` write, `rows.rs` reads, `terms.rs` keeps the
//! taxonomies that services share. Nothing here tells the feed: the caller appends to [`crate::Changes`].

mod content;
mod parts;
mod rows;
mod save;
mod terms;

pub use content::{ContentHash, content_hash};

use domain::ids::ServiceId;
use domain::keys::ServiceSlug;
use domain::local_offer::Listing;
use uuid::Uuid;

use crate::changes::lock_feed;
use crate::columns::limit as limit_column;
use crate::dialect::{execute, fetch_all, fetch_one, fetch_optional};
use crate::{StoreError, Tx};

/// Services and all that belongs to them.
#[derive(Debug)]
pub struct LocalOffer<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl LocalOffer<'_> {
    /// Removes a service and all that belongs to it alone. `false` when there is none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remove(&mut self, id: ServiceId) -> Result<bool, StoreError> {
        lock_feed(self.tx).await?;
        Ok(execute!(self.tx, "DELETE FROM services WHERE id = $1", id.as_uuid())? > 0)
    }

    /// Everything about the service with this id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn listing(&mut self, id: ServiceId) -> Result<Option<Listing>, StoreError> {
        let Some(record) = self.service(id).await? else {
            return Ok(None);
        };
        Ok(Some(Listing {
            service: record.service,
            organization: record.organization,
            places: self.places(id).await?,
            schedules: self.schedules(id).await?,
            cost_options: self.cost_options(id).await?,
            phones: self.phones(id).await?,
            terms: self.terms_of(id).await?,
            areas: self.areas(id).await?,
            languages: self.languages(id).await?,
            send: record.send,
            details: record.details,
            rest: record.rest,
        }))
    }

    /// Everything about the service with this slug.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn by_slug(&mut self, slug: &ServiceSlug) -> Result<Option<Listing>, StoreError> {
        match self.id_of(slug).await? {
            Some(id) => self.listing(id).await,
            None => Ok(None),
        }
    }

    async fn id_of(&mut self, slug: &ServiceSlug) -> Result<Option<ServiceId>, StoreError> {
        let row = fetch_optional!(
            self.tx,
            (Uuid,),
            "SELECT id FROM services WHERE slug = $1",
            slug.as_str()
        )?;
        Ok(row.map(|(id,)| ServiceId::from_uuid(id)))
    }

    /// How many services there are: a county has thousands, not millions.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn count(&mut self) -> Result<u64, StoreError> {
        let (count,) = fetch_one!(self.tx, (i64,), "SELECT count(*) FROM services")?;
        crate::columns::number("services", count)
    }

    /// The ids that come after one, in their order: to walk through all, a page at a time.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn ids_after(
        &mut self,
        after: Option<ServiceId>,
        limit: u32,
    ) -> Result<Vec<ServiceId>, StoreError> {
        let limit = limit_column(limit);
        let rows = match after {
            Some(after) => {
                const SQL: &str = "SELECT id FROM services WHERE id > $1 ORDER BY id LIMIT $2";
                fetch_all!(self.tx, (Uuid,), SQL, after.as_uuid(), limit)?
            }
            None => fetch_all!(
                self.tx,
                (Uuid,),
                "SELECT id FROM services ORDER BY id LIMIT $1",
                limit
            )?,
        };
        Ok(rows
            .into_iter()
            .map(|(id,)| ServiceId::from_uuid(id))
            .collect())
    }
}
