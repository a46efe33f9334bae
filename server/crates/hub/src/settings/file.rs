//! The settings as a TOML file, so that a council can keep them under version control.

use domain::council::{Council, Difference, differences};

use super::{Section, Settings, save::check};
use crate::{
    Actor, Error,
    policy::{Act, may},
};

/// Why a file is no council's settings.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is not TOML, or not of this shape.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// It contradicts itself.
    #[error("{}", .0.join("; "))]
    Faults(Vec<String>),
    /// It cannot be written as a file.
    #[error("{0}")]
    Unwritable(#[from] toml::ser::Error),
}

/// Whether an import is to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Importing {
    /// Save it.
    Real,
    /// Only say what would change.
    DryRun,
}

/// What an import changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Every setting that is not what it was.
    pub differences: Vec<Difference>,
}

/// Reads and checks a file.
///
/// # Errors
/// [`FileError`], with everything that is wrong.
pub fn read(text: &str) -> Result<Council, FileError> {
    let council: Council = toml::from_str(text)?;
    match check(&council) {
        Ok(()) => Ok(council),
        Err(Error::Refused(faults)) => Err(FileError::Faults(
            faults.iter().map(|fault| fault.message.clone()).collect(),
        )),
        Err(other) => Err(FileError::Faults(vec![other.to_string()])),
    }
}

/// Writes settings as a file that [`read`] reads.
///
/// # Errors
/// [`FileError::Unwritable`].
pub fn write(council: &Council) -> Result<String, FileError> {
    Ok(toml::to_string_pretty(council)?)
}

impl Settings<'_> {
    /// Takes a file's settings on. Topics, districts and teams that it leaves out keep their names
    /// and are offered no more. A file that changes nothing saves nothing.
    ///
    /// # Errors
    /// As a save: [`Error::Refused`] when a team that still has work is left out;
    /// [`Error::Stale`] when somebody saved at the same moment.
    pub async fn import(
        &self,
        actor: &Actor,
        council: Council,
        how: Importing,
    ) -> Result<Imported, Error> {
        may(actor, Act::ChangeSettings)?;
        self.refresh().await?;
        let before = self.0.settings_version();
        let after = council.keeping_names_of(&before.council);
        let differences = differences(&before.council, &after);
        if how == Importing::Real {
            self.save(actor, Section::All, before.number, |council| {
                *council = after;
                Ok(())
            })
            .await?;
        }
        Ok(Imported { differences })
    }
}
