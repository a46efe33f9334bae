//! Mail that never reached anybody: a list that a person works off.

use domain::{clock::london_date, codes::MessageKind, ids::MailId, reference::Reference};
use jiff::civil::Date;

use super::Desk;
use crate::{
    Actor, Error,
    policy::{Act, person},
};

/// As many as are shown at once; the next come up as these are dealt with.
const SHOWN: u32 = 25;

/// A mail that was given up, and that nobody has made good yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// The mail, to try it again.
    pub mail: MailId,
    /// The enquiry's reference.
    pub reference: Reference,
    /// What the mail was.
    pub kind: MessageKind,
    /// The day it was written, in London.
    pub written_on: Date,
    /// What the mail server said, without addresses.
    pub reason: Option<String>,
}

impl Desk<'_> {
    /// The mails of every team that reached nobody, the earliest first, at most 25.
    ///
    /// One leaves the list when a person has answered in another way: when a reply was sent or a
    /// conversation or letter recorded in that enquiry after the mail was written, or when the
    /// enquiry is closed. After an acknowledgement, any sent reply or recorded conversation does.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see it.
    pub async fn undelivered(&self, actor: &Actor) -> Result<Vec<Undelivered>, Error> {
        person(actor, Act::ReadUndelivered)?;
        let mut tx = self.0.database().read().await?;
        let mut undelivered = Vec::new();
        for dead in tx.outbox().dead_and_not_made_good(SHOWN).await? {
            let enquiry = tx.enquiries().get(dead.mail.enquiry).await?;
            undelivered.push(Undelivered {
                mail: dead.mail.id,
                reference: enquiry.ok_or(Error::NotFound)?.reference,
                kind: dead.mail.kind,
                written_on: london_date(dead.mail.created_at),
                reason: dead.last_error,
            });
        }
        Ok(undelivered)
    }
}
