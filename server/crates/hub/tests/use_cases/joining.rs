//! Two enquiries that are one are joined by a person: no promise is lost between them, and none becomes later.

use std::time::Duration;

use domain::{
    codes::{ReportAction, Role},
    enquiry::State,
    reference::Reference,
};
use hub::{
    Actor, Error,
    delivery::{Reported, ReportedRecipient},
    desk::Seen,
};
use jiff::{SignedDuration, civil::date};
use testing::{CaughtMail, Setup, TestHub, fields};

use crate::{
    proof::assert_whole,
    reading::{faults, file, not_arrived, stored, times},
};

/// Two enquiries of one person, the second two days later, each acknowledged.
async fn two(test: &TestHub) -> (Actor, Reference, Reference) {
    let officer = test.officer(Role::Officer).await;
    let first = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_hours(48));
    let second = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_mins(5));
    (officer, first, second)
}

async fn join(
    test: &TestHub,
    officer: &Actor,
    one: &Reference,
    into: &Reference,
) -> Result<Reference, Error> {
    let text = into.to_string();
    let into = fields([("into", text.as_str())]);
    test.hub.desk().join(officer, one, &into).await
}

async fn reply(test: &TestHub, officer: &Actor, reference: &Reference) -> CaughtMail {
    let words = fields([("reply", "It begins on Monday.")]);
    let desk = test.hub.desk();
    desk.reply(officer, reference, &words).await.unwrap();
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_mins(5));
    test.mails.taken().pop().unwrap()
}

async fn bounced(test: &TestHub, mail: &CaughtMail) {
    let report = Reported {
        arrived: None,
        received_at: test.hub.now(),
        return_paths: vec![mail.mail.return_path.to_string()],
        message_id: Some(mail.mail.message_id.trim_matches(['<', '>']).to_owned()),
        recipients: vec![ReportedRecipient {
            addresses: vec![mail.mail.to.to_string()],
            action: ReportAction::Failed,
            status: Some("5.1.1".to_owned()),
            diagnostic: None,
        }],
    };
    test.hub.delivery().reported(&report).await.unwrap();
}

#[tokio::test]
async fn of_two_days_that_a_family_was_promised_the_nearer_one_stands() {
    let test = TestHub::new().await;
    let (officer, first, second) = two(&test).await;
    let due = async |reference| {
        let enquiry = stored(&test, reference).await;
        enquiry.running_promise().map(|promise| promise.due_on)
    };
    let nearer = date(2026, 3, 9);
    assert_eq!(
        (due(&first).await, due(&second).await),
        (Some(nearer), Some(date(2026, 3, 11)))
    );
    join(&test, &officer, &first, &second).await.unwrap();
    assert_eq!(due(&second).await, Some(nearer));
    assert_eq!(
        times(&test, &second, "promise-brought-forward").await,
        1,
        "and the record says so"
    );
    assert_eq!(stored(&test, &second).await.chasers, 1);
    test.sweep().await;
    assert_whole(
        &test,
        "after an earlier enquiry was joined into a later one",
    )
    .await;
}

#[tokio::test]
async fn a_day_that_has_gone_by_is_due_at_once_where_it_is_joined_into() {
    let test = TestHub::new().await;
    let (officer, first, second) = two(&test).await;
    test.clock.set_to("2026-03-10T10:00:00Z");
    test.sweep().await;
    join(&test, &officer, &first, &second).await.unwrap();
    let joined = stored(&test, &second).await;
    let due_on = joined.running_promise().map(|promise| promise.due_on);
    assert_eq!(
        due_on,
        Some(date(2026, 3, 10)),
        "no day is put into the past"
    );
    test.sweep().await;
    assert_whole(&test, "after a broken promise was joined").await;
}

#[tokio::test]
async fn nothing_is_joined_into_an_enquiry_whose_reply_waits_to_be_sent() {
    let test = TestHub::with(Setup {
        reply_undo: Duration::from_secs(10),
        ..Setup::default()
    })
    .await;
    let (officer, first, second) = two(&test).await;
    let words = fields([("reply", "And at eight.")]);
    let desk = test.hub.desk();
    desk.reply(&officer, &second, &words).await.unwrap();
    let refused = faults(join(&test, &officer, &first, &second).await);
    assert!(refused.of("into").unwrap().contains("is sent"));
    test.clock.advance(SignedDuration::from_secs(10));
    test.run_jobs().await;
    let answered = stored(&test, &second).await.state;
    assert!(matches!(answered, State::Answered { .. }), "{answered:?}");
    join(&test, &officer, &first, &second).await.unwrap();
    let open = stored(&test, &second).await;
    let due_on = open.running_promise().map(|promise| promise.due_on);
    assert_eq!(
        due_on,
        Some(date(2026, 3, 9)),
        "nobody answered what came in"
    );
}

#[tokio::test]
async fn nothing_is_joined_by_a_page_that_is_no_longer_true() {
    let test = TestHub::new().await;
    let (officer, first, second) = two(&test).await;
    let text = second.to_string();
    let seen = file(&test, &first).await.seen.to_string();
    let token = test.mails.taken()[0].link_token();
    let news = fields([("message", "It is solved, thank you.")]);
    let enquiries = test.hub.enquiries();
    enquiries.follow_up(&token, &news).await.unwrap();
    let into = fields([("into", text.as_str()), (Seen::FIELD, seen.as_str())]);
    let joined = test.hub.desk().join(&officer, &first, &into).await;
    assert!(matches!(joined, Err(Error::Stale)), "{joined:?}");
    assert_eq!(file(&test, &second).await.messages.len(), 1);
}

#[tokio::test]
async fn a_reply_that_comes_back_opens_the_enquiry_in_which_its_words_stand_now() {
    let test = TestHub::new().await;
    let (officer, first, second) = two(&test).await;
    let mail = reply(&test, &officer, &first).await;
    let words = fields([("reason", "withdrawn")]);
    let desk = test.hub.desk();
    desk.close(&officer, &second, &words).await.unwrap();
    test.run_jobs().await;
    join(&test, &officer, &first, &second).await.unwrap();
    assert_eq!(file(&test, &second).await.messages.len(), 3);
    bounced(&test, &mail).await;
    let empty = stored(&test, &first).await.state;
    assert!(matches!(empty, State::Closed { .. }), "{empty:?}");
    let open = stored(&test, &second).await;
    let due_on = open.running_promise().map(|promise| promise.due_on);
    assert_eq!(
        due_on,
        Some(date(2026, 3, 9)),
        "counted from when the message came"
    );
    test.sweep().await;
    assert_whole(&test, "after a reply that was joined came back").await;
    // The same words to another address answer them there.
    let list = not_arrived(&test, &officer).await;
    let elsewhere = fields([("to_address", "jo@example.net")]);
    desk.send_elsewhere(&officer, list.to_clear.rows[0].mail, &elsewhere)
        .await
        .unwrap();
    test.run_jobs().await;
    let closed = stored(&test, &first).await.state;
    assert!(matches!(closed, State::Closed { .. }), "{closed:?}");
    let answered = stored(&test, &second).await.state;
    assert!(matches!(answered, State::Answered { .. }), "{answered:?}");
    test.sweep().await;
    assert_whole(&test, "after it went elsewhere").await;
}
