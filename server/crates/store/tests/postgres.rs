//! The store on PostgreSQL: the whole conformance suite, and what only a server can do.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it stands"
)]

mod conformance;
mod postgres_silence;

use std::path::Path;

use conformance::world;
use store::{AcknowledgementState, Database, StoreError, Tx};
use testing::Cluster;

async fn connect(address: &str) -> Database {
    Database::connect(address, Path::new("")).await.unwrap()
}

async fn open() -> (Database, ()) {
    let address = Cluster::shared().database();
    (connect(&address).await, ())
}

conformance::conformance!(postgres, crate::open);

mod postgres_servers {
    use super::*;

    #[tokio::test]
    async fn two_that_start_together_wait_for_each_others_migrations() {
        let address = Cluster::shared().database();
        let (first, second) = (connect(&address).await, connect(&address).await);
        let (one, two) = tokio::join!(first.migrate(), second.migrate());
        one.unwrap();
        two.unwrap();
        world::add_account(&first).await;
        let mut tx = second.read().await.unwrap();
        assert_eq!(tx.accounts().list().await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn nobody_waits_for_ever_for_a_server_that_stands_still() {
        let database = connect(&Cluster::shared().database()).await;
        database.migrate().await.unwrap();
        // Whichever connection it is, also the one that migrated.
        for _ in 0..3 {
            let mut tx = database.begin().await.unwrap();
            let Tx::Postgres(tx) = &mut tx else {
                unreachable!("it is a server");
            };
            for (setting, expected) in [
                ("SHOW lock_timeout", "15s"),
                ("SHOW idle_in_transaction_session_timeout", "5min"),
            ] {
                let (found,): (String,) =
                    sqlx::query_as(setting).fetch_one(&mut **tx).await.unwrap();
                assert_eq!(found, expected, "{setting}");
            }
        }
    }

    #[tokio::test]
    async fn a_row_that_another_holds_is_not_waited_for_for_ever() {
        let address = Cluster::shared().database();
        let (first, second) = (connect(&address).await, connect(&address).await);
        first.migrate().await.unwrap();
        let account = world::add_account(&first).await;
        let mut held = first.begin().await.unwrap();
        held.accounts().held(account).await.unwrap();
        let mut wants = second.begin().await.unwrap();
        if let Tx::Postgres(tx) = &mut wants {
            let soon = sqlx::raw_sql("SET LOCAL lock_timeout = '50ms'");
            soon.execute(&mut **tx).await.unwrap();
        }
        let refused = wants.accounts().held(account).await;
        assert!(
            matches!(refused, Err(StoreError::Unavailable { .. })),
            "{refused:?}"
        );
        held.rollback().await.unwrap();
    }

    #[tokio::test]
    async fn nobody_else_writes_to_a_held_enquiry() {
        let address = Cluster::shared().database();
        let (first, second) = (connect(&address).await, connect(&address).await);
        world::prepare(&first).await;
        let enquiry = world::add_enquiry(&first, world::MONDAY).await;
        let mut holds = first.begin().await.unwrap();
        holds.enquiries().hold(enquiry.id).await.unwrap();
        let mut writes = second.begin().await.unwrap();
        if let Tx::Postgres(tx) = &mut writes {
            let soon = sqlx::raw_sql("SET LOCAL lock_timeout = '50ms'");
            soon.execute(&mut **tx).await.unwrap();
        }
        let sent = AcknowledgementState::Sent;
        let mut enquiries = writes.enquiries();
        let refused = enquiries.set_acknowledgement(enquiry.id, sent).await;
        drop(writes);
        holds.rollback().await.unwrap();
        assert!(
            matches!(refused, Err(StoreError::Unavailable { .. })),
            "{refused:?}"
        );
    }

    #[tokio::test]
    async fn a_server_that_crashed_and_came_back_is_used_again() {
        let cluster = Cluster::start(&[]);
        let database = connect(&cluster.database()).await;
        database.migrate().await.unwrap();
        world::add_account(&database).await;

        cluster.crash();
        assert!(database.check().await.is_err());
        cluster.start_again();

        database.check().await.unwrap();
        let mut tx = database.read().await.unwrap();
        assert_eq!(tx.accounts().list().await.unwrap().len(), 1);
    }
}
