//! Places and distances.

use super::*;
use crate::{Order, PlaceOutcome};

#[test]
fn near_a_postcode_the_nearest_come_first_and_those_without_a_place_last() {
    let found = desk(offer()).near("me14 1xq", None);
    assert_eq!(
        names(&found),
        ["Spectrum Stars", "Splash Club", "Chatterbox", "Helpline"]
    );
    let miles: Vec<Option<i64>> = found
        .hits
        .iter()
        .map(|hit| hit.distance_miles.map(|miles| miles.round() as i64))
        .collect();
    assert_eq!(miles[2..], [Some(24), None]);
    assert!(found.hits[3].listing.places.is_empty());
    let nearest = found.hits[0].nearest.unwrap();
    assert_eq!(
        found.hits[0].listing.places[nearest].name,
        "Maidstone Hall, Maidstone"
    );
}

#[test]
fn miles_leave_out_what_is_farther_but_nothing_that_has_no_place() {
    let found = desk(offer()).near("ME14", Some(10));
    assert_eq!(names(&found), ["Spectrum Stars", "Splash Club", "Helpline"]);
}

#[test]
fn an_unknown_postcode_is_told_and_everything_is_searched_all_the_same() {
    let found = desk(offer()).near("ZZ99 9ZZ", Some(5));
    assert_eq!(
        found.place,
        PlaceOutcome::Unknown {
            typed: "ZZ99 9ZZ".to_owned()
        }
    );
    assert_eq!(found.total, 4);
    assert_eq!(desk(offer()).near("  ", None).place, PlaceOutcome::NotAsked);
}

#[test]
fn a_town_is_a_place_and_a_district_a_filter() {
    let desk = desk(offer());
    let found = desk.results("clubs in canterbury");
    assert!(matches!(&found.place, PlaceOutcome::Known { name, .. } if name == "Canterbury"));
    let found = desk.results("autism in maidstone");
    assert_eq!(found.understood[0].name, "Maidstone");
    let field = desk.near("canterbury", None);
    assert!(matches!(field.place, PlaceOutcome::Known { .. }));
}

#[test]
fn of_what_fits_alike_the_nearer_comes_first_and_what_is_everywhere_is_not_drowned() {
    let desk = desk([
        listing(1, "Swim one", "").at("Canterbury", Some(CANTERBURY), None),
        listing(2, "Swim two", "").at("Maidstone", Some(MAIDSTONE), None),
        listing(3, "Swim all", ""),
    ]);
    let found = desk.ask(Query {
        words: "swim".to_owned(),
        postcode: Some("ME14".to_owned()),
        ..Query::default()
    });
    assert_eq!(names(&found), ["Swim two", "Swim all", "Swim one"]);
    assert_eq!(found.order, Order::BestMatch);
}

#[test]
fn a_masked_place_is_told_by_its_town_alone() {
    use domain::local_offer::AddressShown;
    let mut refuge = listing(1, "Refuge", "").at("Maidstone", Some(MAIDSTONE), Some("ME14 1XQ"));
    refuge.places[0].location.address_shown = AddressShown::TownOnly;
    let found = desk([refuge]).near("ME14 1XQ", None);
    let place = &found.hits[0].listing.places[0];
    assert_eq!(place.name, "Maidstone");
    // As far as the sector is, not as the house.
    assert_eq!(found.hits[0].distance_miles, Some(0.0));
}
