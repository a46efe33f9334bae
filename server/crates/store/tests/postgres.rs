//! The store on PostgreSQL: the whole conformance suite, and what only a server can do.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it stands"
)]

mod conformance;

use std::path::Path;

use conformance::world;
use store::Database;
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
