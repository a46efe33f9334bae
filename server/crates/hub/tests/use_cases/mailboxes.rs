//! What officers are told of the mailboxes, and what they do about it. How mailboxes are followed is tested in
//! `tests/mailboxes`.

use domain::codes::{MailboxMessageState, Role};
use hub::mailboxes::{Alarm, MailboxView, message_at};
use jiff::SignedDuration;
use store::{NotStored, Tx};
use testing::TestHub;

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
