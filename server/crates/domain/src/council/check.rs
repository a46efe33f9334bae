//! What in a council's settings contradicts itself. All faults are told at once, each in words that
//! say where to look.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::Unit;
use jiff::civil::{Date, Time};

use super::Council;
use super::policies::MORNINGS;
use crate::colour::Contrast;

/// A promise of more days is none, and of none cannot be kept.
const PROMISE_DAYS: RangeInclusive<u16> = 1..=60;
/// A longer closure is a slip of the pen in its year.
const LONGEST_CLOSURE_DAYS: i32 = 60;

/// Something wrong in a council's settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CouncilFault {
    /// A text that people will read is empty.
    #[error("{setting}: must not be empty")]
    Empty {
        /// Where.
        setting: String,
    },
    /// Two entries of one list have the same key.
    #[error("{list}: the key “{key}” is there twice")]
    DuplicateKey {
        /// Which list.
        list: &'static str,
        /// The key.
        key: String,
    },
    /// A key that no entry has.
    #[error("{setting}: there is no {kind} “{key}”")]
    UnknownKey {
        /// Where.
        setting: String,
        /// What it should be the key of.
        kind: &'static str,
        /// The key.
        key: String,
    },
    /// A routing rule that names neither a topic nor a district.
    #[error("{setting}: name a topic, a district or both (for all others there is default_team)")]
    RuleForEverything {
        /// Where.
        setting: String,
    },
    /// Two routing rules for the same enquiries.
    #[error("{setting}: an earlier rule is for the same topic and district")]
    DuplicateRule {
        /// Where.
        setting: String,
    },
    /// A number of working days that is no promise.
    #[error("{setting}: must be from 1 to 60 working days, not {given}")]
    WorkingDays {
        /// Where.
        setting: String,
        /// What was given.
        given: u16,
    },
    /// A second promise for the same kind of correspondent and topic.
    #[error("{setting}: an earlier one is for the same kind and topic")]
    DuplicatePromise {
        /// Where.
        setting: String,
    },
    /// A morning on which nobody works yet, or that is none any more.
    #[error("escalation.morning: must be from 05:00 to 12:00, not {given}")]
    Morning {
        /// What was given.
        given: Time,
    },
    /// A closure that ends before it begins, or lasts too long to be meant.
    #[error("{setting}: from {from} to {to} is not a closure of 1 to 60 days")]
    Closure {
        /// Where.
        setting: String,
        /// Its first day.
        from: Date,
        /// Its last day.
        to: Date,
    },
    /// An address of a page that cannot be linked to.
    #[error("{setting}: “{given}” must begin with https:// or http://")]
    Website {
        /// Where.
        setting: String,
        /// What was given.
        given: String,
    },
    /// Two colours that meet and cannot be told apart well enough.
    #[error("{setting}: {pair}: the contrast is {measured}, and at least {needed} is needed")]
    Contrast {
        /// Where.
        setting: &'static str,
        /// Which two.
        pair: &'static str,
        /// What their contrast is.
        measured: Contrast,
        /// What it must be at least.
        needed: Contrast,
    },
}

impl Council {
    /// Checks what the settings' shape alone cannot show.
    ///
    /// # Errors
    /// Every [`CouncilFault`], in the order of the settings.
    pub fn check(&self) -> Result<(), Vec<CouncilFault>> {
        let mut faults = Vec::new();
        self.check_texts(&mut faults);
        self.check_look(&mut faults);
        self.check_keys(&mut faults);
        self.check_routing(&mut faults);
        self.check_working_days(&mut faults);
        self.check_promises(&mut faults);
        self.check_escalation(&mut faults);
        self.check_closures(&mut faults);
        self.check_advice(&mut faults);
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    fn check_texts(&self, faults: &mut Vec<CouncilFault>) {
        let contact = &self.contact;
        let required = [
            ("name", &self.name),
            ("short_name", &self.short_name),
            ("contact.telephone", &contact.telephone),
            ("contact.telephone_hours", &contact.telephone_hours),
            (
                "contact.out_of_hours_telephone",
                &contact.out_of_hours_telephone,
            ),
            ("contact.out_of_hours_text", &contact.out_of_hours_text),
            ("contact.messages_read", &contact.messages_read),
            ("mail.from_name", &self.mail.from_name),
            ("local_offer.need_taxonomy", &self.local_offer.need_taxonomy),
            (
                "local_offer.category_taxonomy",
                &self.local_offer.category_taxonomy,
            ),
        ];
        let mut empty = |setting: String| faults.push(CouncilFault::Empty { setting });
        for (setting, text) in required {
            if text.trim().is_empty() {
                empty(setting.to_owned());
            }
        }
        if contact
            .postal_address
            .iter()
            .all(|line| line.trim().is_empty())
        {
            empty("contact.postal_address".to_owned());
        }
        if self.topics.is_empty() {
            empty("topics".to_owned());
        }
        let topics = self
            .topics
            .iter()
            .map(|topic| ("topic", topic.key.as_str(), &topic.name));
        let districts = self
            .districts
            .iter()
            .map(|district| ("district", district.key.as_str(), &district.name));
        let teams = self
            .teams
            .iter()
            .map(|team| ("team", team.key.as_str(), &team.name));
        for (kind, key, name) in topics.chain(districts).chain(teams) {
            if name.trim().is_empty() {
                empty(format!("name of the {kind} “{key}”"));
            }
        }
    }

    fn check_look(&self, faults: &mut Vec<CouncilFault>) {
        let faint = self.look.pairs().into_iter();
        let faint = faint.filter(|pair| pair.measured() < pair.needed);
        faults.extend(faint.map(|pair| CouncilFault::Contrast {
            setting: pair.setting,
            pair: pair.words,
            measured: pair.measured(),
            needed: pair.needed,
        }));
    }

    fn check_keys(&self, faults: &mut Vec<CouncilFault>) {
        // What is retired keeps its key: old enquiries name it.
        let retired = &self.retired;
        let topics = self.topics.iter().chain(&retired.topics);
        let topics = topics.map(|topic| topic.key.as_str());
        let districts = self.districts.iter().chain(&retired.districts);
        let districts = districts.map(|district| district.key.as_str());
        let teams = self.teams.iter().chain(&retired.teams);
        let teams = teams.map(|team| team.key.as_str());
        faults.extend(duplicates("topics", topics));
        faults.extend(duplicates("districts", districts));
        faults.extend(duplicates("teams", teams));
        let unsorted = self.mail.unsorted_topic.as_ref();
        if let Some(key) = unsorted.filter(|key| self.topic(key).is_none()) {
            faults.push(CouncilFault::UnknownKey {
                setting: "mail.unsorted_topic".to_owned(),
                kind: "topic",
                key: key.to_string(),
            });
        }
        if self.team(&self.default_team).is_none() {
            faults.push(CouncilFault::UnknownKey {
                setting: "default_team".to_owned(),
                kind: "team",
                key: self.default_team.to_string(),
            });
        }
    }

    fn check_routing(&self, faults: &mut Vec<CouncilFault>) {
        let mut seen = BTreeSet::new();
        for (place, rule) in self.routing.iter().enumerate() {
            let setting = format!("routing rule {}", place + 1);
            let mut unknown = |kind, key: String| {
                faults.push(CouncilFault::UnknownKey {
                    setting: setting.clone(),
                    kind,
                    key,
                });
            };
            if let Some(key) = rule.topic.as_ref().filter(|key| self.topic(key).is_none()) {
                unknown("topic", key.to_string());
            }
            if let Some(key) = rule
                .district
                .as_ref()
                .filter(|key| self.district(key).is_none())
            {
                unknown("district", key.to_string());
            }
            if self.team(&rule.team).is_none() {
                unknown("team", rule.team.to_string());
            }
            if rule.topic.is_none() && rule.district.is_none() {
                faults.push(CouncilFault::RuleForEverything { setting });
            } else if !seen.insert((&rule.topic, &rule.district)) {
                faults.push(CouncilFault::DuplicateRule { setting });
            }
        }
    }

    fn check_working_days(&self, faults: &mut Vec<CouncilFault>) {
        let policy = [
            ("promise.working_days".to_owned(), self.promise.working_days),
            (
                "promise.closes_after_working_days".to_owned(),
                self.promise.closes_after_working_days,
            ),
        ];
        let topics = self.topics.iter().filter_map(|topic| {
            let setting = format!("working_days of the topic “{}”", topic.key);
            topic.working_days.map(|days| (setting, days))
        });
        for (setting, given) in policy.into_iter().chain(topics) {
            if !PROMISE_DAYS.contains(&given) {
                faults.push(CouncilFault::WorkingDays { setting, given });
            }
        }
    }

    fn check_promises(&self, faults: &mut Vec<CouncilFault>) {
        let mut seen = BTreeSet::new();
        for own in &self.promises {
            let setting = match &own.topic {
                Some(topic) => format!("promise to the kind “{}” about “{topic}”", own.kind),
                None => format!("promise to the kind “{}”", own.kind),
            };
            if let Some(key) = own.topic.as_ref().filter(|key| self.topic(key).is_none()) {
                faults.push(CouncilFault::UnknownKey {
                    setting: setting.clone(),
                    kind: "topic",
                    key: key.to_string(),
                });
            }
            if !PROMISE_DAYS.contains(&own.working_days) {
                faults.push(CouncilFault::WorkingDays {
                    setting: setting.clone(),
                    given: own.working_days,
                });
            }
            if !seen.insert((own.kind, &own.topic)) {
                faults.push(CouncilFault::DuplicatePromise { setting });
            }
        }
    }

    fn check_escalation(&self, faults: &mut Vec<CouncilFault>) {
        let given = self.escalation.morning;
        if !MORNINGS.contains(&given) {
            faults.push(CouncilFault::Morning { given });
        }
        let names = self.escalation.head_of_service.iter();
        let names = names.map(|head| ("escalation.head_of_service.name", &head.name));
        let titles = self.bank_holidays.iter();
        let titles = titles.map(|holiday| ("bank_holidays", &holiday.title));
        for (setting, text) in names.chain(titles) {
            if text.trim().is_empty() {
                faults.push(CouncilFault::Empty {
                    setting: setting.to_owned(),
                });
            }
        }
    }

    fn check_closures(&self, faults: &mut Vec<CouncilFault>) {
        for closure in &self.closures {
            let nights = closure
                .from
                .until((Unit::Day, closure.to))
                .map_or(-1, |span| span.get_days());
            if !(0..LONGEST_CLOSURE_DAYS).contains(&nights) {
                faults.push(CouncilFault::Closure {
                    setting: format!("closure “{}”", closure.reason),
                    from: closure.from,
                    to: closure.to,
                });
            }
        }
    }

    fn check_advice(&self, faults: &mut Vec<CouncilFault>) {
        for advice in &self.advice {
            let website = advice.website.as_str();
            if !website.starts_with("https://") && !website.starts_with("http://") {
                faults.push(CouncilFault::Website {
                    setting: format!("website of the advice “{}”", advice.name),
                    given: website.to_owned(),
                });
            }
        }
    }
}

fn duplicates<'a>(list: &'static str, keys: impl Iterator<Item = &'a str>) -> Vec<CouncilFault> {
    let mut seen = BTreeSet::new();
    keys.filter(|key| !seen.insert(*key))
        .map(|key| CouncilFault::DuplicateKey {
            list,
            key: key.to_owned(),
        })
        .collect()
}
