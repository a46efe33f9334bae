//! One function for each kind of thing: from its JSON record to the entity.

use super::parts;
use super::record::Record;
use super::send;
use super::slugs::slug_of_id;
use crate::codes::ServiceStatus;
use crate::ids::{CostOptionId, OrganizationId, ScheduleId, ServiceId};
use crate::local_offer::{
    Contact, CostOption, Listing, Organization, Pence, Phone, Place, Rest, Schedule, Service,
    Weekday,
};
use jiff::civil::Date;

/// Feeds write 99, 100 or 999 for “no limit”; nobody asks for someone older than this.
const OLDEST: f64 = 120.0;

/// An organization; its services are not looked at.
pub(super) fn organization(record: &Record<'_>) -> Option<Organization> {
    let record = record.named("organization");
    let (id, name) = (record.required_id(), record.required_line("name"));
    Some(Organization {
        description: record.text("description"),
        email: record.email("email"),
        website: record.parsed("website").or_else(|| record.parsed("url")),
        details: parts::of_organization(&record),
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
    let details = parts::of_service(record);
    let service = Service {
        id: ServiceId::from_uuid(owner),
        slug: slug_of_id("service", owner).parse().ok()?,
        organization,
        name: name.clone().unwrap_or_default(),
        alternate_name: record.line("alternate_name"),
        description: record.text("description"),
        url: record.parsed("url"),
        email: record.email("email"),
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
        schedules: schedules.iter().map(schedule).collect(),
        cost_options: cost_options.iter().map(cost_option).collect(),
        phones: phones(record, &details.contacts),
        terms: Vec::new(),
        areas: names(&details.areas, |area| &area.name),
        languages: names(&details.languages, |language| &language.name),
        send: send::details(record),
        details,
        rest: Rest::default(),
    };
    (id.is_some() && name.is_some() && status.is_some()).then_some(listing)
}

fn names<T>(parts: &[T], name: impl Fn(&T) -> &String) -> Vec<String> {
    parts.iter().map(name).cloned().collect()
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

fn schedule(record: &Record<'_>) -> Schedule {
    let (byday, ordinals) = weekdays(record);
    let mut schedule = Schedule {
        id: ScheduleId::from_uuid(record.part_id()),
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
        details: parts::of_schedule(record),
    };
    let written = record.line("byday").map(|text| text.to_uppercase());
    if written.is_some() && written != schedule.byday_text() {
        schedule.details.byday_as_written = written;
    }
    schedule
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
fn cost_option(record: &Record<'_>) -> CostOption {
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
        id: CostOptionId::from_uuid(record.part_id()),
        option: record.line("option"),
        amount: amount.map(|pounds| Pence((pounds * 100.0).round() as i64)),
        currency: record.line("currency"),
        amount_description: record.line("amount_description"),
        valid_from,
        valid_to,
    }
}

/// A service's own numbers and those of its contacts, which say whose they are.
fn phones(record: &Record<'_>, contacts: &[Contact]) -> Vec<Phone> {
    let mut phones = parts::phones(record);
    for contact in contacts {
        let whose = contact.title.as_ref().or(contact.name.as_ref());
        phones.extend(contact.phones.iter().map(|phone| Phone {
            description: phone.description.as_ref().or(whose).cloned(),
            ..phone.clone()
        }));
    }
    phones
}
