//! What time alone brings about.

use std::time::Duration;

use domain::{
    codes::Role,
    enquiry::{CloseReason, Event, State},
    reference::Reference,
};
use hub::Actor;
use jiff::civil::{Date, date};
use store::Lane;
use testing::{TestHub, fields};

use crate::by_hand;
use crate::mailed::{die_while_filing, letter, receive};
use crate::reading::{stored, times};

/// Pauses an enquiry until a day.
pub(crate) async fn pause(test: &TestHub, reference: &Reference, until: Date) {
    let enquiry = stored(test, reference).await;
    let event = Event::Paused {
        at: test.hub.now(),
        until,
    };
    let rules = test.hub.council().rules_of(&enquiry);
    let paused = enquiry.apply(&event, &rules).unwrap().enquiry;
    let promise = paused.promise.as_ref().unwrap();
    let mut tx = test.hub.database().begin().await.unwrap();
    let revision = enquiry.revision;
    tx.promises().update(promise).await.unwrap();
    tx.enquiries().update(&paused, revision).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) async fn answered(test: &TestHub) -> Reference {
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let words = fields([("conversation", "Called Jo.")]);
    let desk = test.hub.desk();
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    reference
}

#[tokio::test]
async fn an_answered_enquiry_closes_when_its_day_has_come_and_not_before() {
    let test = TestHub::new().await;
    let early = answered(&test).await;
    test.clock.set_to("2026-03-03T10:00:00Z");
    let late = answered(&test).await;
    // Ten working days after Monday the 2nd, but only nine after Tuesday the 3rd.
    test.clock.set_to("2026-03-16T01:00:00Z");
    test.work_until(async || {
        let state = stored(&test, &early).await.state;
        matches!(state, State::Closed { .. }).then_some(())
    })
    .await;
    let State::Closed { reason, .. } = stored(&test, &early).await.state else {
        unreachable!("it is closed")
    };
    assert_eq!(reason, CloseReason::Answered);
    assert!(matches!(
        stored(&test, &late).await.state,
        State::Answered { .. }
    ));
}

#[tokio::test]
async fn an_absence_that_cannot_begin_keeps_nobody_from_being_told_of_a_promise() {
    let test = TestHub::new().await;
    let Actor::Officer(officer) = test.officer(Role::Officer).await else {
        unreachable!("an officer is somebody");
    };
    let reference = test.submit(|answers| answers).await.reference;
    // Half of it is missing.
    let absence = "UPDATE accounts SET next_away_from_on = $2 WHERE id = $1";
    by_hand::set(&test, absence, officer.id.as_uuid(), "2026-03-03").await;
    test.clock.set_to("2026-03-20T06:00:00Z");
    let sweep = test.sweep();
    let swept = tokio::time::timeout(Duration::from_secs(60), sweep).await;
    assert!(swept.is_ok(), "it comes to an end");
    assert!(times(&test, &reference, "escalated").await > 0);
}

#[tokio::test]
async fn a_pause_ends_on_its_day_and_the_promise_gets_a_fresh_date() {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers).await.reference;
    pause(&test, &reference, date(2026, 3, 20)).await;
    test.clock.set_to("2026-03-20T06:00:00Z");
    test.work_until(async || {
        let state = stored(&test, &reference).await.state;
        (state == State::Promised).then_some(())
    })
    .await;
    let promise = stored(&test, &reference).await.promise.unwrap();
    assert_eq!(promise.due_on, date(2026, 3, 27));
    assert_eq!(times(&test, &reference, "resumed").await, 1);
}

#[tokio::test]
async fn an_enquiry_that_cannot_be_read_keeps_no_other_from_closing() {
    let test = TestHub::new().await;
    let broken = answered(&test).await;
    let whole = answered(&test).await;
    let id = stored(&test, &broken).await.id;
    test.database.spoil_enquiry(id).await;
    test.clock.set_to("2026-03-16T01:00:00Z");
    test.work_until(async || {
        let state = stored(&test, &whole).await.state;
        matches!(state, State::Closed { .. }).then_some(())
    })
    .await;
}

#[tokio::test]
async fn the_worker_sends_what_waits_without_being_asked() {
    let test = TestHub::new().await;
    test.submit(|answers| answers).await;
    test.work_until(async || (!test.mails.taken().is_empty()).then_some(()))
        .await;
    assert_eq!(test.mails.taken().len(), 1);
}

#[tokio::test]
async fn what_a_dead_worker_left_waits_again_though_the_others_never_rest() {
    let test = TestHub::new().await;
    receive(&test.hub, &letter("one", "Taxi", "When?")).await;
    die_while_filing(&test).await;
    // A worker that comes from one job to the next takes only what waits.
    let next = async || {
        let now = test.hub.now();
        let mut tx = test.hub.database().begin().await.unwrap();
        let jobs = tx.jobs().lease_waiting(Lane::Ours, now, now, 9).await;
        jobs.unwrap().len()
    };
    assert_eq!(next().await, 0);
    hub::jobs::sweep(&test.hub).await.unwrap();
    assert_eq!(next().await, 1);
}
