//! What families with SEND need to know of a service and Open Referral has no words for: how to
//! get in, how long the wait is, and what the provider answers about SEND.
//!
//! In a feed all of it stands in one property of the service, `send` (the standard allows
//! properties of one's own: <https://openreferraluk.org>).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::{Charge, Delivery, Referral, SendQuestion};

/// What a service says beyond the standard. Empty where a feed knows nothing of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendDetails {
    /// How people meet it, where the feed says so. None of these is not “nowhere”:
    /// [`super::Listing::deliveries`] then goes by the places.
    pub delivery: Vec<Delivery>,
    /// Whether families may come by themselves.
    pub referral: Option<Referral>,
    /// Whether it costs anything; [`super::Listing::charge`] goes by the prices where this is silent.
    pub charge: Option<Charge>,
    /// Answers to the questions of [`SendQuestion`], at most one each.
    pub answers: Vec<SendAnswer>,
    /// How long people wait, by area, with what was stated earlier: the newest first.
    pub waits: Vec<WaitingTime>,
    /// What helps while people wait, as plain text with line breaks.
    pub while_you_wait: Option<String>,
    /// Who last checked the listing, such as “Local offer team”; never a person's name.
    pub checked_by: Option<String>,
}

/// What a provider answers to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendAnswer {
    /// The question.
    pub question: SendQuestion,
    /// The answer, as plain text with line breaks.
    pub answer: String,
}

/// How long people in one area waited, as somebody stated it on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingTime {
    /// The area in the feed's words; none means everywhere the service works.
    pub area: Option<String>,
    /// Whole weeks from asking to the first appointment; 0 is no wait.
    pub weeks: u16,
    /// When that was stated.
    pub stated_on: Date,
    /// Who stated it, or where it stands.
    pub source: Option<String>,
}

impl SendDetails {
    /// What was stated last for each area, in the order of the areas' names; everywhere first.
    #[must_use]
    pub fn waits_now(&self) -> Vec<&WaitingTime> {
        let mut now: Vec<&WaitingTime> = Vec::new();
        for wait in &self.waits {
            match now.iter_mut().find(|known| known.area == wait.area) {
                Some(known) if known.stated_on < wait.stated_on => *known = wait,
                Some(_) => {}
                None => now.push(wait),
            }
        }
        now.sort_by(|one, two| one.area.cmp(&two.area));
        now
    }

    /// What was stated for one area, the oldest first.
    #[must_use]
    pub fn waits_of(&self, area: Option<&str>) -> Vec<&WaitingTime> {
        let mut waits: Vec<&WaitingTime> = self
            .waits
            .iter()
            .filter(|wait| wait.area.as_deref() == area)
            .collect();
        waits.sort_by_key(|wait| wait.stated_on);
        waits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(area: Option<&str>, weeks: u16, stated_on: &str) -> WaitingTime {
        WaitingTime {
            area: area.map(str::to_owned),
            weeks,
            stated_on: stated_on.parse().unwrap(),
            source: None,
        }
    }

    #[test]
    fn the_wait_now_is_what_each_area_stated_last() {
        let details = SendDetails {
            waits: vec![
                wait(Some("Swale"), 30, "2026-03-01"),
                wait(Some("Dover"), 12, "2026-06-01"),
                wait(Some("Swale"), 40, "2026-09-01"),
                wait(None, 20, "2026-01-01"),
            ],
            ..SendDetails::default()
        };
        let now: Vec<(Option<&str>, u16)> = details
            .waits_now()
            .iter()
            .map(|wait| (wait.area.as_deref(), wait.weeks))
            .collect();
        assert_eq!(now, [(None, 20), (Some("Dover"), 12), (Some("Swale"), 40)]);
        let swale: Vec<u16> = details
            .waits_of(Some("Swale"))
            .iter()
            .map(|wait| wait.weeks)
            .collect();
        assert_eq!(swale, [30, 40]);
    }
}
