//! What a use case can answer instead of doing what it was asked.

use domain::{enquiry, form::Faults};
use store::StoreError;

/// Why a use case did nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The person can mend it; nothing was changed.
    #[error("the form was refused")]
    Refused(Faults),
    /// Not there, or not for this person: told alike, so that nobody learns which.
    #[error("not found")]
    NotFound,
    /// Somebody else changed the same thing first; nothing was changed.
    #[error("somebody else changed this first")]
    Stale,
    /// Too many tries; seconds until the next may succeed.
    #[error("too many tries, the next in {retry_after_s} s")]
    TooMany {
        /// Seconds to wait.
        retry_after_s: u64,
    },
    /// Our fault. The detail is for the log, never for a page.
    #[error("internal: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    pub(crate) fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(cause))
    }

    /// A fault beside one field.
    pub(crate) fn refused(field: &str, message: impl Into<String>) -> Self {
        Self::Refused(Faults::one(field, message))
    }

    /// Whether the database is out of reach, so that trying again later may help.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        matches!(
            self,
            Self::Internal(cause) if matches!(
                cause.downcast_ref::<StoreError>(),
                Some(StoreError::Unavailable { .. })
            )
        )
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { .. } => Self::Stale,
            other => Self::internal(other),
        }
    }
}

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        Self::Refused(faults)
    }
}

/// What the enquiry's own rules refuse, an officer can read beside the form.
pub(crate) fn refused_by_rules(field: &str, refusal: enquiry::Refused) -> Error {
    let words = refusal.to_string();
    let mut letters = words.chars();
    let sentence = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect::<String>());
    Error::refused(field, sentence.unwrap_or_default())
}
