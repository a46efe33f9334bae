//! The form of a call, read: a value that exists is a value that is right.

use domain::{
    codes::{Channel, CorrespondentKind},
    council::Council,
    email::EmailAddress,
    form::{Faults, Fields},
    keys::{DistrictKey, TopicKey},
    reference::Reference,
    telephone::Telephone,
    text::clean_prose,
};
use jiff::civil::Date;

use super::super::conversation::RECORD;
use crate::typed::{optional, optional_code, optional_line, optional_prose, words};

/// Longest name of a person, a school or a language.
const NAME: usize = 100;
/// Longest wish about safe contact, and longest postal address.
const SHORT_TEXT: usize = 500;

/// Everything that the form says.
pub(super) struct Told {
    pub(super) channel: Channel,
    pub(super) about: About,
    pub(super) caller: Caller,
    pub(super) said: String,
    pub(super) outcome: Outcome,
}

/// What the call is about.
pub(super) enum About {
    /// An enquiry that is there.
    Enquiry(Reference),
    /// Something new.
    New(NewQuestion),
}

/// What a new question is about.
pub(super) struct NewQuestion {
    pub(super) topic: TopicKey,
    pub(super) district: Option<DistrictKey>,
}

/// What somebody says about themselves; all of it may be missing.
pub(super) struct Caller {
    pub(super) name: Option<String>,
    pub(super) telephone: Option<Telephone>,
    pub(super) email: Option<EmailAddress>,
    pub(super) kind: Option<CorrespondentKind>,
    pub(super) organisation: Option<String>,
    pub(super) postal_address: Option<String>,
    pub(super) interpreter_language: Option<String>,
    pub(super) safe_contact: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A person answered while they were there.
    Answered,
    /// Somebody calls back on that day.
    CallBack(Date),
    /// It needs an answer, by our usual promise.
    NeedsAnswer,
}

pub(super) fn read(fields: &Fields, council: &Council, today: Date) -> Result<Told, Faults> {
    let mut faults = Faults::default();
    let about = about(&mut faults, fields, council);
    let caller = caller(&mut faults, fields);
    let said = clean_prose(fields.one("said"), RECORD).map_err(|fault| {
        faults.add(
            "said",
            words(&fault, "Write what was said", "What was said"),
        );
    });
    let outcome = outcome(&mut faults, fields, today);
    let channel = match fields.one("channel").parse() {
        Ok(channel @ (Channel::Telephone | Channel::InPerson | Channel::Letter)) => channel,
        _ => Channel::Telephone,
    };
    match (about, said, outcome) {
        (Some(about), Ok(said), Some(outcome)) if faults.is_empty() => Ok(Told {
            channel,
            about,
            caller,
            said,
            outcome,
        }),
        _ => Err(faults),
    }
}

fn about(faults: &mut Faults, fields: &Fields, council: &Council) -> Option<About> {
    let typed = fields.one("reference").trim();
    if !typed.is_empty() {
        let reference = typed.parse().ok();
        if reference.is_none() {
            let fault =
                "Enter a reference like SEND-7KQM-4TXD, or leave it empty for a new question";
            faults.add("reference", fault);
        }
        return reference.map(About::Enquiry);
    }
    let topic = fields.one("topic").parse().ok();
    let Some(topic) = topic.filter(|key| council.topic(key).is_some()) else {
        faults.add("topic", "Choose what it is about");
        return None;
    };
    let district = fields.one("district").parse().ok();
    let district = district.filter(|key| council.district(key).is_some());
    Some(About::New(NewQuestion { topic, district }))
}

fn caller(faults: &mut Faults, fields: &Fields) -> Caller {
    Caller {
        name: optional_line(faults, fields, "name", NAME),
        telephone: optional(
            faults,
            fields,
            "telephone",
            "Enter a phone number, like 01632 960 001",
        ),
        email: optional(
            faults,
            fields,
            "email",
            "Enter an email address, like name@example.com",
        ),
        kind: optional_code(faults, fields, "kind"),
        organisation: optional_line(faults, fields, "organisation", NAME),
        postal_address: optional_prose(faults, fields, "postal_address", SHORT_TEXT),
        interpreter_language: optional_line(faults, fields, "interpreter_language", NAME),
        safe_contact: optional_prose(faults, fields, "safe_contact", SHORT_TEXT),
    }
}

fn outcome(faults: &mut Faults, fields: &Fields, today: Date) -> Option<Outcome> {
    match fields.one("outcome") {
        "answered" => Some(Outcome::Answered),
        "needs-answer" => Some(Outcome::NeedsAnswer),
        "call-back" => {
            let day = fields.one("call_back_on").parse().ok();
            let day = day.filter(|day| *day >= today);
            if day.is_none() {
                faults.add("call_back_on", "Choose the day of the call");
            }
            day.map(Outcome::CallBack)
        }
        _ => {
            faults.add("outcome", "Choose what happens next");
            None
        }
    }
}
