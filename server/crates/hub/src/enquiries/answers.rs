//! Each page's answers, read from what was posted: a value that exists is a value that is right.
//!
//! The words of the faults are read by parents, beside the field: they say what to do.

pub(super) mod summary;

use std::str::FromStr;

use domain::{
    codes::{ContactPreference, CorrespondentKind, EhcPlan, Support},
    correspondent::ChildDetails,
    council::Council,
    email::EmailAddress,
    form::{Faults, Fields},
    keys::{DistrictKey, TopicKey},
    telephone::Telephone,
    text::{TextFault, clean_line, clean_prose},
};
use jiff::civil::Date;

/// Longest name of a person, school or setting, in characters.
const NAME: usize = 100;
/// Longest line of anything else.
const LINE: usize = 200;
/// Longest wish about safe contact, and longest postal address.
const SHORT_TEXT: usize = 500;
/// Longest message.
pub(super) const MESSAGE: usize = 10_000;

pub(super) fn topic(fields: &Fields, council: &Council) -> Result<TopicKey, Faults> {
    fields
        .one("topic")
        .parse()
        .ok()
        .filter(|key| council.topic(key).is_some())
        .ok_or_else(|| Faults::one("topic", "Choose what your question is about"))
}

/// Who asks.
pub(super) struct Who {
    pub(super) kind: CorrespondentKind,
    pub(super) name: String,
    pub(super) organisation: Option<String>,
}

pub(super) fn who(fields: &Fields) -> Result<Who, Faults> {
    let mut faults = Faults::default();
    let kind = code(&mut faults, fields, "kind", "Choose who you are");
    let name = line(&mut faults, fields, "name", NAME, "Enter your name");
    let organisation = optional_line(&mut faults, fields, "organisation", NAME);
    match (kind, name) {
        (Some(kind), Some(name)) if faults.is_empty() => Ok(Who {
            kind,
            name,
            organisation: organisation.filter(|_| {
                matches!(
                    kind,
                    CorrespondentKind::School
                        | CorrespondentKind::Professional
                        | CorrespondentKind::Other
                )
            }),
        }),
        _ => Err(faults),
    }
}

/// Whether a question is about one child or young person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    OneChild,
    NobodyInParticular,
}

pub(super) fn about(fields: &Fields) -> Result<About, Faults> {
    match fields.one("about_child") {
        "yes" => Ok(About::OneChild),
        "no" => Ok(About::NobodyInParticular),
        _ => Err(Faults::one("about_child", "Choose yes or no")),
    }
}

pub(super) fn child(fields: &Fields, today: Date) -> Result<ChildDetails, Faults> {
    let mut faults = Faults::default();
    let details = ChildDetails {
        name: optional_line(&mut faults, fields, "child_name", NAME),
        born_on: birthday(&mut faults, fields, today),
        school: optional_line(&mut faults, fields, "child_school", NAME),
        ehc_plan: optional_code::<EhcPlan>(&mut faults, fields, "child_ehc_plan"),
        reference: optional_line(&mut faults, fields, "child_reference", LINE),
    };
    faults.into_result().map(|()| details)
}

fn birthday(faults: &mut Faults, fields: &Fields, today: Date) -> Option<Date> {
    let parts = ["day", "month", "year"].map(|part| {
        fields
            .one(&format!("child_born_on-{part}"))
            .trim()
            .to_owned()
    });
    if parts.iter().all(String::is_empty) {
        return None;
    }
    let [day, month, year] = &parts;
    let date = match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
        _ => None,
    };
    match date {
        None => faults.add(
            "child_born_on",
            "Enter a real date of birth, like 27 3 2015, or leave it empty",
        ),
        Some(date) if date > today => {
            faults.add("child_born_on", "The date of birth must be in the past");
        }
        Some(date) if date.year() < 1900 => faults.add(
            "child_born_on",
            "Enter the year with four numbers, like 2015",
        ),
        Some(_) => return date,
    }
    None
}

pub(super) fn district(fields: &Fields, council: &Council) -> Result<Option<DistrictKey>, Faults> {
    let chosen = fields.one("district");
    if chosen == "not-sure" {
        return Ok(None);
    }
    chosen
        .parse()
        .ok()
        .filter(|key| council.district(key).is_some())
        .map(Some)
        .ok_or_else(|| {
            Faults::one(
                "district",
                "Choose where the child or young person lives, or “I am not sure”",
            )
        })
}

/// What the person needs from us, so that they need not ask for it again.
pub(super) struct SupportNeeds {
    pub(super) support: Vec<Support>,
    pub(super) interpreter_language: Option<String>,
    pub(super) safe_contact: Option<String>,
}

pub(super) fn support(fields: &Fields) -> Result<SupportNeeds, Faults> {
    let mut faults = Faults::default();
    let support: Vec<Support> = fields
        .all("support")
        .iter()
        .filter_map(|code| faults.keep("support", code.parse()))
        .collect();
    let language = optional_line(&mut faults, fields, "interpreter_language", NAME);
    if support.contains(&Support::Interpreter) && language.is_none() && faults.is_empty() {
        faults.add("interpreter_language", "Enter the language you need");
    }
    let safe_contact = optional_prose(&mut faults, fields, "safe_contact", SHORT_TEXT);
    faults.into_result().map(|()| SupportNeeds {
        interpreter_language: language.filter(|_| support.contains(&Support::Interpreter)),
        support,
        safe_contact,
    })
}

pub(super) fn message(fields: &Fields) -> Result<String, Faults> {
    clean_prose(fields.one("message"), MESSAGE).map_err(|fault| {
        Faults::one(
            "message",
            words(&fault, "Enter your message", "Your message"),
        )
    })
}

/// How to reach the person.
pub(super) struct Reach {
    pub(super) preference: ContactPreference,
    pub(super) email: Option<EmailAddress>,
    pub(super) telephone: Option<Telephone>,
    pub(super) postal_address: Option<String>,
}

pub(super) fn reach(fields: &Fields) -> Result<Reach, Faults> {
    let mut faults = Faults::default();
    let preference = code::<ContactPreference>(
        &mut faults,
        fields,
        "preference",
        "Choose how we should answer you",
    );
    let email = optional(
        &mut faults,
        fields,
        "email",
        "Enter an email address, like name@example.com",
    );
    let telephone = optional(
        &mut faults,
        fields,
        "telephone",
        "Enter a phone number, like 01632 960 001",
    );
    let postal_address = optional_prose(&mut faults, fields, "postal_address", SHORT_TEXT);
    let (field, missing, request) = match preference {
        Some(ContactPreference::Email) => ("email", email.is_none(), "Enter your email address"),
        Some(ContactPreference::Telephone) => {
            ("telephone", telephone.is_none(), "Enter your phone number")
        }
        Some(ContactPreference::Letter) => (
            "postal_address",
            postal_address.is_none(),
            "Enter your postal address",
        ),
        None => ("preference", false, ""),
    };
    if missing && faults.of(field).is_none() {
        faults.add(field, request);
    }
    match preference {
        Some(preference) if faults.is_empty() => Ok(Reach {
            preference,
            email,
            telephone,
            postal_address,
        }),
        _ => Err(faults),
    }
}

fn code<T: FromStr>(faults: &mut Faults, fields: &Fields, field: &str, request: &str) -> Option<T> {
    let read = fields.one(field).parse().ok();
    if read.is_none() {
        faults.add(field, request);
    }
    read
}

fn optional_code<T: FromStr>(faults: &mut Faults, fields: &Fields, field: &str) -> Option<T> {
    if fields.one(field).is_empty() {
        return None;
    }
    code(faults, fields, field, "Choose one of the answers, or none")
}

fn optional<T: FromStr>(
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

fn line(
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

fn optional_line(faults: &mut Faults, fields: &Fields, field: &str, max: usize) -> Option<String> {
    if fields.one(field).trim().is_empty() {
        return None;
    }
    line(faults, fields, field, max, "")
}

fn optional_prose(faults: &mut Faults, fields: &Fields, field: &str, max: usize) -> Option<String> {
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
            format!("{what} must be {max} characters or fewer. It has {actual}")
        }
        TextFault::ControlCharacter => {
            format!("{what} has a hidden character in it. Type it again, or paste it as plain text")
        }
    }
}
