//! What runs later: jobs were written in the transaction of the change that asks for them.
//!
//! Start with [`Kind`]; `worker.rs` leases, `retry.rs` says how patiently; `send_mail.rs`, `send_invitation.rs`,
//! `send_notice.rs`, `return_enquiries.rs`, `sweep.rs` and `intake/file.rs` do the work.
//! A job may run twice (a worker can die after its work and before its commit), so each is
//! idempotent.

mod bell;
mod go_away;
mod remind;
mod retry;
mod return_enquiries;
mod send_invitation;
mod send_mail;
mod send_notice;
mod sweep;
mod worker;

use domain::ids::JobId;
use jiff::Timestamp;
use store::{NewJob, StoreError, Tx};
use uuid::Uuid;

use crate::Hub;

pub(crate) use bell::Bell;
pub(crate) use send_notice::waiting_notice;
pub use store::Lane;
pub use sweep::run as sweep;
pub(crate) use worker::Outcome;
pub use worker::{run_due, run_due_of, work};

/// What can be done later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Hand a mail of the outbox to the sending server.
    SendMail,
    /// Compose an invitation's letter and hand it to the sending server.
    SendInvitation,
    /// Hand a notice to the sending server.
    SendNotice,
    /// Give what somebody has, who is away or works no more, back to the team.
    ReturnEnquiries,
    /// Make an enquiry, or a part of one, of a mail that came in.
    FileMessage,
}

impl Kind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::SendMail => "send-mail",
            Self::SendInvitation => "send-invitation",
            Self::SendNotice => "send-notice",
            Self::ReturnEnquiries => "return-enquiries",
            Self::FileMessage => "file-message",
        }
    }

    const fn lane(self) -> Lane {
        match self {
            Self::SendMail | Self::SendInvitation | Self::SendNotice => Lane::Sending,
            Self::ReturnEnquiries | Self::FileMessage => Lane::Ours,
        }
    }

    /// A job of this kind; `at` is now.
    pub(crate) const fn job(
        self,
        id: JobId,
        subject: Uuid,
        run_at: Timestamp,
        at: Timestamp,
    ) -> NewJob<'static> {
        NewJob {
            id,
            lane: self.lane(),
            kind: self.as_str(),
            subject,
            run_at,
            created_at: at,
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [
            Self::SendMail,
            Self::SendInvitation,
            Self::SendNotice,
            Self::ReturnEnquiries,
            Self::FileMessage,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == code)
    }
}

/// Writes a job that is due at once, in the transaction of what it follows from.
pub(crate) async fn enqueue(
    hub: &Hub,
    tx: &mut Tx,
    kind: Kind,
    subject: Uuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    enqueue_for(hub, tx, kind, subject, at, at).await
}

/// Writes a job that is due at `run_at`; `at` is now.
pub(crate) async fn enqueue_for(
    hub: &Hub,
    tx: &mut Tx,
    kind: Kind,
    subject: Uuid,
    run_at: Timestamp,
    at: Timestamp,
) -> Result<(), StoreError> {
    let id = hub.random(|random| JobId::generate(at, random));
    tx.jobs().enqueue(&kind.job(id, subject, run_at, at)).await
}
