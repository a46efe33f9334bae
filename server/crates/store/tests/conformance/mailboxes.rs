//! The mailboxes that are read, and what became of the messages in them.

use domain::codes::MailboxMessageState::{Gone, SeenTo, Stored, TooLarge, Trying};
use domain::keys::MailboxKey;
use store::{Database, MailboxMessage, NotStored};
use uuid::Uuid;

use super::world::{self, MONDAY, at};

const SOON: &str = "2026-03-02T10:01:00Z";
const LATER: &str = "2026-03-02T10:05:00Z";
const MUCH_LATER: &str = "2026-03-02T12:00:00Z";

fn name() -> MailboxKey {
    "enquiries".parse().unwrap()
}

fn message(uid: u32) -> MailboxMessage {
    MailboxMessage {
        mailbox: name(),
        uid_validity: 7,
        uid,
    }
}

fn trying(uid: u32) -> NotStored {
    NotStored {
        place: message(uid),
        state: Trying,
        attempts: 1,
        size: Some(2_000),
        received_at: Some(at(MONDAY)),
        next_try_at: Some(at(LATER)),
        reason: "it says no".to_owned(),
        noted_at: at(MONDAY),
    }
}

async fn prepare(database: &Database) {
    world::prepare(database).await;
    let mut tx = database.begin().await.unwrap();
    let mut mailboxes = tx.mailboxes();
    mailboxes.follow(&name(), 600, at(MONDAY)).await.unwrap();
    mailboxes.begin_anew(&name(), 7).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) async fn one_process_reads_a_mailbox_until_it_lets_go_or_dies(database: Database) {
    prepare(&database).await;
    let [first, second] = [1, 2].map(Uuid::from_u128);
    let claim = async |holder, now, until| {
        let mut tx = database.begin().await.unwrap();
        let times = [at(now), at(until), at(MUCH_LATER)];
        let ours = tx.mailboxes().claim(&name(), holder, times).await.unwrap();
        tx.commit().await.unwrap();
        ours
    };
    assert!(claim(first, MONDAY, SOON).await);
    assert!(!claim(second, MONDAY, SOON).await);
    assert!(claim(first, MONDAY, LATER).await, "it may keep it");
    assert!(!claim(second, SOON, LATER).await);
    assert!(claim(second, LATER, MUCH_LATER).await, "the first one died");

    let mut tx = database.begin().await.unwrap();
    tx.mailboxes().let_go(&name(), first).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!claim(first, LATER, MUCH_LATER).await, "it is not its own");
    let mut tx = database.begin().await.unwrap();
    tx.mailboxes().let_go(&name(), second).await.unwrap();
    tx.commit().await.unwrap();
    assert!(claim(first, LATER, "2026-03-02T13:00:00Z").await);
    assert!(
        claim(second, MONDAY, SOON).await,
        "a lease from before the clock went back"
    );
}

pub(crate) async fn a_mailbox_that_the_settings_name_no_more_keeps_what_is_known_of_it(
    database: Database,
) {
    prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    let mut mailboxes = tx.mailboxes();
    mailboxes.move_cursor(&name(), 7, 12).await.unwrap();
    mailboxes.move_cursor(&name(), 7, 11).await.unwrap();
    mailboxes.move_cursor(&name(), 8, 99).await.unwrap();
    mailboxes.follow(&name(), 900, at(SOON)).await.unwrap();
    let kept = mailboxes.list().await.unwrap().remove(0);
    assert_eq!((kept.cursor, kept.uid_validity), (12, Some(7)));
    assert_eq!((kept.followed_at, kept.alarm_after_s), (at(MONDAY), 900));

    mailboxes.unfollow(&name()).await.unwrap();
    assert!(!mailboxes.list().await.unwrap()[0].followed);
    mailboxes.follow(&name(), 900, at(LATER)).await.unwrap();
    let again = mailboxes.list().await.unwrap().remove(0);
    assert!(again.followed);
    assert_eq!((again.cursor, again.followed_at), (12, at(LATER)));
}

pub(crate) async fn another_uid_validity_begins_the_folder_anew(database: Database) {
    prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    let mut mailboxes = tx.mailboxes();
    for uid in 1..=3 {
        let place = message(uid);
        let noted = mailboxes.note(&place, Stored, None, at(MONDAY));
        noted.await.unwrap();
    }
    mailboxes.move_cursor(&name(), 7, 3).await.unwrap();
    mailboxes.compared(&name(), at(MONDAY)).await.unwrap();
    mailboxes.begin_anew(&name(), 8).await.unwrap();
    let anew = mailboxes.list().await.unwrap().remove(0);
    assert_eq!((anew.uid_validity, anew.cursor), (Some(8), 0));
    assert_eq!(anew.compared_at, None);
    assert_eq!(mailboxes.noted(&name(), 8, 0, 10).await.unwrap(), []);
    assert_eq!(mailboxes.forget_earlier(&name(), 8, 2).await.unwrap(), 2);
    assert_eq!(mailboxes.forget_earlier(&name(), 8, 2).await.unwrap(), 1);
    assert_eq!(mailboxes.forget_earlier(&name(), 8, 2).await.unwrap(), 0);
}

pub(crate) async fn what_became_of_messages_reads_back(database: Database) {
    prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    let mut mailboxes = tx.mailboxes();
    for (uid, state) in [(1, Stored), (2, Gone), (4_294_967_295, Stored)] {
        let place = message(uid);
        let noted = mailboxes.note(&place, state, Some(at(MONDAY)), at(MONDAY));
        noted.await.unwrap();
    }
    mailboxes.note_not_stored(&trying(3)).await.unwrap();
    let all = mailboxes.noted(&name(), 7, 0, 10).await.unwrap();
    let expected = [(1, Stored), (2, Gone), (3, Trying), (4_294_967_295, Stored)];
    assert_eq!(all, expected);
    let some = mailboxes.noted(&name(), 7, 1, 2).await.unwrap();
    assert_eq!(some, expected[1..3]);
    // Tried once more, it could be had.
    let place = message(3);
    let stored = mailboxes.note(&place, Stored, None, at(LATER));
    stored.await.unwrap();
    assert_eq!(mailboxes.not_stored(&name(), 10).await.unwrap(), []);
}

pub(crate) async fn a_message_that_cannot_be_had_is_due_again_later(database: Database) {
    prepare(&database).await;
    let large = NotStored {
        state: TooLarge,
        next_try_at: None,
        ..trying(2)
    };
    let mut tx = database.begin().await.unwrap();
    let mut mailboxes = tx.mailboxes();
    for message in [&trying(5), &large] {
        mailboxes.note_not_stored(message).await.unwrap();
    }
    // What was known of it stays known.
    let again = NotStored {
        attempts: 2,
        size: None,
        received_at: None,
        next_try_at: Some(at(MUCH_LATER)),
        noted_at: at(LATER),
        ..trying(5)
    };
    mailboxes.note_not_stored(&again).await.unwrap();
    let expected = NotStored {
        size: Some(2_000),
        received_at: Some(at(MONDAY)),
        ..again
    };
    let found = mailboxes.not_stored(&name(), 10).await.unwrap();
    assert_eq!(found, [large.clone(), expected.clone()]);
    assert_eq!(mailboxes.not_stored(&name(), 1).await.unwrap(), [large]);
    let found = mailboxes.not_stored_at(&message(5)).await.unwrap();
    assert_eq!(found, Some(expected));
    assert_eq!(mailboxes.not_stored_at(&message(6)).await.unwrap(), None);
}

pub(crate) async fn a_person_sees_to_what_is_not_stored(database: Database) {
    prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    let mut mailboxes = tx.mailboxes();
    mailboxes.note_not_stored(&trying(5)).await.unwrap();
    assert!(mailboxes.try_at_once(&message(5), at(SOON)).await.unwrap());
    let due = mailboxes.not_stored_at(&message(5)).await.unwrap().unwrap();
    assert_eq!(due.next_try_at, Some(at(SOON)));
    let place = message(5);
    let seen = mailboxes.note(&place, SeenTo, None, at(SOON));
    seen.await.unwrap();
    assert_eq!(mailboxes.not_stored(&name(), 10).await.unwrap(), []);
    assert!(!mailboxes.try_at_once(&message(5), at(LATER)).await.unwrap());
    // Whoever was just trying it comes too late.
    let late = trying(5);
    mailboxes.note_not_stored(&late).await.unwrap();
    assert_eq!(mailboxes.not_stored(&name(), 10).await.unwrap(), []);
    mailboxes.compared(&name(), at(SOON)).await.unwrap();
    mailboxes.compare_soon(&name()).await.unwrap();
    assert_eq!(mailboxes.list().await.unwrap()[0].compared_at, None);
}

pub(crate) async fn how_a_mailbox_stands_reads_back(database: Database) {
    prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    let mut mailboxes = tx.mailboxes();
    mailboxes
        .failed(&name(), at(MONDAY), "no answer")
        .await
        .unwrap();
    mailboxes
        .failed(&name(), at(SOON), "refused")
        .await
        .unwrap();
    let failing = mailboxes.list().await.unwrap().remove(0);
    assert_eq!(failing.failing_since, Some(at(MONDAY)));
    assert_eq!(failing.last_error.as_deref(), Some("refused"));
    assert_eq!(
        (failing.tried_at, failing.contact_at),
        (Some(at(SOON)), None)
    );

    mailboxes.went_on(&name(), at(LATER)).await.unwrap();
    let going_on = mailboxes.list().await.unwrap().remove(0);
    assert_eq!((going_on.failing_since, going_on.contact_at), (None, None));
    assert_eq!(going_on.tried_at, Some(at(LATER)));

    mailboxes.read_through(&name(), at(LATER)).await.unwrap();
    mailboxes.counted(&name(), [5, 4]).await.unwrap();
    mailboxes.compared(&name(), at(LATER)).await.unwrap();
    mailboxes.newest(&name(), at(SOON)).await.unwrap();
    mailboxes.newest(&name(), at(MONDAY)).await.unwrap();
    mailboxes
        .filing(&name(), Some("no such folder"))
        .await
        .unwrap();
    let well = mailboxes.list().await.unwrap().remove(0);
    assert_eq!((well.failing_since, &well.last_error), (None, &None));
    assert_eq!(
        (well.tried_at, well.contact_at),
        (Some(at(LATER)), Some(at(LATER)))
    );
    assert_eq!((well.in_mailbox, well.stored), (5, 4));
    assert_eq!(
        (well.compared_at, well.newest_at),
        (Some(at(LATER)), Some(at(SOON)))
    );
    assert_eq!(well.filing_error.as_deref(), Some("no such folder"));
    mailboxes.filing(&name(), None).await.unwrap();
    assert_eq!(mailboxes.list().await.unwrap()[0].filing_error, None);
}
