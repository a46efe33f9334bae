//! Importing Open Referral: the whole feed is checked first, then what is new or changed is written in chunks.

use std::collections::HashMap;

use domain::{
    council::LocalOfferSettings,
    ids::ServiceId,
    local_offer::{Listing, Taxonomy},
    open_referral::{self, Document, Fault, Import, Reading, Table},
};
use store::{ChangeKind, ContentHash, content_hash};

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

/// What is done about faulty records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Faulty {
    /// One of them, and nothing is imported.
    RefuseAll,
    /// They are left out, and the others are imported.
    LeaveOut,
}

/// What is imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feed {
    /// JSON documents, each with the name to call it by.
    Documents(Vec<(String, String)>),
    /// The standard's tables.
    Tables(Vec<Table>),
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Services read from the file.
    pub services: usize,
    /// Of these, new ones and those that are not as they were; nothing was written for the others.
    pub changed: usize,
    /// Those, one by one.
    pub changes: Vec<ListingToChange>,
    /// Taxonomy terms read from the file.
    pub terms: usize,
    /// The names of the taxonomies that those terms are of.
    pub taxonomies: Vec<String>,
    /// What was odd but usable.
    pub warnings: Vec<Fault>,
    /// What was wrong with the records that were left out.
    pub left_out: Vec<Fault>,
}

/// A service that an import adds or changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingToChange {
    /// Which.
    pub service: ServiceId,
    /// What it is called.
    pub name: String,
    /// What becomes of it.
    pub what: WhatChanges,
}

/// What becomes of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhatChanges {
    /// There is none of this id yet.
    New,
    /// These properties are not as they were. Only a dry run looks for them: else none are named.
    Properties(Vec<String>),
}

impl ImportReport {
    /// Of these settings, those that name a taxonomy which is not in a feed that has some: then people can filter by
    /// none of its terms. Each with the name that it has.
    #[must_use]
    pub fn not_in_the_feed<'s>(
        &self,
        settings: &'s LocalOfferSettings,
    ) -> Vec<(&'static str, &'s str)> {
        let is_there = |name: &str| {
            let mut names = self.taxonomies.iter();
            names.any(|known| known.to_lowercase() == name.to_lowercase())
        };
        let named = [
            ("need_taxonomy", settings.need_taxonomy.as_str()),
            ("category_taxonomy", settings.category_taxonomy.as_str()),
        ];
        let missing = named.into_iter().filter(|(_, name)| !is_there(name));
        missing.filter(|_| !self.taxonomies.is_empty()).collect()
    }
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
        let feed = Feed::Documents(vec![(String::new(), json.to_owned())]);
        self.import_feed(actor, feed, writing, Faulty::RefuseAll)
            .await
    }

    /// Imports a feed. The same feed twice changes nothing more; a service that it does not hold stays as it is.
    ///
    /// # Errors
    /// [`ImportError::Faults`] when it is wrong and faults refuse all, or when a file cannot be read at
    /// all: then nothing was changed.
    pub async fn import_feed(
        &self,
        actor: &Actor,
        feed: Feed,
        writing: Writing,
        faulty: Faulty,
    ) -> Result<ImportReport, ImportError> {
        may(actor, Act::ImportListings)?;
        let Reading { import, faults } = read(feed).map_err(ImportError::Faults)?;
        if faulty == Faulty::RefuseAll && !faults.is_empty() {
            return Err(ImportError::Faults(faults));
        }
        let (to_save, mut changes) = self.compare(&import.listings).await?;
        match writing {
            Writing::DryRun => self.name_properties(&to_save, &mut changes).await?,
            Writing::Real => self.save(&import, &to_save).await?,
        }
        Ok(ImportReport {
            services: import.listings.len(),
            changed: changes.len(),
            changes,
            terms: import.terms.len(),
            taxonomies: names_of(&import.taxonomies),
            warnings: import.warnings,
            left_out: faults,
        })
    }

    /// The listings that are not as they were. A feed is imported every night, and every change is work for each
    /// server's index.
    async fn compare<'l>(
        &self,
        listings: &'l [Listing],
    ) -> Result<(Vec<&'l Listing>, Vec<ListingToChange>), Error> {
        let mut tx = self.0.database().read().await?;
        let saved: HashMap<ServiceId, Option<ContentHash>> = tx.local_offer().saved().await?;
        let (mut to_save, mut changes) = (Vec::new(), Vec::new());
        for listing in listings {
            let known = saved.get(&listing.service.id);
            if known == Some(&Some(content_hash(listing)?)) {
                continue;
            }
            to_save.push(listing);
            changes.push(ListingToChange {
                service: listing.service.id,
                name: listing.service.name.clone(),
                what: match known {
                    None => WhatChanges::New,
                    Some(_) => WhatChanges::Properties(Vec::new()),
                },
            });
        }
        Ok((to_save, changes))
    }

    /// Says of each changed listing what changes. One that only an older program saved differently has nothing.
    async fn name_properties(
        &self,
        listings: &[&Listing],
        changes: &mut [ListingToChange],
    ) -> Result<(), Error> {
        let mut tx = self.0.database().read().await?;
        for (listing, change) in listings.iter().zip(changes) {
            let WhatChanges::Properties(properties) = &mut change.what else {
                continue;
            };
            if let Some(kept) = tx.local_offer().listing(change.service).await? {
                *properties = listing.differences(&kept);
            }
        }
        Ok(())
    }

    async fn save(&self, import: &Import, listings: &[&Listing]) -> Result<(), Error> {
        self.save_terms(import).await?;
        for chunk in listings.chunks(CHUNK) {
            self.save_chunk(chunk).await?;
        }
        self.0.listings_changed().notify_one();
        Ok(())
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

    async fn save_chunk(&self, listings: &[&Listing]) -> Result<(), Error> {
        let now = self.0.now();
        let mut tx = self.0.database().begin().await?;
        for listing in listings {
            tx.local_offer().save(listing, now).await?;
            tx.changes()
                .append(listing.service.id, ChangeKind::Put, now)
                .await?;
        }
        Ok(tx.commit().await?)
    }
}

/// Reads everything before anything is decided.
fn read(feed: Feed) -> Result<Reading, Vec<Fault>> {
    match feed {
        Feed::Documents(files) => {
            let (mut documents, mut faults) = (Vec::new(), Vec::new());
            for (name, json) in files {
                match Document::parse(&name, &json) {
                    Ok(document) => documents.push(document),
                    Err(fault) => faults.push(fault),
                }
            }
            if faults.is_empty() {
                Ok(open_referral::read_documents(&documents))
            } else {
                Err(faults)
            }
        }
        Feed::Tables(tables) => {
            let joined = open_referral::join(&tables)?;
            let mut reading = open_referral::read_documents(&[joined.document]);
            reading.import.warnings.splice(0..0, joined.warnings);
            Ok(reading)
        }
    }
}

/// Each name once, in its alphabetical place.
fn names_of(taxonomies: &[Taxonomy]) -> Vec<String> {
    let names = taxonomies.iter().map(|taxonomy| taxonomy.name.clone());
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_names_a_taxonomy_of_the_feed_or_is_told() {
        let settings = LocalOfferSettings {
            need_taxonomy: "SEND needs".to_owned(),
            category_taxonomy: "Categories".to_owned(),
        };
        let report = |names: &[&str]| ImportReport {
            taxonomies: names.iter().map(|name| (*name).to_owned()).collect(),
            ..ImportReport::default()
        };
        let missing = report(&["categories", "Needs"]);
        assert_eq!(
            missing.not_in_the_feed(&settings),
            [("need_taxonomy", "SEND needs")]
        );
        // A feed without any has nothing to filter by, whatever the settings say.
        assert_eq!(report(&[]).not_in_the_feed(&settings), []);
    }
}
