//! What is done to an account, written down: ids and codes alone.

use domain::ids::{AccountId, AuditId};
use store::{AuditActor, AuditEntry, StoreError, Tx};
use uuid::Uuid;

use crate::Hub;

/// A deed about accounts, in the transaction of the deed itself.
pub(crate) struct Deed<'h> {
    pub(crate) hub: &'h Hub,
    pub(crate) actor: AuditActor,
}

impl Deed<'_> {
    /// Somebody does something with their own account.
    pub(crate) fn of(hub: &Hub, account: AccountId) -> Deed<'_> {
        Deed {
            hub,
            actor: AuditActor::Account(account),
        }
    }

    /// Writes one row about the record with this id.
    pub(crate) async fn note(
        &self,
        tx: &mut Tx,
        action: &str,
        subject: Option<Uuid>,
        detail: Option<String>,
    ) -> Result<(), StoreError> {
        let at = self.hub.now();
        let id = self.hub.random(|random| AuditId::generate(at, random));
        tx.audit()
            .append(&AuditEntry {
                id,
                at,
                actor: self.actor,
                action: action.to_owned(),
                enquiry: None,
                subject,
                detail,
            })
            .await
    }
}
