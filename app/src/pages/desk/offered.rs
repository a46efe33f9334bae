//! What selects offer of the council: key and name of each topic, district and team.

use domain::council::{District, Team, Topic};

pub(crate) fn topics(topics: &[Topic]) -> impl Iterator<Item = (String, String)> {
    let each = topics.iter();
    each.map(|topic| (topic.key.to_string(), topic.name.clone()))
}

pub(crate) fn districts(districts: &[District]) -> impl Iterator<Item = (String, String)> {
    let each = districts.iter();
    each.map(|district| (district.key.to_string(), district.name.clone()))
}

pub(crate) fn teams(teams: &[Team]) -> impl Iterator<Item = (String, String)> {
    let each = teams.iter();
    each.map(|team| (team.key.to_string(), team.name.clone()))
}
