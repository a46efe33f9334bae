//! Which enquiry a mail belongs to.
//!
//! Evidence is what only somebody who had a mail of ours can name ([`mail::evidence`]). Evidence alone lets nobody in:
//! a forwarded mail names an enquiry too, and two parents who share nothing but a child must not read each other.
//! Evidence *and* a part in the enquiry do.

use domain::email::EmailAddress;
use domain::enquiry::State;
use domain::ids::EnquiryId;
use domain::reference::Reference;
use mail::evidence::{self, Named};
use store::{NewIncoming, Tx};

use super::read::Reading;
use crate::{Error, Hub};

/// How often one enquiry is put into the next.
const JOINS: usize = 5;

/// Where a mail belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Belongs {
    /// To this enquiry: it names it, and its writer has a part in it.
    To(EnquiryId),
    /// It names this enquiry, and its writer has no part in it.
    Beside(EnquiryId),
    /// It names none.
    Nowhere,
}

/// Finds where a mail belongs.
pub(super) async fn which_enquiry(
    hub: &Hub,
    tx: &mut Tx,
    row: &NewIncoming,
    reading: &Reading,
) -> Result<Belongs, Error> {
    let mut beside = None;
    for named in named(hub, tx, row, reading).await? {
        if has_part(tx, named, reading.sender.as_ref()).await? {
            return Ok(Belongs::To(named));
        }
        beside = beside.or(Some(named));
    }
    Ok(beside.map_or(Belongs::Nowhere, Belongs::Beside))
}

/// The enquiries that a mail names, the surest evidence first. Each is there.
async fn named(
    hub: &Hub,
    tx: &mut Tx,
    row: &NewIncoming,
    reading: &Reading,
) -> Result<Vec<EnquiryId>, Error> {
    let envelope_to = row.envelope_to.as_deref();
    let mut found = Vec::new();
    for named in evidence::named(&reading.mail, envelope_to, hub.link_key()) {
        let enquiry = match named {
            Named::Enquiry(id) => tx.enquiries().get(id).await?.map(|enquiry| enquiry.id),
            Named::Mail(id) => tx.relatives().enquiry_of_our_message_id(&id).await?,
            Named::Reference(reference) => {
                let enquiry = tx.enquiries().by_reference(&reference).await?;
                enquiry.map(|enquiry| enquiry.id)
            }
        };
        let enquiry = match enquiry {
            Some(id) => Some(where_it_went(tx, id).await?),
            None => None,
        };
        if let Some(id) = enquiry.filter(|id| !found.contains(id)) {
            found.push(id);
        }
    }
    Ok(found)
}

/// The enquiry itself or, where a person put it into another and nobody opened it again, that one.
async fn where_it_went(tx: &mut Tx, id: EnquiryId) -> Result<EnquiryId, Error> {
    let mut id = id;
    for _ in 0..JOINS {
        let enquiry = tx.enquiries().get(id).await?;
        let closed = enquiry.is_some_and(|enquiry| matches!(enquiry.state, State::Closed { .. }));
        match tx.relatives().joined_into(id).await? {
            Some(into) if closed => id = into,
            _ => break,
        }
    }
    Ok(id)
}

/// The enquiry whose reference stands in the words themselves: somebody quotes a mail of ours, or was told the
/// reference. It leads nobody into that enquiry, and is shown beside the new one.
pub(super) async fn quoted(tx: &mut Tx, reading: &Reading) -> Result<Option<EnquiryId>, Error> {
    let Some(reference) = Reference::find_in(&reading.text) else {
        return Ok(None);
    };
    let enquiry = tx.enquiries().by_reference(&reference).await?;
    Ok(enquiry.map(|enquiry| enquiry.id))
}

/// Whether somebody has a part in an enquiry: it is theirs, we wrote to them about it, or an officer put a mail of
/// theirs into it.
async fn has_part(
    tx: &mut Tx,
    id: EnquiryId,
    sender: Option<&EmailAddress>,
) -> Result<bool, Error> {
    let Some(sender) = sender.map(EmailAddress::normalised) else {
        return Ok(false);
    };
    let Some(enquiry) = tx.enquiries().get(id).await? else {
        return Ok(false);
    };
    let asked = tx.correspondents().get(enquiry.correspondent).await?;
    let asked = asked.and_then(|correspondent| correspondent.email);
    if asked.is_some_and(|address| address.normalised() == sender) {
        return Ok(true);
    }
    Ok(tx.relatives().was_written_to(id, &sender).await?
        || tx.mailed().wrote_in(id, &sender).await?)
}
