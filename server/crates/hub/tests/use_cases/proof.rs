//! Proving the invariants: a healthy little world, and what the proof says when one row of it is tampered with.
//!
//! Each row of `proof/tampering.rs` changes the database as somebody would who has it in their hands, inside a
//! transaction that is proved and then undone.

mod tampering;
mod world;

use domain::{
    clock::london_date,
    codes::{DeliveryState, MessageKind, Role},
};
use hub::{
    Error,
    audit::{GRACE, Proof, of_database},
    settings::{Item, Section},
};
use jiff::{SignedDuration, Timestamp};
use store::{Breach, Found, Judged, Tx};
use testing::TestHub;

use self::world::{World, asked};
use crate::mailed::{letter, receive};
use crate::reading::{not_arrived, stored};
use crate::settings::changed;

/// Proves the database as `send-hub audit` does.
pub(crate) async fn prove(test: &TestHub) -> Proof {
    let now = test.hub.now();
    let proved = of_database(test.hub.database(), now, GRACE, None).await;
    proved.unwrap().0
}

/// Nothing is broken.
pub(crate) async fn assert_whole(test: &TestHub, when: &str) {
    let broken = prove(test).await.broken;
    assert!(broken.is_empty(), "{when}: {broken:#?}");
}

/// The breaches of what is in this transaction.
async fn breaches(test: &TestHub, tx: &mut Tx) -> Vec<Found> {
    let now = test.hub.now();
    let late_before = now - GRACE;
    let judged = Judged {
        now,
        today: test.hub.today(),
        late_before,
        late_on: london_date(late_before),
        named: 20,
    };
    tx.proof().breaches(&judged).await.unwrap()
}

pub(crate) async fn tamper(tx: &mut Tx, sql: &str) -> u64 {
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    match tx {
        Tx::Sqlite(tx) => {
            let let_it = sqlx::raw_sql("PRAGMA defer_foreign_keys = ON");
            let_it.execute(&mut **tx).await.unwrap();
            let done = sqlx::query(sql).execute(&mut **tx).await;
            done.unwrap().rows_affected()
        }
        Tx::Postgres(tx) => {
            let let_it = sqlx::raw_sql("SET LOCAL session_replication_role = replica");
            let_it.execute(&mut **tx).await.unwrap();
            let done = sqlx::query(sql).execute(&mut **tx).await;
            done.unwrap().rows_affected()
        }
    }
}

/// An enquiry's id as a literal of this database.
pub(crate) fn literal(tx: &Tx, id: uuid::Uuid) -> String {
    match tx {
        Tx::Sqlite(_) => format!("x'{}'", id.simple()),
        Tx::Postgres(_) => format!("'{id}'"),
    }
}

#[tokio::test]
async fn a_healthy_world_is_whole() {
    let world = World::new().await;
    assert_whole(&world.test, "at the end").await;
    let counts = prove(&world.test).await.counts;
    assert!(counts.messages > 15 && counts.running > 5, "{counts:?}");
    assert_eq!((counts.mails_in, counts.not_frozen), (6, 0));
}

#[tokio::test]
async fn whoever_tampers_with_a_row_is_told_by_invariant_and_reference() {
    let world = World::new().await;
    let test = &world.test;
    let mut wrong = Vec::new();
    for (name, sql, expected) in tampering::all() {
        let mut tx = test.hub.database().begin().await.unwrap();
        let reference = (!name.is_empty()).then(|| world.of(name));
        let mut statement = (*sql).to_owned();
        if let Some(reference) = reference {
            let enquiry = tx.enquiries().by_reference(&reference).await.unwrap();
            let id = literal(&tx, enquiry.unwrap().id.as_uuid());
            statement = statement.replace("{it}", &id);
        }
        let changed = tamper(&mut tx, &statement).await;
        let found = breaches(test, &mut tx).await;
        tx.rollback().await.unwrap();
        let kinds: Vec<Breach> = found.iter().map(|found| found.breach).collect();
        let same = kinds.len() == expected.len() && expected.iter().all(|one| kinds.contains(one));
        let reference = reference.map(|reference| reference.to_string());
        let named = found.iter().all(|found| {
            found.first.iter().any(|trace| {
                trace.reference.is_none() || reference.is_none() || trace.reference == reference
            })
        });
        if changed == 0 || !same || !named {
            wrong.push(format!(
                "{name}: {sql}\n    changed {changed}; found {found:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_whole(test, "once everything was undone").await;
}

#[test]
fn every_way_to_break_an_invariant_is_tried() {
    let tried: Vec<Breach> = tampering::all().flat_map(|row| row.2).copied().collect();
    let untried: Vec<&Breach> = Breach::ALL
        .iter()
        .filter(|breach| !tried.contains(breach))
        .collect();
    assert!(untried.is_empty(), "{untried:?}");
}

#[tokio::test]
async fn a_promise_that_is_moved_everywhere_at_once_is_not_in_the_record() {
    let test = TestHub::new().await;
    let reference = asked(&test, "open@example.org").await;
    let mut tx = test.hub.database().begin().await.unwrap();
    for sql in [
        "UPDATE promises SET due_on = '2026-03-20', due_at = 1774051199999",
        "UPDATE enquiries SET due_at = 1774051199999",
    ] {
        tamper(&mut tx, sql).await;
    }
    tx.commit().await.unwrap();
    let broken = prove(&test).await.broken;
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert_eq!((broken[0].invariant, broken[0].count), (4, 1));
    let place = &broken[0].first[0];
    assert_eq!(place.reference, Some(reference.to_string()));
    assert_eq!(place.more.as_deref(), Some("it never had this day"));
}

#[tokio::test]
async fn many_of_one_kind_are_counted_whole_and_named_in_part() {
    let test = TestHub::new().await;
    for number in 0..25 {
        test.submit(|answers| answers.email(&format!("p{number}@example.org")))
            .await;
    }
    let mut tx = test.hub.database().begin().await.unwrap();
    tamper(&mut tx, "DELETE FROM jobs").await;
    tx.commit().await.unwrap();
    let broken = prove(&test).await.broken;
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert_eq!((broken[0].count, broken[0].first.len()), (25, 20));
}

#[tokio::test]
async fn what_nobody_does_in_time_is_told_after_ten_minutes_and_not_before() {
    let test = TestHub::new().await;
    test.submit(|answers| answers).await;
    receive(&test.hub, &letter("one", "Taxi", "When?")).await;
    test.clock.advance(SignedDuration::from_mins(10));
    assert_whole(&test, "after ten minutes").await;
    test.clock.advance(SignedDuration::from_secs(1));
    let broken = prove(&test).await.broken;
    let invariants: Vec<u8> = broken.iter().map(|broken| broken.invariant).collect();
    assert_eq!(invariants, [2, 5], "{broken:?}");
}

#[tokio::test]
async fn an_acknowledgement_that_is_held_up_stands_in_its_list_and_breaks_nothing() {
    let test = TestHub::new().await;
    test.mails.go_down();
    let reference = test.submit(|answers| answers).await.reference;
    for minutes in [0, 1, 3, 5, 10, 20] {
        test.clock.advance(SignedDuration::from_mins(minutes));
        test.run_jobs().await;
        assert_whole(&test, "while it is held up").await;
    }
    let officer = test.officer(Role::Officer).await;
    let list = not_arrived(&test, &officer).await;
    let held_up = list.held_up.rows.iter();
    let held_up: Vec<_> = held_up
        .map(|mail| (mail.reference, mail.kind, mail.state))
        .collect();
    let waits = (
        reference,
        MessageKind::Acknowledgement,
        DeliveryState::Waiting,
    );
    assert_eq!((held_up, list.to_clear.count), (vec![waits], 0));
}

#[tokio::test]
async fn what_was_erased_by_right_is_not_lost() {
    let world = World::new().await;
    let test = &world.test;
    let mailed = stored(test, &world.of("mailed")).await.id.as_uuid();
    let mut tx = test.hub.database().begin().await.unwrap();
    let it = literal(&tx, mailed);
    let theirs = format!("(SELECT id FROM messages WHERE enquiry = {it})");
    let mails = format!("(SELECT id FROM mails WHERE enquiry = {it})");
    let incoming = format!("(SELECT incoming FROM message_mails WHERE message IN {theirs})");
    // As server/docs/data-map.md says.
    for sql in [
        format!("DELETE FROM promises WHERE enquiry = {it}"),
        format!("DELETE FROM links WHERE enquiry = {it}"),
        format!("DELETE FROM delivery_attempts WHERE mail IN {mails}"),
        format!("DELETE FROM mails WHERE enquiry = {it}"),
        format!("DELETE FROM incoming_raw WHERE incoming IN {incoming}"),
        format!("UPDATE incoming SET state = 'erased' WHERE id IN {incoming}"),
        format!("DELETE FROM message_mails WHERE message IN {theirs}"),
        format!("DELETE FROM messages WHERE enquiry = {it}"),
        format!("DELETE FROM enquiries WHERE id = {it}"),
    ] {
        assert_ne!(tamper(&mut tx, &sql).await, 0, "{sql}");
    }
    let lost = breaches(test, &mut tx).await;
    assert_eq!(lost.len(), 1, "{lost:?}");
    assert_eq!(lost[0].breach, Breach::MessageGone);
    let recorded = format!(
        "INSERT INTO audit (id, done_at, actor_kind, action, enquiry) VALUES ({it}, 0, 'system', 'enquiry-erased', {it})"
    );
    tamper(&mut tx, &recorded).await;
    assert_eq!(breaches(test, &mut tx).await, []);
}

#[tokio::test]
async fn leads_and_administrators_may_ask() {
    let test = TestHub::new().await;
    for (role, may) in [
        (Role::Officer, false),
        (Role::TeamLead, true),
        (Role::Editor, false),
        (Role::Administrator, true),
    ] {
        let actor = test.officer(role).await;
        let proof = test.hub.audit().prove(&actor).await;
        assert_eq!(proof.is_ok(), may, "{role}");
        if let Err(error) = proof {
            assert!(matches!(error, Error::NotFound));
        }
    }
}

#[tokio::test]
async fn a_promise_planned_before_a_bank_holiday_was_known_breaks_nothing() {
    let test = TestHub::new().await;
    // The fourth of May is the bank holiday: five days end on the fifth.
    test.clock.set_to("2026-04-27T10:00:00Z");
    let reference = asked(&test, "open@example.org").await;
    // Half of them are over at noon on the last day of April. With the fourth they are six, and half of those are over
    // that evening.
    let plan = async |at: &str| {
        let at: Timestamp = at.parse().unwrap();
        let mut tx = test.hub.database().begin().await.unwrap();
        let id = tx.enquiries().by_reference(&reference).await.unwrap();
        let id = literal(&tx, id.unwrap().id.as_uuid());
        let at = at.as_millisecond();
        let sql = format!("UPDATE promises SET next_step_at = {at} WHERE enquiry = {id}");
        assert_eq!(tamper(&mut tx, &sql).await, 1);
        tx.commit().await.unwrap();
    };
    plan("2026-04-30T16:00:00Z").await;
    assert_whole(&test, "as an earlier version planned it").await;
    plan("2026-04-30T16:00:01Z").await;
    let broken = prove(&test).await.broken;
    assert_eq!(broken.len(), 1, "no version planned that: {broken:?}");
}

#[tokio::test]
async fn a_promise_planned_by_an_earlier_calendar_breaks_nothing() {
    let test = TestHub::new().await;
    asked(&test, "open@example.org").await;
    // Half of it is over at 12:30 on Thursday; of longer days it would be at 11:30.
    let times = (Section::Escalation, Item::Whole);
    changed(&test, times, &[("morning", "06:00")])
        .await
        .unwrap();
    for at in [
        "2026-03-03T10:00:00Z",
        "2026-03-05T11:45:00Z",
        "2026-03-05T12:31:00Z",
        "2026-03-09T06:01:00Z",
        "2026-03-10T00:01:00Z",
    ] {
        test.clock.set_to(at);
        test.sweep().await;
        assert_whole(&test, at).await;
        test.clock.advance(SignedDuration::from_mins(20));
        assert_whole(&test, at).await;
    }
}
