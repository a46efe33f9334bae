//! From listings back to records: what is ours, and with it the rest of what the feed said.

use serde_json::{Map, Value, json};

use super::made_ids::made_id;
use crate::codes::ServiceStatus;
use crate::email::EmailAddress;
use crate::local_offer::{
    Accessibility, AdditionalUrl, Address, AddressShown, Contact, CostOption, Language, Listing,
    Location, Organization, OrganizationIdentifier, Phone, Place, RequiredDocument, Schedule,
    SendDetails, Service, ServiceArea, Taxonomy, Term, WebAddress,
};

/// A listing as an Open Referral UK record. Read again it gives the same listing.
///
/// It holds everything, addresses that may not be shown to the public among it: it is for whoever keeps the
/// listings, not for a page.
#[must_use]
pub fn record_of(listing: &Listing) -> Value {
    let mut record = own_fields(listing);
    listing.rest.add_to(&mut record);
    demanded::complete(&mut record);
    record.into()
}

/// A list of records as one page, the only one.
#[must_use]
pub fn page(contents: Vec<Value>) -> Value {
    json!({
        "total_items": contents.len(), "total_pages": 1, "page_number": 1, "size": contents.len(),
        "first_page": true, "last_page": true, "empty": contents.is_empty(), "contents": contents,
    })
}

/// A taxonomy as a record, with those of the terms that are its own.
#[must_use]
pub fn taxonomy_record(taxonomy: &Taxonomy, terms: &[Term]) -> Value {
    let mut record = Fields::new(taxonomy.id);
    record.put("name", Some(taxonomy.name.as_str()));
    let description = taxonomy.description.as_deref().unwrap_or_default();
    record.put("description", Some(description));
    let own = terms.iter().filter(|term| term.taxonomy == taxonomy.id);
    record.list("taxonomy_terms", own, term_record);
    record.0.into()
}

fn term_record(term: &Term) -> Value {
    let mut record = Fields::new(term.id);
    record.put("name", Some(term.name.as_str()));
    record.put("taxonomy", Some(term.taxonomy_name.as_str()));
    record.text("taxonomy_id", Some(term.taxonomy));
    record.text("parent_id", term.parent);
    record.put("send", Some(json!({"slug": term.slug.as_str()})));
    record.0.into()
}

/// What our own fields say of a listing, and nothing else.
pub(super) fn own_fields(listing: &Listing) -> Map<String, Value> {
    let mut record = service(&listing.service);
    let details = &listing.details;
    record.put(
        "organization",
        listing.organization.as_ref().map(organization),
    );
    record.list("service_at_locations", &listing.places, place);
    record.list("schedules", &listing.schedules, schedule);
    record.list("cost_options", &listing.cost_options, cost_option);
    let of_contacts = || details.contacts.iter().flat_map(|contact| &contact.phones);
    let own = |phone: &&Phone| of_contacts().all(|other| other.id != phone.id);
    record.list("phones", listing.phones.iter().filter(own), phone);
    record.list("contacts", &details.contacts, contact);
    record.list(
        "attributes",
        &listing.terms,
        |term| json!({"taxonomy_term": term_record(term)}),
    );
    record.list("service_areas", &details.areas, area);
    record.list("languages", &details.languages, language);
    record.list("required_documents", &details.required_documents, document);
    record.list(
        "funding",
        &details.funding,
        |funding| json!({"id": funding.id, "source": funding.source}),
    );
    record.list("additional_urls", &details.additional_urls, additional_url);
    record.put(
        "assurer_email",
        details.assurer_email.as_ref().map(EmailAddress::as_str),
    );
    record.put(
        "interpretation_services",
        details.interpretation_services.as_deref(),
    );
    let mut send = send(&listing.send);
    send.insert("slug".to_owned(), listing.service.slug.as_str().into());
    record.put("send", Some(send));
    record.0
}

fn service(service: &Service) -> Fields {
    let mut record = Fields::new(service.id);
    record.put(
        "organization_id",
        service.organization.map(|id| id.to_string()),
    );
    record.put("name", Some(service.name.as_str()));
    record.put("alternate_name", service.alternate_name.as_deref());
    record.put("description", service.description.as_deref());
    record.put("url", service.url.as_ref().map(WebAddress::as_str));
    record.put("email", service.email.as_ref().map(EmailAddress::as_str));
    record.put("status", Some(status(service.status)));
    // Two words for one thing, in the standard and in its profile.
    record.put("fees", service.fees_description.as_deref());
    record.put("fees_description", service.fees_description.as_deref());
    record.put(
        "eligibility_description",
        service.eligibility_description.as_deref(),
    );
    record.put(
        "application_process",
        service.application_process.as_deref(),
    );
    record.put("accreditations", service.accreditations.as_deref());
    record.put("alert", service.alert.as_deref());
    record.put("minimum_age", service.minimum_age);
    record.put("maximum_age", service.maximum_age);
    record.text("assured_date", service.assured_on);
    record.text("last_modified", service.last_modified);
    record
}

fn status(status: ServiceStatus) -> String {
    status.as_str().replace('-', " ")
}

fn organization(organization: &Organization) -> Value {
    let details = &organization.details;
    let mut record = Fields::new(organization.id);
    record.put("name", Some(organization.name.as_str()));
    record.put("alternate_name", details.alternate_name.as_deref());
    record.put("description", organization.description.as_deref());
    record.put(
        "email",
        organization.email.as_ref().map(EmailAddress::as_str),
    );
    record.put(
        "website",
        organization.website.as_ref().map(WebAddress::as_str),
    );
    record.put("logo", details.logo.as_ref().map(WebAddress::as_str));
    record.put("uri", details.uri.as_ref().map(WebAddress::as_str));
    record.put("legal_status", details.legal_status.as_deref());
    record.text("parent_organization_id", details.parent);
    record.list("organization_identifiers", &details.identifiers, identifier);
    record.0.into()
}

fn identifier(identifier: &OrganizationIdentifier) -> Value {
    let mut record = Fields::new(identifier.id);
    record.put("identifier_scheme", identifier.scheme.as_deref());
    record.put("identifier_type", identifier.kind.as_deref());
    record.put("identifier", Some(identifier.identifier.as_str()));
    record.0.into()
}

fn place(place: &Place) -> Value {
    let mut record = Fields::new(place.id);
    record.put("location", Some(location(&place.location)));
    record.0.into()
}

fn location(location: &Location) -> Value {
    let details = &location.details;
    let mut record = Fields::new(location.id);
    record.put("location_type", Some(location.location_type.as_str()));
    record.put("name", location.name.as_deref());
    record.put("alternate_name", details.alternate_name.as_deref());
    record.put("description", location.description.as_deref());
    record.put("transportation", details.transportation.as_deref());
    record.put("url", details.url.as_ref().map(WebAddress::as_str));
    record.put(
        "latitude",
        location.position.map(|position| position.latitude),
    );
    record.put(
        "longitude",
        location.position.map(|position| position.longitude),
    );
    record.text("external_identifier", details.uprn.as_ref());
    record.put(
        "external_identifier_type",
        details.uprn.as_ref().map(|_| "UPRN"),
    );
    record.list("addresses", addresses(location), |address| address);
    record.list("accessibility", &details.accessibility, accessibility);
    if location.address_shown != AddressShown::Whole {
        let shown = location.address_shown.as_str();
        record.put("send", Some(json!({"address_shown": shown})));
    }
    record.0.into()
}

fn addresses(location: &Location) -> Vec<Value> {
    let details = &location.details;
    let own = location.address.iter().map(|own| {
        let made = || made_id(&location.id.to_string(), "addresses[0]");
        address(own, details.address_id.map_or_else(made, |id| id.as_uuid()))
    });
    let others = details.other_addresses.iter().map(|other| {
        let mut record = address(&other.address, other.id.as_uuid());
        record.text("address_type", other.address_type);
        record
    });
    own.chain(others).map(|record| record.0.into()).collect()
}

fn address(address: &Address, id: uuid::Uuid) -> Fields {
    let mut record = Fields::new(id);
    record.put("address_1", Some(address.address_1.as_str()));
    record.put("address_2", address.address_2.as_deref());
    record.put("city", address.city.as_deref());
    record.put("region", address.region.as_deref());
    record.text("postal_code", address.postal_code.as_ref());
    record.put("country", address.country.as_deref());
    record
}

fn accessibility(help: &Accessibility) -> Value {
    let mut record = Fields::new(help.id);
    record.put("description", Some(help.description.as_str()));
    record.put("details", help.details.as_deref());
    record.put("url", help.url.as_ref().map(WebAddress::as_str));
    record.0.into()
}

fn schedule(schedule: &Schedule) -> Value {
    let details = &schedule.details;
    let byday = details
        .byday_as_written
        .clone()
        .or_else(|| schedule.byday_text());
    let days: Vec<String> = schedule.bymonthday.iter().map(i8::to_string).collect();
    let mut record = Fields::new(schedule.id);
    record.put("freq", schedule.freq.map(|freq| freq.as_str()));
    record.put("interval", schedule.interval);
    record.put("byday", byday);
    record.put("bymonthday", (!days.is_empty()).then(|| days.join(",")));
    record.text("valid_from", schedule.valid_from);
    record.text("valid_to", schedule.valid_to);
    record.text("dtstart", details.starts_on);
    record.text("until", details.until);
    record.put("count", details.count);
    record.text("opens_at", schedule.opens_at);
    record.text("closes_at", schedule.closes_at);
    record.put("description", schedule.description.as_deref());
    record.put("notes", schedule.notes.as_deref());
    record.put("attending_type", details.attending_type.as_deref());
    record.put(
        "schedule_link",
        details.link.as_ref().map(WebAddress::as_str),
    );
    record.0.into()
}

fn cost_option(cost: &CostOption) -> Value {
    let mut record = Fields::new(cost.id);
    record.put("option", cost.option.as_deref());
    record.put("amount", cost.amount.map(|pence| pence.0 as f64 / 100.0));
    record.put("currency", cost.currency.as_deref());
    record.put("amount_description", cost.amount_description.as_deref());
    record.text("valid_from", cost.valid_from);
    record.text("valid_to", cost.valid_to);
    record.0.into()
}

fn phone(phone: &Phone) -> Value {
    let mut record = Fields::new(phone.id);
    record.put("number", Some(phone.number.as_str()));
    record.put("description", phone.description.as_deref());
    record.0.into()
}

fn contact(contact: &Contact) -> Value {
    let mut record = Fields::new(contact.id);
    record.put("name", contact.name.as_deref());
    record.put("title", contact.title.as_deref());
    record.put("department", contact.department.as_deref());
    record.put("email", contact.email.as_ref().map(EmailAddress::as_str));
    record.list("phones", &contact.phones, phone);
    record.0.into()
}

fn area(area: &ServiceArea) -> Value {
    let mut record = Fields::new(area.id);
    record.put("name", Some(area.name.as_str()));
    record.put("description", area.description.as_deref());
    record.put("extent", area.extent.as_deref());
    record.put("extent_type", area.extent_type.as_deref());
    record.put("uri", area.uri.as_ref().map(WebAddress::as_str));
    record.0.into()
}

fn language(language: &Language) -> Value {
    let mut record = Fields::new(language.id);
    record.put("name", Some(language.name.as_str()));
    record.put("code", language.code.as_deref());
    record.put("note", language.note.as_deref());
    record.0.into()
}

fn document(document: &RequiredDocument) -> Value {
    let mut record = Fields::new(document.id);
    record.put("document", Some(document.document.as_str()));
    record.put("uri", document.uri.as_ref().map(WebAddress::as_str));
    record.0.into()
}

fn additional_url(more: &AdditionalUrl) -> Value {
    let mut record = Fields::new(more.id);
    record.put("label", more.label.as_deref());
    record.put("url", Some(more.url.as_str()));
    record.0.into()
}

/// Our own property is written with the names that it is stored with.
fn send(details: &SendDetails) -> Map<String, Value> {
    let mut send = match serde_json::to_value(details) {
        Ok(Value::Object(send)) => send,
        _ => Map::new(),
    };
    send.retain(|_, value| {
        !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty())
    });
    send
}

/// A record that is being written: what is not there is left out.
struct Fields(Map<String, Value>);

impl Fields {
    fn new(id: impl ToString) -> Self {
        let mut fields = Map::new();
        fields.insert("id".to_owned(), id.to_string().into());
        Self(fields)
    }

    fn put(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.0.insert(name.to_owned(), value.into());
        }
    }

    fn text(&mut self, name: &str, value: Option<impl ToString>) {
        self.put(name, value.map(|value| value.to_string()));
    }

    fn list<T>(
        &mut self,
        name: &str,
        parts: impl IntoIterator<Item = T>,
        one: impl Fn(T) -> Value,
    ) {
        let parts: Vec<Value> = parts.into_iter().map(one).collect();
        self.put(name, (!parts.is_empty()).then_some(parts));
    }
}

/// What the schemas demand and nobody may have told us. Reading it again adds nothing (`tidy.rs`).
mod demanded {
    use super::{Map, Value, made_id};

    const OF_AN_ADDRESS: [&str; 5] = [
        "city",
        "state_province",
        "postal_code",
        "country",
        "address_1",
    ];

    pub(super) fn complete(record: &mut Map<String, Value>) {
        let service = record
            .get("id")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        for attribute in objects(record, "attributes") {
            if let Some(Value::Object(term)) = attribute.get_mut("taxonomy_term") {
                demand(term, &["description"]);
                let term = term.get("id").and_then(Value::as_str).unwrap_or_default();
                let id = made_id(&service, &format!("attribute {term}")).to_string();
                attribute.entry("id").or_insert_with(|| id.into());
            }
        }
        if let Some(Value::Object(organization)) = record.get_mut("organization") {
            demand(organization, &["description"]);
            for identifier in objects(organization, "organization_identifiers") {
                demand(identifier, &["identifier", "identifier_type"]);
            }
        }
        for place in objects(record, "service_at_locations") {
            if let Some(Value::Object(location)) = place.get_mut("location") {
                let kind = location.get("location_type").cloned();
                for address in objects(location, "addresses") {
                    demand(address, &OF_AN_ADDRESS);
                    if let Some(kind) = &kind {
                        address
                            .entry("address_type")
                            .or_insert_with(|| kind.clone());
                    }
                }
            }
        }
    }

    fn objects<'a>(
        record: &'a mut Map<String, Value>,
        list: &str,
    ) -> impl Iterator<Item = &'a mut Map<String, Value>> {
        let list = record.get_mut(list).and_then(Value::as_array_mut);
        list.into_iter().flatten().filter_map(Value::as_object_mut)
    }

    fn demand(object: &mut Map<String, Value>, names: &[&str]) {
        for name in names {
            object.entry(*name).or_insert_with(|| "".into());
        }
    }
}
