//! Every version that was saved: who saved it, what it changed, and putting it back.

use domain::council::{Difference, differences};
use jiff::Timestamp;

use super::{Section, Settings, Version, newest};
use crate::{
    Actor, Error,
    policy::{Act, may},
};

/// Saves on one page of the list.
const PAGE: u32 = 50;

/// One save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Save {
    /// The version that it made.
    pub version: u32,
    /// What was changed.
    pub section: Section,
    /// When.
    pub at: Timestamp,
    /// The name of whoever did it; `None` at the server's own terminal.
    pub by: Option<String>,
}

/// What one save changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The save.
    pub save: Save,
    /// Every setting that it changed; none for the first version.
    pub differences: Vec<Difference>,
    /// What would change if this version were put back; none where it is the one that counts.
    pub put_back: Vec<Difference>,
    /// Whether this is the version that counts.
    pub counts: bool,
}

impl Settings<'_> {
    /// The settings that count now.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not.
    pub fn current(&self, actor: &Actor) -> Result<Version, Error> {
        may(actor, Act::ReadSettings)?;
        Ok(self.0.settings_version())
    }

    /// The saves before version `before`, the newest first, a page of fifty.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not.
    pub async fn history(&self, actor: &Actor, before: Option<u32>) -> Result<Vec<Save>, Error> {
        may(actor, Act::ReadSettings)?;
        let mut tx = self.0.database().read().await?;
        let before = before.unwrap_or(u32::MAX);
        let saves = tx.settings().saves(before, PAGE).await?;
        Ok(saves.into_iter().map(Save::from).collect())
    }

    /// What one save changed.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none with this number, or not for this person.
    pub async fn changed(&self, actor: &Actor, number: u32) -> Result<Changed, Error> {
        may(actor, Act::ReadSettings)?;
        let mut tx = self.0.database().read().await?;
        let saves = tx.settings().saves(number.saturating_add(1), 1).await?;
        let save = saves.into_iter().find(|save| save.version == number);
        let save = save.ok_or(Error::NotFound)?;
        let after = self.version(&mut tx, number).await?;
        let after = after.ok_or(Error::NotFound)?;
        let before = self.version(&mut tx, number.saturating_sub(1)).await?;
        Ok(Changed {
            save: save.into(),
            differences: before
                .map(|before| differences(&before.council, &after.council))
                .unwrap_or_default(),
            put_back: newest(&mut tx)
                .await?
                .map(|newest| {
                    let back = (*after.council).clone().keeping_names_of(&newest.council);
                    differences(&newest.council, &back)
                })
                .unwrap_or_default(),
            counts: tx.settings().newest_number().await? == number,
        })
    }

    /// Puts a version back: it is saved again as the newest. Topics, districts and teams that came
    /// since keep their names, and are offered no more.
    ///
    /// # Errors
    /// As a save; [`Error::NotFound`] when there is no such version.
    pub async fn put_back(&self, actor: &Actor, number: u32, seen: u32) -> Result<(), Error> {
        may(actor, Act::ChangeSettings)?;
        let mut tx = self.0.database().read().await?;
        let old = self.version(&mut tx, number).await?;
        drop(tx);
        let old = old.ok_or(Error::NotFound)?;
        self.save(actor, Section::All, seen, |council| {
            *council = (*old.council).clone().keeping_names_of(council);
            Ok(())
        })
        .await
    }
}

impl From<store::SettingsSave> for Save {
    fn from(save: store::SettingsSave) -> Self {
        Self {
            version: save.version,
            // A section of an earlier release is told as what it was part of.
            section: save.section.parse().unwrap_or(Section::All),
            at: save.saved_at,
            by: save.saved_by,
        }
    }
}
