//! How much of an enquiry's file an officer had seen when they filled in a form.
//!
//! Between opening the file and pressing the button, the family may write again or a colleague may
//! answer. The form carries what its page showed, in the hidden field [`Seen::FIELD`]; an act that
//! would be wrong after such news is refused as [`Error::Stale`], and the page shows what is new.

use std::{fmt, str::FromStr};

use domain::{enquiry::Enquiry, form::Fields};
use store::Tx;

use crate::Error;

/// A state of an enquiry's file. Messages are only ever added, so that their number tells the new
/// ones from those that were seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    revision: i64,
    messages: usize,
}

/// The text is no [`Seen`] of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this does not say what was seen")]
pub struct NotSeen;

impl Seen {
    /// The hidden field's name.
    pub const FIELD: &'static str = "seen";

    pub(super) const fn of(enquiry: &Enquiry, messages: usize) -> Self {
        Self {
            revision: enquiry.revision,
            messages,
        }
    }

    /// How many messages, from the first, the page showed.
    #[must_use]
    pub const fn messages(self) -> usize {
        self.messages
    }

    /// What the form's page had shown; `None` on a page from before the field existed.
    #[must_use]
    pub fn read(fields: &Fields) -> Option<Self> {
        fields.one(Self::FIELD).parse().ok()
    }
}

/// Refuses a form whose page showed another state of the enquiry than the one that it is in.
pub(super) async fn unchanged(
    tx: &mut Tx,
    enquiry: &Enquiry,
    fields: &Fields,
) -> Result<(), Error> {
    let Some(seen) = Seen::read(fields) else {
        return Ok(());
    };
    let messages = tx.messages().for_enquiry(enquiry.id).await?.len();
    if seen == Seen::of(enquiry, messages) {
        Ok(())
    } else {
        Err(Error::Stale)
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.revision, self.messages)
    }
}

impl FromStr for Seen {
    type Err = NotSeen;

    fn from_str(text: &str) -> Result<Self, NotSeen> {
        let (revision, messages) = text.split_once('.').ok_or(NotSeen)?;
        Ok(Self {
            revision: revision.parse().map_err(|_| NotSeen)?,
            messages: messages.parse().map_err(|_| NotSeen)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_reads_back_from_its_form() {
        let seen = Seen {
            revision: 7,
            messages: 3,
        };
        assert_eq!(seen.to_string().parse(), Ok(seen));
        for odd in ["", "7", "7.", "seven.3", "7.-3"] {
            assert_eq!(odd.parse::<Seen>(), Err(NotSeen), "{odd}");
        }
    }
}
