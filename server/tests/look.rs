//! What dresses the pages: the council's colours, and the page of every component.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

use std::fs;

use running::{Folder, Server, text};

const COUNCIL: &str = include_str!("../sample/council.toml");

/// A folder whose council is the sample's, in these colours.
fn folder(primary: &str) -> Folder {
    let folder = Folder::new();
    let council = COUNCIL.replace("primary = \"#124b52\"", &format!("primary = \"{primary}\""));
    fs::create_dir(folder.data()).expect("the data folder");
    fs::write(folder.data().join("council.toml"), council).expect("council.toml");
    folder
}

/// The address of the colours, as a page gives it.
fn brand_address(server: &Server) -> String {
    let page = server.get("/our-promise", None).body;
    let (_, from) = page.split_once("href=\"/brand.css").expect("the link");
    let (query, _) = from.split_once('"').expect("its end");
    format!("/brand.css{query}")
}

#[test]
fn every_page_wears_the_councils_own_colours() {
    let folder = folder("#4a1d5f");
    let server = Server::start(&folder, &[]);
    let page = server.get("/", None).body;
    assert!(page.contains("<meta name=\"theme-color\" content=\"#4a1d5f\""));
    let sheet = server.get(&brand_address(&server), None);
    assert_eq!(sheet.status, 200);
    assert_eq!(
        sheet.header("content-type"),
        Some("text/css; charset=utf-8")
    );
    assert!(
        sheet.body.contains("--hub-primary:#4a1d5f;"),
        "{}",
        sheet.body
    );
    let cache = sheet.header("cache-control").expect("how long it is kept");
    assert!(cache.contains("immutable"), "{cache}");
    let icon = server.get("/favicon.svg", None);
    assert_eq!(icon.header("content-type"), Some("image/svg+xml"));
    assert!(icon.body.starts_with("<svg"), "{}", icon.body);
    assert!(icon.body.contains("#4a1d5f"), "{}", icon.body);
}

#[test]
fn an_old_address_of_the_colours_is_answered_and_not_kept() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    for address in ["/brand.css", "/brand.css?v=0123456789abcdef"] {
        let sheet = server.get(address, None);
        assert_eq!(sheet.status, 200, "{address}");
        assert_eq!(sheet.header("cache-control"), Some("no-store"), "{address}");
    }
}

#[test]
fn colours_that_cannot_be_read_are_named_and_nothing_starts() {
    let folder = folder("#7fb2b8");
    let (ended_well, words) = folder.run(&["serve", "--sample"]);
    assert!(!ended_well);
    let told = "look.primary: white words on the primary colour: the contrast is 2.34:1";
    assert!(words.contains(told), "{words}");
}

#[test]
fn the_page_of_every_component_is_there_with_the_sample_only() {
    let folder = folder("#124b52");
    let server = Server::start_as_a_council(&folder);
    assert_eq!(server.get("/", None).status, 200);
    let page = server.get("/design", None);
    assert_eq!(page.status, 404);
    assert_eq!(text(&page.body, "h1"), "Page not found");
    drop(server);
    let page = Server::start(&folder, &[]).get("/design", None);
    assert_eq!(page.status, 200);
    assert!(text(&page.body, "h2").contains("SummaryList"));
}
