//! Mail that reached nobody stands in a list until a person has dealt with it; what is still tried is told.

use domain::{
    codes::{AttemptOutcome, ClearReason, DeliveryState, MessageKind, Role},
    enquiry::State,
    ids::MailId,
    reference::Reference,
};
use hub::{
    Actor, Error,
    desk::{InTwoLists, Undelivered},
};
use jiff::{SignedDuration, civil::date};
use rstest::rstest;
use store::AcknowledgementState;
use testing::{TestHub, fields};
use uuid::Uuid;

use crate::reading::{faults, file, not_arrived, times};

async fn undelivered(test: &TestHub, officer: &Actor) -> Vec<Undelivered> {
    let list = not_arrived(test, officer).await;
    assert_eq!(list.to_clear.rows.len(), list.to_clear.count as usize);
    list.to_clear.rows
}

/// An enquiry whose acknowledgement no server will take.
async fn not_acknowledged(test: &TestHub) -> Reference {
    test.mails.refuse_next();
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_hours(1));
    reference
}

/// An enquiry that is acknowledged, and whose reply no server will take.
async fn reply_refused(test: &TestHub, officer: &Actor) -> Reference {
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    test.mails.refuse_next();
    let words = fields([("reply", "It begins on Monday.")]);
    let desk = test.hub.desk();
    desk.reply(officer, &reference, &words).await.unwrap();
    test.run_jobs().await;
    reference
}

#[tokio::test]
async fn what_reached_nobody_is_listed_until_a_person_clears_it_with_a_reason() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    assert_eq!(undelivered(&test, &officer).await, []);
    let reference = not_acknowledged(&test).await;
    let dead = undelivered(&test, &officer).await;
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].reference, reference);
    assert_eq!(dead[0].kind, MessageKind::Acknowledgement);
    assert_eq!(dead[0].state, DeliveryState::Dead);
    assert_eq!(dead[0].written_on, date(2026, 3, 2));
    assert_eq!(dead[0].reason.as_deref(), Some("550 5.1.1 no such mailbox"));
    assert_eq!(dead[0].answered_on, None);

    // Neither an answer that reached them nor the enquiry's end takes it off: a person does.
    let desk = test.hub.desk();
    let words = fields([("conversation", "Called Jo."), ("reason", "answered")]);
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    desk.close(&officer, &reference, &words).await.unwrap();
    let answered = undelivered(&test, &officer).await;
    assert_eq!(answered.len(), 1);
    assert_eq!(answered[0].answered_on, Some(date(2026, 3, 2)));

    let mail = dead[0].mail;
    for unsaid in ["", "other-address", "because"] {
        let words = fields([("reason", unsaid)]);
        let refused = desk.clear_mail(&officer, mail, &words).await;
        assert!(faults(refused).of("reason").is_some(), "{unsaid}");
    }
    let told = fields([("reason", "telephone")]);
    // Pressed twice.
    desk.clear_mail(&officer, mail, &told).await.unwrap();
    desk.clear_mail(&officer, mail, &told).await.unwrap();
    assert_eq!(undelivered(&test, &officer).await, []);
    assert_eq!(times(&test, &reference, "mail-cleared").await, 1);
    let backlog = test.hub.backlog().await.unwrap();
    assert_eq!(backlog.jobs_dead, 0, "nothing warns of what was dealt with");
    let page = desk.undelivered_mail(&officer, mail).await.unwrap();
    assert!(!page.is_to_clear());
    // What was cleared is not sent any more.
    desk.try_again(&officer, mail).await.unwrap();
    assert_eq!(times(&test, &reference, "mail-tried-again").await, 0);
}

#[tokio::test]
async fn every_attempt_is_kept_with_the_server_s_answer_and_told_while_it_goes_on() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    test.mails.go_down();
    let reference = test.submit(|answers| answers).await.reference;
    for _ in 0..4 {
        test.run_jobs().await;
        test.clock.advance(SignedDuration::from_mins(10));
    }
    let list = not_arrived(&test, &officer).await;
    assert_eq!(list.to_clear.rows, []);
    let waiting = &list.held_up.rows[0];
    assert_eq!((&waiting.reference, waiting.attempts), (&reference, 4));
    assert_eq!(waiting.said.as_deref(), Some("451 4.3.0 try later"));
    let next = waiting.next_at.unwrap();
    assert_eq!(file(&test, &reference).await.mails[0].next_at, Some(next));

    test.clock.set(next);
    test.mails.refuse_next();
    test.run_jobs().await;
    let list = not_arrived(&test, &officer).await;
    assert_eq!(list.held_up.rows, []);
    let mail = list.to_clear.rows[0].mail;
    let page = test.hub.desk().undelivered_mail(&officer, mail).await;
    let attempts = page.unwrap().attempts;
    let told: Vec<_> = attempts
        .iter()
        .map(|one| (one.outcome, one.reply_code, one.enhanced_status.as_deref()))
        .collect();
    let later = (AttemptOutcome::Later, Some(451), Some("4.3.0"));
    let refused = (AttemptOutcome::Refused, Some(550), Some("5.1.1"));
    assert_eq!(told, [later, later, later, later, refused]);
    assert!(attempts.is_sorted_by_key(|one| one.at));
}

/// So many acknowledgements, the earliest first, that wait to be sent.
async fn waiting(test: &TestHub, count: usize) -> Vec<(Reference, MailId)> {
    let mut waiting = Vec::new();
    for number in 0..count {
        let email = format!("jo{number}@example.org");
        let reference = test.submit(|answers| answers.email(&email)).await.reference;
        waiting.push((reference, file(test, &reference).await.mails[0].id));
        test.clock.advance(SignedDuration::from_mins(1));
    }
    waiting
}

#[tokio::test]
async fn what_reached_nobody_is_reached_page_by_page() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let gone = waiting(&test, 27).await;
    let mut tx = test.hub.database().begin().await.unwrap();
    for (_, mail) in &gone {
        assert!(tx.outbox().mark_dead(*mail, "550").await.unwrap());
    }
    tx.commit().await.unwrap();
    let first = not_arrived(&test, &officer).await.to_clear;
    assert_eq!((first.rows.len(), first.count), (25, 27));
    let after = InTwoLists {
        upper: first.next,
        lower: None,
    };
    let second = test.hub.desk().undelivered(&officer, &after).await;
    let second = second.unwrap().to_clear;
    assert_eq!((second.next, second.count), (None, 27));
    let read = first.rows.iter().chain(&second.rows);
    let read: Vec<_> = read.map(|mail| (mail.reference, mail.mail)).collect();
    assert_eq!(read, gone);
}

#[tokio::test]
async fn what_waits_here_and_with_another_server_is_one_list_by_when_it_was_written() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let held_up = waiting(&test, 27).await;
    let mut tx = test.hub.database().begin().await.unwrap();
    for (number, (_, mail)) in held_up.iter().enumerate() {
        let mut outbox = tx.outbox();
        match number % 2 {
            0 => assert!(outbox.mark_attempt(*mail, "451 later").await.unwrap()),
            _ => {
                let sent = outbox.mark_sent(*mail, test.hub.now(), "250").await;
                sent.unwrap();
                let delayed = DeliveryState::Delayed;
                let reported = outbox.mark_reported(*mail, delayed, "4.4.1").await;
                assert!(reported.unwrap());
            }
        }
    }
    tx.commit().await.unwrap();
    let first = not_arrived(&test, &officer).await.held_up;
    assert_eq!((first.rows.len(), first.count), (25, 27));
    let after = InTwoLists {
        upper: None,
        lower: first.next,
    };
    let second = test.hub.desk().undelivered(&officer, &after).await;
    let second = second.unwrap().held_up;
    assert_eq!(second.next, None);
    let read = first.rows.iter().chain(&second.rows);
    let read: Vec<_> = read.map(|mail| mail.reference).collect();
    let written: Vec<_> = held_up.iter().map(|(reference, _)| *reference).collect();
    assert_eq!(read, written);
}

#[tokio::test]
async fn what_never_arrived_can_go_to_another_address_as_a_new_mail() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = reply_refused(&test, &officer).await;
    let desk = test.hub.desk();
    let old = undelivered(&test, &officer).await[0].mail;
    for (typed, part) in [
        ("nobody", "format"),
        ("JO.Bloggs@example.org", "did not work"),
    ] {
        let to = fields([("to_address", typed)]);
        let refused = faults(desk.send_elsewhere(&officer, old, &to).await);
        assert!(refused.of("to_address").unwrap().contains(part), "{typed}");
    }
    let to = fields([("to_address", "jo@work.example.org")]);
    // Pressed twice.
    desk.send_elsewhere(&officer, old, &to).await.unwrap();
    desk.send_elsewhere(&officer, old, &to).await.unwrap();
    assert_eq!(undelivered(&test, &officer).await, []);
    assert_eq!(test.run_jobs().await, 1);
    let taken = test.mails.taken();
    let sent = taken.last().unwrap();
    assert_eq!(sent.mail.to.as_str(), "jo@work.example.org");
    assert!(sent.mail.text.contains("It begins on Monday."));
    assert_eq!(sent.link_token(), taken[0].link_token());
    assert_ne!(sent.mail.id, old);
    let file = file(&test, &reference).await;
    assert!(matches!(file.enquiry.state, State::Answered { .. }));
    // The first stays what it was, its recipient frozen.
    let first = desk.undelivered_mail(&officer, old).await.unwrap();
    assert_eq!(first.to.as_str(), "jo.bloggs@example.org");
    assert_eq!(first.cleared, Some(ClearReason::OtherAddress));
}

#[tokio::test]
async fn words_written_before_a_new_message_keep_no_promise_by_going_elsewhere_after_it() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    let desk = test.hub.desk();
    let words = fields([("reply", "As I said."), ("conversation", "Called Jo.")]);
    test.mails.refuse_next();
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.run_jobs().await;
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    test.clock.advance(SignedDuration::from_hours(24));
    let news = fields([("message", "Is there any news?")]);
    let enquiries = test.hub.enquiries();
    enquiries.follow_up(&token, &news).await.unwrap();
    let promised = file(&test, &reference).await.enquiry.promise;
    let dead = undelivered(&test, &officer).await;
    let reply = dead.iter().find(|mail| mail.kind == MessageKind::Reply);
    let to = fields([("to_address", "jo@work.example.org")]);
    let mail = reply.unwrap().mail;
    desk.send_elsewhere(&officer, mail, &to).await.unwrap();
    test.run_jobs().await;
    let enquiry = file(&test, &reference).await.enquiry;
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(
        enquiry.promise, promised,
        "it runs on, and the words kept none"
    );
}

#[tokio::test]
async fn a_new_day_written_before_a_new_message_moves_no_promise_by_going_elsewhere_after_it() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    let desk = test.hub.desk();
    let words = fields([
        ("holding_reply", "We wait for the school."),
        ("promises_on", "2026-03-12"),
        ("conversation", "Called Jo."),
    ]);
    test.mails.refuse_next();
    desk.holding_reply(&officer, &reference, &words)
        .await
        .unwrap();
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_hours(1));
    let called = desk.record_conversation(&officer, &reference, &words).await;
    called.unwrap();
    test.clock.advance(SignedDuration::from_hours(24));
    let news = fields([("message", "Something else.")]);
    let enquiries = test.hub.enquiries();
    enquiries.follow_up(&token, &news).await.unwrap();
    let before = file(&test, &reference).await.enquiry.promise;
    let dead = undelivered(&test, &officer).await;
    let held = dead
        .iter()
        .find(|mail| mail.kind == MessageKind::HoldingReply);
    let to = fields([("to_address", "jo@work.example.org")]);
    let mail = held.unwrap().mail;
    desk.send_elsewhere(&officer, mail, &to).await.unwrap();
    test.run_jobs().await;
    assert_eq!(file(&test, &reference).await.enquiry.promise, before);
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
    let reference = reply_refused(&test, &officer).await;
    let desk = test.hub.desk();
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
    let first = InTwoLists::default();
    let asked = test.hub.desk().undelivered(&actor, &first).await;
    assert!(matches!(asked, Err(Error::NotFound)), "{asked:?}");
}
