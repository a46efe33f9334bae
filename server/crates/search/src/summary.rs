//! What a list of results shows of a listing; stored in the index beside each one.

use domain::codes::{LocationType, ServiceStatus};
use domain::ids::ServiceId;
use domain::keys::ServiceSlug;
use domain::local_offer::{CostOption, Listing, Pence};
use serde::{Deserialize, Serialize};

/// How long a summary's text may be.
const DESCRIPTION_CHARS: usize = 200;
/// Fees longer than this are left to the listing page.
const FEES_CHARS: usize = 60;

/// How people get to a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attendance {
    /// At one or more places that one can go to.
    AtAPlace,
    /// Online.
    Online,
    /// By telephone, at home or anywhere in its area: the listing names no place.
    NoFixedPlace,
}

/// A listing as a list of results shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingSummary {
    /// Which service.
    pub id: ServiceId,
    /// Its place in our addresses.
    pub slug: ServiceSlug,
    /// What it is called.
    pub name: String,
    /// Who runs it.
    pub organization: Option<String>,
    /// Its description up to 200 characters or so, cut at a sentence or else at a word.
    pub description: Option<String>,
    /// Active, or closed for now; others are not in the index.
    pub status: ServiceStatus,
    /// The youngest age in whole years.
    pub minimum_age: Option<u8>,
    /// The oldest age in whole years.
    pub maximum_age: Option<u8>,
    /// “Free”, “From £5”, or the feed's own words when they are short.
    pub cost: Option<String>,
    /// Districts or areas it is for.
    pub areas: Vec<String>,
    /// Its places, each as “name, town”.
    pub places: Vec<String>,
    /// How people get to it.
    pub attendance: Attendance,
}

impl ListingSummary {
    /// The summary of a listing.
    pub fn of(listing: &Listing) -> Self {
        let service = &listing.service;
        Self {
            id: service.id,
            slug: service.slug.clone(),
            name: service.name.clone(),
            organization: listing
                .organization
                .as_ref()
                .map(|organization| organization.name.clone()),
            description: listing.short_description(DESCRIPTION_CHARS),
            status: service.status,
            minimum_age: service.minimum_age,
            maximum_age: service.maximum_age,
            cost: cost(&listing.cost_options, service.fees_description.as_deref()),
            areas: listing.areas.clone(),
            places: places(listing),
            attendance: attendance(listing),
        }
    }
}

fn places(listing: &Listing) -> Vec<String> {
    let mut places: Vec<String> = Vec::new();
    for location in listing
        .places
        .iter()
        .map(|place| &place.location)
        .filter(|location| location.is_physical())
    {
        let town = location
            .address
            .as_ref()
            .and_then(|address| address.city.as_deref());
        let name = location.name.as_deref().filter(|name| Some(*name) != town);
        let words: Vec<&str> = [name, town].into_iter().flatten().collect();
        let words = words.join(", ");
        if !words.is_empty() && !places.contains(&words) {
            places.push(words);
        }
    }
    places
}

fn attendance(listing: &Listing) -> Attendance {
    let has = |wanted| {
        listing
            .places
            .iter()
            .any(|place| place.location.location_type == wanted)
    };
    if has(LocationType::Physical) {
        Attendance::AtAPlace
    } else if has(LocationType::Virtual) {
        Attendance::Online
    } else {
        Attendance::NoFixedPlace
    }
}

/// In few words. Only pounds are compared; an index without a clock cannot tell which prices have run out.
fn cost(options: &[CostOption], fees: Option<&str>) -> Option<String> {
    let in_pounds = |option: &&CostOption| {
        option
            .currency
            .as_deref()
            .is_none_or(|code| code.eq_ignore_ascii_case("GBP"))
    };
    let mut amounts: Vec<Pence> = options
        .iter()
        .filter(in_pounds)
        .filter_map(|option| option.amount)
        .collect();
    amounts.sort_unstable();
    match (
        amounts.as_slice(),
        amounts.iter().find(|amount| amount.0 > 0),
    ) {
        ([], _) => fees
            .map(str::trim)
            .filter(|fees| !fees.is_empty() && fees.chars().count() <= FEES_CHARS)
            .map(str::to_owned),
        (_, None) => Some("Free".to_owned()),
        ([first, ..], Some(dearer)) if first.0 == 0 => {
            Some(format!("Free for some, others from {dearer}"))
        }
        ([only], _) => Some(only.to_string()),
        ([first, ..], _) => Some(format!("From {first}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{cost_option, listing};

    #[test]
    fn the_cost_is_told_in_few_words() {
        let told = |amounts: &[i64], fees| {
            let options: Vec<CostOption> =
                amounts.iter().map(|amount| cost_option(*amount)).collect();
            cost(&options, fees)
        };
        assert_eq!(told(&[], None), None);
        assert_eq!(told(&[], Some("Ask us")).as_deref(), Some("Ask us"));
        assert_eq!(told(&[0], None).as_deref(), Some("Free"));
        assert_eq!(told(&[500], None).as_deref(), Some("£5"));
        assert_eq!(told(&[800, 500], None).as_deref(), Some("From £5"));
        assert_eq!(
            told(&[0, 350], None).as_deref(),
            Some("Free for some, others from £3.50")
        );
    }

    #[test]
    fn a_summary_survives_being_stored() {
        let summary = ListingSummary::of(&listing(1, "Swim", "In warm water"));
        let stored = serde_json::to_string(&summary).unwrap();
        assert_eq!(
            serde_json::from_str::<ListingSummary>(&stored).unwrap(),
            summary
        );
    }
}
