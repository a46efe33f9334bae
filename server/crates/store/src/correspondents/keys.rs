//! What correspondents are found by: e-mail address, telephone number, name.
//!
//! Each has a key a way of being looked for, so that every look reads one part of one index. A name is found from
//! each of its words on: “Lee” finds Ann Lee as well as Lee Marsh.

use domain::correspondent::Correspondent;
use domain::email::EmailAddress;
use domain::ids::CorrespondentId;
use domain::telephone::Telephone;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::Correspondents;
use crate::StoreError;
use crate::columns::limit as limit_column;
use crate::dialect::{both, fetch_all};

/// A name of more words is found from its first ones on.
const WORDS: usize = 6;

/// What somebody is looked for by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// The whole address, in any letter case.
    Email(EmailAddress),
    /// The number, however it is written.
    Telephone(Telephone),
    /// The beginning of the name, or of any of its words.
    Name(String),
}

impl Look {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Email(_) => "email",
            Self::Telephone(_) => "telephone",
            Self::Name(_) => "name",
        }
    }

    /// The first key that fits, and the first after it that fits no more.
    pub(crate) fn range(&self) -> (String, String) {
        let (first, next) = match self {
            Self::Email(address) => (address.normalised(), '\u{1}'),
            Self::Telephone(number) => (number.key(), '\u{1}'),
            Self::Name(begins) => (name_key(begins), char::MAX),
        };
        let after = format!("{first}{next}");
        (first, after)
    }
}

/// A name as it is compared: small letters, and single spaces.
#[must_use]
pub fn name_key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Every key of somebody.
pub(super) fn of(correspondent: &Correspondent) -> Vec<(&'static str, String)> {
    let name = name_key(&correspondent.name);
    let starts = name.match_indices(' ').map(|(space, _)| space + 1);
    let names = std::iter::once(0)
        .chain(starts)
        .take(WORDS)
        .map(|start| ("name", name[start..].to_owned()));
    let email = correspondent.email.as_ref();
    let telephone = correspondent.telephone.as_ref();
    let mut keys: Vec<_> = names
        .chain(email.map(|address| ("email", address.normalised())))
        .chain(telephone.map(|number| ("telephone", number.key())))
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

impl Correspondents<'_> {
    /// In one statement: each mail from somebody new brings about four.
    pub(super) async fn insert_keys(
        &mut self,
        correspondent: &Correspondent,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO correspondent_keys (kind, key, correspondent) ";
        let keys = of(correspondent);
        if keys.is_empty() {
            return Ok(());
        }
        both!(self.tx, |connection| {
            let mut insert = QueryBuilder::new(SQL);
            insert.push_values(&keys, |mut row, (kind, key)| {
                row.push_bind(*kind)
                    .push_bind(key.as_str())
                    .push_bind(correspondent.id.as_uuid());
            });
            insert.build().execute(connection).await.map(drop)
        })
    }

    /// Those who are found so, whoever wrote to us last first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn found(
        &mut self,
        look: &Look,
        limit: u32,
    ) -> Result<Vec<Correspondent>, StoreError> {
        const SQL: &str = "SELECT DISTINCT correspondent FROM (SELECT correspondent FROM correspondent_keys \
                           WHERE kind = $1 AND key >= $2 AND key < $3 LIMIT $4) AS k ORDER BY correspondent DESC";
        let (from, to) = look.range();
        let rows = fetch_all!(
            self.tx,
            (Uuid,),
            SQL,
            look.kind(),
            from,
            to,
            limit_column(limit)
        )?;
        let mut found = Vec::with_capacity(rows.len());
        for (id,) in rows {
            found.extend(self.get(CorrespondentId::from_uuid(id)).await?);
        }
        Ok(found)
    }
}
