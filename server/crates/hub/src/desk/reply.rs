//! Answering by e-mail. The reply waits in the outbox; the promise is kept when it was sent.

use domain::{
    codes::{DeliveryState, Direction, MessageKind},
    correspondent::Correspondent,
    enquiry::Enquiry,
    form::Fields,
    ids::{MailId, MessageId},
    reference::Reference,
    text::clean_prose,
};
use store::{NewMail, NewMessage, Tx};

use super::{Desk, seen};
use crate::{
    Actor, Error, Officer,
    enquiries::{answers_words, record::Act as Recorded, submit::team_name},
    jobs,
    policy::{Act, permit},
    pressed::{Pressed, pressed},
};

/// Longest reply, in characters.
const REPLY: usize = 20_000;

impl Desk<'_> {
    /// Writes a reply (field `reply`) and the mail that carries it. Pressed twice, it is sent once.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `reply` when there are no words, or the person does not
    /// want e-mail; [`Error::Stale`] when the enquiry is not as the officer saw it;
    /// [`Error::NotFound`].
    pub async fn reply(
        &self,
        actor: &Actor,
        reference: &Reference,
        fields: &Fields,
    ) -> Result<(), Error> {
        let permit = permit(actor, Act::Reply)?;
        let hub = self.0;
        let text = clean_prose(fields.one("reply"), REPLY).map_err(|fault| {
            Error::refused(
                "reply",
                answers_words(&fault, "Write the reply", "The reply"),
            )
        })?;
        let act = self.act(actor);
        let mut tx = hub.database().begin().await?;
        let enquiry = self.hold(&mut tx, &permit, reference).await?;
        let words = (MessageKind::Reply, text.as_str());
        let pressed = pressed(hub, &mut tx, &enquiry, fields, words, act.at).await?;
        let Pressed::First(id) = pressed else {
            return Ok(());
        };
        seen::unchanged(&mut tx, &enquiry, fields).await?;
        let correspondent = tx.correspondents().get(enquiry.correspondent).await?;
        let correspondent = correspondent.ok_or(Error::NotFound)?;
        let message = NewMessage {
            id,
            enquiry: enquiry.id,
            direction: Direction::Outbound,
            kind: MessageKind::Reply,
            author: Some(permit.officer.id),
            body: text,
            at: act.at,
            delivery: Some(DeliveryState::Waiting),
        };
        let mut mail = self.mail(&act, permit.officer, &enquiry, &correspondent, &message)?;
        mail.in_reply_to = acknowledged_as(&mut tx, &enquiry).await?;
        self.queue_reply(&mut tx, &act, &enquiry, &message, &mail)
            .await?;
        tx.commit().await?;
        hub.jobs_waiting().notify_one();
        Ok(())
    }

    fn mail(
        &self,
        act: &Recorded<'_>,
        officer: &Officer,
        enquiry: &Enquiry,
        correspondent: &Correspondent,
        message: &NewMessage,
    ) -> Result<NewMail, Error> {
        let council = self.0.council();
        let to = correspondent
            .email
            .clone()
            .filter(|_| correspondent.hears_by_email())
            .ok_or_else(|| {
                Error::refused(
                    "reply",
                    "This person does not want email: call or write, then record it below",
                )
            })?;
        let id = self.0.random(|random| MailId::generate(act.at, random));
        let letter = mail::reply(&mail::Reply {
            council: &council,
            mail: id,
            reference: &enquiry.reference,
            officer_name: &officer.name,
            team_name: &team_name(&council, enquiry),
            text: &message.body,
            outcome: mail::ReplyOutcome::Answer,
        })
        .map_err(Error::internal)?;
        Ok(NewMail {
            id,
            enquiry: enquiry.id,
            message: Some(message.id),
            kind: MessageKind::Reply,
            to_address: to,
            to_name: Some(correspondent.name.clone()),
            subject: letter.subject,
            body_text: letter.text,
            body_html: letter.html,
            message_id: mail::outgoing::message_id(id, &council.mail.from_address),
            in_reply_to: None,
            created_at: act.at,
        })
    }

    async fn queue_reply(
        &self,
        tx: &mut Tx,
        act: &Recorded<'_>,
        enquiry: &Enquiry,
        message: &NewMessage,
        mail: &NewMail,
    ) -> Result<(), Error> {
        let id: MessageId = message.id;
        tx.messages().insert(message).await?;
        tx.outbox().insert(mail).await?;
        act.note(tx, "reply-written", enquiry.id, Some(id.as_uuid()), None)
            .await?;
        jobs::enqueue(self.0, tx, jobs::Kind::SendMail, mail.id.as_uuid(), act.at).await?;
        Ok(())
    }
}

/// The acknowledgement's Message-ID: the family's mail program then shows the reply below it.
async fn acknowledged_as(tx: &mut Tx, enquiry: &Enquiry) -> Result<Option<String>, Error> {
    let mails = tx.outbox().for_enquiry(enquiry.id).await?;
    let acknowledgement = mails
        .into_iter()
        .find(|mail| mail.mail.kind == MessageKind::Acknowledgement);
    Ok(acknowledgement.map(|mail| mail.mail.message_id))
}
