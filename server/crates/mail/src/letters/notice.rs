//! The letter that tells people who work here which promises are in danger. It is no family's
//! letter: it has no frame, a council does not word it, and it names nobody who asked, no topic and
//! no child, because a list of mail may stand on a shared screen.

use domain::clock::day_in_words;
use domain::council::Council;
use domain::escalation::EscalationStep;
use domain::ids::MailId;
use domain::reference::Reference;
use jiff::civil::Date;
use minijinja::{Value, context};

use super::{fill, page, plain};
use crate::message::{Letter, private_link_marker};
use crate::outgoing::ComposeError;

const TEXT: &str = include_str!("../../templates/notice.md");

/// What a notice says.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    /// The council's settings: names.
    pub council: &'a Council,
    /// The mail that this letter will be, for the place of its link to the desk.
    pub mail: MailId,
    /// The promises, in any order.
    pub lines: &'a [NoticeLine],
}

/// One promise in danger, or broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeLine {
    /// The enquiry's reference.
    pub reference: Reference,
    /// Why it is told.
    pub step: EscalationStep,
    /// The promised day.
    pub due_on: Date,
}

/// The letter that tells somebody who works here which promises are in danger.
///
/// # Errors
/// When the text cannot be filled in.
pub fn notice(facts: &Notice<'_>) -> Result<Letter, ComposeError> {
    let subject = format!("Enquiries that need you, {}", facts.council.short_name);
    let groups: Vec<Value> = EscalationStep::MOST_URGENT_FIRST
        .iter()
        .filter_map(|step| group(*step, facts.lines))
        .collect();
    let words = context! {
        groups,
        private_link => private_link_marker(facts.mail),
        council_name => facts.council.name,
    };
    let blocks = fill::fill(TEXT, &words)?;
    let html = page::write(&subject, &blocks, page::Print::Usual);
    Letter::new(facts.mail, subject, plain::write(&blocks), Some(html))
}

fn group(step: EscalationStep, lines: &[NoticeLine]) -> Option<Value> {
    let mut lines: Vec<&NoticeLine> = lines.iter().filter(|line| line.step == step).collect();
    lines.sort_by_key(|line| line.due_on);
    let lines: Vec<Value> = lines
        .into_iter()
        .map(|line| {
            let day = day_in_words(line.due_on);
            let due = match step {
                EscalationStep::Breach => format!("We promised an answer by {day}."),
                _ => format!("Answer by {day}."),
            };
            context! { reference => line.reference.to_string(), due }
        })
        .collect();
    let heading = match step {
        EscalationStep::Breach => "The promise is broken",
        EscalationStep::ChasedTwice => "They asked twice where their answer is",
        EscalationStep::DueDay => "To be answered today",
        EscalationStep::FourFifths => "Most of the time is over",
        EscalationStep::Half => "Half of the time is over",
    };
    (!lines.is_empty()).then(|| context! { heading, lines })
}
