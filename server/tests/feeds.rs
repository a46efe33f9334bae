//! Bringing listings and postcodes in and writing them out, as somebody does it at the server's terminal.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

use std::{fs, path::Path};

use running::{Folder, ONE_SERVICE};
use serde_json::Value;

const TABLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/csv");
const FULL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/crates/domain/tests/fixtures/full_service.json"
);
/// The standard's own examples, where they lie beside the checkout.
const EXAMPLES: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/data/open-referral-uk/examples"
);

/// A folder with a council's settings and no services.
fn settled() -> Folder {
    let folder = Folder::new();
    let council = include_str!("../sample/council.toml");
    fs::write(folder.path().join("council.toml"), council).expect("settings");
    folder
}

/// What a command printed, and what it ended with.
fn run(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = folder.command();
    command.env("SEND_HUB_COUNCIL", folder.path().join("council.toml"));
    let output = command.args(arguments).output().expect("it runs");
    let words = [output.stdout, output.stderr].concat();
    let words = String::from_utf8_lossy(&words).into_owned();
    (output.status.code(), words)
}

#[test]
fn tables_are_imported_once_and_an_export_of_them_changes_nothing() {
    let folder = settled();
    let (code, words) = run(&folder, &["import", "csv", TABLES, "--dry-run"]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("New: Meadow Riding (018f3d00"), "{words}");
    assert!(words.contains("Would import 2 services and 1 term: 2 new, 0 changed, 0 unchanged."));
    let (code, words) = run(&folder, &["import", "csv", TABLES]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("Imported 2 services and 1 term: 2 new, 0 changed, 0 unchanged."));
    let (code, words) = run(&folder, &["import", "open-referral", FULL]);
    assert_eq!(code, Some(0), "{words}");

    let (code, words) = run(&folder, &["export", "open-referral", "out"]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("Exported 3 services"), "{words}");
    let (code, words) = run(&folder, &["import", "open-referral", "out", "--dry-run"]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("0 new, 0 changed, 3 unchanged."), "{words}");
}

#[test]
fn a_fault_stops_an_import_or_is_left_out_and_told() {
    let folder = settled();
    let faulty = r#"{"id": "8f6f5c1e-8d9a-4c5e-9d8e-0c7d7c1f2a12", "name": "No status", "email": "a@example.org", "organization": {}}"#;
    let feed = format!(r#"{{"contents": [{ONE_SERVICE}, {faulty}]}}"#);
    fs::write(folder.path().join("feed.json"), feed).expect("a feed");
    let (code, words) = run(&folder, &["import", "open-referral", "feed.json"]);
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("“No status”: status: is missing"), "{words}");
    assert!(words.contains("Nothing was changed"), "{words}");
    let partial = ["import", "open-referral", "feed.json", "--partial"];
    let (code, words) = run(&folder, &partial);
    assert_eq!(code, Some(3), "{words}");
    assert!(words.contains("Record left out: service 8f6f5c1e… “No status”: status: is missing"));
    assert!(
        words.contains("Imported 1 service and 0 terms: 1 new"),
        "{words}"
    );
    assert!(
        words.contains("1 record left out because of faults."),
        "{words}"
    );
}

#[test]
fn postcodes_are_imported_into_a_file_of_their_own() {
    let folder = settled();
    let csv = "pcds,doterm,lat,long\nME14 1XQ,,51.272,0.529\nGY1 1AA,,99.999999,0.000000\n";
    fs::write(folder.path().join("nspl.csv"), csv).expect("a look-up");
    let (code, words) = run(&folder, &["import", "postcodes", "nspl.csv"]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("Imported 1 postcodes. Left out: 1 without a position, 0"));
    assert!(folder.data().join("postcodes.db").is_file());
    fs::write(folder.path().join("other.csv"), "a,b\n").expect("a file");
    let (code, words) = run(&folder, &["import", "postcodes", "other.csv"]);
    assert_eq!(code, Some(1), "{words}");
    assert!(
        words.contains("there is no column pcds or Postcode"),
        "{words}"
    );
}

#[test]
fn the_standards_own_examples_come_in_and_go_out_again() {
    let examples = Path::new(EXAMPLES);
    if !examples.exists() {
        println!("SKIPPED: the examples of Open Referral UK are not at {EXAMPLES}");
        return;
    }
    let folder = settled();
    let service = examples.join("service_full.json");
    let service = service.to_str().expect("a path");
    for (kind, feed) in [
        ("open-referral", service),
        ("csv", &format!("{EXAMPLES}/csv")),
    ] {
        let (code, words) = run(&folder, &["import", kind, feed]);
        assert_eq!(code, Some(0), "{words}");
        assert!(words.contains("Imported 1 service"), "{words}");
    }
    let (code, words) = run(&folder, &["import", "open-referral", service]);
    assert_eq!(code, Some(0), "{words}");
    let (code, words) = run(&folder, &["export", "open-referral", "out"]);
    assert_eq!(code, Some(0), "{words}");
    let out = fs::read_to_string(folder.path().join("out/service_list.json")).expect("an export");
    let out: Value = serde_json::from_str(&out).expect("JSON");
    let service: Value =
        serde_json::from_str(&fs::read_to_string(service).expect("an example")).expect("JSON");
    let ours = &out["contents"][0];
    for name in service.as_object().expect("an object").keys() {
        assert!(ours.get(name).is_some(), "{name} is lost");
    }
    assert_eq!(
        ours["organization"]["logo"],
        service["organization"]["logo"]
    );
    // Off the globe, and so no position of ours; but theirs all the same.
    let location = &ours["service_at_locations"][0]["location"];
    assert_eq!(location["latitude"], 100);
    assert_eq!(location["addresses"][0]["postal_code"], "ABC 1234");
}
