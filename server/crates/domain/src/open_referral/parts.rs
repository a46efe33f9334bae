//! The smaller parts of records: what stands in a `details` of the domain.

use super::places::address;
use super::record::Record;
use crate::ids::{OrganizationId, PartId, PhoneId};
use crate::local_offer::{
    Accessibility, AdditionalUrl, Contact, Funding, Language, LocationDetails, OrganizationDetails,
    OrganizationIdentifier, OtherAddress, Phone, RequiredDocument, ScheduleDetails, ServiceArea,
    ServiceDetails, Uprn,
};

pub(super) fn of_service(record: &Record<'_>) -> ServiceDetails {
    ServiceDetails {
        assurer_email: record.email("assurer_email"),
        interpretation_services: record.text("interpretation_services"),
        contacts: every(record, "contacts", |part| Some(contact(part))),
        required_documents: every(record, "required_documents", |part| {
            Some(RequiredDocument {
                id: id(part),
                document: part.text("document")?,
                uri: part.parsed("uri"),
            })
        }),
        funding: every(record, "funding", |part| {
            Some(Funding {
                id: id(part),
                source: part.text("source")?,
            })
        }),
        additional_urls: every(record, "additional_urls", |part| {
            Some(AdditionalUrl {
                id: id(part),
                label: part.line("label"),
                url: part.parsed("url")?,
            })
        }),
        areas: every(record, "service_areas", area),
        languages: every(record, "languages", language),
    }
}

pub(super) fn of_location(record: &Record<'_>) -> LocationDetails {
    let mut addresses = record.children("addresses");
    // The first that can be read is the location's own.
    addresses.retain(has_address);
    let others = addresses.iter().skip(1).filter_map(|part| {
        Some(OtherAddress {
            id: id(part),
            address_type: part.parsed("address_type"),
            address: address(part)?,
        })
    });
    LocationDetails {
        alternate_name: record.line("alternate_name"),
        transportation: record.text("transportation"),
        url: record.parsed("url"),
        uprn: uprn(record),
        address_id: addresses.first().map(id),
        other_addresses: others.collect(),
        accessibility: every(record, "accessibility", |part| {
            let description = part
                .text("description")
                .or_else(|| part.text("accessibility"));
            Some(Accessibility {
                id: id(part),
                description: description.or_else(|| part.text("details"))?,
                details: part.text("details"),
                url: part.parsed("url"),
            })
        }),
    }
}

pub(super) fn of_organization(record: &Record<'_>) -> OrganizationDetails {
    OrganizationDetails {
        alternate_name: record.line("alternate_name"),
        logo: record.parsed("logo"),
        uri: record.parsed("uri"),
        legal_status: record.line("legal_status"),
        parent: record
            .id("parent_organization_id")
            .map(OrganizationId::from_uuid),
        identifiers: every(record, "organization_identifiers", |part| {
            Some(OrganizationIdentifier {
                id: id(part),
                scheme: part.line("identifier_scheme"),
                kind: part.line("identifier_type"),
                identifier: part.line("identifier")?,
            })
        }),
    }
}

pub(super) fn of_schedule(record: &Record<'_>) -> ScheduleDetails {
    ScheduleDetails {
        attending_type: record.line("attending_type"),
        link: record.parsed("schedule_link"),
        starts_on: record.date("dtstart"),
        until: record.date("until"),
        count: record.whole_number("count"),
        byday_as_written: None,
    }
}

/// A record's own numbers.
pub(super) fn phones(record: &Record<'_>) -> Vec<Phone> {
    every(record, "phones", |part| {
        // Some feeds keep the quotes of a spreadsheet cell.
        let number = part.line("number")?.trim_matches('"').trim().to_owned();
        (!number.is_empty()).then(|| Phone {
            id: PhoneId::from_uuid(part.part_id()),
            number,
            description: part.line("description"),
        })
    })
}

fn contact(record: &Record<'_>) -> Contact {
    Contact {
        id: id(record),
        name: record.line("name"),
        title: record.line("title"),
        department: record.line("department"),
        email: record.email("email"),
        phones: phones(record),
    }
}

/// An area under whichever property the feed names it.
fn area(record: &Record<'_>) -> Option<ServiceArea> {
    let name = record
        .line("name")
        .or_else(|| record.line("service_area"))
        .or_else(|| record.line("description"))?;
    Some(ServiceArea {
        id: id(record),
        name,
        description: record.text("description"),
        extent: record.text("extent"),
        extent_type: record.line("extent_type"),
        uri: record.parsed("uri"),
    })
}

fn language(record: &Record<'_>) -> Option<Language> {
    let name = record
        .line("name")
        .or_else(|| record.line("language"))
        .or_else(|| record.line("code"))?;
    Some(Language {
        id: id(record),
        name,
        code: record.line("code"),
        note: record.text("note"),
    })
}

fn uprn(record: &Record<'_>) -> Option<Uprn> {
    let kind = record.line("external_identifier_type");
    if kind.is_some_and(|kind| !kind.eq_ignore_ascii_case("UPRN")) {
        return None;
    }
    record.parsed("external_identifier")
}

fn has_address(record: &Record<'_>) -> bool {
    record.line("address_1").is_some() || record.line("city").is_some()
}

fn id(record: &Record<'_>) -> PartId {
    PartId::from_uuid(record.part_id())
}

/// The parts in that list that can be read.
fn every<T>(record: &Record<'_>, field: &str, read: impl Fn(&Record<'_>) -> Option<T>) -> Vec<T> {
    record.children(field).iter().filter_map(read).collect()
}
