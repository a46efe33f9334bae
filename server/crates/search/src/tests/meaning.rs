//! Whole questions.

use super::*;
use crate::fixtures::cost_option;
use crate::{Held, Meant, PlaceOutcome};

fn understood(results: &Results) -> Vec<(String, Held)> {
    let understood = results.understood.iter();
    understood.map(|it| (it.name.clone(), it.held)).collect()
}

#[test]
fn a_whole_question_finds_what_it_is_about() {
    let found = desk(offer()).results("Help for my 4 year old, not talking, near ME14 1XQ?");
    assert_eq!(names(&found), ["Chatterbox"]);
    assert_eq!(understood(&found), [("Age 4".to_owned(), Held::Holds)]);
    assert!(matches!(&found.place, PlaceOutcome::Known { name, .. } if name == "ME14 1XQ"));
    assert!(found.hits[0].distance_miles.is_some());
}

#[test]
fn the_first_half_of_a_postcode_among_the_words_is_a_place() {
    let desk = desk(offer());
    let place = |words: &str| match desk.results(words).place {
        PlaceOutcome::Known { name, .. } => Some(name),
        _ => None,
    };
    assert_eq!(place("swimming me14").as_deref(), Some("ME14"));
    assert_eq!(place("ME14").as_deref(), Some("ME14"));
    // A key stage, a word and a vitamin are none; a short code is one where it is said so.
    for words in ["ks2 swimming", "an swimming", "b12 swimming"] {
        assert_eq!(place(words), None, "{words}");
    }
    assert_eq!(place("swimming near b12").as_deref(), Some("B12"));
}

#[test]
fn a_cost_a_day_and_a_need_are_filters_that_can_be_taken_off() {
    let mut free = listing(1, "Free swim", "Swimming.").term("Needs", "Autism");
    free.cost_options = vec![cost_option(0)];
    let paid = listing(2, "Paid swim", "Swimming.").term("Needs", "Autism");
    let desk = desk([free, paid]);
    let words = "free swimming for autistic teenager";
    let found = desk.results(words);
    assert_eq!(names(&found), ["Free swim"]);
    let told: Vec<String> = understood(&found).into_iter().map(|it| it.0).collect();
    assert_eq!(told, ["Ages 13 to 19", "Free", "Autism"]);
    let off = desk.ask(Query {
        words: words.to_owned(),
        let_go: vec![Meant::Tick(tick(Facet::Charge, "free"))],
        ..Query::default()
    });
    assert_eq!(off.total, 2);
}

#[test]
fn a_filter_that_would_leave_nothing_is_let_go_and_told() {
    let desk = desk(offer());
    let found = desk.results("free swimming");
    assert_eq!(found.total, 2);
    assert_eq!(understood(&found), [("Free".to_owned(), Held::WouldEmpty)]);
}

#[test]
fn a_services_own_name_is_no_question() {
    let desk = desk([
        listing(1, "Free Saturday Club", "Music."),
        listing(2, "Other", "Free on Saturday at the club."),
    ]);
    let found = desk.results("free saturday club");
    assert_eq!(found.hits[0].listing.name, "Free Saturday Club");
    assert!(found.understood.is_empty());
}

#[test]
fn hi_that_opens_a_question_is_a_greeting() {
    let desk = desk([
        listing(1, "Ears", "Hearing impairment."),
        listing(2, "Pool", "Swimming."),
    ]);
    assert_eq!(desk.words("Hi, swimming please"), ["Pool"]);
    assert_eq!(desk.words("HI swimming")[0], "Ears");
}

#[test]
fn small_words_within_a_phrase_make_no_difference() {
    let desk = desk([
        listing(1, "Hands", "Occupational therapy."),
        listing(2, "Other", "Hold on."),
    ]);
    for words in ["can't hold a pencil", "cant hold his pencil", "hold pencil"] {
        assert_eq!(desk.words(words)[0], "Hands", "{words}");
    }
}

#[test]
fn what_says_an_age_may_be_part_of_a_phrase() {
    let found =
        desk([listing(1, "Visits", "Health visitors.").ages(0, 5)]).results("baby won't settle");
    assert_eq!(names(&found), ["Visits"]);
    assert_eq!(understood(&found)[0].0, "Ages 0 to 1");
}

#[test]
fn an_age_holds_before_all_of_the_words_do() {
    let desk = desk([
        listing(1, "Grown", "Dyslexia at work, falling behind.").ages(16, 25),
        listing(2, "Young", "Dyslexia.").ages(5, 11),
    ]);
    assert_eq!(desk.words("dyslexia falling behind year 5"), ["Young"]);
    assert_eq!(
        desk.words("dyslexia age 14").len(),
        2,
        "better than nothing"
    );
}

#[test]
fn special_needs_beside_something_else_say_little() {
    let desk = desk([
        listing(1, "Pool", "Swimming."),
        listing(2, "Advice", "About special educational needs."),
    ]);
    assert_eq!(desk.words("swimming for special needs child"), ["Pool"]);
    assert_eq!(desk.words("SEN"), ["Advice"]);
}

#[test]
fn a_question_about_a_child_finds_at_least_what_has_its_subject() {
    let desk = desk([listing(1, "Puppets", "A show.")]);
    assert_eq!(desk.words("xylophone puppets zither"), Vec::<String>::new());
    assert_eq!(desk.words("my son xylophone puppets zither"), ["Puppets"]);
}

#[test]
fn words_that_say_little_are_asked_for_when_there_are_no_others() {
    let desk = desk([listing(1, "Help at home", ""), listing(2, "Other", "")]);
    assert_eq!(desk.words("help"), ["Help at home"]);
}

#[test]
fn a_key_in_an_address_stands_for_what_was_understood() {
    for meant in [Meant::Place, Meant::Tick(tick(Facet::Day, "sa"))] {
        assert_eq!(Meant::of_key(&meant.key()), Some(meant));
    }
    assert!(matches!(Meant::of_key("age"), Some(Meant::Ages(_))));
    assert_eq!(Meant::of_key("day"), None);
}
