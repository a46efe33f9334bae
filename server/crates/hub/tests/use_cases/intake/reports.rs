//! Delivery reports that come as mail: noted where they belong, or before a person.

use domain::codes::IncomingState;
use jiff::SignedDuration;
use store::AcknowledgementState;
use testing::TestHub;

use super::{bounce, question};
use crate::mailed::{arrive, enquiry_of, reference_of, row};
use crate::reading::{file, not_arrived, quarantine, stored};

#[tokio::test]
async fn a_bounced_acknowledgement_is_noted_in_its_enquiry_and_makes_no_new_one() {
    let test = TestHub::new().await;
    let id = arrive(&test, &question()).await;
    let reference = reference_of(&test, id).await;
    let ours = test.mails.only().mail;
    test.clock.advance(SignedDuration::from_mins(1));
    let bounce = bounce(ours.return_path.as_str(), &ours.message_id);
    let id = arrive(&test, &bounce).await;
    assert_eq!(row(&test, id).await.state, IncomingState::Noted);
    assert_eq!(enquiry_of(&test, id).await, None);
    let told = file(&test, &reference).await.acknowledgement;
    assert_eq!(told, Some(AcknowledgementState::Failed));
    assert_eq!(stored(&test, &reference).await.chasers, 0);
    assert_eq!(test.mails.taken().len(), 1, "and nothing answers it");
}

#[tokio::test]
async fn a_report_about_none_of_our_mail_stands_before_a_person() {
    let test = TestHub::new().await;
    let bounce = bounce(crate::mailed::COUNCIL, "<made-up@example.org>");
    let id = arrive(&test, &bounce).await;
    assert_eq!(row(&test, id).await.state, IncomingState::Report);
    let officer = test.officer(domain::codes::Role::Officer).await;
    let desk = test.hub.desk();
    let standing = quarantine(&test, &officer).await;
    assert_eq!(standing.reports.rows.len(), 1);
    assert!(test.mails.taken().is_empty());
    // There alone, until somebody says that they have seen it.
    let listed = not_arrived(&test, &officer).await;
    assert_eq!((listed.to_clear.count, listed.held_up.count), (0, 0));
    let reason = testing::fields([("reason", "Somebody wrote in our name.")]);
    desk.set_mail_aside(&officer, id, &reason).await.unwrap();
    assert_eq!(quarantine(&test, &officer).await.reports.rows, []);
}
