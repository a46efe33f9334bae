//! A mail becomes an enquiry, with a promise that counts from the day on which it came.

use domain::codes::{Channel, IncomingState, MessageKind};
use hub::intake::{Arrived, Transport};
use store::AcknowledgementState;
use testing::{TestHub, time};

use super::question;
use crate::mailed::{arrive, message_of, reference_of, row};
use crate::reading::{file, stored};

#[tokio::test]
async fn a_mail_becomes_an_enquiry_with_a_promise_and_an_acknowledgement() {
    let test = TestHub::new().await;
    let id = arrive(&test, &question()).await;
    let reference = reference_of(&test, id).await;
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.channel, Channel::Email);
    assert_eq!(enquiry.topic.as_str(), "something-else");
    let promise = enquiry.running_promise().unwrap();
    assert_eq!(promise.due_on.to_string(), "2026-03-09");
    let (message, mailed) = message_of(&test, id).await;
    assert_eq!(message.kind, MessageKind::Enquiry);
    assert_eq!(message.body.trim_end(), "When will the taxi come?");
    assert_eq!(mailed.subject.as_deref(), Some("School taxi"));
    let folded: usize = mailed.folds.iter().map(|fold| fold.bytes).sum();
    assert_eq!(folded, message.body.len(), "nothing is thrown away");
    assert_eq!(row(&test, id).await.state, IncomingState::Filed);

    let sent = test.mails.only().mail;
    assert_eq!(sent.to.as_str(), "pat@example.org");
    assert_eq!(sent.in_reply_to.as_deref(), Some("<one@example.org>"));
    assert!(!sent.text.contains("taxi"), "none of the sender's words");
    assert_ne!(sent.reply_to, sent.from.address, "answers find the enquiry");
    let file = file(&test, &reference).await;
    assert_eq!(file.acknowledgement, Some(AcknowledgementState::Sent));
    assert_eq!(file.correspondent.name, "Pat Parent");
}

#[tokio::test]
async fn the_promise_counts_from_the_day_on_which_the_mailbox_got_the_mail() {
    let test = TestHub::new().await;
    let arrived = Arrived {
        transport: Transport::Mailbox {
            mailbox: "enquiries".to_owned(),
            uid_validity: 1,
            uid: 1,
            received_at: time("2026-02-25T16:00:00Z"),
        },
        ..question().arrived()
    };
    let id = test.hub.intake().receive(arrived).await.unwrap().id();
    test.run_jobs().await;
    let enquiry = stored(&test, &reference_of(&test, id).await).await;
    let due_on = enquiry.running_promise().unwrap().due_on;
    assert_eq!(due_on.to_string(), "2026-03-04");
    assert!(test.mails.only().mail.text.contains("25 February 2026"));
}
