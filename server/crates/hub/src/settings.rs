//! The council's settings: what an administrator sees and changes, and how every process follows.
//!
//! All settings together are one document, a [`Council`]. Each save adds a version of it
//! (`save.rs`); the newest counts in every process within a second (`follow.rs`), and a restart is
//! never needed. `forms.rs` turns each section into a form and back; `history.rs` tells what a
//! version changed and puts an older one back; `file.rs` writes the document as TOML and reads it.

mod file;
mod follow;
mod forms;
mod history;
mod save;

use std::sync::Arc;

use domain::council::Council;
use store::{SettingsVersion, StoreError, Tx};

use crate::{Error, Hub};

pub use file::{FileError, Imported, Importing, read, write};
pub use follow::follow;
pub use forms::{Item, SEEN, Section};
pub use history::{Changed, Save};
pub use mail::letters::{Preview, placeholders};
pub use save::begin;

/// The council's settings.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'h>(pub(crate) &'h Hub);

/// The settings at one moment.
#[derive(Debug, Clone)]
pub struct Version {
    /// Which save made them; the first is 1.
    pub number: u32,
    /// The settings.
    pub council: Arc<Council>,
}

impl Version {
    /// The first version of a council's settings.
    #[must_use]
    pub fn first(council: Council) -> Self {
        Self {
            number: 1,
            council: Arc::new(council),
        }
    }
}

/// The settings that count; `None` where none were ever saved.
///
/// # Errors
/// [`Error::Internal`] when they cannot be read.
pub async fn newest(tx: &mut Tx) -> Result<Option<Version>, Error> {
    let newest = tx.settings().newest().await?;
    newest.as_ref().map(read_row).transpose()
}

fn read_row(row: &SettingsVersion) -> Result<Version, Error> {
    let council = serde_json::from_str(&row.document).map_err(|problem| {
        tracing::error!(settings.version = row.version, %problem, "a version of the settings cannot be read");
        Error::from(StoreError::Corrupt {
            what: "settings.document".to_owned(),
        })
    })?;
    Ok(Version {
        number: row.version,
        council: Arc::new(council),
    })
}
