//! Calls, visits and letters that an officer logs.

use domain::{
    codes::{Channel, ContactPreference, Direction, MessageKind, Role},
    enquiry::{Enquiry, State},
    form::Fields,
    promise::PromiseOutcome,
    reference::Reference,
};
use hub::{Actor, desk::AcknowledgementState, pressed};
use jiff::civil::date;
use testing::{TestHub, fields};

use crate::reading::{audit, faults, file, queue, stored, times};

const CALL: [(&str, &str); 5] = [
    ("name", "Pat Parent"),
    ("telephone", "01632 960 777"),
    ("topic", "ehc-plan"),
    ("said", "When does the taxi come?"),
    ("outcome", "needs-answer"),
];

fn call(changes: &[(&str, &str)]) -> Fields {
    let mut fields = fields(CALL);
    for (name, value) in changes {
        fields.set(*name, *value);
    }
    fields
}

async fn log(test: &TestHub, officer: &Actor, changes: &[(&str, &str)]) -> Reference {
    let logged = test.hub.desk().log_call(officer, &call(changes)).await;
    logged.unwrap()
}

#[tokio::test]
async fn a_missed_call_starts_a_promise_like_any_message() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = log(&test, &officer, &[("kind", "school")]).await;
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.channel, Channel::Telephone);
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(enquiry.promise.unwrap().due_on, date(2026, 3, 9));
    let file = file(&test, &reference).await;
    assert_eq!(file.messages.len(), 1);
    let message = &file.messages[0];
    assert_eq!(
        (message.kind, message.direction, message.logged_as),
        (
            MessageKind::Enquiry,
            Direction::Inbound,
            Some(Channel::Telephone)
        )
    );
    assert_eq!(file.correspondent.preference, ContactPreference::Telephone);
    assert_eq!(file.acknowledgement, Some(AcknowledgementState::NoAddress));
    let logged = test.hub.desk().logged(&officer, &reference).await.unwrap();
    assert_eq!(logged.due_on, Some(date(2026, 3, 9)));
    for text in ["Pat", "01632", "taxi"] {
        let audit = format!("{:?}", audit(&test, &reference).await);
        assert!(!audit.contains(text), "{audit}");
    }
}

#[tokio::test]
async fn a_call_that_was_answered_keeps_the_promise_at_once_and_is_not_acknowledged() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let changes = [("outcome", "answered"), ("email", "pat@example.org")];
    let reference = log(&test, &officer, &changes).await;
    let enquiry = stored(&test, &reference).await;
    assert!(matches!(enquiry.state, State::Answered { .. }));
    let outcome = enquiry.promise.unwrap().outcome;
    assert!(
        matches!(outcome, PromiseOutcome::Kept { .. }),
        "{outcome:?}"
    );
    let file = file(&test, &reference).await;
    let answered = Some(AcknowledgementState::AnsweredAtOnce);
    assert_eq!(file.acknowledgement, answered);
    assert_eq!(test.run_jobs().await, 0);
    assert!(queue(&test, &officer).await.rows.is_empty());
}

#[tokio::test]
async fn whoever_gives_an_address_gets_an_acknowledgement() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = log(&test, &officer, &[("email", "pat@example.org")]).await;
    test.run_jobs().await;
    let taken = test.mails.taken();
    assert_eq!(taken.len(), 1);
    assert!(taken[0].mail.text.contains(&reference.to_string()));
    assert!(!taken[0].mail.text.contains("taxi"));
}

#[tokio::test]
async fn a_call_back_makes_its_day_the_promised_one_and_stands_in_the_queue() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let changes = [("outcome", "call-back"), ("call_back_on", "2026-03-04")];
    let reference = log(&test, &officer, &changes).await;
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.promise.unwrap().due_on, date(2026, 3, 4));
    let row = queue(&test, &officer).await.rows.remove(0);
    assert_eq!(row.call_back_on, Some(date(2026, 3, 4)));
    assert_eq!(times(&test, &reference, "promise-brought-forward").await, 1);

    let desk = test.hub.desk();
    desk.rang_in_vain(&officer, &reference, &Fields::default())
        .await
        .unwrap();
    assert!(stored(&test, &reference).await.running_promise().is_some());
    assert_eq!(times(&test, &reference, "call-not-answered").await, 1);
    let row = queue(&test, &officer).await.rows.remove(0);
    assert_eq!(row.calls_in_vain, 1);

    let words = fields([("conversation", "Told Pat: on Monday.")]);
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    assert_eq!(file(&test, &reference).await.marks.call_back_on, None);
}

#[tokio::test]
async fn a_call_back_later_than_the_promise_is_refused_and_so_is_one_without_a_number() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    for (changes, field) in [
        (
            [
                ("outcome", "call-back"),
                ("call_back_on", "2026-03-10"),
                ("kind", ""),
            ],
            "call_back_on",
        ),
        (
            [
                ("outcome", "call-back"),
                ("call_back_on", "2026-02-27"),
                ("kind", ""),
            ],
            "call_back_on",
        ),
        (
            [
                ("outcome", "call-back"),
                ("call_back_on", "2026-03-04"),
                ("telephone", ""),
            ],
            "telephone",
        ),
        (
            [("outcome", ""), ("call_back_on", ""), ("kind", "")],
            "outcome",
        ),
        (
            [("topic", "no-topic"), ("call_back_on", ""), ("kind", "")],
            "topic",
        ),
        (
            [
                ("reference", "SEND-2222-2222"),
                ("call_back_on", ""),
                ("kind", ""),
            ],
            "reference",
        ),
        ([("said", " "), ("call_back_on", ""), ("kind", "")], "said"),
    ] {
        let refused = faults(test.hub.desk().log_call(&officer, &call(&changes)).await);
        assert!(refused.of(field).is_some(), "{field}: {refused:?}");
    }
    assert!(queue(&test, &officer).await.rows.is_empty());
}

#[tokio::test]
async fn a_call_about_an_enquiry_joins_it_and_is_a_chaser() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let before = stored(&test, &reference).await;
    let spoken = reference.to_string().to_lowercase();
    let joined = log(&test, &officer, &[("reference", &spoken)]).await;
    assert_eq!(joined, reference);
    let after = stored(&test, &reference).await;
    assert_eq!((after.chasers, &after.promise), (1, &before.promise));
    let file = file(&test, &reference).await;
    let message = file.messages.last().unwrap();
    assert_eq!(message.kind, MessageKind::FollowUp);
    assert_eq!(
        message.body,
        "Caller: Pat Parent, 01632 960 777\n\nWhen does the taxi come?"
    );

    let answered = [("reference", spoken.as_str()), ("outcome", "answered")];
    log(&test, &officer, &answered).await;
    let after = stored(&test, &reference).await;
    assert!(matches!(after.state, State::Answered { .. }));
    assert_eq!(after.chasers, 1);
    log(&test, &officer, &[("reference", &spoken)]).await;
    let again = stored(&test, &reference).await;
    assert!(again.running_promise().is_some());
    assert_ne!(again.promise.unwrap().id, before.promise.unwrap().id);
}

#[tokio::test]
async fn a_call_back_about_a_broken_promise_is_promised_all_the_same() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let before = stored(&test, &reference).await.promise;
    test.clock.set_to("2026-03-11T10:00:00Z");
    let spoken = reference.to_string();
    let back = [
        ("reference", spoken.as_str()),
        ("outcome", "call-back"),
        ("call_back_on", "2026-03-12"),
    ];
    log(&test, &officer, &back).await;
    let logged = test.hub.desk().logged(&officer, &reference).await.unwrap();
    assert_eq!(logged.call_back_on, Some(date(2026, 3, 12)));
    let after = stored(&test, &reference).await;
    assert!(
        after.is_overdue(test.hub.now()),
        "the day that broke stands"
    );
    let due_on = |promise: Option<domain::promise::Promise>| promise.unwrap().due_on;
    assert_eq!(due_on(after.promise), due_on(before));
}

#[tokio::test]
async fn pressed_twice_it_is_logged_once() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let once = test.hub.new_message_id().to_string();
    let first = log(&test, &officer, &[(pressed::FIELD, &once)]).await;
    let second = log(&test, &officer, &[(pressed::FIELD, &once)]).await;
    assert_eq!(first, second);
    assert_eq!(queue(&test, &officer).await.rows.len(), 1);
}

async fn asked_by(test: &TestHub, reference: &Reference) -> (Enquiry, String) {
    let file = file(test, reference).await;
    (file.enquiry, file.correspondent.name)
}

#[tokio::test]
async fn a_number_that_one_person_has_tells_who_calls() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let first = log(
        &test,
        &officer,
        &[("safe_contact", "Never leave a message")],
    )
    .await;
    let changes = [("name", ""), ("telephone", "+44 1632 960777")];
    let second = log(&test, &officer, &changes).await;
    let (first, _) = asked_by(&test, &first).await;
    let (second, name) = asked_by(&test, &second).await;
    assert_eq!(name, "Pat Parent");
    assert_eq!(second.correspondent, first.correspondent);
    // Who tells us more is written down anew, with what we knew of their needs.
    let third = log(&test, &officer, &[("email", "pat@example.org")]).await;
    let third = file(&test, &third).await.correspondent;
    assert_ne!(third.id, first.correspondent);
    assert_eq!(third.safe_contact.as_deref(), Some("Never leave a message"));
}

#[tokio::test]
async fn a_number_that_two_share_tells_nobody_and_warns() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    log(&test, &officer, &[]).await;
    let other = log(&test, &officer, &[("name", "Sam Parent")]).await;
    let unnamed = call(&[("name", "")]);
    let refused = faults(test.hub.desk().log_call(&officer, &unnamed).await);
    let told = refused.of("name").unwrap();
    assert!(
        told.contains("Pat Parent") && told.contains("Sam Parent"),
        "{told}"
    );
    let shared = file(&test, &other).await.shared_with;
    assert_eq!(shared.len(), 1);
    assert_eq!(
        (
            shared[0].name.as_str(),
            shared[0].telephone,
            shared[0].email
        ),
        ("Pat Parent", true, false)
    );
}

#[tokio::test]
async fn a_voicemail_without_a_name_is_no_reason_to_forget_it() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = log(&test, &officer, &[("name", "")]).await;
    let (enquiry, name) = asked_by(&test, &reference).await;
    assert_eq!(name, "Name not known");
    assert!(enquiry.running_promise().is_some());
}
