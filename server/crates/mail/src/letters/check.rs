//! What is wrong with a text that a council would put in place of ours: told when it is saved, so
//! that no letter fails when it is sent.

use std::collections::BTreeSet;

use domain::codes::LetterKind;
use domain::council::Council;
use minijinja::ErrorKind;

use super::example::{example, examples};
use super::facts::Facts;
use super::fill::{self, BEGIN, END};
use super::{Form, compose_from};
use crate::outgoing::ComposeError;

/// Longest text, in characters.
const LONGEST: usize = 10_000;

/// Why a text cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextProblem {
    /// There is nothing in it.
    #[error("Write the letter, or go back to the standard words")]
    Empty,
    /// It is too long.
    #[error("The letter must be {LONGEST} characters or fewer. It has {0}")]
    TooLong(usize),
    /// It cannot be read.
    #[error("Line {line}: {what}")]
    Unreadable {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        what: String,
    },
    /// Filling it in does not come to an end.
    #[error("The letter repeats itself too often")]
    TooMuch,
    /// A placeholder that this letter does not have.
    #[error("There is no “{name}” to fill in here. You can use: {}", .known.join(", "))]
    Unknown {
        /// What was written.
        name: String,
        /// What there is.
        known: Vec<&'static str>,
    },
    /// A placeholder that must be there.
    #[error("The letter must say {{{{ {0} }}}}")]
    Missing(&'static str),
    /// The private link does not stand in it exactly once.
    #[error(
        "{{{{ private_link }}}} must stand in the letter once: as the address of a link, like [See your question]({{{{ private_link }}}})"
    )]
    PrivateLink,
    /// A character that no letter can hold.
    #[error("There is a hidden character in the letter: type it again, or paste it as plain text")]
    HiddenCharacter,
}

/// What can be filled in in a letter, and what each stands for. Those with `true` must be there.
#[must_use]
pub const fn placeholders(kind: LetterKind) -> &'static [(&'static str, &'static str, bool)] {
    const REFERENCE: (&str, &str, bool) = ("reference", "The enquiry’s reference", true);
    const LINK: (&str, &str, bool) = ("private_link", "The address of their private page", true);
    const TEAM: (&str, &str, bool) = ("team_name", "The team that has it", false);
    const COUNCIL: (&str, &str, bool) = ("council_name", "The council’s name", false);
    const PHONE: (&str, &str, bool) = ("telephone", "The number for enquiries", false);
    const HOURS: (&str, &str, bool) = ("telephone_hours", "When it is answered", false);
    const RECEIVED: (&str, &str, bool) = ("received_on", "The day on which it came", false);
    const DUE: (&str, &str, bool) = ("due_on", "The promised day", true);
    const DAYS: (&str, &str, bool) = ("working_days", "The promise in working days", false);
    const OFFICER: (&str, &str, bool) = ("officer_name", "Who wrote it", true);
    const TEXT: (&str, &str, bool) = ("text", "What the officer wrote", true);
    const WHY: (&str, &str, bool) = ("why", "Why it is closed, as a sentence", true);
    const UNTIL: (&str, &str, bool) = ("until", "The day until which we wait", true);
    const WAITS_FOR: (&str, &str, bool) = (
        "waits_for",
        "What we wait for, like “a document or a report”",
        true,
    );
    match kind {
        LetterKind::Acknowledgement | LetterKind::Reopened => &[
            REFERENCE, DUE, LINK, RECEIVED, DAYS, TEAM, COUNCIL, PHONE, HOURS,
        ],
        LetterKind::WaitingForYou => &[
            TEXT, OFFICER, UNTIL, REFERENCE, LINK, TEAM, COUNCIL, PHONE, HOURS,
        ],
        LetterKind::WaitReminder => &[
            REFERENCE, WAITS_FOR, UNTIL, LINK, TEAM, COUNCIL, PHONE, HOURS,
        ],
        LetterKind::PromiseMoved => &[REFERENCE, DUE, LINK, TEAM, COUNCIL, PHONE, HOURS],
        LetterKind::Closed => &[REFERENCE, WHY, LINK, TEAM, COUNCIL, PHONE, HOURS],
        LetterKind::Reply => &[TEXT, OFFICER, REFERENCE, LINK, TEAM, COUNCIL, PHONE, HOURS],
        LetterKind::HoldingReply => &[
            TEXT, OFFICER, DUE, REFERENCE, LINK, TEAM, COUNCIL, PHONE, HOURS,
        ],
    }
}

/// Whether a text can stand for a kind of letter.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check(kind: LetterKind, text: &str, council: &Council) -> Result<(), Vec<TextProblem>> {
    let length = text.chars().count();
    let hidden = |letter: char| {
        matches!(letter, BEGIN | END) || (letter.is_control() && !matches!(letter, '\n' | '\t'))
    };
    if text.trim().is_empty() {
        return Err(vec![TextProblem::Empty]);
    } else if length > LONGEST {
        return Err(vec![TextProblem::TooLong(length)]);
    } else if text.contains(hidden) {
        return Err(vec![TextProblem::HiddenCharacter]);
    }
    let named = named(text).map_err(|problem| vec![problem])?;
    let known = placeholders(kind);
    let names: Vec<&'static str> = known.iter().map(|(name, ..)| *name).collect();
    let unknown = named
        .iter()
        .filter(|name| !names.contains(&name.as_str()))
        .map(|name| TextProblem::Unknown {
            name: name.clone(),
            known: names.clone(),
        });
    let missing = known
        .iter()
        .filter(|(name, _, must)| *must && !named.contains(*name))
        .map(|(name, ..)| TextProblem::Missing(name));
    let problems: Vec<TextProblem> = unknown.chain(missing).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    try_out(kind, text, council).map_err(|problem| vec![problem])
}

/// The names that a text asks for.
fn named(text: &str) -> Result<BTreeSet<String>, TextProblem> {
    let environment = fill::environment();
    let template = environment.template_from_str(text).map_err(unreadable)?;
    Ok(template.undeclared_variables(false).into_iter().collect())
}

fn unreadable(problem: minijinja::Error) -> TextProblem {
    if problem.kind() == ErrorKind::OutOfFuel {
        return TextProblem::TooMuch;
    }
    let what = problem
        .detail()
        .map_or_else(|| problem.kind().to_string(), str::to_owned);
    TextProblem::Unreadable {
        line: problem.line().unwrap_or(1),
        what,
    }
}

/// Fills it in with facts of each shape: what is conditional must be right both ways.
fn try_out(kind: LetterKind, text: &str, council: &Council) -> Result<(), TextProblem> {
    for about in examples(kind) {
        let facts = example(council, about);
        match compose_from(text, &facts, Form::Usual) {
            Ok(letter) => {
                for fact in must_say(&facts) {
                    if !letter.text.contains(&fact.1) {
                        return Err(TextProblem::Missing(fact.0));
                    }
                }
            }
            Err(ComposeError::Template(problem)) => return Err(unreadable(problem)),
            Err(_) => return Err(TextProblem::PrivateLink),
        }
    }
    Ok(())
}

/// What must be read in the letter, whichever way its conditions go.
fn must_say(facts: &Facts<'_>) -> Vec<(&'static str, String)> {
    let words = facts.words();
    placeholders(facts.about.kind())
        .iter()
        .filter(|(name, _, must)| *must && *name != "private_link")
        .filter_map(|(name, ..)| Some((*name, words.get_attr(name).ok()?.to_string())))
        .collect()
}
