//! Importing Open Referral: the whole file is checked first, then written in chunks.

use domain::{
    local_offer::Listing,
    open_referral::{self, Fault, Import},
};
use store::ChangeKind;

use super::LocalOffer;
use crate::{
    Actor, Error,
    policy::{Act, may},
};

/// No transaction holds the writer for longer than this many services.
const CHUNK: usize = 25;
/// A term is one row, a service some dozen.
const TERMS_CHUNK: usize = 100;

/// Whether an import writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// It only says what it would do.
    DryRun,
    /// It writes.
    Real,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Services read from the file.
    pub services: usize,
    /// Of these, new ones and those that are not as they were; nothing was written for the others.
    pub changed: usize,
    /// Taxonomy terms read from the file.
    pub terms: usize,
    /// What was odd but usable.
    pub warnings: Vec<Fault>,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is wrong; every fault of it.
    #[error("the file has {} fault(s)", .0.len())]
    Faults(Vec<Fault>),
    /// The hub could not.
    #[error(transparent)]
    Hub(#[from] Error),
}

impl LocalOffer<'_> {
    /// Imports an Open Referral document. The same document twice changes nothing more.
    ///
    /// # Errors
    /// [`ImportError::Faults`] when the file is wrong: then nothing was changed.
    pub async fn import(
        &self,
        actor: &Actor,
        json: &str,
        writing: Writing,
    ) -> Result<ImportReport, ImportError> {
        may(actor, Act::ImportListings)?;
        let import = open_referral::read(json).map_err(ImportError::Faults)?;
        let mut report = ImportReport {
            services: import.listings.len(),
            changed: 0,
            terms: import.terms.len(),
            warnings: import.warnings.clone(),
        };
        if writing == Writing::Real {
            report.changed = self.save(&import).await?;
        }
        Ok(report)
    }

    async fn save(&self, import: &Import) -> Result<usize, Error> {
        self.save_terms(import).await?;
        let mut changed = 0;
        for chunk in import.listings.chunks(CHUNK) {
            changed += self.save_chunk(chunk).await?;
        }
        self.0.listings_changed().notify_one();
        Ok(changed)
    }

    async fn save_terms(&self, import: &Import) -> Result<(), Error> {
        let mut tx = self.0.database().begin().await?;
        for taxonomy in &import.taxonomies {
            tx.local_offer().save_taxonomy(taxonomy).await?;
        }
        tx.commit().await?;
        for chunk in import.terms.chunks(TERMS_CHUNK) {
            let mut tx = self.0.database().begin().await?;
            for term in chunk {
                tx.local_offer().save_term(term).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    /// Saves what is not as it was, and says how much that is. A feed is imported every night, and every change
    /// is work for each server's index.
    async fn save_chunk(&self, listings: &[Listing]) -> Result<usize, Error> {
        let now = self.0.now();
        let mut changed = 0;
        let mut tx = self.0.database().begin().await?;
        for listing in listings {
            let kept = tx.local_offer().listing(listing.service.id).await?;
            if kept.as_ref() == Some(listing) {
                continue;
            }
            changed += 1;
            tx.local_offer().save(listing, now).await?;
            tx.changes()
                .append(listing.service.id, ChangeKind::Put, now)
                .await?;
        }
        tx.commit().await?;
        Ok(changed)
    }
}
