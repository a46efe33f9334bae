//! The letter that tells administrators what the daily audit found. Like every notice it names nobody who asked.

use domain::council::Council;
use domain::ids::MailId;
use minijinja::{Value, context};

use super::{fill, page, plain};
use crate::message::{Letter, private_link_marker};
use crate::outgoing::ComposeError;

const TEXT: &str = include_str!("../../templates/audit-notice.md");

/// What such a letter says.
#[derive(Debug, Clone, Copy)]
pub struct AuditNotice<'a> {
    /// The council's settings: names.
    pub council: &'a Council,
    /// The mail that this letter will be, for the place of its link to the desk.
    pub mail: MailId,
    /// What was found, in words, and in how many places.
    pub findings: &'a [(&'static str, u64)],
}

/// The letter that tells an administrator what the daily audit found.
///
/// # Errors
/// When the text cannot be filled in.
pub fn audit_notice(facts: &AuditNotice<'_>) -> Result<Letter, ComposeError> {
    let subject = format!("The daily check, {}", facts.council.short_name);
    let findings: Vec<Value> = facts
        .findings
        .iter()
        .map(|(what, places)| {
            let places = match places {
                1 => "In 1 place.".to_owned(),
                places => format!("In {places} places."),
            };
            context! { what => sentence(what), places }
        })
        .collect();
    let words = context! {
        findings,
        private_link => private_link_marker(facts.mail),
        council_name => facts.council.name,
    };
    let blocks = fill::fill(TEXT, &words)?;
    let html = page::write(&subject, &blocks, page::Print::Usual);
    Letter::new(facts.mail, subject, plain::write(&blocks), Some(html))
}

fn sentence(what: &str) -> String {
    let mut letters = what.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
