//! Writing down who has an enquiry now and does not know it, in the transaction that gave it to them.

use domain::{
    clock::london_date,
    codes::HandOverWay,
    enquiry::{Enquiry, State},
    ids::HandOverId,
};
use store::{AuditActor, HandOver, StoreError, Tx};

use super::recipients::Staff;
use crate::enquiries::record::Act;

/// What a change means for those who have the enquiry after it. Whoever did it knows.
pub(crate) async fn follow(
    act: &Act<'_>,
    tx: &mut Tx,
    before: &Enquiry,
    after: &Enquiry,
) -> Result<(), StoreError> {
    let is_closed = matches!(after.state, State::Closed { .. });
    let Some(way) = way(before, after) else {
        if is_closed {
            tx.hand_overs().over(after.id, act.at).await?;
        }
        return Ok(());
    };
    tx.hand_overs().over(after.id, act.at).await?;
    if is_closed {
        return Ok(());
    }
    let accounts = tx.accounts().list().await?;
    let council = act.hub.council();
    let staff = Staff {
        accounts: &accounts,
        council: &council,
        today: london_date(act.at),
    };
    let by = match act.actor {
        AuditActor::Account(officer) => Some(officer),
        _ => None,
    };
    let hand_over = HandOver {
        id: act
            .hub
            .random(|random| HandOverId::generate(act.at, random)),
        enquiry: after.id,
        way,
        at: act.at,
    };
    for told in staff.told_of_coming(after) {
        let knows =
            told.account.is_some() && (told.account == by || told.account == before.officer);
        if !knows {
            tx.hand_overs().tell(&hand_over, &told.address).await?;
        }
    }
    Ok(())
}

/// How it came to others; none when those who had it have it still.
fn way(before: &Enquiry, after: &Enquiry) -> Option<HandOverWay> {
    let moved = before.team != after.team;
    let other_officer = before.officer != after.officer;
    match after.officer {
        Some(_) => other_officer.then_some(HandOverWay::ToOfficer),
        None if moved => Some(HandOverWay::ToTeam),
        None => other_officer.then_some(HandOverWay::BackToTeam),
    }
}
