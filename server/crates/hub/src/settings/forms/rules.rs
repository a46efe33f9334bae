//! Which team gets what, when the council is closed, and who gives independent advice.

use domain::{
    council::{Advice, Closure, Council, RoutingRule},
    form::{Faults, Fields},
    text::clean_line,
};
use jiff::civil::Date;

use super::entry::Entry;
use crate::typed::{TypedDay, code, day, line, optional, optional_line};

/// Longest name, in characters.
const NAME: usize = 100;
/// Longest text about an adviser, in characters.
const ABOUT: usize = 300;

impl Entry for RoutingRule {
    fn list(council: &mut Council) -> &mut Vec<Self> {
        &mut council.routing
    }

    fn listed(council: &Council) -> &[Self] {
        &council.routing
    }

    fn show(&self) -> Fields {
        let mut fields = Fields::default();
        let topic = self.topic.as_ref().map(ToString::to_string);
        fields.set("topic", topic.unwrap_or_default());
        let district = self.district.as_ref().map(ToString::to_string);
        fields.set("district", district.unwrap_or_default());
        fields.set("team", self.team.to_string());
        fields
    }

    fn read(fields: &Fields, before: Option<&Self>, council: &Council) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let topic = optional(&mut faults, fields, "topic", "Choose a topic from the list")
            .filter(|key| council.topic(key).is_some());
        let district = optional(
            &mut faults,
            fields,
            "district",
            "Choose a district from the list",
        )
        .filter(|key| council.district(key).is_some());
        if topic.is_none() && district.is_none() && faults.is_empty() {
            faults.add("topic", "Choose a topic, a district or both");
        }
        let same = |rule: &&Self| rule.topic == topic && rule.district == district;
        let mut others = council.routing.iter().filter(|rule| Some(*rule) != before);
        if others.any(|rule| same(&rule)) {
            faults.add("topic", "There is already a rule for this. Change that one");
        }
        let team = code(&mut faults, fields, "team", "Choose the team")
            .filter(|key| council.team(key).is_some());
        match team {
            Some(team) if faults.is_empty() => Ok(Self {
                topic,
                district,
                team,
            }),
            _ => Err(faults),
        }
    }
}

/// The team that gets what no rule routes.
pub(super) fn read_default_team(fields: &Fields, council: &mut Council) -> Result<(), Faults> {
    let mut faults = Faults::default();
    let team = code(&mut faults, fields, "default_team", "Choose the team");
    match team.filter(|key| council.team(key).is_some()) {
        Some(team) => {
            council.default_team = team;
            Ok(())
        }
        None => Err(faults),
    }
}

impl Entry for Closure {
    fn list(council: &mut Council) -> &mut Vec<Self> {
        &mut council.closures
    }

    fn listed(council: &Council) -> &[Self] {
        &council.closures
    }

    fn show(&self) -> Fields {
        let mut fields = Fields::default();
        for (name, date) in [("from", self.from), ("to", self.to)] {
            fields.set(format!("{name}-day"), date.day().to_string());
            fields.set(format!("{name}-month"), date.month().to_string());
            fields.set(format!("{name}-year"), date.year().to_string());
        }
        fields.set("reason", self.reason.clone());
        fields
    }

    fn read(fields: &Fields, _: Option<&Self>, _: &Council) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let from = date(
            &mut faults,
            fields,
            "from",
            "Enter the first day, like 29 12 2026",
        );
        let to = date(
            &mut faults,
            fields,
            "to",
            "Enter the last day, like 31 12 2026",
        );
        let ask = "Say why, in words for families";
        let reason = line(&mut faults, fields, "reason", NAME, ask);
        match (from, to, reason) {
            (Some(from), Some(to), _) if to < from => {
                faults.add("to", "The last day must not be before the first");
                Err(faults)
            }
            (Some(from), Some(to), Some(reason)) => Ok(Self { from, to, reason }),
            _ => Err(faults),
        }
    }
}

pub(super) fn date(faults: &mut Faults, fields: &Fields, name: &str, ask: &str) -> Option<Date> {
    match day(fields, name) {
        TypedDay::Day(date) if (2000..2200).contains(&date.year()) => Some(date),
        _ => {
            faults.add(name, ask);
            None
        }
    }
}

impl Entry for Advice {
    fn list(council: &mut Council) -> &mut Vec<Self> {
        &mut council.advice
    }

    fn listed(council: &Council) -> &[Self] {
        &council.advice
    }

    fn show(&self) -> Fields {
        let mut fields = Fields::default();
        fields.set("name", self.name.clone());
        fields.set("about", self.about.clone());
        fields.set("website", self.website.clone());
        fields.set("telephone", self.telephone.clone().unwrap_or_default());
        fields.set("note", self.note.clone().unwrap_or_default());
        fields
    }

    fn read(fields: &Fields, _: Option<&Self>, _: &Council) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let name = line(&mut faults, fields, "name", NAME, "Enter a name");
        let about = line(
            &mut faults,
            fields,
            "about",
            ABOUT,
            "Say what they help with",
        );
        let website = clean_line(fields.one("website"), 300)
            .ok()
            .filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        if website.is_none() {
            faults.add("website", "Enter an address that begins with https://");
        }
        let telephone = optional_line(&mut faults, fields, "telephone", NAME);
        let note = optional_line(&mut faults, fields, "note", ABOUT);
        faults.into_result()?;
        Ok(Self {
            name: name.unwrap_or_default(),
            about: about.unwrap_or_default(),
            website: website.unwrap_or_default(),
            telephone,
            note,
        })
    }
}
