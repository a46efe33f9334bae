//! Which listings are as they were saved: a hash tells, without reading them back.

use std::collections::HashMap;

use domain::ids::ServiceId;
use domain::local_offer::Listing;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::LocalOffer;
use crate::StoreError;
use crate::dialect::fetch_all;

/// SHA-256 of everything about a service but its slug, which the store gives.
pub type ContentHash = [u8; 32];

/// What [`LocalOffer::saved`] tells of a listing that is the same.
///
/// Another version of the program may hash a listing to something else, when it keeps more of it: then an
/// import saves each listing once more, which is what fills the new columns.
///
/// # Errors
/// [`StoreError::Corrupt`] when it cannot be written as JSON, which does not happen.
pub fn content_hash(listing: &Listing) -> Result<ContentHash, StoreError> {
    let unwritable = |_| StoreError::corrupt("services.content_hash");
    let mut content = serde_json::to_value(listing).map_err(unwritable)?;
    if let Some(Value::Object(service)) = content.get_mut("service") {
        service.remove("slug");
    }
    Ok(Sha256::digest(content.to_string()).into())
}

impl LocalOffer<'_> {
    /// Every service that there is, with the hash of its listing as it was saved; none where an older version
    /// of the program saved it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn saved(&mut self) -> Result<HashMap<ServiceId, Option<ContentHash>>, StoreError> {
        const SQL: &str = "SELECT id, content_hash FROM services";
        let rows = fetch_all!(self.tx, (Uuid, Option<Vec<u8>>), SQL)?;
        let saved = rows.into_iter().map(|(id, hash)| {
            let hash = hash.and_then(|hash| hash.try_into().ok());
            (ServiceId::from_uuid(id), hash)
        });
        Ok(saved.collect())
    }
}
