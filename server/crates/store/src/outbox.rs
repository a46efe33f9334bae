//! The outbox: every outgoing mail with its recipients and words frozen, until a server took it.
//!
//! `outbox/fate.rs` has what becomes of a mail after that, and the lists of those that a person must see to;
//! `outbox/thread.rs` what a mail program keeps it together with.

use std::fmt;

use domain::codes::{ClearReason, DeliveryState, MessageKind};
use domain::email::EmailAddress;
use domain::ids::{EnquiryId, MailId, MessageId};
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, instant_if_any, number, parsed, parsed_if_any};
use crate::dialect::{execute, fetch_all, fetch_one, fetch_optional};
use crate::proof::frozen;
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
    /// Why a person took it off the list of the undelivered, if one did.
    pub cleared: Option<ClearReason>,
}

impl Mail {
    /// Whether it waits to be sent, or reached nobody and no person has seen to that.
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        match self.state {
            DeliveryState::Waiting => true,
            DeliveryState::Dead | DeliveryState::Bounced | DeliveryState::Capped => {
                self.cleared.is_none()
            }
            DeliveryState::Sent
            | DeliveryState::Delayed
            | DeliveryState::Delivered
            | DeliveryState::TakenBack => false,
        }
    }
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
    clear_reason: Option<String>,
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
            cleared: parsed_if_any("mails.clear_reason", row.clear_reason.as_deref())?,
        })
    }
}

/// The columns of [`MailRow`].
macro_rules! mail_columns {
    () => {
        "id, enquiry, message, kind, to_address, to_name, subject, body_text, body_html, message_id, \
         in_reply_to, state, created_at, sent_at, attempts, last_error, server_answer, clear_reason"
    };
}

/// Mails, and what follows.
macro_rules! select_mails {
    ($rest:literal) => {
        concat!("SELECT ", mail_columns!(), " FROM mails ", $rest)
    };
}

mod fate;
mod thread;
mod told;

pub use fate::Alone;
pub(crate) use fate::COUNTING;
pub use told::MailFate;

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
        self.insert_in(mail, DeliveryState::Waiting).await
    }

    /// Adds one that is not to be sent, because there were too many automatic ones: it stands in the list that a
    /// person must clear.
    ///
    /// # Errors
    /// As [`Outbox::insert`].
    pub async fn insert_capped(&mut self, mail: &NewMail) -> Result<(), StoreError> {
        self.insert_in(mail, DeliveryState::Capped).await
    }

    async fn insert_in(&mut self, mail: &NewMail, state: DeliveryState) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO mails (id, enquiry, message, kind, to_address, to_compared, to_mailbox, to_name, \
                           subject, body_text, body_html, message_id, in_reply_to, created_at, state, frozen, attempts) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0)";
        execute!(
            self.tx,
            SQL,
            mail.id.as_uuid(),
            mail.enquiry.as_uuid(),
            mail.message.map(|id| id.as_uuid()),
            mail.kind.as_str(),
            mail.to_address.as_str(),
            mail.to_address.normalised(),
            mail.to_address.mailbox(),
            mail.to_name.as_deref(),
            mail.subject.as_str(),
            mail.body_text.as_str(),
            mail.body_html.as_deref().unwrap_or_default(),
            mail.message_id.as_str(),
            mail.in_reply_to.as_deref(),
            mail.created_at.as_millisecond(),
            state.as_str(),
            frozen(mail).as_slice(),
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

    /// A server took it. Gives it as it stands now; nothing when it was not waiting: another worker was first, or there
    /// is none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_sent(
        &mut self,
        id: MailId,
        at: Timestamp,
        answer: &str,
    ) -> Result<Option<Mail>, StoreError> {
        const SQL: &str = concat!(
            "UPDATE mails SET state = 'sent', sent_at = $2, server_answer = $3, last_error = NULL, \
             attempts = attempts + 1 WHERE id = $1 AND state = 'waiting' RETURNING ",
            mail_columns!()
        );
        let at = at.as_millisecond();
        let row = fetch_optional!(self.tx, MailRow, SQL, id.as_uuid(), at, answer)?;
        row.map(Mail::try_from).transpose()
    }

    /// It was tried in vain, and waits for the next attempt. `false` when it was not waiting.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_attempt(&mut self, id: MailId, error: &str) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE mails SET attempts = attempts + 1, last_error = $2 \
                           WHERE id = $1 AND state = 'waiting'";
        Ok(execute!(self.tx, SQL, id.as_uuid(), error)? > 0)
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

    /// It reached nobody, and is to be tried once more. `false` when that is not so, or a person cleared it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_waiting(&mut self, id: MailId) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE mails SET state = 'waiting' \
                           WHERE id = $1 AND state IN ('dead', 'bounced', 'capped') AND cleared_at IS NULL";
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
}
