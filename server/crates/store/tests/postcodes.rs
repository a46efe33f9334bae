//! The look-up of postcodes: a file that is replaced while it is used.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it stands"
)]

use domain::local_offer::Position;
use domain::postcode::Postcode;
use store::Postcodes;

fn postcode(text: &str) -> Postcode {
    text.parse().unwrap()
}

async fn write(postcodes: &Postcodes, latitude: f64, all: &[&str]) {
    let position = Position::new(latitude, 0.5).unwrap();
    let rows: Vec<(Postcode, Position)> =
        all.iter().map(|text| (postcode(text), position)).collect();
    let mut writer = postcodes.replace().await.unwrap();
    writer.add(&rows).await.unwrap();
    writer.finish().await.unwrap();
}

#[tokio::test]
async fn a_running_look_up_goes_on_with_the_new_file() {
    let folder = tempfile::tempdir().unwrap();
    let postcodes = Postcodes::of(folder.path());
    let at = async |text| postcodes.position(&postcode(text)).await.unwrap();
    assert_eq!(at("ME14 1XQ").await, None);
    write(&postcodes, 51.0, &["ME14 1XQ", "ME14 1XR", "ME14 1XQ"]).await;
    assert_eq!(at("me141xq").await, Position::new(51.0, 0.5));
    assert_eq!(at("CT1 1AA").await, None);
    write(&postcodes, 52.0, &["ME14 1XQ"]).await;
    assert_eq!(at("ME14 1XQ").await, Position::new(52.0, 0.5));
    assert_eq!(at("ME14 1XR").await, None);
}

#[tokio::test]
async fn an_import_that_is_given_up_leaves_the_old_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let postcodes = Postcodes::of(folder.path());
    write(&postcodes, 51.0, &["ME14 1XQ"]).await;
    let mut writer = postcodes.replace().await.unwrap();
    let other = Position::new(52.0, 0.5).unwrap();
    writer.add(&[(postcode("ME14 1XQ"), other)]).await.unwrap();
    drop(writer);
    let found = postcodes.position(&postcode("ME14 1XQ")).await.unwrap();
    assert_eq!(found, Position::new(51.0, 0.5));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
