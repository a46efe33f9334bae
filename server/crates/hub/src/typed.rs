//! Reading what was typed into a form's fields: the value, or a fault beside the field.

use std::str::FromStr;

use domain::{
    form::{Faults, Fields},
    text::{TextFault, clean_line, clean_prose, number},
};
use jiff::civil::Date;

/// One of a list's codes; `request` asks for it.
pub(crate) fn code<T: FromStr>(
    faults: &mut Faults,
    fields: &Fields,
    field: &str,
    request: &str,
) -> Option<T> {
    let read = fields.one(field).parse().ok();
    if read.is_none() {
        faults.add(field, request);
    }
    read
}

/// One of a list's codes, or none.
pub(crate) fn optional_code<T: FromStr>(
    faults: &mut Faults,
    fields: &Fields,
    field: &str,
) -> Option<T> {
    if fields.one(field).is_empty() {
        return None;
    }
    code(faults, fields, field, "Choose one of the answers, or none")
}

/// A value that may be left out; `request` asks for a right one.
pub(crate) fn optional<T: FromStr>(
    faults: &mut Faults,
    fields: &Fields,
    field: &str,
    request: &str,
) -> Option<T> {
    let typed = fields.one(field).trim();
    if typed.is_empty() {
        return None;
    }
    let read = typed.parse().ok();
    if read.is_none() {
        faults.add(field, request);
    }
    read
}

/// A line of text; `request` asks for it.
pub(crate) fn line(
    faults: &mut Faults,
    fields: &Fields,
    field: &str,
    max: usize,
    request: &str,
) -> Option<String> {
    match clean_line(fields.one(field), max) {
        Ok(line) => Some(line),
        Err(fault) => {
            faults.add(field, words(&fault, request, "This"));
            None
        }
    }
}

/// A line of text that may be left out.
pub(crate) fn optional_line(
    faults: &mut Faults,
    fields: &Fields,
    field: &str,
    max: usize,
) -> Option<String> {
    if fields.one(field).trim().is_empty() {
        return None;
    }
    line(faults, fields, field, max, "")
}

/// A text of many lines that may be left out.
pub(crate) fn optional_prose(
    faults: &mut Faults,
    fields: &Fields,
    field: &str,
    max: usize,
) -> Option<String> {
    let typed = fields.one(field);
    if typed.trim().is_empty() {
        return None;
    }
    match clean_prose(typed, max) {
        Ok(text) => Some(text),
        Err(fault) => {
            faults.add(field, words(&fault, "", "This"));
            None
        }
    }
}

/// What a text's fault tells the person who typed it.
pub(crate) fn words(fault: &TextFault, when_empty: &str, what: &str) -> String {
    match fault {
        TextFault::Empty => when_empty.to_owned(),
        TextFault::TooLong { max, actual } => {
            let (max, actual) = (number(*max), number(*actual));
            format!("{what} must be {max} characters or fewer. It has {actual}")
        }
        TextFault::ControlCharacter => {
            format!("{what} has a hidden character in it. Type it again, or paste it as plain text")
        }
    }
}

/// A day in three fields, `name-day`, `name-month` and `name-year`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypedDay {
    /// Nothing in any of them.
    Nothing,
    /// A day that is in the calendar.
    Day(Date),
    /// Anything else.
    NoDay,
}

pub(crate) fn day(fields: &Fields, name: &str) -> TypedDay {
    let [day, month, year] = ["day", "month", "year"]
        .map(|part| fields.one(&format!("{name}-{part}")).trim().to_owned());
    if [&day, &month, &year].into_iter().all(String::is_empty) {
        return TypedDay::Nothing;
    }
    match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => {
            Date::new(year, month, day).map_or(TypedDay::NoDay, TypedDay::Day)
        }
        _ => TypedDay::NoDay,
    }
}
