//! The people who ask. What they are found by is in `keys.rs`.

mod keys;

use domain::correspondent::Correspondent;
use domain::email::EmailAddress;
use domain::ids::CorrespondentId;
use domain::telephone::Telephone;
use jiff::Timestamp;
use sqlx::FromRow;

pub use self::keys::{Look, name_key};

use crate::columns::{parsed, parsed_if_any};
use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::{StoreError, Tx};

#[derive(FromRow)]
struct CorrespondentRow {
    kind: String,
    name: String,
    email: Option<String>,
    telephone: Option<String>,
    postal_address: Option<String>,
    organisation: Option<String>,
    preference: String,
    interpreter_language: Option<String>,
    safe_contact: Option<String>,
}

/// The people who ask.
#[derive(Debug)]
pub struct Correspondents<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Correspondents<'_> {
    /// Adds one, and what they need from us.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is one with this id, or a kind of support stands twice.
    pub async fn insert(
        &mut self,
        correspondent: &Correspondent,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.insert_row(correspondent, at).await?;
        for (ordinal, support) in (0_i64..).zip(&correspondent.support) {
            self.insert_support(correspondent.id, support.as_str(), ordinal)
                .await?;
        }
        self.insert_keys(correspondent).await
    }

    async fn insert_row(
        &mut self,
        correspondent: &Correspondent,
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        const SQL: &str = "INSERT INTO correspondents (id, kind, name, email, telephone, postal_address, organisation, \
                           preference, interpreter_language, safe_contact, created_at) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        execute!(
            self.tx,
            SQL,
            correspondent.id.as_uuid(),
            correspondent.kind.as_str(),
            correspondent.name.as_str(),
            correspondent.email.as_ref().map(EmailAddress::as_str),
            correspondent.telephone.as_ref().map(Telephone::as_str),
            correspondent.postal_address.as_deref(),
            correspondent.organisation.as_deref(),
            correspondent.preference.as_str(),
            correspondent.interpreter_language.as_deref(),
            correspondent.safe_contact.as_deref(),
            at.as_millisecond(),
        )
    }

    async fn insert_support(
        &mut self,
        id: CorrespondentId,
        support: &str,
        ordinal: i64,
    ) -> Result<u64, StoreError> {
        const SQL: &str = "INSERT INTO correspondent_supports (correspondent, support, ordinal) VALUES ($1, $2, $3)";
        execute!(self.tx, SQL, id.as_uuid(), support, ordinal)
    }

    /// The correspondent with this id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&mut self, id: CorrespondentId) -> Result<Option<Correspondent>, StoreError> {
        const SQL: &str = "SELECT kind, name, email, telephone, postal_address, organisation, preference, \
                           interpreter_language, safe_contact FROM correspondents WHERE id = $1";
        let Some(row) = fetch_optional!(self.tx, CorrespondentRow, SQL, id.as_uuid())? else {
            return Ok(None);
        };
        let supports = self.supports(id).await?;
        Ok(Some(Correspondent {
            id,
            kind: parsed("correspondents.kind", &row.kind)?,
            name: row.name,
            email: parsed_if_any("correspondents.email", row.email.as_deref())?,
            telephone: parsed_if_any("correspondents.telephone", row.telephone.as_deref())?,
            postal_address: row.postal_address,
            organisation: row.organisation,
            preference: parsed("correspondents.preference", &row.preference)?,
            support: supports
                .iter()
                .map(|(code,)| parsed("correspondent_supports.support", code))
                .collect::<Result<_, _>>()?,
            interpreter_language: row.interpreter_language,
            safe_contact: row.safe_contact,
        }))
    }

    async fn supports(&mut self, id: CorrespondentId) -> Result<Vec<(String,)>, StoreError> {
        const SQL: &str =
            "SELECT support FROM correspondent_supports WHERE correspondent = $1 ORDER BY ordinal";
        fetch_all!(self.tx, (String,), SQL, id.as_uuid())
    }
}
