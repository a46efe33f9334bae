//! What a listing says, and what it keeps to itself.

use domain::{
    codes::{Charge, Delivery, LocationType, Referral, SendQuestion, ServiceStatus},
    council::LocalOfferSettings,
    ids::{CostOptionId, LocationId, PartId, PhoneId, ScheduleId, ServiceAtLocationId, ServiceId},
    local_offer::{
        AdditionalUrl, Address, AddressShown, Contact, CostOption, Frequency, Funding, Listing,
        Location, LocationDetails, Pence, Phone, Place, Rest, Schedule, ScheduleDetails,
        SendAnswer, Service, WaitingTime, Weekday,
    },
};
use leptos::prelude::*;

use super::{body, linked_data::linked_data};

const ID: &str = "018f0000-0000-7000-8000-000000000001";

/// A swimming club of which little is known.
pub(in crate::pages::local_offer) fn swimming() -> Listing {
    let id = ID.parse::<ServiceId>().unwrap();
    let slug = "swimming".parse().unwrap();
    Listing {
        areas: vec!["Maidstone".to_owned()],
        ..Listing::of(Service {
            description: Some("Warm water & <script>a hoist</script>".to_owned()),
            minimum_age: Some(5),
            maximum_age: Some(11),
            ..Service::named(id, slug, "Swimming".to_owned())
        })
    }
}

pub(in crate::pages::local_offer) fn place(name: &str, town: &str) -> Place {
    Place {
        id: ID.parse::<ServiceAtLocationId>().unwrap(),
        location: Location {
            id: ID.parse::<LocationId>().unwrap(),
            location_type: LocationType::Physical,
            name: Some(name.to_owned()),
            description: None,
            position: None,
            address: Some(Address {
                address_1: "12 Mill Lane".to_owned(),
                address_2: None,
                city: Some(town.to_owned()),
                region: None,
                postal_code: Some("ME14 1XQ".parse().unwrap()),
                country: None,
            }),
            accessibility: vec![],
            address_shown: AddressShown::Whole,
            details: LocationDetails::default(),
        },
    }
}

pub(in crate::pages::local_offer) fn saturdays(words: Option<&str>) -> Schedule {
    Schedule {
        id: ID.parse::<ScheduleId>().unwrap(),
        freq: Some(Frequency::Weekly),
        interval: None,
        byday: vec![Weekday::Saturday],
        ordinals: vec![],
        bymonthday: vec![],
        valid_from: None,
        valid_to: None,
        opens_at: "10:00".parse().ok(),
        closes_at: "12:00".parse().ok(),
        description: words.map(str::to_owned),
        notes: None,
        details: ScheduleDetails::default(),
    }
}

fn price(whom: &str, pounds: i64) -> CostOption {
    CostOption {
        id: ID.parse::<CostOptionId>().unwrap(),
        option: Some(whom.to_owned()),
        amount: Some(Pence(pounds * 100)),
        currency: None,
        amount_description: None,
        valid_from: None,
        valid_to: None,
    }
}

/// The page on Wednesday 25 November 2026 at noon, its words without marks between them.
fn shown(listing: &Listing) -> String {
    let settings = LocalOfferSettings {
        need_taxonomy: "Needs".to_owned(),
        category_taxonomy: "Categories".to_owned(),
    };
    let now = "2026-11-25T12:00".parse().unwrap();
    let html = Owner::new().with(|| body(listing, &settings, now).to_html());
    html.replace("<!>", "").replace("<wbr>", "")
}

fn assert_in_order(shown: &str, words: &[&str]) {
    let mut rest = shown;
    for word in words {
        let Some((_, after)) = rest.split_once(word) else {
            unreachable!("“{word}” in its place in {shown}");
        };
        rest = after;
    }
}

#[test]
fn a_listing_says_what_it_does_not_know() {
    let shown = shown(&swimming());
    for words in [
        "does not say how to get a place",
        "do not know when somebody last checked",
        "do not have a phone number",
        "has not told us yet",
        "Ages 5 to 11",
    ] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    assert!(!shown.contains("<script>"), "{shown}");
    for silent in [
        "How long people wait",
        "While you wait",
        "<h2 class=\"govuk-heading-m\">When",
    ] {
        assert!(!shown.contains(silent), "{silent} in {shown}");
    }
}

#[test]
fn it_is_read_from_what_it_is_to_how_to_get_in_touch() {
    let mut listing = swimming();
    listing.service.eligibility_description = Some("For children who love water".to_owned());
    listing.schedules = vec![saturdays(None)];
    listing.places = vec![place("The Pool", "Maidstone")];
    listing.phones = vec![Phone {
        id: ID.parse::<PhoneId>().unwrap(),
        number: "01632 960001".to_owned(),
        description: None,
    }];
    assert_in_order(
        &shown(&listing),
        &[
            "Warm water",
            "At a glance",
            "For children who love water",
            "How it helps children with SEND",
            "How to get in",
            "Next session on Saturday 28 November, 10am to 12 noon.",
            "Every Saturday, 10am to 12 noon.",
            "The Pool",
            "Get in touch",
            "01632",
            "/ask?about=swimming",
        ],
    );
}

#[test]
fn only_the_questions_that_were_answered_are_shown_in_our_order() {
    let mut listing = swimming();
    let answer = |question, words: &str| SendAnswer {
        question,
        answer: words.to_owned(),
    };
    listing.send.answers = vec![
        answer(SendQuestion::VisitFirst, "Yes, any Friday."),
        answer(SendQuestion::QuietSpace, "The blue room."),
        answer(SendQuestion::Toilets, "  "),
    ];
    let shown = shown(&listing);
    assert_in_order(
        &shown,
        &[
            "its own answers",
            "Is there a quiet place?",
            "The blue room.",
            "look round first?",
            "Yes, any Friday.",
        ],
    );
    assert!(!shown.contains("toilets like"), "{shown}");
    assert!(!shown.contains("has not told us yet"), "{shown}");
}

#[test]
fn the_way_in_and_the_money_are_said_plainly() {
    let mut listing = swimming();
    listing.send.referral = Some(Referral::Needed);
    listing.send.charge = Some(Charge::MeansTested);
    listing.cost_options = vec![price("Brother or sister", 2), price("Child", 5)];
    listing.send.delivery = vec![Delivery::AtHome, Delivery::Telephone];
    let shown = shown(&listing);
    assert_in_order(
        &shown,
        &[
            "must ask for you",
            "depends on how much money you have",
            "Child: £5",
            "Brother or sister: £2",
            "They come to your home.",
            "You talk by phone or text.",
        ],
    );
}

#[test]
fn a_price_once_is_enough_and_free_is_said_where_nothing_else_is() {
    let mut listing = swimming();
    listing.send.charge = Some(Charge::Free);
    assert!(shown(&listing).contains("It is free."));
    listing.service.fees_description = Some("Free.".to_owned());
    assert!(!shown(&listing).contains("It is free."));
}

#[test]
fn each_of_several_places_has_its_heading_and_the_days_that_name_it() {
    let mut listing = swimming();
    listing.places = vec![place("The Pool", "Dover"), place("Baths", "Sheerness")];
    listing.schedules = vec![
        saturdays(Some("In Sheerness, in term time.")),
        saturdays(Some("By phone.")),
        saturdays(Some("At the pool")),
    ];
    assert_in_order(
        &shown(&listing),
        &[
            "By phone.",
            "<h3 class=\"govuk-heading-s\">The Pool",
            "At the pool",
            "<h3 class=\"govuk-heading-s\">Baths",
            "In Sheerness",
        ],
    );
}

#[test]
fn a_place_to_be_found_by_its_town_alone_tells_no_more_and_says_why() {
    let mut listing = swimming();
    let mut refuge = place("Willow House", "Maidstone");
    refuge.location.address_shown = AddressShown::TownOnly;
    refuge.location.description = Some("The blue door".to_owned());
    listing.places = vec![refuge];
    let shown = shown(&listing);
    assert!(shown.contains("Maidstone\nME14"), "{shown}");
    assert!(shown.contains("keeps the people there safe"), "{shown}");
    for secret in ["Willow House", "Mill Lane", "1XQ", "blue door"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn a_wait_is_said_by_area_with_its_day_its_source_and_how_it_changed() {
    let mut listing = swimming();
    let wait = |area: &str, weeks, day: &str| WaitingTime {
        area: Some(area.to_owned()),
        weeks,
        stated_on: day.parse().unwrap(),
        source: Some("the NHS trust".to_owned()),
    };
    listing.send.waits = vec![
        wait("Swale", 40, "2026-09-01"),
        wait("Swale", 30, "2026-03-01"),
        wait("Dover", 12, "2025-06-01"),
    ];
    listing.send.while_you_wait = Some("Come to the Friday group.".to_owned());
    let shown = shown(&listing);
    assert_in_order(
        &shown,
        &[
            "12 to 40 weeks, by area",
            "Dover",
            "12 weeks",
            "Stated on Sunday 1 June 2025 by the NHS trust.",
            "more than a year old",
            "Swale",
            "40 weeks (about 9 months)",
            "Stated on Tuesday 1 September 2026 by the NHS trust. It is 10 weeks longer than on Sunday 1 March 2026.",
            "<svg",
            "<table",
            "30 weeks",
            "While you wait",
            "Come to the Friday group.",
        ],
    );
    assert_eq!(shown.matches("<svg").count(), 1, "{shown}");
}

#[test]
fn a_page_that_nobody_checked_for_more_than_a_year_warns() {
    let mut listing = swimming();
    listing.send.checked_by = Some("The local offer team".to_owned());
    listing.service.assured_on = Some("2026-07-03".parse().unwrap());
    let fresh = shown(&listing);
    assert!(
        fresh.contains("The local offer team last checked this page on Friday 3 July 2026."),
        "{fresh}"
    );
    assert!(!fresh.contains("Warning"), "{fresh}");
    listing.service.assured_on = Some("2025-07-03".parse().unwrap());
    let old = shown(&listing);
    assert_in_order(
        &old,
        &["Warning", "Thursday 3 July 2025", "more than a year ago"],
    );
}

#[test]
fn a_service_that_is_not_running_has_no_next_session() {
    let mut listing = swimming();
    listing.schedules = vec![saturdays(None)];
    listing.service.status = ServiceStatus::TemporarilyClosed;
    let shown = shown(&listing);
    assert!(!shown.contains("Next session"), "{shown}");
    assert!(shown.contains("Every Saturday"), "{shown}");
}

#[test]
fn the_next_session_is_no_opening_hour_and_today_is_called_today() {
    let mut listing = swimming();
    let mut telephone = saturdays(Some("Phone line."));
    telephone.byday = Weekday::ALL[..5].to_vec();
    telephone.closes_at = "16:30".parse().ok();
    listing.schedules = vec![telephone, saturdays(None)];
    assert!(shown(&listing).contains("Next session on Saturday 28 November"));
    listing.schedules.pop();
    let shown = shown(&listing);
    assert!(
        shown.contains("Open today, 10am to 4:30pm. Phone line."),
        "{shown}"
    );
}

fn part() -> PartId {
    ID.parse().unwrap()
}

#[test]
fn whom_to_ask_is_named_with_their_number_once_and_more_addresses_by_what_stands_there() {
    let mut listing = swimming();
    let phone = |id: &str, number: &str| Phone {
        id: id.parse::<PhoneId>().unwrap(),
        number: number.to_owned(),
        description: None,
    };
    let hers = phone(ID, "01632 960001");
    let desk = phone("018f0000-0000-7000-8000-000000000002", "01632 960002");
    listing.phones = vec![hers.clone(), desk];
    listing.details.contacts = vec![Contact {
        id: part(),
        name: Some("Jo Marsh".to_owned()),
        title: Some("Swimming teacher".to_owned()),
        department: None,
        email: "jo@example.org".parse().ok(),
        phones: vec![hers],
    }];
    let more = |label: Option<&str>, url: &str| AdditionalUrl {
        id: part(),
        label: label.map(str::to_owned),
        url: url.parse().unwrap(),
    };
    listing.details.additional_urls = vec![
        more(Some("Photos of the pool"), "https://example.org/pool"),
        more(None, "https://example.org/shop/"),
    ];
    listing.details.funding = ["Sample County Council", "The Rowan Trust."]
        .map(|source| Funding {
            id: part(),
            source: source.to_owned(),
        })
        .to_vec();
    let shown = shown(&listing);
    assert_in_order(
        &shown,
        &[
            "Paid for by Sample County Council and The Rowan Trust.",
            "01632 960002",
            "Who to ask",
            "Jo Marsh, Swimming teacher",
            "01632 960001",
            "jo@example.org",
            "Photos of the pool",
            "example.org/shop<",
        ],
    );
    assert_eq!(shown.matches("01632 960001</a>").count(), 1, "{shown}");
}

#[test]
fn what_a_feed_says_that_we_do_not_read_is_shown_to_nobody() {
    let mut listing = swimming();
    let theirs = serde_json::json!({
        "internal_note": "ring the mother first",
        "organization": {"legal_status": "charity", "tax_id": "GB999"},
    });
    listing.rest = Rest::of(theirs.as_object().unwrap(), &serde_json::Map::new());
    listing.details.assurer_email = "checker@example.org".parse().ok();
    let today = jiff::civil::date(2026, 11, 25);
    let data =
        Owner::new().with(|| linked_data(&listing, "/local-offer/swimming", today).to_html());
    let all = shown(&listing) + &data;
    for kept in ["ring the mother", "GB999", "checker@example.org"] {
        assert!(!all.contains(kept), "{kept} in {all}");
    }
}
