//! One function for each kind of thing: from its JSON record to the entity.

use jiff::civil::Date;
use uuid::Uuid;

use super::made_ids::made_id;
use super::record::Record;
use super::send;
use super::slugs::slug_of_id;
use crate::codes::ServiceStatus;
use crate::ids::{CostOptionId, OrganizationId, PhoneId, ScheduleId, ServiceId};
use crate::local_offer::{
    CostOption, Listing, Organization, Pence, Phone, Place, Schedule, Service, Weekday,
};

/// Feeds write 99, 100 or 999 for “no limit”; nobody asks for someone older than this.
const OLDEST: f64 = 120.0;

/// An organization; its services are not looked at.
pub(super) fn organization(record: &Record<'_>) -> Option<Organization> {
    let record = record.named("organization");
    let (id, name) = (record.required_id(), record.required_line("name"));
    Some(Organization {
        description: record.text("description"),
        email: record.parsed("email"),
        website: record.parsed("website").or_else(|| record.parsed("url")),
        id: OrganizationId::from_uuid(id?),
        name: name?,
    })
}

/// A service with all its parts but its terms and its organization, which the whole file decides.
///
/// Everything is read before anything is given up, so that all faults are told at once.
pub(super) fn listing(
    record: &Record<'_>,
    organization: Option<OrganizationId>,
    places: Vec<Place>,
) -> Option<Listing> {
    let (id, name) = (record.required_id(), record.required_line("name"));
    let (status, (minimum_age, maximum_age)) = (status(record), ages(record));
    let owner = id.unwrap_or_default();
    let schedules = record.children("schedules");
    let cost_options = record.children("cost_options");
    let service = Service {
        id: ServiceId::from_uuid(owner),
        slug: slug_of_id("service", owner).parse().ok()?,
        organization,
        name: name.clone().unwrap_or_default(),
        alternate_name: record.line("alternate_name"),
        description: record.text("description"),
        url: record.parsed("url"),
        email: record.parsed("email"),
        status: status.unwrap_or(ServiceStatus::Inactive),
        fees_description: record
            .text("fees_description")
            .or_else(|| record.text("fees")),
        eligibility_description: record.text("eligibility_description"),
        application_process: record.text("application_process"),
        accreditations: record.text("accreditations"),
        alert: record.text("alert"),
        minimum_age,
        maximum_age,
        assured_on: record.date("assured_date"),
        last_modified: record.timestamp("last_modified"),
    };
    let listing = Listing {
        service,
        organization: None,
        places,
        schedules: schedules
            .iter()
            .enumerate()
            .map(|(index, record)| schedule(record, owner, index))
            .collect(),
        cost_options: cost_options
            .iter()
            .enumerate()
            .map(|(index, record)| cost_option(record, owner, index))
            .collect(),
        phones: phones(record, owner),
        terms: Vec::new(),
        areas: record
            .children("service_areas")
            .iter()
            .filter_map(area)
            .collect(),
        languages: record
            .children("languages")
            .iter()
            .filter_map(language)
            .collect(),
        send: send::details(record),
    };
    (id.is_some() && name.is_some() && status.is_some()).then_some(listing)
}

/// What an area is called, in whichever property the feed says it.
fn area(record: &Record<'_>) -> Option<String> {
    record
        .line("name")
        .or_else(|| record.line("service_area"))
        .or_else(|| record.line("description"))
}

fn language(record: &Record<'_>) -> Option<String> {
    record
        .line("name")
        .or_else(|| record.line("language"))
        .or_else(|| record.line("code"))
}

/// A service's status, which the standard requires.
fn status(record: &Record<'_>) -> Option<ServiceStatus> {
    let text = record.required_line("status")?.to_lowercase();
    // Our code has a hyphen where the standard has a space.
    let status = text.replace([' ', '_'], "-").parse().ok();
    if status.is_none() {
        record.fault(
            "status",
            "must be active, inactive, defunct or temporarily closed",
        );
    }
    status
}

/// The youngest and the oldest age in whole years.
fn ages(record: &Record<'_>) -> (Option<u8>, Option<u8>) {
    let years = |field: &str| {
        let age = record.number(field)?;
        if age < 0.0 {
            record.fault(field, "must be 0 or more");
            return None;
        }
        if age > OLDEST {
            record.warn(field, "is older than people get");
            return None;
        }
        // Somebody of 17 years and 9 months is 17.
        Some(age.floor() as u8)
    };
    let (minimum, maximum) = (years("minimum_age"), years("maximum_age"));
    match (minimum, maximum) {
        (Some(youngest), Some(oldest)) if youngest > oldest => {
            record.warn("maximum_age", "is less than minimum_age");
            (minimum, None)
        }
        ages => ages,
    }
}

/// One schedule; `owner` and `index` make its id where the feed gives none.
fn schedule(record: &Record<'_>, owner: Uuid, index: usize) -> Schedule {
    let id = record
        .id("id")
        .unwrap_or_else(|| made_id(&owner.to_string(), &format!("schedule {index}")));
    let (byday, ordinals) = weekdays(record);
    Schedule {
        id: ScheduleId::from_uuid(id),
        freq: record.parsed("freq"),
        interval: record
            .number("interval")
            .filter(|n| (1.0..=f64::from(u16::MAX)).contains(n))
            .map(|n| n as u16),
        byday,
        ordinals,
        bymonthday: days_of_month(record),
        valid_from: record.date("valid_from"),
        valid_to: record.date("valid_to"),
        opens_at: record.time("opens_at"),
        closes_at: record.time("closes_at"),
        description: record.text("description"),
        notes: record.text("notes"),
    }
}

/// `TH,FR` or `1MO,-1MO`: the weekdays, and which of a month's.
fn weekdays(record: &Record<'_>) -> (Vec<Weekday>, Vec<i8>) {
    let text = record.line("byday").unwrap_or_default();
    let (mut days, mut ordinals) = (Vec::new(), Vec::new());
    for part in text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let letters_at = part
            .find(|c: char| c.is_ascii_alphabetic())
            .unwrap_or(part.len());
        let (ordinal, code) = part.split_at(letters_at);
        match code.parse() {
            Ok(day) if !days.contains(&day) => days.push(day),
            Ok(_) => {}
            Err(error) => record.warn("byday", error),
        }
        if let Ok(ordinal) = ordinal.parse()
            && !ordinals.contains(&ordinal)
        {
            ordinals.push(ordinal);
        }
    }
    (days, ordinals)
}

fn days_of_month(record: &Record<'_>) -> Vec<i8> {
    let text = record.line("bymonthday").unwrap_or_default();
    let days = text.split(',').filter_map(|part| part.trim().parse().ok());
    days.filter(|day: &i8| *day != 0 && day.abs() <= 31)
        .collect()
}

/// One price.
fn cost_option(record: &Record<'_>, owner: Uuid, index: usize) -> CostOption {
    let id = record
        .id("id")
        .unwrap_or_else(|| made_id(&owner.to_string(), &format!("cost_option {index}")));
    let amount = record.number("amount").filter(|amount| {
        let usable = (0.0..1e9).contains(amount);
        if !usable {
            record.warn("amount", "must be 0 or more");
        }
        usable
    });
    let (valid_from, valid_to): (Option<Date>, Option<Date>) =
        (record.date("valid_from"), record.date("valid_to"));
    CostOption {
        id: CostOptionId::from_uuid(id),
        option: record.line("option"),
        amount: amount.map(|pounds| Pence((pounds * 100.0).round() as i64)),
        currency: record.line("currency"),
        amount_description: record.line("amount_description"),
        valid_from,
        valid_to,
    }
}

/// A record's own numbers and those of its contacts.
fn phones(record: &Record<'_>, owner: Uuid) -> Vec<Phone> {
    let mut entries: Vec<(Record<'_>, Option<String>)> = Vec::new();
    entries.extend(
        record
            .children("phones")
            .into_iter()
            .map(|phone| (phone, None)),
    );
    for contact in record.children("contacts") {
        let whose = contact.line("title").or_else(|| contact.line("name"));
        entries.extend(
            contact
                .children("phones")
                .into_iter()
                .map(|phone| (phone, whose.clone())),
        );
    }
    let phone = |(index, (record, whose)): (usize, (Record<'_>, Option<String>))| {
        let number = record.line("number")?;
        let id = record
            .id("id")
            .unwrap_or_else(|| made_id(&owner.to_string(), &format!("phone {index}")));
        // Some feeds keep the quotes of a spreadsheet cell.
        let number = number.trim_matches('"').trim().to_owned();
        Some(Phone {
            id: PhoneId::from_uuid(id),
            number,
            description: record.line("description").or(whose),
        })
    };
    entries.into_iter().enumerate().filter_map(phone).collect()
}
