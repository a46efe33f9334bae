//! Enquiries and promises: each state reads back, and nobody overwrites another's change.

use domain::codes::{Direction, EhcPlan, EndReason, MessageKind};
use domain::correspondent::ChildDetails;
use domain::enquiry::{CloseReason, Event, State};
use domain::ids::{DraftId, EnquiryId, PromiseId};
use domain::promise::PromiseOutcome;
use jiff::civil::date;
use store::{AcknowledgementState, Database, Opening, StoreError};

use super::world::{self, MONDAY, at, fresh};

const TUESDAY: &str = "2026-03-03T10:00:00Z";

pub(crate) async fn an_enquiry_reads_back_in_each_of_its_states(database: Database) {
    world::prepare(&database).await;
    let officer = world::add_account(&database).await;
    let opened = world::add_enquiry(&database, MONDAY).await;
    let ended = world::add_enquiry(&database, MONDAY).await;
    let assigned = Event::Assigned {
        at: at(TUESDAY),
        officer: Some(officer),
    };
    let assigned = world::happen(&database, &opened, &assigned).await;
    let paused = Event::Paused {
        at: at(TUESDAY),
        until: date(2026, 3, 20),
    };
    let paused = world::happen(&database, &assigned, &paused).await;
    assert_reads_back(&database, &paused).await;
    let resumed = Event::PauseEnded {
        at: at(TUESDAY),
        promise_id: fresh(PromiseId::generate),
    };
    let resumed = world::happen(&database, &paused, &resumed).await;
    assert_reads_back(&database, &resumed).await;
    let answered = world::reply(&database, &resumed, TUESDAY).await;
    assert!(matches!(
        answered.promise.as_ref().unwrap().outcome,
        PromiseOutcome::Kept { .. }
    ));
    assert_reads_back(&database, &answered).await;
    let closed = world::happen(&database, &answered, &Event::Closed { at: at(TUESDAY) }).await;
    assert_reads_back(&database, &closed).await;
    let thanks = Event::EndedWithoutAnswer {
        at: at(TUESDAY),
        reason: EndReason::Thanks,
    };
    let ended = world::happen(&database, &ended, &thanks).await;
    assert!(matches!(
        ended.state,
        State::Closed {
            reason: CloseReason::Ended(EndReason::Thanks),
            ..
        }
    ));
    assert_reads_back(&database, &ended).await;
    assert_eq!(read(&database, fresh(EnquiryId::generate)).await, None);
}

async fn read(database: &Database, id: EnquiryId) -> Option<domain::enquiry::Enquiry> {
    database
        .read()
        .await
        .unwrap()
        .enquiries()
        .get(id)
        .await
        .unwrap()
}

async fn assert_reads_back(database: &Database, enquiry: &domain::enquiry::Enquiry) {
    assert_eq!(read(database, enquiry.id).await.as_ref(), Some(enquiry));
    let mut tx = database.read().await.unwrap();
    assert_eq!(
        tx.enquiries()
            .by_reference(&enquiry.reference)
            .await
            .unwrap()
            .as_ref(),
        Some(enquiry)
    );
}

pub(crate) async fn a_stale_revision_is_a_conflict(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let mut tx = database.begin().await.unwrap();
    assert_eq!(tx.enquiries().update(&enquiry, 0).await.unwrap(), 1);
    let refused = tx.enquiries().update(&enquiry, 0).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict { .. })),
        "{refused:?}"
    );
    assert_eq!(tx.enquiries().update(&enquiry, 1).await.unwrap(), 2);
}

pub(crate) async fn a_held_enquiry_is_as_it_was(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let mut tx = database.begin().await.unwrap();
    tx.enquiries().hold(enquiry.id).await.unwrap();
    let held = tx.enquiries().get(enquiry.id).await.unwrap();
    assert_eq!(held, Some(enquiry));
}

pub(crate) async fn a_promised_enquiry_without_a_promise_is_refused(database: Database) {
    world::prepare(&database).await;
    let mut enquiry = world::add_enquiry(&database, MONDAY).await;
    enquiry.promise = None;
    let mut tx = database.begin().await.unwrap();
    let refused = tx.enquiries().update(&enquiry, 0).await;
    assert!(
        matches!(refused, Err(StoreError::Corrupt { .. })),
        "{refused:?}"
    );
}

pub(crate) async fn a_draft_sent_twice_makes_one_enquiry(database: Database) {
    world::prepare(&database).await;
    let correspondent = world::correspondent();
    let draft = fresh(DraftId::generate);
    let (first, second) = (
        world::enquiry(correspondent.id, MONDAY),
        world::enquiry(correspondent.id, MONDAY),
    );
    let mut tx = database.begin().await.unwrap();
    tx.correspondents()
        .insert(&correspondent, at(MONDAY))
        .await
        .unwrap();
    let opening = Opening {
        draft: Some(draft),
        ..Opening::default()
    };
    tx.enquiries().insert(&first, &opening).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = database.begin().await.unwrap();
    let refused = tx.enquiries().insert(&second, &opening).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict { .. })),
        "{refused:?}"
    );
    drop(tx);

    let mut tx = database.read().await.unwrap();
    assert_eq!(
        tx.enquiries().by_draft(draft).await.unwrap(),
        Some((first.id, first.reference))
    );
    assert_eq!(
        tx.enquiries()
            .by_draft(fresh(DraftId::generate))
            .await
            .unwrap(),
        None
    );
}

pub(crate) async fn a_reference_is_given_once(database: Database) {
    world::prepare(&database).await;
    let first = world::add_enquiry(&database, MONDAY).await;
    let mut second = world::enquiry(first.correspondent, MONDAY);
    second.reference = first.reference;
    let mut tx = database.begin().await.unwrap();
    let refused = tx.enquiries().insert(&second, &Opening::default()).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict { .. })),
        "{refused:?}"
    );
}

pub(crate) async fn only_one_promise_can_run(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let mut second = enquiry.promise.unwrap();
    second.id = fresh(PromiseId::generate);
    let mut tx = database.begin().await.unwrap();
    let refused = tx.promises().insert(&second).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict { .. })),
        "{refused:?}"
    );
}

pub(crate) async fn a_new_promise_is_the_one_that_is_read(database: Database) {
    world::prepare(&database).await;
    let opened = world::add_enquiry(&database, MONDAY).await;
    let answered = world::reply(&database, &opened, TUESDAY).await;
    let again = Event::MessageReceived {
        at: at(TUESDAY),
        promise_id: fresh(PromiseId::generate),
    };
    let again = world::happen(&database, &answered, &again).await;
    assert_ne!(
        again.promise.as_ref().unwrap().id,
        opened.promise.unwrap().id
    );
    assert_reads_back(&database, &again).await;
    let holding = world::message(&again, Direction::Outbound, MessageKind::Reply, TUESDAY);
    let moved = Event::HoldingReplySent {
        at: at(TUESDAY),
        message: holding.id,
        new_due_on: date(2026, 3, 20),
    };
    let moved = world::happen(&database, &again, &moved).await;
    assert_eq!(moved.promise.as_ref().unwrap().moves, 1);
    assert_reads_back(&database, &moved).await;
    let chased = Event::MessageReceived {
        at: at(TUESDAY),
        promise_id: fresh(PromiseId::generate),
    };
    let chased = world::happen(&database, &moved, &chased).await;
    assert_eq!(chased.chasers, 1);
    assert_reads_back(&database, &chased).await;
}

pub(crate) async fn what_was_told_about_the_child_reads_back(database: Database) {
    world::prepare(&database).await;
    let correspondent = world::correspondent();
    let enquiry = world::enquiry(correspondent.id, MONDAY);
    let child = ChildDetails {
        name: Some("Zoë".to_owned()),
        born_on: Some(date(2016, 2, 29)),
        school: Some("Hill School".to_owned()),
        ehc_plan: Some(EhcPlan::NotSure),
        reference: Some("ABC/1".to_owned()),
    };
    let mut tx = database.begin().await.unwrap();
    tx.correspondents()
        .insert(&correspondent, at(MONDAY))
        .await
        .unwrap();
    let opening = Opening {
        child: child.clone(),
        acknowledgement: Some(AcknowledgementState::Capped),
        unsorted_since: Some(at(MONDAY)),
        draft: None,
    };
    tx.enquiries().insert(&enquiry, &opening).await.unwrap();
    assert_eq!(
        tx.enquiries().acknowledgement(enquiry.id).await.unwrap(),
        Some(AcknowledgementState::Capped)
    );
    assert_eq!(tx.enquiries().child(enquiry.id).await.unwrap(), child);
    let marks = tx.enquiries().marks(enquiry.id).await.unwrap();
    assert_eq!(marks.unsorted_since, Some(at(MONDAY)));
    assert!(
        tx.enquiries()
            .child(fresh(EnquiryId::generate))
            .await
            .unwrap()
            .is_empty()
    );
}

pub(crate) async fn the_acknowledgement_is_noted(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let mut tx = database.begin().await.unwrap();
    assert_eq!(
        tx.enquiries().acknowledgement(enquiry.id).await.unwrap(),
        None
    );
    use AcknowledgementState::{Capped, Failed, NoAddress, Queued, Sent};
    for state in [Queued, Sent, NoAddress, Capped, Failed] {
        tx.enquiries()
            .set_acknowledgement(enquiry.id, state)
            .await
            .unwrap();
        assert_eq!(
            tx.enquiries().acknowledgement(enquiry.id).await.unwrap(),
            Some(state)
        );
    }
    assert_eq!(tx.enquiries().get(enquiry.id).await.unwrap(), Some(enquiry));
}

pub(crate) async fn those_to_close_and_pauses_over_are_found_on_their_day(database: Database) {
    world::prepare(&database).await;
    world::add_enquiry(&database, MONDAY).await;
    let answered = world::add_enquiry(&database, MONDAY).await;
    let answered = world::reply(&database, &answered, TUESDAY).await;
    let State::Answered { closes_on, .. } = answered.state else {
        unreachable!()
    };
    let paused = world::add_enquiry(&database, MONDAY).await;
    let until = date(2026, 3, 10);
    world::happen(
        &database,
        &paused,
        &Event::Paused {
            at: at(TUESDAY),
            until,
        },
    )
    .await;

    let mut tx = database.read().await.unwrap();
    assert_eq!(
        tx.enquiries()
            .to_close(closes_on.yesterday().unwrap(), 10)
            .await
            .unwrap(),
        []
    );
    assert_eq!(
        tx.enquiries().to_close(closes_on, 10).await.unwrap(),
        [answered.id]
    );
    assert_eq!(tx.enquiries().to_close(closes_on, 0).await.unwrap(), []);
    assert_eq!(
        tx.enquiries()
            .pauses_over(until.yesterday().unwrap(), 10)
            .await
            .unwrap(),
        []
    );
    assert_eq!(
        tx.enquiries().pauses_over(until, 10).await.unwrap(),
        [paused.id]
    );
}
