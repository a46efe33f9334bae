//! The words of our letters: the acknowledgement, the reply, and the invitation to come and work here.
//!
//! Start with [`acknowledgement`] and [`reply`]. The texts are in `templates/`, each once as plain
//! text and once as HTML; both must say the same. They are written for a reading age of 9: short
//! words, short sentences.
//!
//! An acknowledgement is sent by itself to whatever address a form was given, so it must be useless
//! for sending words to a stranger. It cannot repeat the sender's name, topic or message, because
//! [`Acknowledgement`] has no place for them.

use std::sync::LazyLock;

use domain::clock::day_in_words;
use domain::council::Council;
use domain::ids::MailId;
use domain::reference::Reference;
use jiff::civil::Date;
use minijinja::{Environment, UndefinedBehavior, Value, context};

use crate::message::{Letter, private_link_marker};
use crate::outgoing::ComposeError;

const TEMPLATES: [(&str, &str); 7] = [
    (
        "acknowledgement.txt",
        include_str!("../templates/acknowledgement.txt"),
    ),
    (
        "acknowledgement.html",
        include_str!("../templates/acknowledgement.html"),
    ),
    ("reply.txt", include_str!("../templates/reply.txt")),
    ("reply.html", include_str!("../templates/reply.html")),
    (
        "invitation.txt",
        include_str!("../templates/invitation.txt"),
    ),
    (
        "invitation.html",
        include_str!("../templates/invitation.html"),
    ),
    ("layout.html", include_str!("../templates/layout.html")),
];

/// What an acknowledgement says: our own words and dates, nothing of the sender's.
#[derive(Debug, Clone, Copy)]
pub struct Acknowledgement<'a> {
    /// The council's settings: names, numbers, hours, advice.
    pub council: &'a Council,
    /// The mail that this letter will be, for its private link.
    pub mail: MailId,
    /// The enquiry's reference.
    pub reference: &'a Reference,
    /// The day, in London, on which the enquiry came.
    pub received_on: Date,
    /// The day by which we promise a reply.
    pub due_on: Date,
    /// The team that has the enquiry, as people know it.
    pub team_name: &'a str,
    /// The promise in working days.
    pub working_days: u16,
}

/// What a reply says: a person's text, and how things go on.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'a> {
    /// The council's settings: names, numbers, hours.
    pub council: &'a Council,
    /// The mail that this letter will be, for its private link.
    pub mail: MailId,
    /// The enquiry's reference.
    pub reference: &'a Reference,
    /// Who wrote it.
    pub officer_name: &'a str,
    /// Their team, as people know it.
    pub team_name: &'a str,
    /// What they wrote: lines end in `\n`, an empty line starts a new paragraph.
    pub text: &'a str,
    /// Whether this answers the enquiry.
    pub outcome: ReplyOutcome,
}

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

/// What a reply does to the promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyOutcome {
    /// It answers the enquiry.
    Answer,
    /// It holds: the full answer is promised for another day.
    Holding {
        /// The new day.
        due_on: Date,
    },
}

/// The letter that says: we have your enquiry, and a person will reply by this day.
///
/// # Errors
/// When the template cannot be filled in.
pub fn acknowledgement(facts: &Acknowledgement<'_>) -> Result<Letter, ComposeError> {
    let subject = subject(facts.reference);
    let words = context! {
        received_on => day_in_words(facts.received_on),
        due_on => day_in_words(facts.due_on),
        working_days => facts.working_days,
        team_name => facts.team_name,
        advice => facts.council.advice,
        ..shared_words(facts.council, facts.mail, facts.reference, &subject)
    };
    letter("acknowledgement", facts.mail, subject, &words)
}

/// The letter that carries an officer's own words.
///
/// # Errors
/// When the template cannot be filled in, or the text holds the place of the private link.
pub fn reply(facts: &Reply<'_>) -> Result<Letter, ComposeError> {
    let subject = subject(facts.reference);
    let new_due_on = match facts.outcome {
        ReplyOutcome::Answer => None,
        ReplyOutcome::Holding { due_on } => Some(day_in_words(due_on)),
    };
    let words = context! {
        text => facts.text.trim_end(),
        paragraphs => paragraphs(facts.text),
        officer_name => facts.officer_name,
        team_name => facts.team_name,
        new_due_on,
        ..shared_words(facts.council, facts.mail, facts.reference, &subject)
    };
    letter("reply", facts.mail, subject, &words)
}

/// The letter that lets somebody set a password and come in, for the first time or again.
///
/// # Errors
/// When the template cannot be filled in.
pub fn invitation(facts: &Invitation<'_>) -> Result<Letter, ComposeError> {
    let subject = format!("Your account with {}", facts.council.name);
    let words = context! {
        subject,
        works_until => day_in_words(facts.works_until),
        is_new => facts.purpose == InvitationPurpose::NewAccount,
        private_link => private_link_marker(facts.mail),
        council_name => facts.council.name,
        contact => facts.council.contact,
    };
    letter("invitation", facts.mail, subject, &words)
}

/// The same for every letter about an enquiry, so that mail programs keep them together,
/// and neutral: others may see the list of subjects on a shared screen.
fn subject(reference: &Reference) -> String {
    format!("Your enquiry {reference}")
}

fn shared_words(council: &Council, mail: MailId, reference: &Reference, subject: &str) -> Value {
    context! {
        subject,
        reference => reference.to_string(),
        private_link => private_link_marker(mail),
        council_name => council.name,
        contact => council.contact,
    }
}

/// Every template, read once. One that cannot be read is missing when it is asked for, as an error;
/// the tests ask for all.
static LETTERS: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut letters = Environment::new();
    letters.set_undefined_behavior(UndefinedBehavior::Strict);
    letters.set_trim_blocks(true);
    letters.set_lstrip_blocks(true);
    for (name, source) in TEMPLATES {
        drop(letters.add_template(name, source));
    }
    letters
});

fn letter(
    template: &str,
    mail: MailId,
    subject: String,
    words: &Value,
) -> Result<Letter, ComposeError> {
    // Names that end in .html are escaped by the environment, those in .txt are not.
    let text = LETTERS
        .get_template(&format!("{template}.txt"))?
        .render(words)?;
    let html = LETTERS
        .get_template(&format!("{template}.html"))?
        .render(words)?;
    Letter::new(mail, subject, text, html)
}

/// The text as paragraphs of lines; HTML would otherwise run them together.
fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    text.trim_end()
        .split("\n\n")
        .map(|paragraph| paragraph.trim_matches('\n').lines().collect::<Vec<_>>())
        .filter(|lines| !lines.is_empty())
        .collect()
}
