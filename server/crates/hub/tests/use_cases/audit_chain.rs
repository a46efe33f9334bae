//! Proving that nobody changed the record of deeds.

use domain::codes::Role;
use hub::{
    Actor, Error,
    audit::{ChainFault, Noted, Verdict},
};
use jiff::SignedDuration;
use store::Tx;
use testing::TestHub;

async fn verify(test: &TestHub, noted: Option<&Noted>) -> Verdict {
    test.hub
        .audit()
        .verify(&Actor::System, noted)
        .await
        .unwrap()
}

/// Some deeds, all sealed.
async fn after_some_work() -> TestHub {
    let test = TestHub::new().await;
    test.submit(|answers| answers).await;
    test.submit(|answers| answers).await;
    test.hub.audit().seal().await.unwrap();
    test
}

/// What somebody does who has the database in their hands.
async fn tamper(test: &TestHub, sqlite: &'static str, postgres: &'static str) {
    let mut tx = test.hub.database().begin().await.unwrap();
    match &mut tx {
        Tx::Sqlite(tx) => drop(sqlx::raw_sql(sqlite).execute(&mut **tx).await.unwrap()),
        Tx::Postgres(tx) => drop(sqlx::raw_sql(postgres).execute(&mut **tx).await.unwrap()),
    }
    tx.commit().await.unwrap();
}

/// Takes deeds out of the record: those whose seals this deletes.
async fn cut_out(test: &TestHub, seals: &'static str) {
    const UNSEALED: &str = "DELETE FROM audit WHERE id NOT IN (SELECT entry FROM audit_seals)";
    tamper(
        test,
        "DROP TRIGGER audit_is_not_deleted; DROP TRIGGER audit_seals_are_not_deleted",
        "ALTER TABLE audit DISABLE TRIGGER ALL; ALTER TABLE audit_seals DISABLE TRIGGER ALL",
    )
    .await;
    tamper(test, seals, seals).await;
    tamper(test, UNSEALED, UNSEALED).await;
}

#[tokio::test]
async fn a_record_that_nobody_touched_is_whole() {
    let test = after_some_work().await;
    let verdict = verify(&test, None).await;
    assert_eq!(verdict.faults, []);
    assert!(verdict.head.position >= 4, "{verdict}");

    // It only grows: what was noted then is there later.
    let noted: Noted = verdict.to_string().parse().unwrap();
    test.submit(|answers| answers).await;
    test.hub.audit().seal().await.unwrap();
    let later = verify(&test, Some(&noted)).await;
    assert_eq!(later.faults, []);
    assert!(later.head.position > verdict.head.position);
}

#[tokio::test]
async fn a_deed_that_was_changed_is_named() {
    let test = after_some_work().await;
    const CHANGE: &str = "UPDATE audit SET action = 'enquiry-closed' WHERE id = \
                          (SELECT entry FROM audit_seals WHERE position = 2)";
    tamper(
        &test,
        "DROP TRIGGER audit_is_not_changed",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
    )
    .await;
    tamper(&test, CHANGE, CHANGE).await;
    let verdict = verify(&test, None).await;
    assert_eq!(verdict.faults, [ChainFault::Changed { position: 2 }]);
}

#[tokio::test]
async fn a_deed_that_was_taken_out_is_named() {
    let test = after_some_work().await;
    cut_out(&test, "DELETE FROM audit_seals WHERE position = 3").await;
    let verdict = verify(&test, None).await;
    assert_eq!(verdict.faults, [ChainFault::Missing { position: 3 }]);
}

#[tokio::test]
async fn an_end_that_was_cut_off_shows_against_what_was_noted() {
    let test = after_some_work().await;
    let noted: Noted = verify(&test, None).await.to_string().parse().unwrap();
    cut_out(&test, "DELETE FROM audit_seals WHERE position > 2").await;
    assert_eq!(verify(&test, None).await.faults, []);
    let verdict = verify(&test, Some(&noted)).await;
    assert!(
        matches!(verdict.faults[..], [ChainFault::NotTheNoted { .. }]),
        "{verdict:?}"
    );
}

#[tokio::test]
async fn deeds_that_nobody_seals_are_a_fault_after_a_while() {
    let test = TestHub::new().await;
    test.submit(|answers| answers).await;
    assert_eq!(verify(&test, None).await.faults, []);
    test.clock.advance(SignedDuration::from_mins(11));
    let verdict = verify(&test, None).await;
    assert!(
        matches!(verdict.faults[..], [ChainFault::Unsealed { rows: 1.. }]),
        "{verdict:?}"
    );
}

#[tokio::test]
async fn only_an_administrator_may_ask() {
    let test = TestHub::new().await;
    for (role, may) in [
        (Role::Officer, false),
        (Role::TeamLead, false),
        (Role::Editor, false),
        (Role::Administrator, true),
    ] {
        let actor = test.officer(role).await;
        let verdict = test.hub.audit().verify(&actor, None).await;
        assert_eq!(verdict.is_ok(), may, "{role}");
        if let Err(error) = verdict {
            assert!(matches!(error, Error::NotFound));
        }
    }
}
