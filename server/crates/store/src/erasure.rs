//! Erasing what an enquiry says of people (UK GDPR, article 17), where it stands: names, addresses, words, mails and what
//! came with them. What proves the promise stays: reference, days, states, who of us answered, and the record of deeds.
//!
//! Call all of it in one transaction, after the deed `enquiry-erased` was written.

use domain::email::EmailAddress;
use domain::ids::{CorrespondentId, EnquiryId, IncomingId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::columns::parsed;
use crate::dialect::{execute, fetch_all, fetch_one};
use crate::outbox::NewMail;
use crate::proof::frozen;
use crate::{StoreError, Tx};

/// The deed that says so.
pub const ERASED: &str = "enquiry-erased";

/// What stands in place of a text.
const NO_TEXT: &str = "This text was erased.";
/// What stands in place of a name.
const NO_NAME: &str = "Erased";
/// What stands in place of the address that a mail went to. No mail can go there (RFC 2606).
const NO_ADDRESS: &str = "erased@erased.invalid";

/// Erases.
#[derive(Debug)]
pub struct Erasure<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Erasure<'_> {
    /// Whether it was erased before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_erased(&mut self, enquiry: EnquiryId) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT count(*) FROM audit WHERE enquiry = $1 AND action = $2";
        let (deeds,): (i64,) = fetch_one!(self.tx, (i64,), SQL, enquiry.as_uuid(), ERASED)?;
        Ok(deeds > 0)
    }

    /// The enquiries of a correspondent, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn enquiries_of(
        &mut self,
        correspondent: CorrespondentId,
    ) -> Result<Vec<EnquiryId>, StoreError> {
        const SQL: &str =
            "SELECT id FROM enquiries WHERE correspondent = $1 ORDER BY received_at, id";
        let rows = fetch_all!(self.tx, (Uuid,), SQL, correspondent.as_uuid())?;
        Ok(rows
            .into_iter()
            .map(|(id,)| EnquiryId::from_uuid(id))
            .collect())
    }

    /// Erases what was said, and the mails that carried it either way. Answers with the hashes of what had come with
    /// them, whose files may go. The mark of each mail that came in stays, so that it is not taken in again.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn words(
        &mut self,
        enquiry: EnquiryId,
        at: Timestamp,
    ) -> Result<Vec<[u8; 32]>, StoreError> {
        const CAME: &str = "SELECT w.incoming FROM message_mails w JOIN messages m ON m.id = w.message \
                            WHERE m.enquiry = $1 UNION SELECT d.arrived FROM delivery_reports d \
                            JOIN mails x ON x.id = d.mail JOIN incoming i ON i.id = d.arrived WHERE x.enquiry = $1";
        const ATTACHED: &str = "SELECT DISTINCT a.sha256 FROM attachments a JOIN messages m ON m.id = a.message \
                                WHERE m.enquiry = $1";
        const OF_ATTACHMENTS: &str =
            "DELETE FROM attachments WHERE message IN (SELECT id FROM messages WHERE enquiry = $1)";
        const OF_MAILS: &str = "DELETE FROM message_mails WHERE message IN (SELECT id FROM messages WHERE enquiry = $1)";
        const TEXTS: &str = "UPDATE messages SET body = $2 WHERE enquiry = $1";
        const DRAFTS: &str = "DELETE FROM reply_drafts WHERE enquiry = $1";
        let id = enquiry.as_uuid();
        let came = fetch_all!(self.tx, (Uuid,), CAME, id)?;
        let hashes = fetch_all!(self.tx, (Vec<u8>,), ATTACHED, id)?;
        for (incoming,) in came {
            let incoming = IncomingId::from_uuid(incoming);
            self.tx.intake().erase(incoming, at).await?;
            self.tx.intake().remove_raw(incoming).await?;
        }
        execute!(self.tx, OF_ATTACHMENTS, id)?;
        execute!(self.tx, OF_MAILS, id)?;
        execute!(self.tx, TEXTS, id, NO_TEXT)?;
        execute!(self.tx, DRAFTS, id)?;
        self.our_mails(enquiry).await?;
        hashes
            .into_iter()
            .map(|(hash,)| {
                <[u8; 32]>::try_from(hash).map_err(|_| StoreError::corrupt("attachments.sha256"))
            })
            .collect()
    }

    /// Each mail of ours, with the hash of what is left of it.
    async fn our_mails(&mut self, enquiry: EnquiryId) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mails SET to_address = $2, to_compared = $2, to_mailbox = $2, to_name = NULL, subject = '', \
                           body_text = $3, body_html = '', in_reply_to = NULL, frozen = $4 WHERE id = $1";
        let to_address: EmailAddress = parsed("mails.to_address", NO_ADDRESS)?;
        for mail in self.tx.outbox().for_enquiry(enquiry).await? {
            let left = NewMail {
                to_address: to_address.clone(),
                to_name: None,
                subject: String::new(),
                body_text: NO_TEXT.to_owned(),
                body_html: None,
                in_reply_to: None,
                ..mail.mail
            };
            let id = left.id.as_uuid();
            execute!(
                self.tx,
                SQL,
                id,
                NO_ADDRESS,
                NO_TEXT,
                frozen(&left).to_vec()
            )?;
        }
        Ok(())
    }

    /// Erases what is known of the child, and ends the private links.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn child_and_links(
        &mut self,
        enquiry: EnquiryId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const CHILD: &str = "UPDATE enquiries SET child_name = NULL, child_born_on = NULL, child_school = NULL, \
                             child_ehc_plan = NULL, child_reference = NULL WHERE id = $1";
        const LINKS: &str =
            "UPDATE links SET revoked_at = $2 WHERE enquiry = $1 AND revoked_at IS NULL";
        let id = enquiry.as_uuid();
        execute!(self.tx, CHILD, id)?;
        execute!(self.tx, LINKS, id, at.as_millisecond())?;
        Ok(())
    }

    /// Erases who asked, unless another enquiry of theirs is not erased. Says whether it did.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn correspondent(&mut self, id: CorrespondentId) -> Result<bool, StoreError> {
        const PERSON: &str = "UPDATE correspondents SET name = $2, email = NULL, telephone = NULL, \
                              postal_address = NULL, organisation = NULL, preference = 'letter', \
                              interpreter_language = NULL, safe_contact = NULL WHERE id = $1 \
                              AND NOT EXISTS (SELECT 1 FROM enquiries e WHERE e.correspondent = $1 \
                              AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.enquiry = e.id AND a.action = $3))";
        const SUPPORTS: &str = "DELETE FROM correspondent_supports WHERE correspondent = $1";
        const KEYS: &str = "DELETE FROM correspondent_keys WHERE correspondent = $1";
        if execute!(self.tx, PERSON, id.as_uuid(), NO_NAME, ERASED)? == 0 {
            return Ok(false);
        }
        execute!(self.tx, SUPPORTS, id.as_uuid())?;
        execute!(self.tx, KEYS, id.as_uuid())?;
        Ok(true)
    }
}
