//! Writing the index, and what becomes of it on disk.

use domain::codes::ServiceStatus;

use super::*;
use crate::fixtures::id;
use crate::{Joined, SearchError, Taxonomies};

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
fn the_pieces_of_an_index_are_joined_while_it_is_searched_and_written() {
    let mut desk = desk(offer());
    for number in 5_u32..9 {
        let changes = [Change::Put(Box::new(listing(
            number.into(),
            "Water Club",
            "",
        )))];
        desk.indexer.apply(&changes).unwrap();
        desk.indexer.commit(number.into(), "").unwrap();
    }
    let pieces = || desk.index.searcher().segment_readers().len();
    assert!(pieces() > 3);
    while desk.indexer.join().unwrap() == Joined::NotYet {
        assert_eq!(desk.index.listings(), 8);
        std::thread::yield_now();
    }
    assert_eq!((pieces(), desk.index.listings()), (1, 8));
    assert_eq!(desk.index.position().unwrap(), 8);
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
