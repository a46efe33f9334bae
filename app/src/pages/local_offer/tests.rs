//! What the parts of the pages say.

use domain::{
    codes::ServiceStatus,
    council::LocalOfferSettings,
    ids::{ServiceId, TaxonomyId, TaxonomyTermId},
    local_offer::{Listing, Rest, SendDetails, Service, ServiceDetails, Term},
};
use hub::{
    local_offer::OfferTerms,
    search::{
        Facet, FacetCount, Hit, ListingSummary, Matched, Order, PlaceOutcome, Results, Spelling,
    },
};
use leptos::prelude::*;

use super::{Wanted, cards::cards, filters, listing, nothing::nothing_found, search_form};

const ID: &str = "018f0000-0000-7000-8000-000000000001";

fn wanted(pairs: &[(&'static str, &str)]) -> Wanted {
    Wanted::from_address(&pairs.iter().copied().collect())
}

fn html(view: AnyView) -> String {
    Owner::new().with(|| view.to_html())
}

fn swimming() -> Listing {
    Listing {
        service: Service {
            id: ID.parse::<ServiceId>().unwrap(),
            slug: "swimming".parse().unwrap(),
            organization: None,
            name: "Swimming".to_owned(),
            alternate_name: None,
            description: Some("Warm water & <script>a hoist</script>".to_owned()),
            url: None,
            email: None,
            status: ServiceStatus::Active,
            fees_description: None,
            eligibility_description: None,
            application_process: None,
            accreditations: None,
            alert: None,
            minimum_age: Some(5),
            maximum_age: Some(11),
            assured_on: None,
            last_modified: None,
        },
        organization: None,
        places: vec![],
        schedules: vec![],
        cost_options: vec![],
        phones: vec![],
        terms: vec![],
        areas: vec!["Maidstone".to_owned()],
        languages: vec![],
        send: SendDetails::default(),
        details: ServiceDetails::default(),
        rest: Rest::default(),
    }
}

fn terms() -> OfferTerms {
    let term = |name: &str, slug: &str| Term {
        id: ID.parse::<TaxonomyTermId>().unwrap(),
        taxonomy: ID.parse::<TaxonomyId>().unwrap(),
        taxonomy_name: "Needs".to_owned(),
        name: name.to_owned(),
        slug: slug.parse().unwrap(),
        parent: None,
    };
    OfferTerms {
        needs: vec![term("Autism", "autism"), term("Deafness", "deaf")],
        categories: vec![],
    }
}

fn results() -> Results {
    Results {
        total: 1,
        page: 1,
        pages: 1,
        hits: vec![],
        guides: vec![],
        facets: vec![FacetCount {
            facet: Facet::Need,
            slug: "autism".parse().unwrap(),
            name: "Autism".to_owned(),
            count: 12,
        }],
        place: PlaceOutcome::NotAsked,
        understood: vec![],
        spelling: Spelling::Right,
        matched: Matched::All,
        order: Order::BestMatch,
        elsewhere: None,
    }
}

#[test]
fn a_card_tells_the_facts_and_shows_a_feed_s_words_as_words() {
    let hit = Hit {
        listing: ListingSummary::of(&swimming()),
        distance_miles: Some(3.42),
        nearest: None,
    };
    let card = html(cards(&[hit]));
    assert!(card.contains("href=\"/local-offer/swimming\""), "{card}");
    for fact in ["Ages 5 to 11", "3.4 miles away", "Maidstone"] {
        assert!(card.contains(fact), "{fact} in {card}");
    }
    assert!(!card.contains("<script>"), "{card}");
}

#[test]
fn each_filter_in_use_has_its_own_way_off() {
    let wanted = wanted(&[("q", "club"), ("need", "autism"), ("age", "7")]);
    let chosen = html(filters::chosen(&wanted, &results(), &terms()).into_any());
    for href in [
        "/local-offer?age=7&amp;q=club",
        "/local-offer?need=autism&amp;q=club",
    ] {
        assert!(chosen.contains(href), "{href} in {chosen}");
    }
    assert!(
        chosen.contains("Autism") && chosen.contains("Age 7"),
        "{chosen}"
    );
}

#[test]
fn a_value_is_offered_with_its_count() {
    let offered = html(filters::filters(&Wanted::default(), &results()));
    assert!(offered.contains("Autism (12)"), "{offered}");
}

#[test]
fn the_search_keeps_what_was_typed_and_the_filters_in_use() {
    let form = html(search_form(&wanted(&[
        ("q", "\"talk\""),
        ("need", "autism"),
    ])));
    assert!(form.contains("value=\"&quot;talk&quot;\""), "{form}");
    assert!(
        form.contains("type=\"hidden\" name=\"need\" value=\"autism\""),
        "{form}"
    );
}

#[test]
fn nothing_found_always_leads_to_a_person() {
    let blank = html(nothing_found(&Wanted::default()));
    assert!(
        blank.contains("href=\"/ask\"") && !blank.contains("look again"),
        "{blank}"
    );
    let filtered = html(nothing_found(&wanted(&[("q", "zebra"), ("age", "4")])));
    assert!(
        filtered.contains("href=\"/local-offer?q=zebra\""),
        "{filtered}"
    );
}

#[test]
fn a_listing_says_what_it_does_not_know() {
    let settings = LocalOfferSettings {
        need_taxonomy: "Needs".to_owned(),
        category_taxonomy: "Categories".to_owned(),
    };
    let shown = html(listing::body(&swimming(), &settings));
    for words in [
        "does not say how to get a place",
        "do not know when somebody last checked",
        "do not have a phone number",
        "Ages 5 to 11",
    ] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
}
