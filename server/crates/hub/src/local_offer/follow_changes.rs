//! Keeping the index current: it follows the store's change feed from where it really stands.

use std::{collections::BTreeMap, time::Duration};

use search::{Change, Indexer};
use store::ListingChange;
use tokio::{task::spawn_blocking, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{Error, Hub};

const AT_ONCE: u32 = 200;
/// How long another process' change may take to be found here.
const POLL: Duration = Duration::from_secs(1);

/// The index's one writer, and where it stands.
pub struct Follower {
    hub: Hub,
    indexer: Indexer,
}

impl Follower {
    /// Takes the index to write. One whose last change is not in the feed belongs to another database,
    /// or to this one before a backup was restored: it is begun anew.
    ///
    /// # Errors
    /// [`Error::Internal`] when another server writes this index already.
    pub async fn new(hub: &Hub) -> Result<Self, Error> {
        let mut indexer = hub.index().writer().map_err(Error::internal)?;
        let (position, last) = hub.index().last_change().map_err(Error::internal)?;
        let mut tx = hub.database().read().await?;
        let there = tx.changes().at(position).await?;
        if position > 0 && there.as_ref().map(told_by).as_ref() != Some(&last) {
            tracing::warn!(
                "the index is of another database or an older program: it is begun anew"
            );
            indexer.clear().map_err(Error::internal)?;
            indexer.commit(0, "").map_err(Error::internal)?;
        }
        Ok(Self {
            hub: hub.clone(),
            indexer,
        })
    }

    /// Follows the feed until it is told to stop. What goes wrong is tried again.
    pub async fn follow(self, stop: CancellationToken) {
        let Self { hub, mut indexer } = self;
        while !stop.is_cancelled() {
            match step(&hub, indexer).await {
                Ok((returned, followed)) => {
                    indexer = returned;
                    if followed > 0 {
                        continue;
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "the index cannot follow the local offer");
                    match writer_again(&hub, &stop).await {
                        Some(writer) => indexer = writer,
                        None => break,
                    }
                }
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = hub.listings_changed().notified() => {}
                () = sleep(POLL) => {}
            }
        }
    }
}

/// Takes the index to write again, however long that needs; `None` when told to stop.
async fn writer_again(hub: &Hub, stop: &CancellationToken) -> Option<Indexer> {
    while !stop.is_cancelled() {
        sleep(POLL).await;
        match hub.index().writer() {
            Ok(indexer) => return Some(indexer),
            Err(error) => tracing::error!(%error, "the index cannot be written"),
        }
    }
    None
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Follower").finish_non_exhaustive()
    }
}

/// Words that no other change at the same place would have.
fn told_by(change: &ListingChange) -> String {
    format!("{} {}", change.service, change.at.as_millisecond())
}

/// Reads a piece of the feed, indexes it, and says how many changes that were.
async fn step(hub: &Hub, mut indexer: Indexer) -> Result<(Indexer, usize), Error> {
    let from = hub.index().position().map_err(Error::internal)?;
    let mut tx = hub.database().read().await?;
    let feed = tx.changes().after(from, AT_ONCE).await?;
    let Some(last) = feed.last().copied() else {
        drop(tx);
        return Ok((at_rest(indexer).await?, 0));
    };
    // Only how a service stands now matters, however often it changed.
    let services: BTreeMap<_, _> = feed.iter().map(|change| (change.service, ())).collect();
    let mut changes = Vec::with_capacity(services.len());
    for service in services.into_keys() {
        changes.push(match tx.local_offer().listing(service).await? {
            Some(listing) => Change::Put(Box::new(listing)),
            None => Change::Remove(service),
        });
    }
    drop(tx);
    let indexed = spawn_blocking(move || {
        indexer.apply(&changes)?;
        indexer.commit(last.position, &told_by(&last))?;
        Ok::<_, search::SearchError>(indexer)
    });
    let indexer = indexed
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)?;
    Ok((indexer, feed.len()))
}

/// Uses the time when nothing has changed.
async fn at_rest(mut indexer: Indexer) -> Result<Indexer, Error> {
    let joined = spawn_blocking(move || {
        indexer.join()?;
        Ok::<_, search::SearchError>(indexer)
    });
    joined
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)
}

impl super::LocalOffer<'_> {
    /// Whether the index has seen every change that is committed.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database or the index cannot be read.
    pub async fn index_is_current(&self) -> Result<bool, Error> {
        let mut tx = self.0.database().read().await?;
        let latest = tx.changes().latest().await?;
        let position = self.0.index().position().map_err(Error::internal)?;
        Ok(position >= latest)
    }
}
