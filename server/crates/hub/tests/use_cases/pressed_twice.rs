//! Forms that are sent twice, and forms whose page is no longer true.

use domain::{codes::Role, enquiry::State, form::Fields, reference::Reference};
use hub::{Actor, Error, desk::Seen, pressed};
use rstest::rstest;
use testing::{TestHub, fields};

use crate::reading::{file, stored, times};

/// A form of the enquiry's page as it is now, with this one answer.
async fn form(test: &TestHub, reference: &Reference, name: &str, value: &str) -> Fields {
    let seen = file(test, reference).await.seen;
    let mut fields = fields([
        ("promises_on", "2026-03-12"),
        ("waits_for", "document"),
        ("paused_until", "2026-03-16"),
        ("topic", "complaint"),
        (name, value),
    ]);
    fields.set(Seen::FIELD, seen.to_string());
    fields.set(pressed::FIELD, test.hub.new_message_id().to_string());
    fields
}

async fn act(
    test: &TestHub,
    officer: &Actor,
    reference: &Reference,
    name: &str,
    fields: &Fields,
) -> Result<(), Error> {
    let desk = test.hub.desk();
    match name {
        "reply" => desk.reply(officer, reference, fields).await,
        "note" => desk.note(officer, reference, fields).await,
        "conversation" => desk.record_conversation(officer, reference, fields).await,
        "assign" => desk.assign_to_me(officer, reference, fields).await,
        "holding_reply" => desk.holding_reply(officer, reference, fields).await,
        "pause" => desk.pause(officer, reference, fields).await,
        "end_pause" => desk.end_pause(officer, reference, fields).await,
        "passed_why" => desk.pass_on(officer, reference, fields).await,
        _ => desk.close(officer, reference, fields).await,
    }
}

#[rstest]
#[case("reply")]
#[case("note")]
#[case("conversation")]
#[tokio::test]
async fn a_double_press_writes_once(#[case] name: &str) {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let form = form(&test, &reference, name, "It begins on Monday.").await;
    let first = act(&test, &officer, &reference, name, &form);
    let second = act(&test, &officer, &reference, name, &form);
    let (first, second) = tokio::join!(first, second);
    first.unwrap();
    second.unwrap();
    test.run_jobs().await;
    act(&test, &officer, &reference, name, &form).await.unwrap();
    test.run_jobs().await;
    assert_eq!(file(&test, &reference).await.messages.len(), 2);
    let mails = if name == "reply" { 2 } else { 1 };
    assert_eq!(test.mails.taken().len(), mails);
}

#[tokio::test]
async fn other_words_under_the_same_id_are_another_message() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let mut form = form(&test, &reference, "note", "Asked the therapist.").await;
    act(&test, &officer, &reference, "note", &form)
        .await
        .unwrap();
    form.set("note", "Asked the school too.");
    act(&test, &officer, &reference, "note", &form)
        .await
        .unwrap();
    assert_eq!(file(&test, &reference).await.messages.len(), 3);
}

#[tokio::test]
async fn a_parent_who_presses_twice_asks_once() {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    let mut form = fields([("message", "Is there any news?")]);
    form.set(pressed::FIELD, test.hub.new_message_id().to_string());
    let enquiries = test.hub.enquiries();
    let (first, second) = tokio::join!(
        enquiries.follow_up(&token, &form),
        enquiries.follow_up(&token, &form)
    );
    first.unwrap();
    second.unwrap();
    assert_eq!(stored(&test, &reference).await.chasers, 1);
    form.set("message", "And what do I tell the school?");
    enquiries.follow_up(&token, &form).await.unwrap();
    assert_eq!(stored(&test, &reference).await.chasers, 2);
}

#[rstest]
#[case("reply", "It begins on Monday.")]
#[case("conversation", "Called Jo.")]
#[case("reason", "withdrawn")]
#[case("assign", "")]
#[case("holding_reply", "We wait for the school.")]
#[case("pause", "Please send the report.")]
#[case("end_pause", "")]
#[case("passed_why", "It is a complaint.")]
#[tokio::test]
async fn a_form_whose_page_is_no_longer_true_does_nothing(#[case] name: &str, #[case] value: &str) {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let form = form(&test, &reference, name, value).await;
    let token = test.mails.only().link_token();
    let news = fields([("message", "It is solved, thank you.")]);
    let enquiries = test.hub.enquiries();
    enquiries.follow_up(&token, &news).await.unwrap();
    let before = stored(&test, &reference).await;

    let refused = act(&test, &officer, &reference, name, &form).await;
    assert!(matches!(refused, Err(Error::Stale)), "{refused:?}");
    assert_eq!(stored(&test, &reference).await, before);
    assert_eq!(file(&test, &reference).await.messages.len(), 2);
    assert_eq!(test.run_jobs().await, 0, "nothing was mailed");
}

#[tokio::test]
async fn a_colleagues_reply_that_waits_to_be_sent_is_news_too() {
    let test = TestHub::new().await;
    let (one, other) = (
        test.officer(Role::Officer).await,
        test.officer(Role::Officer).await,
    );
    let reference = test.submit(|answers| answers).await.reference;
    let (first, second) = (
        form(&test, &reference, "reply", "It begins on Monday.").await,
        form(&test, &reference, "reply", "It begins on Tuesday.").await,
    );
    act(&test, &one, &reference, "reply", &first).await.unwrap();
    let refused = act(&test, &other, &reference, "reply", &second).await;
    assert!(matches!(refused, Err(Error::Stale)), "{refused:?}");
    assert_eq!(times(&test, &reference, "reply-written").await, 1);
}

#[tokio::test]
async fn a_note_is_right_whatever_happened() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let note = form(&test, &reference, "note", "Asked the therapist.").await;
    let closing = fields([("reason", "withdrawn")]);
    act(&test, &officer, &reference, "reason", &closing)
        .await
        .unwrap();
    act(&test, &officer, &reference, "note", &note)
        .await
        .unwrap();
    let enquiry = stored(&test, &reference).await;
    assert!(matches!(enquiry.state, State::Closed { .. }));
}
