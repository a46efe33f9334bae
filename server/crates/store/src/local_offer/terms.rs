//! Taxonomies and their terms, which services share.

use domain::ids::{TaxonomyId, TaxonomyTermId};
use domain::local_offer::{Taxonomy, Term};
use sqlx::FromRow;
use uuid::Uuid;

use super::LocalOffer;
use crate::StoreError;
use crate::columns::parsed;
use crate::dialect::{execute, fetch_all};

#[derive(FromRow)]
pub(super) struct TermRow {
    id: Uuid,
    taxonomy: Uuid,
    taxonomy_name: String,
    name: String,
    slug: String,
    parent: Option<Uuid>,
}

impl TryFrom<TermRow> for Term {
    type Error = StoreError;

    fn try_from(row: TermRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: TaxonomyTermId::from_uuid(row.id),
            taxonomy: TaxonomyId::from_uuid(row.taxonomy),
            taxonomy_name: row.taxonomy_name,
            name: row.name,
            slug: parsed("taxonomy_terms.slug", &row.slug)?,
            parent: row.parent.map(TaxonomyTermId::from_uuid),
        })
    }
}

impl LocalOffer<'_> {
    /// The terms of the taxonomies of this name (letter case does not matter), by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn terms(&mut self, taxonomy_name: &str) -> Result<Vec<Term>, StoreError> {
        const SQL: &str = "SELECT t.id, t.taxonomy, x.name AS taxonomy_name, t.name, t.slug, t.parent \
                           FROM taxonomy_terms t JOIN taxonomies x ON x.id = t.taxonomy \
                           WHERE lower(x.name) = lower($1) ORDER BY t.name, t.id";
        fetch_all!(self.tx, TermRow, SQL, taxonomy_name)?
            .into_iter()
            .map(Term::try_from)
            .collect()
    }

    /// Every taxonomy, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn taxonomies(&mut self) -> Result<Vec<Taxonomy>, StoreError> {
        const SQL: &str = "SELECT id, name, description FROM taxonomies ORDER BY name, id";
        let rows = fetch_all!(self.tx, (Uuid, String, Option<String>), SQL)?;
        let taxonomy = |(id, name, description)| Taxonomy {
            id: TaxonomyId::from_uuid(id),
            name,
            description,
        };
        Ok(rows.into_iter().map(taxonomy).collect())
    }

    /// Every term, by name: some hundreds.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn all_terms(&mut self) -> Result<Vec<Term>, StoreError> {
        const SQL: &str = "SELECT t.id, t.taxonomy, x.name AS taxonomy_name, t.name, t.slug, t.parent \
                           FROM taxonomy_terms t JOIN taxonomies x ON x.id = t.taxonomy ORDER BY t.name, t.id";
        fetch_all!(self.tx, TermRow, SQL)?
            .into_iter()
            .map(Term::try_from)
            .collect()
    }

    /// Adds a taxonomy, or renames it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn save_taxonomy(&mut self, taxonomy: &Taxonomy) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO taxonomies (id, name, description) VALUES ($1, $2, $3) \
                           ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description";
        execute!(
            self.tx,
            SQL,
            taxonomy.id.as_uuid(),
            taxonomy.name.as_str(),
            taxonomy.description.as_deref()
        )?;
        Ok(())
    }

    /// Adds a term, or renames it; its taxonomy too, by name, if it is not there.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn save_term(&mut self, term: &Term) -> Result<(), StoreError> {
        self.ensure_taxonomy(term).await?;
        self.put_term(term).await
    }

    async fn ensure_taxonomy(&mut self, term: &Term) -> Result<u64, StoreError> {
        const SQL: &str =
            "INSERT INTO taxonomies (id, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
        execute!(
            self.tx,
            SQL,
            term.taxonomy.as_uuid(),
            term.taxonomy_name.as_str()
        )
    }

    async fn put_term(&mut self, term: &Term) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO taxonomy_terms (id, taxonomy, name, slug, parent) VALUES ($1, $2, $3, $4, $5) \
                           ON CONFLICT (id) DO UPDATE SET taxonomy = excluded.taxonomy, name = excluded.name, \
                           slug = excluded.slug, parent = excluded.parent";
        execute!(
            self.tx,
            SQL,
            term.id.as_uuid(),
            term.taxonomy.as_uuid(),
            term.name.as_str(),
            term.slug.as_str(),
            term.parent.map(|id| id.as_uuid()),
        )?;
        Ok(())
    }
}
