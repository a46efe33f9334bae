//! Filters and their counts.

use std::collections::BTreeMap;

use domain::codes::Charge;
use domain::local_offer::{Schedule, Weekday};
use proptest::prelude::*;

use super::*;
use crate::Ages;
use crate::fixtures::schedule;

#[test]
fn an_age_meets_every_range_that_takes_it_in_and_listings_without_ages() {
    let ages = |age: u8| {
        names(&desk(offer()).ask(Query {
            ages: Ages::new(age, age),
            ..Query::default()
        }))
    };
    assert_eq!(ages(5), ["Chatterbox", "Helpline", "Splash Club"]);
    assert_eq!(ages(13), ["Helpline", "Spectrum Stars"]);
}

#[test]
fn pages_have_twenty_hits_and_no_overlap() {
    let desk = desk((0..43).map(|number| listing(number, &format!("Group {number:02}"), "Music")));
    let page = |page| {
        desk.ask(Query {
            words: "music".to_owned(),
            page,
            ..Query::default()
        })
    };
    assert_eq!((page(1).total, page(1).pages), (43, 3));
    let mut all: Vec<String> = (1..=3).flat_map(|number| names(&page(number))).collect();
    assert_eq!(names(&page(0)), names(&page(1)));
    assert_eq!(page(u32::MAX).hits, []);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 43);
}

#[test]
fn any_of_a_group_will_do_and_every_group_must() {
    let desk = desk(offer());
    let ticked = |ticked: Vec<Tick>| {
        names(&desk.ask(Query {
            ticked,
            ..Query::default()
        }))
    };
    let autism = tick(Facet::Need, "autism");
    let speech = tick(Facet::Need, "speech-and-language");
    let leisure = tick(Facet::Category, "leisure");
    assert_eq!(
        ticked(vec![autism.clone(), speech]),
        ["Chatterbox", "Helpline", "Spectrum Stars"]
    );
    assert_eq!(ticked(vec![autism, leisure]), ["Spectrum Stars"]);
}

fn on(mut listing: Listing, schedules: &[(Weekday, i8, i8)]) -> Listing {
    let schedules = schedules.iter();
    listing.schedules = schedules
        .map(|(day, opens, closes)| schedule(*day, *opens, *closes))
        .collect::<Vec<Schedule>>();
    listing
}

#[test]
fn a_day_and_a_time_are_met_together() {
    let desk = desk([
        on(
            listing(1, "Both", ""),
            &[(Weekday::Monday, 9, 11), (Weekday::Saturday, 13, 15)],
        ),
        on(listing(2, "Early", ""), &[(Weekday::Saturday, 9, 11)]),
        listing(3, "Never said", ""),
    ]);
    let found = |ticked: Vec<Tick>| {
        desk.ask(Query {
            ticked,
            ..Query::default()
        })
    };
    let saturday = tick(Facet::Day, "sa");
    let morning = tick(Facet::TimeOfDay, "morning");
    assert_eq!(names(&found(vec![saturday.clone()])), ["Both", "Early"]);
    let both = found(vec![saturday, morning]);
    assert_eq!(names(&both), ["Early"]);
    let count = |facet, slug: &str| {
        let count = both
            .facets
            .iter()
            .find(|it| it.facet == facet && it.slug.as_str() == slug);
        count.map_or(0, |it| it.count)
    };
    assert_eq!(count(Facet::Day, "mo"), 1, "Both has a morning on Mondays");
    assert_eq!(count(Facet::TimeOfDay, "afternoon"), 1);
}

#[test]
fn a_tick_shows_what_was_counted_also_where_few_have_all_of_the_words() {
    let desk = desk(offer());
    let words = |ticked: Vec<Tick>| {
        desk.ask(Query {
            words: "swimming autism".to_owned(),
            ticked,
            ..Query::default()
        })
    };
    let facets = words(Vec::new()).facets;
    assert!(facets.iter().any(|value| value.count == 1));
    for value in facets {
        let tick = tick(value.facet, value.slug.as_str());
        assert_eq!(words(vec![tick]).total, value.count, "{}", value.name);
    }
}

#[test]
fn what_is_for_everywhere_is_in_every_district() {
    let mut county = listing(1, "County", "");
    county.areas = vec!["Whole county".to_owned()];
    let mut dover = listing(2, "Of Dover", "");
    dover.areas = vec!["Dover".to_owned()];
    let by_postcode = listing(3, "In Maidstone", "").at("Maidstone", None, Some("ME14 1XQ"));
    let desk = desk([county, dover, by_postcode]);
    let found = desk.ask(Query {
        ticked: vec![tick(Facet::District, "dover")],
        ..Query::default()
    });
    assert_eq!(names(&found), ["County", "Of Dover"]);
    let counts: Vec<(&str, usize)> = found
        .facets
        .iter()
        .filter(|it| it.facet == Facet::District)
        .map(|it| (it.name.as_str(), it.count))
        .collect();
    assert_eq!(counts, [("Dover", 2), ("Maidstone", 2)]);
}

/// Any listing that has something of every group or nothing.
fn any_listing() -> impl Strategy<Value = Listing> {
    let terms = proptest::collection::vec(0..3_usize, 0..3);
    let days = proptest::collection::vec((0..7_usize, 0..3_i8), 0..3);
    (1..1000_u128, terms, days, 0..4_usize, 0..3_usize).prop_map(
        |(number, terms, days, area, charge)| {
            let mut listing = listing(number, &format!("Listing {number}"), "Words");
            for term in terms {
                listing = listing.term("Needs", ["Autism", "Deafness", "Learning"][term]);
            }
            listing.schedules = days
                .iter()
                .map(|(day, part)| schedule(Weekday::ALL[*day], 8 + 5 * part, 9 + 5 * part))
                .collect();
            listing.areas = [&[][..], &["Dover"], &["Maidstone", "Dover"], &["County"]][area]
                .iter()
                .map(|name| (*name).to_owned())
                .collect();
            listing.send.charge = [None, Some(Charge::Free), Some(Charge::Paid)][charge];
            listing
        },
    )
}

fn any_ticks() -> impl Strategy<Value = Vec<Tick>> {
    let values = [
        (Facet::Need, "autism"),
        (Facet::Need, "deafness"),
        (Facet::Day, "sa"),
        (Facet::Day, "mo"),
        (Facet::TimeOfDay, "morning"),
        (Facet::TimeOfDay, "evening"),
        (Facet::District, "dover"),
        (Facet::District, "maidstone"),
        (Facet::Charge, "free"),
    ];
    let all = values.map(|(facet, slug)| tick(facet, slug)).to_vec();
    proptest::sample::subsequence(all, 0..=4)
}

#[test]
fn a_count_is_what_one_more_tick_shows() {
    let offers = proptest::collection::vec(any_listing(), 1..25);
    proptest!(ProptestConfig::with_cases(24), |(listings in offers, ticked in any_ticks())| {
        let by_id: BTreeMap<_, _> = listings.into_iter().map(|it| (it.service.id, it)).collect();
        let desk = desk(by_id.into_values());
        let found = |ticked: Vec<Tick>| desk.ask(Query { ticked, ..Query::default() });
        for count in found(ticked.clone()).facets {
            // The ticks of its own group aside.
            let mut with: Vec<Tick> =
                ticked.iter().filter(|it| it.facet != count.facet).cloned().collect();
            with.push(Tick { facet: count.facet, slug: count.slug.clone() });
            prop_assert_eq!(found(with).total, count.count, "{:?} with {:?}", count, ticked);
        }
    });
}
