//! The chain of seals over the record of deeds.

use domain::ids::AuditId;
use store::{AuditActor, AuditEntry, ChainHead, Database, Seal, Tx};

use super::world::{self, MONDAY, at, fresh};

const NOTHING_YET: ChainHead = ChainHead {
    position: 0,
    seal: Seal::NONE,
};

fn deed() -> AuditEntry {
    AuditEntry {
        id: fresh(AuditId::generate),
        at: at(MONDAY),
        actor: AuditActor::System,
        action: "enquiry-closed".to_owned(),
        enquiry: None,
        subject: None,
        detail: None,
    }
}

async fn add(database: &Database, deeds: &[AuditEntry]) {
    let mut tx = database.begin().await.unwrap();
    tx.audit().append_all(deeds).await.unwrap();
    tx.commit().await.unwrap();
}

async fn seal(database: &Database, limit: u32) -> usize {
    let mut tx = database.begin().await.unwrap();
    let sealed = tx.audit().seal(limit).await.unwrap();
    tx.commit().await.unwrap();
    sealed
}

/// What somebody does who has the database in their hands.
async fn tamper(database: &Database, sql: &'static str) -> Result<u64, sqlx::Error> {
    let mut tx = database.begin().await.unwrap();
    let done = match &mut tx {
        Tx::Sqlite(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await?.rows_affected(),
        Tx::Postgres(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await?.rows_affected(),
    };
    tx.commit().await.unwrap();
    Ok(done)
}

async fn without_triggers(database: &Database) {
    let sql = match database {
        Database::Sqlite(_) => {
            "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted; \
             DROP TRIGGER audit_seals_are_not_deleted"
        }
        Database::Postgres(_) => {
            "ALTER TABLE audit DISABLE TRIGGER ALL; ALTER TABLE audit_seals DISABLE TRIGGER ALL"
        }
    };
    tamper(database, sql).await.unwrap();
}

pub(crate) async fn the_record_is_only_added_to(database: Database) {
    world::prepare(&database).await;
    add(&database, &[deed()]).await;
    seal(&database, 10).await;
    for sql in [
        "UPDATE audit SET action = 'nothing'",
        "DELETE FROM audit",
        "UPDATE audit_seals SET position = 7",
        "DELETE FROM audit_seals",
    ] {
        let refused = tamper(&database, sql).await.unwrap_err();
        assert!(refused.to_string().contains("only added to"), "{refused}");
    }
}

pub(crate) async fn deeds_are_sealed_once_in_a_chain(database: Database) {
    world::prepare(&database).await;
    add(&database, &[deed(), deed(), deed()]).await;
    assert_eq!(seal(&database, 2).await, 2);
    assert_eq!(seal(&database, 2).await, 1);
    assert_eq!(seal(&database, 2).await, 0);

    let mut tx = database.read().await.unwrap();
    let checked = tx.audit().check(NOTHING_YET, 10).await.unwrap();
    let places: Vec<_> = checked.iter().map(|row| row.position).collect();
    assert_eq!(places, [1, 2, 3]);
    assert!(checked.iter().all(|row| row.found == row.expected));
    assert_ne!(checked[0].found, checked[1].found);
    let head = tx.audit().head().await.unwrap();
    assert_eq!((head.position, head.seal), (3, checked[2].found));
    // Read on from the middle, the chain is the same.
    let middle = ChainHead {
        position: 1,
        seal: checked[0].found,
    };
    assert_eq!(tx.audit().check(middle, 10).await.unwrap(), checked[1..]);
}

pub(crate) async fn a_changed_deed_no_longer_has_its_seal(database: Database) {
    world::prepare(&database).await;
    add(&database, &[deed(), deed(), deed()]).await;
    seal(&database, 10).await;
    without_triggers(&database).await;
    for sql in [
        "UPDATE audit SET detail = 'other' WHERE id = (SELECT entry FROM audit_seals WHERE position = 2)",
        "UPDATE audit SET detail = NULL, done_at = 7 WHERE id = (SELECT entry FROM audit_seals WHERE position = 2)",
    ] {
        tamper(&database, sql).await.unwrap();
        let mut tx = database.read().await.unwrap();
        let checked = tx.audit().check(NOTHING_YET, 10).await.unwrap();
        let wrong: Vec<_> = checked
            .iter()
            .filter(|row| row.found != row.expected)
            .map(|row| row.position)
            .collect();
        assert_eq!(wrong, [2], "{sql}");
    }
}

pub(crate) async fn a_deed_that_waits_too_long_or_lost_its_seal_is_counted(database: Database) {
    world::prepare(&database).await;
    add(&database, &[deed(), deed()]).await;
    let unsealed = async |until: &str| {
        let mut tx = database.read().await.unwrap();
        tx.audit().unsealed(at(until)).await.unwrap()
    };
    assert_eq!(unsealed(MONDAY).await, 0, "they may still wait");
    assert_eq!(unsealed("2030-01-01T00:00:00Z").await, 2);
    seal(&database, 10).await;
    assert_eq!(unsealed("2030-01-01T00:00:00Z").await, 0);
    without_triggers(&database).await;
    tamper(&database, "DELETE FROM audit_seals WHERE position = 2")
        .await
        .unwrap();
    assert_eq!(unsealed(MONDAY).await, 1);
}

pub(crate) async fn two_that_seal_at_once_make_one_chain(database: Database) {
    world::prepare(&database).await;
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let database = database.clone();
            tokio::spawn(async move {
                for _ in 0..5 {
                    add(&database, &[deed(), deed()]).await;
                    seal(&database, 3).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    while seal(&database, 10).await > 0 {}
    let mut tx = database.read().await.unwrap();
    let checked = tx.audit().check(NOTHING_YET, 100).await.unwrap();
    let places: Vec<_> = checked.iter().map(|row| row.position).collect();
    assert_eq!(places, (1..=40).collect::<Vec<_>>());
    assert!(checked.iter().all(|row| row.found == row.expected));
}
