//! Reading everything about one service.

use std::str::FromStr;

use domain::ids::{
    CostOptionId, LocationId, OrganizationId, PhoneId, ScheduleId, ServiceAtLocationId, ServiceId,
};
use domain::local_offer::{
    Address, CostOption, Location, Organization, Pence, Phone, Place, Position, Rest, Schedule,
    SendDetails, Service, ServiceDetails, Term,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::LocalOffer;
use super::terms::TermRow;
use crate::StoreError;
use crate::columns::{document_of, instant_if_any, number, parsed, parsed_if_any};
use crate::dialect::{fetch_all, fetch_optional};

#[derive(FromRow)]
struct ServiceRow {
    slug: String,
    organization: Option<Uuid>,
    name: String,
    alternate_name: Option<String>,
    description: Option<String>,
    url: Option<String>,
    email: Option<String>,
    status: String,
    fees_description: Option<String>,
    eligibility_description: Option<String>,
    application_process: Option<String>,
    accreditations: Option<String>,
    alert: Option<String>,
    minimum_age: Option<i64>,
    maximum_age: Option<i64>,
    assured_on: Option<String>,
    last_modified_at: Option<i64>,
    send: Option<String>,
    details: Option<String>,
    rest: Option<String>,
    organization_name: Option<String>,
    organization_description: Option<String>,
    organization_email: Option<String>,
    organization_website: Option<String>,
    organization_details: Option<String>,
}

/// What stands in a service's own row, and its organization's.
pub(super) struct ServiceRecord {
    pub(super) service: Service,
    pub(super) organization: Option<Organization>,
    pub(super) send: SendDetails,
    pub(super) details: ServiceDetails,
    pub(super) rest: Rest,
}

#[derive(FromRow)]
struct PlaceRow {
    id: Uuid,
    location: Uuid,
    location_type: String,
    name: Option<String>,
    description: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    address_1: Option<String>,
    address_2: Option<String>,
    city: Option<String>,
    region: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
    accessibility: String,
    address_shown: Option<String>,
    details: Option<String>,
}

#[derive(FromRow)]
struct ScheduleRow {
    id: Uuid,
    freq: Option<String>,
    repeats_every: Option<i64>,
    byday: String,
    ordinals: String,
    bymonthday: String,
    valid_from_on: Option<String>,
    valid_to_on: Option<String>,
    opens: Option<String>,
    closes: Option<String>,
    description: Option<String>,
    notes: Option<String>,
    details: Option<String>,
}

#[derive(FromRow)]
struct CostOptionRow {
    id: Uuid,
    option_name: Option<String>,
    amount_pence: Option<i64>,
    currency: Option<String>,
    amount_description: Option<String>,
    valid_from_on: Option<String>,
    valid_to_on: Option<String>,
}

#[derive(FromRow)]
struct PhoneRow {
    id: Uuid,
    number: String,
    description: Option<String>,
}

impl ServiceRow {
    fn organization(&self) -> Result<Option<Organization>, StoreError> {
        let Some((id, name)) = self.organization.zip(self.organization_name.clone()) else {
            return Ok(None);
        };
        Ok(Some(Organization {
            id: OrganizationId::from_uuid(id),
            name,
            description: self.organization_description.clone(),
            email: parsed_if_any("organizations.email", self.organization_email.as_deref())?,
            website: parsed_if_any(
                "organizations.website",
                self.organization_website.as_deref(),
            )?,
            details: document_of(
                "organizations.details",
                self.organization_details.as_deref(),
            )?,
        }))
    }

    fn into_service(self, id: ServiceId) -> Result<Service, StoreError> {
        let age = |column, years: Option<i64>| years.map(|years| number(column, years)).transpose();
        Ok(Service {
            id,
            slug: parsed("services.slug", &self.slug)?,
            organization: self.organization.map(OrganizationId::from_uuid),
            name: self.name,
            alternate_name: self.alternate_name,
            description: self.description,
            url: parsed_if_any("services.url", self.url.as_deref())?,
            email: parsed_if_any("services.email", self.email.as_deref())?,
            status: parsed("services.status", &self.status)?,
            fees_description: self.fees_description,
            eligibility_description: self.eligibility_description,
            application_process: self.application_process,
            accreditations: self.accreditations,
            alert: self.alert,
            minimum_age: age("services.minimum_age", self.minimum_age)?,
            maximum_age: age("services.maximum_age", self.maximum_age)?,
            assured_on: parsed_if_any("services.assured_on", self.assured_on.as_deref())?,
            last_modified: instant_if_any("services.last_modified_at", self.last_modified_at)?,
        })
    }
}

impl TryFrom<PlaceRow> for Place {
    type Error = StoreError;

    fn try_from(row: PlaceRow) -> Result<Self, StoreError> {
        let postal_code = parsed_if_any("locations.postal_code", row.postal_code.as_deref())?;
        let address = row.address_1.map(|address_1| Address {
            address_1,
            address_2: row.address_2,
            city: row.city,
            region: row.region,
            postal_code,
            country: row.country,
        });
        Ok(Self {
            id: ServiceAtLocationId::from_uuid(row.id),
            location: Location {
                id: LocationId::from_uuid(row.location),
                location_type: parsed("locations.location_type", &row.location_type)?,
                name: row.name,
                description: row.description,
                position: row
                    .latitude
                    .zip(row.longitude)
                    .map(|(latitude, longitude)| Position {
                        latitude,
                        longitude,
                    }),
                address,
                accessibility: serde_json::from_str(&row.accessibility)
                    .map_err(|_| StoreError::corrupt("locations.accessibility"))?,
                address_shown: parsed_if_any(
                    "locations.address_shown",
                    row.address_shown.as_deref(),
                )?
                .unwrap_or_default(),
                details: document_of("locations.details", row.details.as_deref())?,
            },
        })
    }
}

impl TryFrom<ScheduleRow> for Schedule {
    type Error = StoreError;

    fn try_from(row: ScheduleRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: ScheduleId::from_uuid(row.id),
            freq: parsed_if_any("schedules.freq", row.freq.as_deref())?,
            interval: row
                .repeats_every
                .map(|every| number("schedules.repeats_every", every))
                .transpose()?,
            byday: words("schedules.byday", &row.byday)?,
            ordinals: words("schedules.ordinals", &row.ordinals)?,
            bymonthday: words("schedules.bymonthday", &row.bymonthday)?,
            valid_from: parsed_if_any("schedules.valid_from_on", row.valid_from_on.as_deref())?,
            valid_to: parsed_if_any("schedules.valid_to_on", row.valid_to_on.as_deref())?,
            opens_at: parsed_if_any("schedules.opens", row.opens.as_deref())?,
            closes_at: parsed_if_any("schedules.closes", row.closes.as_deref())?,
            description: row.description,
            notes: row.notes,
            details: document_of("schedules.details", row.details.as_deref())?,
        })
    }
}

impl TryFrom<CostOptionRow> for CostOption {
    type Error = StoreError;

    fn try_from(row: CostOptionRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: CostOptionId::from_uuid(row.id),
            option: row.option_name,
            amount: row.amount_pence.map(Pence),
            currency: row.currency,
            amount_description: row.amount_description,
            valid_from: parsed_if_any("cost_options.valid_from_on", row.valid_from_on.as_deref())?,
            valid_to: parsed_if_any("cost_options.valid_to_on", row.valid_to_on.as_deref())?,
        })
    }
}

fn words<T: FromStr>(column: &str, text: &str) -> Result<Vec<T>, StoreError> {
    text.split_whitespace()
        .map(|word| parsed(column, word))
        .collect()
}

impl LocalOffer<'_> {
    pub(super) async fn service(
        &mut self,
        id: ServiceId,
    ) -> Result<Option<ServiceRecord>, StoreError> {
        const SQL: &str = "SELECT s.slug, s.organization, s.name, s.alternate_name, s.description, s.url, s.email, \
            s.status, s.fees_description, s.eligibility_description, s.application_process, s.accreditations, \
            s.alert, s.minimum_age, s.maximum_age, s.assured_on, s.last_modified_at, s.send, s.details, s.rest, o.name AS organization_name, \
            o.description AS organization_description, o.email AS organization_email, \
            o.website AS organization_website, o.details AS organization_details \
            FROM services s LEFT JOIN organizations o ON o.id = s.organization WHERE s.id = $1";
        let Some(row) = fetch_optional!(self.tx, ServiceRow, SQL, id.as_uuid())? else {
            return Ok(None);
        };
        Ok(Some(ServiceRecord {
            organization: row.organization()?,
            send: document_of("services.send", row.send.as_deref())?,
            details: document_of("services.details", row.details.as_deref())?,
            rest: document_of("services.rest", row.rest.as_deref())?,
            service: row.into_service(id)?,
        }))
    }

    pub(super) async fn places(&mut self, id: ServiceId) -> Result<Vec<Place>, StoreError> {
        const SQL: &str = "SELECT p.id, p.location, l.location_type, l.name, l.description, l.latitude, l.longitude, \
            l.address_1, l.address_2, l.city, l.region, l.postal_code, l.country, l.accessibility, l.address_shown, l.details \
            FROM service_at_locations p JOIN locations l ON l.id = p.location WHERE p.service = $1 ORDER BY p.ordinal";
        fetch_all!(self.tx, PlaceRow, SQL, id.as_uuid())?
            .into_iter()
            .map(Place::try_from)
            .collect()
    }

    pub(super) async fn schedules(&mut self, id: ServiceId) -> Result<Vec<Schedule>, StoreError> {
        const SQL: &str = "SELECT id, freq, repeats_every, byday, ordinals, bymonthday, valid_from_on, valid_to_on, \
            opens, closes, description, notes, details FROM schedules WHERE service = $1 ORDER BY ordinal";
        fetch_all!(self.tx, ScheduleRow, SQL, id.as_uuid())?
            .into_iter()
            .map(Schedule::try_from)
            .collect()
    }

    pub(super) async fn cost_options(
        &mut self,
        id: ServiceId,
    ) -> Result<Vec<CostOption>, StoreError> {
        const SQL: &str = "SELECT id, option_name, amount_pence, currency, amount_description, valid_from_on, \
                           valid_to_on FROM cost_options WHERE service = $1 ORDER BY ordinal";
        fetch_all!(self.tx, CostOptionRow, SQL, id.as_uuid())?
            .into_iter()
            .map(CostOption::try_from)
            .collect()
    }

    pub(super) async fn phones(&mut self, id: ServiceId) -> Result<Vec<Phone>, StoreError> {
        const SQL: &str =
            "SELECT id, number, description FROM phones WHERE service = $1 ORDER BY ordinal";
        let rows = fetch_all!(self.tx, PhoneRow, SQL, id.as_uuid())?;
        let phone = |row: PhoneRow| Phone {
            id: PhoneId::from_uuid(row.id),
            number: row.number,
            description: row.description,
        };
        Ok(rows.into_iter().map(phone).collect())
    }

    pub(super) async fn terms_of(&mut self, id: ServiceId) -> Result<Vec<Term>, StoreError> {
        const SQL: &str = "SELECT t.id, t.taxonomy, x.name AS taxonomy_name, t.name, t.slug, t.parent \
                           FROM service_terms s JOIN taxonomy_terms t ON t.id = s.term \
                           JOIN taxonomies x ON x.id = t.taxonomy WHERE s.service = $1 ORDER BY s.ordinal";
        fetch_all!(self.tx, TermRow, SQL, id.as_uuid())?
            .into_iter()
            .map(Term::try_from)
            .collect()
    }

    pub(super) async fn areas(&mut self, id: ServiceId) -> Result<Vec<String>, StoreError> {
        const SQL: &str = "SELECT name FROM service_areas WHERE service = $1 ORDER BY ordinal";
        Ok(fetch_all!(self.tx, (String,), SQL, id.as_uuid())?
            .into_iter()
            .map(|(name,)| name)
            .collect())
    }

    pub(super) async fn languages(&mut self, id: ServiceId) -> Result<Vec<String>, StoreError> {
        const SQL: &str = "SELECT name FROM service_languages WHERE service = $1 ORDER BY ordinal";
        Ok(fetch_all!(self.tx, (String,), SQL, id.as_uuid())?
            .into_iter()
            .map(|(name,)| name)
            .collect())
    }
}
