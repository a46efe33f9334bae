//! Exporting Open Referral: everything that is known of every listing, so that importing it again loses nothing.

use domain::open_referral;
use serde_json::Value;

use super::LocalOffer;
use crate::{
    Actor, Error,
    policy::{Act, may},
};

/// How many listings are read in one transaction.
const PAGE: u32 = 200;

/// The files of an export.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// All services on one page.
    pub services: Value,
    /// All taxonomies on one page, each with its terms.
    pub taxonomies: Value,
    /// How many services that are.
    pub count: usize,
}

impl LocalOffer<'_> {
    /// All listings, with what is not for the public: addresses that are not shown, who assures a listing.
    ///
    /// # Errors
    /// [`Error::NotFound`] for who may not; [`Error::Internal`] when they cannot be read.
    pub async fn export(&self, actor: &Actor) -> Result<Export, Error> {
        may(actor, Act::ExportListings)?;
        let mut services = Vec::new();
        let mut after = None;
        loop {
            let mut tx = self.0.database().read().await?;
            let ids = tx.local_offer().ids_after(after, PAGE).await?;
            let Some(last) = ids.last() else { break };
            after = Some(*last);
            for id in ids {
                let listing = tx.local_offer().listing(id).await?;
                services.extend(listing.as_ref().map(open_referral::record_of));
            }
        }
        let mut tx = self.0.database().read().await?;
        let taxonomies = tx.local_offer().taxonomies().await?;
        let terms = tx.local_offer().all_terms().await?;
        let record = |taxonomy| open_referral::taxonomy_record(taxonomy, &terms);
        // Without a term nothing would tell it from other records.
        let used = |record: &Value| record.get("taxonomy_terms").is_some();
        let taxonomies = taxonomies.iter().map(record).filter(used).collect();
        Ok(Export {
            count: services.len(),
            services: open_referral::page(services),
            taxonomies: open_referral::page(taxonomies),
        })
    }
}
