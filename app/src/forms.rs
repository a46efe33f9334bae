//! A form as a page shows it: what was typed, and what is to be mended.

use domain::form::{Fault, Faults, Fields};

/// The submitted (or kept) values of a form and the faults found in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The values as typed.
    pub values: Fields,
    /// What is to be mended.
    pub errors: Faults,
}

impl Form {
    /// A form that is shown filled in, with nothing wrong.
    #[must_use]
    pub fn filled(values: Fields) -> Self {
        Self {
            values,
            errors: Faults::default(),
        }
    }

    /// A form that was refused.
    #[must_use]
    pub fn refused(values: Fields, errors: Faults) -> Self {
        Self { values, errors }
    }

    pub(crate) fn value(&self, name: &str) -> String {
        self.values.one(name).to_owned()
    }

    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        self.values.all(name).to_vec()
    }

    pub(crate) fn error(&self, name: &str) -> Option<String> {
        self.errors.of(name).map(str::to_owned)
    }

    /// Field and message of every fault, for the error summary.
    pub(crate) fn error_list(&self) -> Vec<(String, String)> {
        self.errors
            .iter()
            .map(|Fault { field, message }| (field.clone(), message.clone()))
            .collect()
    }
}
