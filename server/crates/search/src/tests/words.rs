//! Words, in their forms and in others' words.

use proptest::prelude::*;

use super::*;
use crate::{Ages, AskedSpelling, Matched, Spelling};

#[test]
fn a_word_in_the_name_comes_before_one_in_the_description() {
    let desk = desk([
        listing(1, "Drama", "There is dancing too."),
        listing(2, "Dancing", "For all."),
    ]);
    assert_eq!(desk.words("dancing"), ["Dancing", "Drama"]);
    assert_eq!(desk.words("dances"), ["Dancing", "Drama"]);
}

#[test]
fn words_that_mean_the_same_are_found_as_if_typed() {
    let desk = desk(offer());
    for words in [
        "SALT",
        "slt",
        "speech therapy",
        "Speech & Language Therapist",
    ] {
        assert_eq!(desk.words(words), ["Chatterbox"], "{words}");
    }
    for words in ["ASD", "autism"] {
        assert_eq!(desk.words(words).len(), 2, "{words}");
    }
}

#[test]
fn the_last_word_may_be_unfinished() {
    assert_eq!(desk(offer()).words("chatt"), ["Chatterbox"]);
}

#[test]
fn a_two_letter_acronym_is_met_only_by_a_whole_word() {
    let desk = desk([
        listing(1, "History", "High hills."),
        listing(2, "Ears", "For hearing impairment."),
    ]);
    assert_eq!(desk.words("HI"), ["Ears"]);
}

#[test]
fn odd_input_is_searched_like_any_other() {
    let desk = desk(offer());
    let long = "autism ".repeat(1500);
    let longer = "a".repeat(10_000);
    for words in [
        "\"",
        "a:b",
        "((",
        "name:*",
        "💧",
        "AND OR NOT",
        "\\",
        "'",
        "a AND",
        "+-~^[x TO y]",
        "",
        &long,
        &longer,
    ] {
        let found = desk.ask(Query {
            words: words.to_owned(),
            postcode: Some(words.to_owned()),
            ..Query::default()
        });
        assert!(found.total <= 4);
        desk.index.suggest(words, 3).unwrap();
    }
    assert!(desk.words("autism:(\"").len() == 2);
}

#[test]
fn no_query_whatever_is_an_error() {
    let desk = desk(offer());
    proptest!(ProptestConfig::with_cases(200), |(words in any::<String>(), postcode in any::<Option<String>>(), age in any::<(u8, u8)>(), page in any::<u32>())| {
        let query = Query { words, postcode, ages: Ages::new(age.0, age.1), page, ..Query::default() };
        prop_assert!(desk.index.search(&query).is_ok());
        prop_assert!(desk.index.suggest(&query.words, 3).is_ok());
    });
}

#[test]
fn no_question_of_known_words_is_an_error() {
    let desk = desk(offer());
    proptest!(ProptestConfig::with_cases(100), |(words in "((hi|OT|speech|and|language|therapy|autisim|year|9|ME14|1XQ|aged|4yo|:|\\(|\"|💧) ?){0,12}")| {
        let query = Query { words, ..Query::default() };
        prop_assert!(desk.index.search(&query).is_ok());
    });
}

#[test]
fn all_words_are_asked_for_and_if_nothing_has_them_all_some_will_do() {
    let desk = desk(offer());
    let both = desk.results("swimming autism");
    assert_eq!(names(&both)[0], "Helpline");
    assert_eq!((both.matched, both.total), (Matched::AllThenSome(1), 3));
    assert_eq!(desk.results("autism").matched, Matched::All);
    let some = desk.results("autism splash xylophone");
    assert_eq!(some.matched, Matched::Some);
    let none = desk.results("xylophone trombone");
    assert_eq!((none.total, none.pages), (0, 1));
}

#[test]
fn words_that_say_nothing_of_a_listings_subject_find_nothing_by_themselves() {
    let desk = desk([listing(1, "Moving on", "Planning what comes after school.")]);
    assert_eq!(desk.results("planning xylophone").total, 0);
    assert_eq!(desk.results("planning").total, 1);
}

#[test]
fn misspelled_words_are_mended_and_told() {
    let desk = desk(offer());
    for (words, mended, name) in [
        ("autisim", "autism", "Helpline"),
        ("speach", "speech", "Chatterbox"),
        ("langauge", "language", "Chatterbox"),
        ("swiming for autisim", "swimming for autism", "Helpline"),
        ("speechtherapy", "speech therapy", "Chatterbox"),
        ("otism", "autism", "Helpline"),
    ] {
        let found = desk.results(words);
        assert!(names(&found).contains(&name.to_owned()), "{words}");
        let told = Spelling::Mended {
            words: mended.to_owned(),
        };
        assert_eq!(found.spelling, told, "{words}");
    }
    assert!(
        desk.words("wheel chair")
            .contains(&"Splash Club".to_owned())
    );
}

#[test]
fn whoever_means_what_they_typed_gets_that() {
    let found = desk(offer()).ask(Query {
        words: "autisim".to_owned(),
        spelling: AskedSpelling::AsTyped,
        ..Query::default()
    });
    assert_eq!((found.total, found.spelling), (0, Spelling::Right));
}

#[test]
fn another_spelling_that_finds_far_more_is_proposed() {
    let listings = (1..=8).map(|number| listing(number, &format!("Drama {number}"), "On stage."));
    let odd = listing(9, "Dramma", "A word of its own.");
    let found = desk(listings.chain([odd])).results("dramma");
    assert_eq!(names(&found), ["Dramma"]);
    let told = Spelling::DidYouMean {
        words: "drama".to_owned(),
    };
    assert_eq!(found.spelling, told);
}

#[test]
fn a_name_that_is_typed_just_so_comes_first() {
    let desk = desk([
        listing(1, "Stars of autism", "Autism, autism and autism."),
        listing(2, "The Stars", "For all."),
    ]);
    assert_eq!(desk.words("the stars")[0], "The Stars");
}

#[test]
fn guides_are_found_by_what_they_are_about() {
    let desk = desk(offer());
    let guides = |words: &str| desk.results(words).guides.len();
    assert_eq!(guides("annual review"), 1);
    assert_eq!(guides("EHCP review"), 1);
    assert_eq!(guides("swimming"), 0);
}

#[test]
fn what_other_parts_of_the_council_do_is_told_as_such() {
    let desk = desk([listing(1, "Sharps", "We take away sharps bins.")]);
    let found = desk.results("when are the bins collected");
    assert!(found.elsewhere.is_some());
    assert_eq!(found.total, 0);
    assert_eq!(desk.results("sharps").elsewhere, None);
    // No word of those is taken for a misspelt one.
    let getting = listing(2, "Getting about", "Getting there.");
    assert_eq!(super::desk([getting]).results("gritting").total, 0);
}
