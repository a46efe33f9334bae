//! Mail as files in a folder: for trying the hub out, and for councils that collect mail themselves.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::NamedTempFile;

use super::{Accepted, SendError, Sending, Transport};
use crate::outgoing::OutgoingMail;

/// Writes each mail as `<mail id>.eml`, readable by our own account only.
#[derive(Debug, Clone)]
pub struct FolderTransport {
    folder: PathBuf,
}

impl FolderTransport {
    /// Writes to `folder`, which is made when the first mail comes.
    #[must_use]
    pub fn new(folder: &Path) -> FolderTransport {
        FolderTransport {
            folder: folder.to_owned(),
        }
    }
}

impl Transport for FolderTransport {
    fn send<'a>(&'a self, mail: &'a OutgoingMail, at: Timestamp) -> Sending<'a> {
        Box::pin(async move {
            let bytes = mail.to_message(at)?.formatted();
            let folder = self.folder.clone();
            let name = format!("{}.eml", mail.id);
            let answer = format!("written to {name}");
            tokio::task::spawn_blocking(move || write_whole(&folder, &name, &bytes))
                .await
                .map_err(|_| transient("the writing was cut short".to_owned()))?
                .map_err(|error| transient(error.to_string()))?;
            Ok(Accepted { answer })
        })
    }
}

/// A full disk is mended by people, and the mail should go then.
fn transient(problem: String) -> SendError {
    SendError::Transient {
        reason: format!("the mail folder: {problem}"),
    }
}

/// Writes the file so that, whenever the power fails, it is there whole or not at all.
///
/// The folder is synced too: until then the new name itself may be lost.
fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::with_prefix_in(".unfinished-", folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name))?;
    File::open(folder)?.sync_all()
}
