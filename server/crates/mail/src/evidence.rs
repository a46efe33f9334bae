//! What of ours a mail names: the evidence for the enquiry that it belongs to.
//!
//! Only somebody who had a mail of ours can name its signed address or its Message-ID; a reference in a subject is
//! weaker, for it can be read out. Evidence lets nobody into an enquiry by itself: whoever asks here looks each up
//! and asks whether the writer has a part in it.

use domain::email::EmailAddress;
use domain::ids::EnquiryId;
use domain::reference::Reference;

use crate::LinkKey;
use crate::incoming::Incoming;

/// How many ids of other mails count: the last ones of a thread name it.
const IDS: usize = 50;

/// One thing of ours that a mail names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// An enquiry, by an address that our key signed. It may have been erased since.
    Enquiry(EnquiryId),
    /// A mail that may be one of ours, by its Message-ID with its angle brackets.
    Mail(String),
    /// A reference that stands in the subject. It may be nobody's.
    Reference(Reference),
}

/// Everything that `mail` names, the surest first. `envelope_to` are the addresses that it was delivered to, with
/// commas between them.
#[must_use]
pub fn named(mail: &Incoming, envelope_to: Option<&str>, key: &LinkKey) -> Vec<Named> {
    let envelope = envelope_to.into_iter().flat_map(|to| to.split(','));
    let written = mail.to.iter().chain(&mail.cc);
    let addresses = envelope.chain(written.map(|mailbox| mailbox.address.as_str()));
    let signed = addresses.filter_map(|address| {
        let address: EmailAddress = address.trim().parse().ok()?;
        let enquiry = key.enquiry_of_return_path(&address)?;
        Some(Named::Enquiry(EnquiryId::from_uuid(enquiry)))
    });
    let answered = mail.in_reply_to.iter().rev();
    let ids = answered.chain(mail.references.iter().rev()).take(IDS);
    // A database has no place for a zero byte, and no mail of ours has one in its id.
    let ids = ids.filter(|id| !id.contains('\0'));
    let mails = ids.map(|id| Named::Mail(format!("<{id}>")));
    let reference = mail.subject.as_deref().and_then(Reference::find_in);
    signed
        .chain(mails)
        .chain(reference.map(Named::Reference))
        .collect()
}
