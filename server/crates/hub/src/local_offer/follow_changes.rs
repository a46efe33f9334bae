//! Keeping the index current: it follows the store's change feed from where it really stands.

use std::{collections::BTreeMap, time::Duration};

use search::{Change, Indexer};
use tokio::{task::spawn_blocking, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{Error, Hub};

const AT_ONCE: u32 = 200;
/// How long another process' change may take to be found here.
const POLL: Duration = Duration::from_secs(1);

/// Follows the feed until it is told to stop. One follower a server: the index has one writer.
///
/// # Errors
/// [`Error::Internal`] when the index has a writer already.
pub async fn follow_changes(hub: Hub, stop: CancellationToken) -> Result<(), Error> {
    let mut indexer = hub.index().writer().map_err(Error::internal)?;
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
                sleep(POLL).await;
                indexer = hub.index().writer().map_err(Error::internal)?;
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = hub.listings_changed().notified() => {}
            () = sleep(POLL) => {}
        }
    }
    Ok(())
}

/// Reads a piece of the feed, indexes it, and says how many changes that were.
async fn step(hub: &Hub, mut indexer: Indexer) -> Result<(Indexer, usize), Error> {
    let from = hub.index().position().map_err(Error::internal)?;
    let mut tx = hub.database().read().await?;
    let feed = tx.changes().after(from, AT_ONCE).await?;
    let Some(last) = feed.last().map(|change| change.position) else {
        return Ok((indexer, 0));
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
        indexer.commit(last)?;
        Ok::<_, search::SearchError>(indexer)
    });
    let indexer = indexed
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)?;
    Ok((indexer, feed.len()))
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
