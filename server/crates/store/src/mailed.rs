//! What a message that came by mail has beside its words: subject, sender, how its words fold, attachments.

use std::fmt;

use domain::codes::FoldKind;
use domain::ids::{EnquiryId, IncomingId, MessageId};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::number;
use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::intake::hash;
use crate::{StoreError, Tx};

/// A stretch of a message's words. All stretches together are the words: nothing is thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fold {
    /// What it is.
    pub kind: FoldKind,
    /// How many bytes of the words it has.
    pub bytes: usize,
}

/// What a message that came by mail has beside its words. Its `Debug` hides who wrote what.
#[derive(Clone, PartialEq, Eq)]
pub struct Mailed {
    /// The message.
    pub message: MessageId,
    /// The mail it was.
    pub incoming: IncomingId,
    /// The subject as it was read.
    pub subject: Option<String>,
    /// The sender's name as written.
    pub sender_name: Option<String>,
    /// The sender's address, in lower case.
    pub sender_address: Option<String>,
    /// How its words fold.
    pub folds: Vec<Fold>,
    /// What could not be read, as codes.
    pub problems: Vec<String>,
}

impl fmt::Debug for Mailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailed")
            .field("message", &self.message)
            .field("incoming", &self.incoming)
            .finish_non_exhaustive()
    }
}

/// Something that came with a message. Its bytes lie elsewhere, found by their hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The message.
    pub message: MessageId,
    /// Its place in the mail, from 0.
    pub ordinal: u32,
    /// The file's name as written.
    pub name: Option<String>,
    /// What its sender says that it is.
    pub media_type: String,
    /// How many bytes it has.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Whether it was shown among the words.
    pub inline: bool,
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment")
            .field("message", &self.message)
            .field("ordinal", &self.ordinal)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

#[derive(FromRow)]
struct MailedRow {
    message: Uuid,
    incoming: Uuid,
    subject: Option<String>,
    sender_name: Option<String>,
    sender_address: Option<String>,
    folds: String,
    problems: String,
}

#[derive(FromRow)]
struct AttachmentRow {
    message: Uuid,
    ordinal: i64,
    name: Option<String>,
    media_type: String,
    size: i64,
    sha256: Vec<u8>,
    inline: bool,
}

#[derive(FromRow)]
struct PlacedRow {
    #[sqlx(flatten)]
    attachment: AttachmentRow,
    enquiry: Uuid,
    incoming: Uuid,
}

impl TryFrom<MailedRow> for Mailed {
    type Error = StoreError;

    fn try_from(row: MailedRow) -> Result<Self, StoreError> {
        let json = |column: &str| StoreError::corrupt(column);
        Ok(Self {
            message: MessageId::from_uuid(row.message),
            incoming: IncomingId::from_uuid(row.incoming),
            subject: row.subject,
            sender_name: row.sender_name,
            sender_address: row.sender_address,
            folds: serde_json::from_str(&row.folds).map_err(|_| json("message_mails.folds"))?,
            problems: serde_json::from_str(&row.problems)
                .map_err(|_| json("message_mails.problems"))?,
        })
    }
}

impl TryFrom<AttachmentRow> for Attachment {
    type Error = StoreError;

    fn try_from(row: AttachmentRow) -> Result<Self, StoreError> {
        Ok(Self {
            message: MessageId::from_uuid(row.message),
            ordinal: number("attachments.ordinal", row.ordinal)?,
            name: row.name,
            media_type: row.media_type,
            size: number("attachments.size", row.size)?,
            sha256: hash("attachments.sha256", row.sha256)?,
            inline: row.inline,
        })
    }
}

/// What messages that came by mail have beside their words.
#[derive(Debug)]
pub struct MailedMessages<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl MailedMessages<'_> {
    /// Adds what a message came with. The message and the mail must be there.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when that mail is a message already.
    pub async fn insert(&mut self, mailed: &Mailed) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO message_mails (message, incoming, subject, sender_name, sender_address, \
                           folds, problems) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let json = |_| StoreError::corrupt("message_mails");
        execute!(
            self.tx,
            SQL,
            mailed.message.as_uuid(),
            mailed.incoming.as_uuid(),
            mailed.subject.as_deref(),
            mailed.sender_name.as_deref(),
            mailed.sender_address.as_deref(),
            serde_json::to_string(&mailed.folds).map_err(json)?,
            serde_json::to_string(&mailed.problems).map_err(json)?,
        )?;
        Ok(())
    }

    /// What the messages of one enquiry came with.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of_enquiry(&mut self, enquiry: EnquiryId) -> Result<Vec<Mailed>, StoreError> {
        const SQL: &str = "SELECT w.message, w.incoming, w.subject, w.sender_name, w.sender_address, w.folds, \
                           w.problems FROM message_mails w JOIN messages m ON m.id = w.message \
                           WHERE m.enquiry = $1 ORDER BY m.said_at, m.id";
        fetch_all!(self.tx, MailedRow, SQL, enquiry.as_uuid())?
            .into_iter()
            .map(Mailed::try_from)
            .collect()
    }

    /// The enquiry and the message that a mail became.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn became(
        &mut self,
        incoming: IncomingId,
    ) -> Result<Option<(EnquiryId, MessageId)>, StoreError> {
        const SQL: &str = "SELECT m.enquiry, m.id FROM message_mails w JOIN messages m ON m.id = w.message \
                           WHERE w.incoming = $1";
        let row = fetch_optional!(self.tx, (Uuid, Uuid), SQL, incoming.as_uuid())?;
        Ok(row.map(|(enquiry, message)| {
            (EnquiryId::from_uuid(enquiry), MessageId::from_uuid(message))
        }))
    }

    /// The Message-ID, without its angle brackets, of the newest mail of this person in this enquiry; the address in
    /// lower case.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest_message_id(
        &mut self,
        enquiry: EnquiryId,
        address: &str,
    ) -> Result<Option<String>, StoreError> {
        const SQL: &str = "SELECT i.message_id FROM messages m JOIN message_mails w ON w.message = m.id \
                           JOIN incoming i ON i.id = w.incoming WHERE m.enquiry = $1 AND w.sender_address = $2 \
                           ORDER BY i.stored_at DESC, i.id DESC LIMIT 1";
        let row = fetch_optional!(self.tx, (Option<String>,), SQL, enquiry.as_uuid(), address)?;
        Ok(row.and_then(|(id,)| id))
    }

    /// Adds something that came with a message.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is one at this place.
    pub async fn insert_attachment(&mut self, attachment: &Attachment) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO attachments (message, ordinal, name, media_type, size, sha256, inline) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let size = i64::try_from(attachment.size);
        execute!(
            self.tx,
            SQL,
            attachment.message.as_uuid(),
            i64::from(attachment.ordinal),
            attachment.name.as_deref(),
            attachment.media_type.as_str(),
            size.map_err(|_| StoreError::corrupt("attachments.size"))?,
            attachment.sha256.as_slice(),
            attachment.inline,
        )?;
        Ok(())
    }

    /// What came with the messages of one enquiry.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn attachments_of_enquiry(
        &mut self,
        enquiry: EnquiryId,
    ) -> Result<Vec<Attachment>, StoreError> {
        const SQL: &str = "SELECT a.message, a.ordinal, a.name, a.media_type, a.size, a.sha256, a.inline \
                           FROM attachments a JOIN messages m ON m.id = a.message WHERE m.enquiry = $1 \
                           ORDER BY m.said_at, m.id, a.ordinal";
        fetch_all!(self.tx, AttachmentRow, SQL, enquiry.as_uuid())?
            .into_iter()
            .map(Attachment::try_from)
            .collect()
    }

    /// One attachment, and the enquiry and the mail that it came with.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn attachment(
        &mut self,
        message: MessageId,
        ordinal: u32,
    ) -> Result<Option<(Attachment, EnquiryId, IncomingId)>, StoreError> {
        const SQL: &str = "SELECT a.message, a.ordinal, a.name, a.media_type, a.size, a.sha256, a.inline, \
                           m.enquiry, w.incoming FROM attachments a JOIN messages m ON m.id = a.message \
                           JOIN message_mails w ON w.message = m.id WHERE a.message = $1 AND a.ordinal = $2";
        let (message, ordinal) = (message.as_uuid(), i64::from(ordinal));
        let row = fetch_optional!(self.tx, PlacedRow, SQL, message, ordinal)?;
        row.map(|row| {
            Ok((
                row.attachment.try_into()?,
                EnquiryId::from_uuid(row.enquiry),
                IncomingId::from_uuid(row.incoming),
            ))
        })
        .transpose()
    }

    /// Whether this person wrote a mail that stands in this enquiry; the address in lower case.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn wrote_in(
        &mut self,
        enquiry: EnquiryId,
        address: &str,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT w.message FROM message_mails w JOIN messages m ON m.id = w.message \
                           WHERE m.enquiry = $1 AND w.sender_address = $2 LIMIT 1";
        let row = fetch_optional!(self.tx, (Uuid,), SQL, enquiry.as_uuid(), address)?;
        Ok(row.is_some())
    }
}
