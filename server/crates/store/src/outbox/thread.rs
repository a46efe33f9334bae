//! The thread that a mail belongs to, as its recipient's mail program keeps it.

use domain::ids::EnquiryId;

use super::{NewMail, Outbox};
use crate::StoreError;
use crate::dialect::fetch_all;

impl Outbox<'_> {
    /// The Message-IDs, with their angle brackets, of what the recipient and we wrote to each other by mail about the
    /// enquiry before this mail, the earliest first, the last 20 of them. What others wrote in it is none of theirs.
    /// The same at each attempt: a mail that is sent again is the same mail.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn thread_before(&mut self, mail: &NewMail) -> Result<Vec<String>, StoreError> {
        const SQL: &str = "SELECT message_id FROM (SELECT '<' || i.message_id || '>' AS message_id, i.stored_at AS at \
                           FROM messages m JOIN message_mails w ON w.message = m.id JOIN incoming i ON i.id = w.incoming \
                           WHERE m.enquiry = $1 AND w.sender_address = $2 AND i.message_id IS NOT NULL \
                           AND i.stored_at <= $3 UNION ALL SELECT o.message_id, o.created_at FROM mails o \
                           WHERE o.enquiry = $1 AND o.to_compared = $2 \
                           AND (o.created_at < $3 OR o.created_at = $3 AND o.id < $4) \
                           AND o.state NOT IN ('capped', 'taken-back')) AS thread ORDER BY at DESC, message_id LIMIT 20";
        let to = mail.to_address.normalised();
        let (enquiry, before) = (mail.enquiry.as_uuid(), mail.created_at.as_millisecond());
        let mut ids = fetch_all!(
            self.tx,
            (String,),
            SQL,
            enquiry,
            to,
            before,
            mail.id.as_uuid()
        )?;
        ids.reverse();
        Ok(ids.into_iter().map(|(id,)| id).collect())
    }

    /// The words of the last 20 mails about an enquiry, the latest first: what somebody may quote.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn last_texts(&mut self, enquiry: EnquiryId) -> Result<Vec<String>, StoreError> {
        const SQL: &str = "SELECT body_text FROM mails WHERE enquiry = $1 ORDER BY created_at DESC, id DESC LIMIT 20";
        let texts = fetch_all!(self.tx, (String,), SQL, enquiry.as_uuid())?;
        Ok(texts.into_iter().map(|(text,)| text).collect())
    }
}
