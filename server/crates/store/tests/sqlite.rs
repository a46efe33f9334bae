//! The store on SQLite: the whole conformance suite, and what only a file can do.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it stands"
)]

mod conformance;

use std::path::Path;

use conformance::world;
use store::{AuditActor, AuditEntry, Database, StoreError, Tx};
use tempfile::TempDir;

async fn open() -> (Database, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::connect("sqlite:", folder.path()).await.unwrap();
    (database, folder)
}

conformance::conformance!(sqlite, crate::open);

#[tokio::test]
async fn an_address_without_a_path_is_a_file_in_the_data_folder() {
    let (database, folder) = open().await;
    database.migrate().await.unwrap();
    assert!(folder.path().join("send-hub.db").is_file());
}

#[tokio::test]
async fn an_address_with_a_path_is_that_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deeper").join("other.db");
    let database = Database::connect(&format!("sqlite:{}", file.display()), folder.path())
        .await
        .unwrap();
    database.migrate().await.unwrap();
    database.check().await.unwrap();
    assert!(file.is_file());
}

#[tokio::test]
async fn another_kind_of_address_is_refused() {
    let refused = Database::connect("mysql://hub@localhost/hub", Path::new("data")).await;
    assert!(
        matches!(refused, Err(StoreError::UnknownDatabase)),
        "{refused:?}"
    );
}

#[tokio::test]
async fn two_processes_that_write_the_same_file_both_succeed() {
    let (first, folder) = open().await;
    let second = Database::connect("sqlite:", folder.path()).await.unwrap();
    let (one, two) = tokio::join!(first.migrate(), second.migrate());
    one.unwrap();
    two.unwrap();
    let writing = [first.clone(), second].map(|database| {
        tokio::spawn(async move {
            for _ in 0..20 {
                world::add_account(&database).await;
            }
        })
    });
    for task in writing {
        task.await.unwrap();
    }
    assert_eq!(world::accounts(&first).await, 40);
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let (database, _folder) = open().await;
    database.migrate().await.unwrap();
    let mut tx = database.read().await.unwrap();
    assert!(tx.audit().append(&entry("x".to_owned())).await.is_err());
}

#[tokio::test]
async fn a_full_database_is_unavailable_and_keeps_nothing_half_written() {
    let (database, _folder) = open().await;
    database.migrate().await.unwrap();
    let entry_that_fits = entry("first".to_owned());
    let mut tx = database.begin().await.unwrap();
    tx.audit().append(&entry_that_fits).await.unwrap();
    tx.commit().await.unwrap();

    allow_no_more_pages(&database).await;
    let refused = fill(&database).await;
    assert!(
        matches!(refused, Err(StoreError::Unavailable { .. })),
        "{refused:?}"
    );

    // What was refused left no trace, and the next writer (on a new connection, without the limit) goes on.
    let mut tx = database.begin().await.unwrap();
    let kept = tx.audit().for_enquiry(world::enquiry_id(1)).await.unwrap();
    assert_eq!(kept, [entry_that_fits]);
    tx.audit().append(&entry("last".to_owned())).await.unwrap();
    tx.commit().await.unwrap();
}

/// SQLite never makes the limit smaller than the file is: 1 means “not a page more”, as on a full disk.
async fn allow_no_more_pages(database: &Database) {
    let Tx::Sqlite(mut tx) = database.begin().await.unwrap() else {
        unreachable!()
    };
    sqlx::query("PRAGMA max_page_count = 1")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Small rows first, which still fit, then rows that cannot, all in one transaction.
async fn fill(database: &Database) -> Result<(), StoreError> {
    let mut tx = database.begin().await?;
    tx.audit().append(&entry("small".to_owned())).await?;
    for _ in 0..100 {
        tx.audit().append(&entry("x".repeat(10_000))).await?;
    }
    tx.commit().await
}

fn entry(detail: String) -> AuditEntry {
    AuditEntry {
        id: world::fresh(domain::ids::AuditId::generate),
        at: world::at("2026-03-02T10:00:00Z"),
        actor: AuditActor::System,
        action: "test".to_owned(),
        enquiry: Some(world::enquiry_id(1)),
        subject: None,
        detail: Some(detail),
    }
}
