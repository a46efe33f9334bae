//! Our own property `send` of a service: what the standard has no words for.
//!
//! ```json
//! "send": {
//!   "delivery": ["in-person", "at-home"], "referral": "self-referral", "charge": "means-tested",
//!   "answers": [{"question": "visit-first", "answer": "Yes. Ring us."}],
//!   "waits": [{"area": "Dover", "weeks": 12, "stated_on": "2026-09-01", "source": "The service"}],
//!   "while_you_wait": "…", "checked_by": "Local offer team"
//! }
//! ```
//! A location's `send` holds `"address_shown": "town-only"`.

use std::str::FromStr;

use super::record::Record;
use crate::local_offer::{AddressShown, SendAnswer, SendDetails, WaitingTime};

/// A service's property `send`; what it says wrongly is left out with a warning.
pub(super) fn details(service: &Record<'_>) -> SendDetails {
    let Some(record) = service.child("send") else {
        return SendDetails::default();
    };
    SendDetails {
        delivery: codes(&record, "delivery"),
        referral: record.parsed("referral"),
        charge: record.parsed("charge"),
        answers: answers(&record),
        waits: record.children("waits").iter().filter_map(wait).collect(),
        while_you_wait: record.text("while_you_wait"),
        checked_by: record.line("checked_by"),
    }
}

/// How much of a location's address may be shown.
pub(super) fn address_shown(location: &Record<'_>) -> AddressShown {
    let Some(record) = location.child("send") else {
        return AddressShown::Whole;
    };
    match record
        .line("address_shown")
        .map(|code| code.parse::<AddressShown>())
    {
        None => AddressShown::Whole,
        Some(Ok(shown)) => shown,
        Some(Err(error)) => {
            record.warn("address_shown", error);
            // Who asked for anything here did not ask for all of it to be shown.
            AddressShown::TownOnly
        }
    }
}

/// A list of codes, each once.
fn codes<T>(record: &Record<'_>, field: &str) -> Vec<T>
where
    T: FromStr + PartialEq,
    T::Err: std::fmt::Display,
{
    let mut codes = Vec::new();
    for text in record.lines(field) {
        match text.parse() {
            Ok(code) if !codes.contains(&code) => codes.push(code),
            Ok(_) => {}
            Err(error) => record.warn(field, error),
        }
    }
    codes
}

fn answers(record: &Record<'_>) -> Vec<SendAnswer> {
    let mut answers: Vec<SendAnswer> = Vec::new();
    for entry in record.children("answers") {
        let (Some(question), Some(answer)) = (entry.parsed("question"), entry.text("answer"))
        else {
            continue;
        };
        if answers.iter().any(|known| known.question == question) {
            entry.warn("question", "is answered twice");
        } else {
            answers.push(SendAnswer { question, answer });
        }
    }
    answers
}

fn wait(record: &Record<'_>) -> Option<WaitingTime> {
    let weeks = record.number("weeks")?;
    // Ten years: more is a slip of the pen.
    if !(0.0..=520.0).contains(&weeks) {
        record.warn("weeks", "must be 0 to 520");
        return None;
    }
    Some(WaitingTime {
        area: record.line("area"),
        weeks: weeks.round() as u16,
        stated_on: record.date("stated_on")?,
        source: record.line("source"),
    })
}
