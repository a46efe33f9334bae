//! The sample council's local offer: whatever the product can show, some service of the sample shows.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    codes::{Charge, Delivery, LocationType, Referral, ServiceStatus},
    local_offer::{AddressShown, Listing, Weekday},
    open_referral::{self, Import},
};
use testing::council::{SAMPLE_SERVICES, sample_council};

fn sample() -> Import {
    let import = open_referral::read(SAMPLE_SERVICES).unwrap();
    assert_eq!(import.warnings, []);
    import
}

fn at_least(many: usize, of: &str, fits: impl Fn(&Listing) -> bool) {
    let listings = sample().listings;
    let count = listings.iter().filter(|listing| fits(listing)).count();
    assert!(count >= many, "{count} of {of}, which should be {many}");
}

#[test]
fn it_has_150_services_and_each_says_who_it_is_for_and_how_to_get_it() {
    let listings = sample().listings;
    assert_eq!(listings.len(), 150);
    for listing in listings {
        let service = &listing.service;
        let name = &service.name;
        assert!(service.description.is_some(), "{name}");
        assert!(service.eligibility_description.is_some(), "{name}");
        assert!(service.application_process.is_some(), "{name}");
        assert!(!listing.terms.is_empty(), "{name}");
        assert!(!listing.areas.is_empty(), "{name}");
        assert!(!listing.send.delivery.is_empty(), "{name}");
    }
}

#[test]
fn every_need_and_category_has_two_services_and_every_broad_need_has_needs_below_it() {
    let import = sample();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for listing in &import.listings {
        for term in &listing.terms {
            *counts.entry(&term.name).or_default() += 1;
        }
    }
    assert!(counts.values().all(|count| *count >= 2), "{counts:?}");
    let roots = import
        .terms
        .iter()
        .filter(|term| term.taxonomy_name == "SEND areas of need" && term.parent.is_none());
    assert_eq!(roots.clone().count(), 4);
    for root in roots {
        let below = |term: &&domain::local_offer::Term| term.parent == Some(root.id);
        assert!(import.terms.iter().filter(below).count() >= 3, "{root:?}");
    }
}

#[test]
fn every_district_has_services_of_its_own_and_no_area_is_spelled_otherwise() {
    let council = sample_council();
    let mut known: BTreeSet<String> = ["Whole county", "England"].map(str::to_owned).into();
    for district in &council.districts {
        let name = district.name.to_string();
        at_least(5, &name, |listing| listing.areas.contains(&name));
        known.insert(name);
    }
    for listing in sample().listings {
        for area in &listing.areas {
            assert!(known.contains(area), "{area}");
        }
        for wait in &listing.send.waits {
            let area = wait.area.as_ref();
            assert!(area.is_none_or(|area| known.contains(area)), "{area:?}");
            assert!(wait.source.is_some(), "{}", listing.service.name);
        }
    }
    at_least(40, "the whole county", |listing| {
        listing.areas.contains(&"Whole county".to_owned())
    });
}

#[test]
fn every_time_says_its_days_and_hours() {
    for listing in sample().listings {
        for schedule in &listing.schedules {
            let told = !schedule.byday.is_empty()
                && schedule.opens_at.is_some()
                && schedule.closes_at.is_some();
            assert!(told, "{}: {schedule:?}", listing.service.name);
        }
    }
    let on = |day: Weekday| {
        move |listing: &Listing| listing.schedules.iter().any(|s| s.byday.contains(&day))
    };
    at_least(20, "Saturday", on(Weekday::Saturday));
    at_least(12, "Sunday", on(Weekday::Sunday));
    at_least(15, "evenings", |listing| {
        listing
            .schedules
            .iter()
            .any(|s| s.opens_at.is_some_and(|opens| opens.hour() >= 17))
    });
    let says = |words: &'static str| {
        move |listing: &Listing| {
            let mut told = listing
                .schedules
                .iter()
                .filter_map(|s| s.description.as_ref());
            told.any(|told| told.to_lowercase().contains(words))
        }
    };
    at_least(25, "term time", says("term time"));
    at_least(2, "the holidays", says("in the school holidays"));
    at_least(8, "some weeks of a month", |listing| {
        listing.schedules.iter().any(|s| !s.ordinals.is_empty())
    });
}

#[test]
fn every_way_of_meeting_a_service_of_getting_in_and_of_paying_is_there() {
    for (way, many) in [
        (Delivery::InPerson, 60),
        (Delivery::AtHome, 15),
        (Delivery::Telephone, 25),
        (Delivery::Online, 25),
    ] {
        at_least(many, way.as_str(), |listing| {
            listing.send.delivery.contains(&way)
        });
    }
    for (way, many) in [(Referral::SelfReferral, 60), (Referral::Needed, 25)] {
        at_least(many, way.as_str(), |listing| {
            listing.send.referral == Some(way)
        });
    }
    for (charge, many) in [
        (Charge::Free, 60),
        (Charge::Paid, 25),
        (Charge::MeansTested, 6),
    ] {
        at_least(many, charge.as_str(), |listing| {
            listing.send.charge == Some(charge)
        });
    }
    at_least(10, "prices for some and for others", |listing| {
        listing.cost_options.len() > 1
    });
}

#[test]
fn languages_places_and_what_helps_people_in_are_there_in_the_same_words_everywhere() {
    for language in [
        "British Sign Language",
        "Makaton",
        "Polish",
        "Nepali",
        "Urdu",
    ] {
        at_least(2, language, |listing| {
            listing.languages.iter().any(|spoken| spoken == language)
        });
    }
    for words in [
        "step-free entrance",
        "lift to all floors",
        "wheelchair toilet",
        "Changing Places toilet",
        "hearing loop",
        "quiet room",
        "blue badge parking",
        "sensory room",
    ] {
        at_least(4, words, |listing| {
            let mut told = listing
                .places
                .iter()
                .flat_map(|p| &p.location.accessibility);
            told.any(|told| told.contains(words))
        });
    }
    at_least(20, "several places", |listing| listing.places.len() > 1);
    at_least(15, "places online", |listing| {
        let mut places = listing.places.iter();
        places.any(|place| place.location.location_type == LocationType::Virtual)
    });
    at_least(2, "a masked address", |listing| {
        let mut places = listing.places.iter();
        places.any(|place| place.location.address_shown == AddressShown::TownOnly)
    });
}

#[test]
fn answers_waits_and_checks_are_there_and_so_are_old_ones_and_a_closed_service() {
    at_least(60, "answers", |listing| !listing.send.answers.is_empty());
    at_least(30, "three answers", |listing| {
        listing.send.answers.len() >= 3
    });
    let histories = |listing: &Listing, fits: fn(u16, u16) -> bool| {
        listing.send.waits_now().iter().any(|now| {
            let told = listing.send.waits_of(now.area.as_deref());
            told.len() >= 3 && fits(told[0].weeks, now.weeks)
        })
    };
    at_least(25, "a history", |listing| histories(listing, |_, _| true));
    at_least(8, "a falling wait", |listing| {
        histories(listing, |then, now| now < then)
    });
    at_least(8, "a rising wait", |listing| {
        histories(listing, |then, now| now > then)
    });
    at_least(4, "no wait", |listing| {
        listing.send.waits_now().iter().any(|now| now.weeks == 0)
    });
    at_least(12, "waits that differ by district", |listing| {
        listing.send.waits_now().len() > 1
    });
    at_least(20, "what helps meanwhile", |listing| {
        listing.send.while_you_wait.is_some()
    });
    at_least(100, "who checked", |listing| {
        listing.send.checked_by.is_some()
    });
    at_least(5, "checked long ago", |listing| {
        let checked = listing.service.assured_on;
        checked.is_some_and(|day| day.year() < 2026)
    });
    at_least(1, "closed for now", |listing| {
        listing.service.status == ServiceStatus::TemporarilyClosed
    });
    at_least(2, "an alert", |listing| listing.service.alert.is_some());
}
