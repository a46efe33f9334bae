//! How a family's mail program keeps our letters with their own: `In-Reply-To` and `References` (RFC 5322, 3.6.4).

use domain::codes::Role;
use domain::reference::Reference;
use hub::Actor;
use jiff::SignedDuration;
use testing::{CaughtMail, TestHub, fields};

use crate::mailed::{arrive, letter, reference_of};

async fn reply(test: &TestHub, officer: &Actor, reference: &Reference, words: &str) -> CaughtMail {
    test.clock.advance(SignedDuration::from_mins(1));
    let desk = test.hub.desk();
    let words = fields([("reply", words)]);
    desk.reply(officer, reference, &words).await.unwrap();
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_mins(1));
    test.mails.taken().pop().unwrap()
}

#[tokio::test]
async fn an_officers_reply_stands_below_the_mail_that_it_answers() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let id = arrive(&test, &letter("first", "Taxi", "When?")).await;
    let reference = reference_of(&test, id).await;
    let told = test.mails.only().mail;
    let first = reply(&test, &officer, &reference, "At eight.").await.mail;
    assert_eq!(first.in_reply_to.as_deref(), Some("<first@example.org>"));
    assert_eq!(
        first.references,
        [told.message_id.as_str(), "<first@example.org>"]
    );

    let again = letter("again", "Re: Taxi", "And back?")
        .header(&format!("In-Reply-To: {}", first.message_id));
    arrive(&test, &again).await;
    let second = reply(&test, &officer, &reference, "At four.").await;
    let headers = second.headers();
    assert!(
        headers.contains("In-Reply-To: <again@example.org>"),
        "{headers}"
    );
    let references = &second.mail.references;
    for known in ["<first@example.org>", &told.message_id, &first.message_id] {
        assert!(
            references.iter().any(|id| id == known),
            "{known}: {references:?}"
        );
    }
    assert_eq!(references.last().unwrap(), "<again@example.org>");
}

#[tokio::test]
async fn to_whom_wrote_no_mail_a_reply_stands_below_our_acknowledgement() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let told = test.mails.only().mail;
    let first = reply(&test, &officer, &reference, "At eight.").await.mail;
    assert_eq!(first.in_reply_to.as_ref(), Some(&told.message_id));
    assert_eq!(first.references, [told.message_id]);
}

#[tokio::test]
async fn a_malformed_message_id_stops_no_reply_and_stands_in_none() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let mut odd = letter("x", "Taxi", "When?");
    odd.headers[0] = "Message-ID: <a b\u{fc}\u{1f}@example.org>".to_owned();
    let id = arrive(&test, &odd).await;
    let reference = reference_of(&test, id).await;
    let told = test.mails.only().mail;
    let first = reply(&test, &officer, &reference, "At eight.").await;
    assert_eq!(first.mail.in_reply_to, Some(told.message_id));
    assert!(first.headers().is_ascii());
}

#[tokio::test]
async fn nobody_is_told_the_ids_of_what_others_wrote() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let id = arrive(&test, &letter("first", "Taxi", "When?")).await;
    let reference = reference_of(&test, id).await;
    let gran = letter("grans", "Taxi", "I ask for her.").from("Gran <gran@hill.example.net>");
    let id = arrive(&test, &gran).await;
    let hers = reference_of(&test, id).await;
    let text = reference.to_string();
    let into = fields([("into", text.as_str())]);
    test.hub.desk().join(&officer, &hers, &into).await.unwrap();
    let told = reply(&test, &officer, &reference, "At eight.").await;
    assert_eq!(told.mail.to.as_str(), "pat@example.org");
    assert!(!told.message().contains("grans@"), "{}", told.message());
}
