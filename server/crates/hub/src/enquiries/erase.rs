//! Erasing what a closed enquiry says of people, when somebody asks for it or a council may keep it no longer (UK GDPR,
//! articles 5 and 17). What proves the promise stays, so that `send-hub audit` finds all well after it.

use domain::{
    codes::ErasureReason,
    enquiry::{Enquiry, State},
    ids::EnquiryId,
    reference::Reference,
};
use store::{ERASED, Look, Tx, name_key};

use super::{Enquiries, record};
use crate::{
    Actor, Error,
    policy::{Act, may},
};

/// As many as are looked at who have one address or number.
const LOOKED_AT: u32 = 1_000;

/// How much is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowMuch {
    /// The enquiry alone.
    ThisOne,
    /// Every closed enquiry of whoever asked: of the same name and the same address or number.
    AllOfThisPerson,
}

/// What was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// What was erased.
    pub erased: Vec<Reference>,
    /// What stays, because it is not closed: what is known of the person stays with it.
    pub open: Vec<Reference>,
    /// What stays, because a mail about it is not sent yet, or reached nobody and no person has seen to that.
    pub with_mail: Vec<Reference>,
}

impl Enquiries<'_> {
    /// Erases names, addresses, texts, mails and attachments of a closed enquiry, or of all that one person asked. What
    /// is not closed is left, and so is what still has mail to be sent: without words and address it would go to nobody.
    /// The deed is recorded with its reason, each enquiry in a transaction of its own.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `reference` when the named one is not closed, was erased before, or has a mail
    /// that is not sent yet or that reached nobody;
    /// [`Error::NotFound`] when there is none, or for those who may not.
    pub async fn erase(
        &self,
        actor: &Actor,
        reference: &Reference,
        how_much: HowMuch,
        reason: ErasureReason,
    ) -> Result<Erased, Error> {
        may(actor, Act::EraseEnquiry)?;
        let mut tx = self.0.database().read().await?;
        let enquiry = tx.enquiries().by_reference(reference).await?;
        let enquiry = enquiry.ok_or(Error::NotFound)?;
        if !is_closed(&enquiry) {
            let fault = "It is not closed. Close it first: until then we need it to answer";
            return Err(Error::refused("reference", fault));
        }
        if tx.erasure().is_erased(enquiry.id).await? {
            return Err(Error::refused("reference", "It was erased before"));
        }
        if has_mail(&mut tx, enquiry.id).await? {
            let fault = "A mail about it is not sent yet, or reached nobody. See to it first: it stands \
                         at /desk/undelivered";
            return Err(Error::refused("reference", fault));
        }
        let all = match how_much {
            HowMuch::ThisOne => vec![enquiry.id],
            HowMuch::AllOfThisPerson => of_person(&mut tx, &enquiry).await?,
        };
        drop(tx);
        let act = record::Act {
            hub: self.0,
            actor: actor.for_audit(),
            at: self.0.now(),
        };
        let mut done = Erased::default();
        for id in all {
            self.erase_one(&act, id, reason, &mut done).await?;
        }
        Ok(done)
    }

    async fn erase_one(
        &self,
        act: &record::Act<'_>,
        id: EnquiryId,
        reason: ErasureReason,
        done: &mut Erased,
    ) -> Result<(), Error> {
        let mut tx = self.0.database().begin().await?;
        tx.enquiries().hold(id).await?;
        let enquiry = tx.enquiries().get(id).await?.ok_or(Error::NotFound)?;
        if !is_closed(&enquiry) {
            done.open.push(enquiry.reference);
            return Ok(());
        }
        if tx.erasure().is_erased(id).await? {
            return Ok(());
        }
        if has_mail(&mut tx, id).await? {
            done.with_mail.push(enquiry.reference);
            return Ok(());
        }
        let detail = Some(reason.as_str().to_owned());
        act.note(&mut tx, ERASED, id, None, detail).await?;
        let hashes = tx.erasure().words(id, act.at).await?;
        tx.erasure().child_and_links(id, act.at).await?;
        tx.erasure().correspondent(enquiry.correspondent).await?;
        tx.commit().await?;
        for hash in hashes {
            // Another mail may have brought the same file: it is made again from that one when somebody asks.
            let removed = self.0.attachments().remove(&hash).await;
            removed.map_err(Error::internal)?;
        }
        done.erased.push(enquiry.reference);
        Ok(())
    }
}

const fn is_closed(enquiry: &Enquiry) -> bool {
    matches!(enquiry.state, State::Closed { .. })
}

/// Whether a mail about it is still to be sent, or stands before a person because it reached nobody.
async fn has_mail(tx: &mut Tx, id: EnquiryId) -> Result<bool, Error> {
    let mails = tx.outbox().for_enquiry(id).await?;
    Ok(mails.iter().any(store::Mail::is_unsettled))
}

/// Every enquiry of whoever asked this one. The web form writes a person down anew each time.
async fn of_person(tx: &mut Tx, enquiry: &Enquiry) -> Result<Vec<EnquiryId>, Error> {
    let person = tx.correspondents().get(enquiry.correspondent).await?;
    let person = person.ok_or(Error::NotFound)?;
    let mut same = vec![person.id];
    let number = person.telephone.clone().map(Look::Telephone);
    let address = person.email.clone().map(Look::Email);
    for look in number.into_iter().chain(address) {
        for other in tx.correspondents().found(&look, LOOKED_AT).await? {
            if name_key(&other.name) == name_key(&person.name) && !same.contains(&other.id) {
                same.push(other.id);
            }
        }
    }
    let mut all = Vec::new();
    for id in same {
        all.extend(tx.erasure().enquiries_of(id).await?);
    }
    Ok(all)
}
