//! Erasing what an enquiry says of people, so that what proves the promise stays.

use domain::{
    codes::{ErasureReason, IncomingState, Role},
    enquiry::State,
    form::Faults,
    reference::Reference,
};
use hub::{
    Actor, Error,
    enquiries::{Erased, HowMuch},
};
use store::{Database, Tx};
use testing::{TestHub, fields};

use crate::{
    intake::bounce,
    mailed::{arrive, letter, receive, reference_of, row},
    proof::assert_whole,
    reading::{faults, not_arrived, stored, times},
};

/// Every text that the database holds, in every column of every table, but for its own schema.
pub(crate) async fn everything(database: &Database) -> String {
    let mut all = String::new();
    let mut tx = database.read().await.unwrap();
    let Tx::Sqlite(tx) = &mut tx else {
        return all;
    };
    let tables: Vec<(String,)> =
        sqlx::query_as("SELECT name FROM sqlite_master WHERE type = 'table'")
            .fetch_all(&mut **tx)
            .await
            .unwrap();
    for (table,) in tables {
        let columns: Vec<(String,)> = sqlx::query_as("SELECT name FROM pragma_table_info($1)")
            .bind(&table)
            .fetch_all(&mut **tx)
            .await
            .unwrap();
        for (column,) in columns {
            let sql = format!(
                "SELECT CAST(\"{column}\" AS TEXT) FROM \"{table}\" WHERE \"{column}\" IS NOT NULL"
            );
            let values: Vec<(String,)> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .fetch_all(&mut **tx)
                .await
                .unwrap_or_default();
            for (value,) in values {
                all.push_str(&value);
                all.push('\n');
            }
        }
    }
    all
}

/// Closes an enquiry, as it was answered.
pub(crate) async fn close(test: &TestHub, officer: &Actor, reference: &Reference) {
    let desk = test.hub.desk();
    let words = fields([("reason", "thanks")]);
    desk.close(officer, reference, &words).await.unwrap();
    test.run_jobs().await;
}

/// Erases it, as the person asked.
pub(crate) async fn erase(
    test: &TestHub,
    reference: &Reference,
    how_much: HowMuch,
) -> Result<Erased, Error> {
    let administrator = test.officer(Role::Administrator).await;
    let enquiries = test.hub.enquiries();
    let reason = ErasureReason::Asked;
    enquiries
        .erase(&administrator, reference, how_much, reason)
        .await
}

#[tokio::test]
async fn nothing_of_the_person_is_left_and_the_promise_is_still_proved() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let raw = letter(
        "one",
        "Zebedee and the taxi",
        "Zebedee Quill waits for his taxi.",
    );
    let id = arrive(&test, &raw).await;
    let reference = reference_of(&test, id).await;
    let reply = fields([("reply", "Zebedee gets it on Monday.")]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &reply).await.unwrap();
    let note = fields([("note", "Quill called twice.")]);
    desk.note(&officer, &reference, &note).await.unwrap();
    test.run_jobs().await;
    let before = stored(&test, &reference).await;
    assert!(matches!(before.state, State::Answered { .. }));
    test.clock.set_to("2026-06-01T10:00:00Z");
    test.sweep().await;
    let before = stored(&test, &reference).await;
    assert!(matches!(before.state, State::Closed { .. }));
    let whole = everything(&test.database.database).await;
    let is_sqlite = !whole.is_empty();
    assert!(!is_sqlite || whole.contains("Zebedee"));

    let erased = erase(&test, &reference, HowMuch::ThisOne).await.unwrap();
    assert_eq!(erased.erased, [reference]);
    let left = everything(&test.database.database).await;
    for private in ["Zebedee", "Quill", "pat@example.org"] {
        assert!(
            !left.to_lowercase().contains(&private.to_lowercase()),
            "{private}"
        );
    }
    let after = stored(&test, &reference).await;
    assert_eq!((after.state, after.promise), (before.state, before.promise));
    assert_eq!(times(&test, &reference, "enquiry-erased").await, 1);
    test.sweep().await;
    assert_whole(&test, "after an erasure").await;
    let file = desk.enquiry(&officer, &reference).await.unwrap();
    assert_eq!(file.messages.len(), 3);
    let again = faults(erase(&test, &reference, HowMuch::ThisOne).await.map(drop));
    assert_eq!(again.of("reference"), Some("It was erased before"));
    // The same mail is known, and not taken in again.
    receive(&test.hub, &raw).await;
    test.run_jobs().await;
    assert!(
        !everything(&test.database.database)
            .await
            .contains("Zebedee")
    );
}

#[tokio::test]
async fn what_is_open_is_not_erased() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let first = test.submit(|answers| answers).await.reference;
    let second = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let refused: Faults = faults(erase(&test, &first, HowMuch::ThisOne).await.map(drop));
    assert!(refused.of("reference").is_some());
    close(&test, &officer, &first).await;
    let erased = erase(&test, &first, HowMuch::AllOfThisPerson)
        .await
        .unwrap();
    assert_eq!((erased.erased, erased.open), (vec![first], vec![second]));
    close(&test, &officer, &second).await;
    erase(&test, &second, HowMuch::ThisOne).await.unwrap();
    test.sweep().await;
    assert_whole(&test, "after two erasures").await;
}

#[tokio::test]
async fn what_waits_to_be_sent_or_reached_nobody_is_seen_to_before_it_is_erased() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let first = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let second = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    test.mails.go_down();
    let withdrawn = fields([("reason", "withdrawn")]);
    let desk = test.hub.desk();
    desk.close(&officer, &second, &withdrawn).await.unwrap();
    test.run_jobs().await;
    let refused = faults(erase(&test, &second, HowMuch::ThisOne).await.map(drop));
    let why = refused.of("reference").unwrap();
    assert!(why.contains("not sent yet"), "{why}");
    // Among all of somebody's it stays, and the others go.
    close(&test, &officer, &first).await;
    let erased = erase(&test, &first, HowMuch::AllOfThisPerson)
        .await
        .unwrap();
    assert_eq!(
        (erased.erased, erased.with_mail),
        (vec![first], vec![second])
    );
    test.mails.come_back();
    test.mails.refuse_next();
    test.clock.advance(jiff::SignedDuration::from_hours(1));
    test.run_jobs().await;
    assert!(erase(&test, &second, HowMuch::ThisOne).await.is_err());
    let list = not_arrived(&test, &officer).await;
    let reason = fields([("reason", "not-needed")]);
    let mail = list.to_clear.rows[0].mail;
    desk.clear_mail(&officer, mail, &reason).await.unwrap();
    erase(&test, &second, HowMuch::ThisOne).await.unwrap();
    let taken = test.mails.taken();
    let to_nobody = |to: &str| to.ends_with(".invalid");
    assert!(
        !taken
            .iter()
            .any(|caught| to_nobody(caught.mail.to.as_str()))
    );
    test.sweep().await;
    assert_whole(&test, "after both were erased").await;
}

#[tokio::test]
async fn a_report_about_a_mail_that_was_erased_opens_nothing_again() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let id = arrive(&test, &letter("one", "Taxi", "When?")).await;
    let reference = reference_of(&test, id).await;
    let words = fields([("reply", "On Monday.")]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.run_jobs().await;
    let sent = test.mails.taken().pop().unwrap().mail;
    let reason = fields([("reason", "answered")]);
    desk.close(&officer, &reference, &reason).await.unwrap();
    test.run_jobs().await;
    erase(&test, &reference, HowMuch::ThisOne).await.unwrap();
    let report = bounce(sent.return_path.as_str(), &sent.message_id);
    let id = arrive(&test, &report).await;
    let after = stored(&test, &reference).await.state;
    assert!(matches!(after, State::Closed { .. }), "{after:?}");
    let list = not_arrived(&test, &officer).await;
    assert!(list.to_clear.rows.is_empty());
    // The report names the person once more: it goes as well.
    assert_eq!(row(&test, id).await.state, IncomingState::Erased);
    let left = everything(&test.database.database).await;
    assert!(!left.contains("pat@example.org"));
    test.sweep().await;
    assert_whole(&test, "after a report about what was erased").await;
}
