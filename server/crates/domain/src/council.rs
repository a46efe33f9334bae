//! What a council sets for itself: its name and numbers, its colours, its teams and topics, who
//! answers what, how soon, and when it is closed.
//!
//! Kept in the database and written as a TOML file, where dates stand in quotes (`from =
//! "2026-12-29"`). The values here are well formed by being read; [`Council::check`] finds what
//! contradicts itself. Who answers what is in `routing.rs`, how soon in `policies.rs`, what is offered
//! no more in `retired.rs`, and what one version changed of another in `difference.rs`.

mod check;
mod difference;
mod look;
mod policies;
mod retired;
mod routing;
mod search_words;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::check::CouncilFault;
pub use self::difference::{Difference, differences};
pub use self::look::{Look, Pair};
pub use self::policies::{Escalation, FurtherHoliday, HeadOfService, KindPromise, MAX_MOVES};
pub use self::retired::Retired;
pub use self::search_words::WordLink;
use crate::calendar::WorkingDays;
use crate::codes::{AnswerAddress, LetterKind, SecondStepRule};
use crate::email::EmailAddress;
use crate::keys::{DistrictKey, TeamKey, TopicKey};

/// A council and its settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Council {
    /// Its whole name.
    pub name: String,
    /// The name that a person would say.
    pub short_name: String,
    /// The team that gets what no rule routes.
    pub default_team: TeamKey,
    /// Its colours.
    #[serde(default)]
    pub look: Look,
    /// How to reach it.
    pub contact: Contact,
    /// How soon it answers.
    pub promise: PromisePolicy,
    /// The promises that some kinds of correspondents have for themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<KindPromise>,
    /// Who is told before a promise breaks, and when it is.
    #[serde(default)]
    pub escalation: Escalation,
    /// Who its mail comes from.
    pub mail: MailSettings,
    /// How much of the mail that our system writes by itself may go out.
    #[serde(default)]
    pub automatic_mail: AutomaticMail,
    /// By what mail is known whose sender is doubted.
    #[serde(default, skip_serializing_if = "DoubtedMail::is_empty")]
    pub doubted_mail: DoubtedMail,
    /// Which taxonomies its local offer is sorted by.
    pub local_offer: LocalOfferSettings,
    /// Its districts.
    #[serde(default)]
    pub districts: Vec<District>,
    /// What people can ask about.
    pub topics: Vec<Topic>,
    /// Its teams.
    pub teams: Vec<Team>,
    /// Which team gets what.
    #[serde(default)]
    pub routing: Vec<RoutingRule>,
    /// The days on which it is closed, besides weekends and bank holidays.
    #[serde(default)]
    pub closures: Vec<Closure>,
    /// Bank holidays that the built-in list does not have yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bank_holidays: Vec<FurtherHoliday>,
    /// Who gives independent advice.
    #[serde(default)]
    pub advice: Vec<Advice>,
    /// Its own links between words that people search by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search_words: Vec<WordLink>,
    /// The letters that the council words itself. For the others the product's own words stand.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub letters: BTreeMap<LetterKind, String>,
    /// What was offered once, for the enquiries that still name it.
    #[serde(default, skip_serializing_if = "Retired::is_empty")]
    pub retired: Retired,
    /// How officers sign in.
    #[serde(default)]
    pub sign_in: SignInSettings,
}

/// How to reach the council. Numbers and hours are texts for people: “111, option 2” is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The one address for enquiries.
    pub email: EmailAddress,
    /// The one number for enquiries.
    pub telephone: String,
    /// When it is answered.
    pub telephone_hours: String,
    /// The number for a worry about a child's safety outside office hours.
    pub out_of_hours_telephone: String,
    /// What to use that number for.
    pub out_of_hours_text: String,
    /// When messages are read, such as “Monday to Friday, 9am to 5pm”.
    pub messages_read: String,
    /// Where to write, line by line.
    pub postal_address: Vec<String>,
}

/// A part of the council's area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// Its key.
    pub key: DistrictKey,
    /// Its name.
    pub name: String,
    /// The postcodes there, to help a person choose.
    pub postcode_hint: Option<String>,
}

/// Something that people ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Its key.
    pub key: TopicKey,
    /// Its name, as a form shows it.
    pub name: String,
    /// A line to help a person choose.
    pub hint: Option<String>,
    /// Working days to an answer, where they differ from the council's promise.
    pub working_days: Option<u16>,
}

/// A team that answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Its key.
    pub key: TeamKey,
    /// Its name, as a correspondent reads it.
    pub name: String,
}

/// Sends what is about a topic, from a district, or both, to a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoutingRule {
    /// The topic that it is for; any, when left out.
    pub topic: Option<TopicKey>,
    /// The district that it is for; any, when left out.
    pub district: Option<DistrictKey>,
    /// The team.
    pub team: TeamKey,
}

/// How soon the council answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromisePolicy {
    /// Working days to a person's answer.
    pub working_days: u16,
    /// Working days after which an answered enquiry closes.
    pub closes_after_working_days: u16,
}

/// A time when the council is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Why, in words for people.
    pub reason: String,
}

/// Somebody independent of the council who gives advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// Who.
    pub name: String,
    /// What they help with.
    pub about: String,
    /// Their pages.
    pub website: String,
    /// Their number.
    pub telephone: Option<String>,
    /// Anything else to know.
    pub note: Option<String>,
}

/// Who the council's mail comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// The sender's name: neutral, without a topic.
    pub from_name: String,
    /// The sender's address.
    pub from_address: EmailAddress,
    /// The topic of what comes by mail, until an officer says what it is about; the last topic, when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsorted_topic: Option<TopicKey>,
    /// Whether answers and bounces come back to an address with a tag of their enquiry.
    #[serde(default)]
    pub answers: AnswerAddress,
}

/// How many mails our system may write by itself: so that nobody can fill a stranger's mailbox from our form, and two
/// machines that answer each other stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AutomaticMail {
    /// To one address within the window. Five, because a family with several questions in an hour is real.
    pub per_address: u16,
    /// The window, in minutes.
    pub window_minutes: u16,
    /// About one enquiry within a day, to whatever address.
    pub per_enquiry: u16,
}

impl Default for AutomaticMail {
    fn default() -> Self {
        Self {
            per_address: 5,
            window_minutes: 60,
            per_enquiry: 10,
        }
    }
}

/// By what mail is known that may be spam. It becomes an enquiry like any other, and gets no automatic answer: a forged
/// sender never wrote to us.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DoubtedMail {
    /// The names by which the council's own mail server signs its `Authentication-Results` (RFC 8601, section 2.5).
    /// Those of others count for nothing.
    pub authserv_ids: Vec<String>,
    /// What the council's filter writes into a header.
    pub marks: Vec<SpamMark>,
}

impl DoubtedMail {
    fn is_empty(&self) -> bool {
        self.authserv_ids.is_empty() && self.marks.is_empty()
    }
}

/// A header, and the words in it that say “spam”.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpamMark {
    /// The header's name, such as `X-Spam-Flag`.
    pub header: String,
    /// What its value then contains, such as `YES`, in any case.
    pub contains: String,
}

/// How officers sign in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInSettings {
    /// Whether everybody needs a code beside their password.
    #[serde(default)]
    pub second_step: SecondStepRule,
}

/// Which of the imported taxonomies the search filters by, named as in the import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalOfferSettings {
    /// The taxonomy of needs.
    pub need_taxonomy: String,
    /// The taxonomy of categories.
    pub category_taxonomy: String,
}

impl Council {
    /// The council's calendar: its closures beside weekends and bank holidays.
    #[must_use]
    pub fn working_days(&self) -> WorkingDays {
        let closures = self.closures.iter().flat_map(|closure| {
            let last = closure.to;
            closure
                .from
                .series(1.day())
                .take_while(move |day| *day <= last)
        });
        let holidays = self.bank_holidays.iter().map(|holiday| holiday.date);
        WorkingDays::new(closures).knowing(holidays)
    }

    /// The topic of what comes by mail, until an officer says what it is about. `None` only where there are no
    /// topics at all, which [`Council::check`] refuses.
    #[must_use]
    pub fn unsorted_topic(&self) -> Option<&TopicKey> {
        let set = self.mail.unsorted_topic.as_ref();
        set.filter(|key| self.topic(key).is_some())
            .or_else(|| self.topics.last().map(|topic| &topic.key))
    }

    /// The topic with this key.
    #[must_use]
    pub fn topic(&self, key: &TopicKey) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.key == *key)
    }

    /// The district with this key.
    #[must_use]
    pub fn district(&self, key: &DistrictKey) -> Option<&District> {
        self.districts.iter().find(|district| district.key == *key)
    }

    /// The team with this key.
    #[must_use]
    pub fn team(&self, key: &TeamKey) -> Option<&Team> {
        self.teams.iter().find(|team| team.key == *key)
    }
}
