//! An officer takes a reply back before it is sent: the words come back into their form.

use domain::{
    codes::{DeliveryState, MessageKind},
    ids::{MailId, MessageId},
    reference::Reference,
};

use jiff::Timestamp;

use super::Desk;
use crate::{
    Actor, Error, jobs,
    policy::{Act, permit},
};

/// What came of taking a reply back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenBack {
    /// The enquiry's reference.
    pub reference: Reference,
    /// The message whose words are to be written anew; `None` when it was too late.
    pub message: Option<MessageId>,
    /// When a server took it, where that made it too late; `None` while it is on its way.
    pub sent_at: Option<Timestamp>,
}

impl Desk<'_> {
    /// Takes back a reply, or a message that asks for more time, that no worker has begun to send. Of two who take it
    /// back and a worker who begins at the same moment exactly one is first; who comes after another person finds it
    /// taken back.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not, or when there is no such reply.
    pub async fn take_back(&self, actor: &Actor, id: MailId) -> Result<TakenBack, Error> {
        let permit = permit(actor, Act::TakeBack)?;
        let act = self.act(actor);
        let mut tx = self.0.database().begin().await?;
        let mail = tx.outbox().get(id).await?.ok_or(Error::NotFound)?;
        let enquiry = tx.enquiries().get(mail.mail.enquiry).await?;
        let enquiry = enquiry.ok_or(Error::NotFound)?;
        permit.within(&enquiry.team)?;
        let reference = enquiry.reference;
        let came = |message, sent_at| {
            Ok(TakenBack {
                reference,
                message,
                sent_at,
            })
        };
        let Some(message) = mail.mail.message.filter(|_| is_reply(mail.mail.kind)) else {
            return came(None, mail.sent_at);
        };
        if mail.state == DeliveryState::TakenBack {
            return came(Some(message), None);
        }
        let kind = jobs::Kind::SendMail.as_str();
        let first = tx.jobs().take_back(kind, id.as_uuid(), act.at).await?
            && tx.outbox().mark_taken_back(id).await?;
        if !first {
            // Another person may have been faster than this look.
            tx.rollback().await?;
            let mut tx = self.0.database().read().await?;
            let now = tx.outbox().get(id).await?;
            return match now {
                Some(mail) if mail.state == DeliveryState::TakenBack => came(Some(message), None),
                now => came(None, now.and_then(|mail| mail.sent_at)),
            };
        }
        tx.messages()
            .set_delivery(message, DeliveryState::TakenBack)
            .await?;
        let subject = Some(message.as_uuid());
        act.note(&mut tx, "reply-taken-back", enquiry.id, subject, None)
            .await?;
        tx.commit().await?;
        came(Some(message), None)
    }
}

/// Whether it carries an officer's words.
pub(super) const fn is_reply(kind: MessageKind) -> bool {
    matches!(
        kind,
        MessageKind::Reply | MessageKind::HoldingReply | MessageKind::WaitingForYou
    )
}
