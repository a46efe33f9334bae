//! How soon an edit is found while many are made: from the moment that its transaction is committed, through the
//! change feed and the server's own follower, to the search that finds it.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use hub::{
    Actor, Hub,
    local_offer::{Follower, Writing},
};
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;

use super::Outcome;
use crate::{
    MailCatcher, Setup,
    bench::{
        offer::{Offer, as_open_referral},
        running_clock::RunningClock,
        table::percentile_ms,
    },
    council::sample_council,
    database,
    hub::join,
};

const A_SECOND: u32 = 50;
const SECONDS: u32 = 10;
/// An edit that is not found by then is lost.
const LOST: Duration = Duration::from_secs(60);

/// How long each edit took to be found.
pub(super) struct Edits {
    until_found: Vec<Duration>,
    saving: Vec<Duration>,
}

impl Edits {
    /// Edits listings of an index that lies in `folder`, beside a database that knows only the edited ones: the
    /// follower reads no others.
    pub(super) async fn measure(folder: &Path, offer: &Offer, size: u32) -> Outcome<Self> {
        let hub = join(
            folder,
            database::open("sqlite:", folder, &sample_council()).await,
            Arc::new(RunningClock::start()),
            Arc::new(MailCatcher::default()),
            Setup::default(),
        );
        let stop = CancellationToken::new();
        let follower = Follower::new(&hub).await?;
        let following = tokio::spawn(follower.follow(stop.clone()));
        let edited = edit(&hub, offer, size).await;
        stop.cancel();
        following.await?;
        hub.database().close().await;
        edited
    }

    pub(super) fn told(mut self) -> String {
        let of = |times: &mut [Duration]| {
            [0.5, 0.99, 1.0].map(|share| format!("{:.0}", percentile_ms(times, share)))
        };
        let [median, most, worst] = of(&mut self.until_found);
        let [saved, ..] = of(&mut self.saving);
        format!(
            "{A_SECOND} edits a second for {SECONDS} seconds, each saved by an import on SQLite ({saved} ms at the median): \
             from the commit to being found, {median} ms at the median, {most} ms at the 99th percentile, {worst} ms at \
             worst."
        )
    }
}

async fn edit(hub: &Hub, offer: &Offer, size: u32) -> Outcome<Edits> {
    let mut tick = interval(Duration::from_secs(1) / A_SECOND);
    tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let (mut saving, mut looking) = (Vec::new(), Vec::new());
    for number in 0..A_SECOND * SECONDS {
        let mut listing =
            offer.listing(1 + number * (size / (A_SECOND * SECONDS)).max(1) % size)?;
        // A word that no other listing has: found, the edit is visible.
        let word = format!("edited{number}x");
        listing.service.name = format!("{} {word}", listing.service.name);
        let json = as_open_referral(std::slice::from_ref(&listing));
        tick.tick().await;
        let begun = Instant::now();
        hub.local_offer()
            .import(&Actor::System, &json, Writing::Real)
            .await?;
        saving.push(begun.elapsed());
        looking.push(tokio::spawn(until_found(hub.clone(), word)));
    }
    let mut found = Vec::new();
    for look in looking {
        found.push(look.await??);
    }
    Ok(Edits {
        until_found: found,
        saving,
    })
}

/// Looks again and again, without pressing.
async fn until_found(hub: Hub, word: String) -> Outcome<Duration> {
    let begun = Instant::now();
    while begun.elapsed() < LOST {
        if super::ours::finds(&hub, &word)? {
            return Ok(begun.elapsed());
        }
        sleep(Duration::from_millis(10)).await;
    }
    Err(format!("the edit “{word}” was never found").into())
}
