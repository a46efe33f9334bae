//! How soon who is answered, who is told when that is in danger, and the bank holidays that the
//! program does not know yet.

use std::ops::RangeInclusive;

use jiff::civil::{Date, Time, time};
use serde::{Deserialize, Serialize};

use super::Council;
use crate::codes::CorrespondentKind;
use crate::email::EmailAddress;
use crate::enquiry::{Enquiry, Rules};
use crate::keys::TopicKey;
use crate::promise::PromiseRule;

/// How often holding replies may move one promise. Not a setting: more would empty the promise.
pub const MAX_MOVES: u8 = 2;
/// When a working day may begin: later, and the letter would be no help that day.
pub(super) const MORNINGS: RangeInclusive<Time> = time(5, 0, 0, 0)..=time(12, 0, 0, 0);

/// A promise of its own for one kind of correspondent, about one topic or about anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindPromise {
    /// Who asks.
    pub kind: CorrespondentKind,
    /// What they ask about; anything, when left out.
    pub topic: Option<TopicKey>,
    /// Working days to an answer.
    pub working_days: u16,
}

/// Who is told before a promise breaks, and when it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// When the working day begins, in London: what is due that day is told then.
    #[serde(default = "eight")]
    pub morning: Time,
    /// Who hears of every broken promise, there or away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head_of_service: Option<HeadOfService>,
}

/// The last resort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadOfService {
    /// Their name.
    pub name: String,
    /// Where mail reaches them. If somebody signs in with it, they see it on their screen too.
    pub email: EmailAddress,
}

/// A bank holiday that the built-in list does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurtherHoliday {
    /// The day.
    pub date: Date,
    /// Its name.
    pub title: String,
}

impl Default for Escalation {
    fn default() -> Self {
        Self {
            morning: eight(),
            head_of_service: None,
        }
    }
}

const fn eight() -> Time {
    time(8, 0, 0, 0)
}

impl Council {
    /// What holds for enquiries of a kind of correspondent about a topic. The narrowest promise
    /// counts: for the kind and the topic, then for the topic, then for the kind, then the
    /// council's. A topic that is not in the list has no promise of its own.
    #[must_use]
    pub fn rules_for(&self, topic: &TopicKey, kind: CorrespondentKind) -> Rules {
        let of_kind = |topic: Option<&TopicKey>| {
            let mut own = self.promises.iter();
            own.find(|own| own.kind == kind && own.topic.as_ref() == topic)
                .map(|own| own.working_days)
        };
        let working_days = of_kind(Some(topic))
            .or_else(|| self.topic(topic)?.working_days)
            .or_else(|| of_kind(None))
            .unwrap_or(self.promise.working_days);
        Rules {
            working_days: self.working_days(),
            promise: PromiseRule { working_days },
            max_moves: MAX_MOVES,
            closes_after_working_days: self.promise.closes_after_working_days,
            morning: self.escalation.morning,
        }
    }

    /// What holds for this enquiry.
    #[must_use]
    pub fn rules_of(&self, enquiry: &Enquiry) -> Rules {
        self.rules_for(&enquiry.topic, enquiry.asked_by)
    }
}
