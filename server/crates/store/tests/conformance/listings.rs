//! Services and all that belongs to them.

use domain::codes::{Charge, Delivery, LocationType, Referral, SendQuestion, ServiceStatus};
use domain::ids::{
    CostOptionId, LocationId, OrganizationId, PartId, PhoneId, ScheduleId, ServiceAtLocationId,
    ServiceId, TaxonomyId, TaxonomyTermId,
};
use domain::local_offer::{
    Address, AddressShown, CostOption, Frequency, Funding, Listing, Location, LocationDetails,
    Organization, OrganizationDetails, Pence, Phone, Place, Position, Rest, Schedule,
    ScheduleDetails, SendAnswer, SendDetails, Service, ServiceDetails, Taxonomy, Term, WaitingTime,
    Weekday,
};
use jiff::civil::{date, time};
use serde_json::{Map, json};
use store::{Database, content_hash};
use uuid::Uuid;

use super::world::{self, MONDAY, at, fresh};

/// A service of that name with nothing about it.
pub(crate) fn bare(name: &str) -> Listing {
    let slug = domain::keys::slugify(name).parse().unwrap();
    let id = fresh(ServiceId::generate);
    Listing::of(Service::named(id, slug, name.to_owned()))
}

fn text(words: &str) -> Option<String> {
    Some(words.to_owned())
}

fn term(name: &str) -> Term {
    Term {
        id: fresh(TaxonomyTermId::generate),
        taxonomy: TaxonomyId::from_uuid(Uuid::from_u128(77)),
        taxonomy_name: "Needs".to_owned(),
        name: name.to_owned(),
        slug: domain::keys::slugify(name).parse().unwrap(),
        parent: Some(fresh(TaxonomyTermId::generate)),
    }
}

fn full() -> Listing {
    let mut listing = bare("Splash Club");
    let organization = fresh(OrganizationId::generate);
    listing.organization = Some(Organization {
        id: organization,
        name: "Splash CIC".to_owned(),
        description: text("We swim"),
        email: Some("hello@splash.example".parse().unwrap()),
        website: Some("https://splash.example".parse().unwrap()),
        details: OrganizationDetails {
            legal_status: text("Charity"),
            ..OrganizationDetails::default()
        },
    });
    listing.service = Service {
        organization: Some(organization),
        alternate_name: text("Splash"),
        description: text("Swimming for children.\nWarm water 🌊"),
        url: Some("https://splash.example/club".parse().unwrap()),
        email: Some("club@splash.example".parse().unwrap()),
        status: ServiceStatus::TemporarilyClosed,
        fees_description: text("£3.50"),
        eligibility_description: text("Anyone"),
        application_process: text("Ring us"),
        accreditations: text("Gold"),
        alert: text("Closed for repairs"),
        minimum_age: Some(0),
        maximum_age: Some(25),
        assured_on: Some(date(2026, 1, 31)),
        last_modified: Some(at(MONDAY)),
        ..listing.service
    };
    listing.places = vec![
        place("Pool", Position::new(51.27, 0.52)),
        place("Lake", None),
    ];
    listing.places[1].location.address_shown = AddressShown::TownOnly;
    listing.schedules = vec![schedule()];
    listing.cost_options = vec![CostOption {
        id: fresh(CostOptionId::generate),
        option: text("Under 18s"),
        amount: Some(Pence(350)),
        currency: text("GBP"),
        amount_description: text("per session"),
        valid_from: Some(date(2026, 1, 1)),
        valid_to: None,
    }];
    listing.phones = ["01622 000 001", "01622 000 000"]
        .map(|number| Phone {
            id: fresh(PhoneId::generate),
            number: number.to_owned(),
            description: text("Office"),
        })
        .to_vec();
    listing.terms = vec![term("Sensory"), term("Autism")];
    listing.areas = vec!["Maidstone".to_owned(), "Ashford".to_owned()];
    listing.send = SendDetails {
        delivery: vec![Delivery::InPerson, Delivery::AtHome],
        referral: Some(Referral::SelfReferral),
        charge: Some(Charge::MeansTested),
        answers: vec![SendAnswer {
            question: SendQuestion::VisitFirst,
            answer: "Yes.\nRing us".to_owned(),
        }],
        waits: vec![WaitingTime {
            area: text("Dover"),
            weeks: 12,
            stated_on: date(2026, 1, 31),
            source: text("The club"),
        }],
        while_you_wait: text("Splash at home"),
        checked_by: text("Local offer team"),
    };
    listing.details.funding = vec![Funding {
        id: fresh(PartId::generate),
        source: "The council".to_owned(),
    }];
    let theirs = json!({"licence": {"name": "None\u{0}"}, "send": {"more": [1, 2.5]}});
    listing.rest = Rest::of(theirs.as_object().unwrap(), &Map::new());
    listing.languages = vec!["English".to_owned(), "Polski".to_owned()];
    listing
}

fn place(name: &str, position: Option<Position>) -> Place {
    let address = position.map(|_| Address {
        address_1: "1 Water Lane".to_owned(),
        address_2: text("By the church"),
        city: text("Maidstone"),
        region: text("Kent"),
        postal_code: Some("ME14 1XQ".parse().unwrap()),
        country: text("GB"),
    });
    Place {
        id: fresh(ServiceAtLocationId::generate),
        location: Location {
            id: fresh(LocationId::generate),
            location_type: LocationType::Physical,
            name: text(name),
            description: text("Level floor"),
            position,
            address,
            accessibility: vec!["Hoist".to_owned(), "Changing Places".to_owned()],
            address_shown: AddressShown::Whole,
            details: LocationDetails {
                uprn: position.map(|_| "10092008082".parse().unwrap()),
                ..LocationDetails::default()
            },
        },
    }
}

fn schedule() -> Schedule {
    Schedule {
        id: fresh(ScheduleId::generate),
        freq: Some(Frequency::Monthly),
        interval: Some(2),
        byday: vec![Weekday::Monday, Weekday::Saturday],
        ordinals: vec![1, -1],
        bymonthday: vec![15],
        valid_from: Some(date(2026, 1, 1)),
        valid_to: Some(date(2026, 12, 31)),
        opens_at: Some(time(9, 30, 0, 0)),
        closes_at: Some(time(11, 0, 0, 0)),
        description: text("Twice a month"),
        notes: text("Not in August"),
        details: ScheduleDetails {
            starts_on: Some(date(2026, 1, 5)),
            ..ScheduleDetails::default()
        },
    }
}

async fn save(database: &Database, listing: &Listing) -> String {
    let mut tx = database.begin().await.unwrap();
    let slug = tx.local_offer().save(listing, at(MONDAY)).await.unwrap();
    tx.commit().await.unwrap();
    slug.as_str().to_owned()
}

async fn read(database: &Database, id: ServiceId) -> Option<Listing> {
    database
        .read()
        .await
        .unwrap()
        .local_offer()
        .listing(id)
        .await
        .unwrap()
}

pub(crate) async fn a_listing_reads_back_as_written(database: Database) {
    world::prepare(&database).await;
    let (whole, empty) = (full(), bare("Nothing known"));
    save(&database, &whole).await;
    save(&database, &empty).await;
    assert_eq!(
        read(&database, whole.service.id).await.as_ref(),
        Some(&whole)
    );
    assert_eq!(read(&database, empty.service.id).await, Some(empty));
    let mut tx = database.read().await.unwrap();
    assert_eq!(
        tx.local_offer().by_slug(&whole.service.slug).await.unwrap(),
        Some(whole)
    );
    assert_eq!(
        tx.local_offer()
            .by_slug(&"no-such-service".parse().unwrap())
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        tx.local_offer()
            .listing(fresh(ServiceId::generate))
            .await
            .unwrap(),
        None
    );
}

pub(crate) async fn a_listing_saved_again_replaces_what_was_there(database: Database) {
    world::prepare(&database).await;
    let mut listing = full();
    save(&database, &listing).await;
    listing.service.name = "Splash Club for all".to_owned();
    listing.service.maximum_age = None;
    if let Some(organization) = &mut listing.organization {
        organization.name = "Splash Ltd".to_owned();
    }
    listing.places.remove(0);
    listing.places[0].location.name = text("Big lake");
    listing.phones.reverse();
    listing.terms.pop();
    listing.schedules.clear();
    listing.areas = vec!["Everywhere".to_owned()];
    listing.send = SendDetails::default();
    listing.details = ServiceDetails::default();
    listing.rest = Rest::default();
    save(&database, &listing).await;
    assert_eq!(read(&database, listing.service.id).await, Some(listing));
    assert_eq!(
        database
            .read()
            .await
            .unwrap()
            .local_offer()
            .count()
            .await
            .unwrap(),
        1
    );
}

pub(crate) async fn a_service_keeps_its_slug(database: Database) {
    world::prepare(&database).await;
    let mut listing = bare("First name");
    assert_eq!(save(&database, &listing).await, "first-name");
    listing.service.name = "Second name".to_owned();
    listing.service.slug = "second-name".parse().unwrap();
    assert_eq!(save(&database, &listing).await, "first-name");
    assert_eq!(
        read(&database, listing.service.id)
            .await
            .unwrap()
            .service
            .slug
            .as_str(),
        "first-name"
    );
}

pub(crate) async fn a_slug_that_is_taken_gets_a_tail(database: Database) {
    world::prepare(&database).await;
    let long = "x".repeat(120);
    for name in ["Splash", long.as_str()] {
        let (first, second) = (bare(name), bare(name));
        let taken = save(&database, &first).await;
        let given = save(&database, &second).await;
        assert_ne!(taken, given);
        assert!(given.len() <= 120);
        assert_eq!(save(&database, &second).await, given);
    }
}

pub(crate) async fn an_organization_that_is_not_there_is_left_out(database: Database) {
    world::prepare(&database).await;
    let mut listing = bare("Orphan");
    listing.service.organization = Some(fresh(OrganizationId::generate));
    save(&database, &listing).await;
    assert_eq!(
        read(&database, listing.service.id)
            .await
            .unwrap()
            .service
            .organization,
        None
    );
}

pub(crate) async fn a_removed_listing_is_gone_and_its_terms_stay(database: Database) {
    world::prepare(&database).await;
    let listing = full();
    save(&database, &listing).await;
    let mut tx = database.begin().await.unwrap();
    assert!(tx.local_offer().remove(listing.service.id).await.unwrap());
    assert!(!tx.local_offer().remove(listing.service.id).await.unwrap());
    assert_eq!(
        tx.local_offer().listing(listing.service.id).await.unwrap(),
        None
    );
    assert_eq!(tx.local_offer().count().await.unwrap(), 0);
    assert_eq!(tx.local_offer().terms("Needs").await.unwrap().len(), 2);
}

pub(crate) async fn terms_are_listed_by_the_name_of_their_taxonomy(database: Database) {
    world::prepare(&database).await;
    let mut sensory = term("Sensory");
    let autism = term("Autism");
    let other = Term {
        taxonomy: fresh(TaxonomyId::generate),
        taxonomy_name: "Kinds".to_owned(),
        ..term("Clubs")
    };
    let mut tx = database.begin().await.unwrap();
    for term in [&sensory, &autism, &other] {
        tx.local_offer().save_term(term).await.unwrap();
    }
    sensory.name = "Sensory needs".to_owned();
    tx.local_offer().save_term(&sensory).await.unwrap();
    assert_eq!(
        tx.local_offer().terms("needs").await.unwrap(),
        [autism.clone(), sensory]
    );
    assert_eq!(
        tx.local_offer().terms("Kinds").await.unwrap(),
        std::slice::from_ref(&other)
    );
    let all = tx.local_offer().all_terms().await.unwrap();
    assert_eq!((all.len(), &all[1]), (3, &other));
    let taxonomies = tx.local_offer().taxonomies().await.unwrap();
    let names: Vec<&str> = taxonomies.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Kinds", "Needs"]);

    let renamed = Taxonomy {
        id: autism.taxonomy,
        name: "Areas of need".to_owned(),
        description: text("The Code's"),
    };
    tx.local_offer().save_taxonomy(&renamed).await.unwrap();
    assert_eq!(
        tx.local_offer().terms("Areas of need").await.unwrap()[0].taxonomy_name,
        "Areas of need"
    );
    assert_eq!(tx.local_offer().terms("Needs").await.unwrap(), []);
}

pub(crate) async fn all_services_are_walked_through_a_page_at_a_time(database: Database) {
    world::prepare(&database).await;
    let mut expected = Vec::new();
    for name in ["One", "Two", "Three", "Four", "Five"] {
        let listing = bare(name);
        save(&database, &listing).await;
        expected.push(listing.service.id);
    }
    expected.sort();
    let mut tx = database.read().await.unwrap();
    let mut seen: Vec<ServiceId> = Vec::new();
    loop {
        let page = tx
            .local_offer()
            .ids_after(seen.last().copied(), 2)
            .await
            .unwrap();
        if page.is_empty() {
            break;
        }
        seen.extend(page);
    }
    assert_eq!(seen, expected);
}

pub(crate) async fn addresses_tell_the_last_change_and_leave_out_what_has_ended(db: Database) {
    world::prepare(&db).await;
    let mut tx = db.begin().await.unwrap();
    let mut old = bare("Old Club");
    old.service.last_modified = Some(at("2026-02-01T09:00:00Z"));
    let mut ended = bare("Ended Club");
    ended.service.status = ServiceStatus::Defunct;
    let unknown = bare("Unknown Club");
    for listing in [&old, &ended, &unknown] {
        tx.local_offer().save(listing, at(MONDAY)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = db.read().await.unwrap();
    let all = tx.local_offer().addresses_after(None, 10).await.unwrap();
    let mut told: Vec<_> = all
        .iter()
        .map(|address| (address.slug.to_string(), address.changed_at))
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            ("old-club".to_owned(), at("2026-02-01T09:00:00Z")),
            ("unknown-club".to_owned(), at(MONDAY)),
        ]
    );
    let first = tx.local_offer().addresses_after(None, 1).await.unwrap();
    assert_eq!(first, all[..1]);
    let mut offer = tx.local_offer();
    let rest = offer.addresses_after(Some(first[0].id), 10).await.unwrap();
    assert_eq!(rest, all[1..]);
}

pub(crate) async fn a_saved_listing_is_known_by_its_content_whatever_its_slug(database: Database) {
    world::prepare(&database).await;
    let mut listing = full();
    save(&database, &listing).await;
    let saved = async || {
        let mut tx = database.read().await.unwrap();
        tx.local_offer().saved().await.unwrap()
    };
    listing.service.slug = "another-slug".parse().unwrap();
    let hash = content_hash(&listing).unwrap();
    let id = listing.service.id;
    assert_eq!(saved().await.get(&id), Some(&Some(hash)));
    listing.places[0].location.details.transportation = text("Bus 5");
    let changed = content_hash(&listing).unwrap();
    assert_ne!(changed, hash);
    save(&database, &listing).await;
    assert_eq!(saved().await.get(&id), Some(&Some(changed)));
}
