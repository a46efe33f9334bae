//! What people looked for, added up.

use jiff::civil::{Date, date};
use store::{Database, LookedFor, Search};

use super::world;

const MONDAY: Date = date(2026, 3, 2);
const TUESDAY: Date = date(2026, 3, 3);

fn search(day: Date, words: &str, district: &str, hits: u8) -> Search {
    Search {
        day,
        words: words.to_owned(),
        filters: String::new(),
        district: district.to_owned(),
        sector: String::new(),
        hits,
    }
}

fn looked_for(words: &str, district: &str, times: u32) -> LookedFor {
    LookedFor {
        words: words.to_owned(),
        district: district.to_owned(),
        times,
    }
}

pub(crate) async fn the_same_search_adds_up_and_is_told_the_most_frequent_first(
    database: Database,
) {
    world::prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    let mut searches = tx.searches();
    let near = Search {
        sector: "CT16 1".to_owned(),
        filters: "age:4".to_owned(),
        ..search(TUESDAY, "kayak", "dover", 0)
    };
    for (search, times) in [
        (search(MONDAY, "kayak", "dover", 0), 2),
        (search(MONDAY, "kayak", "dover", 0), 3),
        (near, 1),
        (search(TUESDAY, "kayak", "", 0), 1),
        (search(TUESDAY, "judo", "", 0), 4),
        (search(TUESDAY, "sleep", "", 2), 7),
        (search(TUESDAY, "speech", "", 4), 9),
    ] {
        searches.add(&search, times).await.unwrap();
    }
    tx.commit().await.unwrap();

    let mut tx = database.read().await.unwrap();
    let mut searches = tx.searches();
    let nothing = searches.looked_for(MONDAY, [0, 0], 10).await.unwrap();
    let expected = [
        looked_for("kayak", "dover", 6),
        looked_for("judo", "", 4),
        looked_for("kayak", "", 1),
    ];
    assert_eq!(nothing, expected);
    let few = searches.looked_for(MONDAY, [1, 3], 10).await.unwrap();
    assert_eq!(few, [looked_for("sleep", "", 7)]);
    let later = searches.looked_for(TUESDAY, [0, 4], 2).await.unwrap();
    let expected = [looked_for("speech", "", 9), looked_for("sleep", "", 7)];
    assert_eq!(later, expected);
    assert_eq!(searches.total(MONDAY).await.unwrap(), 27);
    assert_eq!(searches.total(date(2026, 3, 4)).await.unwrap(), 0);
}

pub(crate) async fn what_was_searched_long_ago_is_forgotten(database: Database) {
    world::prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    let mut searches = tx.searches();
    searches
        .add(&search(MONDAY, "judo", "", 0), 1)
        .await
        .unwrap();
    searches
        .add(&search(TUESDAY, "judo", "", 0), 1)
        .await
        .unwrap();
    assert_eq!(searches.delete_before(TUESDAY).await.unwrap(), 1);
    assert_eq!(searches.delete_before(TUESDAY).await.unwrap(), 0);
    assert_eq!(searches.total(MONDAY).await.unwrap(), 1);
}
