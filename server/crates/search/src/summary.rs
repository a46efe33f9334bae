//! What a list of results shows of a listing; stored in the index beside each one.

use domain::codes::{Delivery, Referral, ServiceStatus};
use domain::ids::ServiceId;
use domain::keys::ServiceSlug;
use domain::local_offer::{CostOption, Listing, Pence, Phone, Position, Weekday};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::sectors::position_of_location;

/// How long a summary's text may be.
const DESCRIPTION_CHARS: usize = 200;
/// Fees longer than this are left to the listing page.
const FEES_CHARS: usize = 60;

/// A place as a list shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListedPlace {
    /// “name, town”.
    pub name: String,
    /// Where it is, as far as that may be told.
    pub position: Option<Position>,
}

/// How long people wait in an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedWait {
    /// The area in the feed's words; none means everywhere the service works.
    pub area: Option<String>,
    /// Whole weeks.
    pub weeks: u16,
}

/// A listing as a list of results shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Its places on the ground.
    pub places: Vec<ListedPlace>,
    /// How people meet it; empty where that is not known.
    pub delivery: Vec<Delivery>,
    /// Whether families may come by themselves, if that is known.
    pub referral: Option<Referral>,
    /// On which days of the week it is on, Monday first; empty where that is not known.
    pub days: Vec<Weekday>,
    /// How long people wait now, by area.
    pub waits: Vec<ListedWait>,
    /// When it was last checked.
    pub checked_on: Option<Date>,
    /// The number to ring first, as it is written.
    pub telephone: Option<String>,
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
            delivery: listing.deliveries(),
            referral: listing.send.referral,
            days: days(listing),
            waits: waits(listing),
            checked_on: service.assured_on,
            telephone: telephone(listing),
        }
    }
}

/// The service's own number goes before those of its people.
fn telephone(listing: &Listing) -> Option<String> {
    let people = &listing.details.contacts;
    let is_of_people = |phone: &&Phone| {
        let mut theirs = people.iter().flat_map(|person| &person.phones);
        theirs.any(|other| other.id == phone.id)
    };
    let mut own = listing.phones.iter().filter(|phone| !is_of_people(phone));
    let first = own.next().or_else(|| listing.phones.first())?;
    Some(first.number.clone())
}

fn places(listing: &Listing) -> Vec<ListedPlace> {
    let mut places: Vec<ListedPlace> = Vec::new();
    let locations = listing.places.iter().map(|place| &place.location);
    for location in locations.filter(|location| location.is_physical()) {
        let town = location.town();
        let name = location.shown_name().filter(|name| Some(*name) != town);
        let words: Vec<&str> = [name, town].into_iter().flatten().collect();
        let name = words.join(", ");
        if !name.is_empty() && places.iter().all(|known| known.name != name) {
            let position = position_of_location(location);
            places.push(ListedPlace { name, position });
        }
    }
    places
}

fn days(listing: &Listing) -> Vec<Weekday> {
    let mut days: Vec<Weekday> = Vec::new();
    for day in listing.schedules.iter().flat_map(|it| &it.byday) {
        if !days.contains(day) {
            days.push(*day);
        }
    }
    days.sort_unstable();
    days
}

fn waits(listing: &Listing) -> Vec<ListedWait> {
    let waits = listing.send.waits_now().into_iter();
    waits
        .map(|wait| ListedWait {
            area: wait.area.clone(),
            weeks: wait.weeks,
        })
        .collect()
}

/// Whether a price is for somebody else than the person it is all about.
fn is_for_others(option: &CostOption) -> bool {
    let whom = option.option.as_deref().unwrap_or_default().to_lowercase();
    let others = [
        "sibling", "brother", "sister", "adult", "parent", "carer", "helper",
    ];
    others.iter().any(|word| whom.contains(word))
}

/// In few words. Only pounds are compared; an index without a clock cannot tell which prices have run out.
fn cost(options: &[CostOption], fees: Option<&str>) -> Option<String> {
    let in_pounds = |option: &&CostOption| {
        option
            .currency
            .as_deref()
            .is_none_or(|code| code.eq_ignore_ascii_case("GBP"))
    };
    let amounts_of = |others: bool| -> Vec<Pence> {
        options
            .iter()
            .filter(in_pounds)
            .filter(|option| others || !is_for_others(option))
            .filter_map(|option| option.amount)
            .collect()
    };
    let mut amounts = amounts_of(false);
    if amounts.is_empty() {
        amounts = amounts_of(true);
    }
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
    use domain::ids::{PartId, PhoneId};
    use domain::local_offer::Contact;

    use super::*;
    use crate::fixtures::{self, cost_option, listing};

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
    fn the_service_s_own_number_goes_before_those_of_its_people() {
        let phone = |number: &str, id: u128| Phone {
            id: PhoneId::from_uuid(fixtures::id(id).as_uuid()),
            number: number.to_owned(),
            description: None,
        };
        let mut swim = listing(1, "Swim", "In warm water");
        assert_eq!(telephone(&swim), None);
        swim.phones = vec![phone("01632 960001", 1)];
        swim.details.contacts = vec![Contact {
            id: PartId::from_uuid(fixtures::id(1).as_uuid()),
            name: None,
            title: None,
            department: None,
            email: None,
            phones: swim.phones.clone(),
        }];
        assert_eq!(telephone(&swim).as_deref(), Some("01632 960001"));
        swim.phones.push(phone("01632 960002", 2));
        assert_eq!(telephone(&swim).as_deref(), Some("01632 960002"));
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
