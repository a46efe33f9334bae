//! What becomes of outgoing mail: attempts, reports, and the list that a person clears.

use domain::codes::{
    AttemptOutcome, ClearReason, DeliveryState, Direction, MessageKind, RelativeReason,
    ReportAction, ReportEvidence,
};
use domain::ids::{MailId, ReportId};
use domain::promise::PromiseOutcome;
use store::{Attempt, Database, NewMail, Relative, Report, StoreError, Tx};
use uuid::Uuid;

use super::letters::mail;
use super::world::{self, MONDAY, at, fresh};

const NOON: &str = "2026-03-02T12:00:00Z";

async fn state_of(tx: &mut Tx, id: MailId) -> DeliveryState {
    tx.outbox().get(id).await.unwrap().unwrap().state
}

pub(crate) async fn automatic_mail_is_counted_by_address_in_any_letter_case_and_by_enquiry(
    database: Database,
) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let other = world::add_enquiry(&database, MONDAY).await;
    let reply = NewMail {
        kind: MessageKind::Reply,
        ..mail(&enquiry)
    };
    let elsewhere = NewMail {
        to_address: "pat@example.com".parse().unwrap(),
        ..mail(&enquiry)
    };
    let shouted = NewMail {
        to_address: "PÄT@EXAMPLE.ORG".parse().unwrap(),
        ..mail(&other)
    };
    let later = NewMail {
        kind: MessageKind::Reopened,
        created_at: at("2026-03-02T11:00:00Z"),
        ..mail(&enquiry)
    };
    let mut tx = database.begin().await.unwrap();
    for one in [&mail(&enquiry), &reply, &elsewhere, &shouted, &later] {
        tx.outbox().insert(one).await.unwrap();
    }
    let capped = mail(&enquiry);
    tx.outbox().insert_capped(&capped).await.unwrap();
    for (address, since, count) in [
        ("pat@example.org", "2026-03-02T09:00:00Z", 2),
        ("PAT@example.org", MONDAY, 1),
        ("pat@example.org", "2026-03-02T11:00:00Z", 0),
        ("pät@example.org", "2026-03-02T09:00:00Z", 1),
        ("nobody@example.org", "2026-03-02T09:00:00Z", 0),
    ] {
        let address = address.parse().unwrap();
        let counted = tx.outbox().automatic_to(&address, at(since)).await;
        assert_eq!(counted.unwrap(), count, "{address:?} since {since}");
    }
    for (about, since, count) in [
        (&enquiry, "2026-03-02T09:00:00Z", 3),
        (&enquiry, MONDAY, 1),
        (&other, "2026-03-02T09:00:00Z", 1),
    ] {
        let counted = tx.outbox().automatic_about(about.id, at(since)).await;
        assert_eq!(counted.unwrap(), count, "since {since}");
    }
}

pub(crate) async fn automatic_mail_is_counted_by_mailbox_and_by_a_row_of_strangers(
    database: Database,
) {
    world::prepare(&database).await;
    let mut row = Vec::new();
    for _ in 0..5 {
        row.push(world::add_enquiry(&database, MONDAY).await);
    }
    let mut tx = database.begin().await.unwrap();
    for (number, enquiry) in row.iter().enumerate() {
        let tagged = NewMail {
            to_address: format!("Pat+{number}@example.org").parse().unwrap(),
            created_at: at(NOON),
            ..mail(enquiry)
        };
        tx.outbox().insert(&tagged).await.unwrap();
    }
    // The second was put beside the first, the third beside the second, the fourth beside the first; the fifth has
    // the same Message-ID as the first, which says nothing of who answers whom.
    for (one, other, reason) in [
        (1, 0, RelativeReason::Stranger),
        (2, 1, RelativeReason::Quoted),
        (3, 0, RelativeReason::Stranger),
        (4, 0, RelativeReason::SameMessageId),
    ] {
        let mut relatives = tx.relatives();
        let linked = relatives.link(row[one].id, row[other].id, reason, at(MONDAY));
        linked.await.unwrap();
    }
    let pat = "pat@example.org".parse().unwrap();
    let alone = tx.outbox().count_alone("pat@example.org").await;
    alone.unwrap();
    assert_eq!(tx.outbox().automatic_to(&pat, at(MONDAY)).await.unwrap(), 5);
    for (place, count) in [(0, 4), (1, 4), (2, 4), (3, 4), (4, 1)] {
        let outbox = &mut tx.outbox();
        let counted = outbox.automatic_about_row(row[place].id, at(MONDAY)).await;
        assert_eq!(counted.unwrap(), count, "{place}");
        let later = outbox.automatic_about_row(row[place].id, at(NOON)).await;
        assert_eq!(later.unwrap(), 0);
    }
    // Two that a person put together are one.
    let mut relatives = tx.relatives();
    let joined = relatives.join(row[1].id, row[0].id, at(NOON)).await;
    joined.unwrap();
    let went = relatives.joined_into(row[1].id).await.unwrap();
    assert_eq!(went, Some(row[0].id));
    assert_eq!(relatives.joined_into(row[0].id).await.unwrap(), None);
    let beside = relatives.of(row[1].id).await.unwrap();
    let joined = |other: &Relative| other.reason == RelativeReason::Joined;
    assert!(beside.iter().any(joined));
}

pub(crate) async fn what_reached_nobody_is_listed_until_a_person_clears_it(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let officer = world::add_account(&database).await;
    let (dead, bounced, capped, sent) = (
        mail(&enquiry),
        NewMail {
            created_at: at(NOON),
            ..mail(&enquiry)
        },
        NewMail {
            created_at: at("2026-03-02T13:00:00Z"),
            ..mail(&enquiry)
        },
        mail(&enquiry),
    );
    let mut tx = database.begin().await.unwrap();
    for one in [&dead, &bounced, &sent] {
        tx.outbox().insert(one).await.unwrap();
    }
    tx.outbox().insert_capped(&capped).await.unwrap();
    let gone = tx.outbox().mark_dead(dead.id, "550 unknown").await;
    assert!(gone.unwrap());
    for one in [&bounced, &sent] {
        let taken = tx.outbox().mark_sent(one.id, at(NOON), "250").await;
        assert!(taken.unwrap().is_some());
    }
    let state = DeliveryState::Bounced;
    let came_back = tx.outbox().mark_reported(bounced.id, state, "5.1.1").await;
    assert!(came_back.unwrap());

    // A page holds one, and the pages join.
    let listed = async |tx: &mut Tx| -> Vec<MailId> {
        let (mut after, mut listed) = (None, Vec::new());
        while let [one] = &tx.outbox().to_clear(after, 1).await.unwrap()[..] {
            after = Some((one.mail.created_at, one.mail.id));
            listed.push(one.mail.id);
        }
        listed
    };
    assert_eq!(listed(&mut tx).await, [dead.id, bounced.id, capped.id]);
    assert_eq!(tx.outbox().to_clear_count().await.unwrap(), 3);
    let reason = ClearReason::Telephone;
    let clear = async |tx: &mut Tx, id| {
        let cleared = tx.outbox().clear(id, officer, reason, at(NOON)).await;
        cleared.unwrap()
    };
    assert!(clear(&mut tx, dead.id).await);
    assert!(!clear(&mut tx, dead.id).await, "it is cleared once");
    assert!(!clear(&mut tx, sent.id).await, "it stands in no list");
    assert!(!tx.outbox().mark_waiting(dead.id).await.unwrap());
    let cleared = tx.outbox().get(dead.id).await.unwrap().unwrap();
    assert_eq!(cleared.cleared, Some(ClearReason::Telephone));
    // Tried again, by a person.
    assert!(tx.outbox().mark_waiting(capped.id).await.unwrap());
    assert!(tx.outbox().mark_waiting(bounced.id).await.unwrap());
    assert_eq!(listed(&mut tx).await, []);
    assert_eq!(tx.outbox().to_clear_count().await.unwrap(), 0);
}

pub(crate) async fn a_report_moves_a_mail_only_onwards(database: Database) {
    use DeliveryState::{Bounced, Dead, Delayed, Delivered, Sent, Waiting};
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    for (from, reported, becomes) in [
        (Sent, Delayed, Delayed),
        (Sent, Delivered, Delivered),
        (Sent, Bounced, Bounced),
        (Delayed, Delivered, Delivered),
        (Delayed, Bounced, Bounced),
        (Delivered, Delayed, Delivered),
        (Delivered, Bounced, Bounced),
        (Bounced, Delivered, Bounced),
        (Bounced, Delayed, Bounced),
        (Waiting, Bounced, Bounced),
        (Waiting, Delayed, Waiting),
        (Dead, Delivered, Dead),
        (Sent, Sent, Sent),
    ] {
        let one = mail(&enquiry);
        let mut tx = database.begin().await.unwrap();
        tx.outbox().insert(&one).await.unwrap();
        match from {
            Waiting => {}
            Dead => assert!(tx.outbox().mark_dead(one.id, "550").await.unwrap()),
            _ => assert!(
                tx.outbox()
                    .mark_sent(one.id, at(NOON), "250")
                    .await
                    .unwrap()
                    .is_some()
            ),
        }
        if matches!(from, Delayed | Delivered | Bounced) {
            let there = tx.outbox().mark_reported(one.id, from, "first").await;
            assert!(there.unwrap());
        }
        let moved = tx.outbox().mark_reported(one.id, reported, "then").await;
        assert_eq!(moved.unwrap(), from != becomes, "{from} {reported}");
        assert_eq!(
            state_of(&mut tx, one.id).await,
            becomes,
            "{from} {reported}"
        );
        let delayed = tx.outbox().delayed(None, 100).await.unwrap();
        let listed = delayed.iter().any(|delayed| delayed.mail.id == one.id);
        assert_eq!(listed, becomes == Delayed);
        let count = tx.outbox().delayed_count().await.unwrap();
        assert_eq!(count as usize, delayed.len());
        let last = delayed.last();
        let last = last.map(|delayed| (delayed.mail.created_at, delayed.mail.id));
        if last.is_some() {
            assert_eq!(tx.outbox().delayed(last, 100).await.unwrap(), []);
        }
    }
    let mut tx = database.begin().await.unwrap();
    let one = mail(&enquiry);
    tx.outbox().insert(&one).await.unwrap();
    let found = tx.outbox().by_message_id(&one.message_id).await.unwrap();
    assert_eq!(found.map(|mail| mail.mail.id), Some(one.id));
    let nothing = tx.outbox().by_message_id("<other@hub.example>").await;
    assert_eq!(nothing.unwrap(), None);
}

pub(crate) async fn a_mail_is_taken_back_only_before_it_was_tried(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let (fresh_one, tried) = (mail(&enquiry), mail(&enquiry));
    let mut tx = database.begin().await.unwrap();
    for one in [&fresh_one, &tried] {
        tx.outbox().insert(one).await.unwrap();
    }
    tx.outbox().mark_attempt(tried.id, "451").await.unwrap();
    assert!(tx.outbox().mark_taken_back(fresh_one.id).await.unwrap());
    assert!(!tx.outbox().mark_taken_back(fresh_one.id).await.unwrap());
    assert!(!tx.outbox().mark_taken_back(tried.id).await.unwrap());
    let state = state_of(&mut tx, fresh_one.id).await;
    assert_eq!(state, DeliveryState::TakenBack);
}

pub(crate) async fn each_attempt_reads_back_with_the_server_s_answer(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let one = mail(&enquiry);
    let later = Attempt {
        at: at(MONDAY),
        outcome: AttemptOutcome::Later,
        reply_code: Some(451),
        enhanced_status: Some("4.3.0".to_owned()),
        said: "451 4.3.0 try later".to_owned(),
    };
    let silent = Attempt {
        at: at(NOON),
        outcome: AttemptOutcome::NoAnswer,
        reply_code: None,
        enhanced_status: None,
        said: "no answer in time".to_owned(),
    };
    let mut tx = database.begin().await.unwrap();
    tx.outbox().insert(&one).await.unwrap();
    assert_eq!(tx.deliveries().attempts(one.id).await.unwrap(), []);
    for attempt in [&later, &silent] {
        tx.outbox().mark_attempt(one.id, "in vain").await.unwrap();
        let mut deliveries = tx.deliveries();
        deliveries.add_attempt(one.id, attempt).await.unwrap();
    }
    assert_eq!(
        tx.deliveries().attempts(one.id).await.unwrap(),
        [later.clone(), silent]
    );
    let twice = tx.deliveries().add_attempt(one.id, &later).await;
    assert!(
        matches!(twice, Err(StoreError::Conflict { .. })),
        "{twice:?}"
    );
}

pub(crate) async fn a_report_is_kept_once_and_one_that_fits_nothing_too(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let one = mail(&enquiry);
    let ours = Report {
        id: fresh(ReportId::generate),
        arrived: Some(Uuid::from_u128(1)),
        received_at: at(MONDAY),
        mail: Some(one.id),
        evidence: ReportEvidence::ReturnPath,
        action: ReportAction::Failed,
        enhanced_status: Some("5.1.1".to_owned()),
        said: "550 5.1.1 no such mailbox".to_owned(),
    };
    let strange = Report {
        id: fresh(ReportId::generate),
        arrived: Some(Uuid::from_u128(2)),
        mail: None,
        evidence: ReportEvidence::None,
        ..ours.clone()
    };
    let mut tx = database.begin().await.unwrap();
    tx.outbox().insert(&one).await.unwrap();
    for report in [&ours, &strange] {
        tx.deliveries().add_report(report).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = database.begin().await.unwrap();
    let mut deliveries = tx.deliveries();
    let found = deliveries.report_in(Uuid::from_u128(1)).await.unwrap();
    assert_eq!(found.as_ref(), Some(&ours));
    let nothing = deliveries.report_in(Uuid::from_u128(3)).await.unwrap();
    assert_eq!(nothing, None);
    let found = deliveries.report_in(Uuid::from_u128(2)).await.unwrap();
    assert_eq!(found, Some(strange));
    let again = Report {
        id: fresh(ReportId::generate),
        ..ours
    };
    let twice = deliveries.add_report(&again).await;
    assert!(
        matches!(twice, Err(StoreError::Conflict { .. })),
        "{twice:?}"
    );
}

pub(crate) async fn the_day_before_a_holding_reply_reads_back(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let kind = MessageKind::HoldingReply;
    let mut held = world::message(&enquiry, Direction::Outbound, kind, NOON);
    held.promises_on = Some("2026-03-12".parse().unwrap());
    let mut tx = database.begin().await.unwrap();
    let mut messages = tx.messages();
    messages.insert(&held).await.unwrap();
    let before = messages.get(held.id).await.unwrap().unwrap();
    assert_eq!(before.moved_from, None);
    let day = "2026-03-09".parse().unwrap();
    messages.set_moved_from(held.id, day).await.unwrap();
    let after = messages.get(held.id).await.unwrap().unwrap();
    assert_eq!(after.moved_from, Some(day));
}

pub(crate) async fn a_promise_whose_answer_came_back_is_not_kept(database: Database) {
    world::prepare(&database).await;
    let mut enquiry = world::add_enquiry(&database, MONDAY).await;
    let reply = world::message(&enquiry, Direction::Outbound, MessageKind::Reply, NOON);
    let mut tx = database.begin().await.unwrap();
    tx.messages().insert(&reply).await.unwrap();
    let mut promise = enquiry.promise.clone().unwrap();
    promise.outcome = PromiseOutcome::Kept {
        at: at(NOON),
        message: reply.id,
    };
    tx.promises().update(&promise).await.unwrap();
    assert_eq!(tx.promises().answer_came_back(reply.id).await.unwrap(), 1);
    assert_eq!(tx.promises().answer_came_back(reply.id).await.unwrap(), 0);
    enquiry = tx.enquiries().get(enquiry.id).await.unwrap().unwrap();
    assert_eq!(
        enquiry.promise.map(|promise| promise.outcome),
        Some(PromiseOutcome::AnswerCameBack {
            at: at(NOON),
            message: reply.id
        })
    );
}

pub(crate) async fn what_became_of_mails_is_told_a_page_at_a_time(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let mails = [mail(&enquiry), mail(&enquiry)];
    let mut tx = database.begin().await.unwrap();
    for one in &mails {
        tx.outbox().insert(one).await.unwrap();
    }
    let from = at("2020-01-01T00:00:00Z");
    let first = tx.outbox().fates(from, None, 1).await.unwrap();
    let second = tx.outbox().fates(from, Some(first[0].id), 9).await.unwrap();
    let mut told = vec![first[0].id, second[0].id];
    let mut written: Vec<MailId> = mails.iter().map(|mail| mail.id).collect();
    told.sort();
    written.sort();
    assert_eq!((told, second.len()), (written, 1));
    assert_eq!(first[0].reference, enquiry.reference);
    assert_eq!(
        (first[0].state, first[0].attempts),
        (DeliveryState::Waiting, 0)
    );
    let later = at("2099-01-01T00:00:00Z");
    assert_eq!(tx.outbox().fates(later, None, 9).await.unwrap(), []);
}
