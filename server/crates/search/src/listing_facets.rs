//! Which value of each group of filters a listing has, and its label in the index.

use domain::codes::{Charge, Delivery, LocationType, Referral};
use domain::keys::TermSlug;
use domain::local_offer::{Listing, Schedule, Term, Weekday};
use jiff::civil::Time;

use crate::facet::{Facet, WAIT_WEEKS};
use crate::index::Taxonomies;
use crate::tables::{ACCESSIBILITY, BROAD_NEEDS, Row};
use crate::words::{Word, words_of};

/// Stands in no slug and in no name (control characters are left out when feeds are read).
const SEPARATOR: char = '\u{1f}';
/// Opens the slug of a district's label when the listing names no area: an outward code follows, or
/// nothing when there is no place either.
pub(crate) const BY_OUTWARD_CODE: char = '@';

/// A value of a group, as a fast field holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) facet: Facet,
    pub(crate) slug: String,
    pub(crate) name: String,
}

impl Label {
    fn new(facet: Facet, slug: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            facet,
            slug: slug.into(),
            name: name.into(),
        }
    }

    /// A value that is called after its name.
    fn named(facet: Facet, name: &str) -> Option<Self> {
        let slug = TermSlug::from_name(name)?;
        Some(Self::new(facet, slug.as_str(), name))
    }

    /// As the index holds it.
    pub(crate) fn encode(&self) -> String {
        let Self { facet, slug, name } = self;
        format!("{}{SEPARATOR}{slug}{SEPARATOR}{name}", facet.key())
    }

    /// What the index holds.
    pub(crate) fn decode(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, SEPARATOR);
        let facet = Facet::of_key(parts.next()?)?;
        Some(Self::new(facet, parts.next()?, parts.next()?))
    }
}

/// Every value of a listing but its days and times, which [`slots`] gives.
pub(crate) fn labels(listing: &Listing, taxonomies: &Taxonomies) -> Vec<Label> {
    let mut labels = Vec::new();
    let needs: Vec<&Term> = listing.terms_in(&taxonomies.need).collect();
    labels.extend(broad_needs(&needs));
    let of_terms = |facet: Facet, terms: &mut dyn Iterator<Item = &Term>| -> Vec<Label> {
        terms
            .map(|term| Label::new(facet, term.slug.as_str(), &term.name))
            .collect()
    };
    // The four broad areas are a group of their own.
    let is_broad = |term: &&Term| BROAD_NEEDS.rows().iter().all(|row| row.name != term.name);
    labels.extend(of_terms(
        Facet::Need,
        &mut needs.iter().copied().filter(is_broad),
    ));
    labels.extend(of_terms(
        Facet::Category,
        &mut listing.terms_in(&taxonomies.category),
    ));
    labels.extend(districts(listing));
    labels.extend(listing.charge().map(charge));
    labels.extend(listing.deliveries().into_iter().map(delivery));
    labels.extend(accessibility(listing));
    let languages = listing.languages.iter();
    labels.extend(languages.filter_map(|name| Label::named(Facet::Language, name)));
    labels.extend(listing.send.referral.map(referral));
    labels.extend(waits(listing));
    labels.sort_by_key(Label::encode);
    labels.dedup();
    labels
}

fn broad_needs(needs: &[&Term]) -> Vec<Label> {
    let needs: Vec<Vec<Word>> = needs.iter().map(|term| words_of(&term.name)).collect();
    let rows = BROAD_NEEDS.rows().iter();
    rows.filter(|row| needs.iter().any(|words| row.is_in(words)))
        .map(|row| label_of(Facet::BroadNeed, row))
        .collect()
}

fn label_of(facet: Facet, row: &Row) -> Label {
    Label::new(facet, &row.slug, &row.name)
}

/// The areas that the listing names; one that names none is for where its places are, or for everywhere.
fn districts(listing: &Listing) -> Vec<Label> {
    if !listing.areas.is_empty() {
        let areas = listing.areas.iter();
        return areas
            .filter_map(|name| Label::named(Facet::District, name))
            .collect();
    }
    let places = listing.places.iter().map(|place| &place.location);
    let outward: Vec<String> = places
        .filter(|location| location.location_type == LocationType::Physical)
        .filter_map(|location| location.address.as_ref()?.postal_code.as_ref())
        .map(|postcode| postcode.outward().to_lowercase())
        .collect();
    let labelled = |code: &str| Label::new(Facet::District, format!("{BY_OUTWARD_CODE}{code}"), "");
    match outward.as_slice() {
        [] => vec![labelled("")],
        codes => codes.iter().map(|code| labelled(code)).collect(),
    }
}

fn charge(charge: Charge) -> Label {
    let name = match charge {
        Charge::Free => "Free",
        Charge::Paid => "You pay",
        Charge::MeansTested => "What you pay hangs on your income",
    };
    Label::new(Facet::Charge, charge.as_str(), name)
}

fn delivery(delivery: Delivery) -> Label {
    let name = match delivery {
        Delivery::InPerson => "At a place you go to",
        Delivery::AtHome => "At your home",
        Delivery::Telephone => "By phone",
        Delivery::Online => "Online",
    };
    Label::new(Facet::Delivery, delivery.as_str(), name)
}

fn referral(referral: Referral) -> Label {
    let name = match referral {
        Referral::SelfReferral => "You can ask for it yourself",
        Referral::Needed => "Someone has to refer you",
    };
    Label::new(Facet::Referral, referral.as_str(), name)
}

fn accessibility(listing: &Listing) -> Vec<Label> {
    let places = listing.places.iter();
    let texts = places.flat_map(|place| place.location.accessibility.iter());
    // “There is no lift” is no lift.
    let texts: Vec<Vec<Word>> = texts
        .filter(|text| !denies(text))
        .map(|text| words_of(text))
        .collect();
    let has = |row: &Row| texts.iter().any(|words| row.is_in(words));
    let rows = ACCESSIBILITY.rows().iter();
    rows.filter(|row| has(row))
        .map(|row| label_of(Facet::Access, row))
        .collect()
}

fn denies(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let mut words = words.map(str::to_lowercase).peekable();
    while let Some(word) = words.next() {
        let steps = word == "no" && words.peek().is_some_and(|next| next == "steps");
        if matches!(word.as_str(), "no" | "not" | "without" | "isn" | "cannot") && !steps {
            return true;
        }
    }
    false
}

/// Every limit that the shortest wait stays within: a wait of 5 weeks is one of at most 13.
fn waits(listing: &Listing) -> Vec<Label> {
    let Some(shortest) = listing.send.waits_now().iter().map(|wait| wait.weeks).min() else {
        return Vec::new();
    };
    let limits = WAIT_WEEKS.iter().filter(|weeks| shortest <= **weeks);
    limits
        .map(|weeks| {
            let name = match weeks {
                13 => "3 months or less".to_owned(),
                26 => "6 months or less".to_owned(),
                52 => "A year or less".to_owned(),
                weeks => format!("{weeks} weeks or less"),
            };
            Label::new(Facet::Wait, weeks.to_string(), name)
        })
        .collect()
}

/// Parts of a day: before noon, before five, after.
pub(crate) const TIMES: [(&str, &str); 3] = [
    ("morning", "Morning"),
    ("afternoon", "Afternoon"),
    ("evening", "Evening"),
];

/// When it is on: bit 3 × day + part of the day, Monday first. A schedule without hours is on all day.
pub(crate) fn slots(listing: &Listing) -> u64 {
    let of_schedule = |schedule: &Schedule| {
        let parts = parts_of_day(schedule.opens_at, schedule.closes_at);
        let days = schedule.byday.iter().map(|day| day_number(*day));
        days.fold(0, |slots, day| slots | parts << (3 * day))
    };
    let schedules = listing.schedules.iter();
    schedules.fold(0, |slots, schedule| slots | of_schedule(schedule))
}

/// Monday is 0.
pub(crate) fn day_number(day: Weekday) -> usize {
    Weekday::ALL
        .iter()
        .position(|other| *other == day)
        .unwrap_or_default()
}

fn parts_of_day(opens: Option<Time>, closes: Option<Time>) -> u64 {
    let (from, to) = match (opens, closes) {
        (None, None) => return 0b111,
        (Some(from), Some(to)) if from < to => (from.hour(), to),
        (Some(from), _) => (from.hour(), Time::MAX),
        (None, Some(to)) => (0, to),
    };
    // What ends on the hour is not on after it.
    let last = to.hour() - i8::from(to.minute() == 0 && to.hour() > from);
    let parts = [(0, 11), (12, 16), (17, 23)];
    let within = |(first, end): (i8, i8)| u64::from(from <= end && last >= first);
    parts
        .into_iter()
        .enumerate()
        .fold(0, |bits, (number, part)| bits | within(part) << number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(opens: &str, closes: &str) -> u64 {
        let time = |text: &str| text.parse::<Time>().ok();
        parts_of_day(time(opens), time(closes))
    }

    #[test]
    fn a_day_has_a_morning_an_afternoon_and_an_evening() {
        assert_eq!(part("09:00", "12:00"), 0b001);
        assert_eq!(part("09:00", "12:30"), 0b011);
        assert_eq!(part("13:00", "17:00"), 0b010);
        assert_eq!(part("16:30", "18:00"), 0b110);
        assert_eq!(part("10:00", "20:00"), 0b111);
        assert_eq!(part("18:00", ""), 0b100);
        assert_eq!(part("", ""), 0b111);
    }

    #[test]
    fn what_is_denied_is_not_there() {
        assert!(denies("There is no lift."));
        assert!(denies("The upper floor cannot be reached."));
        assert!(!denies("No steps at the door."));
        assert!(!denies("There is a notice board by the lift."));
    }

    #[test]
    fn a_label_is_read_as_it_was_written() {
        let label = Label::new(Facet::Need, "autism", "Autism");
        assert_eq!(Label::decode(&label.encode()), Some(label));
        assert_eq!(Label::decode("autism"), None);
    }
}
