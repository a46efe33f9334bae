//! Taking back a reply over HTTP, without a script: the page offers it with the seconds left, and the words come back.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

use running::{Folder, Server, eventually, text};

/// What stands in the reply's field.
fn in_the_field(page: &str) -> String {
    text(page, "textarea[name=reply]")
}

#[test]
fn a_reply_is_taken_back_into_its_form() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[("SEND_HUB_REPLY_UNDO_SECONDS", "60")]);
    let cookie = server.fill_in("Who may read this?");
    server.post("/ask/check", Some(&cookie), &[]);
    let sent = server.get("/ask/sent", Some(&cookie)).body;
    let start = sent.find("SEND-").expect("a reference");
    let file = format!("/desk/enquiry/{}", &sent[start..start + 14]);
    let session = server.sign_in(&folder);
    let words = [("reply", "It begins on Sunday.")];
    let answer = server.post(&format!("{file}/reply"), Some(&session), &words);
    assert_eq!(
        (answer.status, answer.location.as_deref()),
        (303, Some(file.as_str()))
    );

    let page = server.get(&file, Some(&session)).body;
    assert!(page.contains("The reply will be sent at "), "{page}");
    let (_, rest) = page.split_once("/desk/mail/").expect("the form of Undo");
    let (mail, _) = rest.split_once('/').expect("its address");
    let undo = format!("/desk/mail/{mail}/take-back");
    let back = server.post(&undo, Some(&session), &[]);
    assert_eq!(back.status, 303);
    let back = back.location.expect("the way to the form");
    let page = server.get(&back, Some(&session)).body;
    assert_eq!(in_the_field(&page).trim(), "It begins on Sunday.");
    assert!(page.contains("Taken back: it was not sent"), "{page}");
    assert!(!page.contains("The reply will be sent at "), "{page}");
    // The plain address shows an empty form, and a second press finds the words again.
    let page = server.get(&file, Some(&session)).body;
    assert_eq!(in_the_field(&page).trim(), "");
    let again = server.post(&undo, Some(&session), &[]);
    assert_eq!(again.location.as_deref(), Some(back.as_str()));
    assert_eq!(
        folder
            .mails()
            .iter()
            .filter(|mail| mail.contains("Sunday"))
            .count(),
        0
    );
}

#[test]
fn a_reply_that_went_cannot_be_taken_back_and_the_page_says_so() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    let cookie = server.fill_in("Who may read this?");
    server.post("/ask/check", Some(&cookie), &[]);
    let sent = server.get("/ask/sent", Some(&cookie)).body;
    let start = sent.find("SEND-").expect("a reference");
    let file = format!("/desk/enquiry/{}", &sent[start..start + 14]);
    let session = server.sign_in(&folder);
    let words = [("reply", "It begins on Sunday.")];
    server.post(&format!("{file}/reply"), Some(&session), &words);
    let reply = || {
        let mails = folder.mails();
        mails.into_iter().find(|mail| mail.contains("Sunday"))
    };
    eventually("the reply", || reply().is_some());
    let mail = reply().expect("it");
    let (_, rest) = mail.split_once("Message-ID: <").expect("its id");
    let (id, _) = rest.split_once('@').expect("its domain");
    let take_back = || server.post(&format!("/desk/mail/{id}/take-back"), Some(&session), &[]);
    let late = take_back();
    assert_eq!(late.status, 422);
    assert!(
        late.body.contains("too late to take this back"),
        "{}",
        late.body
    );
    // The server took it a moment before that is written down.
    eventually("the time of sending", || {
        let words = "too late to take this back: it was sent at ";
        take_back().body.contains(words)
    });
}
