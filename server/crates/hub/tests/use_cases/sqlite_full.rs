//! A SQLite file that can grow no more: the person is told, and nothing is half written.

use domain::codes::Role;
use testing::TestHub;

use crate::reading::{queue, times};

#[tokio::test]
async fn a_full_disk_is_told_and_leaves_nothing_half_written() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    // As long as a message may be: it cannot fit into pages that are there already.
    let long = "🙂".repeat(10_000);
    let token = test.draft(|answers| answers.message(&long)).await;
    let enquiries = test.hub.enquiries();

    test.database.allow_no_more_pages().await;
    let refused = enquiries.submit(&token).await.unwrap_err();
    assert!(refused.is_unavailable(), "{refused:?}");
    assert_eq!(enquiries.submitted(&token).await.unwrap(), None);
    assert!(queue(&test, &officer).await.rows.is_empty());
    let backlog = test.hub.backlog().await.unwrap();
    assert_eq!((backlog.jobs_waiting, backlog.mails_waiting), (0, 0));

    // The draft is still whole: once there is room, the same press sends it.
    let submitted = enquiries.submit(&token).await.unwrap();
    assert_eq!(
        times(&test, &submitted.reference, "enquiry-received").await,
        1
    );
    assert_eq!(queue(&test, &officer).await.rows.len(), 1);
}
