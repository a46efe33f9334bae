//! Writing the index: changes from the store's feed, committed together with how far they go.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use domain::codes::ServiceStatus;
use domain::ids::ServiceId;
use domain::local_offer::Listing;
use tantivy::index::SegmentId;
use tantivy::{FutureResult, IndexReader, IndexWriter, SegmentMeta, Term};

use crate::error::SearchError;
use crate::index::Taxonomies;
use crate::schema::Fields;

/// What the engine may hold in memory before it writes; its least is 15 MB a thread.
const MEMORY_BYTES: usize = 30_000_000;

/// Fewer pieces than this are not worth the joining …
const MANY_PIECES: usize = 3;
/// … nor is it while all but the largest hold less than this share of the listings.
const SHARE: u32 = 10;

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
    /// Pieces that are being joined in the background.
    joining: Option<FutureResult<Option<SegmentMeta>>>,
}

/// How far the pieces of an index are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// As far as it is worth it, and searches see it.
    Wholly,
    /// Not yet: ask again.
    NotYet,
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
            joining: None,
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

    /// Joins the pieces in which an index is written, for times when there is nothing else to write: a
    /// search looks every word up in each of them. It begins or goes on in the background and does not
    /// block; changes may be applied meanwhile.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn join(&mut self) -> Result<Joined, SearchError> {
        if let Some(joining) = &mut self.joining {
            let mut nobody_waits = Context::from_waker(Waker::noop());
            let Poll::Ready(joined) = Pin::new(joining).poll(&mut nobody_waits) else {
                return Ok(Joined::NotYet);
            };
            self.joining = None;
            // It fails while the engine joins some of them for itself; the next time is soon enough.
            if let Err(error) = joined {
                tracing::debug!(%error, "the pieces of the index are not joined yet");
                return Ok(Joined::NotYet);
            }
            self.reader.reload()?;
        }
        let pieces = self.worth_joining()?;
        if pieces.is_empty() {
            return Ok(Joined::Wholly);
        }
        self.joining = Some(self.writer.merge(&pieces));
        Ok(Joined::NotYet)
    }

    /// All pieces, if it is worth to make one of them.
    fn worth_joining(&self) -> Result<Vec<SegmentId>, SearchError> {
        let pieces = self.writer.index().searchable_segment_metas()?;
        let listings = pieces.iter().map(SegmentMeta::num_docs);
        let all: u32 = listings.clone().sum();
        let small = all - listings.max().unwrap_or_default();
        let is_worth_it = pieces.len() >= MANY_PIECES && small >= all / SHARE;
        Ok(match is_worth_it {
            true => pieces.iter().map(SegmentMeta::id).collect(),
            false => Vec::new(),
        })
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
