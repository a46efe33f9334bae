mod round_trip;

use super::*;
use crate::codes::{Charge, Delivery, Referral, ServiceStatus};
use crate::local_offer::{Pence, Weekday};

const SERVICE: &str = r#"{
  "id": "ac148810-d857-441c-9679-408f346de14b", "name": "Community Counselling", "status": "active",
  "minimum_age": "12", "maximum_age": 25.9, "fees": "Free", "assured_date": "2025-01-31",
  "last_modified": "2023-03-15T10:30:45.123456Z", "url": "http://example.com/counselling", "unknown": {"x": 1},
  "schedules": [{"id": "48102e86-bb50-41c4-8f1e-e269368c41d1", "freq": "WEEKLY", "byday": "TH,FR", "opens_at": "10:00:00", "closes_at": "18:00Z"}],
  "service_areas": [{"id": "381c64f1-a724-4884-9c21-ac96c21cca3e", "name": "Maidstone"}],
  "service_at_locations": [{"id": "e94c9f38-1e8f-4564-91d4-d53501ab1765", "location": {
    "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "location_type": "physical", "name": "Civic Center",
    "latitude": 51.27, "longitude": "0.52",
    "addresses": [{"address_1": "1 Main Street", "city": "Maidstone", "postal_code": "me141xq", "country": "GB"}],
    "accessibility": [{"description": "Ramp"}]}}],
  "languages": [{"id": "2989d3ed-c547-48f8-8f9d-432d81c7892e"}, {"name": "BSL"}],
  "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Example", "website": "http://example.com"},
  "cost_options": [{"amount": 3.5, "amount_description": "a session"}],
  "contacts": [{"title": "Reception", "phones": [{"number": "\"01234 567890\""}]}],
  "attributes": [{"id": "ae58cc39-8b70-4ab1-8aea-786882e5ac8e", "taxonomy_term": {
    "id": "3f7b145d-84af-42d7-8fae-eaca714b02b2", "name": "Anxiety", "taxonomy": "Needs"}}]
}"#;

fn one(json: &str) -> Listing {
    let import = read(json).unwrap();
    assert_eq!(import.warnings, []);
    assert_eq!(import.listings.len(), 1);
    import.listings.into_iter().next().unwrap()
}

#[test]
fn a_whole_service_is_read_with_all_its_parts() {
    let listing = one(SERVICE);
    let service = &listing.service;
    assert_eq!(service.slug.as_str(), "community-counselling");
    assert_eq!(service.status, ServiceStatus::Active);
    assert_eq!(
        (service.minimum_age, service.maximum_age),
        (Some(12), Some(25))
    );
    assert_eq!(service.fees_description.as_deref(), Some("Free"));
    assert_eq!(
        service.last_modified.unwrap().to_string(),
        "2023-03-15T10:30:45.123Z"
    );
    assert_eq!(listing.organization.as_ref().unwrap().name, "Example");
    assert_eq!(
        listing.schedules[0].byday,
        [Weekday::Thursday, Weekday::Friday]
    );
    assert_eq!(
        listing.schedules[0].closes_at.unwrap().to_string(),
        "18:00:00"
    );
    let location = &listing.places[0].location;
    assert_eq!(location.position.unwrap().longitude, 0.52);
    assert_eq!(
        location
            .address
            .as_ref()
            .unwrap()
            .postal_code
            .as_ref()
            .unwrap()
            .to_string(),
        "ME14 1XQ"
    );
    assert_eq!(listing.cost_options[0].amount, Some(Pence(350)));
    assert_eq!(listing.phones[0].number, "01234 567890");
    assert_eq!(listing.phones[0].description.as_deref(), Some("Reception"));
    assert_eq!(listing.languages, ["BSL"]);
    assert_eq!(listing.areas, ["Maidstone"]);
    assert_eq!(listing.terms[0].slug.as_str(), "anxiety");
    assert_eq!(listing.terms[0].taxonomy_name, "Needs");
}

#[test]
fn reading_the_same_file_twice_gives_the_same_import() {
    assert_eq!(read(SERVICE).unwrap(), read(SERVICE).unwrap());
}

#[test]
fn a_page_a_plain_array_and_an_organization_bring_the_same_service() {
    let whole = one(SERVICE);
    assert_eq!(
        one(&format!(r#"{{"total_items": 1, "contents": [{SERVICE}]}}"#)),
        whole
    );
    assert_eq!(one(&format!("\u{feff}[{SERVICE}]")), whole);
    let organization = format!(
        r#"{{"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Example", "website": "http://example.com", "services": [{SERVICE}]}}"#
    );
    assert_eq!(one(&organization), whole);
}

#[test]
fn a_service_that_stands_at_two_locations_is_one_listing_with_two_places() {
    let service =
        r#"{"id": "ac148810-d857-441c-9679-408f346de14b", "name": "Swim", "status": "active"}"#;
    let at = |digit: u8| {
        format!(
            r#"{{"id": "e94c9f38-1e8f-4564-91d4-d53501ab176{digit}", "service": {service},
              "location": {{"id": "3a19ff88-4620-4d17-9830-ac1d859eb5d{digit}", "location_type": "physical"}}}}"#
        )
    };
    let listing = one(&format!(r#"{{"contents": [{}, {}]}}"#, at(1), at(2)));
    assert_eq!(listing.places.len(), 2);
}

#[test]
fn taxonomies_and_terms_are_read_alone_and_a_term_named_by_id_is_found_anywhere_in_the_file() {
    let import = read(
        r#"[{"id": "5c4d79d7-cc55-470e-9f1f-8cad074e4892", "name": "Needs", "description": "d", "version": "1", "taxonomy_terms": [
             {"id": "3f7b145d-84af-42d7-8fae-eaca714b02b2", "name": "Autism"}]},
           {"id": "3f7b145d-84af-42d7-8fae-eaca714b02b3", "name": "Hearing", "taxonomy": "Needs", "parent_id": "3f7b145d-84af-42d7-8fae-eaca714b02b2"},
           {"id": "ac148810-d857-441c-9679-408f346de14b", "name": "Swim", "status": "active",
            "attributes": [{"taxonomy_term_id": "3f7b145d-84af-42d7-8fae-eaca714b02b2"}]}]"#,
    )
    .unwrap();
    assert_eq!(import.taxonomies.len(), 1);
    assert_eq!(import.terms.len(), 2);
    assert_eq!(import.terms[1].taxonomy, import.taxonomies[0].id);
    assert_eq!(import.listings[0].terms, [import.terms[0].clone()]);
}

#[test]
fn an_organization_without_services_is_read_as_one() {
    let import = read(r#"{"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Example", "email": "a@example.com"}"#).unwrap();
    assert_eq!(import.organizations[0].name, "Example");
    assert_eq!(import.listings, []);
}

#[test]
fn all_faults_of_a_file_are_told_at_once() {
    let faults = read(
        r#"{"contents": [
          {"id": "ac148810-d857-441c-9679-408f346de14b", "name": "Swim", "status": "on", "minimum_age": "young",
           "service_at_locations": [{"location": {"location_type": "tent"}}]},
          {"name": "Ski", "status": "active"},
          {"id": "ac148810-d857-441c-9679-408f346de14d", "status": "active"},
          7,
          {"id": "ac148810-d857-441c-9679-408f346de14c", "name": "What is this"}]}"#,
    )
    .unwrap_err();
    let mut told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    told.sort();
    assert_eq!(
        told,
        [
            "contents[1]: id: is missing",
            "contents[3]: must be an object",
            "contents[4]: is not a service (it has no status), an organization, a service at location, a taxonomy or a taxonomy term",
            "service ac148810… “Swim”: minimum_age: must be a number",
            "service ac148810… “Swim”: service_at_locations[0].location.id: is missing",
            "service ac148810… “Swim”: service_at_locations[0].location.location_type: must be physical, postal or virtual",
            "service ac148810… “Swim”: status: must be active, inactive, defunct or temporarily closed",
            "service ac148810…: name: is missing",
        ]
    );
}

#[test]
fn what_is_odd_but_usable_is_left_out_with_a_warning() {
    let json = SERVICE
        .replace("51.27", "151.27")
        .replace("me141xq", "ABC 1234")
        .replace("25.9", "999")
        .replace("http://example.com/counselling", "ask us");
    let import = read(&json).unwrap();
    let listing = &import.listings[0];
    assert_eq!(listing.places[0].location.position, None);
    assert_eq!(
        listing.places[0]
            .location
            .address
            .as_ref()
            .unwrap()
            .postal_code,
        None
    );
    assert_eq!(listing.service.maximum_age, None);
    let fields: Vec<&str> = import
        .warnings
        .iter()
        .map(|warning| warning.field.as_str())
        .collect();
    assert_eq!(
        fields,
        [
            "service_at_locations[0].location.latitude",
            "service_at_locations[0].location.addresses[0].postal_code",
            "maximum_age",
            "url"
        ]
    );
}

#[test]
fn what_is_not_json_is_one_fault() {
    let faults = read("{").unwrap_err();
    assert!(faults[0].to_string().starts_with("the file: is not JSON"));
}

#[test]
fn what_a_service_says_about_send_is_read_and_what_is_wrong_in_it_is_told() {
    let json = r#"{"id": "018f0000-0000-7000-8000-000000000001", "name": "Swim",
        "status": "active", "send": {
            "delivery": ["in-person", "at-home", "in-person", "by-owl"],
            "referral": "self-referral", "charge": "means-tested",
            "answers": [{"question": "visit-first", "answer": "Yes."},
                        {"question": "visit-first", "answer": "No."}],
            "waits": [{"area": "Dover", "weeks": 12, "stated_on": "2026-09-01"},
                      {"weeks": -1, "stated_on": "2026-09-01"}],
            "checked_by": "Local offer team"}}"#;
    let import = read(json).unwrap();
    let send = &import.listings[0].send;
    assert_eq!(send.delivery, [Delivery::InPerson, Delivery::AtHome]);
    assert_eq!(send.referral, Some(Referral::SelfReferral));
    assert_eq!(send.charge, Some(Charge::MeansTested));
    assert_eq!(send.answers.len(), 1);
    assert_eq!(send.waits.len(), 1);
    assert_eq!(send.checked_by.as_deref(), Some("Local offer team"));
    assert_eq!(import.warnings.len(), 3);
}

#[test]
fn a_faulty_record_leaves_the_others_usable() {
    let json = r#"{"contents": [
        {"id": "ac148810-d857-441c-9679-408f346de14b", "name": "Swim", "status": "on"},
        {"id": "ac148810-d857-441c-9679-408f346de14c", "name": "Ski", "status": "active"},
        {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "website": "http://example.com", "services": [
            {"id": "ac148810-d857-441c-9679-408f346de14d", "name": "Of no name", "status": "active"}]},
        {"id": "e94c9f38-1e8f-4564-91d4-d53501ab1761", "location": {"location_type": "tent"},
         "service": {"id": "ac148810-d857-441c-9679-408f346de14e", "name": "Camp", "status": "active"}}]}"#;
    let reading = read_documents(&[Document::parse("feed.json", json).unwrap()]);
    let names: Vec<&str> = reading
        .import
        .listings
        .iter()
        .map(|listing| listing.service.name.as_str())
        .collect();
    assert_eq!(names, ["Ski"]);
    assert_eq!(reading.faults.len(), 4, "{:?}", reading.faults);
}

#[test]
fn a_slug_that_was_exported_is_kept() {
    let json = SERVICE.replacen(
        "{",
        r#"{"send": {"slug": "counselling-as-it-was-called"},"#,
        1,
    );
    assert_eq!(
        one(&json).service.slug.as_str(),
        "counselling-as-it-was-called"
    );
}

#[test]
fn what_differs_between_two_versions_is_named() {
    let (one, other) = (
        one(SERVICE),
        one(&SERVICE.replace("Friday", "").replace("Free", "£2")),
    );
    assert_eq!(one.differences(&other), ["fees_description"]);
    assert!(one.differences(&one).is_empty());
}
