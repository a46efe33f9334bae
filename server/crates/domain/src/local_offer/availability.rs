//! When services are given: schedules in the words of RFC 5545 (<https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10>).

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::ScheduleDetails;
use crate::ids::ScheduleId;

/// How often a schedule repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Frequency {
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Weekday {
    /// MO
    #[serde(rename = "MO")]
    Monday,
    /// TU
    #[serde(rename = "TU")]
    Tuesday,
    /// WE
    #[serde(rename = "WE")]
    Wednesday,
    /// TH
    #[serde(rename = "TH")]
    Thursday,
    /// FR
    #[serde(rename = "FR")]
    Friday,
    /// SA
    #[serde(rename = "SA")]
    Saturday,
    /// SU
    #[serde(rename = "SU")]
    Sunday,
}

/// A text that is none of a list's codes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be one of {expected}")]
pub struct UnknownRecurrenceCode {
    /// The codes there are.
    pub expected: &'static str,
}

impl Frequency {
    /// The code, as Open Referral writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Weekly => "WEEKLY",
            Self::Monthly => "MONTHLY",
        }
    }
}

impl FromStr for Frequency {
    type Err = UnknownRecurrenceCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().to_ascii_uppercase().as_str() {
            "WEEKLY" => Ok(Self::Weekly),
            "MONTHLY" => Ok(Self::Monthly),
            _ => Err(UnknownRecurrenceCode {
                expected: "WEEKLY, MONTHLY",
            }),
        }
    }
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The two-letter code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "MO",
            Self::Tuesday => "TU",
            Self::Wednesday => "WE",
            Self::Thursday => "TH",
            Self::Friday => "FR",
            Self::Saturday => "SA",
            Self::Sunday => "SU",
        }
    }

    /// The English name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Monday => "Monday",
            Self::Tuesday => "Tuesday",
            Self::Wednesday => "Wednesday",
            Self::Thursday => "Thursday",
            Self::Friday => "Friday",
            Self::Saturday => "Saturday",
            Self::Sunday => "Sunday",
        }
    }
}

impl FromStr for Weekday {
    type Err = UnknownRecurrenceCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = text.trim().to_ascii_uppercase();
        Self::ALL
            .into_iter()
            .find(|day| day.as_str() == code)
            .ok_or(UnknownRecurrenceCode {
                expected: "MO, TU, WE, TH, FR, SA, SU",
            })
    }
}

impl fmt::Display for Weekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Schedule {
    /// `byday` as RFC 5545 writes it: `TH,FR`, or `1MO,-1MO` where only some of a month's count.
    #[must_use]
    pub fn byday_text(&self) -> Option<String> {
        let days = self.byday.iter().map(|day| day.as_str());
        let texts: Vec<String> = if self.ordinals.is_empty() {
            days.map(str::to_owned).collect()
        } else {
            let which = |day: &'static str| {
                self.ordinals
                    .iter()
                    .map(move |ordinal| format!("{ordinal}{day}"))
            };
            days.flat_map(which).collect()
        };
        (!texts.is_empty()).then(|| texts.join(","))
    }
}

/// When a service is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The feed's own id, or one made from the service's.
    pub id: ScheduleId,
    /// How often it repeats.
    pub freq: Option<Frequency>,
    /// Every how many weeks or months; none means every one.
    pub interval: Option<u16>,
    /// On which days of the week.
    pub byday: Vec<Weekday>,
    /// With a monthly schedule: which of those weekdays (1 the first, -1 the last); empty means every one.
    /// The feed writes both together, `1MO,3MO`.
    pub ordinals: Vec<i8>,
    /// On which days of the month.
    pub bymonthday: Vec<i8>,
    /// The first day it counts.
    pub valid_from: Option<Date>,
    /// The last day it counts.
    pub valid_to: Option<Date>,
    /// When it begins each of those days, by the clock on the wall.
    pub opens_at: Option<Time>,
    /// When it ends.
    pub closes_at: Option<Time>,
    /// All of it in words; where there are words they are shown first.
    pub description: Option<String>,
    /// More about it.
    pub notes: Option<String>,
    /// The smaller parts of its record.
    pub details: ScheduleDetails,
}
