//! What people looked for: counted, told, and forgotten in time.

use domain::codes::Role;
use hub::{
    Actor,
    desk::{SearchReport, Span, Subject},
    jobs,
    search::Query,
};
use jiff::SignedDuration;
use testing::{TestHub, eventually};
use tokio_util::sync::CancellationToken;

async fn search(test: &TestHub, words: &str) {
    let query = Query {
        words: words.to_owned(),
        ..Query::default()
    };
    test.hub.local_offer().search(&query).await.unwrap();
}

async fn report(test: &TestHub, actor: &Actor, span: Span) -> SearchReport {
    test.hub.local_offer().keep_searches().await.unwrap();
    test.hub.desk().searches(actor, span).await.unwrap()
}

fn told(subjects: &[Subject]) -> Vec<(&str, u32)> {
    let told = subjects.iter();
    told.map(|subject| (subject.words.as_str(), subject.times))
        .collect()
}

#[tokio::test]
async fn what_was_looked_for_in_vain_is_told_the_most_frequent_first() {
    let test = TestHub::new().await;
    let lead = test.officer(Role::TeamLead).await;
    for words in [
        "kayaking in Dover",
        "Kayaking dover",
        "kayaking CT16 1ZU please",
    ] {
        search(&test, words).await;
    }
    for _ in 0..4 {
        search(&test, "judo").await;
    }
    search(&test, "judo").await;

    let report = report(&test, &lead, Span::Month).await;

    assert_eq!((report.total, report.nothing), (8, 8));
    assert_eq!(told(&report.not_found), [("judo", 5), ("kayaking", 3)]);
    assert_eq!(told(&report.topics), [("judo", 5), ("kayaking", 3)]);
    let dover = ("Dover".to_owned(), 3);
    assert_eq!(report.not_found[1].districts, [dover]);
    assert_eq!(report.hidden, 0);
    assert_eq!(report.found_few, []);
}

#[tokio::test]
async fn a_word_that_few_typed_is_not_shown_for_it_could_be_a_name() {
    let test = TestHub::new().await;
    let lead = test.officer(Role::TeamLead).await;
    for words in ["judo", "judo", "judo", "zorblax judo", "zorblax judo"] {
        search(&test, words).await;
    }
    let before = report(&test, &lead, Span::Month).await;
    assert_eq!(told(&before.not_found), [("judo", 3)]);
    assert_eq!(told(&before.topics), [("judo", 5)]);
    assert_eq!(before.hidden, 2);

    search(&test, "Judo for Zorblax").await;

    let after = report(&test, &lead, Span::Month).await;
    assert!(told(&after.topics).contains(&("zorblax", 3)), "{after:?}");
}

#[tokio::test]
async fn only_the_first_page_of_a_search_with_words_counts() {
    let test = TestHub::new().await;
    let lead = test.officer(Role::TeamLead).await;
    search(&test, "").await;
    search(&test, "please help").await;
    let second = Query {
        words: "judo".to_owned(),
        page: 2,
        ..Query::default()
    };
    test.hub.local_offer().search(&second).await.unwrap();
    assert_eq!(report(&test, &lead, Span::Year).await.total, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_worker_writes_searches_down_and_forgets_them_after_a_year() {
    let test = TestHub::new().await;
    let lead = test.officer(Role::TeamLead).await;
    search(&test, "judo").await;
    let stop = CancellationToken::new();
    let worker = tokio::spawn(jobs::work(test.hub.clone(), stop.clone()));
    let total = async |span| test.hub.desk().searches(&lead, span).await.unwrap().total;
    eventually(async || (total(Span::Year).await == 1).then_some(())).await;

    test.clock.advance(SignedDuration::from_hours(24 * 40));
    assert_eq!(total(Span::Month).await, 0);
    assert_eq!(total(Span::Year).await, 1);
    test.clock.advance(SignedDuration::from_hours(24 * 330));
    eventually(async || {
        let mut tx = test.hub.database().read().await.unwrap();
        let ever = tx.searches().total(jiff::civil::date(2000, 1, 1)).await;
        (ever.unwrap() == 0).then_some(())
    })
    .await;
    stop.cancel();
    worker.await.unwrap();
}
