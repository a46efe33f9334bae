//! The officers' queue.

use domain::codes::{CorrespondentKind, DeliveryState, Direction, MessageKind};
use domain::enquiry::{Enquiry, Event, State};
use domain::ids::AccountId;
use domain::promise::end_of_day_london;
use jiff::civil::date;
use store::{Database, QueueCounts, QueueFilter, QueueOf, QueuePlace, QueueRow};

use super::escalations::{plan, reads_a_whole_table, sorts};
use super::world::{self, MONDAY, at};

async fn page(database: &Database, filter: &QueueFilter) -> Vec<QueueRow> {
    database
        .read()
        .await
        .unwrap()
        .enquiries()
        .queue(filter, None, 50)
        .await
        .unwrap()
}

fn all() -> QueueFilter {
    QueueFilter::default()
}

fn of(whose: QueueOf) -> QueueFilter {
    QueueFilter { whose, ..all() }
}

fn of_team(key: &str) -> QueueFilter {
    of(QueueOf::Team(key.parse().unwrap()))
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

    let mut after = None;
    let mut seen = Vec::new();
    loop {
        let mut tx = database.read().await.unwrap();
        let rows = tx.enquiries().queue(&all(), after, 2).await.unwrap();
        let Some(last) = rows.last() else { break };
        after = Some(last.cursor());
        seen.extend(rows.iter().map(|row| (row.due_at, row.id)));
    }
    assert_eq!(seen, expected);
}

pub(crate) async fn a_team_and_an_officer_see_their_own(database: Database) {
    world::prepare(&database).await;
    let officer = world::add_account(&database).await;
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
    assert_eq!(ids(page(&database, &of_team("casework")).await), casework);
    assert_eq!(
        ids(page(&database, &of_team("transport")).await),
        [theirs.id]
    );
    let rows = page(&database, &of(QueueOf::Officer(officer))).await;
    assert_eq!(rows[0].officer_name.as_deref(), Some("Olu Officer"));
    assert_eq!(ids(rows), [mine.id]);
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
    let (now, end) = (
        at("2026-03-09T09:00:00Z"),
        end_of_day_london(date(2026, 3, 9)),
    );
    let counts = async |filter: QueueFilter| {
        let mut tx = database.read().await.unwrap();
        tx.enquiries().queue_counts(&filter, now, end).await
    };
    // The pause that is over is taken up today; it broke no promise.
    let expected = QueueCounts {
        overdue: 1,
        due_today: 3,
        later: 1,
    };
    assert_eq!(counts(all()).await.unwrap(), expected);
    assert_eq!(counts(of_team("casework")).await.unwrap(), expected);
    let none = QueueCounts {
        overdue: 0,
        due_today: 0,
        later: 0,
    };
    assert_eq!(counts(of_team("transport")).await.unwrap(), none);
}

/// Every filter that there is.
fn filters() -> Vec<QueueFilter> {
    let officer = world::fresh(AccountId::generate);
    let everybody = [
        QueueOf::Everyone,
        QueueOf::Team("casework".parse().unwrap()),
        QueueOf::Officer(officer),
        QueueOf::Unsorted,
    ];
    let topics = [None, Some("transport".parse().unwrap())];
    let places = [
        None,
        Some(QueuePlace::NotSaid),
        Some(QueuePlace::In("south".parse().unwrap())),
    ];
    let mut filters = Vec::new();
    for whose in everybody {
        for topic in &topics {
            for place in &places {
                filters.push(QueueFilter {
                    whose: whose.clone(),
                    topic: topic.clone(),
                    place: place.clone(),
                });
            }
        }
    }
    filters
}

pub(crate) async fn a_filter_leaves_out_what_is_of_another_topic_or_place(database: Database) {
    world::prepare(&database).await;
    let mut council = world::council();
    let mut topic = council.topics[0].clone();
    topic.key = "plan".parse().unwrap();
    council.topics.push(topic);
    let mut district = council.districts[0].clone();
    district.key = "south".parse().unwrap();
    council.districts.push(district);
    let mut tx = database.begin().await.unwrap();
    tx.council().sync(&council).await.unwrap();
    tx.commit().await.unwrap();
    let officer = world::add_account(&database).await;
    let mut all = Vec::new();
    for (team, topic, district) in [
        ("casework", "transport", Some("south")),
        ("casework", "plan", Some("south")),
        ("transport", "transport", None),
        ("transport", "transport", Some("north")),
    ] {
        let enquiry = world::add_enquiry_for(&database, MONDAY, |enquiry| {
            enquiry.team = team.parse().unwrap();
            enquiry.topic = topic.parse().unwrap();
            enquiry.district = district.map(|key| key.parse().unwrap());
            enquiry.officer = (team == "transport").then_some(officer);
        });
        all.push(enquiry.await);
    }
    let (now, end) = (at(MONDAY), end_of_day_london(date(2026, 3, 9)));
    for mut filter in filters() {
        if matches!(filter.whose, QueueOf::Officer(_)) {
            filter.whose = QueueOf::Officer(officer);
        }
        let fits = |enquiry: &&Enquiry| {
            let whose = match &filter.whose {
                QueueOf::Everyone => true,
                QueueOf::Team(team) => enquiry.team == *team,
                QueueOf::Officer(officer) => enquiry.officer == Some(*officer),
                QueueOf::Unsorted => false,
            };
            let place = match &filter.place {
                None => true,
                Some(QueuePlace::NotSaid) => enquiry.district.is_none(),
                Some(QueuePlace::In(key)) => enquiry.district.as_ref() == Some(key),
            };
            let topic = filter.topic.as_ref();
            whose && place && topic.is_none_or(|topic| enquiry.topic == *topic)
        };
        let mut expected: Vec<_> = all.iter().filter(fits).map(|fit| fit.id).collect();
        expected.sort();
        let mut rows = page(&database, &filter).await;
        rows.sort_by_key(|row| row.id);
        let rows: Vec<_> = rows.into_iter().map(|row| row.id).collect();
        assert_eq!(rows, expected, "{filter:?}");
        let mut tx = database.read().await.unwrap();
        let counts = tx.enquiries().queue_counts(&filter, now, end).await;
        let due = counts.unwrap().due_today as usize;
        assert_eq!(due, expected.len(), "{filter:?}");
    }
}

pub(crate) async fn every_filter_is_answered_from_an_index_of_open_enquiries(database: Database) {
    world::prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    for filter in filters() {
        for sql in filter.statements() {
            let plan = plan(&mut tx, &sql).await;
            let whole = plan.iter().filter(|line| reads_a_whole_table(line));
            // What is counted is a thousand rows at most.
            let whole =
                whole.filter(|line| !["SCAN part", "SCAN CONSTANT ROW"].contains(&line.as_str()));
            assert_eq!(whole.count(), 0, "{sql}\n{plan:#?}");
            let open = plan.iter().filter(|line| {
                line.contains("enquiries_open") || line.contains("enquiries_unsorted")
            });
            assert!(open.count() > 0, "{sql}\n{plan:#?}");
        }
    }
    // One condition alone is read in the index's order. Of several PostgreSQL may read one and sort the few that fit.
    let alone = |filter: &QueueFilter| {
        let whose = filter.whose != QueueOf::Everyone;
        let conditions = [whose, filter.topic.is_some(), filter.place.is_some()];
        conditions.into_iter().filter(|asked| *asked).count() < 2
    };
    for filter in filters().into_iter().filter(alone) {
        let [page, _] = filter.statements();
        let plan = plan(&mut tx, &page).await;
        let sorted = plan.iter().filter(|line| sorts(line));
        // The subject of an unsorted mail is its first message's.
        let sorted = sorted.filter(|line| !line.contains("said_at"));
        assert_eq!(sorted.count(), 0, "{page}\n{plan:#?}");
    }
}
