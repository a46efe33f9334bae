//! Dead letters stand in a list until a person has reached them another way.

use domain::{
    codes::{MessageKind, Role},
    enquiry::State,
    ids::MailId,
    reference::Reference,
};
use hub::{Actor, Error, desk::Undelivered};
use jiff::{SignedDuration, civil::date};
use rstest::rstest;
use store::AcknowledgementState;
use testing::{TestHub, fields};
use uuid::Uuid;

use crate::reading::{file, times};

async fn undelivered(test: &TestHub, officer: &Actor) -> Vec<Undelivered> {
    test.hub.desk().undelivered(officer).await.unwrap()
}

/// An enquiry whose acknowledgement no server will take.
async fn not_acknowledged(test: &TestHub) -> Reference {
    test.mails.refuse_next();
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_hours(1));
    reference
}

#[tokio::test]
async fn a_dead_acknowledgement_is_listed_until_a_conversation_is_recorded() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    assert_eq!(undelivered(&test, &officer).await, []);
    let reference = not_acknowledged(&test).await;
    let dead = undelivered(&test, &officer).await;
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].reference, reference);
    assert_eq!(dead[0].kind, MessageKind::Acknowledgement);
    assert_eq!(dead[0].written_on, date(2026, 3, 2));
    assert_eq!(dead[0].reason.as_deref(), Some("550 5.1.1 no such mailbox"));
    let desk = test.hub.desk();
    let words = fields([
        ("note", "Nobody picked up."),
        ("conversation", "Called Jo."),
    ]);
    desk.note(&officer, &reference, &words).await.unwrap();
    assert_eq!(undelivered(&test, &officer).await.len(), 1);
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    assert_eq!(undelivered(&test, &officer).await, []);
}

#[tokio::test]
async fn a_dead_reply_is_listed_until_a_later_one_was_sent() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let desk = test.hub.desk();
    let words = fields([("reply", "It begins on Monday.")]);
    test.mails.refuse_next();
    desk.reply(&officer, &reference, &words).await.unwrap();
    assert_eq!(undelivered(&test, &officer).await, []);
    test.run_jobs().await;
    let dead = undelivered(&test, &officer).await;
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].kind, MessageKind::Reply);

    test.clock.advance(SignedDuration::from_hours(1));
    desk.reply(&officer, &reference, &words).await.unwrap();
    assert_eq!(undelivered(&test, &officer).await, dead, "not sent yet");
    test.run_jobs().await;
    assert_eq!(undelivered(&test, &officer).await, []);
}

#[tokio::test]
async fn a_conversation_before_the_dead_reply_does_not_take_it_off() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = not_acknowledged(&test).await;
    let desk = test.hub.desk();
    let words = fields([("conversation", "Called Jo."), ("reply", "As I said.")]);
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    test.clock.advance(SignedDuration::from_hours(1));
    test.mails.refuse_next();
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.run_jobs().await;
    let dead = undelivered(&test, &officer).await;
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].kind, MessageKind::Reply);
}

#[tokio::test]
async fn a_closed_enquiry_is_not_listed() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = not_acknowledged(&test).await;
    let words = fields([("reason", "spam")]);
    let desk = test.hub.desk();
    desk.close(&officer, &reference, &words).await.unwrap();
    assert_eq!(undelivered(&test, &officer).await, []);
}

#[tokio::test]
async fn a_dead_letter_that_is_tried_again_goes_out_once_and_leaves_the_list() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = not_acknowledged(&test).await;
    let mail = undelivered(&test, &officer).await[0].mail;
    let desk = test.hub.desk();
    // Pressed twice.
    desk.try_again(&officer, mail).await.unwrap();
    desk.try_again(&officer, mail).await.unwrap();
    assert_eq!(undelivered(&test, &officer).await, []);
    assert_eq!(test.run_jobs().await, 1);
    assert_eq!(test.mails.taken().len(), 1);
    let file = file(&test, &reference).await;
    assert_eq!(file.acknowledgement, Some(AcknowledgementState::Sent));
    assert_eq!(test.hub.backlog().await.unwrap().jobs_dead, 0);
    assert_eq!(times(&test, &reference, "mail-tried-again").await, 1);
    // And once it was sent there is nothing to try.
    desk.try_again(&officer, mail).await.unwrap();
    assert_eq!(test.run_jobs().await, 0);
}

#[tokio::test]
async fn a_reply_that_is_tried_again_keeps_the_promise_once_it_was_sent() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let desk = test.hub.desk();
    test.mails.refuse_next();
    let words = fields([("reply", "It begins on Monday.")]);
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.run_jobs().await;
    assert!(matches!(
        file(&test, &reference).await.enquiry.state,
        State::Promised
    ));
    // Weeks later the mailbox is there again.
    test.clock.advance(SignedDuration::from_hours(24 * 20));
    let mail = undelivered(&test, &officer).await[0].mail;
    test.mails.delay_next();
    desk.try_again(&officer, mail).await.unwrap();
    test.run_jobs().await;
    assert_eq!(undelivered(&test, &officer).await, [], "it waits again");
    test.clock.advance(SignedDuration::from_hours(1));
    test.run_jobs().await;
    let state = file(&test, &reference).await.enquiry.state;
    assert!(matches!(state, State::Answered { .. }), "{state:?}");
}

#[rstest]
#[case::the_public(None)]
#[case::an_editor(Some(Role::Editor))]
#[tokio::test]
async fn those_who_do_not_answer_enquiries_do_not_see_it(#[case] role: Option<Role>) {
    let test = TestHub::new().await;
    not_acknowledged(&test).await;
    let actor = match role {
        Some(role) => test.officer(role).await,
        None => Actor::Public,
    };
    let id = MailId::from_uuid(Uuid::nil());
    let tried = test.hub.desk().try_again(&actor, id).await;
    assert!(matches!(tried, Err(Error::NotFound)), "{tried:?}");
    let asked = test.hub.desk().undelivered(&actor).await;
    assert!(matches!(asked, Err(Error::NotFound)), "{asked:?}");
}
