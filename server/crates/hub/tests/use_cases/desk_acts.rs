//! What officers do with an enquiry, and what each act makes of the promise.

use domain::{
    codes::{DeliveryState, EndReason, MessageKind, Role},
    enquiry::{CloseReason, State},
    form::Fields,
    promise::PromiseOutcome,
};
use hub::{Actor, desk::Due};
use jiff::{SignedDuration, civil::date};
use rstest::rstest;
use testing::{TestHub, fields};

use crate::reading::{faults, file, queue, stored, times};

#[tokio::test]
async fn a_reply_keeps_the_promise_once_it_was_sent_and_not_before() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    test.clock.set_to("2026-03-04T10:00:00Z");
    let words = fields([(
        "reply",
        "It begins on Monday.\n\nWe are sorry for the wait.",
    )]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();

    let written = stored(&test, &reference).await;
    assert!(written.running_promise().is_some());
    assert!(queue(&test, &officer).await.rows[0].reply_waiting);

    test.mails.delay_next();
    test.run_jobs().await;
    assert!(stored(&test, &reference).await.running_promise().is_some());

    test.clock.set_to("2026-03-04T12:00:00Z");
    test.run_jobs().await;
    let sent = stored(&test, &reference).await;
    let PromiseOutcome::Kept { at, .. } = sent.promise.unwrap().outcome else {
        unreachable!("the promise is kept")
    };
    assert_eq!(at, test.hub.now());
    assert_eq!(
        sent.state,
        State::Answered {
            at,
            closes_on: date(2026, 3, 18)
        }
    );
    let reply = test.mails.taken().pop().unwrap();
    assert!(reply.mail.text.contains("It begins on Monday."));
    assert!(!reply.headers().contains("Auto-Submitted"));
    let acknowledgement = test.mails.taken().remove(0);
    assert_eq!(
        reply.mail.in_reply_to,
        Some(acknowledgement.mail.message_id),
        "a mail program shows it below the acknowledgement"
    );
    assert!(queue(&test, &officer).await.rows.is_empty());
}

#[tokio::test]
async fn a_reply_that_no_server_will_take_keeps_nothing_and_is_shown() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    test.mails.refuse_next();
    let words = fields([("reply", "It begins on Monday.")]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.run_jobs().await;
    let file = file(&test, &reference).await;
    assert!(file.enquiry.running_promise().is_some());
    let reply = file.messages.last().unwrap();
    assert_eq!(reply.delivery, Some(DeliveryState::Dead));
    assert!(!queue(&test, &officer).await.rows[0].reply_waiting);
}

#[tokio::test]
async fn somebody_who_wants_no_email_gets_none() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test
        .submit(|answers| answers.by_telephone())
        .await
        .reference;
    let words = fields([("reply", "It begins on Monday.")]);
    let refused = faults(test.hub.desk().reply(&officer, &reference, &words).await);
    assert!(refused.of("reply").unwrap().contains("call or write"));
    let file = file(&test, &reference).await;
    assert!(!file.can_reply_by_mail);
    assert_eq!(file.messages.len(), 1);
    assert!(file.mails.is_empty());
}

#[tokio::test]
async fn a_note_keeps_nothing() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let before = stored(&test, &reference).await;
    let words = fields([("note", "Asked the therapist.")]);
    let desk = test.hub.desk();
    desk.note(&officer, &reference, &words).await.unwrap();
    assert_eq!(stored(&test, &reference).await, before);
    let file = file(&test, &reference).await;
    let note = file.messages.last().unwrap();
    assert_eq!(note.kind, MessageKind::InternalNote);
    assert_eq!(note.author.as_deref(), Some("Officer 1"));
    assert_eq!(test.run_jobs().await, 1, "the acknowledgement alone");
}

#[tokio::test]
async fn a_conversation_keeps_the_promise_at_once() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test
        .submit(|answers| answers.by_telephone())
        .await
        .reference;
    let words = fields([("conversation", "Called Jo: it begins on Monday.")]);
    let desk = test.hub.desk();
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    let enquiry = stored(&test, &reference).await;
    let outcome = enquiry.promise.unwrap().outcome;
    assert!(
        matches!(outcome, PromiseOutcome::Kept { .. }),
        "{outcome:?}"
    );
    assert_eq!(times(&test, &reference, "promise-kept").await, 1);
    assert_eq!(test.run_jobs().await, 0);
}

#[tokio::test]
async fn a_second_answer_keeps_no_promise_twice() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    for text in ["It begins on Monday.", "At ten o'clock."] {
        let words = fields([("reply", text)]);
        let desk = test.hub.desk();
        desk.reply(&officer, &reference, &words).await.unwrap();
    }
    test.run_jobs().await;
    assert_eq!(test.mails.taken().len(), 3);
    assert_eq!(times(&test, &reference, "promise-kept").await, 1);
}

#[rstest]
#[case("thanks", EndReason::Thanks)]
#[case("duplicate", EndReason::Duplicate)]
#[case("misdirected", EndReason::Misdirected)]
#[case("spam", EndReason::Spam)]
#[case("withdrawn", EndReason::Withdrawn)]
#[tokio::test]
async fn closed_without_an_answer_the_promise_is_ended_and_not_kept(
    #[case] code: &str,
    #[case] reason: EndReason,
) {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let words = fields([("reason", code)]);
    let desk = test.hub.desk();
    desk.close(&officer, &reference, &words).await.unwrap();
    let at = test.hub.now();
    let enquiry = stored(&test, &reference).await;
    assert_eq!(
        enquiry.state,
        State::Closed {
            at,
            reason: CloseReason::Ended(reason)
        }
    );
    assert_eq!(
        enquiry.promise.unwrap().outcome,
        PromiseOutcome::EndedWithoutAnswer { at, reason }
    );
    assert_eq!(times(&test, &reference, "promise-kept").await, 0);
    assert_eq!(times(&test, &reference, "promise-ended").await, 1);
    assert!(queue(&test, &officer).await.rows.is_empty());
}

#[rstest]
#[case::without_a_reason("")]
#[case::with_a_reason_that_is_none("because")]
#[case::as_answered_when_nobody_answered("answered")]
#[tokio::test]
async fn an_enquiry_is_not_closed(#[case] reason: &str) {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let words = fields([("reason", reason)]);
    let refused = faults(test.hub.desk().close(&officer, &reference, &words).await);
    assert!(refused.of("reason").is_some());
    assert_eq!(stored(&test, &reference).await.state, State::Promised);
}

#[tokio::test]
async fn an_answered_enquiry_can_be_closed_as_answered() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let desk = test.hub.desk();
    let words = fields([("conversation", "Called Jo."), ("reason", "answered")]);
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    desk.close(&officer, &reference, &words).await.unwrap();
    let State::Closed { reason, .. } = stored(&test, &reference).await.state else {
        unreachable!("it is closed")
    };
    assert_eq!(reason, CloseReason::Answered);
}

#[tokio::test]
async fn an_officer_takes_an_enquiry_and_another_may_take_it_over() {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers).await.reference;
    let desk = test.hub.desk();
    for name in ["Officer 1", "Officer 2"] {
        let officer = test.officer(Role::Officer).await;
        desk.assign_to_me(&officer, &reference, &Fields::default())
            .await
            .unwrap();
        let file = desk.enquiry(&officer, &reference).await.unwrap();
        assert_eq!(file.officer.as_deref(), Some(name));
    }
    assert_eq!(times(&test, &reference, "assigned").await, 2);
}

#[tokio::test]
async fn nothing_is_written_without_words() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let desk = test.hub.desk();
    let words = fields([("reply", " "), ("note", ""), ("conversation", "\n")]);
    let reply = faults(desk.reply(&officer, &reference, &words).await);
    assert_eq!(reply.of("reply"), Some("Write the reply"));
    let note = faults(desk.note(&officer, &reference, &words).await);
    assert_eq!(note.of("note"), Some("Write the note"));
    let record = desk.record_conversation(&officer, &reference, &words);
    assert_eq!(
        faults(record.await).of("conversation"),
        Some("Write what was said")
    );
    assert_eq!(file(&test, &reference).await.messages.len(), 1);
}

#[tokio::test]
async fn while_an_enquiry_is_paused_its_old_day_is_not_overdue() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    crate::sweep::pause(&test, &reference, date(2026, 3, 20)).await;
    test.clock.set_to("2026-03-12T10:00:00Z");
    assert_eq!(file(&test, &reference).await.due, Due::None);
    assert_eq!(queue(&test, &officer).await.rows[0].due, Due::None);
}

#[tokio::test]
async fn a_reply_that_is_not_finished_is_kept_for_its_officer_alone_until_it_is_sent() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let lead = test.officer(Role::TeamLead).await;
    let reference = test.submit(|answers| answers).await.reference;
    let desk = test.hub.desk();
    let draft = async |actor: &Actor| {
        let file = desk.enquiry(actor, &reference).await.unwrap();
        file.draft.map(|draft| draft.body)
    };
    let words = |text| fields([("reply", text)]);
    desk.save_reply(&officer, &reference, &words("It beg"))
        .await
        .unwrap();
    desk.save_reply(&officer, &reference, &words("It begins"))
        .await
        .unwrap();
    assert_eq!(draft(&officer).await.as_deref(), Some("It begins"));
    assert_eq!(draft(&lead).await, None, "nobody else sees it");
    assert_eq!(test.mails.taken().len(), 0, "nothing is sent");
    desk.save_reply(&officer, &reference, &words(" "))
        .await
        .unwrap();
    assert_eq!(draft(&officer).await, None);

    desk.save_reply(&officer, &reference, &words("It begins"))
        .await
        .unwrap();
    let sent = words("It begins on Monday.");
    desk.reply(&officer, &reference, &sent).await.unwrap();
    assert_eq!(draft(&officer).await, None);

    desk.save_reply(&officer, &reference, &words("And then"))
        .await
        .unwrap();
    test.clock.advance(SignedDuration::from_hours(14 * 24));
    test.sweep().await;
    let mut tx = test.hub.database().begin().await.unwrap();
    let forgotten = tx.reply_drafts().delete_expired(test.hub.now()).await;
    assert_eq!(forgotten.unwrap(), 0, "the sweep forgot it");
}
