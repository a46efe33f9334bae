//! Asking for more time: what moves a promise, and what does not.

use domain::{
    codes::{DeliveryState, MessageKind, Role},
    enquiry::State,
    form::Fields,
    reference::Reference,
};
use hub::{Actor, Error};
use jiff::civil::date;
use testing::{TestHub, fields};

use crate::reading::{audit, faults, file, stored};

/// Three working days after the promised Monday, 9 March.
const THURSDAY: &str = "2026-03-12";

fn words(day: &str) -> Fields {
    fields([
        ("holding_reply", "We wait for the school\u{2019}s report."),
        ("promises_on", day),
    ])
}

async fn asked(test: &TestHub) -> (Actor, Reference) {
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    test.clock.set_to("2026-03-02T11:00:00Z");
    (officer, reference)
}

#[tokio::test]
async fn a_holding_reply_moves_the_promise_once_it_was_sent_and_not_before() {
    let test = TestHub::new().await;
    let (officer, reference) = asked(&test).await;
    let desk = test.hub.desk();
    let offered = file(&test, &reference).await.days_to_hold_until;
    assert_eq!(
        offered,
        [date(2026, 3, 12), date(2026, 3, 16), date(2026, 3, 23)]
    );
    desk.holding_reply(&officer, &reference, &words(THURSDAY))
        .await
        .unwrap();

    let waiting = file(&test, &reference).await;
    assert_eq!(
        waiting.enquiry.running_promise().unwrap().due_on,
        date(2026, 3, 9)
    );
    assert!(waiting.days_to_hold_until.is_empty());

    test.run_jobs().await;
    let sent = file(&test, &reference).await;
    let promise = sent.enquiry.running_promise().unwrap();
    assert_eq!((promise.due_on, promise.moves), (date(2026, 3, 12), 1));
    assert_eq!(sent.enquiry.state, State::Promised);
    let message = sent.messages.last().unwrap();
    assert_eq!(message.kind, MessageKind::HoldingReply);
    assert_eq!(message.delivery, Some(DeliveryState::Sent));
    assert_eq!(message.promises_on, Some(date(2026, 3, 12)));
    let mail = test.mails.taken().pop().unwrap();
    assert!(
        mail.mail
            .text
            .contains("We will write again by Thursday 12 March 2026."),
        "{}",
        mail.mail.text
    );
    assert!(!mail.headers().contains("Auto-Submitted"));
    let done = audit(&test, &reference).await;
    assert!(done.iter().any(|row| row.action == "promise-moved"
        && row.detail.as_deref() == Some("2026-03-09 to 2026-03-12")));
}

#[tokio::test]
async fn a_second_one_waits_for_the_first_and_a_third_is_refused() {
    let test = TestHub::new().await;
    let (officer, reference) = asked(&test).await;
    let desk = test.hub.desk();
    let write = async |day: &str| desk.holding_reply(&officer, &reference, &words(day)).await;
    write(THURSDAY).await.unwrap();
    let twice = faults(write("2026-03-16").await);
    assert!(
        twice
            .of("holding_reply")
            .unwrap()
            .contains("waits to be sent")
    );
    test.run_jobs().await;
    write("2026-03-17").await.unwrap();
    test.run_jobs().await;
    let third = faults(write("2026-03-20").await);
    assert!(
        third.of("promises_on").unwrap().contains("answered now"),
        "{third:?}"
    );
    let promise = stored(&test, &reference).await.promise.unwrap();
    assert_eq!((promise.due_on, promise.moves), (date(2026, 3, 17), 2));
}

#[tokio::test]
async fn only_a_day_that_the_page_offered_can_be_promised() {
    let test = TestHub::new().await;
    let (officer, reference) = asked(&test).await;
    for day in ["", "2026-03-09", "2026-03-13", "2027-01-01", "soon"] {
        let written = test.hub.desk();
        let refused = faults(
            written
                .holding_reply(&officer, &reference, &words(day))
                .await,
        );
        assert_eq!(
            refused.of("promises_on"),
            Some("Choose the new day"),
            "{day}"
        );
    }
    assert_eq!(test.run_jobs().await, 0, "nothing was written");
}

#[tokio::test]
async fn one_that_is_sent_after_the_answer_moves_nothing() {
    let test = TestHub::new().await;
    let (officer, reference) = asked(&test).await;
    let desk = test.hub.desk();
    test.mails.delay_next();
    desk.holding_reply(&officer, &reference, &words(THURSDAY))
        .await
        .unwrap();
    test.run_jobs().await;
    let called = fields([("conversation", "Called Jo and told her all of it.")]);
    desk.record_conversation(&officer, &reference, &called)
        .await
        .unwrap();
    let answered = stored(&test, &reference).await;
    test.clock.set_to("2026-03-02T12:00:00Z");
    test.run_jobs().await;
    assert_eq!(stored(&test, &reference).await, answered);
}

#[tokio::test]
async fn an_editor_holds_nobody_off() {
    let test = TestHub::new().await;
    let (_, reference) = asked(&test).await;
    let editor = test.officer(Role::Editor).await;
    let written = test.hub.desk();
    let refused = written
        .holding_reply(&editor, &reference, &words(THURSDAY))
        .await;
    assert!(matches!(refused, Err(Error::NotFound)));
}
