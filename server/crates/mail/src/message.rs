//! A [`Letter`] as the outbox keeps it, and the place where its private link will stand.
//!
//! The outbox must not hold working links: whoever reads a backup of it could open every enquiry.
//! So a stored letter holds a marker, and the link is put there at the moment of sending
//! ([`crate::OutgoingMail::with_private_link`]).
//!
//! The marker contains the mail's own id. A fixed marker could be typed, by chance or in malice,
//! into the text of a reply, and would come out as a working link in the middle of it. The id
//! is made, with 74 random bits, when the letter is; nobody could have typed it before. [`Letter::new`]
//! checks this all the same: a letter with more than one marker in a body is refused.

use domain::ids::MailId;

use crate::outgoing::ComposeError;

/// A letter as its template made it: ready for the outbox, its private link still a marker.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject: neutral, never a topic or a name.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as a page of HTML; `None` for people who asked for text only.
    pub html: Option<String>,
}

/// Whatever a letter says is private, so that a logged one must say nothing.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter").finish_non_exhaustive()
    }
}

impl Letter {
    /// Puts together what the templates made for the mail `mail`.
    ///
    /// # Errors
    /// [`ComposeError::Marker`] unless each body holds the marker exactly once.
    pub(crate) fn new(
        mail: MailId,
        subject: String,
        text: String,
        html: Option<String>,
    ) -> Result<Letter, ComposeError> {
        let marker = private_link_marker(mail);
        let once = |body: &str| body.matches(&marker).count() == 1;
        if !once(&text) || !html.as_deref().is_none_or(once) {
            return Err(ComposeError::Marker);
        }
        Ok(Letter {
            subject,
            text,
            html,
        })
    }
}

/// What stands in the stored bodies of the mail `mail` where its private link belongs.
#[must_use]
pub fn private_link_marker(mail: MailId) -> String {
    format!("private-link-of-{mail}")
}
