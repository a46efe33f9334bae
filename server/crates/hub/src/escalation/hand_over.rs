//! Writing down who has an enquiry now and does not know it, in the transaction that gave it to them; and who is to
//! remind somebody whom no mail of ours reminds.

use domain::{
    clock::london_date,
    codes::{HandOverWay, RemindBy},
    enquiry::{Enquiry, State},
    ids::{EnquiryId, HandOverId},
};
use store::{AuditActor, HandOver, StoreError, Told, Tx};

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
    let by = match act.actor {
        AuditActor::Account(officer) => Some(officer),
        _ => None,
    };
    let knows = |told: &Told| {
        told.account.is_some() && (told.account == by || told.account == before.officer)
    };
    tell(act, tx, after.id, way, |staff| {
        let mut told = staff.told_of_coming(after);
        told.retain(|told| !knows(told));
        told
    })
    .await
}

/// Tells those who have a paused enquiry that one of them is to remind whoever asked, because no mail of ours does.
pub(crate) async fn tell_to_remind(
    act: &Act<'_>,
    tx: &mut Tx,
    enquiry: &Enquiry,
    by: RemindBy,
) -> Result<(), StoreError> {
    let way = match by {
        RemindBy::Telephone => HandOverWay::ToRing,
        RemindBy::Letter => HandOverWay::ToWrite,
    };
    tell(act, tx, enquiry.id, way, |staff| {
        staff.told_to_remind(enquiry)
    })
    .await
}

/// Writes down who is to be told.
async fn tell(
    act: &Act<'_>,
    tx: &mut Tx,
    enquiry: EnquiryId,
    way: HandOverWay,
    whom: impl FnOnce(&Staff<'_>) -> Vec<Told>,
) -> Result<(), StoreError> {
    let accounts = tx.accounts().list().await?;
    let council = act.hub.council();
    let staff = Staff {
        accounts: &accounts,
        council: &council,
        today: london_date(act.at),
    };
    let hand_over = HandOver {
        id: act
            .hub
            .random(|random| HandOverId::generate(act.at, random)),
        enquiry,
        way,
        at: act.at,
    };
    for told in whom(&staff) {
        tx.hand_overs().tell(&hand_over, &told.address).await?;
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
