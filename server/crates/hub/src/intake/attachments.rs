//! The bytes of what came with mails: files in the data folder, named by their hash.
//!
//! They are a copy. The mail itself lies whole in the database, so that a file that is missing or damaged is
//! made again from it, by any server.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use mail::incoming;
use object_store::{ObjectStoreExt as _, PutPayload, local::LocalFileSystem};
use sha2::{Digest as _, Sha256};

/// Where attachments are kept.
#[derive(Debug, Clone)]
pub struct Attachments {
    folder: PathBuf,
    store: Arc<OnceLock<LocalFileSystem>>,
}

impl Attachments {
    /// Those in the folder `attachments` of this data folder. It is made when the first one comes.
    #[must_use]
    pub fn of(data: &Path) -> Self {
        Self {
            folder: data.join("attachments"),
            store: Arc::default(),
        }
    }

    /// Keeps one. Kept twice, it is there once: a file is put in its place when it is whole, and one of this name holds
    /// the same bytes, or damaged ones.
    pub(crate) async fn keep(
        &self,
        attachment: &incoming::Attachment,
    ) -> Result<(), object_store::Error> {
        let bytes = PutPayload::from(attachment.content.clone());
        self.open()?.put(&place(&attachment.sha256), bytes).await?;
        Ok(())
    }

    /// The bytes with this hash; none when they are not there, or are no longer what they were.
    pub(crate) async fn find(
        &self,
        sha256: &[u8; 32],
    ) -> Result<Option<Vec<u8>>, object_store::Error> {
        let found = match self.open()?.get(&place(sha256)).await {
            Ok(found) => found.bytes().await?.to_vec(),
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(problem) => return Err(problem),
        };
        let hash: [u8; 32] = Sha256::digest(&found).into();
        Ok((hash == *sha256).then_some(found))
    }

    /// Removes the copy with this hash, if there is one.
    pub(crate) async fn remove(&self, sha256: &[u8; 32]) -> Result<(), object_store::Error> {
        match self.open()?.delete(&place(sha256)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(problem) => Err(problem),
        }
    }

    fn open(&self) -> Result<&LocalFileSystem, object_store::Error> {
        if let Some(store) = self.store.get() {
            return Ok(store);
        }
        std::fs::create_dir_all(&self.folder).map_err(|problem| object_store::Error::Generic {
            store: "attachments",
            source: Box::new(problem),
        })?;
        // Nothing waits for the disk: a copy that a power cut damaged has another hash, and is made again.
        let store = LocalFileSystem::new_with_prefix(&self.folder)?;
        Ok(self.store.get_or_init(|| store))
    }
}

/// A folder for each first byte, so that none grows without end.
fn place(sha256: &[u8; 32]) -> object_store::path::Path {
    let name: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    object_store::path::Path::from_iter([&name[..2], &name[2..]])
}
