//! What breaks the invariants. What each breach takes is tried by the hub's suite, which makes whole worlds; here every
//! statement is run, and what is of the store alone.

use std::collections::BTreeSet;

use jiff::civil::date;
use store::{Breach, Database, Found, Judged, Tx};

use super::letters::mail;
use super::world::{self, MONDAY, at};

fn judged() -> Judged {
    Judged {
        now: at(MONDAY),
        today: date(2026, 3, 2),
        late_before: at(MONDAY),
        late_on: date(2026, 3, 2),
        named: 5,
    }
}

async fn found(database: &Database) -> Vec<Found> {
    let mut tx = database.snapshot().await.unwrap();
    tx.proof().breaches(&judged()).await.unwrap()
}

async fn execute(database: &Database, sql: &'static str) {
    let mut tx = database.begin().await.unwrap();
    match &mut tx {
        Tx::Sqlite(tx) => drop(sqlx::query(sql).execute(&mut **tx).await.unwrap()),
        Tx::Postgres(tx) => drop(sqlx::query(sql).execute(&mut **tx).await.unwrap()),
    }
    tx.commit().await.unwrap();
}

pub(crate) async fn nothing_breaks_an_invariant(database: Database) {
    world::prepare(&database).await;
    assert_eq!(found(&database).await, []);
    let mut tx = database.snapshot().await.unwrap();
    let counts = tx.proof().counts().await.unwrap();
    assert_eq!(counts, store::Counts::default());
}

pub(crate) async fn an_enquiry_of_which_nothing_is_recorded_is_found_by_its_reference(
    database: Database,
) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let found = found(&database).await;
    let breaches: BTreeSet<u8> = found.iter().map(|one| one.breach.invariant()).collect();
    // No deed gave the promise its day, and no acknowledgement was thought of.
    assert_eq!(breaches, BTreeSet::from([4, 5]), "{found:?}");
    for one in &found {
        let reference = Some(enquiry.reference.to_string());
        assert_eq!((one.count, &one.first[0].reference), (1, &reference));
    }
}

pub(crate) async fn a_mail_whose_words_were_changed_is_found(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let mut tx = database.begin().await.unwrap();
    let mut mail = mail(&enquiry);
    mail.body_text = "When? \u{1f695} \u{645}\u{62a}\u{649}".to_owned();
    tx.outbox().insert(&mail).await.unwrap();
    tx.commit().await.unwrap();
    let changed = async || {
        let found = found(&database).await;
        found.iter().any(|one| one.breach == Breach::MailChanged)
    };
    assert!(!changed().await, "as it was written, odd letters and all");
    execute(&database, "UPDATE mails SET state = 'sent', attempts = 3").await;
    assert!(!changed().await, "its fate is no part of its words");
    execute(&database, "UPDATE mails SET body_html = body_html || ' '").await;
    assert!(changed().await);
    execute(&database, "UPDATE mails SET frozen = NULL").await;
    assert!(!changed().await, "an older program wrote it");
    let mut tx = database.snapshot().await.unwrap();
    assert_eq!(tx.proof().counts().await.unwrap().not_frozen, 1);
}

pub(crate) async fn a_snapshot_sees_nothing_of_what_is_committed_meanwhile(database: Database) {
    world::prepare(&database).await;
    let mut tx = database.snapshot().await.unwrap();
    assert_eq!(tx.proof().counts().await.unwrap().enquiries, 0);
    world::add_enquiry(&database, MONDAY).await;
    assert_eq!(tx.proof().counts().await.unwrap().enquiries, 0);
    assert_eq!(tx.proof().breaches(&judged()).await.unwrap(), []);
    drop(tx);
    let mut tx = database.snapshot().await.unwrap();
    assert_eq!(tx.proof().counts().await.unwrap().enquiries, 1);
}

pub(crate) async fn a_database_tells_whether_it_is_up_to_date(database: Database) {
    assert!(database.is_up_to_date().await.is_err(), "no tables at all");
    database.migrate().await.unwrap();
    assert!(database.is_up_to_date().await.unwrap());
    execute(&database, "DELETE FROM _sqlx_migrations WHERE version > 20").await;
    assert!(!database.is_up_to_date().await.unwrap());
}
