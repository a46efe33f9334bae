//! Importing the local offer, and finding what was imported.

use domain::{codes::Role, local_offer::Listing};
use hub::{
    Actor, Error,
    local_offer::{
        Faulty, Feed, Follower, ImportError, ImportReport, ListingToChange, WhatChanges, Writing,
    },
    search::Query,
};
use serde_json::Value;
use testing::{TestHub, council::SAMPLE_SERVICES, eventually};
use tokio_util::sync::CancellationToken;

const CLINIC: &str = "adhd-clinic-for-children";

async fn import(test: &TestHub, json: &str) -> Result<ImportReport, ImportError> {
    let offer = test.hub.local_offer();
    offer.import(&Actor::System, json, Writing::Real).await
}

async fn clinic(test: &TestHub) -> Option<Listing> {
    let offer = test.hub.local_offer();
    offer.listing(&CLINIC.parse().unwrap()).await.unwrap()
}

async fn finds(test: &TestHub, words: &str) -> Option<String> {
    let query = Query {
        words: words.to_owned(),
        ..Query::default()
    };
    let results = test.hub.local_offer().search(&query).await.unwrap();
    let first = results.hits.into_iter().next()?;
    Some(first.listing.name)
}

/// A record with everything that the standard knows, and more.
const FULL: &str = include_str!("../../../domain/tests/fixtures/full_service.json");

/// Every listing that the hub has, in the order of their ids.
async fn listings(test: &TestHub) -> Vec<Listing> {
    let mut tx = test.hub.database().read().await.unwrap();
    let ids = tx.local_offer().ids_after(None, 10_000).await.unwrap();
    let mut listings = Vec::new();
    for id in ids {
        listings.extend(tx.local_offer().listing(id).await.unwrap());
    }
    listings
}

/// The sample with the clinic changed.
fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut document: Value = serde_json::from_str(SAMPLE_SERVICES).unwrap();
    let services = document["contents"].as_array_mut().unwrap();
    let clinic = services
        .iter_mut()
        .find(|service| service["name"] == "ADHD clinic for children");
    change(clinic.unwrap());
    document.to_string()
}

#[tokio::test]
async fn every_service_of_the_sample_is_imported() {
    let test = TestHub::new().await;
    let report = import(&test, SAMPLE_SERVICES).await.unwrap();
    assert_eq!(report.warnings, []);
    let offer = test.hub.local_offer();
    let count = offer.count().await.unwrap();
    assert_eq!(usize::try_from(count).unwrap(), report.services);
    let terms = offer.terms().await.unwrap();
    assert!(!terms.needs.is_empty() && !terms.categories.is_empty());
    assert_eq!(
        clinic(&test).await.unwrap().service.name,
        "ADHD clinic for children"
    );
}

#[tokio::test]
async fn the_same_file_again_writes_nothing_and_one_changed_service_is_one_change() {
    let test = TestHub::new().await;
    let first = import(&test, SAMPLE_SERVICES).await.unwrap();
    assert_eq!(first.changed, first.services);
    let position = async || {
        let mut tx = test.hub.database().read().await.unwrap();
        tx.changes().latest().await.unwrap()
    };
    let before = position().await;
    assert_eq!(import(&test, SAMPLE_SERVICES).await.unwrap().changed, 0);
    assert_eq!(position().await, before);
    let json = changed(|clinic| clinic["description"] = "Other words.".into());
    assert_eq!(import(&test, &json).await.unwrap().changed, 1);
    assert_eq!(position().await, before + 1);
}

#[tokio::test]
async fn a_file_with_one_fault_imports_nothing_and_names_the_fault() {
    let test = TestHub::new().await;
    let json = changed(|clinic| clinic["minimum_age"] = "young".into());
    let Err(ImportError::Faults(faults)) = import(&test, &json).await else {
        unreachable!("it has a fault")
    };
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].field, "minimum_age");
    assert_eq!(test.hub.local_offer().count().await.unwrap(), 0);
    assert!(
        test.hub
            .local_offer()
            .terms()
            .await
            .unwrap()
            .needs
            .is_empty()
    );
}

#[tokio::test]
async fn a_dry_run_says_what_it_would_do_and_does_nothing() {
    let test = TestHub::new().await;
    let offer = test.hub.local_offer();
    let report = offer
        .import(&Actor::System, SAMPLE_SERVICES, Writing::DryRun)
        .await
        .unwrap();
    assert!(report.services > 0);
    assert_eq!(offer.count().await.unwrap(), 0);
}

#[tokio::test]
async fn a_dry_run_lists_what_is_new_and_which_properties_change() {
    let test = TestHub::new().await;
    import(&test, SAMPLE_SERVICES).await.unwrap();
    let mut document: Value = serde_json::from_str(&changed(|clinic| {
        clinic["description"] = "Other words.".into();
        clinic["licenses"] = "None".into();
    }))
    .unwrap();
    let full: Value = serde_json::from_str(FULL).unwrap();
    document["contents"].as_array_mut().unwrap().push(full);
    let offer = test.hub.local_offer();
    let report = offer
        .import(&Actor::System, &document.to_string(), Writing::DryRun)
        .await
        .unwrap();
    let told: Vec<(&str, &WhatChanges)> = report
        .changes
        .iter()
        .map(|ListingToChange { name, what, .. }| (name.as_str(), what))
        .collect();
    let properties = ["description", "rest"].map(str::to_owned).to_vec();
    assert_eq!(
        told,
        [
            (
                "ADHD clinic for children",
                &WhatChanges::Properties(properties)
            ),
            ("Splash Club", &WhatChanges::New),
        ]
    );
    assert_eq!(report.changed, 2);
}

#[tokio::test]
async fn faulty_records_are_left_out_where_that_is_asked_for_and_told() {
    let test = TestHub::new().await;
    let json = changed(|clinic| clinic["minimum_age"] = "young".into());
    let feed = Feed::Documents(vec![("feed.json".to_owned(), json)]);
    let offer = test.hub.local_offer();
    let report = offer
        .import_feed(&Actor::System, feed, Writing::Real, Faulty::LeaveOut)
        .await
        .unwrap();
    assert_eq!(report.left_out.len(), 1);
    assert_eq!(report.left_out[0].field, "minimum_age");
    assert_eq!(clinic(&test).await, None);
    let count = offer.count().await.unwrap();
    assert_eq!(usize::try_from(count).unwrap(), report.services);
    assert!(count > 0);
}

#[tokio::test]
async fn what_is_no_json_is_refused_even_where_faults_are_left_out() {
    let test = TestHub::new().await;
    let files = [("a.json", SAMPLE_SERVICES), ("b.json", "{")];
    let files = files.map(|(name, json)| (name.to_owned(), json.to_owned()));
    let feed = Feed::Documents(files.to_vec());
    let offer = test.hub.local_offer();
    let answer = offer
        .import_feed(&Actor::System, feed, Writing::Real, Faulty::LeaveOut)
        .await;
    let Err(ImportError::Faults(faults)) = answer else {
        unreachable!("one file is no JSON")
    };
    assert_eq!(faults[0].record, "b.json");
    assert_eq!(offer.count().await.unwrap(), 0);
}

#[tokio::test]
async fn an_export_imported_elsewhere_loses_nothing() {
    let (here, there) = (TestHub::new().await, TestHub::new().await);
    import(&here, SAMPLE_SERVICES).await.unwrap();
    import(&here, FULL).await.unwrap();
    // Somebody has its address.
    let renamed = FULL.replace("Splash Club", "Splash for everybody");
    import(&here, &renamed).await.unwrap();
    let export = here.hub.local_offer().export(&Actor::System).await.unwrap();

    let files = [("s", &export.services), ("t", &export.taxonomies)];
    let files = files.map(|(name, document)| (name.to_owned(), document.to_string()));
    let feed = Feed::Documents(files.to_vec());
    let offer = there.hub.local_offer();
    let report = offer
        .import_feed(&Actor::System, feed, Writing::Real, Faulty::RefuseAll)
        .await
        .unwrap();

    assert_eq!(report.services, export.count);
    assert_eq!(listings(&there).await, listings(&here).await);
    assert_eq!(
        there
            .hub
            .local_offer()
            .export(&Actor::System)
            .await
            .unwrap(),
        export
    );
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let test = TestHub::new().await;
    let first = import(&test, SAMPLE_SERVICES).await.unwrap();
    let before = (
        test.hub.local_offer().count().await.unwrap(),
        test.hub.local_offer().terms().await.unwrap(),
        clinic(&test).await,
    );
    let second = import(&test, SAMPLE_SERVICES).await.unwrap();
    let after = (
        test.hub.local_offer().count().await.unwrap(),
        test.hub.local_offer().terms().await.unwrap(),
        clinic(&test).await,
    );
    assert_eq!(
        (first.services, first.terms),
        (second.services, second.terms)
    );
    assert_eq!(before, after);
}

#[tokio::test]
async fn only_editors_and_administrators_import() {
    let test = TestHub::new().await;
    let offer = test.hub.local_offer();
    for role in [Role::Officer, Role::TeamLead] {
        let actor = test.officer(role).await;
        let answer = offer.import(&actor, SAMPLE_SERVICES, Writing::Real).await;
        assert!(
            matches!(answer, Err(ImportError::Hub(Error::NotFound))),
            "{answer:?}"
        );
    }
    let editor = test.officer(Role::Editor).await;
    offer
        .import(&editor, SAMPLE_SERVICES, Writing::Real)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_imported_is_found_and_what_is_changed_is_found_anew() {
    let test = TestHub::new().await;
    let stop = CancellationToken::new();
    let follower = tokio::spawn(Follower::new(&test.hub).await.unwrap().follow(stop.clone()));

    import(&test, SAMPLE_SERVICES).await.unwrap();
    eventually(async || {
        finds(&test, "adhd clinic")
            .await
            .filter(|name| name == "ADHD clinic for children")
    })
    .await;
    assert_eq!(finds(&test, "xylophones").await, None);

    let json = changed(|clinic| {
        clinic["description"] = "We now teach xylophones to every child.".into();
    });
    import(&test, &json).await.unwrap();
    let found = eventually(async || finds(&test, "xylophones").await).await;
    assert_eq!(found, "ADHD clinic for children");

    stop.cancel();
    follower.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_imported_before_the_index_followed_is_found_as_well() {
    let test = TestHub::new().await;
    import(&test, SAMPLE_SERVICES).await.unwrap();
    assert_eq!(finds(&test, "adhd clinic").await, None);
    let stop = CancellationToken::new();
    let follower = tokio::spawn(Follower::new(&test.hub).await.unwrap().follow(stop.clone()));
    eventually(async || finds(&test, "adhd clinic").await).await;
    stop.cancel();
    follower.await.unwrap();
}

#[tokio::test]
async fn an_index_that_is_ahead_of_a_restored_database_is_begun_anew() {
    let test = TestHub::new().await;
    let mut ahead = test.hub.index().writer().unwrap();
    ahead.commit(1_000_000, "").unwrap();
    drop(ahead);

    let follower = Follower::new(&test.hub).await.unwrap();

    assert_eq!(test.hub.index().position().unwrap(), 0);
    drop(follower);
}

#[tokio::test]
async fn an_index_of_another_database_is_begun_anew_though_it_is_no_further() {
    let test = TestHub::new().await;
    import(&test, SAMPLE_SERVICES).await.unwrap();
    let mut other = test.hub.index().writer().unwrap();
    other
        .commit(3, "a change that this feed does not have")
        .unwrap();
    drop(other);
    let follower = Follower::new(&test.hub).await.unwrap();
    assert_eq!(test.hub.index().position().unwrap(), 0);

    let stop = CancellationToken::new();
    let following = tokio::spawn(follower.follow(stop.clone()));
    eventually(async || finds(&test, "adhd clinic").await).await;
    stop.cancel();
    following.await.unwrap();
    // Its own it knows again.
    let position = test.hub.index().position().unwrap();
    assert!(position > 0);
    let _again = Follower::new(&test.hub).await.unwrap();
    assert_eq!(test.hub.index().position().unwrap(), position);
}

#[tokio::test]
async fn a_second_server_cannot_write_the_same_index() {
    let test = TestHub::new().await;
    let _first = Follower::new(&test.hub).await.unwrap();
    assert!(Follower::new(&test.hub).await.is_err());
}
