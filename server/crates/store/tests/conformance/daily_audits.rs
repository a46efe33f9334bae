//! The daily audit: done by one process, and what it came to.

use jiff::civil::date;
use store::{DailyAudit, Database, Finding};

use super::world::{MONDAY, at, prepare};

fn ended(begun_at: &str, findings: Vec<Finding>) -> DailyAudit {
    DailyAudit {
        on: domain::clock::london_date(at(begun_at)),
        begun_at: at(begun_at),
        ended_at: at(begun_at) + jiff::SignedDuration::from_secs(9),
        enquiries: 4,
        messages: 7,
        findings,
    }
}

async fn begin(database: &Database, now: &str, until: &str) -> bool {
    let mut tx = database.begin().await.unwrap();
    let is_due = tx.daily_audits().is_due(at(now)).await.unwrap();
    let begun = tx.daily_audits().begin(at(now), at(until)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(begun, is_due);
    begun
}

async fn end(database: &Database, audit: &DailyAudit) -> bool {
    let mut tx = database.begin().await.unwrap();
    let ended = tx.daily_audits().end(audit).await.unwrap();
    tx.commit().await.unwrap();
    ended
}

pub(crate) async fn one_process_does_it_and_another_where_that_one_died(database: Database) {
    prepare(&database).await;
    let until = "2026-03-02T11:00:00Z";
    assert!(begin(&database, MONDAY, until).await);
    assert!(!begin(&database, "2026-03-02T10:59:00Z", until).await);
    let again = "2026-03-02T11:00:00Z";
    assert!(begin(&database, again, "2026-03-02T12:00:00Z").await);
    assert!(!end(&database, &ended(MONDAY, vec![])).await, "it was late");
    assert!(end(&database, &ended(again, vec![])).await);
    let evening = "2026-03-02T23:00:00Z";
    assert!(!begin(&database, evening, "2026-03-03T00:00:00Z").await);
    assert!(begin(&database, "2026-03-03T00:00:00Z", "2026-03-03T01:00:00Z").await);
}

pub(crate) async fn what_it_came_to_reads_back_the_latest_first(database: Database) {
    prepare(&database).await;
    let mut tx = database.read().await.unwrap();
    assert_eq!(tx.daily_audits().latest(9).await.unwrap(), []);
    drop(tx);
    let finding = |kind: &str, places| Finding {
        kind: kind.to_owned(),
        places,
    };
    let days = [
        ended(MONDAY, vec![finding("RawMissing", 1)]),
        ended("2026-03-03T10:00:00Z", vec![]),
        ended(
            "2026-03-04T10:00:00Z",
            vec![finding("MailGone", 3), finding("RawMissing", 2)],
        ),
    ];
    for day in &days {
        let begun = day.begun_at;
        let mut tx = database.begin().await.unwrap();
        assert!(tx.daily_audits().begin(begun, begun).await.unwrap());
        assert!(tx.daily_audits().end(day).await.unwrap());
        tx.commit().await.unwrap();
    }
    let mut tx = database.read().await.unwrap();
    let [monday, tuesday, wednesday] = days;
    let latest = tx.daily_audits().latest(2).await.unwrap();
    assert_eq!(latest, [wednesday.clone(), tuesday.clone()]);
    assert_eq!(latest[0].on, date(2026, 3, 4));
    let all = tx.daily_audits().latest(9).await.unwrap();
    assert_eq!(all, [wednesday, tuesday, monday]);
}
