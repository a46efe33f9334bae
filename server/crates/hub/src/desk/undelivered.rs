//! Mail that reached nobody, or not yet: a list that a person works off. Nothing leaves it by itself.

use domain::{
    clock::london_date,
    codes::{ClearReason, DeliveryState, MessageKind},
    email::EmailAddress,
    ids::MailId,
    reference::Reference,
};
use jiff::{Timestamp, civil::Date};
use store::{Attempt, Mail, Message, Tx};

use super::{
    Desk,
    paging::{ASKED, Counted, InTwoLists, Page, place},
};
use crate::{
    Actor, Error, jobs,
    policy::{Act, permit, person},
};

/// What the desk knows of mail that is not where it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndeliveredList {
    /// What reached nobody and no person has cleared, the earliest first.
    pub to_clear: Counted<Undelivered>,
    /// What is still being tried, the earliest first.
    pub held_up: Counted<HeldUp>,
}

/// A mail that reached nobody, and that no person has cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// The mail.
    pub mail: MailId,
    /// The enquiry's reference.
    pub reference: Reference,
    /// What the mail was.
    pub kind: MessageKind,
    /// Whether it was given up, came back or was never sent.
    pub state: DeliveryState,
    /// The day it was written, in London.
    pub written_on: Date,
    /// What the mail server said, without addresses.
    pub reason: Option<String>,
    /// The day on which a later answer reached them, if one did.
    pub answered_on: Option<Date>,
}

/// One such mail, with what is needed to deal with it. Its `Debug` shows no address.
#[derive(Clone, PartialEq, Eq)]
pub struct UndeliveredMail {
    /// The mail.
    pub about: Undelivered,
    /// Where it went, frozen when it was written.
    pub to: EmailAddress,
    /// Why a person took it off the list, if one did.
    pub cleared: Option<ClearReason>,
    /// Every attempt, the first first.
    pub attempts: Vec<Attempt>,
}

impl UndeliveredMail {
    /// Whether it waits for a person to deal with it.
    #[must_use]
    pub fn is_to_clear(&self) -> bool {
        reached_nobody(self.about.state) && self.cleared.is_none()
    }
}

impl std::fmt::Debug for UndeliveredMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UndeliveredMail")
            .field("about", &self.about)
            .finish_non_exhaustive()
    }
}

/// A mail that is still being tried: by us, or by the server that took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldUp {
    /// The enquiry's reference.
    pub reference: Reference,
    /// What the mail is.
    pub kind: MessageKind,
    /// Whether it waits here, or with the server that took it.
    pub state: DeliveryState,
    /// The day it was written, in London.
    pub written_on: Date,
    /// How often we tried.
    pub attempts: u32,
    /// When we try again.
    pub next_at: Option<Timestamp>,
    /// What the server said last.
    pub said: Option<String>,
}

impl Desk<'_> {
    /// A page of what reached nobody, and under it a page of what is still being tried, of every team.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see it.
    pub async fn undelivered(
        &self,
        actor: &Actor,
        after: &InTwoLists,
    ) -> Result<UndeliveredList, Error> {
        person(actor, Act::ReadUndelivered)?;
        let mut tx = self.0.database().read().await?;
        Ok(UndeliveredList {
            to_clear: to_clear(&mut tx, after.upper.as_deref()).await?,
            held_up: held_up(&mut tx, after.lower.as_deref()).await?,
        })
    }

    /// One mail, to deal with if it reached nobody and no person has cleared it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or not for this person.
    pub async fn undelivered_mail(
        &self,
        actor: &Actor,
        id: MailId,
    ) -> Result<UndeliveredMail, Error> {
        let permit = permit(actor, Act::OpenUndelivered)?;
        let mut tx = self.0.database().read().await?;
        let mail = tx.outbox().get(id).await?.ok_or(Error::NotFound)?;
        let enquiry = tx.enquiries().get(mail.mail.enquiry).await?;
        permit.within(&enquiry.ok_or(Error::NotFound)?.team)?;
        let attempts = tx.deliveries().attempts(id).await?;
        Ok(UndeliveredMail {
            to: mail.mail.to_address.clone(),
            cleared: mail.cleared,
            about: undelivered(&mut tx, mail).await?,
            attempts,
        })
    }
}

async fn to_clear(tx: &mut Tx, after: Option<&str>) -> Result<Counted<Undelivered>, Error> {
    let count = tx.outbox().to_clear_count().await?;
    let mails = tx.outbox().to_clear(place(after), ASKED).await?;
    let Page { rows, next } = Page::of(mails, stands);
    let mut page = Page {
        rows: Vec::new(),
        next,
    };
    for mail in rows {
        page.rows.push(undelivered(tx, mail).await?);
    }
    Ok(page.counted(count))
}

/// Those that wait here and those that wait with another server are one list.
async fn held_up(tx: &mut Tx, after: Option<&str>) -> Result<Counted<HeldUp>, Error> {
    let (after, mut outbox) = (place(after), tx.outbox());
    let count = outbox.held_up_count().await? + outbox.delayed_count().await?;
    let mut mails = outbox.held_up(after, ASKED).await?;
    mails.extend(outbox.delayed(after, ASKED).await?);
    mails.sort_by_key(stands);
    let Page { rows, next } = Page::of(mails, stands);
    let mut page = Page {
        rows: Vec::new(),
        next,
    };
    for mail in rows {
        page.rows.push(HeldUp {
            reference: reference(tx, &mail).await?,
            kind: mail.mail.kind,
            state: mail.state,
            written_on: london_date(mail.mail.created_at),
            attempts: mail.attempts,
            next_at: next_attempt(tx, &mail).await?,
            said: mail.last_error,
        });
    }
    Ok(page.counted(count))
}

/// Where a mail stands in these lists.
const fn stands(mail: &Mail) -> (Timestamp, MailId) {
    (mail.mail.created_at, mail.mail.id)
}

/// Whether a mail stands in the list.
pub(super) fn is_to_clear(mail: &Mail) -> bool {
    reached_nobody(mail.state) && mail.cleared.is_none()
}

const fn reached_nobody(state: DeliveryState) -> bool {
    matches!(
        state,
        DeliveryState::Dead | DeliveryState::Bounced | DeliveryState::Capped
    )
}

/// When a waiting mail is tried again.
pub(super) async fn next_attempt(tx: &mut Tx, mail: &Mail) -> Result<Option<Timestamp>, Error> {
    if mail.state != DeliveryState::Waiting {
        return Ok(None);
    }
    let kind = jobs::Kind::SendMail.as_str();
    let due = tx.jobs().due_for(kind, mail.mail.id.as_uuid()).await?;
    Ok(due)
}

async fn undelivered(tx: &mut Tx, mail: Mail) -> Result<Undelivered, Error> {
    let said = tx.messages().for_enquiry(mail.mail.enquiry).await?;
    let answered = said.iter().find(|message| reached_since(&mail, message));
    Ok(Undelivered {
        mail: mail.mail.id,
        reference: reference(tx, &mail).await?,
        kind: mail.mail.kind,
        state: mail.state,
        written_on: london_date(mail.mail.created_at),
        reason: mail.last_error,
        answered_on: answered.map(|message| london_date(message.at)),
    })
}

/// Whether this is an answer that reached them after the mail was written: a reply that was sent, or a conversation
/// or letter that was recorded (those are replies that no mail carries).
fn reached_since(mail: &Mail, message: &Message) -> bool {
    let reached = matches!(
        message.delivery,
        None | Some(DeliveryState::Sent | DeliveryState::Delivered)
    );
    let later = message.at > mail.mail.created_at || mail.mail.kind == MessageKind::Acknowledgement;
    message.kind == MessageKind::Reply && reached && later
}

async fn reference(tx: &mut Tx, mail: &Mail) -> Result<Reference, Error> {
    let enquiry = tx.enquiries().get(mail.mail.enquiry).await?;
    Ok(enquiry.ok_or(Error::NotFound)?.reference)
}
