//! What carries a mail away: a mail server, or a folder when no server is set.
//!
//! [`Transport`] is a trait because this is a real edge of the product: tests put a catcher in its
//! place. A mail can be handed over twice (a crash between the server's answer and our note of it);
//! its Message-ID is the same both times, and a folder keeps one file.

pub(crate) mod answer;
mod folder;
pub(crate) mod oauth;
mod refusal;
mod smtp;

use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use jiff::Timestamp;

use crate::outgoing::{ComposeError, OutgoingMail};

pub use answer::{Codes, fit_to_keep};
pub use folder::FolderTransport;
pub use oauth::OAuth;
pub use smtp::{SmtpSettings, SmtpTransport, SmtpUrlError};

/// A sending under way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Accepted, SendError>> + Send + 'a>>;

/// Carries mail away.
pub trait Transport: Send + Sync {
    /// Hands `mail` over, dated `at`. Its private link must have been filled in.
    ///
    /// Boxed, so that a transport can be chosen when the program starts.
    fn send<'a>(&'a self, mail: &'a OutgoingMail, at: Timestamp) -> Sending<'a>;
}

/// The mail was taken: from now on it is another server's duty to deliver it or to say that it could not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What the server said, with addresses left out.
    pub answer: String,
}

/// The mail was not taken. The reasons hold no address, so that they may be stored and logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It may go later: no connection, a time-out, an answer of the 400s.
    #[error("not sent yet: {reason}")]
    Transient {
        /// Why.
        reason: String,
    },
    /// It may go once somebody mends our settings: the server refuses us, not the mail.
    #[error("not sent yet, because we are refused: {reason}")]
    OurFault {
        /// Why.
        reason: String,
    },
    /// It will never go as it is: an answer of the 500s about it, or a mail that cannot be packed.
    #[error("cannot be sent: {reason}")]
    Permanent {
        /// Why.
        reason: String,
    },
}

impl From<ComposeError> for SendError {
    fn from(error: ComposeError) -> SendError {
        SendError::Permanent {
            reason: error.to_string(),
        }
    }
}

/// The transport that the settings ask for: a server if one is set, else a folder.
///
/// Must be called within a tokio runtime.
///
/// # Errors
/// When the server's settings cannot be used.
pub fn from_settings(
    smtp: Option<SmtpSettings>,
    folder: &Path,
) -> Result<Arc<dyn Transport>, SmtpUrlError> {
    Ok(match smtp {
        Some(settings) => Arc::new(SmtpTransport::new(settings)?),
        None => Arc::new(FolderTransport::new(folder)),
    })
}
