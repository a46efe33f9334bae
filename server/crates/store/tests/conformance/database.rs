//! Opening, migrating, beginning and ending.

use store::{Database, StoreError, Tx};

use super::world::{self, MONDAY, at};

pub(crate) async fn migrating_twice_is_fine(database: Database) {
    database.migrate().await.unwrap();
    database.migrate().await.unwrap();
    database.check().await.unwrap();
    database.check_writable(at(MONDAY)).await.unwrap();
}

pub(crate) async fn a_database_of_a_newer_version_is_refused(database: Database) {
    database.migrate().await.unwrap();
    const SQL: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                       VALUES (9999, 'from the future', TRUE, $1, 0)";
    let mut tx = database.begin().await.unwrap();
    match &mut tx {
        Tx::Sqlite(tx) => drop(
            sqlx::query(SQL)
                .bind(vec![1_u8])
                .execute(&mut **tx)
                .await
                .unwrap(),
        ),
        Tx::Postgres(tx) => drop(
            sqlx::query(SQL)
                .bind(vec![1_u8])
                .execute(&mut **tx)
                .await
                .unwrap(),
        ),
    }
    tx.commit().await.unwrap();

    // Twice: a refusal keeps no lock that the next attempt would wait for.
    for _ in 0..2 {
        let refused = database.migrate().await.unwrap_err();
        assert!(
            matches!(
                refused,
                StoreError::NewerDatabase {
                    found: 9999,
                    known: 1..9999
                }
            ),
            "{refused:?}"
        );
        assert!(refused.to_string().contains("newer version"), "{refused}");
    }
}

pub(crate) async fn a_database_without_tables_does_not_pass_the_check(database: Database) {
    assert!(database.check().await.is_err());
    assert!(database.check_writable(at(MONDAY)).await.is_err());
}

pub(crate) async fn a_transaction_rolled_back_or_dropped_leaves_nothing(database: Database) {
    world::prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    tx.accounts().insert(&world::account()).await.unwrap();
    tx.rollback().await.unwrap();

    let mut tx = database.begin().await.unwrap();
    tx.accounts().insert(&world::account()).await.unwrap();
    drop(tx);

    world::add_account(&database).await;
    assert_eq!(world::accounts(&database).await, 1);
}

pub(crate) async fn work_that_a_transaction_follows_holds_up_nobody(database: Database) {
    world::prepare(&database).await;
    let others = async {
        world::add_account(&database).await;
        Ok::<_, StoreError>("done")
    };
    let (done, mut tx) = database.begin_after(others).await.unwrap();
    assert_eq!(done, "done");
    tx.accounts().insert(&world::account()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world::accounts(&database).await, 2);

    let failing = async { Err::<(), _>(StoreError::UnknownDatabase) };
    let failed = database.begin_after(failing).await.unwrap_err();
    assert!(matches!(failed, StoreError::UnknownDatabase), "{failed:?}");
    world::add_account(&database).await;
    assert_eq!(world::accounts(&database).await, 3);
}

pub(crate) async fn writers_at_once_all_succeed(database: Database) {
    world::prepare(&database).await;
    let writing: Vec<_> = (0..8)
        .map(|_| {
            let database = database.clone();
            tokio::spawn(async move {
                for _ in 0..5 {
                    world::add_account(&database).await;
                }
            })
        })
        .collect();
    for task in writing {
        task.await.unwrap();
    }
    assert_eq!(world::accounts(&database).await, 40);
}
