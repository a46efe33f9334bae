//! The index on disk: opened or begun anew, searched, and asked how far it has come.

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::schema::Value;
use tantivy::{
    DocAddress, IndexReader, IndexSettings, ReloadPolicy, Searcher, TantivyDocument, TantivyError,
    Warmer,
};

use crate::error::SearchError;
use crate::facts::Facts;
use crate::indexer::Indexer;
use crate::knowledge::Knowledge;
use crate::schema::{Fields, VERSION};
use crate::summary::ListingSummary;
use crate::words;

/// A page shows 20 listings from anywhere in the index, and each has its block unpacked: a small one.
const SUMMARY_BLOCK_BYTES: usize = 4_096;
/// Blocks kept unpacked: at most so many for each segment, 1.6 MB.
const SUMMARY_BLOCKS_KEPT: usize = 400;

/// Tells in the folder that it is ours, and which schema and taxonomies it was made with.
const VERSION_FILE: &str = "send-hub-search-version";

/// Which taxonomies of the feeds are the needs and the categories: their names, as the council's
/// settings give them. An index that was made with others is begun anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taxonomies {
    /// The needs' taxonomy.
    pub need: String,
    /// The categories' taxonomy.
    pub category: String,
}

/// The index; a cheap clone. Searches see what was last committed.
#[derive(Clone)]
pub struct Index {
    engine: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    taxonomies: Taxonomies,
    facts: Arc<Facts>,
    knowledge: Arc<RwLock<Arc<Knowledge>>>,
}

impl Index {
    /// Opens the index in a folder of its own, which is made if need be. An index of another version or
    /// of other taxonomies, or a damaged one, is deleted and begun anew: its position is 0 then.
    ///
    /// # Errors
    /// When the folder holds something else, or cannot be read and written.
    pub fn open(folder: &Path, taxonomies: &Taxonomies) -> Result<Self, SearchError> {
        fs::create_dir_all(folder)?;
        let version = format!("{VERSION}\n{}\n{}\n", taxonomies.need, taxonomies.category);
        let version_file = folder.join(VERSION_FILE);
        match fs::read_to_string(&version_file) {
            Ok(found) if found == version => match Self::open_whole(folder, taxonomies) {
                Ok(index) => return Ok(index),
                Err(error) => {
                    if let SearchError::Engine(TantivyError::IoError(_)) = error {
                        return Err(error);
                    }
                    tracing::warn!(%error, "the search index is damaged and begun anew");
                }
            },
            Ok(_) => tracing::info!("the search index is of another version and begun anew"),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if fs::read_dir(folder)?.next().is_some() {
                    return Err(SearchError::ForeignFolder(folder.to_owned()));
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {}
            Err(error) => return Err(error.into()),
        }
        empty(folder)?;
        // First of all: a crash after this leaves a folder that is known as ours.
        fs::write(&version_file, version)?;
        let engine = tantivy::Index::builder()
            .schema(Fields::new().schema)
            .settings(IndexSettings {
                docstore_blocksize: SUMMARY_BLOCK_BYTES,
                ..IndexSettings::default()
            })
            .create_in_dir(folder)?;
        Self::with(engine, taxonomies)
    }

    /// An index of nothing, kept nowhere: for commands that do not search. Only the server that
    /// writes an index may open it, because opening may begin it anew.
    ///
    /// # Errors
    /// When the engine cannot be started.
    pub fn nowhere(taxonomies: &Taxonomies) -> Result<Self, SearchError> {
        let engine = tantivy::Index::create_in_ram(Fields::new().schema);
        Self::with(engine, taxonomies)
    }

    /// Opens what is there, after reading all of it.
    fn open_whole(folder: &Path, taxonomies: &Taxonomies) -> Result<Self, SearchError> {
        // The engine panics on some files that were cut short. Nothing of it is used afterwards.
        let checked = catch_unwind(|| {
            let engine = tantivy::Index::open_in_dir(folder)?;
            let damaged = engine.validate_checksum()?;
            Ok::<_, TantivyError>((engine, damaged))
        });
        let damage = |problem: String| SearchError::from(TantivyError::SchemaError(problem));
        let (engine, damaged) =
            checked.map_err(|_| damage("a file was cut short".to_owned()))??;
        if !damaged.is_empty() || engine.schema() != Fields::new().schema {
            return Err(damage(format!(
                "{} damaged files, or another schema",
                damaged.len()
            )));
        }
        Self::with(engine, taxonomies)
    }

    fn with(engine: tantivy::Index, taxonomies: &Taxonomies) -> Result<Self, SearchError> {
        words::register(engine.tokenizers());
        let facts = Arc::new(Facts::default());
        let warmer: Arc<dyn Warmer> = facts.clone();
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(SUMMARY_BLOCKS_KEPT)
            .warmers(vec![Arc::downgrade(&warmer)])
            .try_into()?;
        Ok(Self {
            engine,
            reader,
            fields: Fields::new(),
            taxonomies: taxonomies.clone(),
            facts,
            knowledge: Arc::new(RwLock::new(Arc::new(Knowledge::new(&[], &[], &[])?))),
        })
    }

    /// The only writer there may be.
    ///
    /// # Errors
    /// [`SearchError::AlreadyWritten`] while there is another, in this process or in any.
    pub fn writer(&self) -> Result<Indexer, SearchError> {
        Indexer::new(
            &self.engine,
            self.reader.clone(),
            self.fields.clone(),
            self.taxonomies.clone(),
        )
    }

    /// Up to where in the change feed the index has come, as its last commit says; 0 for a new one.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn position(&self) -> Result<i64, SearchError> {
        Ok(self.last_change()?.0)
    }

    /// The same, with the words that its writer told the last change by.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn last_change(&self) -> Result<(i64, String), SearchError> {
        let payload = self.engine.load_metas()?.payload.unwrap_or_default();
        let (position, change) = payload.split_once(' ').unwrap_or((&payload, ""));
        Ok((position.parse().unwrap_or(0), change.to_owned()))
    }

    /// How many listings are in it.
    pub fn listings(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Takes in what searches are to know besides the listings, from now on.
    pub fn know(&self, knowledge: Knowledge) {
        let mut known = self
            .knowledge
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *known = Arc::new(knowledge);
    }

    pub(crate) fn knowledge(&self) -> Arc<Knowledge> {
        let known = self.knowledge.read();
        Arc::clone(&known.unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn facts(&self) -> Arc<Facts> {
        Arc::clone(&self.facts)
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(crate) fn summary(
        &self,
        searcher: &Searcher,
        address: DocAddress,
    ) -> Result<ListingSummary, SearchError> {
        let document: TantivyDocument = searcher.doc(address)?;
        let stored = document.get_first(self.fields.summary);
        let stored = stored
            .as_ref()
            .and_then(|value| value.as_str())
            .unwrap_or_default();
        Ok(serde_json::from_str(stored)?)
    }
}

/// Deletes what is in our folder, the version file last: a crash on the way leaves it known as ours.
fn empty(folder: &Path) -> Result<(), SearchError> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() != VERSION_FILE && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    match fs::remove_file(folder.join(VERSION_FILE)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
