//! What officers are told of the mailboxes, and what they do about it; and that no enquiry comes of a message twice,
//! nor of one that was erased. How mailboxes are followed is tested in `tests/mailboxes`.

use domain::codes::{IncomingState, MailboxMessageState, Role};
use hub::enquiries::HowMuch;
use hub::mailboxes::{Alarm, MailboxView, message_at};
use jiff::SignedDuration;
use store::{Mailbox, NotStored, Place, Tx};
use testing::{TestHub, eventually};

use crate::erasure::{close, erase, everything};
use crate::imap_server::{ImapServer, intake, question, stands_so, while_following};
use crate::mailed::{letter, reference_of, row};

/// A mailbox with two messages, one of them too large.
async fn with_a_large_message() -> TestHub {
    let test = TestHub::new().await;
    let name = "enquiries".parse().unwrap();
    let mut tx = test.hub.database().begin().await.unwrap();
    let mut mailboxes = tx.mailboxes();
    mailboxes.follow(&name, 900, test.hub.now()).await.unwrap();
    mailboxes.begin_anew(&name, 7).await.unwrap();
    let large = NotStored {
        place: message_at("enquiries", "7-2").unwrap(),
        state: MailboxMessageState::TooLarge,
        attempts: 1,
        size: Some(70_000_000),
        received_at: Some(test.hub.now()),
        next_try_at: None,
        reason: "it is too large".to_owned(),
        noted_at: test.hub.now(),
    };
    mailboxes.note_not_stored(&large).await.unwrap();
    mailboxes.counted(&name, [2, 1]).await.unwrap();
    mailboxes.read_through(&name, test.hub.now()).await.unwrap();
    tx.commit().await.unwrap();
    test
}

async fn only(test: &TestHub) -> MailboxView {
    let officer = test.officer(Role::Officer).await;
    let mut all = test.hub.mailboxes().overview(&officer).await.unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[tokio::test]
async fn a_mailbox_that_fell_silent_is_told_after_its_time() {
    let test = with_a_large_message().await;
    let missing = Alarm::NotStored { messages: 1 };
    let before = only(&test).await;
    assert_eq!(before.alarms, std::slice::from_ref(&missing));
    let contact_at = before.contact_at;
    test.clock.advance(SignedDuration::from_mins(16));
    let silent = Alarm::NotRead { since: contact_at };
    assert_eq!(only(&test).await.alarms, [silent, missing]);

    let count = test.hub.mailboxes().counts().await.unwrap().remove(0);
    assert_eq!(count.since_contact, SignedDuration::from_mins(16));
    assert_eq!(count.not_stored, 1);
}

#[tokio::test]
async fn what_a_person_saw_to_is_missed_no_more_and_is_written_down() {
    let test = with_a_large_message().await;
    let lead = test.officer(Role::TeamLead).await;
    let view = only(&test).await;
    assert_eq!(view.not_stored.len(), 1);
    assert_eq!(view.not_stored[0].place, "7-2");
    let place = message_at("enquiries", "7-2").unwrap();
    let mailboxes = test.hub.mailboxes();
    mailboxes.take_again(&lead, &place).await.unwrap();
    mailboxes.see_to(&lead, &place).await.unwrap();
    // Pressed twice it is once.
    mailboxes.see_to(&lead, &place).await.unwrap();
    mailboxes.take_again(&lead, &place).await.unwrap();
    let view = only(&test).await;
    assert_eq!((view.alarms, view.not_stored), (vec![], vec![]));
    assert_eq!(
        deeds(&test).await,
        [
            "mail-seen-to enquiries 7-2",
            "mail-taken-again enquiries 7-2"
        ]
    );
}

/// Whether all of it was gone through under these numbers.
fn compared(mailbox: &Mailbox, uid_validity: u32) -> bool {
    mailbox.uid_validity == Some(uid_validity) && mailbox.compared_at.is_some()
}

#[tokio::test]
async fn a_mailbox_that_counts_anew_makes_no_enquiry_twice() {
    let server = ImapServer::with([1, 2, 3].map(question)).await;
    let test = TestHub::new().await;
    while_following(&test, server.followed(), intake(&test), async {
        stands_so(&test, |mailbox| compared(mailbox, 7)).await;
        assert_eq!(enquiries(&test).await, 3);
        // As after a restored copy: in another order, and with one more.
        server.counts_anew(8, [4, 3, 1, 2].map(question));
        stands_so(&test, |mailbox| compared(mailbox, 8)).await;
        assert_eq!(enquiries(&test).await, 4);
        // Then with the numbers of before, which stood for other messages.
        server.counts_anew(7, [2, 5, 4, 1, 3].map(question));
        let stands = stands_so(&test, |mailbox| compared(mailbox, 7)).await;
        assert_eq!((stands.in_mailbox, stands.stored), (5, 5));
    })
    .await;
    assert_eq!(enquiries(&test).await, 5);
    let fetched = server.state().fetched();
    assert_eq!(fetched, [1, 2, 3, 1, 2, 3, 4, 1, 2, 3, 4, 5]);
    assert_eq!(only(&test).await.alarms, []);
}

#[tokio::test]
async fn what_was_erased_and_still_lies_in_the_mailbox_does_not_come_back() {
    let raw = letter("one", "Zebedee and the taxi", "Zebedee Quill waits.").raw();
    let server = ImapServer::with([raw.clone()]).await;
    let test = TestHub::new().await;
    let read = stands_so(&test, |mailbox| compared(mailbox, 7));
    while_following(&test, server.followed(), intake(&test), read).await;
    assert_eq!(enquiries(&test).await, 1);
    let mut tx = test.hub.database().read().await.unwrap();
    let place = Place {
        mailbox: "enquiries".to_owned(),
        uid_validity: 7,
        uid: 1,
    };
    let id = tx.intake().at_place(&place).await.unwrap().unwrap();
    drop(tx);
    let reference = reference_of(&test, id).await;
    let officer = test.officer(Role::Officer).await;
    close(&test, &officer, &reference).await;
    erase(&test, &reference, HowMuch::ThisOne).await.unwrap();

    let fetched = async |times: usize| {
        eventually(async || (server.state().fetched().len() == times).then_some(())).await;
    };
    while_following(&test, server.followed(), intake(&test), async {
        // Compared as each day, nobody fetches it again.
        test.clock.advance(SignedDuration::from_hours(25));
        let now = test.hub.now();
        stands_so(&test, |mailbox| mailbox.compared_at == Some(now)).await;
        fetched(1).await;
        // That it was stored is forgotten here: it is fetched, and known by its place.
        let mut tx = test.hub.database().begin().await.unwrap();
        let mut mailboxes = tx.mailboxes();
        let (forgotten, gone) = (
            message_at("enquiries", "7-1").unwrap(),
            MailboxMessageState::Gone,
        );
        mailboxes.note(&forgotten, gone, None, now).await.unwrap();
        mailboxes.compare_soon(&forgotten.mailbox).await.unwrap();
        tx.commit().await.unwrap();
        fetched(2).await;
        // Under another number it is known by what it holds.
        server.counts_anew(8, [raw.clone(), question(2)]);
        stands_so(&test, |mailbox| compared(mailbox, 8)).await;
        fetched(4).await;
    })
    .await;
    assert_eq!(enquiries(&test).await, 2, "the new one comes in");
    assert_eq!(row(&test, id).await.state, IncomingState::Erased);
    test.sweep().await;
    let left = everything(&test.database.database).await;
    for private in ["Zebedee", "Quill"] {
        assert!(!left.contains(private), "{private}");
    }
    let view = only(&test).await;
    assert_eq!((view.in_mailbox, view.stored, view.alarms), (2, 2, vec![]));
}

/// How many enquiries there are, once all that came is filed.
async fn enquiries(test: &TestHub) -> i64 {
    const SQL: &str = "SELECT count(*) FROM enquiries";
    test.run_jobs().await;
    let (count,) = match test.hub.database().read().await.unwrap() {
        Tx::Sqlite(mut tx) => sqlx::query_as(SQL).fetch_one(&mut *tx).await,
        Tx::Postgres(mut tx) => sqlx::query_as(SQL).fetch_one(&mut *tx).await,
    }
    .unwrap();
    count
}

#[test]
fn only_a_place_is_read_as_one() {
    for wrong in ["", "7", "7-", "-2", "7-2-3", "7-x", "99999999999-1"] {
        assert_eq!(message_at("enquiries", wrong), None, "{wrong}");
    }
    assert_eq!(message_at("Not A Name", "7-2"), None);
}

async fn deeds(test: &TestHub) -> Vec<String> {
    const SQL: &str = "SELECT action || ' ' || detail FROM audit \
                       WHERE action IN ('mail-seen-to', 'mail-taken-again') ORDER BY action";
    let rows: Vec<(String,)> = match test.hub.database().read().await.unwrap() {
        Tx::Sqlite(mut tx) => sqlx::query_as(SQL).fetch_all(&mut *tx).await,
        Tx::Postgres(mut tx) => sqlx::query_as(SQL).fetch_all(&mut *tx).await,
    }
    .unwrap();
    rows.into_iter().map(|(deed,)| deed).collect()
}
