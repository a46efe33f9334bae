//! How the tests look at what was kept.

use domain::{codes::Role, enquiry::Enquiry, form::Faults, reference::Reference};
use hub::{
    Actor, Error,
    desk::{
        EnquiryFile, InTwoLists, Narrowing, Quarantine, Queue, QueueView, UndeliveredList, Whose,
    },
};
use store::{AuditEntry, Tx};
use testing::TestHub;
use uuid::Uuid;

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

/// What was done with an account or an invitation: each deed with its detail.
pub(crate) async fn deeds_about(test: &TestHub, subject: Uuid) -> Vec<String> {
    const SQL: &str = "SELECT action || ' ' || coalesce(detail, '') FROM audit \
                       WHERE enquiry IS NULL AND subject = $1 ORDER BY done_at, id";
    let rows: Vec<(String,)> = match test.hub.database().read().await.unwrap() {
        Tx::Sqlite(mut tx) => sqlx::query_as(SQL).bind(subject).fetch_all(&mut *tx).await,
        Tx::Postgres(mut tx) => sqlx::query_as(SQL).bind(subject).fetch_all(&mut *tx).await,
    }
    .unwrap();
    rows.into_iter()
        .map(|(deed,)| deed.trim_end().to_owned())
        .collect()
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

/// The first page of what reached nobody, and of what is still tried.
pub(crate) async fn not_arrived(test: &TestHub, officer: &Actor) -> UndeliveredList {
    let first = InTwoLists::default();
    let list = test.hub.desk().undelivered(officer, &first).await;
    list.unwrap()
}

/// The first page of the quarantine, and of the reports.
pub(crate) async fn quarantine(test: &TestHub, officer: &Actor) -> Quarantine {
    let first = InTwoLists::default();
    let standing = test.hub.desk().quarantine(officer, &first).await;
    standing.unwrap()
}

/// The first page of everybody's queue.
pub(crate) async fn queue(test: &TestHub, officer: &Actor) -> Queue {
    let view = QueueView {
        whose: Whose::Everyone,
        only: Narrowing::default(),
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

/// How many of PostgreSQL's connections wait for somebody else's rows.
pub(crate) async fn waiting(test: &TestHub) -> i64 {
    const SQL: &str = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' \
                       AND datname = current_database()";
    let mut tx = test.hub.database().read().await.unwrap();
    let Tx::Postgres(tx) = &mut tx else {
        return 0;
    };
    let (waiting,) = sqlx::query_as(SQL).fetch_one(&mut **tx).await.unwrap();
    waiting
}
