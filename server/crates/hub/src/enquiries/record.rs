//! Writing down what an event changed: the enquiry, its promise, and an audit row a change.

use domain::{
    enquiry::{Applied, Change, Enquiry},
    ids::{AuditId, EnquiryId, MessageId},
};
use jiff::{Timestamp, civil::Date};
use store::{AuditActor, AuditEntry, StoreError, Tx};
use uuid::Uuid;

use crate::{Hub, escalation, jobs};

/// Who did it and when: what every audit row of one act shares.
pub(crate) struct Act<'h> {
    pub(crate) hub: &'h Hub,
    pub(crate) actor: AuditActor,
    pub(crate) at: Timestamp,
}

impl Act<'_> {
    /// Writes a new enquiry's promise and its first audit rows. The enquiry and what was asked are inserted already.
    pub(crate) async fn opened(
        &self,
        tx: &mut Tx,
        applied: &Applied,
        asked: MessageId,
    ) -> Result<(), StoreError> {
        let enquiry = &applied.enquiry;
        if let Some(promise) = &enquiry.promise {
            tx.promises().insert(promise).await?;
        }
        let mut deeds =
            vec![self.deed("enquiry-received", enquiry.id, Some(asked.as_uuid()), None)];
        deeds.extend(self.deeds(applied));
        tx.audit().append_all(&deeds).await
    }

    /// Writes what an event made of an enquiry that was read in the same transaction; gives its
    /// new revision.
    pub(crate) async fn changed(
        &self,
        tx: &mut Tx,
        before: &Enquiry,
        applied: &Applied,
    ) -> Result<i64, StoreError> {
        let after = &applied.enquiry;
        let revision = tx.enquiries().update(after, before.revision).await?;
        match (&before.promise, &after.promise) {
            (Some(old), Some(new)) if old.id == new.id => tx.promises().update(new).await?,
            (_, Some(new)) => tx.promises().insert(new).await?,
            (_, None) => {}
        }
        tx.audit().append_all(&self.deeds(applied)).await?;
        escalation::follow(self, tx, before, applied).await?;
        escalation::tell_who_has_it_now(self, tx, before, after).await?;
        if let Some(officer) = after.officer
            && applied.changes.contains(&Change::Reopened)
        {
            // It was not given back when its officer went away, because it was closed then.
            let kind = jobs::Kind::ReturnEnquiries;
            jobs::enqueue(self.hub, tx, kind, officer.as_uuid(), self.at).await?;
        }
        Ok(revision)
    }

    /// An audit row for each change.
    fn deeds(&self, applied: &Applied) -> Vec<AuditEntry> {
        let enquiry = &applied.enquiry;
        let promise = enquiry.promise.as_ref();
        let subject = promise.map(|promise| promise.id.as_uuid());
        let due_on = promise.map(|promise| promise.due_on);
        let changes = applied.changes.iter();
        changes
            .map(|change| {
                let detail = detail(*change, due_on);
                self.deed(change.as_str(), enquiry.id, subject, detail)
            })
            .collect()
    }

    /// Writes one audit row.
    pub(crate) async fn note(
        &self,
        tx: &mut Tx,
        action: &str,
        enquiry: EnquiryId,
        subject: Option<Uuid>,
        detail: Option<String>,
    ) -> Result<(), StoreError> {
        let deed = self.deed(action, enquiry, subject, detail);
        tx.audit().append(&deed).await
    }

    fn deed(
        &self,
        action: &str,
        enquiry: EnquiryId,
        subject: Option<Uuid>,
        detail: Option<String>,
    ) -> AuditEntry {
        AuditEntry {
            id: self.hub.random(|random| AuditId::generate(self.at, random)),
            at: self.at,
            actor: self.actor,
            action: action.to_owned(),
            enquiry: Some(enquiry),
            subject,
            detail,
        }
    }
}

/// Codes and dates only: the audit holds no name, no address and no text. Whatever gives a promise its day is written
/// with that day, so that `send-hub audit` can tell a day that nobody gave.
fn detail(change: Change, due_on: Option<Date>) -> Option<String> {
    match change {
        Change::PromiseMoved { from, to }
        | Change::PromiseMovedBack { from, to }
        | Change::PromiseBroughtForward { from, to } => Some(format!("{from} to {to}")),
        Change::PromiseStarted | Change::PromiseRunsAgain | Change::Resumed => {
            due_on.map(|day| day.to_string())
        }
        Change::PromiseEnded { reason } => Some(reason.as_str().to_owned()),
        _ => None,
    }
}
