//! Rows that somebody changes past the use cases, with the database in their hands.

use store::Tx;
use testing::TestHub;
use uuid::Uuid;

/// Runs an update of the row `$1` that sets something to `$2`.
pub(crate) async fn set(test: &TestHub, update: &'static str, id: Uuid, to: &str) {
    let mut tx = test.hub.database().begin().await.unwrap();
    let done = match &mut tx {
        Tx::Sqlite(tx) => {
            let update = sqlx::query(update).bind(id).bind(to);
            update.execute(&mut **tx).await.unwrap().rows_affected()
        }
        Tx::Postgres(tx) => {
            let update = sqlx::query(update).bind(id).bind(to);
            update.execute(&mut **tx).await.unwrap().rows_affected()
        }
    };
    assert_eq!(done, 1);
    tx.commit().await.unwrap();
}
