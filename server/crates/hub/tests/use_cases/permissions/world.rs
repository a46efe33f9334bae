//! What the use cases are tried on, and everybody who tries them.

use domain::{
    codes::{IncomingState, QuarantineReason, Role},
    ids::{IncomingId, InvitationId, MailId, MessageId},
    reference::Reference,
};
use hub::{Actor, Officer};
use testing::{TestHub, fields};

use super::ITS_TEAM;
use crate::mailed::{arrive, letter, message_of, receive};
use crate::reading::stored;

/// What the use cases are tried on.
pub(super) struct World {
    pub(super) test: TestHub,
    pub(super) reference: Reference,
    pub(super) mail: MailId,
    /// To which something was attached.
    pub(super) message: MessageId,
    pub(super) somebody: Officer,
}

impl World {
    pub(super) async fn new() -> Self {
        let test = TestHub::new().await;
        let message = with_attachment(&test).await;
        let reference = test.submit(|answers| answers).await.reference;
        let enquiry = stored(&test, &reference).await;
        assert_eq!(enquiry.team.as_str(), ITS_TEAM);
        let mut tx = test.hub.database().read().await.unwrap();
        let mail = tx.outbox().for_enquiry(enquiry.id).await.unwrap()[0]
            .mail
            .id;
        drop(tx);
        let Actor::Officer(somebody) = test.officer(Role::Officer).await else {
            unreachable!("an officer")
        };
        Self {
            test,
            reference,
            mail,
            message,
            somebody,
        }
    }

    /// A mail that stands in the quarantine.
    pub(super) async fn quarantined(&self) -> IncomingId {
        let hub = &self.test.hub;
        let number = hub.new_message_id().to_string();
        let id = receive(hub, &letter(&number, "Away", "I am away."))
            .await
            .id();
        let (before, after) = (IncomingState::Received, IncomingState::Quarantined);
        let reason = Some(QuarantineReason::OutOfOffice);
        let mut tx = hub.database().begin().await.unwrap();
        let mut intake = tx.intake();
        let moved = intake.become_of(id, before, after, reason, hub.now()).await;
        assert!(moved.unwrap().is_some());
        tx.commit().await.unwrap();
        id
    }

    /// An invitation that nobody has accepted or taken back.
    pub(super) async fn invitation(&self) -> InvitationId {
        let form = fields([
            ("name", "New Officer"),
            ("email", "new@council.example.org"),
            ("role", "officer"),
        ]);
        let accounts = self.test.hub.accounts();
        for open in accounts.invitations(&Actor::System).await.unwrap() {
            let back = accounts.take_invitation_back(&Actor::System, open.id);
            back.await.unwrap();
        }
        accounts.invite(&Actor::System, &form).await.unwrap()
    }

    /// Everybody who could ask: the public, the hub itself, and each role in the enquiry's team, in another one and
    /// in none.
    pub(super) fn everybody(&self) -> Vec<Actor> {
        let mut everybody = vec![Actor::Public, Actor::System];
        for role in Role::ALL.iter().copied() {
            for team in [None, Some(ITS_TEAM), Some("ehc-east")] {
                everybody.push(Actor::Officer(Officer {
                    role,
                    team: team.map(|team| team.parse().unwrap()),
                    ..self.somebody.clone()
                }));
            }
        }
        everybody
    }
}

/// A message to which something was attached.
async fn with_attachment(test: &TestHub) -> MessageId {
    let body = "--cut\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\n\
                Words\r\n--cut--\r\n";
    let letter = letter("plan", "Plan", body).header("Content-Type: multipart/mixed; boundary=cut");
    let id = arrive(test, &letter).await;
    message_of(test, id).await.0.id
}
