//! What the parts of the pages say.

use domain::{
    council::District,
    ids::{TaxonomyId, TaxonomyTermId},
    local_offer::{Listing, Position, Term},
    shortlist::Shortlist,
};
use hub::{
    local_offer::OfferTerms,
    search::{
        Facet, FacetCount, GuideHit, Held, Hit, ListingSummary, Matched, Meant, Order,
        PlaceOutcome, Results, Spelling, Suggested, Suggestion, Tick, Understood,
    },
};
use jiff::civil::Date;
use leptos::prelude::*;

use super::{
    Wanted,
    cards::{Shown, cards},
    chosen::{Chosen, chips, chosen},
    filters::filters,
    guides::guides,
    listing::tests::swimming,
    names::Names,
    nothing::nothing_found,
    results::title,
    search_form, suggested,
    told::told,
};

const ID: &str = "018f0000-0000-7000-8000-000000000001";

fn wanted(pairs: &[(&'static str, &str)]) -> Wanted {
    Wanted::from_address(&pairs.iter().copied().collect())
}

fn html(view: AnyView) -> String {
    Owner::new().with(|| view.to_html())
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

fn names<'a>(results: &'a Results, terms: &'a OfferTerms) -> Names<'a> {
    Names {
        counts: &results.facets,
        terms,
        districts: &[],
    }
}

fn chosen_of(wanted: &Wanted, results: &Results) -> Vec<Chosen> {
    chosen(wanted, results, &names(results, &terms()))
}

fn understood(key: &str, name: &str, held: Held) -> Understood {
    Understood {
        meant: Meant::of_key(key).unwrap(),
        name: name.to_owned(),
        held,
    }
}

fn near(name: &str) -> PlaceOutcome {
    PlaceOutcome::Known {
        name: name.to_owned(),
        position: Position::new(51.3, 0.5).unwrap(),
    }
}

fn hit(listing: &Listing) -> Hit {
    Hit {
        listing: ListingSummary::of(listing),
        distance_miles: Some(3.42),
        nearest: None,
    }
}

fn shown(districts: &[District]) -> Shown<'_> {
    Shown {
        districts,
        asked_districts: vec![],
        asked_where: true,
        today: Date::constant(2026, 11, 25),
        list: Shortlist::default(),
        from: "/local-offer?q=swim&page=2".to_owned(),
    }
}

fn district(name: &str) -> District {
    District {
        key: name.to_lowercase().parse().unwrap(),
        name: name.to_owned(),
        postcode_hint: None,
    }
}

#[test]
fn a_card_tells_the_facts_and_shows_a_feed_s_words_as_words() {
    let districts = [district("Maidstone")];
    let card = html(cards(&[hit(&swimming())], &shown(&districts)));
    assert!(card.contains("href=\"/local-offer/swimming\""), "{card}");
    for fact in ["Ages 5 to 11", "3.4 miles away"] {
        assert!(card.contains(fact), "{fact} in {card}");
    }
    for absent in [
        "<script>",
        "For all",
        "For the whole county",
        "Last checked",
    ] {
        assert!(!card.contains(absent), "{absent} in {card}");
    }
}

#[test]
fn a_card_puts_its_service_on_the_list_and_leads_back_to_itself() {
    let card = html(cards(&[hit(&swimming())], &shown(&[])));
    for part in [
        "id=\"list-swimming\"",
        "value=\"/local-offer?q=swim&amp;page=2#list-swimming\"",
        "name=\"add\" value=\"swimming\"",
        "Add to my list",
    ] {
        assert!(card.contains(part), "{part} in {card}");
    }
    let mut list = Shortlist::default();
    list.add("swimming".parse().unwrap()).unwrap();
    let on_it = Shown { list, ..shown(&[]) };
    let card = html(cards(&[hit(&swimming())], &on_it));
    assert!(card.contains("Take off my list"), "{card}");
}

#[test]
fn what_is_for_the_whole_county_is_not_taken_for_near() {
    let mut listing = swimming();
    listing.areas = vec!["Whole county".to_owned()];
    listing.service.assured_on = Some(Date::constant(2025, 11, 24));
    let districts = [district("Maidstone")];
    let card = html(cards(&[hit(&listing)], &shown(&districts)));
    assert!(card.contains("For the whole county"), "{card}");
    assert!(card.contains("Last checked more than a year ago"), "{card}");
    let anywhere = Shown {
        asked_where: false,
        ..shown(&districts)
    };
    let card = html(cards(&[hit(&listing)], &anywhere));
    assert!(!card.contains("For the whole county"), "{card}");
}

#[test]
fn each_filter_in_use_has_its_own_way_off() {
    let wanted = wanted(&[("q", "club"), ("need", "autism"), ("age", "7")]);
    let chosen = html(chips(&wanted, &chosen_of(&wanted, &results())).into_any());
    for words in [
        "/local-offer?age=7&amp;q=club",
        "/local-offer?need=autism&amp;q=club",
        "Autism",
        "Age 7",
        "Remove all",
    ] {
        assert!(chosen.contains(words), "{words} in {chosen}");
    }
}

#[test]
fn what_was_read_out_of_the_words_can_be_taken_off_too() {
    let wanted = wanted(&[("q", "free clubs for my 4 year old near ME14 1XQ")]);
    let mut results = results();
    results.place = near("ME14 1XQ");
    results.understood = vec![
        understood("age", "Age 4", Held::Holds),
        understood("cost:free", "Free", Held::Holds),
        understood("day:sa", "Saturday", Held::WouldEmpty),
    ];
    let chosen = chosen_of(&wanted, &results);
    let texts: Vec<&str> = chosen.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["Age 4", "Free", "Near ME14 1XQ"]);
    let off: Vec<&[String]> = chosen.iter().map(|it| it.without.all("without")).collect();
    assert_eq!(off, [["age"], ["cost:free"], ["place"]]);
    let told = html(told(&wanted, &results, &[]));
    assert!(
        told.contains("We found nothing on a Saturday. We show other days too."),
        "{told}"
    );
}

#[test]
fn several_things_that_were_let_go_are_told_together() {
    let mut results = results();
    results.understood = vec![
        understood("day:su", "Sunday", Held::WouldEmpty),
        understood("district:dover", "Dover", Held::WouldEmpty),
    ];
    let said = html(told(&Wanted::default(), &results, &[]));
    assert!(said.contains("fits all of this: Sunday, Dover."), "{said}");
}

#[test]
fn a_distance_from_nowhere_is_not_shown_as_applied() {
    let wanted = wanted(&[("q", "club"), ("miles", "5")]);
    assert_eq!(chosen_of(&wanted, &results()), []);
    let said = html(told(&wanted, &results(), &[]));
    assert!(said.contains("Type a postcode"), "{said}");
    let mut placed = results();
    placed.place = near("Dover");
    let texts: Vec<String> = chosen_of(&wanted, &placed)
        .into_iter()
        .map(|it| it.text)
        .collect();
    assert_eq!(texts, ["Near Dover", "Up to 5 miles away"]);
}

#[test]
fn another_spelling_is_told_and_can_be_refused() {
    let wanted = wanted(&[("q", "autisim")]);
    let mut results = results();
    results.spelling = Spelling::Mended {
        words: "autism".to_owned(),
    };
    let said = html(told(&wanted, &results, &[]));
    assert!(said.contains("<strong>autism</strong>"), "{said}");
    assert!(said.contains("q=autisim&amp;spelling=typed"), "{said}");
    assert_eq!(title(&wanted, &results), "autism: 1 service found");
    results.spelling = Spelling::DidYouMean {
        words: "drama".to_owned(),
    };
    let said = html(told(&wanted, &results, &[]));
    assert!(said.contains("href=\"/local-offer?q=drama\""), "{said}");
}

#[test]
fn a_title_says_what_was_found_and_which_page_it_is() {
    let mut results = results();
    (results.total, results.page, results.pages) = (45, 2, 3);
    assert_eq!(
        title(&wanted(&[("q", "swimming")]), &results),
        "swimming: 45 services found (page 2 of 3)"
    );
    results.total = 0;
    results.pages = 1;
    assert_eq!(
        title(&wanted(&[("age", "4")]), &results),
        "No services found"
    );
}

#[test]
fn a_value_is_offered_with_its_count() {
    let (mut results, terms) = (results(), terms());
    results.total = 20;
    let offered = html(filters(
        &Wanted::default(),
        &results,
        &names(&results, &terms),
    ));
    assert!(offered.contains("Autism (12)"), "{offered}");
}

#[test]
fn what_is_ticked_stays_to_be_seen_and_a_value_that_all_have_is_no_choice() {
    let (mut results, terms) = (results(), terms());
    results.facets[0].count = 1;
    let offered = |wanted: &Wanted| html(filters(wanted, &results, &names(&results, &terms)));
    let untouched = offered(&Wanted::default());
    assert!(!untouched.contains("Autism"), "{untouched}");
    let ticked = offered(&wanted(&[("need", "deaf"), ("day", "sa")]));
    for words in ["Deafness (0)", "Saturday (0)", "Autism (1)"] {
        assert!(ticked.contains(words), "{words} in {ticked}");
    }
    assert_eq!(ticked.matches("<details open").count(), 2);
}

#[test]
fn a_long_group_folds_all_but_the_first() {
    let (mut results, terms) = (results(), terms());
    results.facets = (1..=12)
        .map(|number| FacetCount {
            facet: Facet::Category,
            slug: format!("kind-{number}").parse().unwrap(),
            name: format!("Kind {number}"),
            count: 20 - number,
        })
        .collect();
    let wanted = wanted(&[("category", "kind-12")]);
    let offered = html(filters(&wanted, &results, &names(&results, &terms)));
    let (first, more) = offered.split_once("hub-filter__more").unwrap();
    assert!(
        first.contains("Kind 12") && first.contains("Kind 7 "),
        "{first}"
    );
    assert!(
        more.contains("Kind 8 ") && more.contains("4 more") || more.contains("4<!>"),
        "{more}"
    );
}

#[test]
fn guides_stand_in_a_box_of_their_own_and_only_when_there_are_some() {
    assert!(guides(&[]).is_none());
    let travel = GuideHit {
        slug: "travel".to_owned(),
        title: "Getting to school".to_owned(),
        summary: "Who gets free transport.".to_owned(),
    };
    let shown = html(guides(&[travel]).into_any());
    for words in [
        "Guides that may help",
        "href=\"/guides/travel\"",
        "Getting to school",
    ] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
}

#[test]
fn a_suggestion_leads_to_its_page() {
    let href = |what| {
        let text = "Any".to_owned();
        suggested(Suggestion { text, what }).href
    };
    let tick = Tick {
        facet: Facet::Category,
        slug: "respite".parse().unwrap(),
    };
    assert_eq!(href(Suggested::Term(tick)), "/local-offer?category=respite");
    assert_eq!(
        href(Suggested::Guide("travel".to_owned())),
        "/guides/travel"
    );
    let swimming = "swimming".parse().unwrap();
    assert_eq!(href(Suggested::Service(swimming)), "/local-offer/swimming");
}

#[test]
fn the_search_keeps_what_was_typed_and_the_filters_in_use() {
    let form = html(search_form(&wanted(&[
        ("q", "\"talk\""),
        ("need", "autism"),
        ("without", "age"),
    ])));
    assert!(form.contains("value=\"&quot;talk&quot;\""), "{form}");
    assert!(
        form.contains("type=\"hidden\" name=\"need\" value=\"autism\""),
        "{form}"
    );
    assert!(!form.contains("name=\"without\""), "{form}");
}

#[test]
fn nothing_found_always_leads_to_a_person() {
    let blank = html(nothing_found(&Wanted::default(), &[], None));
    assert!(blank.contains("href=\"/ask\""), "{blank}");
    let words = html(nothing_found(&wanted(&[("q", "zebra & co")]), &[], None));
    assert!(
        words.contains("href=\"/ask?words=zebra%20%26%20co\""),
        "{words}"
    );
    let bins = html(nothing_found(
        &wanted(&[("q", "bins")]),
        &[],
        Some("Bins and recycling"),
    ));
    assert!(bins.contains("Another part of the council"), "{bins}");
}
