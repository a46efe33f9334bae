//! A made-up local offer of any size: the same number always gives the same listing.
//!
//! Start with [`Offer::listing`]. Words come as often as Zipf's law has them come in real text: a
//! few are everywhere, most are rare, and names of people and streets are a long tail. What each
//! word is stands in `offer/words.rs`, how a description is put together in `offer/text.rs`, and
//! where Kent's sectors lie in `offer/places.rs`.

mod places;
mod text;
mod words;
mod zipf;

use domain::{
    codes::{Charge, Delivery, LocationType, Referral},
    ids::{
        CostOptionId, LocationId, OrganizationId, ScheduleId, ServiceAtLocationId, ServiceId,
        TaxonomyId, TaxonomyTermId,
    },
    keys::{ServiceSlug, TermSlug},
    local_offer::{
        Address, AddressShown, CostOption, Frequency, Listing, Location, LocationDetails,
        Organization, OrganizationDetails, Pence, Place, Schedule, ScheduleDetails, SendDetails,
        Service, Term, WaitingTime, Weekday,
    },
    open_referral,
};
use jiff::civil::{Date, Time, date, time};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use uuid::Uuid;

use self::{places::Places, text::Text, zipf::Zipf};
use super::Outcome;

pub(super) use self::places::position_of;
pub(super) use self::words::{ACCESS, BROAD_NEEDS, CATEGORIES, NEEDS};

/// As the sample council's settings call them.
pub(super) const NEED_TAXONOMY: &str = "SEND areas of need";
/// The same of the kinds of help.
pub(super) const CATEGORY_TAXONOMY: &str = "Local offer categories";
/// Ids of one kind lie apart from those of another.
const KIND: u128 = 1 << 64;

/// Some listings as an Open Referral document, to be imported as any feed is.
pub(super) fn as_open_referral(listings: &[Listing]) -> String {
    let records = listings.iter().map(open_referral::record_of).collect();
    open_referral::page(records).to_string()
}

/// Makes listings.
pub(super) struct Offer {
    places: Places,
    text: Text,
    needs: Zipf,
    categories: Zipf,
}

impl Offer {
    /// Kent's.
    pub(super) fn new() -> Outcome<Self> {
        Ok(Self {
            places: Places::of_the_sample()?,
            text: Text::new(),
            needs: Zipf::new(NEEDS.len(), 0.6),
            categories: Zipf::new(CATEGORIES.len(), 0.6),
        })
    }

    /// The listing of that number, from 1; it does not hang on any other.
    pub(super) fn listing(&self, number: u32) -> Outcome<Listing> {
        let mut random = StdRng::seed_from_u64(u64::from(number));
        let random = &mut random;
        let district = self.places.district(random);
        let delivery = delivery(random);
        let towns = self.places.towns_of(district);
        let town = towns.choose(random).copied().unwrap_or_default();
        let topic = self.text.topic(random);
        let name = self.text.name(town, topic, random);
        let charge = charge(random);
        let organization = self.organization(number, random);
        let mut places = Vec::new();
        if delivery.contains(&Delivery::InPerson) {
            let count = [1, 1, 1, 1, 2, 3].choose(random).copied().unwrap_or(1);
            for place in 0..count {
                places.push(self.place(number, place, district, random)?);
            }
        }
        let (minimum_age, maximum_age) = ages(random);
        let id = ServiceId::from_uuid(id(1, number));
        let slug = ServiceSlug::from_name(&format!("{name} {number}")).ok_or("a name")?;
        let service = Service {
            organization: Some(organization.id),
            description: Some(self.text.description(topic, random)),
            minimum_age,
            maximum_age,
            assured_on: Some(checked_on(random)),
            ..Service::named(id, slug, name)
        };
        Ok(Listing {
            organization: Some(organization),
            places,
            schedules: schedules(number, random),
            cost_options: costs(number, charge, random),
            terms: self.terms(random)?,
            areas: self.places.areas(district, random),
            languages: languages(random),
            send: SendDetails {
                delivery,
                referral: Some(if random.random_bool(0.7) {
                    Referral::SelfReferral
                } else {
                    Referral::Needed
                }),
                charge: Some(charge),
                answers: Vec::new(),
                waits: waits(random),
                while_you_wait: None,
                checked_by: None,
            },
            ..Listing::of(service)
        })
    }

    /// The listings from one number to another, both included, one at a time.
    pub(super) fn listings(
        &self,
        from: u32,
        to: u32,
    ) -> impl Iterator<Item = Outcome<Listing>> + '_ {
        (from..=to).map(|number| self.listing(number))
    }

    /// Some run hundreds of services, most run a few.
    fn organization(&self, number: u32, random: &mut StdRng) -> Organization {
        let which = if random.random_bool(0.3) {
            number % 40
        } else {
            40 + number / 6
        };
        let mut of_its_own = StdRng::seed_from_u64(u64::from(which) | 1 << 40);
        Organization {
            id: OrganizationId::from_uuid(id(2, which)),
            name: self.text.organization(&mut of_its_own),
            description: None,
            email: None,
            website: None,
            details: OrganizationDetails::default(),
        }
    }

    fn place(
        &self,
        number: u32,
        place: u32,
        district: usize,
        random: &mut StdRng,
    ) -> Outcome<Place> {
        let spot = self.places.spot(district, random);
        let key = number * 4 + place;
        let accessibility = ACCESS
            .iter()
            .filter(|_| random.random_bool(0.4))
            .map(|(_, text)| (*text).to_owned())
            .collect();
        Ok(Place {
            id: ServiceAtLocationId::from_uuid(id(3, key)),
            location: Location {
                id: LocationId::from_uuid(id(4, key)),
                location_type: LocationType::Physical,
                name: Some(self.text.building(random)),
                description: None,
                position: Some(spot.position),
                address: Some(Address {
                    address_1: self.text.street(random),
                    address_2: None,
                    city: Some(spot.town.to_owned()),
                    region: None,
                    postal_code: Some(spot.postcode.parse()?),
                    country: Some("GB".to_owned()),
                }),
                accessibility,
                address_shown: AddressShown::Whole,
                details: LocationDetails::default(),
            },
        })
    }

    fn terms(&self, random: &mut StdRng) -> Outcome<Vec<Term>> {
        let mut terms = Vec::new();
        for _ in 0..random.random_range(1..=3) {
            let need = self.needs.draw(random);
            let (name, _) = NEEDS.get(need).ok_or("a need")?;
            terms.push(term(NEED_TAXONOMY, 1, need, name)?);
        }
        for _ in 0..random.random_range(1..=2) {
            let category = self.categories.draw(random);
            let name = CATEGORIES.get(category).ok_or("a category")?;
            terms.push(term(CATEGORY_TAXONOMY, 2, category, name)?);
        }
        terms.sort_by_key(|term| term.id);
        terms.dedup_by_key(|term| term.id);
        Ok(terms)
    }
}

fn id(kind: u128, number: u32) -> Uuid {
    Uuid::from_u128(kind * KIND + u128::from(number))
}

fn term(taxonomy: &str, kind: u32, number: usize, name: &str) -> Outcome<Term> {
    Ok(Term {
        id: TaxonomyTermId::from_uuid(id(5, kind * 1000 + u32::try_from(number)?)),
        taxonomy: TaxonomyId::from_uuid(id(6, kind)),
        taxonomy_name: taxonomy.to_owned(),
        name: name.to_owned(),
        slug: TermSlug::from_name(name).ok_or("a term's name")?,
        parent: None,
    })
}

fn delivery(random: &mut StdRng) -> Vec<Delivery> {
    use Delivery::{AtHome, InPerson, Online, Telephone};
    let ways: [&[Delivery]; 6] = [
        &[InPerson],
        &[InPerson],
        &[InPerson],
        &[InPerson, AtHome],
        &[Telephone, Online],
        &[AtHome],
    ];
    ways.choose(random).map_or(Vec::new(), |way| way.to_vec())
}

fn charge(random: &mut StdRng) -> Charge {
    match random.random_range(0..10) {
        0..5 => Charge::Free,
        5..9 => Charge::Paid,
        _ => Charge::MeansTested,
    }
}

fn ages(random: &mut StdRng) -> (Option<u8>, Option<u8>) {
    const RANGES: [(u8, u8); 8] = [
        (0, 4),
        (0, 25),
        (4, 11),
        (5, 16),
        (8, 18),
        (11, 18),
        (16, 25),
        (18, 25),
    ];
    if random.random_bool(0.1) {
        return (None, None);
    }
    let range = RANGES.choose(random).copied().unwrap_or((0, 25));
    (Some(range.0), Some(range.1))
}

fn checked_on(random: &mut StdRng) -> Date {
    let first = date(2025, 1, 1);
    let days = random.random_range(0..600);
    first.saturating_add(jiff::Span::new().days(days))
}

fn schedules(number: u32, random: &mut StdRng) -> Vec<Schedule> {
    const HOURS: [(Time, Time); 4] = [
        (time(9, 30, 0, 0), time(11, 30, 0, 0)),
        (time(13, 0, 0, 0), time(15, 30, 0, 0)),
        (time(18, 0, 0, 0), time(19, 30, 0, 0)),
        (time(10, 0, 0, 0), time(16, 0, 0, 0)),
    ];
    if random.random_bool(0.2) {
        return Vec::new();
    }
    let days = random.random_range(1..=3);
    let mut byday: Vec<Weekday> = Weekday::ALL
        .choose_multiple(random, days)
        .copied()
        .collect();
    byday.sort();
    let hours = HOURS.choose(random).copied();
    vec![Schedule {
        id: ScheduleId::from_uuid(id(7, number)),
        freq: Some(Frequency::Weekly),
        interval: Some(1),
        byday,
        ordinals: Vec::new(),
        bymonthday: Vec::new(),
        valid_from: None,
        valid_to: None,
        opens_at: hours.map(|(opens, _)| opens),
        closes_at: hours.map(|(_, closes)| closes),
        description: None,
        notes: None,
        details: ScheduleDetails::default(),
    }]
}

fn costs(number: u32, charge: Charge, random: &mut StdRng) -> Vec<CostOption> {
    let amount = match charge {
        Charge::Free => 0,
        Charge::Paid | Charge::MeansTested => random.random_range(2..60) * 50,
    };
    vec![CostOption {
        id: CostOptionId::from_uuid(id(8, number)),
        option: None,
        amount: Some(Pence(amount)),
        currency: Some("GBP".to_owned()),
        amount_description: None,
        valid_from: None,
        valid_to: None,
    }]
}

fn languages(random: &mut StdRng) -> Vec<String> {
    let mut languages = vec!["English".to_owned()];
    for other in ["British Sign Language", "Polish", "Punjabi", "Nepali"] {
        if random.random_bool(0.06) {
            languages.push(other.to_owned());
        }
    }
    languages
}

fn waits(random: &mut StdRng) -> Vec<WaitingTime> {
    if random.random_bool(0.6) {
        return Vec::new();
    }
    let weeks = [0, 2, 6, 12, 20, 40, 70]
        .choose(random)
        .copied()
        .unwrap_or(0);
    vec![WaitingTime {
        area: None,
        weeks,
        stated_on: checked_on(random),
        source: None,
    }]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_same_number_gives_the_same_listing() {
        let (one, two) = (Offer::new().unwrap(), Offer::new().unwrap());
        for number in [1, 7, 400_000] {
            assert_eq!(one.listing(number).unwrap(), two.listing(number).unwrap());
        }
        assert_ne!(one.listing(1).unwrap(), one.listing(2).unwrap());
    }

    #[test]
    fn descriptions_have_sixty_to_a_hundred_and_twenty_words() {
        let offer = Offer::new().unwrap();
        for listing in offer.listings(1, 300) {
            let text = listing.unwrap().service.description.unwrap();
            let words = text.split_whitespace().count();
            assert!((60..=120).contains(&words), "{words}: {text}");
        }
    }

    #[test]
    fn a_few_words_are_everywhere_and_most_are_rare() {
        let offer = Offer::new().unwrap();
        let mut found: BTreeMap<String, u32> = BTreeMap::new();
        for listing in offer.listings(1, 2_000) {
            let text = listing.unwrap().service.description.unwrap();
            for word in text.split(|c: char| !c.is_alphanumeric()) {
                *found.entry(word.to_lowercase()).or_default() += 1;
            }
        }
        let mut counts: Vec<u32> = found.into_values().collect();
        counts.sort_unstable_by(|one, two| two.cmp(one));
        let rare = counts.iter().filter(|count| **count <= 5).count();
        assert!(counts.len() > 5_000, "{} different words", counts.len());
        assert!(rare * 2 > counts.len(), "{rare} of them rare");
        assert!(counts[0] > 20 * counts[100], "{:?}", &counts[..10]);
    }

    #[test]
    fn every_group_of_filters_has_its_values() {
        let offer = Offer::new().unwrap();
        let listings: Vec<Listing> = offer.listings(1, 500).map(Result::unwrap).collect();
        let some = |test: &dyn Fn(&Listing) -> bool| listings.iter().any(test);
        assert!(some(&|listing| listing.places.is_empty()));
        assert!(some(&|listing| listing.places.len() > 1));
        assert!(some(&|listing| listing.send.waits.is_empty()));
        assert!(some(&|listing| listing.areas.len() == 12));
        assert!(listings.iter().all(|listing| !listing.terms.is_empty()));
    }
}
