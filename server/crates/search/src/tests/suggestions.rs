//! Suggestions while a person types.

use super::*;
use crate::Suggested;

#[test]
fn services_are_suggested_by_words_that_begin_so() {
    let desk = desk(offer());
    let texts = |prefix: &str| -> Vec<String> {
        desk.index
            .suggest(prefix, 5)
            .unwrap()
            .into_iter()
            .map(|suggestion| suggestion.text)
            .collect()
    };
    assert_eq!(
        texts("sp"),
        ["Speech and language", "Splash Club", "Spectrum Stars"]
    );
    assert_eq!(texts("splash cl"), ["Splash Club"]);
    assert_eq!(texts("star"), ["Spectrum Stars"]);
    assert_eq!(texts(""), Vec::<String>::new());
    assert_eq!(desk.index.suggest("s", 1).unwrap().len(), 1);
}

#[test]
fn needs_categories_and_guides_are_suggested_too() {
    let desk = desk(offer());
    let first = |prefix: &str| {
        let found = desk.index.suggest(prefix, 5).unwrap();
        found.into_iter().next().map(|one| one.what)
    };
    assert_eq!(
        first("auti"),
        Some(Suggested::Term(tick(Facet::Need, "autism")))
    );
    assert_eq!(
        first("annual re"),
        Some(Suggested::Guide("annual-reviews".to_owned()))
    );
}

#[test]
fn what_was_removed_is_suggested_no_more() {
    let mut desk = desk(offer());
    let change = Change::Remove(crate::fixtures::id(1));
    desk.indexer.apply(&[change]).unwrap();
    desk.indexer.commit(8, "").unwrap();
    assert!(desk.index.suggest("splash", 5).unwrap().is_empty());
}
