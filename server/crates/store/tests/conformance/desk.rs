//! What officers find and mark, and what is settled.

use domain::codes::{Channel, Direction, MessageKind, RemindBy, StateKind, Support};
use domain::correspondent::Correspondent;
use domain::enquiry::{Enquiry, Event};
use domain::ids::{AccountId, EnquiryId, PromiseId};
use jiff::civil::{Date, date};
use store::{Database, Look, Marks, QueueFilter, QueueOf, QueuePlace, Settled, ToRemind};

use super::escalations::{plan, reads_a_whole_table, sorts};
use super::world::{self, MONDAY, at};

async fn add(database: &Database, change: impl FnOnce(&mut Correspondent)) -> Correspondent {
    let mut correspondent = world::correspondent();
    change(&mut correspondent);
    let mut tx = database.begin().await.unwrap();
    let correspondents = &mut tx.correspondents();
    correspondents
        .insert(&correspondent, at(MONDAY))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    correspondent
}

async fn found(database: &Database, look: &Look) -> Vec<String> {
    let mut tx = database.read().await.unwrap();
    let found = tx.correspondents().found(look, 10).await.unwrap();
    let mut names: Vec<_> = found.into_iter().map(|person| person.name).collect();
    names.sort();
    names
}

fn named(begins: &str) -> Look {
    Look::Name(begins.to_owned())
}

pub(crate) async fn a_correspondent_is_found_by_address_number_and_any_word_of_the_name(
    database: Database,
) {
    world::prepare(&database).await;
    add(&database, |person| {
        person.name = "Ann  Lee".to_owned();
        person.email = Some("Ann.Lee@Example.org".parse().unwrap());
        person.telephone = Some("+44 (0)1632 960 001 ext. 4".parse().unwrap());
    })
    .await;
    add(&database, |person| {
        person.name = "Leona Marsh".to_owned();
        person.email = None;
        person.telephone = Some("01632 960002".parse().unwrap());
    })
    .await;
    let address = Look::Email("ann.lee@example.ORG".parse().unwrap());
    assert_eq!(found(&database, &address).await, ["Ann  Lee"]);
    let shorter = Look::Email("ann.lee@example.or".parse().unwrap());
    assert!(found(&database, &shorter).await.is_empty());
    let number = Look::Telephone("01632960001".parse().unwrap());
    assert_eq!(found(&database, &number).await, ["Ann  Lee"]);
    for (begins, names) in [
        ("LEE", vec!["Ann  Lee"]),
        ("le", vec!["Ann  Lee", "Leona Marsh"]),
        ("ann l", vec!["Ann  Lee"]),
        ("marsh", vec!["Leona Marsh"]),
        ("arsh", vec![]),
        ("%", vec![]),
    ] {
        assert_eq!(found(&database, &named(begins)).await, names, "{begins}");
    }
}

pub(crate) async fn enquiries_are_found_by_who_asked_the_newest_first(database: Database) {
    world::prepare(&database).await;
    let older = world::add_enquiry(&database, "2026-02-23T10:00:00Z").await;
    let newer = world::add_enquiry(&database, MONDAY).await;
    world::reply(&database, &newer, MONDAY).await;
    let mut tx = database.read().await.unwrap();
    let look = Look::Email("pat@example.org".parse().unwrap());
    let found = tx.enquiries().found(&look, 10).await.unwrap();
    let told: Vec<_> = found
        .iter()
        .map(|enquiry| (enquiry.reference, enquiry.state))
        .collect();
    assert_eq!(
        told,
        [
            (newer.reference, StateKind::Answered),
            (older.reference, StateKind::Promised)
        ]
    );
    let bounded = tx.enquiries().found(&named("pat"), 1).await.unwrap();
    assert_eq!(bounded.len(), 1);
}

pub(crate) async fn a_promised_call_is_marked_until_the_promise_ends(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let mut tx = database.begin().await.unwrap();
    let tuesday = Some(date(2026, 3, 3));
    let mut enquiries = tx.enquiries();
    enquiries.set_call_back(enquiry.id, tuesday).await.unwrap();
    tx.commit().await.unwrap();
    let rows = queue(&database, false).await;
    assert_eq!((rows[0].call_back_on, rows[0].calls_in_vain), (tuesday, 0));
    let call = world::message(
        &enquiry,
        Direction::Outbound,
        MessageKind::CallNotAnswered,
        MONDAY,
    );
    let mut tx = database.begin().await.unwrap();
    tx.messages().insert(&call).await.unwrap();
    let telephone = Channel::Telephone;
    tx.messages()
        .set_logged_as(call.id, telephone)
        .await
        .unwrap();
    let kept = tx.messages().get(call.id).await.unwrap().unwrap();
    assert_eq!(kept.logged_as, Some(telephone));
    tx.commit().await.unwrap();
    assert_eq!(queue(&database, false).await[0].calls_in_vain, 1);
    let answered = world::reply(&database, &enquiry, MONDAY).await;
    let mut tx = database.read().await.unwrap();
    let marks = tx.enquiries().marks(answered.id).await.unwrap();
    assert_eq!(marks, Marks::default());
}

/// We wait for the one who asked this.
async fn paused(database: &Database, until: Date) -> Enquiry {
    let enquiry = world::add_enquiry(database, MONDAY).await;
    let at = at(MONDAY);
    world::happen(database, &enquiry, &Event::Paused { at, until }).await
}

async fn remind(database: &Database, enquiry: &Enquiry, by: Option<RemindBy>) {
    let mut tx = database.begin().await.unwrap();
    tx.enquiries().set_remind_by(enquiry.id, by).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) async fn whom_one_of_us_is_to_remind_is_marked_until_somebody_did_or_the_pause_ends(
    database: Database,
) {
    world::prepare(&database).await;
    let marked = async || queue(&database, false).await[0].remind_by;
    let enquiry = paused(&database, date(2026, 3, 10)).await;
    assert_eq!(marked().await, None);
    let ring = Some(RemindBy::Telephone);
    remind(&database, &enquiry, ring).await;
    assert_eq!(marked().await, ring);
    remind(&database, &enquiry, None).await;
    assert_eq!(marked().await, None);

    remind(&database, &enquiry, ring).await;
    let officer = world::add_account(&database).await;
    let taken = Event::Assigned {
        at: at(MONDAY),
        officer: Some(officer),
    };
    let enquiry = world::happen(&database, &enquiry, &taken).await;
    assert_eq!(marked().await, ring);
    let over = Event::PauseEnded {
        at: at("2026-03-10T10:00:00Z"),
        promise_id: world::fresh(PromiseId::generate),
    };
    world::happen(&database, &enquiry, &over).await;
    let mut tx = database.read().await.unwrap();
    let marks = tx.enquiries().marks(enquiry.id).await.unwrap();
    assert_eq!(marks, Marks::default());
}

pub(crate) async fn an_officer_is_told_whom_to_remind_of_what_they_have_and_of_what_nobody_in_their_team_has(
    database: Database,
) {
    world::prepare(&database).await;
    let officer = world::add_account(&database).await;
    let later = paused(&database, date(2026, 3, 16)).await;
    let sooner = paused(&database, date(2026, 3, 10)).await;
    paused(&database, date(2026, 3, 10)).await;
    let taken = Event::Assigned {
        at: at(MONDAY),
        officer: Some(officer),
    };
    let later = world::happen(&database, &later, &taken).await;
    remind(&database, &later, Some(RemindBy::Letter)).await;
    remind(&database, &sooner, Some(RemindBy::Telephone)).await;
    let told = async |who: AccountId, team: Option<&str>| {
        let team = team.map(|team| team.parse().unwrap());
        let mut tx = database.read().await.unwrap();
        tx.enquiries()
            .to_remind(who, team.as_ref(), 10)
            .await
            .unwrap()
    };
    let (of_later, of_sooner) = (
        ToRemind {
            reference: later.reference,
            by: RemindBy::Letter,
            until: date(2026, 3, 16),
        },
        ToRemind {
            reference: sooner.reference,
            by: RemindBy::Telephone,
            until: date(2026, 3, 10),
        },
    );
    let own = Some(sooner.team.as_str());
    let another = Some("transport").filter(|team| Some(*team) != own);
    let nobody = world::fresh(AccountId::generate);
    assert!(another.is_some());
    assert_eq!(told(officer, own).await, [of_sooner, of_later]);
    assert_eq!(told(officer, another).await, [of_later]);
    assert_eq!(told(nobody, own).await, [of_sooner]);
    assert_eq!(told(nobody, None).await, [of_sooner]);
    assert_eq!(told(nobody, another).await, []);
}

pub(super) async fn queue(database: &Database, unsorted: bool) -> Vec<store::QueueRow> {
    let whose = match unsorted {
        true => QueueOf::Unsorted,
        false => QueueOf::Everyone,
    };
    let filter = QueueFilter {
        whose,
        ..QueueFilter::default()
    };
    let mut tx = database.read().await.unwrap();
    tx.enquiries().queue(&filter, None, 10).await.unwrap()
}

pub(crate) async fn what_nobody_has_sorted_stands_apart_until_somebody_has(database: Database) {
    world::prepare(&database).await;
    let unsorted = world::add_enquiry(&database, MONDAY).await;
    world::add_enquiry(&database, MONDAY).await;
    let team = "transport".parse().unwrap();
    let mut tx = database.begin().await.unwrap();
    let mut enquiries = tx.enquiries();
    let since = Some(at(MONDAY));
    enquiries.set_unsorted(unsorted.id, since).await.unwrap();
    let told = enquiries.set_told_team(unsorted.id, Some(&team));
    told.await.unwrap();
    tx.commit().await.unwrap();
    let rows = queue(&database, true).await;
    assert_eq!(
        (rows.len(), rows[0].id, rows[0].unsorted),
        (1, unsorted.id, true)
    );
    assert_eq!(queue(&database, false).await.len(), 2);
    let mut tx = database.begin().await.unwrap();
    let marks = tx.enquiries().marks(unsorted.id).await.unwrap();
    assert_eq!((marks.unsorted_since, marks.told_team), (since, Some(team)));
    tx.enquiries()
        .set_unsorted(unsorted.id, None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(queue(&database, true).await.is_empty());
}

pub(crate) async fn the_queue_tells_what_somebody_needs_from_us(database: Database) {
    world::prepare(&database).await;
    let person = add(&database, |person| {
        person.support = vec![Support::Interpreter, Support::NoTelephone];
        person.interpreter_language = Some("Pashto".to_owned());
        person.safe_contact = Some("Never leave a message".to_owned());
    })
    .await;
    world::add_enquiry_for(&database, MONDAY, |enquiry| {
        enquiry.correspondent = person.id;
    })
    .await;
    let row = queue(&database, false).await.remove(0);
    assert_eq!(row.interpreter_language.as_deref(), Some("Pashto"));
    assert!(row.has_safe_contact && row.no_telephone);
}

pub(crate) async fn what_is_settled_is_read_the_latest_first_and_pages_join(database: Database) {
    world::prepare(&database).await;
    let mut answered = Vec::new();
    for when in [
        MONDAY,
        "2026-03-03T10:00:00Z",
        "2026-03-03T10:00:00Z",
        "2026-03-04T10:00:00Z",
    ] {
        let enquiry = world::add_enquiry(&database, MONDAY).await;
        world::reply(&database, &enquiry, when).await;
        answered.push((at(when), enquiry.id));
    }
    let closed = world::add_enquiry(&database, MONDAY).await;
    let closed = world::reply(&database, &closed, MONDAY).await;
    world::happen(&database, &closed, &Event::Closed { at: at(MONDAY) }).await;
    answered.sort();
    answered.reverse();
    let mut tx = database.read().await.unwrap();
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let mut enquiries = tx.enquiries();
        let page = enquiries.settled(Settled::Answered, None, None, after, 2);
        let rows = page.await;
        let rows = rows.unwrap();
        let Some(last) = rows.last() else { break };
        after = Some(last.cursor());
        seen.extend(rows.iter().map(|row| (row.at, row.id)));
    }
    assert_eq!(seen, answered);
    let mut enquiries = tx.enquiries();
    let rows = enquiries
        .settled(Settled::Closed, None, None, None, 9)
        .await;
    let rows = rows.unwrap();
    assert_eq!((rows.len(), rows[0].id), (1, closed.id));
    assert_eq!(rows[0].end_reason, None);
}

pub(crate) async fn what_is_settled_is_narrowed_to_a_topic_and_a_place(database: Database) {
    world::prepare(&database).await;
    let mut placed = Vec::new();
    for district in [None, Some("north".parse().unwrap())] {
        let from_there = |enquiry: &mut Enquiry| enquiry.district.clone_from(&district);
        let enquiry = world::add_enquiry_for(&database, MONDAY, from_there).await;
        world::reply(&database, &enquiry, MONDAY).await;
        placed.push(enquiry);
    }
    let [not_said, there] = &placed[..] else {
        unreachable!("two were added")
    };
    let (its_topic, other) = (there.topic.clone(), "other".parse().unwrap());
    let north = QueuePlace::In(there.district.clone().unwrap());
    let mut tx = database.read().await.unwrap();
    for (topic, place, found) in [
        (None, None, vec![not_said.id, there.id]),
        (Some(&its_topic), Some(&north), vec![there.id]),
        (None, Some(&QueuePlace::NotSaid), vec![not_said.id]),
        (Some(&other), None, vec![]),
    ] {
        let mut enquiries = tx.enquiries();
        let page = enquiries.settled(Settled::Answered, topic, place, None, 9);
        let mut ids: Vec<EnquiryId> = page.await.unwrap().iter().map(|row| row.id).collect();
        ids.sort();
        let mut found = found;
        found.sort();
        assert_eq!(ids, found, "{topic:?} {place:?}");
    }
}

/// What the lists of the desk ask: the conditions and the order of the statements in the store.
const LISTED: [&str; 9] = [
    "SELECT e.id FROM enquiries e WHERE e.due_at IS NOT NULL AND (e.due_at, e.id) > ($1, $2) \
     AND e.unsorted_since IS NOT NULL ORDER BY e.due_at, e.id LIMIT $3",
    "SELECT e.id FROM enquiries e WHERE e.state = 'answered' AND (e.answered_at, e.id) < ($1, $2) \
     ORDER BY e.answered_at DESC, e.id DESC LIMIT $3",
    "SELECT e.id FROM enquiries e WHERE e.state = 'closed' AND (e.closed_at, e.id) < ($1, $2) \
     AND (e.topic = $4 OR $4 IS NULL) AND (COALESCE(e.district, '') = $5 OR $5 IS NULL) \
     ORDER BY e.closed_at DESC, e.id DESC LIMIT $3",
    "SELECT e.id FROM enquiries e WHERE e.state <> 'closed' AND e.acknowledgement NOT IN ('queued', 'sent') \
     AND e.acknowledgement <> 'answered-at-once' AND (e.received_at, e.id) > ($1, $2) \
     ORDER BY e.received_at, e.id LIMIT $3",
    "SELECT id FROM mails WHERE state IN ('dead', 'bounced', 'capped') AND cleared_at IS NULL \
     AND (created_at, id) > ($1, $2) ORDER BY created_at, id LIMIT $3",
    "SELECT id FROM mails WHERE state = 'waiting' AND attempts > 0 AND (created_at, id) > ($1, $2) \
     ORDER BY created_at, id LIMIT $3",
    "SELECT id FROM mails WHERE state = 'delayed' AND (created_at, id) > ($1, $2) ORDER BY created_at, id LIMIT $3",
    "SELECT id FROM incoming WHERE state = 'quarantined' AND (stored_at, id) > ($1, $2) \
     ORDER BY stored_at, id LIMIT $3",
    "SELECT correspondent FROM correspondent_keys WHERE kind = $1 AND key >= $2 AND key < $3 LIMIT $4",
];

pub(crate) async fn what_the_lists_ask_is_answered_from_an_index(database: Database) {
    world::prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    for sql in LISTED {
        let plan = plan(&mut tx, sql).await;
        let dear = plan
            .iter()
            .filter(|line| reads_a_whole_table(line) || sorts(line));
        assert_eq!(dear.count(), 0, "{sql}\n{plan:#?}");
    }
}
