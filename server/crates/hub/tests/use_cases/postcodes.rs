//! Importing the national look-up of postcodes, and asking it.

use domain::{local_offer::Position, postcode::Postcode};
use hub::{
    Actor,
    local_offer::{PostcodeError, PostcodeReport},
};
use testing::TestHub;

/// As the National Statistics Postcode Lookup writes it; the last but one is in no use any more.
const NSPL: &str = "\u{feff}pcd7,pcd8,pcds,doterm,lat,long\n\
    ME141XQ,ME14 1XQ,ME14 1XQ,,51.272,0.529\n\
    JE2 4WJ,JE2  4WJ,JE2 4WJ,,99.999999,0.000000\n\
    CT1 1AA,CT1  1AA,CT1 1AA,201206,51.279,1.083\n\
    what,what,what,,51,1\n";

async fn import(test: &TestHub, csv: &'static str) -> Result<PostcodeReport, PostcodeError> {
    let offer = test.hub.local_offer();
    offer.import_postcodes(&Actor::System, csv.as_bytes()).await
}

async fn at(test: &TestHub, postcode: &str) -> Option<Position> {
    let postcode: Postcode = postcode.parse().unwrap();
    test.hub.local_offer().where_is(&postcode).await.unwrap()
}

#[tokio::test]
async fn a_postcode_is_where_the_look_up_says_and_ended_ones_are_kept() {
    let test = TestHub::new().await;
    assert_eq!(at(&test, "ME14 1XQ").await, None);
    let report = import(&test, NSPL).await.unwrap();
    let expected = PostcodeReport {
        imported: 2,
        without_position: 1,
        unreadable: 1,
    };
    assert_eq!(report, expected);
    assert_eq!(at(&test, "me141xq").await, Position::new(51.272, 0.529));
    assert_eq!(at(&test, "CT1 1AA").await, Position::new(51.279, 1.083));
    assert_eq!(at(&test, "JE2 4WJ").await, None);
}

#[tokio::test]
async fn columns_are_found_by_either_name_and_in_any_order() {
    let test = TestHub::new().await;
    let csv = "Latitude,X,Longitude,Postcode\n51.272,1,0.529,ME14 1XQ\n";
    assert_eq!(import(&test, csv).await.unwrap().imported, 1);
    assert_eq!(at(&test, "ME14 1XQ").await, Position::new(51.272, 0.529));
}

#[tokio::test]
async fn a_file_that_is_none_leaves_the_look_up_as_it_was() {
    let test = TestHub::new().await;
    import(&test, NSPL).await.unwrap();
    for (csv, problem) in [
        ("pcds,lat\nME14 1XQ,51\n", "there is no column long"),
        ("pcds,lat,long\n", "there is no postcode with a position"),
        ("pcds,lat,long\nME14 1XQ,51\n", "it cannot be read"),
    ] {
        let error = import(&test, csv).await.unwrap_err();
        assert!(error.to_string().starts_with(problem), "{error}");
    }
    assert_eq!(at(&test, "ME14 1XQ").await, Position::new(51.272, 0.529));
}
