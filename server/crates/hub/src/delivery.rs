//! What other servers report of our mail, after ours took it.
//!
//! Start with [`Reported`], what such a report says; `tie.rs` finds the mail that it is about, by what is signed or
//! named in it and never by a subject; `note.rs` writes down what follows.

mod note;
mod tie;

use domain::{codes::ReportAction, ids::MailId};
use jiff::Timestamp;
use store::Tx;
use uuid::Uuid;

use crate::{Error, Hub};

/// Delivery reports.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'h>(pub(crate) &'h Hub);

/// A delivery report, as it came. Its `Debug` shows no address.
#[derive(Clone, PartialEq, Eq)]
pub struct Reported {
    /// The message that it came in, as it is kept: the same message is noted once.
    pub arrived: Option<Uuid>,
    /// When it came.
    pub received_at: Timestamp,
    /// Where it came to: its envelope's recipient, and whatever return paths it names besides.
    pub return_paths: Vec<String>,
    /// The `Message-ID` that it names, without angle brackets.
    pub message_id: Option<String>,
    /// What it says of whom; may be empty where only the message is named.
    pub recipients: Vec<ReportedRecipient>,
}

/// What a report says of one recipient. Its `Debug` shows no address.
#[derive(Clone, PartialEq, Eq)]
pub struct ReportedRecipient {
    /// Every address that the report gives them.
    pub addresses: Vec<String>,
    /// What became of the mail.
    pub action: ReportAction,
    /// The enhanced status (RFC 3463): `5.1.1`.
    pub status: Option<String>,
    /// What the server said.
    pub diagnostic: Option<String>,
}

/// Where a report belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tied {
    /// To this mail of ours.
    To(MailId),
    /// To nothing: it changed nothing, and the mail that it came in stands before a person.
    Nothing,
}

impl std::fmt::Debug for Reported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reported")
            .field("arrived", &self.arrived)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ReportedRecipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportedRecipient")
            .field("action", &self.action)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Delivery<'_> {
    /// Notes a report: the fate of the mail and of its message, and what follows for the promise. The same message
    /// noted again changes nothing.
    ///
    /// # Errors
    /// [`Error::Stale`] when somebody changes the enquiry at the same moment: try again. [`Error::Internal`] when it
    /// cannot be written.
    pub async fn reported(&self, reported: &Reported) -> Result<Tied, Error> {
        let mut tx = self.0.database().begin().await?;
        let tied = self.note(&mut tx, reported).await?;
        tx.commit().await?;
        Ok(tied)
    }

    /// The same, within the transaction that files the message.
    ///
    /// # Errors
    /// As [`Delivery::reported`].
    pub(crate) async fn note(&self, tx: &mut Tx, reported: &Reported) -> Result<Tied, Error> {
        if let Some(arrived) = reported.arrived
            && let Some(before) = tx.deliveries().report_in(arrived).await?
        {
            return Ok(before.mail.map_or(Tied::Nothing, Tied::To));
        }
        let (mail, evidence) = tie::find(self.0, tx, reported).await?;
        note::write(self.0, tx, reported, mail.as_ref(), evidence).await?;
        Ok(mail.map_or(Tied::Nothing, |mail| Tied::To(mail.mail.id)))
    }
}
