//! The words of our letters: the acknowledgement, the reply, and what else we write by ourselves.
//!
//! Start with [`compose`]. Each kind of letter has a text in `templates/`, which a council may put
//! its own in place of ([`check`] says what is wrong with one). A text is written once, with a few
//! marks (`markup.rs`), and becomes both the plain part and the page of a mail, so that both say the
//! same. Below it stands what no council may leave out (`templates/frame.md`): when messages are
//! read, what to do in danger, and who gives independent advice.
//!
//! The product's own texts are written for a reading age of 9: short words, short sentences.
//!
//! A letter that our system sends by itself goes to whatever address a form was given, so it must be
//! useless for sending words to a stranger: [`Facts`] has no place for anything a correspondent
//! typed.

mod audit_notice;
mod check;
mod example;
mod facts;
mod fill;
mod invitation;
mod markup;
mod notice;
mod page;
mod plain;

use domain::codes::LetterKind;
use domain::reference::Reference;

pub use self::audit_notice::{AuditNotice, audit_notice};
pub use self::check::{TextProblem, check, placeholders};
pub use self::example::{Preview, preview};
pub use self::facts::{About, Facts};
pub use self::invitation::{Invitation, InvitationPurpose, invitation};
pub use self::notice::{HandedOver, Notice, NoticeLine, notice};
use self::page::Print;
use crate::message::Letter;
use crate::outgoing::ComposeError;

/// What stands below every letter.
const FRAME: &str = include_str!("../templates/frame.md");

/// How a correspondent asked to be written to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    /// The plain part and the page.
    #[default]
    Usual,
    /// The page in large print, beside the plain part.
    LargePrint,
    /// The plain part alone.
    TextOnly,
}

/// The product's own words for a kind of letter.
#[must_use]
pub const fn standard(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Acknowledgement => include_str!("../templates/acknowledgement.md"),
        LetterKind::Reply => include_str!("../templates/reply.md"),
        LetterKind::HoldingReply => include_str!("../templates/holding-reply.md"),
        LetterKind::WaitingForYou => include_str!("../templates/waiting-for-you.md"),
        LetterKind::WaitReminder => include_str!("../templates/wait-reminder.md"),
        LetterKind::PromiseMoved => include_str!("../templates/promise-moved.md"),
        LetterKind::Closed => include_str!("../templates/closed.md"),
        LetterKind::Reopened => include_str!("../templates/reopened.md"),
    }
}

/// The letter with these facts, in the council's words where it has its own.
///
/// # Errors
/// When the text cannot be filled in, or does not hold the place of the private link exactly once.
pub fn compose(facts: &Facts<'_>, form: Form) -> Result<Letter, ComposeError> {
    let kind = facts.about.kind();
    let own = facts.council.letters.get(&kind);
    compose_from(
        own.map_or_else(|| standard(kind), String::as_str),
        facts,
        form,
    )
}

/// The letter with these facts and with words that are not kept yet: what a preview shows.
///
/// # Errors
/// As [`compose`].
pub fn compose_from(text: &str, facts: &Facts<'_>, form: Form) -> Result<Letter, ComposeError> {
    let words = facts.words();
    let mut blocks = fill::fill(text, &words)?;
    blocks.extend(fill::fill(FRAME, &words)?);
    let subject = subject(facts.reference);
    let print = match form {
        Form::Usual => Some(Print::Usual),
        Form::LargePrint => Some(Print::Large),
        Form::TextOnly => None,
    };
    let html = print.map(|print| page::write(&subject, &blocks, print));
    Letter::new(facts.mail, subject, plain::write(&blocks), html)
}

/// The same for every letter about an enquiry, so that mail programs keep them together,
/// and neutral: others may see the list of subjects on a shared screen.
fn subject(reference: Reference) -> String {
    format!("Your question {reference}")
}
