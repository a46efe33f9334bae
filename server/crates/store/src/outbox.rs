//! The outbox: every outgoing mail with its recipients and words frozen, until a server took it.

use std::fmt;

use domain::codes::{DeliveryState, MessageKind};
use domain::email::EmailAddress;
use domain::ids::{EnquiryId, MailId, MessageId};
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, instant_if_any, limit as limit_column, number, parsed};
use crate::dialect::{execute, fetch_all, fetch_one, fetch_optional};
use crate::{StoreError, Tx};

/// A mail to be sent. Its `Debug` shows no address and no text.
#[derive(Clone, PartialEq, Eq)]
pub struct NewMail {
    /// Its id.
    pub id: MailId,
    /// The enquiry it belongs to.
    pub enquiry: EnquiryId,
    /// The message that it carries; none for an automatic one.
    pub message: Option<MessageId>,
    /// What it is.
    pub kind: MessageKind,
    /// To whom, frozen here: a later change of address does not redirect it.
    pub to_address: EmailAddress,
    /// Their name, where it may stand in a header.
    pub to_name: Option<String>,
    /// The neutral subject.
    pub subject: String,
    /// The plain text; a marker stands where the private link will be filled in.
    pub body_text: String,
    /// The same as HTML; `None` for people who asked for text only.
    pub body_html: Option<String>,
    /// The `Message-ID` header: the same at every attempt, so that a second copy is recognisable.
    pub message_id: String,
    /// The `In-Reply-To` header.
    pub in_reply_to: Option<String>,
    /// Now.
    pub created_at: Timestamp,
}

/// A mail of the outbox. Its `Debug` shows no address and no text.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// What was written.
    pub mail: NewMail,
    /// How far it has come.
    pub state: DeliveryState,
    /// When a server took it.
    pub sent_at: Option<Timestamp>,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// What the server that took it said.
    pub server_answer: Option<String>,
}

impl fmt::Debug for NewMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewMail")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail")
            .field("mail", &self.mail)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

#[derive(FromRow)]
struct MailRow {
    id: Uuid,
    enquiry: Uuid,
    message: Option<Uuid>,
    kind: String,
    to_address: String,
    to_name: Option<String>,
    subject: String,
    body_text: String,
    body_html: String,
    message_id: String,
    in_reply_to: Option<String>,
    state: String,
    created_at: i64,
    sent_at: Option<i64>,
    attempts: i64,
    last_error: Option<String>,
    server_answer: Option<String>,
}

impl TryFrom<MailRow> for Mail {
    type Error = StoreError;

    fn try_from(row: MailRow) -> Result<Self, StoreError> {
        Ok(Self {
            mail: NewMail {
                id: MailId::from_uuid(row.id),
                enquiry: EnquiryId::from_uuid(row.enquiry),
                message: row.message.map(MessageId::from_uuid),
                kind: parsed("mails.kind", &row.kind)?,
                to_address: parsed("mails.to_address", &row.to_address)?,
                to_name: row.to_name,
                subject: row.subject,
                body_text: row.body_text,
                body_html: Some(row.body_html).filter(|html| !html.is_empty()),
                message_id: row.message_id,
                in_reply_to: row.in_reply_to,
                created_at: instant("mails.created_at", row.created_at)?,
            },
            state: parsed("mails.state", &row.state)?,
            sent_at: instant_if_any("mails.sent_at", row.sent_at)?,
            attempts: number("mails.attempts", row.attempts)?,
            last_error: row.last_error,
            server_answer: row.server_answer,
        })
    }
}

/// The columns of [`MailRow`], and what follows them.
macro_rules! select_mails {
    ($rest:literal) => {
        concat!(
            "SELECT id, enquiry, message, kind, to_address, to_name, subject, body_text, body_html, message_id, \
             in_reply_to, state, created_at, sent_at, attempts, last_error, server_answer FROM mails ",
            $rest
        )
    };
}

/// Mail that is to be sent, or was.
#[derive(Debug)]
pub struct Outbox<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Outbox<'_> {
    /// Adds one, waiting.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is a mail with this id or `Message-ID`.
    pub async fn insert(&mut self, mail: &NewMail) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO mails (id, enquiry, message, kind, to_address, to_compared, to_name, \
                           subject, body_text, body_html, message_id, in_reply_to, created_at, state, attempts) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'waiting', 0)";
        execute!(
            self.tx,
            SQL,
            mail.id.as_uuid(),
            mail.enquiry.as_uuid(),
            mail.message.map(|id| id.as_uuid()),
            mail.kind.as_str(),
            mail.to_address.as_str(),
            mail.to_address.normalised(),
            mail.to_name.as_deref(),
            mail.subject.as_str(),
            mail.body_text.as_str(),
            mail.body_html.as_deref().unwrap_or_default(),
            mail.message_id.as_str(),
            mail.in_reply_to.as_deref(),
            mail.created_at.as_millisecond(),
        )?;
        Ok(())
    }

    /// The mail with this id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&mut self, id: MailId) -> Result<Option<Mail>, StoreError> {
        const SQL: &str = select_mails!("WHERE id = $1");
        fetch_optional!(self.tx, MailRow, SQL, id.as_uuid())?
            .map(Mail::try_from)
            .transpose()
    }

    /// A server took it. `false` when it was not waiting: another worker was first, or there is none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_sent(
        &mut self,
        id: MailId,
        at: Timestamp,
        answer: &str,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE mails SET state = 'sent', sent_at = $2, server_answer = $3, last_error = NULL, \
                           attempts = attempts + 1 WHERE id = $1 AND state = 'waiting'";
        Ok(execute!(self.tx, SQL, id.as_uuid(), at.as_millisecond(), answer)? > 0)
    }

    /// It was tried in vain, and waits for the next attempt.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_attempt(&mut self, id: MailId, error: &str) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE mails SET attempts = attempts + 1, last_error = $2 \
                           WHERE id = $1 AND state = 'waiting'";
        execute!(self.tx, SQL, id.as_uuid(), error)?;
        Ok(())
    }

    /// It is given up; a person must look at it. `false` when it was not waiting.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_dead(&mut self, id: MailId, error: &str) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE mails SET state = 'dead', attempts = attempts + 1, last_error = $2 \
                           WHERE id = $1 AND state = 'waiting'";
        Ok(execute!(self.tx, SQL, id.as_uuid(), error)? > 0)
    }

    /// It was given up, and is to be tried once more. `false` when it was not given up.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_waiting(&mut self, id: MailId) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE mails SET state = 'waiting' WHERE id = $1 AND state = 'dead'";
        Ok(execute!(self.tx, SQL, id.as_uuid())? > 0)
    }

    /// The mails of one enquiry, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn for_enquiry(&mut self, enquiry: EnquiryId) -> Result<Vec<Mail>, StoreError> {
        const SQL: &str = select_mails!("WHERE enquiry = $1 ORDER BY created_at, id");
        fetch_all!(self.tx, MailRow, SQL, enquiry.as_uuid())?
            .into_iter()
            .map(Mail::try_from)
            .collect()
    }

    /// How many wait, counted up to 10,000.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn waiting_count(&mut self) -> Result<u32, StoreError> {
        const SQL: &str =
            "SELECT count(*) FROM (SELECT 1 FROM mails WHERE state = 'waiting' LIMIT 10000) AS w";
        let (count,) = fetch_one!(self.tx, (i64,), SQL)?;
        number("mails", count)
    }

    /// How many acknowledgements were written to this address after `since`, counted up to 1,000; the address in
    /// any letter case (it is kept in lower case beside the one that is sent to).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn acknowledgements_since(
        &mut self,
        to: &EmailAddress,
        since: Timestamp,
    ) -> Result<u32, StoreError> {
        const SQL: &str = "SELECT count(*) FROM (SELECT 1 FROM mails WHERE kind = 'acknowledgement' \
                           AND to_compared = $1 AND created_at > $2 LIMIT 1000) AS a";
        let since = since.as_millisecond();
        let (count,) = fetch_one!(self.tx, (i64,), SQL, to.normalised(), since)?;
        number("mails", count)
    }

    /// Those that were given up and that no person has made good, the earliest first. One is made good when its
    /// enquiry is closed, or when an answer reached them after it was written: a reply that was sent, or a
    /// conversation or letter that was recorded (those are replies that no mail carried). After an
    /// acknowledgement any such answer is a later one, whatever the clocks say.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn dead_and_not_made_good(&mut self, limit: u32) -> Result<Vec<Mail>, StoreError> {
        const SQL: &str = select_mails!(
            "WHERE state = 'dead' \
             AND NOT EXISTS (SELECT 1 FROM enquiries e WHERE e.id = mails.enquiry AND e.state = 'closed') \
             AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.enquiry = mails.enquiry AND m.kind = 'reply' \
             AND (m.delivery = 'sent' OR m.delivery IS NULL) \
             AND (m.said_at > mails.created_at OR mails.kind = 'acknowledgement')) \
             ORDER BY created_at, id LIMIT $1"
        );
        fetch_all!(self.tx, MailRow, SQL, limit_column(limit))?
            .into_iter()
            .map(Mail::try_from)
            .collect()
    }

    /// Those that were given up, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn dead(&mut self, limit: u32) -> Result<Vec<Mail>, StoreError> {
        const SQL: &str = select_mails!("WHERE state = 'dead' ORDER BY created_at, id LIMIT $1");
        fetch_all!(self.tx, MailRow, SQL, limit_column(limit))?
            .into_iter()
            .map(Mail::try_from)
            .collect()
    }
}
