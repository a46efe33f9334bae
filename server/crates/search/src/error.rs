//! What can go wrong with the index. Nothing a person types is an error.

use std::path::PathBuf;

/// Why the index could not be opened, written or read.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The folder holds something that is no index of ours; it is left alone.
    #[error("{0} holds other files: the search index needs a folder of its own")]
    ForeignFolder(PathBuf),
    /// Another process writes this index.
    #[error("another process writes the search index")]
    AlreadyWritten,
    /// The folder cannot be read or written.
    #[error("the search index's folder: {0}")]
    Folder(#[from] std::io::Error),
    /// The engine failed.
    #[error("the search index: {0}")]
    Engine(tantivy::TantivyError),
    /// What is stored for a hit cannot be read.
    #[error("a stored listing of the search index: {0}")]
    Stored(#[from] serde_json::Error),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        match error {
            tantivy::TantivyError::LockFailure(..) => Self::AlreadyWritten,
            other => Self::Engine(other),
        }
    }
}
