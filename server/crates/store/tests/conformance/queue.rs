//! The officers' queue.

use domain::codes::{CorrespondentKind, DeliveryState, Direction, MessageKind};
use domain::enquiry::{Event, State};
use domain::promise::end_of_day_london;
use jiff::civil::date;
use store::{Database, QueueCounts, QueueFilter, QueueRow};

use super::world::{self, MONDAY, at};

async fn page(database: &Database, filter: &QueueFilter) -> Vec<QueueRow> {
    database
        .read()
        .await
        .unwrap()
        .enquiries()
        .queue(filter)
        .await
        .unwrap()
}

fn all() -> QueueFilter {
    QueueFilter {
        limit: 50,
        ..QueueFilter::default()
    }
}

pub(crate) async fn the_most_urgent_comes_first_and_pages_join_without_a_gap(database: Database) {
    world::prepare(&database).await;
    let mut expected = Vec::new();
    // Several on one day: the id decides between those with the same due time.
    for received in [
        MONDAY,
        "2026-02-23T10:00:00Z",
        MONDAY,
        "2026-03-04T10:00:00Z",
        MONDAY,
    ] {
        let enquiry = world::add_enquiry(&database, received).await;
        expected.push((enquiry.promise.unwrap().due_at, enquiry.id));
    }
    expected.sort();
    let answered = world::add_enquiry(&database, MONDAY).await;
    world::reply(&database, &answered, MONDAY).await;

    let mut filter = QueueFilter {
        limit: 2,
        ..QueueFilter::default()
    };
    let mut seen = Vec::new();
    loop {
        let rows = page(&database, &filter).await;
        let Some(last) = rows.last() else { break };
        filter.after = Some(last.cursor());
        seen.extend(rows.iter().map(|row| (row.due_at, row.id)));
    }
    assert_eq!(seen, expected);
}

pub(crate) async fn a_team_and_an_officer_see_their_own(database: Database) {
    world::prepare(&database).await;
    let officer = world::add_account(&database).await;
    let transport = "transport".parse().unwrap();
    let ours = world::add_enquiry(&database, MONDAY).await;
    let theirs = world::add_enquiry_for(&database, MONDAY, |enquiry| {
        enquiry.team = "transport".parse().unwrap();
    })
    .await;
    let mine =
        world::add_enquiry_for(&database, MONDAY, |enquiry| enquiry.officer = Some(officer)).await;
    let ids = |rows: Vec<QueueRow>| {
        let mut ids: Vec<_> = rows.into_iter().map(|row| row.id).collect();
        ids.sort();
        ids
    };
    let mut casework = vec![ours.id, mine.id];
    casework.sort();
    let of_casework = QueueFilter {
        team: Some("casework".parse().unwrap()),
        ..all()
    };
    assert_eq!(ids(page(&database, &of_casework).await), casework);
    let of_transport = QueueFilter {
        team: Some(transport),
        ..all()
    };
    assert_eq!(ids(page(&database, &of_transport).await), [theirs.id]);
    let of_officer = QueueFilter {
        officer: Some(officer),
        ..all()
    };
    let rows = page(&database, &of_officer).await;
    assert_eq!(rows[0].officer_name.as_deref(), Some("Olu Officer"));
    assert_eq!(ids(rows), [mine.id]);
    let of_both = QueueFilter {
        officer: Some(officer),
        ..of_transport
    };
    assert_eq!(ids(page(&database, &of_both).await), []);
}

pub(crate) async fn a_row_tells_who_asks_and_whether_a_reply_is_on_its_way(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let row = page(&database, &all()).await.remove(0);
    let promise = enquiry.promise.clone().unwrap();
    assert_eq!(row.reference, enquiry.reference);
    assert_eq!((row.due_at, row.due_on), (promise.due_at, promise.due_on));
    assert_eq!(
        (row.topic, row.district, row.team),
        (
            enquiry.topic.clone(),
            enquiry.district.clone(),
            enquiry.team.clone()
        )
    );
    assert_eq!(
        (row.state, row.chasers, row.received_at),
        (State::Promised, 0, at(MONDAY))
    );
    assert_eq!(
        (row.correspondent_name.as_str(), row.correspondent_kind),
        ("Pat Parent 👩‍👧 مرحبا", CorrespondentKind::Parent)
    );
    assert!(!row.reply_waiting);
    assert_eq!((row.officer, row.officer_name), (None, None));

    let mut reply = world::message(
        &enquiry,
        Direction::Outbound,
        MessageKind::Reply,
        "2026-03-02T10:03:00Z",
    );
    reply.delivery = Some(DeliveryState::Waiting);
    let mut tx = database.begin().await.unwrap();
    tx.messages().insert(&reply).await.unwrap();
    tx.commit().await.unwrap();
    assert!(page(&database, &all()).await[0].reply_waiting);

    let mut tx = database.begin().await.unwrap();
    tx.messages()
        .set_delivery(reply.id, DeliveryState::Sent)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(!page(&database, &all()).await[0].reply_waiting);
}

pub(crate) async fn a_paused_enquiry_stands_where_its_pause_ends(database: Database) {
    world::prepare(&database).await;
    let paused = world::add_enquiry(&database, MONDAY).await;
    let other = world::add_enquiry(&database, "2026-03-03T10:00:00Z").await;
    let until = date(2026, 3, 20);
    world::happen(
        &database,
        &paused,
        &Event::Paused {
            at: at(MONDAY),
            until,
        },
    )
    .await;
    let rows = page(&database, &all()).await;
    assert_eq!(
        rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        [other.id, paused.id]
    );
    assert_eq!(
        (rows[1].state, rows[1].due_on),
        (State::Paused { until }, until)
    );
}

pub(crate) async fn counts_tell_overdue_from_today_and_later(database: Database) {
    world::prepare(&database).await;
    // Due on Monday 2, Monday 9 (twice) and Wednesday 11 March.
    for received in [
        "2026-02-23T10:00:00Z",
        MONDAY,
        MONDAY,
        "2026-03-04T10:00:00Z",
    ] {
        world::add_enquiry(&database, received).await;
    }
    let paused = world::add_enquiry(&database, MONDAY).await;
    world::happen(
        &database,
        &paused,
        &Event::Paused {
            at: at(MONDAY),
            until: date(2026, 3, 6),
        },
    )
    .await;
    let casework = "casework".parse().unwrap();
    let transport = "transport".parse().unwrap();
    let (now, end) = (
        at("2026-03-09T09:00:00Z"),
        end_of_day_london(date(2026, 3, 9)),
    );
    let mut tx = database.read().await.unwrap();
    // The pause that is over is taken up today; it broke no promise.
    let expected = QueueCounts {
        overdue: 1,
        due_today: 3,
        later: 1,
    };
    assert_eq!(
        tx.enquiries().queue_counts(None, now, end).await.unwrap(),
        expected
    );
    assert_eq!(
        tx.enquiries()
            .queue_counts(Some(&casework), now, end)
            .await
            .unwrap(),
        expected
    );
    let none = QueueCounts {
        overdue: 0,
        due_today: 0,
        later: 0,
    };
    assert_eq!(
        tx.enquiries()
            .queue_counts(Some(&transport), now, end)
            .await
            .unwrap(),
        none
    );
}
