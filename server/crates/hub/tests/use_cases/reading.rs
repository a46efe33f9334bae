//! How the tests look at what was kept.

use domain::{codes::Role, enquiry::Enquiry, form::Faults, reference::Reference};
use hub::{
    Actor, Error,
    desk::{EnquiryFile, Queue, QueueView, Whose},
};
use store::AuditEntry;
use testing::TestHub;

/// The enquiry as the database has it.
pub(crate) async fn stored(test: &TestHub, reference: &Reference) -> Enquiry {
    let mut tx = test.hub.database().read().await.unwrap();
    let enquiry = tx.enquiries().by_reference(reference).await.unwrap();
    enquiry.unwrap()
}

/// The audit of one enquiry, the earliest first.
pub(crate) async fn audit(test: &TestHub, reference: &Reference) -> Vec<AuditEntry> {
    let id = stored(test, reference).await.id;
    let mut tx = test.hub.database().read().await.unwrap();
    tx.audit().for_enquiry(id).await.unwrap()
}

/// How often something was done in one enquiry.
pub(crate) async fn times(test: &TestHub, reference: &Reference, action: &str) -> usize {
    let audit = audit(test, reference).await;
    audit.iter().filter(|entry| entry.action == action).count()
}

/// The file as an officer reads it.
pub(crate) async fn file(test: &TestHub, reference: &Reference) -> EnquiryFile {
    let officer = test.officer(Role::Officer).await;
    test.hub.desk().enquiry(&officer, reference).await.unwrap()
}

/// The first page of everybody's queue.
pub(crate) async fn queue(test: &TestHub, officer: &Actor) -> Queue {
    let view = QueueView {
        whose: Whose::Everyone,
        after: None,
    };
    test.hub.desk().queue(officer, &view).await.unwrap()
}

/// What a refused form is told.
pub(crate) fn faults<T: std::fmt::Debug>(answer: Result<T, Error>) -> Faults {
    match answer {
        Err(Error::Refused(faults)) => faults,
        other => unreachable!("it was to be refused: {other:?}"),
    }
}
