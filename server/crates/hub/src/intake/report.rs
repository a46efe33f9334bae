//! A delivery report that came in, as `delivery/` takes it.

use domain::codes::ReportAction;
use mail::delivery_report::{self, Action, DeliveryReport};
use store::NewIncoming;

use crate::delivery::{Reported, ReportedRecipient};

/// What a report says, with the addresses that its mail came to: one of them may be our signed return path.
pub(super) fn reported(report: &DeliveryReport, row: &NewIncoming) -> Reported {
    let envelope = row.envelope_to.iter().flat_map(|to| to.split(','));
    let envelope = envelope.map(str::to_owned);
    Reported {
        arrived: Some(row.id.as_uuid()),
        received_at: row.received_at,
        return_paths: envelope.chain(report.return_paths.clone()).collect(),
        message_id: report
            .reported_message_id
            .clone()
            .filter(|id| !id.contains('\0')),
        recipients: report.recipients.iter().map(recipient).collect(),
    }
}

fn recipient(one: &delivery_report::ReportedRecipient) -> ReportedRecipient {
    let addresses = [Some(&one.address), one.original_address.as_ref()];
    ReportedRecipient {
        addresses: addresses.into_iter().flatten().cloned().collect(),
        action: match one.action {
            Action::Failed => ReportAction::Failed,
            Action::Delayed => ReportAction::Delayed,
            Action::Delivered => ReportAction::Delivered,
            Action::Relayed => ReportAction::Relayed,
            Action::Expanded => ReportAction::Expanded,
        },
        status: one.status.map(|status| status.to_string()),
        diagnostic: one.diagnostic.as_deref().map(super::storable),
    }
}
