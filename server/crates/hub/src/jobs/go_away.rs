//! Absences that were told beforehand: on the morning of the first day somebody is away, and what
//! they have goes back to their team.

use domain::ids::AccountId;
use store::AuditActor;

use super::Kind;
use crate::{Error, Hub, accounts::Deed};

/// How many are looked up at a time; each is a transaction of its own.
const CHUNK: u32 = 100;

/// Lets every absence begin whose first day has come.
pub(super) async fn run(hub: &Hub) -> Result<(), Error> {
    loop {
        let mut tx = hub.database().read().await?;
        let going = tx.accounts().to_go_away(hub.today(), CHUNK).await?;
        drop(tx);
        let mut gone = 0;
        for id in going {
            // One that cannot begin must not keep the others from it.
            match go(hub, id).await {
                Ok(()) => gone += 1,
                // Another server was faster.
                Err(Error::Stale) => {}
                Err(error) if error.is_unavailable() => return Err(error),
                Err(error) => {
                    tracing::error!(account.id = %id, %error, "an absence cannot begin");
                }
            }
        }
        // What cannot begin is found again, so that a pass without any progress is the last.
        if gone == 0 {
            return Ok(());
        }
    }
}

async fn go(hub: &Hub, id: AccountId) -> Result<(), Error> {
    let mut tx = hub.database().begin().await?;
    let account = tx.accounts().by_id(id).await?.ok_or(Error::NotFound)?;
    let next = account.next_away;
    let next = next.filter(|next| next.from <= hub.today());
    let next = next.ok_or(Error::Stale)?;
    tx.accounts().set_away(id, Some(next.until)).await?;
    tx.accounts().set_next_away(id, None).await?;
    let deed = Deed {
        hub,
        actor: AuditActor::System,
    };
    let detail = Some(format!("from {} to {}", next.from, next.until));
    deed.note(&mut tx, "went-away", Some(id.as_uuid()), detail)
        .await?;
    let kind = Kind::ReturnEnquiries;
    super::enqueue(hub, &mut tx, kind, id.as_uuid(), hub.now()).await?;
    tx.commit().await?;
    hub.jobs_waiting().ring();
    Ok(())
}
