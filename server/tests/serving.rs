//! What the running server answers, also to what it should refuse and when things are broken.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

use std::process::Stdio;

use running::{Folder, Server, eventually, log, text};

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
