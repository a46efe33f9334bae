//! Each page's answers, read from what was posted: a value that exists is a value that is right.
//!
//! The words of the faults are read by parents, beside the field: they say what to do.

pub(super) mod summary;

use domain::{
    codes::{ContactPreference, CorrespondentKind, EhcPlan, Support},
    correspondent::ChildDetails,
    council::Council,
    email::EmailAddress,
    form::{Faults, Fields},
    keys::{DistrictKey, TopicKey},
    telephone::Telephone,
    text::clean_prose,
};
use jiff::civil::Date;

use crate::typed::{
    self, TypedDay, code, line, optional, optional_code, optional_line, optional_prose, words,
};

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

/// Whether the question is about the service whose page the person came from.
pub(super) fn about_service(fields: &Fields) -> Result<(), Faults> {
    match fields.one("about_service") {
        "yes" | "no" => Ok(()),
        _ => Err(Faults::one("about_service", "Choose yes or no")),
    }
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
    match typed::day(fields, "child_born_on") {
        TypedDay::Nothing => {}
        TypedDay::NoDay => faults.add(
            "child_born_on",
            "Enter a real date of birth, like 27 3 2015, or leave it empty",
        ),
        TypedDay::Day(date) if date > today => {
            faults.add("child_born_on", "The date of birth must be in the past");
        }
        TypedDay::Day(date) if date.year() < 1900 => faults.add(
            "child_born_on",
            "Enter the year with four numbers, like 2015",
        ),
        TypedDay::Day(date) => return Some(date),
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

/// How to reach the person; never by the telephone that they have asked us to leave alone.
pub(super) fn reach(fields: &Fields, support: Option<&SupportNeeds>) -> Result<Reach, Faults> {
    let mut faults = Faults::default();
    let preference = code::<ContactPreference>(
        &mut faults,
        fields,
        "preference",
        "Choose how we should reply to you",
    );
    let no_calls = support.is_some_and(|needs| needs.support.contains(&Support::NoTelephone));
    if preference == Some(ContactPreference::Telephone) && no_calls {
        faults.add(
            "preference",
            "You asked us not to phone you. Choose email or letter, or go back and change that",
        );
    }
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
