//! A PostgreSQL that vanishes without a word: nobody waits for it for ever, and what is said of a commit is true.

use std::path::Path;
use std::time::Duration;

use futures_util::future::join_all;
use store::{Database, Patience, PostgresTx, StoreError, Tx};
use testing::{Cable, Cluster};
use tokio::time::timeout;

use crate::conformance::world;

/// Short, so that a test does not wait long; and long enough for a machine with much to do.
const PATIENCE: Patience = Patience {
    connection: Duration::from_secs(10),
    sign_of_life: Duration::from_secs(1),
    answer: Duration::from_secs(1),
    long_answer: Duration::from_secs(60),
};
/// Whoever waits for so long waits for ever.
const FOR_EVER: Duration = Duration::from_secs(30);
/// How many connections there are.
const CONNECTIONS: usize = 20;

/// A database with tables, its address without a cable, and a cable to it with a store at its end.
async fn open() -> (Database, Cable, Database) {
    open_with(PATIENCE).await
}

async fn open_with(patience: Patience) -> (Database, Cable, Database) {
    let cluster = Cluster::shared();
    let address = cluster.database();
    let near = crate::connect(&address).await;
    near.migrate().await.unwrap();
    let name = address.split(['/', '?']).nth(3).unwrap();
    let cable = Cable::to(cluster.socket()).await;
    let address = cable.address(name);
    let far = Database::connect_with(&address, Path::new(""), patience).await;
    let far = far.unwrap();
    (near, cable, far)
}

fn is_unavailable<T>(answer: &Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::Unavailable { .. }))
}

/// All the connections that there may be, each in a transaction.
async fn all_in_use(database: &Database) -> Vec<Tx> {
    let begun = join_all((0..CONNECTIONS).map(|_| database.read())).await;
    begun.into_iter().map(Result::unwrap).collect()
}

async fn accounts(database: &Database) -> usize {
    let mut tx = database.read().await.unwrap();
    tx.accounts().list().await.unwrap().len()
}

fn postgres(tx: &mut Tx) -> &mut PostgresTx {
    match tx {
        Tx::Postgres(tx) => tx,
        Tx::Sqlite(_) => unreachable!("it is a server"),
    }
}

#[tokio::test]
async fn a_statement_that_nobody_answers_ends_and_the_next_finds_another_connection() {
    let (_near, cable, far) = open().await;
    let mut tx = far.begin().await.unwrap();
    cable.pull();
    let listed = timeout(FOR_EVER, tx.accounts().list()).await.unwrap();
    assert!(is_unavailable(&listed), "{listed:?}");
    drop(tx);
    cable.plug_in();
    assert_eq!(accounts(&far).await, 0);
}

#[tokio::test]
async fn while_nobody_answers_whoever_wants_a_connection_is_told_so() {
    let (_near, cable, far) = open().await;
    drop(far.read().await.unwrap());
    cable.pull();
    let begun = timeout(FOR_EVER, far.begin()).await.unwrap();
    assert!(is_unavailable(&begun), "{begun:?}");
}

#[tokio::test]
async fn all_connections_are_free_again_after_silence_in_the_middle_of_work() {
    let (_near, cable, far) = open().await;
    let used = all_in_use(&far).await;
    cable.pull();
    let asked = used.into_iter().map(|mut tx| async move {
        let listed = tx.accounts().list().await;
        assert!(is_unavailable(&listed), "{listed:?}");
    });
    timeout(FOR_EVER, join_all(asked)).await.unwrap();
    cable.plug_in();
    all_in_use(&far).await;
}

#[tokio::test]
async fn all_connections_are_free_again_after_people_stopped_waiting() {
    let (_near, cable, far) = open().await;
    let used = all_in_use(&far).await;
    cable.pull();
    // As a request that took too long: what it began is dropped, and rolled back by whoever gives the connection back.
    drop(used);
    cable.plug_in();
    all_in_use(&far).await;
}

#[tokio::test]
async fn connections_that_went_silent_while_nobody_used_them_are_found_out_at_once() {
    let patience = Patience {
        sign_of_life: Duration::from_secs(5),
        ..PATIENCE
    };
    let (_near, cable, far) = open_with(patience).await;
    let used = all_in_use(&far).await;
    for tx in used {
        tx.rollback().await.unwrap();
    }
    cable.pull();
    cable.plug_in();
    // The first who asks finds out, for all.
    assert_eq!(accounts(&far).await, 0);
    let together = timeout(patience.sign_of_life, all_in_use(&far)).await;
    assert_eq!(together.map(|all| all.len()), Ok(CONNECTIONS));
}

#[tokio::test]
async fn what_did_not_arrive_was_not_kept() {
    let (near, cable, far) = open().await;
    let mut tx = far.begin().await.unwrap();
    tx.accounts().insert(&world::account()).await.unwrap();
    cable.pull();
    let kept = timeout(FOR_EVER, tx.commit()).await.unwrap();
    assert!(is_unavailable(&kept), "{kept:?}");
    assert_eq!(accounts(&near).await, 0);
}

#[tokio::test]
async fn what_was_kept_is_there_though_the_answer_was_lost() {
    let (near, cable, far) = open().await;
    let mut tx = far.begin().await.unwrap();
    tx.accounts().insert(&world::account()).await.unwrap();
    cable.lose_answers();
    let kept = timeout(FOR_EVER, tx.commit()).await.unwrap();
    assert!(is_unavailable(&kept), "nobody knows: {kept:?}");
    assert_eq!(accounts(&near).await, 1);
}

#[tokio::test]
async fn what_reads_whole_tables_may_take_its_time() {
    let (near, _cable, far) = open().await;
    let mut slow = near.begin().await.unwrap();
    let lock = sqlx::raw_sql("LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE");
    lock.execute(&mut **postgres(&mut slow)).await.unwrap();
    let mut snapshot = far.snapshot().await.unwrap();
    let whole = async { snapshot.accounts().list().await };
    let usual = async {
        let mut tx = far.read().await.unwrap();
        let listed = tx.accounts().list().await;
        slow.rollback().await.unwrap();
        listed
    };
    let (whole, usual) = tokio::join!(whole, usual);
    assert!(is_unavailable(&usual), "{usual:?}");
    assert_eq!(whole.unwrap().len(), 0);
}
