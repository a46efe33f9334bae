//! Reading Open Referral UK 3.0 files: one service, organization, service at location, taxonomy or
//! taxonomy term, a page of them (`contents`), or a plain array of them. [`join`] makes such a document of
//! the standard's tables (CSV).
//!
//! Start at [`read`]. The whole file is read before anything is decided: either everything in it can
//! be used, or the answer is the list of *all* its faults. [`read_documents`] tells both, for whoever
//! would rather leave faulty records out. What is odd but usable (a position off
//! the globe, a postcode of another country) is left out and told as a warning.
//! [`record_of`] is the way back: a listing as a record.
//! `tidy.rs` makes records alike, `open_referral/record.rs` reads single properties, `entities.rs` and `places.rs` whole things, `parts.rs` what is small, `gather.rs` joins
//! what a file says in several places, `slugs.rs` gives services and terms their slugs.
//!
//! How feeds bend the standard, and what is done: numbers may stand in quotes; ids of parts (a
//! schedule, a price) may be missing and are then made from their owner's; `fees` and
//! `fees_description` are the same; text may be HTML (`markup.rs`); what we have no field for is kept as it came ([`crate::local_offer::Rest`]).

mod entities;
mod export;
mod gather;
mod made_ids;
mod markup;
mod parts;
mod places;
mod record;
mod send;
mod slugs;
mod tables;
mod tidy;

use std::fmt;

use serde_json::Value;

use crate::local_offer::{Listing, Organization, Taxonomy, Term};
use gather::Gatherer;
use record::{Findings, Record};
use tidy::tidied;

pub use export::{page, record_of, taxonomy_record};
pub use tables::{Joined, Table, join};

/// What a file brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// The services, each with all that belongs to it.
    pub listings: Vec<Listing>,
    /// Every organization in the file, with services or without.
    pub organizations: Vec<Organization>,
    /// Every taxonomy that a term of this file belongs to.
    pub taxonomies: Vec<Taxonomy>,
    /// Every taxonomy term in the file.
    pub terms: Vec<Term>,
    /// What was odd, and left out.
    pub warnings: Vec<Fault>,
}

/// Something wrong in a file, told so that the person who made the file can find it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fault {
    /// Which record: `service ac148810… “Community Counselling”`, or `contents[3]` while it has no id.
    pub record: String,
    /// Which property, with its path inside the record: `service_at_locations[0].location.latitude`.
    pub field: String,
    /// What about it, to be read after the property's name.
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() {
            write!(f, "{}: {}", self.record, self.problem)
        } else {
            write!(f, "{}: {}: {}", self.record, self.field, self.problem)
        }
    }
}

/// One file of a feed, parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// How to call it in what is told about it; nothing where there is only one.
    pub name: String,
    /// What it says.
    pub value: Value,
}

/// What can be used of a feed, and what is wrong with the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Every record without a fault.
    pub import: Import,
    /// Every fault of the others. What stands in a faulty record is left out with it.
    pub faults: Vec<Fault>,
}

impl Document {
    /// A file's text.
    ///
    /// # Errors
    /// A fault when it is no JSON.
    pub fn parse(name: &str, json: &str) -> Result<Self, Fault> {
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        match serde_json::from_str(json) {
            Ok(value) => Ok(Self {
                name: name.to_owned(),
                value,
            }),
            Err(error) => Err(Fault {
                record: Self::called(name).to_owned(),
                field: String::new(),
                problem: format!("is not JSON: {error}"),
            }),
        }
    }

    fn called(name: &str) -> &str {
        if name.is_empty() { "the file" } else { name }
    }
}

/// Reads a whole file.
///
/// # Errors
/// Every fault of the file, when it has any; nothing of it should be used then.
pub fn read(json: &str) -> Result<Import, Vec<Fault>> {
    let document = Document::parse("", json).map_err(|fault| vec![fault])?;
    let reading = read_documents(&[document]);
    if reading.faults.is_empty() {
        Ok(reading.import)
    } else {
        Err(reading.faults)
    }
}

/// Reads all files of a feed as if they were one.
#[must_use]
pub fn read_documents(documents: &[Document]) -> Reading {
    let records: Vec<(String, Value)> = documents
        .iter()
        .flat_map(records_of)
        .map(|(label, value)| match value {
            Value::Object(record) => (label, Value::Object(tidied(record))),
            other => (label, other.clone()),
        })
        .collect();
    let findings = Findings::default();
    let mut gatherer = Gatherer::new(&findings);
    for (label, value) in &records {
        if let Some(record) = Record::top(label.clone(), value, &findings) {
            read_record(&record, &mut gatherer);
        }
    }
    gatherer.finish()
}

/// The records of a file, each with how to call it until its id is known.
fn records_of(document: &Document) -> Vec<(String, &Value)> {
    let root = &document.value;
    let (list, values) = match (root, root.get("contents")) {
        (Value::Array(values), _) => ("record ", values),
        (_, Some(Value::Array(values))) => ("contents", values),
        _ => return vec![(Document::called(&document.name).to_owned(), root)],
    };
    let label = |(index, value)| {
        let label = format!("{} {list}[{index}]", document.name);
        (label.trim_start().to_owned(), value)
    };
    values.iter().enumerate().map(label).collect()
}

fn read_record(record: &Record<'_>, gatherer: &mut Gatherer<'_>) {
    match Shape::of(record) {
        Some(Shape::ServiceAtLocation) => gatherer.service_at_location(record),
        Some(Shape::Organization) => gatherer.organization(record),
        Some(Shape::Taxonomy) => gatherer.taxonomy(record),
        Some(Shape::Term) => {
            gatherer.term(record, None);
        }
        Some(Shape::Service) => gatherer.service(record),
        None => record.fault(
            "",
            "is not a service (it has no status), an organization, a service at location, a taxonomy or a taxonomy term",
        ),
    }
}

/// What a record is. Nothing in the standard says so: it shows by the properties it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Service,
    ServiceAtLocation,
    Organization,
    Taxonomy,
    Term,
}

impl Shape {
    fn of(record: &Record<'_>) -> Option<Self> {
        /// Asked in this order: the first shape with one of its properties present is it.
        const SIGNS: [(Shape, &[&str]); 5] = [
            (Shape::ServiceAtLocation, &["service"]),
            (
                Shape::Service,
                &[
                    "status",
                    "organization",
                    "organization_id",
                    "service_at_locations",
                    "attributes",
                    "cost_options",
                    "minimum_age",
                ],
            ),
            (
                Shape::Organization,
                &[
                    "services",
                    "website",
                    "logo",
                    "organization_identifiers",
                    "parent_organization_id",
                    "legal_status",
                    "email",
                ],
            ),
            (Shape::Taxonomy, &["taxonomy_terms", "version"]),
            (
                Shape::Term,
                &[
                    "taxonomy",
                    "taxonomy_id",
                    "taxonomy_detail",
                    "term",
                    "term_uri",
                    "parent_id",
                ],
            ),
        ];
        let by_sign = SIGNS
            .into_iter()
            .find(|(_, signs)| signs.iter().any(|sign| record.has(sign)))
            .map(|(shape, _)| shape);
        // An organization of a bare list may have attributes too; what only it has decides.
        match by_sign {
            Some(Shape::Service) if record.has("services") && !record.has("status") => {
                Some(Shape::Organization)
            }
            Some(shape) => Some(shape),
            None if record.has("uri") => Some(Shape::Taxonomy),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests;
