//! What belongs to one service: replaced as a whole each time, in the order in which the listing has it.

use domain::ids::ServiceId;
use domain::local_offer::{CostOption, Frequency, Listing, Location, Phone, Place, Schedule};
use jiff::civil::Time;

use super::LocalOffer;
use crate::StoreError;
use crate::columns::{day_text, document};
use crate::dialect::execute;

impl LocalOffer<'_> {
    pub(super) async fn replace_parts(&mut self, listing: &Listing) -> Result<(), StoreError> {
        let service = listing.service.id;
        self.clear_parts(service).await?;
        for (ordinal, place) in (0_i64..).zip(&listing.places) {
            self.put_location(&place.location).await?;
            self.add_place(service, ordinal, place).await?;
        }
        for (ordinal, schedule) in (0_i64..).zip(&listing.schedules) {
            self.add_schedule(service, ordinal, schedule).await?;
        }
        for (ordinal, cost) in (0_i64..).zip(&listing.cost_options) {
            self.add_cost_option(service, ordinal, cost).await?;
        }
        for (ordinal, phone) in (0_i64..).zip(&listing.phones) {
            self.add_phone(service, ordinal, phone).await?;
        }
        for (ordinal, term) in (0_i64..).zip(&listing.terms) {
            self.save_term(term).await?;
            const SQL: &str =
                "INSERT INTO service_terms (service, ordinal, term) VALUES ($1, $2, $3)";
            execute!(self.tx, SQL, service.as_uuid(), ordinal, term.id.as_uuid())?;
        }
        for (ordinal, area) in (0_i64..).zip(&listing.areas) {
            const SQL: &str =
                "INSERT INTO service_areas (service, ordinal, name) VALUES ($1, $2, $3)";
            execute!(self.tx, SQL, service.as_uuid(), ordinal, area.as_str())?;
        }
        for (ordinal, language) in (0_i64..).zip(&listing.languages) {
            const SQL: &str =
                "INSERT INTO service_languages (service, ordinal, name) VALUES ($1, $2, $3)";
            execute!(self.tx, SQL, service.as_uuid(), ordinal, language.as_str())?;
        }
        Ok(())
    }

    async fn clear_parts(&mut self, service: ServiceId) -> Result<(), StoreError> {
        const STATEMENTS: [&str; 7] = [
            "DELETE FROM service_at_locations WHERE service = $1",
            "DELETE FROM schedules WHERE service = $1",
            "DELETE FROM cost_options WHERE service = $1",
            "DELETE FROM phones WHERE service = $1",
            "DELETE FROM service_terms WHERE service = $1",
            "DELETE FROM service_areas WHERE service = $1",
            "DELETE FROM service_languages WHERE service = $1",
        ];
        for sql in STATEMENTS {
            execute!(self.tx, sql, service.as_uuid())?;
        }
        Ok(())
    }

    async fn put_location(&mut self, location: &Location) -> Result<u64, StoreError> {
        const SQL: &str = "INSERT INTO locations (id, location_type, name, description, latitude, longitude, \
            address_1, address_2, city, region, postal_code, country, accessibility, address_shown, details) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
            ON CONFLICT (id) DO UPDATE SET location_type = excluded.location_type, name = excluded.name, \
            description = excluded.description, latitude = excluded.latitude, longitude = excluded.longitude, \
            address_1 = excluded.address_1, address_2 = excluded.address_2, city = excluded.city, \
            region = excluded.region, postal_code = excluded.postal_code, country = excluded.country, \
            accessibility = excluded.accessibility, address_shown = excluded.address_shown, \
            details = excluded.details";
        let address = location.address.as_ref();
        execute!(
            self.tx,
            SQL,
            location.id.as_uuid(),
            location.location_type.as_str(),
            location.name.as_deref(),
            location.description.as_deref(),
            location.position.map(|position| position.latitude),
            location.position.map(|position| position.longitude),
            address.map(|address| address.address_1.as_str()),
            address.and_then(|address| address.address_2.as_deref()),
            address.and_then(|address| address.city.as_deref()),
            address.and_then(|address| address.region.as_deref()),
            address
                .and_then(|address| address.postal_code.as_ref())
                .map(ToString::to_string),
            address.and_then(|address| address.country.as_deref()),
            serde_json::Value::from(location.accessibility.clone()).to_string(),
            location.address_shown.as_str(),
            document("locations.details", &location.details)?,
        )
    }

    async fn add_place(
        &mut self,
        service: ServiceId,
        ordinal: i64,
        place: &Place,
    ) -> Result<u64, StoreError> {
        const SQL: &str = "INSERT INTO service_at_locations (service, ordinal, id, location) VALUES ($1, $2, $3, $4)";
        execute!(
            self.tx,
            SQL,
            service.as_uuid(),
            ordinal,
            place.id.as_uuid(),
            place.location.id.as_uuid()
        )
    }

    async fn add_schedule(
        &mut self,
        service: ServiceId,
        ordinal: i64,
        schedule: &Schedule,
    ) -> Result<u64, StoreError> {
        const SQL: &str = "INSERT INTO schedules (service, ordinal, id, freq, repeats_every, byday, ordinals, \
            bymonthday, valid_from_on, valid_to_on, opens, closes, description, notes, details) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
        execute!(
            self.tx,
            SQL,
            service.as_uuid(),
            ordinal,
            schedule.id.as_uuid(),
            schedule.freq.map(Frequency::as_str),
            schedule.interval.map(i64::from),
            words(schedule.byday.iter().map(|day| day.as_str())),
            words(&schedule.ordinals),
            words(&schedule.bymonthday),
            day_text(schedule.valid_from),
            day_text(schedule.valid_to),
            time_text(schedule.opens_at),
            time_text(schedule.closes_at),
            schedule.description.as_deref(),
            schedule.notes.as_deref(),
            document("schedules.details", &schedule.details)?,
        )
    }

    async fn add_cost_option(
        &mut self,
        service: ServiceId,
        ordinal: i64,
        cost: &CostOption,
    ) -> Result<u64, StoreError> {
        const SQL: &str = "INSERT INTO cost_options (service, ordinal, id, option_name, amount_pence, currency, \
                           amount_description, valid_from_on, valid_to_on) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        execute!(
            self.tx,
            SQL,
            service.as_uuid(),
            ordinal,
            cost.id.as_uuid(),
            cost.option.as_deref(),
            cost.amount.map(|pence| pence.0),
            cost.currency.as_deref(),
            cost.amount_description.as_deref(),
            day_text(cost.valid_from),
            day_text(cost.valid_to),
        )
    }

    async fn add_phone(
        &mut self,
        service: ServiceId,
        ordinal: i64,
        phone: &Phone,
    ) -> Result<u64, StoreError> {
        const SQL: &str = "INSERT INTO phones (service, ordinal, id, number, description) VALUES ($1, $2, $3, $4, $5)";
        execute!(
            self.tx,
            SQL,
            service.as_uuid(),
            ordinal,
            phone.id.as_uuid(),
            phone.number.as_str(),
            phone.description.as_deref()
        )
    }
}

/// A short list in one column, with spaces between.
fn words<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    values
        .into_iter()
        .map(|value| value.to_string())
        .collect::<Vec<_>>()
        .join(" ")
}

fn time_text(time: Option<Time>) -> Option<String> {
    time.map(|time| time.to_string())
}
