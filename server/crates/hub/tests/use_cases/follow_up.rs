//! Writing again by the private link.

use domain::{
    codes::{MessageKind, Role},
    enquiry::State,
    reference::Reference,
};
use hub::{Error, StatusState};
use jiff::civil::date;
use testing::{TestHub, fields};

use crate::reading::{faults, file, stored, times};

async fn enquiry_with_link(test: &TestHub) -> (Reference, String) {
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    (reference, test.mails.only().link_token())
}

async fn write_again(test: &TestHub, token: &str) {
    let words = fields([("message", "Is there any news?")]);
    let enquiries = test.hub.enquiries();
    enquiries.follow_up(token, &words).await.unwrap();
}

async fn answer(test: &TestHub, reference: &Reference) {
    let officer = test.officer(Role::Officer).await;
    let words = fields([("reply", "It begins on Monday.")]);
    let desk = test.hub.desk();
    desk.reply(&officer, reference, &words).await.unwrap();
    test.run_jobs().await;
}

#[tokio::test]
async fn a_chaser_is_counted_and_never_moves_the_date() {
    let test = TestHub::new().await;
    let (reference, token) = enquiry_with_link(&test).await;
    let before = stored(&test, &reference).await.promise;
    test.clock.set_to("2026-03-05T10:00:00Z");
    write_again(&test, &token).await;
    write_again(&test, &token).await;
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.chasers, 2);
    assert_eq!(enquiry.promise, before);
    let file = file(&test, &reference).await;
    assert_eq!(file.messages.last().unwrap().kind, MessageKind::FollowUp);
    assert_eq!(test.run_jobs().await, 0, "no second acknowledgement");
}

#[tokio::test]
async fn after_an_answer_it_starts_a_new_promise() {
    let test = TestHub::new().await;
    let (reference, token) = enquiry_with_link(&test).await;
    let first = stored(&test, &reference).await.promise.unwrap();
    answer(&test, &reference).await;
    test.clock.set_to("2026-03-10T10:00:00Z");
    write_again(&test, &token).await;
    let enquiry = stored(&test, &reference).await;
    let second = enquiry.running_promise().unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!(second.due_on, date(2026, 3, 17));
    assert_eq!(enquiry.chasers, 0);
    assert_eq!(times(&test, &reference, "reopened").await, 0);
}

#[tokio::test]
async fn a_closed_enquiry_is_opened_again_with_a_new_promise() {
    let test = TestHub::new().await;
    let (reference, token) = enquiry_with_link(&test).await;
    answer(&test, &reference).await;
    let officer = test.officer(Role::Officer).await;
    let reason = fields([("reason", "answered")]);
    let desk = test.hub.desk();
    desk.close(&officer, &reference, &reason).await.unwrap();
    test.clock.set_to("2026-04-20T10:00:00Z");
    write_again(&test, &token).await;
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(times(&test, &reference, "reopened").await, 1);
    let status = test.hub.enquiries().follow(&token).await.unwrap().unwrap();
    let due_on = date(2026, 4, 27);
    assert_eq!(status.state, StatusState::Promised { due_on });
}

#[tokio::test]
async fn a_message_ends_a_pause() {
    let test = TestHub::new().await;
    let (reference, token) = enquiry_with_link(&test).await;
    crate::sweep::pause(&test, &reference, date(2026, 3, 20)).await;
    test.clock.set_to("2026-03-12T10:00:00Z");
    write_again(&test, &token).await;
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(enquiry.promise.unwrap().due_on, date(2026, 3, 19));
    assert_eq!(enquiry.chasers, 0);
}

#[tokio::test]
async fn nothing_is_added_without_words_or_without_a_link() {
    let test = TestHub::new().await;
    let (reference, token) = enquiry_with_link(&test).await;
    let enquiries = test.hub.enquiries();
    let empty = enquiries
        .follow_up(&token, &fields([("message", " ")]))
        .await;
    assert_eq!(faults(empty).of("message"), Some("Enter your message"));
    let words = fields([("message", "Is there any news?")]);
    let forged = enquiries.follow_up(&"A".repeat(43), &words).await;
    assert!(matches!(forged, Err(Error::NotFound)), "{forged:?}");
    assert_eq!(stored(&test, &reference).await.chasers, 0);
}

async fn write_reply(test: &TestHub, reference: &Reference) {
    let officer = test.officer(Role::Officer).await;
    let words = fields([("reply", "It begins on Monday.")]);
    let desk = test.hub.desk();
    desk.reply(&officer, reference, &words).await.unwrap();
}

#[tokio::test]
async fn a_message_that_came_while_the_reply_waited_to_be_sent_is_promised_an_answer() {
    let test = TestHub::new().await;
    let (reference, token) = enquiry_with_link(&test).await;
    test.clock.set_to("2026-03-03T10:00:00Z");
    write_reply(&test, &reference).await;
    test.clock.set_to("2026-03-04T10:00:00Z");
    write_again(&test, &token).await;
    test.clock.set_to("2026-03-05T10:00:00Z");
    test.run_jobs().await;

    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.state, State::Promised);
    let promise = enquiry.running_promise().unwrap();
    assert_eq!(
        promise.received_at,
        testing::hub::time("2026-03-04T10:00:00Z")
    );
    assert_eq!(promise.due_on, date(2026, 3, 11));
}

#[tokio::test]
async fn a_reply_does_not_keep_a_promise_that_began_after_it_was_written() {
    let test = TestHub::new().await;
    let (reference, token) = enquiry_with_link(&test).await;
    answer(&test, &reference).await;
    test.clock.set_to("2026-03-03T10:00:00Z");
    write_reply(&test, &reference).await;
    test.clock.set_to("2026-03-04T10:00:00Z");
    write_again(&test, &token).await;
    let promised = stored(&test, &reference).await.promise;
    test.run_jobs().await;

    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(enquiry.promise, promised, "it runs on, and none was kept");
}
