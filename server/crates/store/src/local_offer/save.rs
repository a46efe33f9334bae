//! Saving everything about one service.

use domain::email::EmailAddress;
use domain::ids::ServiceId;
use domain::keys::ServiceSlug;
use domain::local_offer::{Listing, Organization, Service, WebAddress};
use jiff::Timestamp;
use uuid::Uuid;

use super::LocalOffer;
use super::content::content_hash;
use crate::StoreError;
use crate::changes::lock_feed;
use crate::columns::{day_text, document, milliseconds, parsed};
use crate::dialect::{execute, fetch_optional};

/// As long as a slug may be.
const LONGEST_SLUG: usize = 120;

impl LocalOffer<'_> {
    /// Saves everything about one service, in place of what belonged to it before. Gives the slug under which it
    /// stands: a service keeps its first slug, because people have its address; a new one whose slug is taken gets
    /// the beginning of its id after it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn save(
        &mut self,
        listing: &Listing,
        at: Timestamp,
    ) -> Result<ServiceSlug, StoreError> {
        lock_feed(self.tx).await?;
        if let Some(organization) = &listing.organization {
            self.put_organization(organization).await?;
        }
        let slug = self.slug_for(&listing.service).await?;
        self.put_service(listing, &slug, at).await?;
        self.replace_parts(listing).await?;
        Ok(slug)
    }

    async fn put_organization(&mut self, organization: &Organization) -> Result<u64, StoreError> {
        const SQL: &str = "INSERT INTO organizations (id, name, description, email, website, details) \
                           VALUES ($1, $2, $3, $4, $5, $6) \
                           ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description, \
                           email = excluded.email, website = excluded.website, details = excluded.details";
        execute!(
            self.tx,
            SQL,
            organization.id.as_uuid(),
            organization.name.as_str(),
            organization.description.as_deref(),
            organization.email.as_ref().map(EmailAddress::as_str),
            organization.website.as_ref().map(WebAddress::as_str),
            document("organizations.details", &organization.details)?,
        )
    }

    async fn slug_for(&mut self, service: &Service) -> Result<ServiceSlug, StoreError> {
        if let Some(kept) = self.slug_of(service.id).await? {
            return Ok(kept);
        }
        if self.id_of(&service.slug).await?.is_none() {
            return Ok(service.slug.clone());
        }
        // The last block of a UUID is random in every version that feeds use.
        let id = service.id.as_uuid().simple().to_string();
        let tail = &id[id.len() - 12..];
        let room = LONGEST_SLUG - tail.len() - 1;
        // Slugs are ASCII, so every byte is a character.
        let head = service
            .slug
            .as_str()
            .get(..room)
            .unwrap_or(service.slug.as_str());
        parsed(
            "services.slug",
            &format!("{}-{tail}", head.trim_end_matches('-')),
        )
    }

    async fn slug_of(&mut self, id: ServiceId) -> Result<Option<ServiceSlug>, StoreError> {
        let row = fetch_optional!(
            self.tx,
            (String,),
            "SELECT slug FROM services WHERE id = $1",
            id.as_uuid()
        )?;
        row.map(|(slug,)| parsed("services.slug", &slug))
            .transpose()
    }

    async fn put_service(
        &mut self,
        listing: &Listing,
        slug: &ServiceSlug,
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        // A feed may name an organization that it does not hold; then none is kept.
        const SQL: &str = "INSERT INTO services (id, slug, organization, name, alternate_name, description, url, \
            email, status, fees_description, eligibility_description, application_process, accreditations, alert, \
            minimum_age, maximum_age, assured_on, last_modified_at, saved_at, send, details, rest, \
            content_hash) \
            VALUES ($1, $2, (SELECT id FROM organizations WHERE id = $3), $4, $5, $6, $7, $8, $9, $10, $11, $12, \
            $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) \
            ON CONFLICT (id) DO UPDATE SET organization = excluded.organization, name = excluded.name, \
            alternate_name = excluded.alternate_name, description = excluded.description, url = excluded.url, \
            email = excluded.email, status = excluded.status, fees_description = excluded.fees_description, \
            eligibility_description = excluded.eligibility_description, \
            application_process = excluded.application_process, accreditations = excluded.accreditations, \
            alert = excluded.alert, minimum_age = excluded.minimum_age, maximum_age = excluded.maximum_age, \
            assured_on = excluded.assured_on, last_modified_at = excluded.last_modified_at, \
            saved_at = excluded.saved_at, send = excluded.send, details = excluded.details, \
            rest = excluded.rest, content_hash = excluded.content_hash";
        let service = &listing.service;
        let organization: Option<Uuid> = service.organization.map(|id| id.as_uuid());
        execute!(
            self.tx,
            SQL,
            service.id.as_uuid(),
            slug.as_str(),
            organization,
            service.name.as_str(),
            service.alternate_name.as_deref(),
            service.description.as_deref(),
            service.url.as_ref().map(WebAddress::as_str),
            service.email.as_ref().map(EmailAddress::as_str),
            service.status.as_str(),
            service.fees_description.as_deref(),
            service.eligibility_description.as_deref(),
            service.application_process.as_deref(),
            service.accreditations.as_deref(),
            service.alert.as_deref(),
            service.minimum_age.map(i64::from),
            service.maximum_age.map(i64::from),
            day_text(service.assured_on),
            milliseconds(service.last_modified),
            at.as_millisecond(),
            document("services.send", &listing.send)?,
            document("services.details", &listing.details)?,
            document("services.rest", &listing.rest)?,
            content_hash(listing)?.as_slice(),
        )
    }
}
