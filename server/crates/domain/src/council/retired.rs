//! What a council offers no more. Old enquiries still name it, so its name is kept, and its key is
//! not given to anything else.

use serde::{Deserialize, Serialize};

use super::{Council, District, Team, Topic};
use crate::keys::{DistrictKey, TeamKey, TopicKey};

/// Topics, districts and teams that are offered no more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retired {
    /// Topics that nobody can choose any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Topic>,
    /// Districts that nobody can choose any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub districts: Vec<District>,
    /// Teams that get no more enquiries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Team>,
}

impl Retired {
    /// Whether nothing was given up.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty() && self.districts.is_empty() && self.teams.is_empty()
    }
}

impl Council {
    /// A topic's name, whether it is still offered or not; its key, should it never have been.
    #[must_use]
    pub fn topic_name(&self, key: &TopicKey) -> String {
        let mut known = self.topics.iter().chain(&self.retired.topics);
        known
            .find(|topic| topic.key == *key)
            .map_or_else(|| key.to_string(), |topic| topic.name.clone())
    }

    /// A district's name, as [`Council::topic_name`].
    #[must_use]
    pub fn district_name(&self, key: &DistrictKey) -> String {
        let mut known = self.districts.iter().chain(&self.retired.districts);
        known
            .find(|district| district.key == *key)
            .map_or_else(|| key.to_string(), |district| district.name.clone())
    }

    /// A team's name, as [`Council::topic_name`].
    #[must_use]
    pub fn team_name(&self, key: &TeamKey) -> String {
        let mut known = self.teams.iter().chain(&self.retired.teams);
        known
            .find(|team| team.key == *key)
            .map_or_else(|| key.to_string(), |team| team.name.clone())
    }

    /// These settings, with everything retired that `before` names and they do not: a file that
    /// leaves a topic out gives it up, and does not make it unknown.
    #[must_use]
    pub fn keeping_names_of(mut self, before: &Self) -> Self {
        for topic in before.topics.iter().chain(&before.retired.topics) {
            let known = self.topics.iter().chain(&self.retired.topics);
            if !known.map(|known| &known.key).any(|key| *key == topic.key) {
                self.retired.topics.push(topic.clone());
            }
        }
        for district in before.districts.iter().chain(&before.retired.districts) {
            let known = self.districts.iter().chain(&self.retired.districts);
            if !known
                .map(|known| &known.key)
                .any(|key| *key == district.key)
            {
                self.retired.districts.push(district.clone());
            }
        }
        for team in before.teams.iter().chain(&before.retired.teams) {
            let known = self.teams.iter().chain(&self.retired.teams);
            if !known.map(|known| &known.key).any(|key| *key == team.key) {
                self.retired.teams.push(team.clone());
            }
        }
        self
    }
}
