//! The council's settings: every version that was ever saved. The newest one counts.

use domain::ids::AccountId;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, limit, number};
use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::{StoreError, Tx};

/// One version of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsVersion {
    /// Its number; the first is 1.
    pub version: u32,
    /// All the settings, as JSON.
    pub document: String,
    /// What was changed, as a code.
    pub section: String,
    /// When.
    pub saved_at: Timestamp,
    /// By whom; `None` for the server's own terminal.
    pub saved_by: Option<AccountId>,
}

/// A version as the list of versions tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsSave {
    /// Its number.
    pub version: u32,
    /// What was changed, as a code.
    pub section: String,
    /// When.
    pub saved_at: Timestamp,
    /// The name of whoever changed it; `None` for the server's own terminal.
    pub saved_by: Option<String>,
}

#[derive(FromRow)]
struct VersionRow {
    version: i64,
    document: String,
    section: String,
    saved_at: i64,
    saved_by: Option<Uuid>,
}

impl TryFrom<VersionRow> for SettingsVersion {
    type Error = StoreError;

    fn try_from(row: VersionRow) -> Result<Self, StoreError> {
        Ok(Self {
            version: number("settings.version", row.version)?,
            document: row.document,
            section: row.section,
            saved_at: instant("settings.saved_at", row.saved_at)?,
            saved_by: row.saved_by.map(AccountId::from_uuid),
        })
    }
}

#[derive(FromRow)]
struct SaveRow {
    version: i64,
    section: String,
    saved_at: i64,
    name: Option<String>,
}

impl TryFrom<SaveRow> for SettingsSave {
    type Error = StoreError;

    fn try_from(row: SaveRow) -> Result<Self, StoreError> {
        Ok(Self {
            version: number("settings.version", row.version)?,
            section: row.section,
            saved_at: instant("settings.saved_at", row.saved_at)?,
            saved_by: row.name,
        })
    }
}

/// The council's settings.
#[derive(Debug)]
pub struct Settings<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Settings<'_> {
    /// The version that counts; `None` before the first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest(&mut self) -> Result<Option<SettingsVersion>, StoreError> {
        const SQL: &str = "SELECT version, document, section, saved_at, saved_by FROM settings \
                           ORDER BY version DESC LIMIT 1";
        let row = fetch_optional!(self.tx, VersionRow, SQL)?;
        row.map(SettingsVersion::try_from).transpose()
    }

    /// The number of the version that counts; 0 before the first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest_number(&mut self) -> Result<u32, StoreError> {
        const SQL: &str = "SELECT max(version) FROM settings";
        let row = fetch_optional!(self.tx, (Option<i64>,), SQL)?;
        let newest = row.and_then(|(newest,)| newest).unwrap_or_default();
        number("settings.version", newest)
    }

    /// One version.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&mut self, version: u32) -> Result<Option<SettingsVersion>, StoreError> {
        const SQL: &str = "SELECT version, document, section, saved_at, saved_by FROM settings \
                           WHERE version = $1";
        let row = fetch_optional!(self.tx, VersionRow, SQL, i64::from(version))?;
        row.map(SettingsVersion::try_from).transpose()
    }

    /// The versions before `before`, the newest first; their documents are left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn saves(&mut self, before: u32, most: u32) -> Result<Vec<SettingsSave>, StoreError> {
        const SQL: &str = "SELECT settings.version, settings.section, settings.saved_at, accounts.name \
                           FROM settings LEFT JOIN accounts ON accounts.id = settings.saved_by \
                           WHERE settings.version < $1 ORDER BY settings.version DESC LIMIT $2";
        fetch_all!(self.tx, SaveRow, SQL, i64::from(before), limit(most))?
            .into_iter()
            .map(SettingsSave::try_from)
            .collect()
    }

    /// Adds the next version.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else saved one with this number first.
    pub async fn insert(&mut self, version: &SettingsVersion) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO settings (version, document, section, saved_at, saved_by) \
                           VALUES ($1, $2, $3, $4, $5)";
        execute!(
            self.tx,
            SQL,
            i64::from(version.version),
            version.document.as_str(),
            version.section.as_str(),
            version.saved_at.as_millisecond(),
            version.saved_by.map(|id| id.as_uuid()),
        )?;
        Ok(())
    }
}
