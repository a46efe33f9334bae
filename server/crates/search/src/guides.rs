//! The guides: a handful of texts in an index of their own in memory, searched with the listings.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use tantivy::collector::TopDocs;
use tantivy::schema::Value;
use tantivy::{IndexReader, ReloadPolicy, TantivyDocument};

use crate::error::SearchError;
use crate::matching::{Matching, Strictness};
use crate::results::GuideHit;
use crate::schema::Fields;
use crate::statistics::Statistics;
use crate::understanding::{Asked, Ends, Wish};
use crate::vocabulary::Phrase;
use crate::words::{self, without_apostrophes, words_of};

/// More guides than this beside the services would crowd them out.
const MOST_HITS: usize = 2;
/// What the engine may hold in memory: its least.
const MEMORY_BYTES: usize = 15_000_000;

/// A guide to be found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    /// Its place in our addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What it tells, in a sentence.
    pub summary: String,
    /// Other words that it should be found by.
    pub words: String,
    /// The whole text, without marks.
    #[serde(skip)]
    pub text: String,
}

/// All of them.
pub(crate) struct Guides {
    reader: IndexReader,
    fields: Fields,
    titles: Vec<(String, String, Vec<words::Word>)>,
    /// The stem of every word in them.
    stems: HashSet<String>,
}

impl Guides {
    pub(crate) fn new(guides: &[Guide]) -> Result<Self, SearchError> {
        let fields = Fields::new();
        let engine = tantivy::Index::create_in_ram(fields.schema.clone());
        words::register(engine.tokenizers());
        let mut writer = engine.writer_with_num_threads::<TantivyDocument>(1, MEMORY_BYTES)?;
        for guide in guides {
            let mut document = TantivyDocument::new();
            document.add_text(fields.summary, serde_json::to_string(guide)?);
            document.add_text(fields.name, without_apostrophes(&guide.title));
            document.add_text(fields.name_stemmed, without_apostrophes(&guide.title));
            document.add_text(fields.needs, without_apostrophes(&guide.words));
            document.add_text(fields.lead, without_apostrophes(&guide.summary));
            document.add_text(fields.body, without_apostrophes(&guide.text));
            writer.add_document(document)?;
        }
        writer.commit()?;
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let titles = guides.iter().map(|guide| {
            let words = words_of(&guide.title);
            (guide.slug.clone(), guide.title.clone(), words)
        });
        let texts = guides.iter().flat_map(|guide| {
            let texts = [&guide.title, &guide.summary, &guide.words, &guide.text];
            texts.map(|text| words_of(text))
        });
        Ok(Self {
            reader,
            fields,
            titles: titles.collect(),
            stems: texts.flatten().map(|word| word.stem).collect(),
        })
    }

    /// Guides that are about what is wished for: the words of the text alone make none.
    pub(crate) fn search(&self, wishes: &[Wish]) -> Result<Vec<GuideHit>, SearchError> {
        // Most searches are for what no guide speaks of: they need not ask the engine.
        let asked = wishes.iter().filter(|wish| wish.asked == Asked::For);
        let mut may_have = asked.map(|wish| self.may_have(wish)).peekable();
        if may_have.peek().is_none() || may_have.any(|it| !it) {
            return Ok(Vec::new());
        }
        let searcher = self.reader.searcher();
        let matching = Matching {
            fields: &self.fields,
            statistics: &Statistics::new(&searcher),
        };
        let query = matching.about(wishes, Strictness::All)?;
        let top = TopDocs::with_limit(MOST_HITS).order_by_score();
        let hits = searcher.search(&query, &top)?.into_iter();
        hits.map(|(_, address)| {
            let document: TantivyDocument = searcher.doc(address)?;
            let stored = document.get_first(self.fields.summary);
            let stored = stored.as_ref().and_then(|value| value.as_str());
            let guide: Guide = serde_json::from_str(stored.unwrap_or_default())?;
            Ok(GuideHit {
                slug: guide.slug,
                title: guide.title,
                summary: guide.summary,
            })
        })
        .collect()
    }

    /// Whether one of them may have what is wished for: all words of one of its phrases are there.
    fn may_have(&self, wish: &Wish) -> bool {
        let has = |word: &words::Word| self.stems.contains(&word.stem);
        let has_all = |phrase: &Phrase| phrase.iter().all(has);
        let mut phrases = std::iter::once(&wish.typed)
            .chain(&wish.same)
            .chain(&wish.see);
        wish.ends == Ends::Open || phrases.any(has_all) || wish.joined.iter().any(has)
    }

    /// Their slugs, titles and the words of these.
    pub(crate) fn titles(&self) -> impl Iterator<Item = (&str, &str, &[words::Word])> {
        let titles = self.titles.iter();
        titles.map(|(slug, title, words)| (slug.as_str(), title.as_str(), words.as_slice()))
    }
}
