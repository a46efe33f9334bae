//! Writing the index: changes from the store's feed, committed together with how far they go.

use domain::codes::ServiceStatus;
use domain::ids::ServiceId;
use domain::local_offer::Listing;
use tantivy::{IndexReader, IndexWriter, Term};

use crate::error::SearchError;
use crate::index::Taxonomies;
use crate::schema::Fields;

/// What the engine may hold in memory before it writes; its least is 15 MB a thread.
const MEMORY_BYTES: usize = 30_000_000;

/// One change of the local offer.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// This listing is new or changed. One that is inactive or defunct leaves the index.
    Put(Box<Listing>),
    /// This service's listing is gone.
    Remove(ServiceId),
}

/// The one writer of an index. Nothing that was applied is seen, or kept, before it is committed.
pub struct Indexer {
    writer: IndexWriter,
    reader: IndexReader,
    fields: Fields,
    taxonomies: Taxonomies,
}

impl Indexer {
    pub(crate) fn new(
        engine: &tantivy::Index,
        reader: IndexReader,
        fields: Fields,
        taxonomies: Taxonomies,
    ) -> Result<Self, SearchError> {
        let writer = engine.writer_with_num_threads(1, MEMORY_BYTES)?;
        Ok(Self {
            writer,
            reader,
            fields,
            taxonomies,
        })
    }

    /// Takes changes in, in their order; the same change may come twice.
    ///
    /// # Errors
    /// When the index cannot be written. Then [`Self::roll_back`] and go on from [`crate::Index::position`].
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), SearchError> {
        for change in changes {
            let id = match change {
                Change::Put(listing) => listing.service.id,
                Change::Remove(id) => *id,
            };
            self.writer
                .delete_term(Term::from_field_text(self.fields.id, &id.to_string()));
            if let Change::Put(listing) = change
                && is_shown(listing.service.status)
            {
                self.writer
                    .add_document(self.fields.document(listing, &self.taxonomies)?)?;
            }
        }
        Ok(())
    }

    /// Makes everything applied so far lasting and visible, together with the feed's position up to
    /// which it goes, and with words that tell the change there from any other.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn commit(&mut self, position: i64, change: &str) -> Result<(), SearchError> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&format!("{position} {change}"));
        commit.commit()?;
        self.reader.reload()?;
        Ok(())
    }

    /// Forgets everything applied since the last commit.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn roll_back(&mut self) -> Result<(), SearchError> {
        self.writer.rollback()?;
        Ok(())
    }

    /// Forgets every listing, at the next commit: for an index that is filled anew.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn clear(&mut self) -> Result<(), SearchError> {
        self.writer.delete_all_documents()?;
        Ok(())
    }
}

/// A service that is closed for now is shown, marked as such.
fn is_shown(status: ServiceStatus) -> bool {
    matches!(
        status,
        ServiceStatus::Active | ServiceStatus::TemporarilyClosed
    )
}
