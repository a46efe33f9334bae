//! A reply waits a little before it is sent, and can be taken back until a worker begins.

use std::time::Duration;

use domain::{
    codes::{DeliveryState, Role},
    enquiry::State,
    ids::MailId,
    reference::Reference,
};
use hub::Actor;
use jiff::SignedDuration;
use store::Lane;
use testing::{Setup, TestHub, fields, join_again};

use crate::reading::{file, queue, times};

async fn with_undo() -> (TestHub, Actor, Reference) {
    let test = TestHub::with(Setup {
        reply_undo: Duration::from_secs(10),
        ..Setup::default()
    })
    .await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    assert_eq!(test.run_jobs().await, 1, "an acknowledgement does not wait");
    test.clock.advance(SignedDuration::from_mins(1));
    (test, officer, reference)
}

/// Writes a reply and gives its mail.
async fn reply(test: &TestHub, officer: &Actor, reference: &Reference, words: &str) -> MailId {
    let words = fields([("reply", words)]);
    let desk = test.hub.desk();
    desk.reply(officer, reference, &words).await.unwrap();
    file(test, reference).await.mails.last().unwrap().id
}

#[tokio::test]
async fn a_reply_is_sent_after_ten_seconds_and_not_before() {
    let (test, officer, reference) = with_undo().await;
    reply(&test, &officer, &reference, "It begins on Monday.").await;
    let left = async |test: &TestHub| {
        let file = file(test, &reference).await;
        file.mails[1].can_be_taken_back_for(test.hub.now())
    };
    assert_eq!(left(&test).await, Some(10));
    let until = file(&test, &reference).await.mails[1].can_be_taken_back_until(test.hub.now());
    assert_eq!(until, Some(test.hub.now() + SignedDuration::from_secs(10)));
    assert_eq!(test.run_jobs().await, 0);
    test.clock.advance(SignedDuration::from_secs(9));
    assert_eq!(left(&test).await, Some(1));
    assert_eq!(test.run_jobs().await, 0);
    test.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(left(&test).await, None);
    assert_eq!(test.run_jobs().await, 1);
    let state = file(&test, &reference).await.enquiry.state;
    assert!(matches!(state, State::Answered { .. }), "{state:?}");
}

#[tokio::test]
async fn what_was_taken_back_is_never_sent_and_keeps_no_promise() {
    let (test, officer, reference) = with_undo().await;
    let mail = reply(&test, &officer, &reference, "It begins on Sunday.").await;
    let desk = test.hub.desk();
    let back = desk.take_back(&officer, mail).await.unwrap();
    assert_eq!(back.reference, reference);
    // Pressed twice: it is taken back once, and the words come back both times.
    assert_eq!(desk.take_back(&officer, mail).await.unwrap(), back);
    assert_eq!(times(&test, &reference, "reply-taken-back").await, 1);
    test.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(test.run_jobs().await, 0);
    let file = file(&test, &reference).await;
    assert_eq!(file.enquiry.state, State::Promised);
    let message = file.messages.last().unwrap();
    assert_eq!(Some(message.id), back.message);
    assert_eq!(message.body, "It begins on Sunday.");
    assert_eq!(message.delivery, Some(DeliveryState::TakenBack));
    assert!(!queue(&test, &officer).await.rows[0].reply_waiting);
    assert_eq!(test.mails.taken().len(), 1);
}

#[tokio::test]
async fn the_same_words_can_be_sent_after_they_were_taken_back() {
    let (test, officer, reference) = with_undo().await;
    let once = test.hub.new_message_id().to_string();
    let words = fields([("reply", "It begins on Monday."), ("once", &once)]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();
    let mail = file(&test, &reference).await.mails[1].id;
    desk.take_back(&officer, mail).await.unwrap();
    // The form of before, found by going back in the browser.
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.clock.advance(SignedDuration::from_secs(10));
    assert_eq!(test.run_jobs().await, 1);
    let state = file(&test, &reference).await.enquiry.state;
    assert!(matches!(state, State::Answered { .. }), "{state:?}");
}

#[tokio::test]
async fn what_a_worker_has_begun_to_send_cannot_be_taken_back() {
    let (test, officer, reference) = with_undo().await;
    let mail = reply(&test, &officer, &reference, "It begins on Monday.").await;
    test.clock.advance(SignedDuration::from_secs(10));
    test.mails.delay_next();
    test.run_jobs().await;
    // It waits again, but a server has seen it.
    let back = test.hub.desk().take_back(&officer, mail).await.unwrap();
    assert_eq!((back.message, back.sent_at), (None, None));
    test.clock.advance(SignedDuration::from_mins(5));
    test.run_jobs().await;
    assert_eq!(test.mails.taken().len(), 2);
    let back = test.hub.desk().take_back(&officer, mail).await.unwrap();
    assert_eq!((back.message, back.sent_at), (None, Some(test.hub.now())));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_people_and_a_worker_at_the_same_moment_exactly_one_is_first() {
    let (test, officer, reference) = with_undo().await;
    let other = join_again(&test);
    for round in 1..=8 {
        test.clock.advance(SignedDuration::from_secs(1));
        let before = test.mails.taken().len();
        let mail = reply(&test, &officer, &reference, &format!("Answer {round}.")).await;
        test.clock.advance(SignedDuration::from_secs(10));
        let people = [test.hub.clone(), other.clone()].map(|hub| {
            let officer = officer.clone();
            tokio::spawn(async move { hub.desk().take_back(&officer, mail).await.unwrap() })
        });
        let worker = {
            let hub = test.hub.clone();
            tokio::spawn(async move { hub::jobs::run_due(&hub).await.unwrap() })
        };
        let sent = worker.await.unwrap();
        let [one, two] = people;
        let (one, two) = (one.await.unwrap(), two.await.unwrap());
        // Only one of them may have asked before it was sent.
        assert_eq!(one.message, two.message, "both are told the same");
        let back = usize::from(one.message.is_some());
        assert_eq!(sent + back, 1, "round {round}");
        assert_eq!(test.mails.taken().len() - before, sent);
        let taken_back = times(&test, &reference, "reply-taken-back").await;
        let sent_replies = times(&test, &reference, "mail-sent").await - 1;
        assert_eq!(taken_back + sent_replies, round);
    }
}

#[tokio::test]
async fn what_a_worker_had_begun_before_it_died_cannot_be_taken_back() {
    let (test, officer, reference) = with_undo().await;
    test.mails.handed_over().await;
    let mail = reply(&test, &officer, &reference, "It begins on Monday.").await;
    test.clock.advance(SignedDuration::from_secs(10));
    test.die_after_sending().await;
    // Its lease ends, and nobody has taken the job since.
    test.clock.advance(SignedDuration::from_secs(121));
    let now = test.hub.now();
    let until = now + SignedDuration::from_secs(120);
    let mut tx = test.hub.database().begin().await.unwrap();
    let none = tx.jobs().lease(Lane::Sending, now, until, 0).await;
    assert!(none.unwrap().is_empty());
    tx.commit().await.unwrap();
    let taken = test.hub.desk().take_back(&officer, mail).await.unwrap();
    assert_eq!(taken.message, None, "they may have it already");
    test.run_jobs().await;
    let state = file(&test, &reference).await.enquiry.state;
    assert!(matches!(state, State::Answered { .. }), "{state:?}");
}
