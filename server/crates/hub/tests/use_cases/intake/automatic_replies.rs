//! What a mailbox answers by itself chases nobody and starts no promise.

use domain::codes::{IncomingState, MessageKind, QuarantineReason};
use jiff::SignedDuration;
use testing::TestHub;

use super::question;
use crate::mailed::{arrive, letter, message_of, reference_of, row};
use crate::reading::stored;

#[tokio::test]
async fn an_out_of_office_reply_starts_no_promise() {
    let test = TestHub::new().await;
    let first = arrive(&test, &question()).await;
    let reference = reference_of(&test, first).await;
    let before = stored(&test, &reference).await;
    let ours = test.mails.only().mail.message_id;
    let away = letter("away", "Out of office", "I am away.")
        .header(&format!("In-Reply-To: {ours}"))
        .header("Auto-Submitted: auto-replied");
    let id = arrive(&test, &away).await;
    assert_eq!(reference_of(&test, id).await, reference);
    assert_eq!(
        message_of(&test, id).await.0.kind,
        MessageKind::AutomaticReply
    );
    let after = stored(&test, &reference).await;
    assert_eq!((after.chasers, &after.promise), (0, &before.promise));
    assert_eq!(test.mails.taken().len(), 1, "nothing answers it");

    let of_nothing = letter("away-2", "Away", "I am away.").header("Auto-Submitted: auto-replied");
    let id = arrive(&test, &of_nothing).await;
    let kept = row(&test, id).await;
    assert_eq!(kept.state, IncomingState::Quarantined);
    assert_eq!(kept.reason, Some(QuarantineReason::OutOfOffice));
}

#[tokio::test]
async fn an_out_of_office_reply_that_crosses_our_answer_starts_no_promise_either() {
    let test = TestHub::new().await;
    let first = arrive(&test, &question()).await;
    let reference = reference_of(&test, first).await;
    let ours = test.mails.only().mail.message_id;
    test.clock.advance(SignedDuration::from_mins(1));
    let officer = test.officer(domain::codes::Role::Officer).await;
    let words = testing::fields([("reply", "At eight.")]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.clock.advance(SignedDuration::from_mins(1));
    let away = letter("away", "Out of office", "I am away.")
        .header(&format!("In-Reply-To: {ours}"))
        .header("Auto-Submitted: auto-replied");
    arrive(&test, &away).await;
    let enquiry = stored(&test, &reference).await;
    assert!(enquiry.running_promise().is_none());
}

#[tokio::test]
async fn a_read_receipt_chases_nobody() {
    let test = TestHub::new().await;
    let first = arrive(&test, &question()).await;
    let reference = reference_of(&test, first).await;
    let before = stored(&test, &reference).await;
    let ours = test.mails.only().mail.message_id;
    let receipt = "--b\r\nContent-Type: text/plain\r\n\r\nYour message was read.\r\n--b\r\n\
                   Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; pat@example.org\r\n\
                   Disposition: manual-action/MDN-sent-manually; displayed\r\n--b--\r\n";
    let read = letter("read", "Read: Your enquiry", receipt)
        .header(&format!("In-Reply-To: {ours}"))
        .header("MIME-Version: 1.0")
        .header(
            "Content-Type: multipart/report; boundary=b; report-type=\"disposition-notification\"",
        );
    let id = arrive(&test, &read).await;
    assert_eq!(reference_of(&test, id).await, reference);
    let (message, _) = message_of(&test, id).await;
    assert_eq!(message.kind, MessageKind::AutomaticReply);
    let after = stored(&test, &reference).await;
    assert_eq!((after.chasers, &after.promise), (0, &before.promise));
    assert_eq!(test.mails.taken().len(), 1, "nothing answers it");
}
