//! What the running server answers, also to what it should refuse and when things are broken.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

use std::process::Stdio;

use running::{Folder, Server, eventually, log};
use scraper::{Html, Selector};
use sqlx::{Connection, Executor, SqliteConnection};

fn text(html: &str, selector: &str) -> String {
    let page = Html::parse_document(html);
    let selector = Selector::parse(selector).expect("a selector");
    let words: Vec<String> = page
        .select(&selector)
        .flat_map(|element| element.text())
        .map(str::to_owned)
        .collect();
    words.join(" ")
}

async fn connect(folder: &Folder) -> SqliteConnection {
    let url = format!("sqlite:{}", folder.database().display());
    SqliteConnection::connect(&url).await.expect("the database")
}

#[test]
fn pages_carry_no_inline_script_and_the_headers_that_forbid_it() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    for path in ["/", "/local-offer?q=speech", "/ask", "/our-promise"] {
        let page = server.get(path, None);
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(text(&page.body, "script"), "", "{path}");
        assert!(page.body.trim_end().ends_with("</html>"), "{path}");
        let policy = page.header("content-security-policy").expect("a policy");
        assert!(policy.contains("script-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(page.header("referrer-policy"), Some("same-origin"));
    }
}

#[test]
fn an_unknown_address_is_a_page_with_a_way_on() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    for path in [
        "/nothing",
        "/local-offer/nothing",
        "/ask/nothing",
        "/enquiry/nothing",
        "/assets/nothing.css",
    ] {
        let page = server.get(path, None);
        assert_eq!(page.status, 404, "{path}");
        assert!(page.body.contains("href=\"/ask\""), "{path}");
    }
}

#[test]
fn a_refused_answer_comes_back_as_it_was_typed() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    let cookie = server.post("/ask", None, &[]).cookie.expect("a cookie");
    for typed in ["beep\u{7} here", &"long ".repeat(200_000)] {
        let page = server.post("/ask/message", Some(&cookie), &[("message", typed)]);
        assert_eq!(page.status, 422);
        assert!(
            text(&page.body, "title").starts_with("Error: "),
            "{}",
            text(&page.body, "title")
        );
        assert_eq!(text(&page.body, "textarea").trim_end(), typed.trim_end());
        assert_ne!(text(&page.body, ".govuk-error-message"), "");
        assert_ne!(
            text(&page.body, ".govuk-error-summary a[href='#message']"),
            ""
        );
    }
}

#[test]
fn what_was_typed_is_stored_exactly() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    let typed = "Zoë 👩‍👧 שלום </textarea><script>alert(1)</script> & &lt;";
    let cookie = server.fill_in(typed);
    let page = server.get("/ask/message", Some(&cookie));
    assert_eq!(text(&page.body, "textarea"), typed);
    assert_eq!(text(&page.body, "script"), "");
}

#[test]
fn a_form_from_another_site_is_refused() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    let answer = server.post_from("https://elsewhere.example.org", "/ask", None, &[]);
    assert_eq!(answer.expect("an answer").status, 403);
}

#[test]
fn two_presses_make_one_enquiry() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    let cookie = server.fill_in("Twice");
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let sent = server.post("/ask/check", Some(&cookie), &[]);
                assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
            });
        }
    });
    eventually("the acknowledgement", || !folder.mails().is_empty());
    let page = server.get("/ask/sent", Some(&cookie));
    assert!(
        text(&page.body, ".govuk-panel").contains("SEND-"),
        "{}",
        page.body
    );
    assert_eq!(folder.mails().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_database_is_told_with_a_number_and_nothing_is_half_written() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    let cookie = server.fill_in("While it is locked");
    let mut other = connect(&folder).await;
    other.execute("BEGIN EXCLUSIVE").await.expect("the lock");
    assert_eq!(server.get("/readyz", None).status, 503);
    let page = server.post("/ask/check", Some(&cookie), &[]);
    assert_eq!(page.status, 503);
    let number = page.header("x-request-id").expect("a number");
    assert_eq!(text(&page.body, ".hub-request-id"), number);
    other.execute("ROLLBACK").await.expect("the end");
    assert_eq!(server.get("/readyz", None).status, 200);
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM enquiries")
        .fetch_one(&mut other)
        .await
        .expect("a count");
    assert_eq!(count, 0);
    let sent = server.post("/ask/check", Some(&cookie), &[]);
    assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
}

#[test]
fn a_full_disk_is_told_and_nothing_is_half_written() {
    let folder = Folder::new();
    assert_eq!(Server::start(&folder, &[]).terminate(), Some(0));
    // A little more than the database has: then every file is as full as a disk can be.
    let limit_kib = folder.database().metadata().expect("the database").len() / 1024 + 64;
    let server = Server::start_with_files_of_at_most(&folder, limit_kib);
    let cookies: Vec<String> = std::iter::from_fn(|| server.try_fill_in(&"words ".repeat(1_500)))
        .take(200)
        .collect();
    assert!(cookies.len() < 200, "the disk never filled up");
    let page = server.post("/ask", None, &[]);
    assert_eq!(page.status, 503);
    assert_ne!(text(&page.body, ".hub-request-id"), "");
    // The probe's own row is small: it may find room where a draft finds none, until it does not.
    eventually("red readiness", || {
        server.post("/ask", None, &[]);
        server.get("/readyz", None).status == 503
    });
    drop(server);

    let server = Server::start(&folder, &[]);
    assert_eq!(server.get("/readyz", None).status, 200);
    for cookie in &cookies {
        let sent = server.post("/ask/check", Some(cookie), &[]);
        assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
    }
}

#[test]
fn a_database_that_is_gone_takes_no_more_enquiries() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    let cookie = server.fill_in("While it is gone");
    let elsewhere = folder.path().join("elsewhere.db");
    std::fs::rename(folder.database(), &elsewhere).expect("the file moves");
    assert_eq!(server.get("/readyz", None).status, 503);
    assert_eq!(server.post("/ask/check", Some(&cookie), &[]).status, 503);
    std::fs::rename(&elsewhere, folder.database()).expect("the file comes back");
    assert_eq!(server.get("/readyz", None).status, 200);
    let sent = server.post("/ask/check", Some(&cookie), &[]);
    assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_from_a_newer_version_is_refused() {
    let folder = Folder::new();
    assert_eq!(Server::start(&folder, &[]).terminate(), Some(0));
    let mut database = connect(&folder).await;
    database
        .execute("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', TRUE, x'00', 0)")
        .await
        .expect("a later migration");
    let output = folder.command().arg("migrate").output().expect("it runs");
    assert!(!output.status.success());
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("newer version"), "{words}");
}

#[test]
fn the_log_holds_no_name_no_address_and_no_text() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[("SEND_HUB_LOG", "debug")]);
    let cookie = server.fill_in("Words that stay secret");
    server.post("/ask/check", Some(&cookie), &[]);
    eventually("the acknowledgement", || !folder.mails().is_empty());
    server.post(
        "/desk/sign-in",
        None,
        &[("email", "zebra@example.org"), ("password", "nothing much")],
    );
    assert_eq!(server.terminate(), Some(0));
    let log = log(&folder);
    assert!(log.contains("answered"), "{log}");
    for secret in [
        "Zebrawood",
        "@example.org",
        "stay secret",
        "zebra@example.org",
        "nothing much",
    ] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}

#[test]
fn a_wrong_setting_is_named_and_nothing_starts() {
    let folder = Folder::new();
    let output = folder
        .command()
        .arg("serve")
        .env("SEND_HUB_LISTEN", "nowhere")
        .stdout(Stdio::piped())
        .output()
        .expect("it runs");
    assert!(!output.status.success());
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("listen: “nowhere” must be"), "{words}");
}

#[test]
fn a_faulty_import_names_record_and_field_and_changes_nothing() {
    let folder = Folder::new();
    assert_eq!(Server::start(&folder, &[]).terminate(), Some(0));
    let file = folder.path().join("faulty.json");
    let id = "8f6f5c1e-8d9a-4c5e-9d8e-0c7d7c1f2a11";
    let service = format!(r#"{{"id": "{id}", "name": "Ducks", "status": "quacking"}}"#);
    std::fs::write(&file, service).expect("a file");
    let output = folder
        .command()
        .args(["import", "open-referral"])
        .arg(&file)
        .output()
        .expect("it runs");
    assert!(!output.status.success());
    let words = String::from_utf8_lossy(&output.stdout);
    assert!(
        words.contains("Ducks") && words.contains("status"),
        "{words}"
    );
    assert!(words.contains("Nothing was changed"), "{words}");
}
