//! The house's arrows: what may depend on what, read from `cargo tree`.

#![allow(clippy::expect_used, reason = "a test that cannot begin is to stop")]

use std::process::Command;

/// Everything that a package is built from, without what only its tests need.
fn tree(arguments: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal", "--prefix", "none"])
        .args(["--format", "{p}"])
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let names: Vec<String> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    assert!(names.len() > 5, "the tree is empty: {names:?}");
    names
}

fn assert_reaches_none(arguments: &[&str], forbidden: &[&str]) {
    let names = tree(arguments);
    for name in forbidden {
        assert!(
            !names.iter().any(|found| found == name),
            "{arguments:?} must not reach {name}"
        );
    }
}

#[test]
fn the_browser_s_half_reaches_no_server() {
    assert_reaches_none(
        &[
            "--package=app",
            "--no-default-features",
            "--features=hydrate",
            "--target=wasm32-unknown-unknown",
        ],
        &[
            "axum",
            "hub",
            "leptos_axum",
            "lettre",
            "mail",
            "search",
            "sqlx",
            "sqlx-core",
            "store",
            "tantivy",
            "tokio",
        ],
    );
}

#[test]
fn the_rules_reach_nothing_with_input_or_output() {
    assert_reaches_none(
        &["--package=domain"],
        &[
            "axum",
            "getrandom",
            "hub",
            "leptos",
            "lettre",
            "mail",
            "mio",
            "search",
            "sqlx",
            "store",
            "tantivy",
            "tempfile",
            "tokio",
        ],
    );
}

#[test]
fn store_search_and_mail_do_not_know_each_other() {
    for (package, forbidden) in [
        ("--package=store", ["search", "mail", "hub", "app"]),
        ("--package=search", ["store", "mail", "hub", "app"]),
        ("--package=mail", ["store", "search", "hub", "app"]),
    ] {
        assert_reaches_none(&[package], &forbidden);
    }
}

#[test]
fn the_hub_knows_no_pages_and_no_http() {
    assert_reaches_none(&["--package=hub"], &["app", "axum", "leptos", "testing"]);
}

#[test]
fn pages_reach_the_database_through_the_hub_only() {
    let direct = tree(&["--package=app", "--features=ssr", "--depth=1"]);
    for name in ["store", "search", "mail", "sqlx", "testing"] {
        assert!(
            !direct.iter().any(|found| found == name),
            "app must not name {name}"
        );
    }
}

#[test]
fn the_server_is_built_without_what_tests_need() {
    assert_reaches_none(
        &["--package=server"],
        &["testing", "scraper", "rcgen", "proptest", "ammonia"],
    );
}
