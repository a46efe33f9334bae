//! A listing as a table holds it: what PostgreSQL and SQLite are filled with.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    keys::TermSlug,
    local_offer::{Listing, Position, Weekday},
};

use crate::bench::{
    Outcome,
    offer::{ACCESS, BROAD_NEEDS, CATEGORY_TAXONOMY, NEED_TAXONOMY, NEEDS},
};

/// The groups of filters, as addresses call them.
pub(super) const GROUPS: [&str; 12] = [
    "area", "need", "category", "district", "cost", "day", "time", "how", "access", "language",
    "referral", "wait",
];
/// How many values a group may have: value 203 is the fourth of the third group.
const A_GROUP: i32 = 100;
/// How much of a description a list of results shows.
const SUMMARY_CHARS: usize = 200;
/// Waits that can be chosen, in weeks.
const WAITS: [u16; 4] = [4, 13, 26, 52];

/// Everything about one listing that is searched, filtered by or shown.
pub(in crate::bench) struct Row {
    pub(super) id: i32,
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) organization: String,
    pub(super) needs: String,
    pub(super) categories: String,
    /// Names of its areas, its towns and its buildings.
    pub(super) places: String,
    pub(super) body: String,
    pub(super) summary: String,
    pub(super) cost: String,
    /// Where it is, for people.
    pub(super) shown_places: String,
    /// The days on which it is open, as addresses call them: `mo,we`.
    pub(super) days: String,
    /// How one gets it, as codes: `telephone,online`.
    pub(super) ways: String,
    /// What one waits, as JSON: pairs of an area, if any, and weeks.
    pub(super) waits: String,
    pub(super) minimum_age: i16,
    pub(super) maximum_age: i16,
    /// Sorted numbers, as [`number_of`] gives them.
    pub(super) values: Vec<i32>,
    pub(super) positions: Vec<Position>,
}

/// The first and the last number of a group's values.
pub(super) fn range_of(group: &str) -> Option<(i32, i32)> {
    let place = GROUPS.iter().position(|known| *known == group)?;
    let first = i32::try_from(place).ok()? * A_GROUP;
    Some((first, first + A_GROUP - 1))
}

/// Numbers of values, given as they come.
#[derive(Debug, Default, Clone)]
pub(in crate::bench) struct Values {
    numbers: BTreeMap<(String, String), i32>,
    next: BTreeMap<String, i32>,
}

impl Values {
    fn number(&mut self, group: &str, slug: &str) -> Outcome<i32> {
        let key = (group.to_owned(), slug.to_owned());
        if let Some(number) = self.numbers.get(&key) {
            return Ok(*number);
        }
        let (first, last) = range_of(group).ok_or("no such group")?;
        let next = self.next.entry(group.to_owned()).or_insert(first);
        if *next > last {
            return Err(format!("the group {group} has too many values").into());
        }
        let number = *next;
        *next += 1;
        self.numbers.insert(key, number);
        Ok(number)
    }

    /// The number of a value that some listing has.
    pub(super) fn known(&self, group: &str, slug: &str) -> Outcome<i32> {
        let number = self.numbers.get(&(group.to_owned(), slug.to_owned()));
        number
            .copied()
            .ok_or_else(|| format!("no listing has {group}={slug}").into())
    }

    /// Which value a number is.
    pub(super) fn by_number(&self) -> BTreeMap<i32, (String, String)> {
        let numbers = self.numbers.iter();
        numbers
            .map(|(key, number)| (*number, key.clone()))
            .collect()
    }

    /// Group, value and number of each.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str, i32)> {
        let numbers = self.numbers.iter();
        numbers.map(|((group, slug), number)| (group.as_str(), slug.as_str(), *number))
    }

    /// The rows of some listings, numbered on from `first`.
    pub(in crate::bench) fn rows(&mut self, first: u32, listings: &[Listing]) -> Outcome<Vec<Row>> {
        let numbered = listings.iter().zip(first..);
        numbered
            .map(|(listing, number)| self.row(number, listing))
            .collect()
    }

    fn row(&mut self, number: u32, listing: &Listing) -> Outcome<Row> {
        let service = &listing.service;
        let mut values = Vec::new();
        for (group, slug) in values_of(listing) {
            values.push(self.number(group, &slug)?);
        }
        values.sort_unstable();
        let names = |taxonomy: &str| {
            let terms = listing.terms_in(taxonomy);
            terms
                .map(|term| term.name.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let cost = listing
            .cost_options
            .first()
            .and_then(|option| option.amount);
        Ok(Row {
            id: i32::try_from(number)?,
            slug: service.slug.to_string(),
            name: service.name.clone(),
            organization: listing
                .organization
                .as_ref()
                .map(|one| one.name.clone())
                .unwrap_or_default(),
            needs: names(NEED_TAXONOMY),
            categories: names(CATEGORY_TAXONOMY),
            places: places(listing),
            body: body(listing),
            summary: listing.short_description(SUMMARY_CHARS).unwrap_or_default(),
            cost: cost.map(|cost| cost.to_string()).unwrap_or_default(),
            shown_places: shown_places(listing),
            days: days(listing),
            ways: ways(listing),
            waits: waits(listing)?,
            minimum_age: service.minimum_age.map_or(0, i16::from),
            maximum_age: service.maximum_age.map_or(i16::MAX, i16::from),
            values,
            positions: listing.positions().collect(),
        })
    }
}

fn places(listing: &Listing) -> String {
    let mut places: Vec<&str> = listing.areas.iter().map(String::as_str).collect();
    for place in &listing.places {
        places.extend(place.location.name.as_deref());
        let address = place.location.address.as_ref();
        places.extend(address.and_then(|address| address.city.as_deref()));
    }
    places.join(", ")
}

fn shown_places(listing: &Listing) -> String {
    let places = listing.places.iter().map(|place| &place.location);
    let shown = places.map(|location| {
        let town = location
            .address
            .as_ref()
            .and_then(|address| address.city.as_deref());
        let words: Vec<&str> = [location.name.as_deref(), town]
            .into_iter()
            .flatten()
            .collect();
        words.join(", ")
    });
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() {
        listing.areas.join("; ")
    } else {
        shown.join("; ")
    }
}

fn days(listing: &Listing) -> String {
    let days: BTreeSet<Weekday> = listing
        .schedules
        .iter()
        .flat_map(|schedule| schedule.byday.iter().copied())
        .collect();
    let codes = days.iter().map(|day| day.as_str().to_lowercase());
    codes.collect::<Vec<_>>().join(",")
}

fn ways(listing: &Listing) -> String {
    let codes = listing.deliveries();
    let codes = codes.iter().map(ToString::to_string);
    codes.collect::<Vec<_>>().join(",")
}

fn waits(listing: &Listing) -> Outcome<String> {
    let waits = listing.send.waits_now();
    let pairs: Vec<_> = waits.iter().map(|wait| (&wait.area, wait.weeks)).collect();
    Ok(serde_json::to_string(&pairs)?)
}

fn body(listing: &Listing) -> String {
    let description = listing.service.description.as_deref();
    let texts = description
        .into_iter()
        .chain(listing.languages.iter().map(String::as_str));
    texts.collect::<Vec<_>>().join(" ")
}

/// Every group's values of a listing, each once.
fn values_of(listing: &Listing) -> BTreeSet<(&'static str, String)> {
    let mut values = BTreeSet::new();
    for term in listing.terms_in(NEED_TAXONOMY) {
        values.insert(("need", term.slug.to_string()));
        let broad = NEEDS
            .iter()
            .filter(|(name, _)| *name == term.name)
            .flat_map(|(_, broad)| *broad);
        values.extend(broad.filter_map(|at| Some(("area", (*BROAD_NEEDS.get(*at)?).to_owned()))));
    }
    let categories = listing.terms_in(CATEGORY_TAXONOMY);
    values.extend(categories.map(|term| ("category", term.slug.to_string())));
    let slug = |name: &String| TermSlug::from_name(name).map(|slug| slug.to_string());
    values.extend(
        listing
            .areas
            .iter()
            .filter_map(slug)
            .map(|area| ("district", area)),
    );
    values.extend(listing.charge().map(|charge| ("cost", charge.to_string())));
    values.extend(
        listing
            .deliveries()
            .iter()
            .map(|delivery| ("how", delivery.to_string())),
    );
    values.extend(
        listing
            .languages
            .iter()
            .filter_map(slug)
            .map(|language| ("language", language)),
    );
    values.extend(
        listing
            .send
            .referral
            .map(|referral| ("referral", referral.to_string())),
    );
    for place in &listing.places {
        let said = ACCESS
            .iter()
            .filter(|(_, text)| place.location.accessibility.iter().any(|said| said == text));
        values.extend(said.map(|(slug, _)| ("access", (*slug).to_owned())));
    }
    for schedule in &listing.schedules {
        values.extend(
            schedule
                .byday
                .iter()
                .map(|day| ("day", day.as_str().to_lowercase())),
        );
        let (opens, closes) = (schedule.opens_at, schedule.closes_at);
        if let (Some(opens), Some(closes)) = (opens, closes) {
            let parts = [
                ("morning", 0, 12),
                ("afternoon", 12, 17),
                ("evening", 17, 24),
            ];
            let on = parts
                .iter()
                .filter(|(_, from, to)| opens.hour() < *to && closes.hour() >= *from);
            values.extend(on.map(|(part, ..)| ("time", (*part).to_owned())));
        }
    }
    let shortest = listing.send.waits_now().iter().map(|wait| wait.weeks).min();
    let within = WAITS
        .iter()
        .filter(|most| shortest.is_some_and(|weeks| weeks <= **most));
    values.extend(within.map(|weeks| ("wait", weeks.to_string())));
    values
}

/// How many degrees north and east so many miles are at most, somewhere around there.
pub(super) fn degrees(from: Position, miles: f64) -> (f64, f64) {
    const MILES_A_DEGREE: f64 = 69.0;
    let north = miles / MILES_A_DEGREE;
    (
        north,
        north / (from.latitude.abs() + north).to_radians().cos(),
    )
}
