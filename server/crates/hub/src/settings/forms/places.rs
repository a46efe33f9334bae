//! What enquiries are sorted by: topics, districts and teams. Their keys are made from their first
//! names and never change, because old enquiries hold them.

use domain::{
    council::{Council, District, Team, Topic},
    form::{Faults, Fields},
    keys::{DistrictKey, TeamKey, TopicKey},
};

use super::entry::Entry;
use crate::typed::{line, optional_line};

/// Longest name, in characters.
const NAME: usize = 100;
/// Longest hint, in characters.
const HINT: usize = 200;

/// A key made from a name: the first one that is still free.
macro_rules! free_key {
    ($kind:ty, $name:expr, $taken:expr) => {{
        let taken = $taken;
        let base = <$kind>::from_name($name);
        base.and_then(|base| {
            let numbered = (2..100).map(|number| format!("{} {number}", base.as_str()));
            std::iter::once(base.as_str().to_owned())
                .chain(numbered)
                .filter_map(|name| <$kind>::from_name(&name))
                .find(|key| !taken(key))
        })
    }};
}

/// A name that no other entry of the list has.
fn name<'a>(
    faults: &mut Faults,
    fields: &Fields,
    others: impl Iterator<Item = &'a String>,
) -> String {
    let name = line(faults, fields, "name", NAME, "Enter a name").unwrap_or_default();
    if others
        .into_iter()
        .any(|other| other.to_lowercase() == name.to_lowercase())
    {
        faults.add("name", "There is one with this name already");
    }
    name
}

/// The entry, or the faults; a key that cannot be made is the name's fault.
fn made<T>(faults: Faults, key: Option<T>) -> Result<T, Faults> {
    faults.into_result()?;
    key.ok_or_else(|| Faults::one("name", "Enter a name with letters or numbers in it"))
}

impl Entry for Topic {
    fn list(council: &mut Council) -> &mut Vec<Self> {
        &mut council.topics
    }

    fn listed(council: &Council) -> &[Self] {
        &council.topics
    }

    fn show(&self) -> Fields {
        let mut fields = Fields::default();
        fields.set("name", self.name.clone());
        fields.set("hint", self.hint.clone().unwrap_or_default());
        let days = self.working_days.map(|days| days.to_string());
        fields.set("working_days", days.unwrap_or_default());
        fields
    }

    fn read(fields: &Fields, before: Option<&Self>, council: &Council) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let others = council.topics.iter();
        let others = others.filter(|other| before.is_none_or(|before| before.key != other.key));
        let name = name(&mut faults, fields, others.map(|other| &other.name));
        let hint = optional_line(&mut faults, fields, "hint", HINT);
        let working_days = match fields.one("working_days").trim() {
            "" => None,
            _ => super::whole::working_days(&mut faults, fields, "working_days"),
        };
        let taken = |key: &TopicKey| {
            let mut known = council.topics.iter().chain(&council.retired.topics);
            known.any(|topic| topic.key == *key)
        };
        let key = before
            .map(|topic| topic.key.clone())
            .or_else(|| free_key!(TopicKey, &name, taken));
        Ok(Self {
            key: made(faults, key)?,
            name,
            hint,
            working_days,
        })
    }

    fn retire(self, council: &mut Council) {
        council
            .routing
            .retain(|rule| rule.topic.as_ref() != Some(&self.key));
        council
            .promises
            .retain(|own| own.topic.as_ref() != Some(&self.key));
        council.retired.topics.push(self);
    }

    fn bring_back(council: &mut Council, key: &str) -> Option<Self> {
        let retired = &mut council.retired.topics;
        let place = retired.iter().position(|topic| topic.key.as_str() == key)?;
        Some(retired.remove(place))
    }
}

impl Entry for District {
    fn list(council: &mut Council) -> &mut Vec<Self> {
        &mut council.districts
    }

    fn listed(council: &Council) -> &[Self] {
        &council.districts
    }

    fn show(&self) -> Fields {
        let mut fields = Fields::default();
        fields.set("name", self.name.clone());
        let hint = self.postcode_hint.clone();
        fields.set("postcode_hint", hint.unwrap_or_default());
        fields
    }

    fn read(fields: &Fields, before: Option<&Self>, council: &Council) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let others = council.districts.iter();
        let others = others.filter(|other| before.is_none_or(|before| before.key != other.key));
        let name = name(&mut faults, fields, others.map(|other| &other.name));
        let postcode_hint = optional_line(&mut faults, fields, "postcode_hint", HINT);
        let taken = |key: &DistrictKey| {
            let mut known = council.districts.iter().chain(&council.retired.districts);
            known.any(|district| district.key == *key)
        };
        let key = before
            .map(|district| district.key.clone())
            .or_else(|| free_key!(DistrictKey, &name, taken));
        Ok(Self {
            key: made(faults, key)?,
            name,
            postcode_hint,
        })
    }

    fn retire(self, council: &mut Council) {
        council
            .routing
            .retain(|rule| rule.district.as_ref() != Some(&self.key));
        council.retired.districts.push(self);
    }

    fn bring_back(council: &mut Council, key: &str) -> Option<Self> {
        let retired = &mut council.retired.districts;
        let place = retired
            .iter()
            .position(|district| district.key.as_str() == key)?;
        Some(retired.remove(place))
    }
}

impl Entry for Team {
    fn list(council: &mut Council) -> &mut Vec<Self> {
        &mut council.teams
    }

    fn listed(council: &Council) -> &[Self] {
        &council.teams
    }

    fn show(&self) -> Fields {
        let mut fields = Fields::default();
        fields.set("name", self.name.clone());
        fields
    }

    fn read(fields: &Fields, before: Option<&Self>, council: &Council) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let others = council.teams.iter();
        let others = others.filter(|other| before.is_none_or(|before| before.key != other.key));
        let name = name(&mut faults, fields, others.map(|other| &other.name));
        let taken = |key: &TeamKey| {
            let mut known = council.teams.iter().chain(&council.retired.teams);
            known.any(|team| team.key == *key)
        };
        let key = before
            .map(|team| team.key.clone())
            .or_else(|| free_key!(TeamKey, &name, taken));
        Ok(Self {
            key: made(faults, key)?,
            name,
        })
    }

    /// Rules that name the team are left: where its enquiries go instead is for a person to say.
    fn retire(self, council: &mut Council) {
        council.retired.teams.push(self);
    }

    fn bring_back(council: &mut Council, key: &str) -> Option<Self> {
        let retired = &mut council.retired.teams;
        let place = retired.iter().position(|team| team.key.as_str() == key)?;
        Some(retired.remove(place))
    }
}
