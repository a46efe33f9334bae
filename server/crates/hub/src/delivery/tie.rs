//! Which mail of ours a report is about.
//!
//! Two things in a report are evidence, because nobody can make them up: our signed return path, and the Message-ID of
//! a mail of ours, which ends in 74 random bits. Where there is neither, or where they belong to different enquiries,
//! the report fits nothing. A subject or a name is never looked at.

use domain::{
    codes::{DeliveryState, ReportEvidence},
    email::EmailAddress,
    ids::EnquiryId,
};
use store::{Mail, Tx};

use super::Reported;
use crate::{Error, Hub};

/// The mail, and by what it was found.
pub(super) async fn find(
    hub: &Hub,
    tx: &mut Tx,
    reported: &Reported,
) -> Result<(Option<Mail>, ReportEvidence), Error> {
    let signed = signed(hub, reported);
    let named = named(tx, reported).await?;
    Ok(match (signed, named) {
        (Some(enquiry), Some(mail)) if mail.mail.enquiry == enquiry => {
            (Some(mail), ReportEvidence::ReturnPath)
        }
        (Some(_), Some(_)) => (None, ReportEvidence::Disagrees),
        (None, Some(mail)) => (Some(mail), ReportEvidence::MessageId),
        (Some(enquiry), None) => match likeliest(tx, enquiry, reported).await? {
            Some(mail) => (Some(mail), ReportEvidence::ReturnPath),
            None => (None, ReportEvidence::None),
        },
        (None, None) => (None, ReportEvidence::None),
    })
}

/// The enquiry whose signed return path it came to.
fn signed(hub: &Hub, reported: &Reported) -> Option<EnquiryId> {
    reported.return_paths.iter().find_map(|path| {
        let address: EmailAddress = path.trim().parse().ok()?;
        let enquiry = hub.link_key().enquiry_of_return_path(&address)?;
        Some(EnquiryId::from_uuid(enquiry))
    })
}

/// The mail whose Message-ID it names.
async fn named(tx: &mut Tx, reported: &Reported) -> Result<Option<Mail>, Error> {
    let Some(id) = &reported.message_id else {
        return Ok(None);
    };
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    Ok(tx.outbox().by_message_id(&format!("<{id}>")).await?)
}

/// The last mail of an enquiry that a server took and that went to whom the report is about; or, where it was
/// forwarded and the report names somebody else, the last that a server took.
async fn likeliest(
    tx: &mut Tx,
    enquiry: EnquiryId,
    reported: &Reported,
) -> Result<Option<Mail>, Error> {
    let mut mails = tx.outbox().for_enquiry(enquiry).await?;
    mails.retain(|mail| {
        matches!(
            mail.state,
            DeliveryState::Sent | DeliveryState::Delayed | DeliveryState::Delivered
        )
    });
    let to_them = mails.iter().rposition(|mail| is_about(mail, reported));
    let last = to_them.or(mails.len().checked_sub(1));
    Ok(last.map(|place| mails.swap_remove(place)))
}

fn is_about(mail: &Mail, reported: &Reported) -> bool {
    let to = mail.mail.to_address.normalised();
    let addresses = reported.recipients.iter().flat_map(|one| &one.addresses);
    addresses
        .filter_map(|address| address.trim().parse::<EmailAddress>().ok())
        .any(|address| address.normalised() == to)
}
