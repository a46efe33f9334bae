//! Waiting for the family: asked for in words, with an end, reminded once, over by itself.

use domain::{
    codes::{MessageKind, Role, WaitsFor},
    enquiry::State,
    form::Fields,
    reference::Reference,
};
use hub::{Actor, Error, StatusState};
use jiff::civil::date;
use testing::{TestHub, fields};

use crate::{
    by_hand::set,
    proof::{literal, tamper},
    reading::{faults, file, stored, times},
};

/// Ten working days after Monday 2 March.
const MONDAY_16: &str = "2026-03-16";

fn words(until: &str) -> Fields {
    fields([
        ("pause", "Please send us the school\u{2019}s report."),
        ("waits_for", "document"),
        ("paused_until", until),
    ])
}

async fn asked(test: &TestHub) -> (Actor, Reference, String) {
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    (officer, reference, token)
}

async fn paused(test: &TestHub) -> (Actor, Reference, String) {
    let (officer, reference, token) = asked(test).await;
    let desk = test.hub.desk();
    desk.pause(&officer, &reference, &words(MONDAY_16))
        .await
        .unwrap();
    test.run_jobs().await;
    (officer, reference, token)
}

fn sent(test: &TestHub, kind: &str) -> usize {
    let taken = test.mails.taken();
    let found = taken
        .iter()
        .filter(|caught| caught.mail.text.contains(kind));
    found.count()
}

#[tokio::test]
async fn a_pause_begins_when_they_were_asked_and_not_before() {
    let test = TestHub::new().await;
    let (officer, reference, _) = asked(&test).await;
    let offered = file(&test, &reference).await.days_to_wait_until;
    assert_eq!(
        offered,
        [date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 30)]
    );
    let desk = test.hub.desk();
    test.mails.go_down();
    desk.pause(&officer, &reference, &words(MONDAY_16))
        .await
        .unwrap();
    test.run_jobs().await;
    let waiting = file(&test, &reference).await;
    assert_eq!(waiting.enquiry.state, State::Promised);
    assert!(waiting.days_to_wait_until.is_empty());
    assert!(waiting.days_to_hold_until.is_empty());
    let again = desk.pause(&officer, &reference, &words("2026-03-09")).await;
    assert_eq!(faults(again).iter().next().unwrap().field, "pause");

    test.mails.come_back();
    test.clock.set_to("2026-03-02T12:00:00Z");
    test.run_jobs().await;
    let until = date(2026, 3, 16);
    assert_eq!(
        stored(&test, &reference).await.state,
        State::Paused { until }
    );
    let mail = test.mails.taken().pop().unwrap().mail;
    assert!(mail.text.contains("the school\u{2019}s report"));
    assert!(mail.text.contains("Monday 16 March 2026"), "{}", mail.text);
}

#[tokio::test]
async fn the_private_page_says_for_what_and_until_when_and_no_word_of_the_message() {
    let test = TestHub::new().await;
    let (_, _, token) = paused(&test).await;
    let status = test.hub.enquiries().follow(&token).await.unwrap().unwrap();
    assert_eq!(
        status.state,
        StatusState::Paused {
            until: date(2026, 3, 16),
            waits_for: Some(WaitsFor::Document),
        }
    );
}

#[tokio::test]
async fn they_are_reminded_once_two_working_days_before_the_end() {
    let test = TestHub::new().await;
    let (_, reference, _) = paused(&test).await;
    let reminder = "We still wait for you.";
    test.clock.set_to("2026-03-12T07:59:00Z");
    test.sweep().await;
    assert_eq!(sent(&test, reminder), 0);
    test.clock.set_to("2026-03-12T08:00:00Z");
    test.sweep().await;
    test.sweep().await;
    assert_eq!(sent(&test, reminder), 1);
    let mail = test.mails.taken().pop().unwrap();
    assert!(mail.mail.text.contains("a document or a report"));
    assert!(mail.headers().contains("Auto-Submitted: auto-generated"));
    assert_eq!(times(&test, &reference, "wait-reminder").await, 1);
}

#[tokio::test]
async fn whoever_wrote_is_not_reminded_and_the_promise_runs_again() {
    let test = TestHub::new().await;
    let (_, reference, token) = paused(&test).await;
    test.clock.set_to("2026-03-05T10:00:00Z");
    let answer = fields([("message", "Here it is.")]);
    let enquiries = test.hub.enquiries();
    enquiries.follow_up(&token, &answer).await.unwrap();
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(enquiry.running_promise().unwrap().due_on, date(2026, 3, 12));
    test.clock.set_to("2026-03-12T08:00:00Z");
    test.sweep().await;
    assert_eq!(sent(&test, "We still wait for you."), 0);
}

#[tokio::test]
async fn it_comes_back_by_itself_and_they_are_told_the_new_day() {
    let test = TestHub::new().await;
    let (_, reference, _) = paused(&test).await;
    test.clock.set_to("2026-03-16T00:01:00Z");
    test.sweep().await;
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(enquiry.running_promise().unwrap().due_on, date(2026, 3, 23));
    assert_eq!(sent(&test, "Monday 23 March 2026"), 1);
}

#[tokio::test]
async fn an_officer_ends_it_early() {
    let test = TestHub::new().await;
    let (officer, reference, _) = paused(&test).await;
    test.clock.set_to("2026-03-04T10:00:00Z");
    let desk = test.hub.desk();
    desk.end_pause(&officer, &reference, &fields([]))
        .await
        .unwrap();
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(enquiry.running_promise().unwrap().due_on, date(2026, 3, 11));
    let again = desk.end_pause(&officer, &reference, &fields([])).await;
    assert_eq!(faults(again).iter().next().unwrap().field, "end_pause");
}

#[tokio::test]
async fn whoever_wants_no_mail_was_asked_another_way_and_the_pause_begins_at_once() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(testing::Answers::by_telephone).await.reference;
    let desk = test.hub.desk();
    desk.pause(&officer, &reference, &words(MONDAY_16))
        .await
        .unwrap();
    let opened = file(&test, &reference).await;
    assert!(matches!(opened.enquiry.state, State::Paused { .. }));
    let message = opened.messages.last().unwrap();
    assert_eq!(message.kind, MessageKind::WaitingForYou);
    assert_eq!(message.delivery, None);
    // That we know an address is no reason to write to it.
    let person = stored(&test, &reference).await.correspondent.as_uuid();
    let update = "UPDATE correspondents SET email = $2 WHERE id = $1";
    set(&test, update, person, "jo@example.org").await;
    test.clock.set_to("2026-03-12T08:00:00Z");
    test.sweep().await;
    assert_eq!(sent(&test, "We still wait for you."), 0);
    let taken = test.mails.taken();
    let mut to = taken.iter().map(|caught| caught.mail.to.as_str());
    assert!(to.all(|to| to != "jo@example.org"));
}

#[tokio::test]
async fn of_two_pauses_with_one_end_only_the_one_that_lasts_reminds() {
    let test = TestHub::new().await;
    let (officer, reference, _) = paused(&test).await;
    test.clock.set_to("2026-03-03T10:00:00Z");
    let desk = test.hub.desk();
    let nothing = Fields::default();
    desk.end_pause(&officer, &reference, &nothing)
        .await
        .unwrap();
    // Five working days after Monday 9 March: the same end.
    test.clock.set_to("2026-03-09T10:00:00Z");
    desk.pause(&officer, &reference, &words(MONDAY_16))
        .await
        .unwrap();
    test.run_jobs().await;
    test.clock.set_to("2026-03-12T08:00:00Z");
    test.sweep().await;
    test.sweep().await;
    assert_eq!(sent(&test, "We still wait for you."), 1);
    assert_eq!(times(&test, &reference, "wait-reminder").await, 1);
}

#[tokio::test]
async fn a_step_that_an_older_program_left_behind_hurries_nobody_in_a_pause() {
    let test = TestHub::new().await;
    test.member(Role::TeamLead, None).await;
    let (_, reference, _) = paused(&test).await;
    let promise = stored(&test, &reference).await.promise.unwrap();
    let update = "UPDATE promises SET next_step = $2, next_step_at = 0 WHERE id = $1";
    set(&test, update, promise.id.as_uuid(), "half").await;
    test.sweep().await;
    assert_eq!(times(&test, &reference, "escalated").await, 0);
    assert_eq!(
        stored(&test, &reference).await.promise.unwrap().next_step,
        None
    );
}

#[tokio::test]
async fn what_they_wrote_while_the_question_waited_to_be_sent_leaves_the_promise_running() {
    let test = TestHub::new().await;
    let (officer, reference, token) = asked(&test).await;
    let desk = test.hub.desk();
    desk.pause(&officer, &reference, &words(MONDAY_16))
        .await
        .unwrap();
    test.clock.set_to("2026-03-02T10:30:00Z");
    let more = fields([("message", "The report is with the school.")]);
    test.hub.enquiries().follow_up(&token, &more).await.unwrap();
    test.run_jobs().await;
    assert_eq!(stored(&test, &reference).await.state, State::Promised);
    assert_eq!(times(&test, &reference, "pause-not-begun").await, 1);
}

#[tokio::test]
async fn a_pause_needs_words_a_reason_and_one_of_the_days() {
    let test = TestHub::new().await;
    let (officer, reference, _) = asked(&test).await;
    let desk = test.hub.desk();
    let typed = fields([("paused_until", "2026-04-30")]);
    let refused = faults(desk.pause(&officer, &reference, &typed).await);
    let named: Vec<_> = refused.iter().map(|fault| fault.field.clone()).collect();
    assert_eq!(named, ["pause", "waits_for", "paused_until"]);
}

#[tokio::test]
async fn what_is_answered_cannot_be_paused() {
    let test = TestHub::new().await;
    let (officer, reference, _) = asked(&test).await;
    let desk = test.hub.desk();
    let call = fields([("conversation", "Called Jo.")]);
    desk.record_conversation(&officer, &reference, &call)
        .await
        .unwrap();
    let refused = desk.pause(&officer, &reference, &words(MONDAY_16)).await;
    assert!(matches!(refused, Err(Error::Refused(_))));
}

#[tokio::test]
async fn the_reminder_goes_to_the_address_that_they_have_now() {
    let test = TestHub::new().await;
    let (_, reference, _) = paused(&test).await;
    let asked = test.mails.taken().pop().unwrap().mail.to.to_string();
    let correspondent = stored(&test, &reference).await.correspondent;
    let mut tx = test.hub.database().begin().await.unwrap();
    let moved = format!(
        "UPDATE correspondents SET email = 'jo@new.example.org' WHERE id = {}",
        literal(&tx, correspondent.as_uuid())
    );
    assert_eq!(tamper(&mut tx, &moved).await, 1);
    tx.commit().await.unwrap();
    test.clock.set_to("2026-03-12T10:00:00Z");
    test.sweep().await;
    let reminder = test.mails.taken().pop().unwrap().mail;
    assert_eq!(reminder.to.to_string(), "jo@new.example.org");
    assert!(reminder.text.contains("16 March"), "{}", reminder.text);
    assert_ne!(
        asked, "jo@new.example.org",
        "what went before stays where it went"
    );
}
