//! The promises to some kinds of correspondents, who is told before one breaks, and the bank
//! holidays that the built-in list does not have.

use domain::{
    council::{Council, Escalation, FurtherHoliday, HeadOfService, KindPromise},
    email::EmailAddress,
    form::{Faults, Fields},
};
use jiff::civil::{Time, time};

use super::{entry::Entry, rules::date, whole::working_days};
use crate::typed::{code, line, optional};

/// Longest name, in characters.
const NAME: usize = 100;
const NO_ADDRESS: &str = "Enter an email address in the correct format, like name@example.com";

impl Entry for KindPromise {
    fn list(council: &mut Council) -> &mut Vec<Self> {
        &mut council.promises
    }

    fn listed(council: &Council) -> &[Self] {
        &council.promises
    }

    fn show(&self) -> Fields {
        let mut fields = Fields::default();
        fields.set("kind", self.kind.as_str());
        let topic = self.topic.as_ref().map(ToString::to_string);
        fields.set("topic", topic.unwrap_or_default());
        fields.set("working_days", self.working_days.to_string());
        fields
    }

    fn read(fields: &Fields, before: Option<&Self>, council: &Council) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let kind = code(&mut faults, fields, "kind", "Choose who asks");
        let topic = optional(&mut faults, fields, "topic", "Choose a topic from the list")
            .filter(|key| council.topic(key).is_some());
        let mut others = council.promises.iter().filter(|own| Some(*own) != before);
        if others.any(|own| Some(own.kind) == kind && own.topic == topic) {
            faults.add(
                "kind",
                "There is already a promise for this. Change that one",
            );
        }
        let days = working_days(&mut faults, fields, "working_days");
        match (kind, days) {
            (Some(kind), Some(working_days)) if faults.is_empty() => Ok(Self {
                kind,
                topic,
                working_days,
            }),
            _ => Err(faults),
        }
    }
}

impl Entry for FurtherHoliday {
    fn list(council: &mut Council) -> &mut Vec<Self> {
        &mut council.bank_holidays
    }

    fn listed(council: &Council) -> &[Self] {
        &council.bank_holidays
    }

    fn show(&self) -> Fields {
        let mut fields = Fields::default();
        fields.set("date-day", self.date.day().to_string());
        fields.set("date-month", self.date.month().to_string());
        fields.set("date-year", self.date.year().to_string());
        fields.set("title", self.title.clone());
        fields
    }

    fn read(fields: &Fields, before: Option<&Self>, council: &Council) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let ask = "Enter the day, like 1 1 2029";
        let day = date(&mut faults, fields, "date", ask);
        let mut others = council.bank_holidays.iter();
        if others.any(|other| Some(other) != before && Some(other.date) == day) {
            faults.add("date", "This day is in the list already");
        }
        let title = line(&mut faults, fields, "title", NAME, "Enter its name");
        match (day, title) {
            (Some(date), Some(title)) if faults.is_empty() => Ok(Self { date, title }),
            _ => Err(faults),
        }
    }
}

pub(super) fn show_escalation(council: &Council) -> Fields {
    let escalation = &council.escalation;
    let mut fields = Fields::default();
    fields.set("morning", escalation.morning.strftime("%H:%M").to_string());
    if let Some(head) = &escalation.head_of_service {
        fields.set("head_name", head.name.clone());
        fields.set("head_email", head.email.to_string());
    }
    fields
}

/// When the day begins, and the head of service: both their name and their address, or nobody.
pub(super) fn read_escalation(fields: &Fields, council: &mut Council) -> Result<(), Faults> {
    let mut faults = Faults::default();
    let mornings = time(5, 0, 0, 0)..=time(12, 0, 0, 0);
    let morning = Time::strptime("%H:%M", fields.one("morning").trim()).ok();
    let morning = morning.filter(|morning| mornings.contains(morning));
    if morning.is_none() {
        faults.add("morning", "Enter a time from 05:00 to 12:00, like 08:00");
    }
    let nobody = ["head_name", "head_email"]
        .iter()
        .all(|name| fields.one(name).trim().is_empty());
    let head_of_service = if nobody {
        None
    } else {
        let name = line(&mut faults, fields, "head_name", NAME, "Enter their name");
        let email: Option<EmailAddress> = code(&mut faults, fields, "head_email", NO_ADDRESS);
        name.zip(email)
            .map(|(name, email)| HeadOfService { name, email })
    };
    let Some(morning) = morning.filter(|_| faults.is_empty()) else {
        return Err(faults);
    };
    council.escalation = Escalation {
        morning,
        head_of_service,
    };
    Ok(())
}
