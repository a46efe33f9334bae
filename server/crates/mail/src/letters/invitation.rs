//! The letter that lets somebody set a password and come in to work here. It is no family's letter:
//! it has no frame, and a council does not word it.

use domain::clock::day_in_words;
use domain::council::Council;
use domain::ids::MailId;
use jiff::civil::Date;
use minijinja::context;

use super::{fill, page, plain};
use crate::message::{Letter, private_link_marker};
use crate::outgoing::ComposeError;

const TEXT: &str = include_str!("../../templates/invitation.md");

/// What an invitation says to somebody who is to work here.
#[derive(Debug, Clone, Copy)]
pub struct Invitation<'a> {
    /// The council's settings: names.
    pub council: &'a Council,
    /// The mail that this letter will be, for its private link.
    pub mail: MailId,
    /// What its link is for.
    pub purpose: InvitationPurpose,
    /// The last day, in London, on which the link works.
    pub works_until: Date,
}

/// What an invitation's link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationPurpose {
    /// To set the first password.
    NewAccount,
    /// To set another password, because the old one is forgotten.
    NewPassword,
}

/// The letter that lets somebody set a password and come in, for the first time or again.
///
/// # Errors
/// When the text cannot be filled in.
pub fn invitation(facts: &Invitation<'_>) -> Result<Letter, ComposeError> {
    let subject = format!("Your account with {}", facts.council.name);
    let words = context! {
        works_until => day_in_words(facts.works_until),
        is_new => facts.purpose == InvitationPurpose::NewAccount,
        private_link => private_link_marker(facts.mail),
        council_name => facts.council.name,
    };
    let blocks = fill::fill(TEXT, &words)?;
    let html = page::write(&subject, &blocks, page::Print::Usual);
    Letter::new(facts.mail, subject, plain::write(&blocks), Some(html))
}
