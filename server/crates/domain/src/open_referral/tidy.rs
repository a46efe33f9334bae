//! Makes records of different makers alike before they are read, so that reading and exporting are each
//! other's opposite.
//!
//! What says nothing goes: nulls, blank texts, empty lists. A part stands in a list, and every part has an
//! id: where a feed gives none, or one that is no UUID, it is made from its owner's.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::made_ids::made_id;

/// Properties that hold a list, even if a feed writes a single object.
const LISTS: [&str; 16] = [
    "accessibility",
    "additional_urls",
    "addresses",
    "attributes",
    "contacts",
    "cost_options",
    "funding",
    "languages",
    "organization_identifiers",
    "phones",
    "required_documents",
    "schedules",
    "service_areas",
    "service_at_locations",
    "services",
    "taxonomy_terms",
];
/// Things with a life of their own: without an id they are a fault, and none is made.
const THINGS: [&str; 2] = ["services", "taxonomy_terms"];
/// Ours, without ids (`send.rs`).
const OWN: &str = "send";

/// A whole record, tidied.
pub(super) fn tidied(record: &Map<String, Value>) -> Map<String, Value> {
    let owner = id_of(record).unwrap_or_default();
    let mut tidy = object(record, owner, "");
    let location = record.get("location").and_then(Value::as_object);
    if let (None, Some(location)) = (record.get("id"), location.and_then(id_of)) {
        tidy.insert("id".to_owned(), place_id(location).to_string().into());
    }
    tidy
}

/// `owner` and the `path` from it name a part that has no id.
fn object(source: &Map<String, Value>, owner: Uuid, path: &str) -> Map<String, Value> {
    let mut tidy = Map::new();
    for (name, value) in source {
        let value = match value {
            Value::Null => continue,
            Value::String(text) if text.trim().is_empty() => continue,
            Value::Array(values) if values.is_empty() => continue,
            Value::Object(_) | Value::Array(_) if name == OWN => value.clone(),
            Value::Array(values) => parts(name, values, owner, path),
            Value::Object(_) if LISTS.contains(&name.as_str()) => {
                parts(name, std::slice::from_ref(value), owner, path)
            }
            Value::Object(child) => {
                let (owner, path) = match id_of(child) {
                    Some(id) => (id, String::new()),
                    None => (owner, format!("{path}{name}.")),
                };
                Value::Object(object(child, owner, &path))
            }
            other => other.clone(),
        };
        tidy.insert(name.clone(), value);
    }
    if let Some(id) = id_of(source) {
        tidy.insert("id".to_owned(), id.to_string().into());
    }
    // It is taken to be what its location is.
    let own_type = tidy.get("location_type").cloned();
    if let (Some(own), Some(Value::Array(addresses))) = (own_type, tidy.get_mut("addresses")) {
        for address in addresses.iter_mut().filter_map(Value::as_object_mut) {
            if address.get("address_type") == Some(&own) {
                address.remove("address_type");
            }
        }
    }
    tidy
}

fn parts(name: &str, values: &[Value], owner: Uuid, path: &str) -> Value {
    let part = |(index, value): (usize, &Value)| {
        let Value::Object(source) = value else {
            return value.clone();
        };
        let id = id_of(source);
        if THINGS.contains(&name) {
            return Value::Object(object(source, id.unwrap_or(owner), ""));
        }
        let id = id.unwrap_or_else(|| match source.get("location").and_then(Value::as_object) {
            Some(location) => place_id(id_of(location).unwrap_or(owner)),
            None => made_id(&owner.to_string(), &format!("{path}{name}[{index}]")),
        });
        let mut part = object(source, id, "");
        part.insert("id".to_owned(), id.to_string().into());
        Value::Object(part)
    };
    values.iter().enumerate().map(part).collect()
}

/// The id of a service's place that has none: it is the same wherever in a file the place stands.
fn place_id(location: Uuid) -> Uuid {
    made_id(&location.to_string(), "service_at_location")
}

fn id_of(object: &Map<String, Value>) -> Option<Uuid> {
    Uuid::parse_str(object.get("id")?.as_str()?.trim()).ok()
}
