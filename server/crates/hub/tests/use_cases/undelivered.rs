//! Dead letters stand in a list until a person has reached them another way.

use domain::{
    codes::{MessageKind, Role},
    reference::Reference,
};
use hub::{Actor, Error, desk::Undelivered};
use jiff::{SignedDuration, civil::date};
use rstest::rstest;
use testing::{TestHub, fields};

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
    assert_eq!(
        undelivered(&test, &officer).await,
        [Undelivered {
            reference,
            kind: MessageKind::Acknowledgement,
            written_on: date(2026, 3, 2),
        }]
    );
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
    let asked = test.hub.desk().undelivered(&actor).await;
    assert!(matches!(asked, Err(Error::NotFound)), "{asked:?}");
}
