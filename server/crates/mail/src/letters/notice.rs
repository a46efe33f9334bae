//! The letter that tells people who work here which promises are in danger, which enquiries came
//! to them, and whom they are to remind. It is no family's letter: it has no frame, a council does not word it, and it names nobody who asked, no topic and
//! no child, because a list of mail may stand on a shared screen.

use domain::clock::day_in_words;
use domain::codes::HandOverWay;
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
    /// The enquiries that came to them, in any order.
    pub handed_over: &'a [HandedOver],
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

/// An enquiry that came to whoever is told, or of which they are to remind somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandedOver {
    /// The enquiry's reference.
    pub reference: Reference,
    /// How it came to them.
    pub way: HandOverWay,
    /// The promised day, none while no promise runs; of a reminder, the day until which we wait, none once we do not.
    pub due_on: Option<Date>,
}

/// The letter that tells somebody who works here which promises are in danger, and what came to them.
///
/// # Errors
/// When the text cannot be filled in.
pub fn notice(facts: &Notice<'_>) -> Result<Letter, ComposeError> {
    let subject = format!("Enquiries that need you, {}", facts.council.short_name);
    let groups: Vec<Value> = EscalationStep::MOST_URGENT_FIRST
        .iter()
        .filter_map(|step| group(*step, facts.lines))
        .chain(
            HandOverWay::ALL
                .iter()
                .filter_map(|way| came(*way, facts.handed_over)),
        )
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

fn came(way: HandOverWay, handed_over: &[HandedOver]) -> Option<Value> {
    let mut came: Vec<&HandedOver> = handed_over.iter().filter(|one| one.way == way).collect();
    // What has no day comes last.
    came.sort_by_key(|one| one.due_on.unwrap_or(Date::MAX));
    let lines: Vec<Value> = came
        .into_iter()
        .map(|one| {
            let due = due(way, one.due_on);
            context! { reference => one.reference.to_string(), due }
        })
        .collect();
    let heading = match way {
        HandOverWay::ToOfficer => "Passed on to you",
        HandOverWay::ToTeam => "Passed on to your team",
        HandOverWay::BackToTeam => "Back with your team, nobody has it",
        HandOverWay::ToRing => "Ring them to remind them",
        HandOverWay::ToWrite => "Write to them to remind them",
    };
    (!lines.is_empty()).then(|| context! { heading, lines })
}

fn due(way: HandOverWay, day: Option<Date>) -> String {
    let reminds = matches!(way, HandOverWay::ToRing | HandOverWay::ToWrite);
    match day.map(day_in_words) {
        Some(day) if reminds => format!("We wait for them until {day}. No mail reminds them."),
        None if reminds => "They need no reminder any more.".to_owned(),
        Some(day) => format!("Answer by {day}."),
        None => "No answer is due just now.".to_owned(),
    }
}
