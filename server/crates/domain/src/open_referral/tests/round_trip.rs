//! Exporting and reading again loses nothing, whatever a feed says.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::{page, read, record_of, tidy::tidied};

/// A record with everything that the standard knows, and something that it does not.
const FULL: &str = include_str!("../../../tests/fixtures/full_service.json");

#[test]
fn a_full_record_is_typed_where_families_look_and_whole_when_it_is_given_back() {
    let import = read(FULL).unwrap();
    assert_eq!(import.warnings, []);
    let listing = &import.listings[0];
    let details = &listing.details;
    assert_eq!(details.contacts[0].title.as_deref(), Some("Club leader"));
    assert_eq!(
        details.required_documents[0].document,
        "A letter with your address"
    );
    assert_eq!(details.funding[0].source, "The council");
    assert_eq!(details.languages[1].note.as_deref(), Some("On Tuesdays"));
    assert_eq!(listing.languages, ["English", "Polish"]);
    assert_eq!(details.areas[0].extent_type.as_deref(), Some("geojson"));
    assert_eq!(details.additional_urls.len(), 1);
    let location = &listing.places[0].location;
    assert_eq!(location.accessibility, ["Hoist"]);
    let place = &location.details;
    assert_eq!(place.uprn.as_ref().unwrap().to_string(), "10092008082");
    assert_eq!(place.other_addresses[0].address.address_1, "PO Box 1");
    assert_eq!(
        place.accessibility[0].details.as_deref(),
        Some("Ask for the key")
    );
    assert!(place.transportation.is_some() && place.alternate_name.is_some());
    let schedule = &listing.schedules[0].details;
    assert_eq!(schedule.byday_as_written.as_deref(), Some("1MO,2TU"));
    assert!(schedule.link.is_some() && schedule.until.is_some());
    let organization = &listing.organization.as_ref().unwrap().details;
    assert_eq!(organization.identifiers[0].identifier, "1234567");
    let theirs: Value = serde_json::from_str(FULL).unwrap();
    within(
        &tidied(theirs.as_object().unwrap()).into(),
        &record_of(listing),
        "",
    )
    .unwrap();
}

#[test]
fn an_export_says_what_the_schemas_demand() {
    let listing = &read(FULL).unwrap().listings[0];
    let record = record_of(listing);
    let address = &record["service_at_locations"][0]["location"]["addresses"][0];
    for demanded in [
        "city",
        "state_province",
        "postal_code",
        "country",
        "address_type",
    ] {
        assert!(address[demanded].is_string(), "{demanded}");
    }
    let attribute = &record["attributes"][0];
    assert!(attribute["id"].is_string());
    assert!(attribute["taxonomy_term"]["description"].is_string());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn exporting_and_reading_again_gives_equal_listings(records in vec(service(), 1..4)) {
        let first = read(&page(records.clone()).to_string()).unwrap();
        let exported: Vec<Value> = first.listings.iter().map(record_of).collect();
        let again = read(&page(exported.clone()).to_string()).unwrap();
        prop_assert_eq!(&again.listings, &first.listings);
        if first.listings.len() == records.len() {
            for (theirs, ours) in records.iter().zip(&exported) {
                let theirs = tidied(theirs.as_object().unwrap()).into();
                prop_assert_eq!(within(&theirs, ours, ""), Ok(()));
            }
        }
    }
}

/// Whether everything in `theirs` stands in `ours`; else where it does not.
fn within(theirs: &Value, ours: &Value, path: &str) -> Result<(), String> {
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(ours)) => {
            theirs.iter().try_for_each(|(name, their)| {
                let path = format!("{path}.{name}");
                match ours.get(name) {
                    Some(our) => within(their, our, &path),
                    None => Err(path),
                }
            })
        }
        (Value::Array(theirs), Value::Array(ours)) => theirs.iter().try_for_each(|their| {
            let here = ours.iter().any(|our| within(their, our, path).is_ok());
            here.then_some(()).ok_or_else(|| format!("{path}: {their}"))
        }),
        _ if theirs == ours => Ok(()),
        _ if theirs.is_number() && theirs.as_f64() == ours.as_f64() => Ok(()),
        _ => Err(format!("{path}: {theirs} became {ours}")),
    }
}

type Any = BoxedStrategy<Value>;

fn service() -> Any {
    let location = required(
        "location_type",
        "(physical|virtual)",
        vec_of_fields(vec![
            ("name", line()),
            ("alternate_name", line()),
            ("transportation", line()),
            ("latitude", degrees(90.0)),
            ("longitude", degrees(180.0)),
            (
                "external_identifier",
                "[0-9]{1,14}".prop_map(Value::from).boxed(),
            ),
            ("external_identifier_type", codes(&["UPRN", "USRN"])),
            ("addresses", list(address())),
            (
                "accessibility",
                list(object(vec![
                    ("description", line()),
                    ("details", line()),
                    ("url", url()),
                ])),
            ),
            ("phones", list(object(vec![("number", number())]))),
            ("send", Just(json!({"address_shown": "town-only"})).boxed()),
            ("unknown", anything()),
        ]),
    );
    let place = object(vec![
        ("location", with_id(location)),
        ("description", line()),
    ]);
    let fields = vec_of_fields(vec![
        ("alternate_name", line()),
        ("description", line()),
        ("url", url()),
        ("email", codes(&["a@example.org", "ask us"])),
        ("fees", line()),
        ("minimum_age", (0_u8..200).prop_map(Value::from).boxed()),
        ("maximum_age", (0_u8..200).prop_map(Value::from).boxed()),
        ("assured_date", codes(&["2026-01-31", "last year"])),
        (
            "last_modified",
            codes(&["2023-03-15T10:30:45.123Z", "soon"]),
        ),
        ("assurer_email", codes(&["b@example.org", "me"])),
        ("interpretation_services", line()),
        ("organization", with_id(organization())),
        ("service_at_locations", list(with_id(place))),
        ("schedules", list(schedule())),
        (
            "cost_options",
            list(object(vec![
                (
                    "amount",
                    (0_u32..9999)
                        .prop_map(|pence| json!(f64::from(pence) / 100.0))
                        .boxed(),
                ),
                ("option", line()),
                ("currency", line()),
            ])),
        ),
        ("contacts", list(contact())),
        (
            "phones",
            list(object(vec![
                ("number", number()),
                ("extension", anything()),
            ])),
        ),
        (
            "service_areas",
            list(object(vec![
                ("name", line()),
                ("service_area", line()),
                ("extent", line()),
            ])),
        ),
        (
            "languages",
            list(object(vec![
                ("name", line()),
                ("code", line()),
                ("note", line()),
            ])),
        ),
        (
            "required_documents",
            list(object(vec![("document", line()), ("uri", url())])),
        ),
        (
            "funding",
            list(object(vec![("source", line()), ("unknown", anything())])),
        ),
        (
            "additional_urls",
            list(object(vec![("label", line()), ("url", url())])),
        ),
        ("attributes", list(attribute())),
        ("program", anything()),
        ("metadata", list(anything())),
        (
            "send",
            codes(&["x"])
                .prop_map(|who| json!({"checked_by": who, "delivery": ["online"], "more": 1}))
                .boxed(),
        ),
    ]);
    let named = required("name", "[A-Z][a-z]{1,6}", fields);
    let named = named.prop_map(|mut record| {
        record["status"] = "temporarily closed".into();
        record
    });
    with_id(named.boxed())
}

fn organization() -> Any {
    required(
        "name",
        "[A-Z][a-z]{1,6}",
        vec_of_fields(vec![
            ("description", line()),
            ("website", url()),
            ("logo", url()),
            ("legal_status", line()),
            (
                "organization_identifiers",
                list(object(vec![
                    ("identifier", line()),
                    ("identifier_scheme", line()),
                ])),
            ),
            ("tax_status", anything()),
        ]),
    )
}

fn address() -> Any {
    object(vec![
        ("attention", line()),
        ("address_1", line()),
        ("city", line()),
        ("state_province", line()),
        ("postal_code", codes(&["ME14 1XQ", "ABC 1234"])),
        ("address_type", codes(&["postal", "physical"])),
    ])
}

fn schedule() -> Any {
    object(vec![
        ("freq", codes(&["WEEKLY", "DAILY"])),
        (
            "byday",
            codes(&["TH,FR", "1MO,-1MO", "1MO,2TU", "whenever"])
                .prop_map(upper)
                .boxed(),
        ),
        ("bymonthday", codes(&["2,3", "15"])),
        ("opens_at", codes(&["09:30:00"])),
        ("dtstart", codes(&["2026-01-01"])),
        ("count", (0_u16..20).prop_map(Value::from).boxed()),
        ("schedule_link", url()),
        ("timezone", (0_u8..3).prop_map(Value::from).boxed()),
        ("wkst", anything()),
    ])
}

fn contact() -> Any {
    let phone = object(vec![
        ("number", number()),
        ("description", line()),
        ("type", anything()),
    ]);
    object(vec![
        ("name", line()),
        ("title", line()),
        ("phones", list(phone)),
    ])
}

fn attribute() -> Any {
    let term = required(
        "name",
        "[A-Z][a-z]{1,3}",
        vec_of_fields(vec![
            ("taxonomy", codes(&["Needs", "Kinds"])),
            ("description", line()),
            ("term_uri", url()),
        ]),
    );
    object(vec![
        ("taxonomy_term", with_id(term)),
        ("link_type", line()),
        ("value", line()),
    ])
}

fn upper(value: Value) -> Value {
    value.as_str().map(str::to_uppercase).into()
}

fn line() -> Any {
    "[a-zé0-9💧]{1,8}( [a-z<&\"]{1,5}){0,2}"
        .prop_map(Value::from)
        .boxed()
}

fn number() -> Any {
    "0[0-9]{4} [0-9]{6}".prop_map(Value::from).boxed()
}

fn url() -> Any {
    codes(&[
        "https://example.org/a",
        "http://example.org",
        "see our page",
    ])
}

fn degrees(most: f64) -> Any {
    let whole =
        (-1e9..1e9_f64).prop_map(move |n| json!((n / 1e9 * most * 1.1 * 1e7).round() / 1e7));
    whole.boxed()
}

fn codes(codes: &'static [&'static str]) -> Any {
    proptest::sample::select(codes)
        .prop_map(Value::from)
        .boxed()
}

/// What nobody expects.
fn anything() -> Any {
    let leaf = prop_oneof![
        line(),
        any::<i32>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            vec(("[a-z]{1,4}", inner), 0..3)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
    .boxed()
}

fn vec_of_fields(fields: Vec<(&'static str, Any)>) -> Any {
    let maybe: Vec<_> = fields
        .into_iter()
        .map(|(name, value)| option::of(value).prop_map(move |value| (name.to_owned(), value)))
        .collect();
    let there = |fields: Vec<(String, Option<Value>)>| {
        let there = fields
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        Value::Object(there.collect::<Map<_, _>>())
    };
    maybe.prop_map(there).boxed()
}

/// A part: some feeds give it an id, some do not, some write numbers there.
fn object(fields: Vec<(&'static str, Any)>) -> Any {
    let id = prop_oneof![
        4 => any::<u128>().prop_map(|id| Some(uuid::Uuid::from_u128(id).to_string())),
        1 => Just(None),
    ];
    let with = |(mut record, id): (Value, Option<String>)| {
        if let Some(id) = id {
            record["id"] = id.into();
        }
        record
    };
    (vec_of_fields(fields), id).prop_map(with).boxed()
}

fn with_id(record: Any) -> Any {
    let with = |(mut record, id): (Value, u128)| {
        record["id"] = uuid::Uuid::from_u128(id).to_string().into();
        record
    };
    (record, any::<u128>()).prop_map(with).boxed()
}

fn required(name: &'static str, text: &'static str, record: Any) -> Any {
    let with = move |(mut record, text): (Value, String)| {
        record[name] = text.into();
        record
    };
    (record, text).prop_map(with).boxed()
}

fn list(part: Any) -> Any {
    vec(part, 0..3).prop_map(Value::from).boxed()
}
