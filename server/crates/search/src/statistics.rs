//! How common words are, looked up once for all that one search asks.
//!
//! Understanding the words, choosing how they are matched and scoring the hits ask the same of the same
//! words, and each answer is a walk through the dictionary of every field and segment.

use std::cell::RefCell;
use std::collections::HashMap;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// What is known of one searcher's words so far.
pub(crate) struct Statistics<'a> {
    pub(crate) searcher: &'a Searcher,
    doc_freqs: RefCell<HashMap<Term, u64>>,
    tokens: RefCell<HashMap<Field, u64>>,
}

impl<'a> Statistics<'a> {
    pub(crate) fn new(searcher: &'a Searcher) -> Self {
        Self {
            searcher,
            doc_freqs: RefCell::default(),
            tokens: RefCell::default(),
        }
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        if let Some(known) = self.tokens.borrow().get(&field) {
            return Ok(*known);
        }
        let total = self.searcher.total_num_tokens(field)?;
        self.tokens.borrow_mut().insert(field, total);
        Ok(total)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        if let Some(known) = self.doc_freqs.borrow().get(term) {
            return Ok(*known);
        }
        let found = self.searcher.doc_freq(term)?;
        self.doc_freqs.borrow_mut().insert(term.clone(), found);
        Ok(found)
    }
}
