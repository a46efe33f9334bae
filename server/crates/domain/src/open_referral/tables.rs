//! The tabular form of Open Referral: one CSV file a table, rows that name each other by id. [`join`] makes
//! the nested records of it that everything else reads.
//!
//! A table may go by its singular too (`address.csv`, `addresses.csv`), and stand twice: rows of the same id are
//! one. A row that belongs to nothing in the folder is left out with a warning.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::{Document, Fault};

type Row = Map<String, Value>;
type Tables = BTreeMap<&'static str, Vec<Row>>;

/// One file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name without `.csv`.
    pub name: String,
    /// Its text, a line of column names first.
    pub csv: String,
}

/// A folder of tables as one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// What it says.
    pub document: Document,
    /// Rows and tables that were left out.
    pub warnings: Vec<Fault>,
}

/// What a row may belong to: the column that names the owner, the owner's table and the property there.
type Owner = (&'static str, &'static str, &'static str);

/// A table, and what its rows belong to. The first column that is filled in decides.
struct Belongs(&'static str, &'static [Owner]);

/// In an order in which each row has got its own parts before it goes to its owner.
const BELONGS: [Belongs; 15] = [
    Belongs(
        "languages",
        &[
            ("service_id", "services", "languages"),
            ("location_id", "locations", "languages"),
            ("phone_id", "phones", "languages"),
        ],
    ),
    Belongs(
        "phones",
        &[
            ("contact_id", "contacts", "phones"),
            ("service_id", "services", "phones"),
            ("service_at_location_id", "service_at_locations", "phones"),
            ("location_id", "locations", "phones"),
            ("organization_id", "organizations", "phones"),
        ],
    ),
    Belongs(
        "contacts",
        &[
            ("service_id", "services", "contacts"),
            ("service_at_location_id", "service_at_locations", "contacts"),
            ("location_id", "locations", "contacts"),
            ("organization_id", "organizations", "contacts"),
        ],
    ),
    Belongs(
        "schedules",
        &[
            ("service_id", "services", "schedules"),
            (
                "service_at_location_id",
                "service_at_locations",
                "schedules",
            ),
            ("location_id", "locations", "schedules"),
        ],
    ),
    Belongs("addresses", &[("location_id", "locations", "addresses")]),
    Belongs(
        "accessibility",
        &[("location_id", "locations", "accessibility")],
    ),
    Belongs(
        "cost_options",
        &[("service_id", "services", "cost_options")],
    ),
    Belongs(
        "required_documents",
        &[("service_id", "services", "required_documents")],
    ),
    Belongs(
        "funding",
        &[
            ("service_id", "services", "funding"),
            ("organization_id", "organizations", "funding"),
        ],
    ),
    Belongs(
        "service_areas",
        &[
            ("service_id", "services", "service_areas"),
            (
                "service_at_location_id",
                "service_at_locations",
                "service_areas",
            ),
        ],
    ),
    Belongs(
        "urls",
        &[
            ("service_id", "services", "additional_urls"),
            ("organization_id", "organizations", "additional_urls"),
        ],
    ),
    Belongs(
        "service_capacities",
        &[("service_id", "services", "capacities")],
    ),
    Belongs(
        "organization_identifiers",
        &[(
            "organization_id",
            "organizations",
            "organization_identifiers",
        )],
    ),
    Belongs(
        "programs",
        &[("organization_id", "organizations", "programs")],
    ),
    Belongs(
        "taxonomy_terms",
        &[("taxonomy_id", "taxonomies", "taxonomy_terms")],
    ),
];

/// Tables that rows above go to, and those that are read by themselves.
const OTHERS: [&str; 6] = [
    "attributes",
    "locations",
    "organizations",
    "service_at_locations",
    "services",
    "taxonomies",
];

/// What an attribute may be of. Ids are unique, so the first that has it is meant.
const ATTRIBUTED: [&str; 7] = [
    "services",
    "locations",
    "organizations",
    "service_at_locations",
    "addresses",
    "accessibility",
    "contacts",
];

/// Joins the tables of a folder.
///
/// # Errors
/// Every line that is no CSV.
pub fn join(files: &[Table]) -> Result<Joined, Vec<Fault>> {
    let mut warnings = Vec::new();
    let mut tables = tables(files, &mut warnings)?;
    attributes(&mut tables, &mut warnings);
    put_in(&mut tables, "services", "program_id", "programs", "program");
    let terms: Vec<Row> = tables.get("taxonomy_terms").cloned().unwrap_or_default();
    for Belongs(table, owners) in &BELONGS {
        let lost = hand_over(&mut tables, table, owners);
        // A term of no known taxonomy stands by itself; its own columns say what it belongs to.
        if *table != "taxonomy_terms" {
            warnings.extend(lost.iter().map(|row| orphan(table, row, owners[0].0)));
        }
    }
    put_in(
        &mut tables,
        "service_at_locations",
        "location_id",
        "locations",
        "location",
    );
    let places = [("service_id", "services", "service_at_locations")];
    let lost = hand_over(&mut tables, "service_at_locations", &places);
    warnings.extend(
        lost.iter()
            .map(|row| orphan("service_at_locations", row, "service_id")),
    );
    put_in(
        &mut tables,
        "services",
        "organization_id",
        "organizations",
        "organization",
    );
    let mut taxonomies = tables.remove("taxonomies").unwrap_or_default();
    taxonomies.retain(|taxonomy| taxonomy.contains_key("taxonomy_terms"));
    let alone = |term: &Row| {
        let owner = cell(term, "taxonomy_id");
        taxonomies
            .iter()
            .all(|taxonomy| cell(taxonomy, "id") != owner)
    };
    let alone: Vec<Row> = terms.into_iter().filter(alone).map(as_term).collect();
    let services = tables.remove("services").unwrap_or_default();
    let records = taxonomies.into_iter().chain(alone).chain(services);
    Ok(Joined {
        document: Document {
            name: String::new(),
            value: records.map(Value::Object).collect(),
        },
        warnings,
    })
}

/// Nothing in the standard says what a record is: this property does.
fn as_term(mut term: Row) -> Row {
    if let Some(name) = term.get("name").cloned() {
        term.entry("term").or_insert(name);
    }
    term
}

fn tables(files: &[Table], warnings: &mut Vec<Fault>) -> Result<Tables, Vec<Fault>> {
    let (mut tables, mut faults) = (Tables::new(), Vec::new());
    for file in files {
        let Some(name) = known(&file.name) else {
            let problem = "is no table that we read; left out";
            warnings.push(fault(format!("{}.csv", file.name), "", problem));
            continue;
        };
        match rows(file) {
            Ok(rows) => merge(tables.entry(name).or_default(), rows),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        Ok(tables)
    } else {
        Err(faults)
    }
}

/// The table's name in the plural, as the nested records call it.
fn known(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    let names = BELONGS.iter().map(|Belongs(table, _)| *table).chain(OTHERS);
    let singular = |table: &str| {
        let stem = table.strip_suffix("ies").map(|stem| format!("{stem}y"));
        stem.or_else(|| table.strip_suffix("sses").map(|stem| format!("{stem}ss")))
            .or_else(|| table.strip_suffix('s').map(str::to_owned))
    };
    names
        .into_iter()
        .find(|table| *table == name || singular(table).as_ref() == Some(&name))
}

/// The rows, without cells in which nothing stands.
fn rows(file: &Table) -> Result<Vec<Row>, Fault> {
    let text = file.csv.strip_prefix('\u{feff}').unwrap_or(&file.csv);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::Headers)
        .from_reader(text.as_bytes());
    let unreadable = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        let record = format!("{}.csv, line {line}", file.name);
        fault(record, "", &format!("cannot be read: {error}"))
    };
    let headers = reader.headers().map_err(unreadable)?.clone();
    let row = |record: csv::StringRecord| {
        let cells = headers.iter().zip(record.iter());
        let filled = cells.filter(|(_, cell)| !cell.trim().is_empty());
        filled
            .map(|(name, cell)| (name.to_owned(), Value::from(cell)))
            .collect()
    };
    let records = reader.records().map(|record| record.map(row));
    records.collect::<Result<_, _>>().map_err(unreadable)
}

/// Adds rows; one that is there already is only filled up.
fn merge(table: &mut Vec<Row>, more: Vec<Row>) {
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, row) in table.iter().enumerate() {
        places.extend(cell(row, "id").map(|id| (id, place)));
    }
    for row in more {
        let known = cell(&row, "id").and_then(|id| places.get(&id));
        match known.and_then(|place| table.get_mut(*place)) {
            Some(known) => {
                for (name, value) in row {
                    known.entry(name).or_insert(value);
                }
            }
            None => {
                places.extend(cell(&row, "id").map(|id| (id, table.len())));
                table.push(row);
            }
        }
    }
}

/// Moves the rows of a table into the lists of their owners; gives back those that have none.
fn hand_over(tables: &mut Tables, table: &'static str, owners: &[Owner]) -> Vec<Row> {
    let mut rows = tables.remove(table).unwrap_or_default();
    for (column, owner, property) in owners {
        let Some(owners) = tables.get_mut(owner) else {
            continue;
        };
        let (here, elsewhere): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| row.contains_key(*column));
        rows = elsewhere;
        rows.extend(give(here, column, owners, property));
    }
    rows
}

/// Gives each row to the owner that its column names; gives back those whose owner is not there.
fn give(rows: Vec<Row>, column: &str, owners: &mut [Row], property: &str) -> Vec<Row> {
    let places = by_id(owners);
    let mut lost = Vec::new();
    for row in rows {
        let owner = cell(&row, column).and_then(|id| places.get(&id));
        match owner.and_then(|place| owners.get_mut(*place)) {
            Some(owner) => {
                let list = owner
                    .entry(property)
                    .or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(list) = list {
                    list.push(row.into());
                }
            }
            None => lost.push(row),
        }
    }
    lost
}

fn attributes(tables: &mut Tables, warnings: &mut Vec<Fault>) {
    put_in(
        tables,
        "attributes",
        "taxonomy_term_id",
        "taxonomy_terms",
        "taxonomy_term",
    );
    let mut rows = tables.remove("attributes").unwrap_or_default();
    for owner in ATTRIBUTED {
        if let Some(owners) = tables.get_mut(owner) {
            rows = give(rows, "link_id", owners, "attributes");
        }
    }
    warnings.extend(rows.iter().map(|row| orphan("attributes", row, "link_id")));
}

/// Puts a copy of the row that a column names into the property.
fn put_in(tables: &mut Tables, table: &str, column: &str, other: &str, property: &str) {
    let others = tables.get(other).cloned().unwrap_or_default();
    let places = by_id(&others);
    for row in tables.get_mut(table).into_iter().flatten() {
        let named = cell(row, column).and_then(|id| places.get(&id));
        if let Some(named) = named.and_then(|place| others.get(*place)) {
            row.insert(property.to_owned(), named.clone().into());
        }
    }
}

fn by_id(rows: &[Row]) -> HashMap<String, usize> {
    let ids = rows.iter().enumerate();
    ids.filter_map(|(place, row)| Some((cell(row, "id")?, place)))
        .collect()
}

/// An id as it is compared: in lower case.
fn cell(row: &Row, column: &str) -> Option<String> {
    Some(row.get(column)?.as_str()?.trim().to_lowercase())
}

fn orphan(table: &str, row: &Row, column: &str) -> Fault {
    let id = cell(row, "id").unwrap_or_else(|| "without an id".to_owned());
    let problem = "names nothing in this folder that it could belong to; left out";
    fault(format!("{table}.csv, {id}"), column, problem)
}

fn fault(record: String, field: &str, problem: &str) -> Fault {
    Fault {
        record,
        field: field.to_owned(),
        problem: problem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open_referral::read_documents;

    fn table(name: &str, csv: &str) -> Table {
        let (name, csv) = (name.to_owned(), csv.to_owned());
        Table { name, csv }
    }

    fn id(number: u8) -> String {
        format!("018f3c00-0000-7000-8000-0000000000{number:02}")
    }

    #[test]
    fn rows_are_joined_to_what_they_name_and_read_as_any_feed() {
        let [
            service,
            place,
            location,
            organization,
            contact,
            term,
            taxonomy,
        ] = [1, 2, 3, 4, 5, 6, 7].map(id);
        let tables = [
            table(
                "services",
                &format!(
                    "id,organization_id,name,status,minimum_age\n{service},{organization},Swim,active,4\n"
                ),
            ),
            table(
                "organizations",
                &format!("id,name\n{organization},Splash\n"),
            ),
            table(
                "service_at_location",
                &format!("id,service_id,location_id\n{place},{service},{location}\n"),
            ),
            table(
                "location",
                &format!("id,location_type,latitude,longitude\n{location},physical,51.2,0.5\n"),
            ),
            table(
                "address",
                &format!(
                    "id,location_id,address_1\n{},{location},1 Water Lane\n",
                    id(8)
                ),
            ),
            table(
                "addresses",
                &format!(
                    "id,location_id,address_1,city\n{},{location},1 Water Lane,Maidstone\n",
                    id(8)
                ),
            ),
            table(
                "contacts",
                &format!("id,service_id,title\n{contact},{service},Leader\n"),
            ),
            table(
                "phones",
                &format!(
                    "id,contact_id,service_id,number\n{},{contact},{service},01622 000 001\n",
                    id(9)
                ),
            ),
            table(
                "attribute",
                &format!("id,link_id,taxonomy_term_id\n{},{service},{term}\n", id(10)),
            ),
            table(
                "taxonomy_terms",
                &format!("id,name,taxonomy_id\n{term},Autism,{taxonomy}\n"),
            ),
            table("taxonomies", &format!("id,name\n{taxonomy},Needs\n")),
            table(
                "languages",
                &format!("id,service_id,name\n{},{},Polish\n", id(11), id(99)),
            ),
            table("meta_table_descriptions", "id\n1\n"),
        ];
        let joined = join(&tables).unwrap();
        let told: Vec<String> = joined.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("meta_table_descriptions.csv: is no table"));
        assert!(told[1].starts_with("languages.csv, 018f3c00"));
        let reading = read_documents(&[joined.document]);
        assert_eq!(reading.faults, []);
        let listing = &reading.import.listings[0];
        assert_eq!(listing.service.minimum_age, Some(4));
        assert_eq!(listing.organization.as_ref().unwrap().name, "Splash");
        let address = listing.places[0].location.address.as_ref().unwrap();
        assert_eq!(address.city.as_deref(), Some("Maidstone"));
        assert_eq!(listing.phones[0].description.as_deref(), Some("Leader"));
        assert_eq!(listing.phones.len(), 1);
        assert_eq!(listing.terms[0].taxonomy_name, "Needs");
        assert_eq!(reading.import.terms.len(), 1);
    }

    #[test]
    fn a_line_that_is_no_csv_is_named() {
        let faults = join(&[table("services", "id,name\n1,Swim,more\n")]).unwrap_err();
        assert!(
            faults[0].to_string().starts_with("services.csv, line 2"),
            "{faults:?}"
        );
    }

    #[test]
    fn a_term_of_no_table_of_taxonomies_says_itself_what_it_belongs_to() {
        let terms = format!(
            "id,name,taxonomy\n{},Autism,Needs\n{},Other,\n",
            id(1),
            id(2)
        );
        let joined = join(&[table("taxonomy_terms", &terms)]).unwrap();
        assert_eq!(joined.warnings, []);
        let reading = read_documents(&[joined.document]);
        assert_eq!(reading.faults, []);
        let names: Vec<&str> = reading
            .import
            .terms
            .iter()
            .map(|term| term.taxonomy_name.as_str())
            .collect();
        assert_eq!(names, ["Needs", "Other"]);
    }
}
