//! The feed of changed listings.

use domain::ids::ServiceId;
use store::{ChangeKind, Database};

use super::world::{self, MONDAY, at, fresh};

pub(crate) async fn the_feed_tells_what_changed_in_order(database: Database) {
    world::prepare(&database).await;
    let (one, two) = (fresh(ServiceId::generate), fresh(ServiceId::generate));
    let mut tx = database.begin().await.unwrap();
    assert_eq!(tx.changes().latest().await.unwrap(), 0);
    tx.changes()
        .append(one, ChangeKind::Put, at(MONDAY))
        .await
        .unwrap();
    tx.changes()
        .append(two, ChangeKind::Put, at(MONDAY))
        .await
        .unwrap();
    tx.changes()
        .append(one, ChangeKind::Remove, at(MONDAY))
        .await
        .unwrap();
    let all = tx.changes().after(0, 10).await.unwrap();
    let told: Vec<_> = all
        .iter()
        .map(|change| (change.service, change.kind))
        .collect();
    assert_eq!(
        told,
        [
            (one, ChangeKind::Put),
            (two, ChangeKind::Put),
            (one, ChangeKind::Remove)
        ]
    );
    assert!(all.is_sorted_by(|earlier, later| earlier.position < later.position));
    assert_eq!(tx.changes().latest().await.unwrap(), all[2].position);
    assert_eq!(
        tx.changes().after(all[0].position, 1).await.unwrap(),
        [all[1]]
    );
    assert_eq!(tx.changes().after(all[2].position, 10).await.unwrap(), []);
}

pub(crate) async fn a_follower_misses_nothing_while_others_append(database: Database) {
    world::prepare(&database).await;
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let database = database.clone();
            tokio::spawn(async move {
                for _ in 0..5 {
                    let mut tx = database.begin().await.unwrap();
                    tx.changes()
                        .append(fresh(ServiceId::generate), ChangeKind::Put, at(MONDAY))
                        .await
                        .unwrap();
                    tokio::task::yield_now().await;
                    tx.changes()
                        .append(fresh(ServiceId::generate), ChangeKind::Put, at(MONDAY))
                        .await
                        .unwrap();
                    tx.commit().await.unwrap();
                }
            })
        })
        .collect();
    let (mut position, mut seen) = (0, 0);
    // One more look after the last writer has ended.
    loop {
        let ended = writers.iter().all(|writer| writer.is_finished());
        let mut tx = database.read().await.unwrap();
        let changes = tx.changes().after(position, 1000).await.unwrap();
        drop(tx);
        seen += changes.len();
        position = changes.last().map_or(position, |change| change.position);
        if ended {
            break;
        }
        tokio::task::yield_now().await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(seen, 80);
}
