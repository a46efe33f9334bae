//! A mail is kept before it is read, and once, however often it comes.

use domain::codes::IncomingState;
use hub::intake::{Arrived, Received, Transport};
use testing::{TestHub, join_again, time};

use super::{from_mailbox, question};
use crate::mailed::{Letter, enquiry_of, letter, receive, row};

#[tokio::test]
async fn a_mail_is_kept_before_it_is_read() {
    let test = TestHub::new().await;
    let received = receive(&test.hub, &question()).await;
    let kept = row(&test, received.id()).await;
    assert_eq!(kept.state, IncomingState::Received);
    let mut tx = test.hub.database().read().await.unwrap();
    let raw = tx.intake().raw(received.id()).await.unwrap();
    assert_eq!(raw.unwrap(), question().raw());
    assert_eq!(enquiry_of(&test, received.id()).await, None);
}

#[tokio::test]
async fn the_same_mail_by_pipe_and_from_a_mailbox_is_one() {
    let test = TestHub::new().await;
    let first = receive(&test.hub, &question()).await;
    let from_mailbox = |uid| Arrived {
        transport: Transport::Mailbox {
            mailbox: "enquiries".to_owned(),
            uid_validity: 1,
            uid,
            received_at: time("2026-03-02T09:59:00Z"),
        },
        ..question().arrived()
    };
    for uid in [7, 7, 8] {
        let again = test.hub.intake().receive(from_mailbox(uid)).await.unwrap();
        assert_eq!(again, Received::Again(first.id()));
    }
    test.run_jobs().await;
    assert_eq!(test.mails.taken().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_that_receive_one_mail_at_once_make_one_enquiry() {
    let test = TestHub::new().await;
    let second = join_again(&test);
    let letters: Vec<Letter> = (0..10)
        .map(|number| letter(&number.to_string(), "Taxi", "When?"))
        .collect();
    for letter in &letters {
        let (here, there) = tokio::join!(receive(&test.hub, letter), receive(&second, letter));
        assert_eq!(here.id(), there.id());
        let new = |received| matches!(received, Received::New(_));
        assert_ne!(new(here), new(there), "one of them was first");
        let (here, there) =
            tokio::join!(hub::jobs::run_due(&test.hub), hub::jobs::run_due(&second));
        here.unwrap();
        there.unwrap();
    }
    test.run_jobs().await;
    let pat = "pat@example.org".parse().unwrap();
    let nothing = domain::ids::EnquiryId::from_uuid(uuid::Uuid::nil());
    let mut tx = test.hub.database().read().await.unwrap();
    let all = tx.relatives().of_address(&pat, nothing, 100).await.unwrap();
    assert_eq!(all.len(), letters.len());
}

#[tokio::test]
async fn another_message_under_a_number_that_was_seen_is_not_lost() {
    let test = TestHub::new().await;
    let intake = test.hub.intake();
    let first = intake
        .receive(from_mailbox(question().raw()))
        .await
        .unwrap();
    // Written anew by the server, under the same Message-ID: still the same.
    let anew = letter("one", "School taxi", "When will the taxi come? ");
    let again = intake.receive(from_mailbox(anew.raw())).await.unwrap();
    assert_eq!(again, Received::Again(first.id()));
    let other = letter("two", "Bus", "And the bus?");
    let other = intake.receive(from_mailbox(other.raw())).await.unwrap();
    assert!(matches!(other, Received::New(_)), "{other:?}");
    assert_ne!(other.id(), first.id());
}
