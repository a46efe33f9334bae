//! What a person finds, told on small indexes built by hand.

use domain::codes::ServiceStatus;
use domain::local_offer::Listing;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::fixtures::{With, id, listing, taxonomies};
use crate::{
    Attendance, Change, Index, Indexer, PlaceOutcome, Query, Results, SearchError, Taxonomies,
};

const MAIDSTONE: (f64, f64) = (51.272, 0.529);
const CANTERBURY: (f64, f64) = (51.280, 1.083);

struct Desk {
    folder: TempDir,
    index: Index,
    indexer: Indexer,
}

fn desk(listings: impl IntoIterator<Item = Listing>) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path(), &taxonomies()).unwrap();
    let mut indexer = index.writer().unwrap();
    let changes: Vec<Change> = listings
        .into_iter()
        .map(|listing| Change::Put(Box::new(listing)))
        .collect();
    indexer.apply(&changes).unwrap();
    indexer.commit(7, "").unwrap();
    Desk {
        folder,
        index,
        indexer,
    }
}

impl Desk {
    fn ask(&self, query: Query) -> Results {
        self.index.search(&query).unwrap()
    }

    fn words(&self, words: &str) -> Vec<String> {
        names(&self.ask(Query {
            words: words.to_owned(),
            ..Query::default()
        }))
    }

    fn near(&self, postcode: &str, miles: Option<u16>) -> Results {
        self.ask(Query {
            postcode: Some(postcode.to_owned()),
            miles,
            ..Query::default()
        })
    }
}

fn names(results: &Results) -> Vec<String> {
    results
        .hits
        .iter()
        .map(|hit| hit.listing.name.clone())
        .collect()
}

fn offer() -> Vec<Listing> {
    vec![
        listing(
            1,
            "Splash Club",
            "Swimming for children who use a wheelchair.",
        )
        .at("Maidstone", Some(MAIDSTONE), None)
        .ages(5, 11)
        .term("Needs", "Physical disability")
        .term("Categories", "Leisure"),
        listing(
            2,
            "Chatterbox",
            "Speech and language therapy for young children.",
        )
        .at("Canterbury", None, Some("CT1 2EH"))
        .ages(0, 5)
        .term("Needs", "Speech and language")
        .term("Categories", "Health"),
        listing(3, "Helpline", "Ring us about autism, or about swimming.")
            .term("Needs", "Autism")
            .term("Categories", "Information"),
        listing(4, "Spectrum Stars", "A group for autistic teenagers.")
            .at("Canterbury", Some(CANTERBURY), None)
            .at("Maidstone", Some(MAIDSTONE), None)
            .ages(13, 19)
            .term("Needs", "Autism")
            .term("Categories", "Leisure"),
    ]
}

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
fn all_words_are_asked_for_and_if_nothing_has_them_all_any_will_do() {
    let desk = desk(offer());
    let both = desk.ask(Query {
        words: "swimming autism".to_owned(),
        ..Query::default()
    });
    assert_eq!(
        (names(&both), both.relaxed),
        (vec!["Helpline".to_owned()], false)
    );
    let any = desk.ask(Query {
        words: "swimming xylophone".to_owned(),
        ..Query::default()
    });
    assert!(any.relaxed);
    assert_eq!(any.total, 2);
    let none = desk.ask(Query {
        words: "xylophone trombone".to_owned(),
        ..Query::default()
    });
    assert_eq!((none.total, none.relaxed, none.pages), (0, false, 1));
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
fn a_whole_question_finds_what_it_is_about() {
    let found = desk(offer()).ask(Query {
        words: "Help for my 4 year old, not talking, near ME14 1XQ?".to_owned(),
        ..Query::default()
    });
    assert_eq!(names(&found), ["Chatterbox"]);
    assert_eq!(found.age, Some(4));
    assert!(found.hits[0].distance_miles.is_some());
}

#[test]
fn misspelled_and_divided_words_are_found() {
    let desk = desk(offer());
    for (words, name) in [
        ("autisim", "Helpline"),
        ("speach", "Chatterbox"),
        ("wheel chair", "Splash Club"),
        ("langauge", "Chatterbox"),
    ] {
        assert!(desk.words(words).contains(&name.to_owned()), "{words}");
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
fn an_age_meets_every_range_that_takes_it_in_and_listings_without_ages() {
    let ages = |age| {
        names(&desk(offer()).ask(Query {
            age: Some(age),
            ..Query::default()
        }))
    };
    assert_eq!(ages(5), ["Chatterbox", "Helpline", "Splash Club"]);
    assert_eq!(ages(13), ["Helpline", "Spectrum Stars"]);
}

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
    assert_eq!(found.hits[3].listing.attendance, Attendance::NoFixedPlace);
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
fn needs_and_categories_filter_and_are_counted_for_the_query() {
    let desk = desk(offer());
    let autism = Query {
        need: vec!["autism".parse().unwrap()],
        ..Query::default()
    };
    let found = desk.ask(autism.clone());
    assert_eq!(found.total, 2);
    let counts: Vec<(&str, usize)> = found
        .categories
        .iter()
        .map(|term| (term.name.as_str(), term.count))
        .collect();
    assert_eq!(counts, [("Information", 1), ("Leisure", 1)]);
    let both = Query {
        category: vec!["leisure".parse().unwrap()],
        ..autism
    };
    assert_eq!(names(&desk.ask(both)), ["Spectrum Stars"]);
    assert_eq!(desk.ask(Query::default()).needs[0].count, 2);
}

#[test]
fn pages_have_ten_hits_and_no_overlap() {
    let desk = desk((0..23).map(|number| listing(number, &format!("Group {number:02}"), "Music")));
    let page = |page| {
        desk.ask(Query {
            words: "music".to_owned(),
            page,
            ..Query::default()
        })
    };
    assert_eq!((page(1).total, page(1).pages), (23, 3));
    let mut all: Vec<String> = (1..=3).flat_map(|number| names(&page(number))).collect();
    assert_eq!(names(&page(0)), names(&page(1)));
    assert_eq!(page(u32::MAX).hits, []);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 23);
}

#[test]
fn a_changed_listing_replaces_the_old_one_and_a_removed_one_is_gone() {
    let mut desk = desk(offer());
    let changes = [
        Change::Put(Box::new(listing(1, "Water Club", "Swimming."))),
        Change::Remove(id(3)),
        Change::Put(Box::new(
            listing(4, "Spectrum Stars", "").status(ServiceStatus::Defunct),
        )),
        Change::Put(Box::new(
            listing(2, "Chatterbox", "").status(ServiceStatus::TemporarilyClosed),
        )),
    ];
    desk.indexer.apply(&changes).unwrap();
    assert_eq!(
        desk.index.listings(),
        4,
        "nothing is seen before the commit"
    );
    desk.indexer.commit(8, "").unwrap();
    assert_eq!(
        names(&desk.ask(Query::default())),
        ["Chatterbox", "Water Club"]
    );
}

#[test]
fn the_index_keeps_its_position_over_a_restart() {
    let desk = desk(offer());
    let Desk {
        folder,
        index,
        indexer,
    } = desk;
    assert!(matches!(index.writer(), Err(SearchError::AlreadyWritten)));
    drop((index, indexer));
    let index = Index::open(folder.path(), &taxonomies()).unwrap();
    assert_eq!((index.position().unwrap(), index.listings()), (7, 4));
}

#[test]
fn an_index_of_other_taxonomies_or_a_damaged_one_is_begun_anew() {
    let Desk {
        folder,
        index,
        indexer,
    } = desk(offer());
    drop((index, indexer));
    let others = Taxonomies {
        need: "Bedarf".to_owned(),
        ..taxonomies()
    };
    let index = Index::open(folder.path(), &others).unwrap();
    assert_eq!((index.position().unwrap(), index.listings()), (0, 0));
    drop(index);
    std::fs::write(folder.path().join("meta.json"), "{").unwrap();
    assert_eq!(
        Index::open(folder.path(), &others)
            .unwrap()
            .position()
            .unwrap(),
        0
    );
}

#[test]
fn a_segment_that_lost_its_end_is_damage() {
    let Desk {
        folder,
        index,
        indexer,
    } = desk(offer());
    drop((index, indexer));
    let mut files = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let store = files
        .find(|path| path.extension().is_some_and(|end| end == "store"))
        .unwrap();
    std::fs::write(&store, b"short").unwrap();
    assert_eq!(
        Index::open(folder.path(), &taxonomies())
            .unwrap()
            .position()
            .unwrap(),
        0
    );
}

#[test]
fn a_folder_with_other_files_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letter.txt"), "dear").unwrap();
    let refused = Index::open(folder.path(), &taxonomies());
    assert!(matches!(refused, Err(SearchError::ForeignFolder(_))));
    assert!(folder.path().join("letter.txt").exists());
}

#[test]
fn suggestions_are_names_whose_words_begin_so() {
    let desk = desk(offer());
    let texts = |prefix: &str| -> Vec<String> {
        desk.index
            .suggest(prefix, 5)
            .unwrap()
            .into_iter()
            .map(|suggestion| suggestion.text)
            .collect()
    };
    assert_eq!(texts("sp"), ["Spectrum Stars", "Splash Club"]);
    assert_eq!(texts("splash cl"), ["Splash Club"]);
    assert_eq!(texts("star"), ["Spectrum Stars"]);
    assert_eq!(texts(""), Vec::<String>::new());
    assert_eq!(desk.index.suggest("s", 1).unwrap().len(), 1);
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
    proptest!(ProptestConfig::with_cases(200), |(words in any::<String>(), postcode in any::<Option<String>>(), age in any::<Option<u8>>(), page in any::<u32>())| {
        let query = Query { words, postcode, age, page, ..Query::default() };
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
