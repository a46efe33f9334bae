//! What is known of each segment before anybody searches: labels of filters, towns, names.
//!
//! The engine never changes a segment once it is written, so that all of this is made once a
//! segment, when it is first opened, and given up with it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tantivy::index::SegmentId;
use tantivy::{Searcher, SearcherGeneration, SegmentReader, Warmer};

use crate::facet::Facet;
use crate::listing_facets::Label;
use crate::names::Names;
use crate::reach::Reach;
use crate::schema::fast;
use crate::towns::{self, Towns};
use crate::weights;
use crate::words::{Word, words_of};

/// What is known of one segment.
#[derive(Debug, Default)]
pub(crate) struct SegmentFacts {
    /// By the ordinals of the column of filters.
    pub(crate) labels: Vec<Option<Label>>,
    pub(crate) names: Names,
    towns: Towns,
    reach: Reach,
}

/// What is known of the whole index.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    pub(crate) towns: Towns,
    /// The needs and categories that listings have, each once.
    pub(crate) terms: Vec<NamedTerm>,
    /// At how many miles nearness counts half.
    pub(crate) half_at: f64,
}

/// A need or a category, with the words of its name.
#[derive(Debug)]
pub(crate) struct NamedTerm {
    pub(crate) label: Label,
    pub(crate) words: Vec<Word>,
}

/// All of it; filled as the index is opened and reloaded.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    segments: Mutex<HashMap<SegmentId, Arc<SegmentFacts>>>,
    surroundings: RwLock<Arc<Surroundings>>,
}

impl Facts {
    /// Those of one segment.
    pub(crate) fn of(&self, reader: &SegmentReader) -> tantivy::Result<Arc<SegmentFacts>> {
        let id = reader.segment_id();
        let known = |facts: &Self| {
            let segments = facts.segments.lock();
            segments
                .unwrap_or_else(PoisonError::into_inner)
                .get(&id)
                .cloned()
        };
        if let Some(known) = known(self) {
            return Ok(known);
        }
        // Not under the lock: searches of other segments go on.
        let made = Arc::new(SegmentFacts::read(reader)?);
        let mut segments = self.segments.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(segments.entry(id).or_insert(made)))
    }

    /// Those of the whole index, as of the last reload.
    pub(crate) fn surroundings(&self) -> Arc<Surroundings> {
        let surroundings = self.surroundings.read();
        Arc::clone(&surroundings.unwrap_or_else(PoisonError::into_inner))
    }
}

impl Warmer for Facts {
    fn warm(&self, searcher: &Searcher) -> tantivy::Result<()> {
        let mut all = Surroundings::default();
        let mut reach = Reach::default();
        let mut terms: Vec<Label> = Vec::new();
        for reader in searcher.segment_readers() {
            let facts = self.of(reader)?;
            all.towns.add_all(&facts.towns);
            reach.add_all(&facts.reach);
            let labels = facts.labels.iter().flatten();
            let is_term = |label: &&Label| matches!(label.facet, Facet::Need | Facet::Category);
            terms.extend(labels.filter(is_term).cloned());
        }
        terms.sort_by_key(Label::encode);
        // One that was renamed half-way through an import is one.
        terms.dedup_by(|one, two| (one.facet, &one.slug) == (two.facet, &two.slug));
        let named = terms.into_iter().map(|label| NamedTerm {
            words: words_of(&label.name),
            label,
        });
        all.terms = named.collect();
        all.half_at = weights::half_at(reach.miles());
        let mut surroundings = self
            .surroundings
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *surroundings = Arc::new(all);
        Ok(())
    }

    fn garbage_collect(&self, live: &[&SearcherGeneration]) {
        let mut segments = self.segments.lock().unwrap_or_else(PoisonError::into_inner);
        segments.retain(|id, _| {
            live.iter()
                .any(|generation| generation.segments().contains_key(id))
        });
    }
}

impl SegmentFacts {
    fn read(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let mut facts = Self::default();
        for label in values(reader, fast::FACETS)? {
            facts.labels.push(Label::decode(&label));
        }
        for town in values(reader, fast::TOWN)? {
            if let Some((name, sort, position)) = towns::decode(&town) {
                facts.towns.add(name, sort, position);
                facts.reach.add(position);
            }
        }
        if let Some(column) = columns.str(fast::SUGGESTED)? {
            let names = values(reader, fast::SUGGESTED)?;
            let of_doc = |doc| {
                let ordinal = column.term_ords(doc).next()?;
                Some((doc, names.get(usize::try_from(ordinal).ok()?)?.clone()))
            };
            facts.names = Names::new(reader.doc_ids_alive().filter_map(of_doc));
        }
        Ok(facts)
    }
}

/// Every value of a column of texts, by its ordinal.
fn values(reader: &SegmentReader, field: &str) -> tantivy::Result<Vec<String>> {
    let Some(column) = reader.fast_fields().str(field)? else {
        return Ok(Vec::new());
    };
    let mut values = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        values.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(values)
}
