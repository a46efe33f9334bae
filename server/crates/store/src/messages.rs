//! What was said in an enquiry, by either side.

use std::fmt;

use domain::codes::{Channel, DeliveryState, Direction, MessageKind};
use domain::ids::{AccountId, EnquiryId, MessageId};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{day_text, instant, parsed, parsed_if_any};
use crate::dialect::{execute, fetch_all, fetch_optional};
use crate::{StoreError, Tx};

/// A message to be kept. Its `Debug` hides the text.
#[derive(Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// Its id.
    pub id: MessageId,
    /// The enquiry it belongs to.
    pub enquiry: EnquiryId,
    /// Which way it went.
    pub direction: Direction,
    /// What it is.
    pub kind: MessageKind,
    /// The member of staff who wrote it; none for a correspondent's or an automatic one.
    pub author: Option<AccountId>,
    /// The text.
    pub body: String,
    /// When it was received, sent or said.
    pub at: Timestamp,
    /// How far an outgoing one has come; none for those that are not sent by mail.
    pub delivery: Option<DeliveryState>,
    /// The day that a holding reply promises.
    pub promises_on: Option<Date>,
}

/// Who wrote a message, of the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Their account.
    pub id: AccountId,
    /// Their name as it is now.
    pub name: String,
}

/// A message as it was kept. Its `Debug` hides the text.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The enquiry it belongs to.
    pub enquiry: EnquiryId,
    /// Which way it went.
    pub direction: Direction,
    /// What it is.
    pub kind: MessageKind,
    /// The member of staff who wrote it.
    pub author: Option<Author>,
    /// The text.
    pub body: String,
    /// When it was received, sent or said.
    pub at: Timestamp,
    /// How far an outgoing one has come.
    pub delivery: Option<DeliveryState>,
    /// The day that a holding reply promises.
    pub promises_on: Option<Date>,
    /// The day that stood before this holding reply moved it, once it did.
    pub moved_from: Option<Date>,
    /// How it came, as the author says who wrote it down; none for what came by itself.
    pub logged_as: Option<Channel>,
}

impl fmt::Debug for NewMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewMessage")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

#[derive(FromRow)]
struct MessageRow {
    id: Uuid,
    enquiry: Uuid,
    direction: String,
    kind: String,
    author: Option<Uuid>,
    author_name: Option<String>,
    body: String,
    said_at: i64,
    delivery: Option<String>,
    promises_on: Option<String>,
    moved_from_on: Option<String>,
    logged_as: Option<String>,
}

impl TryFrom<MessageRow> for Message {
    type Error = StoreError;

    fn try_from(row: MessageRow) -> Result<Self, StoreError> {
        let author = row.author.zip(row.author_name);
        Ok(Self {
            id: MessageId::from_uuid(row.id),
            enquiry: EnquiryId::from_uuid(row.enquiry),
            direction: parsed("messages.direction", &row.direction)?,
            kind: parsed("messages.kind", &row.kind)?,
            author: author.map(|(id, name)| Author {
                id: AccountId::from_uuid(id),
                name,
            }),
            body: row.body,
            at: instant("messages.said_at", row.said_at)?,
            delivery: parsed_if_any("messages.delivery", row.delivery.as_deref())?,
            promises_on: parsed_if_any("messages.promises_on", row.promises_on.as_deref())?,
            moved_from: parsed_if_any("messages.moved_from_on", row.moved_from_on.as_deref())?,
            logged_as: parsed_if_any("messages.logged_as", row.logged_as.as_deref())?,
        })
    }
}

/// The columns of [`MessageRow`], and what follows them.
macro_rules! select_messages {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.enquiry, m.direction, m.kind, m.author, a.name AS author_name, m.body, \
             m.said_at, m.delivery, m.promises_on, m.moved_from_on, m.logged_as \
             FROM messages m LEFT JOIN accounts a ON a.id = m.author ",
            $rest
        )
    };
}

/// What was said.
#[derive(Debug)]
pub struct Messages<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Messages<'_> {
    /// Adds one.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is a message with this id.
    pub async fn insert(&mut self, message: &NewMessage) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO messages (id, enquiry, direction, kind, author, body, said_at, delivery, promises_on) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        execute!(
            self.tx,
            SQL,
            message.id.as_uuid(),
            message.enquiry.as_uuid(),
            message.direction.as_str(),
            message.kind.as_str(),
            message.author.map(|id| id.as_uuid()),
            message.body.as_str(),
            message.at.as_millisecond(),
            message.delivery.map(DeliveryState::as_str),
            day_text(message.promises_on),
        )?;
        Ok(())
    }

    /// The message with this id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&mut self, id: MessageId) -> Result<Option<Message>, StoreError> {
        const SQL: &str = select_messages!("WHERE m.id = $1");
        fetch_optional!(self.tx, MessageRow, SQL, id.as_uuid())?
            .map(Message::try_from)
            .transpose()
    }

    /// All that was said in one enquiry, the earliest first, notes between officers too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn for_enquiry(&mut self, enquiry: EnquiryId) -> Result<Vec<Message>, StoreError> {
        const SQL: &str = select_messages!("WHERE m.enquiry = $1 ORDER BY m.said_at, m.id");
        fetch_all!(self.tx, MessageRow, SQL, enquiry.as_uuid())?
            .into_iter()
            .map(Message::try_from)
            .collect()
    }

    /// Moves all that was said in one enquiry into another; says how many messages that were.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn move_all(&mut self, from: EnquiryId, to: EnquiryId) -> Result<u64, StoreError> {
        const SQL: &str = "UPDATE messages SET enquiry = $2 WHERE enquiry = $1";
        execute!(self.tx, SQL, from.as_uuid(), to.as_uuid())
    }

    /// Notes how a message came that its author wrote down.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_logged_as(
        &mut self,
        id: MessageId,
        channel: Channel,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE messages SET logged_as = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), channel.as_str())?;
        Ok(())
    }

    /// Notes how far an outgoing message has come.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_delivery(
        &mut self,
        id: MessageId,
        delivery: DeliveryState,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE messages SET delivery = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), delivery.as_str())?;
        Ok(())
    }

    /// Notes the day that stood before this holding reply moved it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_moved_from(&mut self, id: MessageId, day: Date) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE messages SET moved_from_on = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), day.to_string())?;
        Ok(())
    }
}
