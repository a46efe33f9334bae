//! What a form posted, and what is wrong with it.
//!
//! A refused form comes back filled in: [`Fields`] keeps every value exactly as it was typed, and
//! [`Faults`] says beside which field what must change. Words in a fault are read by parents.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The posted values by field name, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    /// Collects what a form posted; a name may come several times (checkboxes do).
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut fields = Self::default();
        for (name, value) in pairs {
            fields.push(name, value);
        }
        fields
    }

    /// The first value of a field; empty when it was not posted.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// Every value of a field.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a field has this value among others: a ticked box.
    #[must_use]
    pub fn contains(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|posted| posted == value)
    }

    /// Puts one value in place of all that the field had.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), vec![value.into()]);
    }

    /// Adds a value to a field.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.entry(name.into()).or_default().push(value.into());
    }

    /// The same fields without this one: a password is never sent back.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.remove(name);
        self
    }

    /// Every pair of name and value.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(name, values)| {
            values
                .iter()
                .map(move |value| (name.as_str(), value.as_str()))
        })
    }
}

/// One thing to mend, beside one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The name of the field.
    pub field: String,
    /// What to do about it, as a sentence without a full stop.
    pub message: String,
}

/// Everything that is to be mended in a form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// One fault.
    pub fn one(field: impl Into<String>, message: impl Into<String>) -> Self {
        let mut faults = Self::default();
        faults.add(field, message);
        faults
    }

    /// Adds a fault.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(Fault {
            field: field.into(),
            message: message.into(),
        });
    }

    /// The value, or a fault beside `field` in its place.
    pub fn keep<T, E: std::fmt::Display>(&mut self, field: &str, read: Result<T, E>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(problem) => {
                self.add(field, problem.to_string());
                None
            }
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faults in order.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    /// What is wrong with one field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|fault| fault.field == field)
            .map(|fault| fault.message.as_str())
    }

    /// `Ok` when nothing is wrong.
    ///
    /// # Errors
    /// The faults themselves.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ticked_box_is_kept_in_order() {
        let fields = Fields::from_pairs(
            [("support", "large-print"), ("support", "text-only")]
                .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        assert_eq!(fields.all("support"), ["large-print", "text-only"]);
        assert!(fields.contains("support", "text-only"));
        assert_eq!(fields.one("message"), "");
    }

    #[test]
    fn the_first_fault_of_a_field_is_shown_beside_it() {
        let mut faults = Faults::one("message", "Enter your message");
        faults.add("email", "Enter an email address");
        assert_eq!(faults.of("email"), Some("Enter an email address"));
        assert!(faults.into_result().is_err());
    }
}
