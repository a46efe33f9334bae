//! Who is told that a promise is in danger, and that finding it out costs the same however much is open.

use domain::codes::{DeliveryState, Direction, HandOverWay, MessageKind, WaitsFor};
use domain::enquiry::{Enquiry, Event};
use domain::escalation::{DueStep, EscalationStep};
use domain::ids::{EscalationId, HandOverId, NoticeId, PromiseId};
use jiff::civil::date;
use sqlx::{AssertSqlSafe, Row};
use store::{
    Database, Escalation, EscalationInFile, HandOver, HandOverToTell, Notice, Pause, SWEPT, Told,
    Tx,
};

use super::world::{self, MONDAY, at, fresh};

/// Half of five working days from Monday 2 March are over on Thursday at half past twelve.
const HALF: &str = "2026-03-05T12:30:00Z";

async fn due(database: &Database, now: &str) -> Vec<PromiseId> {
    let mut tx = database.read().await.unwrap();
    let due = tx.escalations().due(at(now), 10).await.unwrap();
    due.into_iter().map(|(promise, _)| promise).collect()
}

fn half(enquiry: &Enquiry, done_at: &str) -> Escalation {
    let promise = enquiry.promise.as_ref().unwrap();
    Escalation {
        id: fresh(EscalationId::generate),
        promise: promise.id,
        enquiry: enquiry.id,
        step: EscalationStep::Half,
        counts_from: promise.counts_from,
        due_on: promise.due_on,
        due_at: at(HALF),
        done_at: at(done_at),
    }
}

async fn insert(database: &Database, escalation: &Escalation, told: &[Told]) -> bool {
    let mut tx = database.begin().await.unwrap();
    let inserted = tx.escalations().insert(escalation).await.unwrap();
    for told in told {
        tx.escalations().tell(escalation, told).await.unwrap();
    }
    tx.commit().await.unwrap();
    inserted
}

fn told(address: &str) -> Told {
    Told {
        address: address.to_owned(),
        account: None,
    }
}

pub(crate) async fn a_promise_is_found_when_its_next_step_is_due(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let promise = enquiry.promise.clone().unwrap();
    assert_eq!(due(&database, "2026-03-05T12:29:59.999Z").await, []);
    assert_eq!(due(&database, HALF).await, [promise.id]);

    let mut next = promise.clone();
    next.next_step = Some(DueStep {
        step: EscalationStep::FourFifths,
        at: at("2026-03-06T17:00:00Z"),
    });
    let mut tx = database.begin().await.unwrap();
    tx.promises().set_next_step(&next).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(due(&database, HALF).await, []);
    let mut tx = database.read().await.unwrap();
    let read = tx.enquiries().get(enquiry.id).await.unwrap().unwrap();
    assert_eq!(
        (read.promise, read.revision),
        (Some(next), enquiry.revision)
    );
    drop(tx);

    let pause = Event::Paused {
        at: at(MONDAY),
        until: date(2026, 3, 10),
    };
    world::happen(&database, &enquiry, &pause).await;
    assert_eq!(due(&database, "2026-12-01T00:00:00Z").await, []);
}

pub(crate) async fn a_step_left_behind_is_taken_away(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let promise = enquiry.promise.unwrap();
    let mut tx = database.begin().await.unwrap();
    tx.promises().without_next_step(promise.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(due(&database, "2026-12-01T00:00:00Z").await, []);
}

pub(crate) async fn what_an_older_program_promised_is_found_to_be_planned(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let unplanned = async || {
        let mut tx = database.read().await.unwrap();
        tx.escalations().unplanned(10).await.unwrap()
    };
    assert_eq!(unplanned().await, []);
    let mut tx = database.begin().await.unwrap();
    let older = "UPDATE promises SET counts_from_on = NULL, next_step = NULL, next_step_at = NULL";
    match &mut tx {
        Tx::Sqlite(tx) => drop(sqlx::query(older).execute(&mut **tx).await.unwrap()),
        Tx::Postgres(tx) => drop(sqlx::query(older).execute(&mut **tx).await.unwrap()),
    }
    tx.commit().await.unwrap();
    assert_eq!(unplanned().await, [enquiry.id]);
    let mut tx = database.read().await.unwrap();
    let read = tx.enquiries().get(enquiry.id).await.unwrap().unwrap();
    let promise = read.promise.unwrap();
    assert_eq!(
        (promise.counts_from, promise.next_step),
        (date(2026, 3, 2), None)
    );
}

pub(crate) async fn a_step_of_the_same_days_is_done_once(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    assert!(insert(&database, &half(&enquiry, HALF), &[]).await);
    assert!(!insert(&database, &half(&enquiry, HALF), &[]).await);
    let moved = Escalation {
        due_on: date(2026, 3, 16),
        ..half(&enquiry, HALF)
    };
    assert!(insert(&database, &moved, &[]).await);
}

pub(crate) async fn everybody_is_written_to_once_and_sees_it_until_it_is_over(database: Database) {
    world::prepare(&database).await;
    let account = world::add_account(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let officer = Told {
        address: "b@anyshire.example".to_owned(),
        account: Some(account),
    };
    let escalation = half(&enquiry, HALF);
    insert(
        &database,
        &escalation,
        &[officer, told("a@anyshire.example")],
    )
    .await;

    let next = async |after: &str| {
        let mut tx = database.read().await.unwrap();
        tx.escalations().next_to_write_to(after).await.unwrap()
    };
    assert_eq!(next("").await.as_deref(), Some("a@anyshire.example"));
    let second = next("a@anyshire.example").await;
    assert_eq!(second.as_deref(), Some("b@anyshire.example"));
    assert_eq!(next("b@anyshire.example").await, None);

    let to = "a@anyshire.example";
    let notice = notice(to, MONDAY);
    let mut tx = database.begin().await.unwrap();
    let lines = tx.escalations().to_write(to, 10).await.unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (lines[0].reference, lines[0].due_on),
        (enquiry.reference, date(2026, 3, 9))
    );
    tx.notices().insert(&notice).await.unwrap();
    let id = escalation.id;
    assert!(tx.escalations().written(id, to, notice.id).await.unwrap());
    assert!(!tx.escalations().written(id, to, notice.id).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(next("").await.as_deref(), Some("b@anyshire.example"));

    let on_screen = async || {
        let mut tx = database.read().await.unwrap();
        tx.escalations().on_screen(account, 10).await.unwrap()
    };
    assert_eq!(on_screen().await, lines);
    let mut tx = database.begin().await.unwrap();
    tx.escalations().over(enquiry.id, at(HALF)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(on_screen().await, []);
    assert_eq!(next("").await, None, "what is over is written to nobody");

    let mut tx = database.read().await.unwrap();
    assert_eq!(
        tx.escalations().of_enquiry(enquiry.id).await.unwrap(),
        [EscalationInFile {
            step: EscalationStep::Half,
            due_at: at(HALF),
            done_at: at(HALF),
            told: vec!["a@anyshire.example".to_owned(), "Olu Officer".to_owned()],
        }]
    );
}

pub(crate) async fn whoever_gets_an_enquiry_is_written_to_once_unless_it_went_on(
    database: Database,
) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let (one, other) = ("a@anyshire.example", "b@anyshire.example");
    let hand_over = HandOver {
        id: fresh(HandOverId::generate),
        enquiry: enquiry.id,
        way: HandOverWay::ToTeam,
        at: at(MONDAY),
    };
    let next = async |after: &str| {
        let mut tx = database.read().await.unwrap();
        tx.hand_overs().next_to_write_to(after).await.unwrap()
    };
    assert_eq!(next("").await, None);
    let notice = notice(one, MONDAY);
    let mut tx = database.begin().await.unwrap();
    tx.hand_overs().tell(&hand_over, one).await.unwrap();
    tx.hand_overs().tell(&hand_over, other).await.unwrap();
    let line = HandOverToTell {
        id: hand_over.id,
        reference: enquiry.reference,
        way: HandOverWay::ToTeam,
        due_on: Some(date(2026, 3, 9)),
    };
    let lines = tx.hand_overs().to_write(one, 10).await.unwrap();
    assert_eq!(lines, [line]);
    tx.notices().insert(&notice).await.unwrap();
    let written = tx.hand_overs().written(line.id, one, notice.id).await;
    assert!(written.unwrap());
    let again = tx.hand_overs().written(line.id, one, notice.id).await;
    assert!(!again.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(next("").await.as_deref(), Some(other));
    let mut tx = database.begin().await.unwrap();
    tx.hand_overs().over(enquiry.id, at(HALF)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(next("").await, None);
}

pub(crate) async fn whoever_is_to_remind_somebody_is_told_until_when_we_wait(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let pause = Event::Paused {
        at: at(MONDAY),
        until: date(2026, 3, 10),
    };
    let enquiry = world::happen(&database, &enquiry, &pause).await;
    let address = "a@anyshire.example";
    let to_ring = HandOver {
        id: fresh(HandOverId::generate),
        enquiry: enquiry.id,
        way: HandOverWay::ToRing,
        at: at(MONDAY),
    };
    let mut tx = database.begin().await.unwrap();
    tx.hand_overs().tell(&to_ring, address).await.unwrap();
    tx.commit().await.unwrap();
    let until = async || {
        let mut tx = database.read().await.unwrap();
        let lines = tx.hand_overs().to_write(address, 10).await.unwrap();
        (lines[0].way, lines[0].due_on)
    };
    let waits = (HandOverWay::ToRing, Some(date(2026, 3, 10)));
    assert_eq!(until().await, waits);
    let over = Event::PauseEnded {
        at: at(HALF),
        promise_id: fresh(PromiseId::generate),
    };
    world::happen(&database, &enquiry, &over).await;
    assert_eq!(until().await, (HandOverWay::ToRing, None));
}

fn notice(to: &str, when: &str) -> Notice {
    let id = fresh(NoticeId::generate);
    Notice {
        id,
        to: to.parse().unwrap(),
        subject: "Enquiries that need you".to_owned(),
        body_text: "One".to_owned(),
        body_html: "<p>One</p>".to_owned(),
        message_id: format!("<{id}@anyshire.example>"),
        state: DeliveryState::Waiting,
        created_at: at(when),
        last_error: None,
    }
}

pub(crate) async fn a_notice_is_sent_once_or_given_up(database: Database) {
    world::prepare(&database).await;
    let sent = notice("a@anyshire.example", MONDAY);
    let dead = notice("b@anyshire.example", MONDAY);
    let mut tx = database.begin().await.unwrap();
    let mut notices = tx.notices();
    notices.insert(&sent).await.unwrap();
    notices.insert(&dead).await.unwrap();
    assert_eq!(notices.get(sent.id).await.unwrap(), Some(sent.clone()));
    notices.mark_attempt(sent.id, "busy").await.unwrap();
    assert!(notices.mark_sent(sent.id, at(MONDAY), "250").await.unwrap());
    assert!(!notices.mark_sent(sent.id, at(MONDAY), "250").await.unwrap());
    notices.mark_dead(sent.id, "too late").await.unwrap();
    notices.mark_dead(dead.id, "550").await.unwrap();
    let read = notices.get(sent.id).await.unwrap().unwrap();
    assert_eq!((read.state, read.last_error), (DeliveryState::Sent, None));
    // That one reached them before says nothing about this one.
    let earlier = notice("b@anyshire.example", "2026-03-02T06:00:00Z");
    notices.insert(&earlier).await.unwrap();
    let reached = notices.mark_sent(earlier.id, at(MONDAY), "250").await;
    assert!(reached.unwrap());
    let given_up = notices.dead_since(at(MONDAY), 10).await.unwrap();
    assert_eq!(given_up.len(), 1);
    assert_eq!(
        (given_up[0].id, given_up[0].last_error.as_deref()),
        (dead.id, Some("550"))
    );
    let later = notice("b@anyshire.example", "2026-03-02T12:00:00Z");
    notices.insert(&later).await.unwrap();
    assert_eq!(notices.dead_since(at(MONDAY), 10).await.unwrap().len(), 1);
    notices
        .mark_sent(later.id, at(MONDAY), "250")
        .await
        .unwrap();
    assert_eq!(notices.dead_since(at(MONDAY), 10).await.unwrap(), []);
    let since = at(MONDAY) + jiff::SignedDuration::from_millis(1);
    assert_eq!(notices.dead_since(since, 10).await.unwrap(), []);
}

pub(crate) async fn a_chased_enquiry_comes_first_on_its_day_and_not_before(database: Database) {
    world::prepare(&database).await;
    let earlier = world::add_enquiry(&database, "2026-02-27T10:00:00Z").await;
    let quiet = world::add_enquiry(&database, MONDAY).await;
    let chased = world::add_enquiry(&database, MONDAY).await;
    let again = Event::MessageReceived {
        at: at(MONDAY),
        promise_id: fresh(PromiseId::generate),
    };
    let chased = world::happen(&database, &chased, &again).await;
    let filter = store::QueueFilter::default();
    let mut tx = database.read().await.unwrap();
    let rows = tx.enquiries().queue(&filter, None, 10).await.unwrap();
    let order: Vec<_> = rows.iter().map(|row| row.id).collect();
    assert_eq!(order, [earlier.id, chased.id, quiet.id]);
    assert_eq!(rows[1].due_on, rows[2].due_on);
    assert_eq!(
        chased.promise.unwrap().due_at,
        quiet.promise.unwrap().due_at
    );
}

pub(crate) async fn what_the_sweep_asks_is_answered_from_an_index(database: Database) {
    world::prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    for sql in SWEPT {
        let plan = plan(&mut tx, sql).await;
        let dear = plan
            .iter()
            .filter(|line| reads_a_whole_table(line) || sorts(line));
        assert_eq!(dear.count(), 0, "{sql}\n{plan:#?}");
    }
}

pub(super) fn reads_a_whole_table(line: &str) -> bool {
    line.contains("Seq Scan") || (line.starts_with("SCAN") && !line.contains("USING"))
}

pub(super) fn sorts(line: &str) -> bool {
    line.contains("TEMP B-TREE") || line.contains("Sort Key")
}

/// How the database would answer. PostgreSQL would rather read an empty table whole, so that is made dear.
pub(super) async fn plan(tx: &mut Tx, sql: &str) -> Vec<String> {
    match tx {
        Tx::Sqlite(tx) => {
            let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
            let rows = sqlx::query(explain).fetch_all(&mut **tx).await.unwrap();
            rows.iter().map(|row| row.get("detail")).collect()
        }
        Tx::Postgres(tx) => {
            let parameters = (1..).take_while(|number| sql.contains(&format!("${number}")));
            let nothing = vec!["NULL"; parameters.count()].join(", ");
            let explain = sqlx::raw_sql(AssertSqlSafe(format!(
                "SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan; \
                 PREPARE asked AS {sql}; EXPLAIN EXECUTE asked({nothing}); DEALLOCATE asked"
            )));
            let rows = explain.fetch_all(&mut **tx).await.unwrap();
            rows.iter().map(|row| row.get(0)).collect()
        }
    }
}

pub(crate) async fn a_pause_is_found_when_somebody_is_to_be_reminded_and_once(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let asking = |when| {
        world::message(
            &enquiry,
            Direction::Outbound,
            MessageKind::WaitingForYou,
            when,
        )
    };
    let (first, second) = (asking(MONDAY), asking(HALF));
    let mut tx = database.begin().await.unwrap();
    for message in [&first, &second] {
        tx.messages().insert(message).await.unwrap();
        let pause = Pause {
            message: message.id,
            enquiry: enquiry.id,
            waits_for: WaitsFor::Document,
            until: date(2026, 3, 16),
            began_at: None,
        };
        tx.pauses().insert(&pause).await.unwrap();
        assert_eq!(tx.pauses().get(message.id).await.unwrap(), Some(pause));
    }
    assert_eq!(tx.pauses().last_of(enquiry.id).await.unwrap(), None);
    let remind_at = at("2026-03-12T08:00:00Z");
    for message in [&first, &second] {
        let begin = tx.pauses().begin(message.id, message.at, remind_at).await;
        begin.unwrap();
    }
    let last = tx.pauses().last_of(enquiry.id).await.unwrap().unwrap();
    assert_eq!((last.message, last.began_at), (second.id, Some(second.at)));
    let early = remind_at - jiff::SignedDuration::from_millis(1);
    assert_eq!(tx.pauses().to_remind(early, 10).await.unwrap(), []);
    assert_eq!(tx.pauses().to_remind(remind_at, 10).await.unwrap().len(), 2);
    assert!(tx.pauses().reminded(first.id).await.unwrap());
    assert!(!tx.pauses().reminded(first.id).await.unwrap());
    let left = tx.pauses().to_remind(remind_at, 10).await.unwrap();
    assert_eq!(left, [last]);
}
