//! Following the mailboxes, whatever happens: a connection that breaks is made anew, for ever.

use std::sync::Arc;
use std::time::Duration;

use domain::keys::MailboxKey;
use futures_util::future::join_all;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::lease::Lease;
use super::pause::Pauses;
use super::round::{Looking, Progress, Trouble};
use super::{Filing, Followed, TakingIn};
use crate::{Error, Hub};

/// How long after the first failure the database is tried again.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// Follows the mailboxes until it is told to stop. Every process of the hub may: each mailbox is read by one of them
/// at a time.
pub async fn follow(
    hub: Hub,
    followed: Vec<Followed>,
    taking_in: Arc<dyn TakingIn>,
    stop: CancellationToken,
) {
    let mut pauses = Pauses::starting_with(FIRST_PAUSE);
    while let Err(error) = name_them(&hub, &followed).await {
        tracing::error!(%error, "the mailboxes cannot be followed yet");
        tokio::select! {
            () = stop.cancelled() => return,
            () = sleep(pauses.next(&hub)) => {}
        }
    }
    if followed.is_empty() {
        return stop.cancelled().await;
    }
    join_all(
        followed
            .iter()
            .map(|one| follow_one(&hub, one, taking_in.as_ref(), &stop)),
    )
    .await;
}

/// Writes down which mailboxes are followed from now on, and which no more.
async fn name_them(hub: &Hub, followed: &[Followed]) -> Result<(), Error> {
    let now = hub.now();
    let mut tx = hub.database().begin().await?;
    let mut mailboxes = tx.mailboxes();
    for one in followed {
        let alarm_after_s = one.habits.alarm_after.as_secs().try_into();
        let alarm_after_s = alarm_after_s.unwrap_or(u32::MAX);
        mailboxes.follow(&one.name, alarm_after_s, now).await?;
        if one.habits.filing == Filing::Leave {
            // Nothing is moved any more, so that nothing is wrong with moving.
            mailboxes.filing(&one.name, None).await?;
        }
    }
    let named: Vec<&MailboxKey> = followed.iter().map(|one| &one.name).collect();
    for other in mailboxes.list().await? {
        if !named.contains(&&other.name) {
            mailboxes.unfollow(&other.name).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn follow_one(hub: &Hub, one: &Followed, taking_in: &dyn TakingIn, stop: &CancellationToken) {
    let lease = Lease::new(hub, &one.name);
    let mut pauses = Pauses::starting_with(one.habits.first_pause);
    while !stop.is_cancelled() {
        let wait = match lease.claim().await {
            Ok(true) => {
                let trouble = tokio::select! {
                    () = stop.cancelled() => break,
                    () = lease.keep() => Trouble::LeaseLost,
                    trouble = attend(hub, one, taking_in, &mut pauses) => trouble,
                };
                tell(hub, one, &trouble).await;
                pauses.next(hub)
            }
            Ok(false) => lease.step(),
            Err(error) => {
                tracing::error!(%error, mailbox = %one.name, "a mailbox cannot be claimed");
                pauses.next(hub)
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = sleep(wait) => {}
        }
    }
    lease.let_go().await;
}

/// Reads the mailbox over one connection, for as long as that goes well.
async fn attend(
    hub: &Hub,
    one: &Followed,
    taking_in: &dyn TakingIn,
    pauses: &mut Pauses,
) -> Trouble {
    let mut reader = match one.mailbox.open(hub.now()).await {
        Ok(reader) => reader,
        Err(error) => return error.into(),
    };
    let mut looking = Looking::new(hub, one, taking_in);
    loop {
        let looked = looking.round(reader.as_mut()).await;
        if looked.is_ok() || looking.progress == Progress::Some {
            pauses.forget();
        }
        if let Err(trouble) = looked {
            return trouble;
        }
        if let Err(error) = reader.wait(one.habits.poll).await {
            return error.into();
        }
    }
}

/// Writes down what went wrong, for officers and for the log.
async fn tell(hub: &Hub, one: &Followed, trouble: &Trouble) {
    tracing::warn!(mailbox = %one.name, error = %trouble, "a mailbox is not read just now: it will be tried again");
    let words = match trouble {
        // Another server reads it: that is no failure.
        Trouble::LeaseLost => return,
        Trouble::Mailbox(error) => error.to_string(),
        Trouble::Hub(_) => "what was read could not be stored".to_owned(),
    };
    let noted = async {
        let mut tx = hub.database().begin().await?;
        tx.mailboxes().failed(&one.name, hub.now(), &words).await?;
        tx.commit().await
    };
    if let Err(error) = noted.await {
        tracing::error!(%error, mailbox = %one.name, "that a mailbox is not read cannot be written down");
    }
}
