//! What other servers report of our mail after ours took it: tied to the mail by what nobody can make up, and told.

use domain::{
    codes::{DeliveryState, MessageKind, ReportAction, Role},
    enquiry::State,
    reference::Reference,
};
use hub::{
    Actor,
    delivery::{Reported, ReportedRecipient, Tied},
    desk::Due,
};
use jiff::{SignedDuration, civil::date};
use rstest::rstest;
use store::AcknowledgementState;
use testing::{CaughtMail, TestHub, fields};
use uuid::Uuid;

use crate::reading::{file, not_arrived, queue, stored, times};

/// A report as it would come of this mail.
fn report_of(test: &TestHub, mail: &CaughtMail, action: ReportAction) -> Reported {
    Reported {
        arrived: None,
        received_at: test.hub.now(),
        return_paths: vec![mail.mail.return_path.to_string()],
        message_id: Some(bare(&mail.mail.message_id)),
        recipients: vec![ReportedRecipient {
            addresses: vec![mail.mail.to.to_string()],
            action,
            status: Some("5.1.1".to_owned()),
            diagnostic: Some("550 5.1.1 <jo.bloggs@example.org>: no such mailbox".to_owned()),
        }],
    }
}

fn bare(message_id: &str) -> String {
    message_id.trim_matches(['<', '>']).to_owned()
}

async fn reported(test: &TestHub, report: &Reported) -> Tied {
    test.hub.delivery().reported(report).await.unwrap()
}

/// An enquiry whose acknowledgement was sent; and that mail.
async fn acknowledged(test: &TestHub) -> (Reference, CaughtMail) {
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_hours(1));
    (reference, last(test))
}

fn last(test: &TestHub) -> CaughtMail {
    test.mails.taken().pop().unwrap()
}

/// Asks for a document, and waits for it until 16 March. Gives the mail that says so.
async fn ask_for_a_report(test: &TestHub, officer: &Actor, reference: &Reference) -> CaughtMail {
    let asked = fields([
        ("pause", "Please send the report."),
        ("waits_for", "document"),
        ("paused_until", "2026-03-16"),
    ]);
    let desk = test.hub.desk();
    desk.pause(officer, reference, &asked).await.unwrap();
    test.run_jobs().await;
    last(test)
}

async fn reply(test: &TestHub, officer: &Actor, reference: &Reference) -> CaughtMail {
    let words = fields([("reply", "It begins on Monday.")]);
    let desk = test.hub.desk();
    desk.reply(officer, reference, &words).await.unwrap();
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_hours(1));
    last(test)
}

#[tokio::test]
async fn a_bounced_acknowledgement_makes_the_enquiry_not_acknowledged_and_says_why() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, mail) = acknowledged(&test).await;
    let tied = reported(&test, &report_of(&test, &mail, ReportAction::Failed)).await;
    assert_eq!(tied, Tied::To(mail.mail.id));
    let file = file(&test, &reference).await;
    assert_eq!(file.acknowledgement, Some(AcknowledgementState::Failed));
    assert_eq!(file.mails[0].state, DeliveryState::Bounced);
    let listed = &not_arrived(&test, &officer).await.to_clear.rows[0];
    assert_eq!(
        (&listed.reference, listed.state),
        (&reference, DeliveryState::Bounced)
    );
    // The server repeats the address; we keep none.
    let said = listed.reason.as_deref().unwrap();
    assert_eq!(said, "550 5.1.1 (address) no such mailbox");
    assert_eq!(times(&test, &reference, "mail-bounced").await, 1);
    // An acknowledgement keeps no promise, and its return ends none.
    assert_eq!(file.enquiry.state, State::Promised);
}

#[tokio::test]
async fn a_promise_kept_by_a_reply_that_bounced_runs_again_and_may_be_overdue_at_once() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, _) = acknowledged(&test).await;
    let promised = stored(&test, &reference).await.promise;
    let mail = reply(&test, &officer, &reference).await;
    let state = stored(&test, &reference).await.state;
    assert!(matches!(state, State::Answered { .. }));
    // The report comes when the enquiry was closed already.
    test.clock.set_to("2026-03-20T10:00:00Z");
    test.work_until(async || {
        let state = stored(&test, &reference).await.state;
        matches!(state, State::Closed { .. }).then_some(())
    })
    .await;
    test.run_jobs().await;
    reported(&test, &report_of(&test, &mail, ReportAction::Failed)).await;
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.state, State::Promised);
    let due_on = promised.unwrap().due_on;
    assert_eq!(
        enquiry.promise.unwrap().due_on,
        due_on,
        "with the day that it had"
    );
    let row = &queue(&test, &officer).await.rows[0];
    assert_eq!((&row.reference, row.due), (&reference, Due::Overdue));
    let told = file(&test, &reference).await;
    let message = told.messages.last().unwrap();
    assert_eq!(message.delivery, Some(DeliveryState::Bounced));
    // They were told that it closed; that it opens again goes to an address that does not work.
    assert_eq!(test.run_jobs().await, 0);
    // And a call keeps it.
    let words = fields([("conversation", "Called Jo.")]);
    let desk = test.hub.desk();
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    assert_eq!(times(&test, &reference, "promise-kept").await, 2);
    assert_eq!(times(&test, &reference, "promise-runs-again").await, 1);
}

#[tokio::test]
async fn where_a_call_had_answered_them_too_the_promise_stays_kept_by_the_call() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, _) = acknowledged(&test).await;
    let mail = reply(&test, &officer, &reference).await;
    let words = fields([("conversation", "Called Jo.")]);
    let desk = test.hub.desk();
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    reported(&test, &report_of(&test, &mail, ReportAction::Failed)).await;
    let state = stored(&test, &reference).await.state;
    assert!(matches!(state, State::Answered { .. }), "{state:?}");
    assert_eq!(times(&test, &reference, "promise-runs-again").await, 0);
    // The officer is told all the same.
    assert_eq!(not_arrived(&test, &officer).await.to_clear.count, 1);
}

#[tokio::test]
async fn an_answer_to_what_they_asked_before_answers_nothing_of_what_they_asked_since() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, acknowledgement) = acknowledged(&test).await;
    let words = fields([("conversation", "Called Jo.")]);
    let desk = test.hub.desk();
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    test.clock.advance(SignedDuration::from_hours(1));
    let more = fields([("message", "And the bus?")]);
    let token = acknowledgement.link_token();
    test.hub.enquiries().follow_up(&token, &more).await.unwrap();
    test.clock.advance(SignedDuration::from_hours(1));
    let mail = reply(&test, &officer, &reference).await;
    let state = stored(&test, &reference).await.state;
    assert!(matches!(state, State::Answered { .. }), "{state:?}");
    reported(&test, &report_of(&test, &mail, ReportAction::Failed)).await;
    assert_eq!(stored(&test, &reference).await.state, State::Promised);
}

#[tokio::test]
async fn a_question_of_before_that_bounces_ends_no_later_pause() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, _) = acknowledged(&test).await;
    let first = ask_for_a_report(&test, &officer, &reference).await;
    let desk = test.hub.desk();
    test.clock.set_to("2026-03-09T10:00:00Z");
    let nothing = fields([]);
    desk.end_pause(&officer, &reference, &nothing)
        .await
        .unwrap();
    test.run_jobs().await;
    ask_for_a_report(&test, &officer, &reference).await;
    reported(&test, &report_of(&test, &first, ReportAction::Failed)).await;
    let state = stored(&test, &reference).await.state;
    assert!(matches!(state, State::Paused { .. }), "{state:?}");
}

#[tokio::test]
async fn a_reply_that_bounces_when_they_have_written_again_leaves_the_new_promise_as_it_is() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, acknowledgement) = acknowledged(&test).await;
    let mail = reply(&test, &officer, &reference).await;
    let words = fields([("message", "I heard nothing.")]);
    let token = acknowledgement.link_token();
    let enquiries = test.hub.enquiries();
    enquiries.follow_up(&token, &words).await.unwrap();
    let running = stored(&test, &reference).await;
    reported(&test, &report_of(&test, &mail, ReportAction::Failed)).await;
    assert_eq!(stored(&test, &reference).await, running);
    assert_eq!(not_arrived(&test, &officer).await.to_clear.count, 1);
}

#[tokio::test]
async fn a_day_that_a_bounced_holding_reply_promised_is_taken_back() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, _) = acknowledged(&test).await;
    let desk = test.hub.desk();
    let words = fields([
        ("holding_reply", "We wait for a report."),
        ("promises_on", "2026-03-12"),
    ]);
    desk.holding_reply(&officer, &reference, &words)
        .await
        .unwrap();
    test.run_jobs().await;
    let due_on = async || stored(&test, &reference).await.promise.unwrap().due_on;
    assert_eq!(due_on().await, date(2026, 3, 12));
    let mail = last(&test);
    reported(&test, &report_of(&test, &mail, ReportAction::Failed)).await;
    assert_eq!(due_on().await, date(2026, 3, 9));
    assert_eq!(times(&test, &reference, "promise-moved-back").await, 1);
    let listed = &not_arrived(&test, &officer).await.to_clear.rows[0];
    assert_eq!(listed.kind, MessageKind::HoldingReply);
}

#[tokio::test]
async fn a_bounced_question_ends_the_pause_and_the_officer_is_told() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, _) = acknowledged(&test).await;
    let due_on = stored(&test, &reference).await.promise.unwrap().due_on;
    let question = ask_for_a_report(&test, &officer, &reference).await;
    let paused = stored(&test, &reference).await.state;
    assert!(matches!(paused, State::Paused { .. }));
    // The report comes when the day that was promised has gone by.
    test.clock.set_to("2026-03-10T10:00:00Z");
    reported(&test, &report_of(&test, &question, ReportAction::Failed)).await;
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(
        enquiry.promise.unwrap().due_on,
        due_on,
        "with the day that it had"
    );
    assert_eq!(times(&test, &reference, "promise-runs-again").await, 1);
    let row = &queue(&test, &officer).await.rows[0];
    assert_eq!((&row.reference, row.due), (&reference, Due::Overdue));
    let listed = not_arrived(&test, &officer).await;
    assert_eq!(listed.to_clear.rows[0].kind, MessageKind::WaitingForYou);
    // Nobody is reminded of what nobody was asked.
    let before = test.mails.taken().len();
    test.clock.set_to("2026-03-12T08:00:00Z");
    test.sweep().await;
    let told = test.mails.taken();
    assert!(
        told[before..]
            .iter()
            .all(|mail| !mail.mail.text.contains("We still wait"))
    );
}

#[tokio::test]
async fn a_question_that_bounces_after_its_answer_came_changes_nothing() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, told) = acknowledged(&test).await;
    let question = ask_for_a_report(&test, &officer, &reference).await;
    test.clock.advance(SignedDuration::from_hours(1));
    let answer = fields([("message", "Here it is.")]);
    let enquiries = test.hub.enquiries();
    enquiries
        .follow_up(&told.link_token(), &answer)
        .await
        .unwrap();
    let before = stored(&test, &reference).await;
    reported(&test, &report_of(&test, &question, ReportAction::Failed)).await;
    assert_eq!(stored(&test, &reference).await, before);
}

#[rstest]
#[case::the_return_path_alone(true, false)]
#[case::the_message_id_alone(false, true)]
#[tokio::test]
async fn either_evidence_finds_the_mail(#[case] path: bool, #[case] id: bool) {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, _) = acknowledged(&test).await;
    let mail = reply(&test, &officer, &reference).await;
    let mut report = report_of(&test, &mail, ReportAction::Failed);
    if !path {
        report.return_paths = vec!["enquiries@send.example.org".to_owned()];
    }
    if !id {
        report.message_id = Some("rewritten@gateway.example".to_owned());
    }
    // Of two mails to this address, the last that was sent.
    assert_eq!(reported(&test, &report).await, Tied::To(mail.mail.id));
}

#[tokio::test]
async fn a_forged_report_changes_nothing() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, mail) = acknowledged(&test).await;
    let (_, other) = acknowledged(&test).await;
    let real = report_of(&test, &mail, ReportAction::Failed);
    let mut forged_path = mail.mail.return_path.to_string();
    let place = forged_path.find("+b.").unwrap() + 5;
    let letter = if &forged_path[place..=place] == "q" {
        "r"
    } else {
        "q"
    };
    forged_path.replace_range(place..=place, letter);
    let forged = [
        Reported {
            return_paths: vec![forged_path],
            message_id: Some("made-up@send.example.org".to_owned()),
            ..real.clone()
        },
        Reported {
            return_paths: vec![],
            message_id: None,
            ..real.clone()
        },
        // The one's return path with the other's Message-ID.
        Reported {
            message_id: Some(bare(&other.mail.message_id)),
            ..real.clone()
        },
    ];
    let before = stored(&test, &reference).await;
    for report in &forged {
        assert_eq!(reported(&test, report).await, Tied::Nothing);
    }
    assert_eq!(stored(&test, &reference).await, before);
    let untouched = file(&test, &reference).await;
    assert_eq!(untouched.mails[0].state, DeliveryState::Sent);
    assert_eq!(untouched.acknowledgement, Some(AcknowledgementState::Sent));
    let listed = not_arrived(&test, &officer).await;
    assert_eq!(listed.to_clear.rows, []);
}

#[tokio::test]
async fn late_mail_is_told_while_it_is_late_and_no_longer_once_it_arrived() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, mail) = acknowledged(&test).await;
    reported(&test, &report_of(&test, &mail, ReportAction::Relayed)).await;
    assert_eq!(not_arrived(&test, &officer).await.held_up.rows, []);
    reported(&test, &report_of(&test, &mail, ReportAction::Delayed)).await;
    let late = not_arrived(&test, &officer).await;
    assert_eq!(late.to_clear.rows, []);
    assert_eq!(late.held_up.rows[0].state, DeliveryState::Delayed);
    reported(&test, &report_of(&test, &mail, ReportAction::Delivered)).await;
    assert_eq!(not_arrived(&test, &officer).await.held_up.rows, []);
    let state = file(&test, &reference).await.mails[0].state;
    assert_eq!(state, DeliveryState::Delivered);
    // A late word that it was late changes nothing.
    reported(&test, &report_of(&test, &mail, ReportAction::Delayed)).await;
    let state = file(&test, &reference).await.mails[0].state;
    assert_eq!(state, DeliveryState::Delivered);
}

#[tokio::test]
async fn a_report_that_is_noted_twice_counts_once() {
    let test = TestHub::new().await;
    let (reference, mail) = acknowledged(&test).await;
    let report = Reported {
        arrived: Some(Uuid::from_u128(1)),
        ..report_of(&test, &mail, ReportAction::Failed)
    };
    for _ in 0..2 {
        assert_eq!(reported(&test, &report).await, Tied::To(mail.mail.id));
    }
    assert_eq!(times(&test, &reference, "mail-bounced").await, 1);
}

#[tokio::test]
async fn a_bounced_mail_can_be_sent_again_and_its_new_bounce_counts_too() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let (reference, _) = acknowledged(&test).await;
    let mail = reply(&test, &officer, &reference).await;
    let report = report_of(&test, &mail, ReportAction::Failed);
    reported(&test, &report).await;
    let desk = test.hub.desk();
    desk.try_again(&officer, mail.mail.id).await.unwrap();
    test.run_jobs().await;
    let state = stored(&test, &reference).await.state;
    assert!(matches!(state, State::Answered { .. }), "{state:?}");
    assert_eq!(last(&test).mail.message_id, mail.mail.message_id);
    reported(&test, &report).await;
    assert_eq!(stored(&test, &reference).await.state, State::Promised);
    assert_eq!(times(&test, &reference, "mail-bounced").await, 2);
}
