//! Losses on the way back: what was answered, and never came.

use domain::codes::{DeliveryState, Role};
use domain::enquiry::State;
use domain::ids::CorrespondentId;
use jiff::SignedDuration;
use testing::{TestHub, fields};

use crate::by_hand;
use crate::hostile_mail::{Disguise, Robot};
use crate::mailed::{arrive, letter, reference_of};
use crate::reading::{file, not_arrived, stored};

/// Somebody gets another address, however that came about.
async fn moves_house(test: &TestHub, who: CorrespondentId, email: &str) {
    const SQL: &str = "UPDATE correspondents SET email = $2 WHERE id = $1";
    by_hand::set(test, SQL, who.as_uuid(), email).await;
}

#[tokio::test]
async fn a_queued_reply_went_to_a_changed_address() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let id = arrive(&test, &letter("one", "Taxi", "When?")).await;
    let reference = reference_of(&test, id).await;
    test.mails.go_down();
    let words = fields([("reply", "At eight.")]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.run_jobs().await;
    let who = stored(&test, &reference).await.correspondent;
    moves_house(&test, who, "the.other.parent@example.net").await;
    test.mails.come_back();
    test.clock.advance(SignedDuration::from_hours(1));
    test.run_jobs().await;
    let reply = test.mails.taken().pop().unwrap().mail;
    assert!(reply.text.contains("At eight."));
    assert_eq!(
        reply.to.as_str(),
        "pat@example.org",
        "as it was when it was written"
    );
}

#[tokio::test]
async fn sent_but_never_sent() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let id = arrive(&test, &letter("one", "Taxi", "When?")).await;
    let reference = reference_of(&test, id).await;
    test.clock.advance(SignedDuration::from_mins(5));
    let state = async || file(&test, &reference).await.mails.last().unwrap().state;
    let is_promised = async || stored(&test, &reference).await.state == State::Promised;

    // Written, and no server took it: nothing says that it was sent.
    test.mails.go_down();
    let words = fields([("reply", "At eight.")]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.run_jobs().await;
    assert_eq!(state().await, DeliveryState::Waiting);
    assert!(is_promised().await);

    // A server took it, and said so: now it was.
    test.mails.come_back();
    test.clock.advance(SignedDuration::from_hours(1));
    test.run_jobs().await;
    assert_eq!(state().await, DeliveryState::Sent);
    assert!(!is_promised().await);

    // Another server brings it back, as a mail to its return path: they never had it.
    let ours = test.mails.taken().pop().unwrap().mail;
    let bounce = letter("bounce", "failure notice", "Hi. This is the qmail-send program at mx.example.org.\r\n\
         I\'m afraid I wasn\'t able to deliver your message to the following addresses.\r\n\r\n\
         <pat@example.org>:\r\n550 5.1.1 no such mailbox\r\n\r\n--- Below this line is a copy of the message.\r\n")
        .from("MAILER-DAEMON@mx.example.org")
        .to(ours.return_path.as_str())
        .with_null_return_path();
    arrive(&test, &bounce).await;
    assert_eq!(state().await, DeliveryState::Bounced);
    assert!(is_promised().await, "the promise runs again");
    let listed = not_arrived(&test, &officer).await;
    assert_eq!(
        listed.to_clear.rows[0].reference, reference,
        "and a person is told"
    );
}

#[tokio::test]
async fn two_systems_answered_each_other_for_ever() {
    for disguise in Disguise::ALL {
        let mut robot = Robot::new(disguise);
        let test = TestHub::new().await;
        robot.answers_everything(&test).await;
        let told = robot.most_to_one_address(&test);
        assert!(
            told <= 5,
            "{disguise:?}: {told} mails to one address within the hour"
        );
    }
}
