//! Which enquiry a mail belongs to.
//!
//! Evidence is what only somebody who had a mail of ours can name: its signed address, its Message-ID, or the
//! reference in its subject. Evidence alone lets nobody in: a forwarded mail names an enquiry too, and two
//! parents who share nothing but a child must not read each other. Evidence *and* a part in the enquiry do.

use domain::email::EmailAddress;
use domain::ids::EnquiryId;
use domain::reference::Reference;
use store::{NewIncoming, Tx};

use super::read::Reading;
use crate::{Error, Hub};

/// How many ids of other mails are looked up: a thread's last ones name it.
const IDS: usize = 50;

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
    let mail = &reading.mail;
    let mut found = Vec::new();
    let recipients = mail.to.iter().chain(&mail.cc);
    let recipients = recipients.map(|mailbox| mailbox.address.as_str());
    let envelope = row.envelope_to.iter().flat_map(|to| to.split(','));
    for address in envelope.chain(recipients) {
        let address = address.parse::<EmailAddress>().ok();
        let id = address.and_then(|address| hub.link_key().enquiry_of_return_path(&address));
        if let Some(id) = id.map(EnquiryId::from_uuid)
            && tx.enquiries().get(id).await?.is_some()
        {
            found.push(id);
        }
    }
    let answered = mail.in_reply_to.iter().rev();
    for id in answered.chain(mail.references.iter().rev()).take(IDS) {
        if id.contains('\0') {
            continue;
        }
        let id = format!("<{id}>");
        found.extend(tx.relatives().enquiry_of_our_message_id(&id).await?);
    }
    if let Some(reference) = reading.subject.as_deref().and_then(Reference::find_in)
        && let Some(enquiry) = tx.enquiries().by_reference(&reference).await?
    {
        found.push(enquiry.id);
    }
    let mut once = Vec::new();
    found.retain(|id| {
        let first = !once.contains(id);
        once.push(*id);
        first
    });
    Ok(found)
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
