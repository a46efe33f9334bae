//! One JSON object and how its properties are read: every reading either gives a value or notes what is wrong.

use std::cell::RefCell;
use std::fmt::Display;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::Fault;
use super::markup::plain;
use crate::email::EmailAddress;

/// What was found wrong so far. Shared by all the records of a file, hence the cells.
#[derive(Debug, Default)]
pub(super) struct Findings {
    faults: RefCell<Vec<Fault>>,
    warnings: RefCell<Vec<Fault>>,
}

impl Findings {
    /// How many faults there are so far.
    pub(super) fn faults(&self) -> usize {
        self.faults.borrow().len()
    }

    /// The faults and the warnings, taken out.
    pub(super) fn take(&self) -> (Vec<Fault>, Vec<Fault>) {
        (self.faults.take(), self.warnings.take())
    }
}

/// One JSON object of the file, with its name for people and its path inside the outermost record.
#[derive(Clone, Debug)]
pub(super) struct Record<'a> {
    label: String,
    path: String,
    object: &'a Map<String, Value>,
    findings: &'a Findings,
}

impl<'a> Record<'a> {
    /// An outermost record; a fault when it is not an object.
    pub(super) fn top(label: String, value: &'a Value, findings: &'a Findings) -> Option<Self> {
        let Some(object) = value.as_object() else {
            let problem = "must be an object".to_owned();
            findings.faults.borrow_mut().push(Fault {
                record: label,
                field: String::new(),
                problem,
            });
            return None;
        };
        Some(Self {
            label,
            path: String::new(),
            object,
            findings,
        })
    }

    /// The same record under a better name, if it has an id: `service ac148810… “Community Counselling”`.
    pub(super) fn named(&self, kind: &str) -> Self {
        let mut record = self.clone();
        let text = |field| self.value(field).and_then(Value::as_str);
        if let Some(id) = text("id").and_then(|id| Uuid::parse_str(id.trim()).ok()) {
            let id = id.to_string();
            record.label = format!("{kind} {}…", id.get(..8).unwrap_or(&id));
            if let Some(name) = text("name") {
                record.label.push_str(&format!(" “{}”", name.trim()));
            }
            record.path = String::new();
        }
        record
    }

    /// The whole object.
    pub(super) fn object(&self) -> &'a Map<String, Value> {
        self.object
    }

    /// Whether the property is there and not null.
    pub(super) fn has(&self, field: &str) -> bool {
        self.value(field).is_some()
    }

    fn value(&self, field: &str) -> Option<&'a Value> {
        self.object.get(field).filter(|value| !value.is_null())
    }

    /// Notes something that keeps the file from being used.
    pub(super) fn fault(&self, field: &str, problem: impl Display) {
        self.findings
            .faults
            .borrow_mut()
            .push(self.finding(field, problem));
    }

    /// Notes something odd that was left out.
    pub(super) fn warn(&self, field: &str, problem: impl Display) {
        self.findings
            .warnings
            .borrow_mut()
            .push(self.finding(field, format!("{problem}; left out")));
    }

    fn finding(&self, field: &str, problem: impl Display) -> Fault {
        let field = match (self.path.as_str(), field) {
            ("", field) => field.to_owned(),
            (path, "") => path.to_owned(),
            (path, field) => format!("{path}.{field}"),
        };
        Fault {
            record: self.label.clone(),
            field,
            problem: problem.to_string(),
        }
    }

    /// Text without control characters and without HTML, with line breaks as `\n`; absent when blank.
    pub(super) fn text(&self, field: &str) -> Option<String> {
        let raw = match self.value(field)? {
            Value::String(text) => text.replace("\r\n", "\n").replace('\r', "\n"),
            Value::Number(number) => number.to_string(),
            _ => {
                self.fault(field, "must be text");
                return None;
            }
        };
        let clean: String = plain(&raw)
            .chars()
            .filter(|c| matches!(c, '\n' | '\t') || !c.is_control())
            .collect();
        let clean = clean.trim();
        (!clean.is_empty()).then(|| clean.to_owned())
    }

    /// Text on one line.
    pub(super) fn line(&self, field: &str) -> Option<String> {
        let text = self.text(field)?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The texts of a list, each on one line; a single text counts as a list of one.
    pub(super) fn lines(&self, field: &str) -> Vec<String> {
        let Some(Value::Array(values)) = self.value(field) else {
            return self.line(field).into_iter().collect();
        };
        let lines = values.iter().filter_map(|value| {
            let text = value.as_str();
            if text.is_none() {
                self.warn(field, "must be a list of texts");
            }
            text
        });
        lines
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect()
    }

    /// Text on one line that must be there.
    pub(super) fn required_line(&self, field: &str) -> Option<String> {
        let line = self.line(field);
        if line.is_none() && self.value(field).is_none_or(Value::is_string) {
            self.fault(field, "is missing");
        }
        line
    }

    /// An id that must be there.
    pub(super) fn required_id(&self) -> Option<Uuid> {
        let text = self.required_line("id")?;
        let id = Uuid::parse_str(&text).ok();
        if id.is_none() {
            self.fault("id", "must be a UUID");
        }
        id
    }

    /// An id that may be absent; a warning when it is none.
    pub(super) fn id(&self, field: &str) -> Option<Uuid> {
        let text = self.line(field)?;
        let id = Uuid::parse_str(&text).ok();
        if id.is_none() {
            self.warn(field, "must be a UUID");
        }
        id
    }

    /// The id of a part. Tidying has seen to it that there is one.
    pub(super) fn part_id(&self) -> Uuid {
        self.id("id").unwrap_or_default()
    }

    /// A value that parses from text; when it does not, a warning.
    pub(super) fn parsed<T>(&self, field: &str) -> Option<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        let text = self.line(field)?;
        if says_nothing(&text) {
            return None;
        }
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.warn(field, error);
                None
            }
        }
    }

    /// An address for mail, as people type it: spaces in it, several of which the first counts.
    pub(super) fn email(&self, field: &str) -> Option<EmailAddress> {
        let text = self.line(field)?.replace(" @", "@").replace("@ ", "@");
        let mut parts = text.trim_start_matches("mailto:").split([';', ',', ' ']);
        let Ok(address) = parts.next().unwrap_or_default().parse() else {
            return self.parsed(field);
        };
        if parts.any(|part| part.contains('@')) {
            self.warn(field, "more than one address");
        }
        Some(address)
    }

    /// A whole number of the kind that is wanted; a warning when it is none.
    pub(super) fn whole_number<T: TryFrom<i64>>(&self, field: &str) -> Option<T> {
        let number = self.number(field)?;
        // Beyond a million nothing of ours is counted; what is cut off by the cast is checked first.
        let whole = (number.fract() == 0.0 && number.abs() < 1e6).then_some(number as i64);
        let number = whole.and_then(|whole| T::try_from(whole).ok());
        if number.is_none() {
            self.warn(field, "must be a whole number");
        }
        number
    }

    /// A number, or a number in quotes; anything else is a fault.
    pub(super) fn number(&self, field: &str) -> Option<f64> {
        let number = match self.value(field)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) if text.trim().is_empty() => return None,
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let number = number.filter(|number| number.is_finite());
        if number.is_none() {
            self.fault(field, "must be a number");
        }
        number
    }

    /// A day; the time of a longer text is passed over.
    pub(super) fn date(&self, field: &str) -> Option<Date> {
        let text = self.line(field)?;
        let date = text.get(..10).and_then(|day| day.parse().ok());
        if date.is_none() {
            self.warn(field, "must be a date like 2025-01-31");
        }
        date
    }

    /// A time of day; an offset after it is passed over, because a wall clock is meant.
    pub(super) fn time(&self, field: &str) -> Option<Time> {
        let text = self.line(field)?;
        let clock = text
            .split(['Z', 'z', '+'])
            .next()
            .unwrap_or_default()
            .trim();
        let time = clock.parse().ok().or_else(|| spoken_time(clock));
        if time.is_none() {
            self.warn(field, "must be a time like 09:30");
        }
        time
    }

    /// An instant to the millisecond; without an offset it is taken as UTC.
    pub(super) fn timestamp(&self, field: &str) -> Option<Timestamp> {
        let text = self.line(field)?;
        let instant: Option<Timestamp> = text
            .parse()
            .ok()
            .or_else(|| format!("{text}Z").parse().ok());
        let instant =
            instant.and_then(|instant| Timestamp::from_millisecond(instant.as_millisecond()).ok());
        if instant.is_none() {
            self.warn(field, "must be a date and time like 2025-01-31T09:30:00Z");
        }
        instant
    }

    /// The object in that property.
    pub(super) fn child(&self, field: &str) -> Option<Self> {
        let value = self.value(field)?;
        self.nested(field.to_owned(), value)
    }

    /// The objects in that list; a single object counts as a list of one.
    pub(super) fn children(&self, field: &str) -> Vec<Self> {
        match self.value(field) {
            None => Vec::new(),
            Some(Value::Array(values)) => values
                .iter()
                .enumerate()
                .filter_map(|(index, value)| self.nested(format!("{field}[{index}]"), value))
                .collect(),
            Some(value @ Value::Object(_)) => {
                self.nested(field.to_owned(), value).into_iter().collect()
            }
            Some(_) => {
                self.fault(field, "must be a list");
                Vec::new()
            }
        }
    }

    fn nested(&self, step: String, value: &'a Value) -> Option<Self> {
        let Some(object) = value.as_object() else {
            self.fault(&step, "must be an object");
            return None;
        };
        let path = if self.path.is_empty() {
            step
        } else {
            format!("{}.{step}", self.path)
        };
        Some(Self {
            label: self.label.clone(),
            path,
            object,
            findings: self.findings,
        })
    }
}

/// What people write where there is nothing to write.
fn says_nothing(text: &str) -> bool {
    let text = text.to_lowercase();
    matches!(
        text.trim_end_matches('.'),
        "n/a" | "na" | "none" | "not applicable" | "not available" | "tbc" | "tba" | "-"
    )
}

/// “9am”, “9.30 pm”, “9.30”
fn spoken_time(text: &str) -> Option<Time> {
    let text = text.to_lowercase().replace('.', ":");
    let (clock, afternoon) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(false)),
        (None, Some(clock)) => (clock, Some(true)),
        (None, None) => (text.as_str(), None),
    };
    let (hour, minute) = clock.trim().split_once(':').unwrap_or((clock.trim(), "0"));
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match afternoon {
        None if !clock.contains(':') => return None,
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
    };
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with<T>(field: &str, value: &str, read: impl Fn(&Record<'_>) -> Option<T>) -> Option<T> {
        let findings = Findings::default();
        let value = json!({ field: value });
        let record = Record::top("record".to_owned(), &value, &findings)?;
        read(&record)
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let table = [
            ("09:30:00", "09:30:00"),
            ("9am", "09:00:00"),
            ("12 noon", ""),
            ("12pm", "12:00:00"),
            ("12.15am", "00:15:00"),
            ("9.30 PM", "21:30:00"),
            ("9.30", "09:30:00"),
            ("9", ""),
            ("13pm", ""),
        ];
        for (text, time) in table {
            let read = with("at", text, |record| record.time("at"));
            let read = read.map(|time| time.to_string()).unwrap_or_default();
            assert_eq!(read, time, "{text}");
        }
    }

    #[test]
    fn mail_addresses_are_read_as_people_write_them() {
        let table = [
            (" club @ example.org ", "club@example.org"),
            ("mailto:club@example.org", "club@example.org"),
            ("club@example.org; info@example.org", "club@example.org"),
            ("N/A", ""),
            ("see the website", ""),
        ];
        for (text, address) in table {
            let read = with("email", text, |record| record.email("email"));
            let read = read.map(|address| address.as_str().to_owned());
            assert_eq!(read.unwrap_or_default(), address, "{text}");
        }
    }
}
