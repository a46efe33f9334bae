//! Which team an enquiry goes to.

use super::{Council, RoutingRule};
use crate::keys::{DistrictKey, TeamKey, TopicKey};

impl Council {
    /// The team for an enquiry. The most specific rule that fits wins, wherever it stands in the
    /// list: one for the topic in the district, then one for the topic, then one for the district;
    /// if none fits, the default team.
    #[must_use]
    pub fn route(&self, topic: &TopicKey, district: Option<&DistrictKey>) -> &TeamKey {
        self.routing
            .iter()
            .filter(|rule| rule.fits(topic, district))
            // Of equals the first wins, which `max_by_key` would not do.
            .min_by_key(|rule| std::cmp::Reverse(rule.weight()))
            .map_or(&self.default_team, |rule| &rule.team)
    }
}

impl RoutingRule {
    fn fits(&self, topic: &TopicKey, district: Option<&DistrictKey>) -> bool {
        self.topic.as_ref().is_none_or(|wanted| wanted == topic)
            && self
                .district
                .as_ref()
                .is_none_or(|wanted| Some(wanted) == district)
    }

    /// A topic weighs more than a district: who knows the matter answers better than who is near.
    fn weight(&self) -> u8 {
        u8::from(self.topic.is_some()) * 2 + u8::from(self.district.is_some())
    }
}
