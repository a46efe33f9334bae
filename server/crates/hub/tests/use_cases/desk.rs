//! The inbox and the file: what an officer sees, and who sees nothing.

use std::collections::HashSet;

use domain::{codes::Role, form::Fields, reference::Reference};
use hub::{
    Actor, Error,
    desk::{Due, Narrowing, QueuePlace, QueueView, Whose},
};
use jiff::SignedDuration;
use rand::{SeedableRng, rngs::StdRng};
use rstest::rstest;
use testing::{TestHub, fields};

use crate::reading::{audit, queue};

async fn references(test: &TestHub, officer: &Actor, whose: Whose) -> Vec<Reference> {
    let view = QueueView {
        whose,
        only: Narrowing::default(),
        after: None,
    };
    let queue = test.hub.desk().queue(officer, &view).await.unwrap();
    queue.rows.into_iter().map(|row| row.reference).collect()
}

#[tokio::test]
async fn the_queue_begins_with_what_is_overdue() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let on_monday = test.submit(|answers| answers).await.reference;
    test.clock.set_to("2026-03-05T10:00:00Z");
    let on_thursday = test.submit(|answers| answers).await.reference;
    // Three working days: sooner due than Thursday's, though it came the same day.
    let complaint = test
        .submit(|answers| answers.topic("complaint"))
        .await
        .reference;
    test.clock.set_to("2026-03-10T09:00:00Z");
    let queue = queue(&test, &officer).await;
    let rows: Vec<_> = queue
        .rows
        .iter()
        .map(|row| (row.reference, row.due))
        .collect();
    assert_eq!(
        rows,
        [
            (on_monday, Due::Overdue),
            (complaint, Due::Today),
            (on_thursday, Due::Soon),
        ]
    );
    assert_eq!(
        (
            queue.counts.overdue,
            queue.counts.due_today,
            queue.counts.later
        ),
        (1, 1, 1)
    );
}

#[tokio::test]
async fn a_row_says_who_asks_what_from_where() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    test.submit(|answers| answers).await;
    let row = queue(&test, &officer).await.rows.remove(0);
    assert_eq!(row.topic, "An EHC plan we already have");
    assert_eq!(row.district.as_deref(), Some("Maidstone"));
    assert_eq!(row.team, "EHC team, West");
    assert_eq!(row.officer, None);
    assert_eq!(row.correspondent, "Jo Bloggs");
    assert!(!row.reply_waiting);
}

#[tokio::test]
async fn a_long_queue_is_read_page_by_page_and_nothing_twice() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    for _ in 0..30 {
        test.submit(|answers| answers).await;
    }
    let first = queue(&test, &officer).await;
    assert_eq!(first.rows.len(), 25);
    let view = QueueView {
        whose: Whose::Everyone,
        only: Narrowing::default(),
        after: first.next.clone(),
    };
    let second = test.hub.desk().queue(&officer, &view).await.unwrap();
    assert_eq!(second.rows.len(), 5);
    assert_eq!(second.next, None);
    assert!(second.rows.iter().all(|row| !first.rows.contains(row)));
}

#[tokio::test]
async fn a_place_in_the_queue_that_makes_no_sense_begins_anew() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    for odd in ["", "1", "x.y", "9999999999999999999.x"] {
        let view = QueueView {
            whose: Whose::Everyone,
            only: Narrowing::default(),
            after: Some(odd.to_owned()),
        };
        let queue = test.hub.desk().queue(&officer, &view).await.unwrap();
        assert_eq!(queue.rows[0].reference, reference);
    }
}

#[tokio::test]
async fn a_team_sees_its_own_and_an_officer_what_they_took() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let plan = test.submit(|answers| answers).await.reference;
    let travel = test
        .submit(|answers| answers.topic("travel"))
        .await
        .reference;
    let transport = Whose::Team("school-transport".parse().unwrap());
    assert_eq!(references(&test, &officer, transport).await, [travel]);
    assert_eq!(references(&test, &officer, Whose::Mine).await, []);
    let desk = test.hub.desk();
    desk.assign_to_me(&officer, &plan, &Fields::default())
        .await
        .unwrap();
    assert_eq!(references(&test, &officer, Whose::Mine).await, [plan]);
    let rows = queue(&test, &officer).await.rows;
    let taken = rows.iter().find(|row| row.reference == plan).unwrap();
    assert_eq!(taken.officer.as_deref(), Some("Officer 1"));
}

/// One enquiry for each topic and district.
async fn asked_about<const N: usize>(test: &TestHub, asked: [(&str, &str); N]) -> [Reference; N] {
    let mut references = Vec::new();
    for (topic, district) in asked {
        let one = test.submit(|answers| answers.topic(topic).district(district));
        references.push(one.await.reference);
    }
    references.try_into().unwrap()
}

fn only(topic: Option<&str>, place: Option<QueuePlace>) -> Narrowing {
    let topic = topic.map(|key| key.parse().unwrap());
    Narrowing { topic, place }
}

fn in_district(key: &str) -> Option<QueuePlace> {
    Some(QueuePlace::In(key.parse().unwrap()))
}

#[tokio::test]
async fn a_topic_and_a_district_narrow_the_list_and_what_is_counted() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let asked = [
        ("travel", "maidstone"),
        ("travel", "swale"),
        ("travel", "not-sure"),
        ("ehc-plan", "maidstone"),
    ];
    let [here, there, nowhere, plan] = asked_about(&test, asked).await;
    let transport = Whose::Team("school-transport".parse().unwrap());
    for (whose, narrowed, expected) in [
        (
            Whose::Everyone,
            only(Some("travel"), None),
            vec![here, there, nowhere],
        ),
        (
            Whose::Everyone,
            only(None, in_district("maidstone")),
            vec![here, plan],
        ),
        (
            Whose::Everyone,
            only(Some("travel"), in_district("maidstone")),
            vec![here],
        ),
        (
            Whose::Everyone,
            only(None, Some(QueuePlace::NotSaid)),
            vec![nowhere],
        ),
        (Whose::Everyone, only(Some("nothing-known"), None), vec![]),
        // Those of another team stay there.
        (
            transport.clone(),
            only(None, in_district("maidstone")),
            vec![here],
        ),
        (transport, only(Some("ehc-plan"), None), vec![]),
        (Whose::Mine, only(Some("travel"), None), vec![]),
        (Whose::Unsorted, only(Some("travel"), None), vec![]),
    ] {
        let view = QueueView {
            whose,
            only: narrowed,
            after: None,
        };
        let queue = test.hub.desk().queue(&officer, &view).await.unwrap();
        let rows: HashSet<_> = queue.rows.iter().map(|row| row.reference).collect();
        assert_eq!(rows, expected.iter().copied().collect(), "{view:?}");
        assert_eq!(queue.counts.later as usize, expected.len(), "{view:?}");
    }
}

#[tokio::test]
async fn what_is_narrowed_is_read_page_by_page_too() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    for _ in 0..27 {
        let asked = [("travel", "maidstone"), ("ehc-plan", "maidstone")];
        asked_about(&test, asked).await;
    }
    let mut view = QueueView {
        whose: Whose::Everyone,
        only: only(Some("travel"), in_district("maidstone")),
        after: None,
    };
    let first = test.hub.desk().queue(&officer, &view).await.unwrap();
    assert_eq!((first.rows.len(), first.counts.later), (25, 27));
    view.after.clone_from(&first.next);
    let second = test.hub.desk().queue(&officer, &view).await.unwrap();
    assert_eq!((second.rows.len(), second.counts.later), (2, 27));
    assert_eq!(second.next, None);
    assert!(second.rows.iter().all(|row| !first.rows.contains(row)));
}

#[tokio::test]
async fn reading_a_file_is_written_down() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::TeamLead).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.clock.advance(SignedDuration::from_secs(1));
    let file = test.hub.desk().enquiry(&officer, &reference).await.unwrap();
    assert_eq!(file.correspondent.name, "Jo Bloggs");
    assert_eq!(file.child.name.as_deref(), Some("Sam Bloggs"));
    let Actor::Officer(reader) = &officer else {
        unreachable!()
    };
    let last = audit(&test, &reference).await.pop().unwrap();
    assert_eq!(last.action, "enquiry-read");
    assert_eq!(last.actor, store::AuditActor::Account(reader.id));
}

#[tokio::test]
async fn a_reference_of_nobody_is_not_found() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let nobody = Reference::generate(&mut StdRng::seed_from_u64(1));
    let file = test.hub.desk().enquiry(&officer, &nobody).await;
    assert!(matches!(file, Err(Error::NotFound)), "{file:?}");
}

enum Who {
    Editor,
    Public,
    System,
}

#[rstest]
#[case(Who::Editor)]
#[case(Who::Public)]
#[case(Who::System)]
#[tokio::test]
async fn for_those_who_may_not_nothing_is_there(#[case] who: Who) {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers).await.reference;
    let actor = match who {
        Who::Editor => test.officer(Role::Editor).await,
        Who::Public => Actor::Public,
        Who::System => Actor::System,
    };
    let before = audit(&test, &reference).await;
    let desk = test.hub.desk();
    let words = fields([
        ("reply", "Yes"),
        ("note", "Yes"),
        ("conversation", "Yes"),
        ("reason", "spam"),
    ]);
    let view = QueueView {
        whose: Whose::Everyone,
        only: Narrowing::default(),
        after: None,
    };
    let answers = [
        desk.queue(&actor, &view).await.map(drop),
        desk.enquiry(&actor, &reference).await.map(drop),
        desk.reply(&actor, &reference, &words).await,
        desk.note(&actor, &reference, &words).await,
        desk.record_conversation(&actor, &reference, &words).await,
        desk.assign_to_me(&actor, &reference, &Fields::default())
            .await,
        desk.close(&actor, &reference, &words).await,
    ];
    for answer in answers {
        assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
    }
    assert_eq!(audit(&test, &reference).await, before);
}
