//! A PostgreSQL that says nothing, or too late: work goes on by itself, nothing is lost, and no mail goes twice.

use std::path::Path;
use std::time::Duration;

use domain::codes::{DeliveryState, Role};
use hub::intake::{Received, take_in};
use rand::{SeedableRng, rngs::StdRng};
use store::{AcknowledgementState, Database, Patience, StoreError, Tx};
use testing::council::sample_council;
use testing::{Cable, Cluster, Setup, TestHub, ThrowAwayDatabase, database, fields};
use tokio::time::timeout;

use crate::mailed::letter;
use crate::reading::{file, times};

/// Short, so that a test does not wait long; and long enough for a machine with much to do.
const PATIENCE: Patience = Patience {
    connection: Duration::from_secs(5),
    sign_of_life: Duration::from_secs(1),
    answer: Duration::from_secs(2),
    long_answer: Duration::from_secs(60),
};
/// Whoever waits for so long waits for ever.
const FOR_EVER: Duration = Duration::from_secs(60);

/// A hub at the end of a cable.
struct Far {
    test: TestHub,
    cable: Cable,
    /// The same database, without a cable.
    near: Database,
}

impl Far {
    async fn new() -> Self {
        let (cluster, folder) = (Cluster::shared(), Path::new(""));
        let address = cluster.database();
        let near = database::open(&address, folder, &sample_council()).await;
        let name = address.split(['/', '?']).nth(3).unwrap();
        let cable = Cable::to(cluster.socket()).await;
        let address = cable.address(name);
        let far = Database::connect_with(&address, folder, PATIENCE).await;
        let far = ThrowAwayDatabase::of(far.unwrap());
        let test = TestHub::on(far, Setup::default());
        Self { test, cable, near }
    }

    /// The first commit that changes a row of a table so ends in this way.
    async fn first_commit(&self, table: &str, so: &str, ends: &str) {
        let sql = format!(
            "CREATE SEQUENCE commits; \
             CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF nextval('commits') = 1 THEN {ends} END IF; RETURN NULL; END $$; \
             CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT OR UPDATE ON {table} \
             DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ({so}) EXECUTE FUNCTION at_commit()"
        );
        let mut tx = self.near.begin().await.unwrap();
        if let Tx::Postgres(tx) = &mut tx {
            let made = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
            made.execute(&mut **tx).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
}

const FAILS: &str = "RAISE EXCEPTION 'terminating connection' USING ERRCODE = 'admin_shutdown';";
/// Longer than anybody waits; and then it is kept.
const IS_SLOW: &str = "PERFORM pg_sleep(3);";

#[tokio::test]
async fn a_mail_whose_commit_failed_goes_once() {
    for ends in [FAILS, IS_SLOW] {
        let far = Far::new().await;
        let test = &far.test;
        let reference = test.submit(|answers| answers).await.reference;
        far.first_commit("mails", "NEW.state = 'sent'", ends).await;
        test.run_jobs().await;
        test.clock.advance(jiff::SignedDuration::from_hours(6));
        test.run_jobs().await;

        assert_eq!(test.mails.taken().len(), 1, "once");
        let file = file(test, &reference).await;
        assert_eq!(file.acknowledgement, Some(AcknowledgementState::Sent));
        assert_eq!(file.mails[0].state, DeliveryState::Sent);
        assert_eq!(file.mails[0].attempts, 1);
        assert_eq!(times(test, &reference, "mail-sent").await, 1);
    }
}

#[tokio::test]
async fn an_invitation_whose_commit_failed_goes_once() {
    let far = Far::new().await;
    let test = &far.test;
    let administrator = test.officer(Role::Administrator).await;
    let form = fields([
        ("email", "new@council.example.org"),
        ("name", "Nova New"),
        ("role", "officer"),
        ("team", "ehc-east"),
    ]);
    let accounts = test.hub.accounts();
    accounts.invite(&administrator, &form).await.unwrap();
    far.first_commit("invitations", "NEW.sent_at IS NOT NULL", FAILS)
        .await;
    test.run_jobs().await;
    test.clock.advance(jiff::SignedDuration::from_hours(6));
    test.run_jobs().await;
    assert_eq!(test.mails.taken().len(), 1, "once");
}

#[tokio::test]
async fn work_goes_on_when_all_connections_went_silent() {
    let far = Far::new().await;
    let test = &far.test;
    test.submit(|answers| answers).await;
    test.run_jobs().await;
    test.submit(|answers| answers.email("second@example.org"))
        .await;
    far.cable.pull();
    far.cable.plug_in();
    let taken = async || (test.mails.taken().len() == 2).then_some(());
    test.work_until(taken).await;
}

#[tokio::test]
async fn a_mail_that_comes_while_nobody_answers_stays_with_whoever_has_it() {
    let far = Far::new().await;
    let database = far.test.hub.database();
    let arrived = letter("one", "Taxi", "When?").arrived();
    let (now, mut random) = (far.test.hub.now(), StdRng::seed_from_u64(1));
    far.cable.pull();
    let received = take_in(database, now, &mut random, arrived.clone());
    let received = timeout(FOR_EVER, received).await.unwrap();
    assert!(
        matches!(received, Err(StoreError::Unavailable { .. })),
        "{received:?}"
    );
    far.cable.plug_in();
    let received = take_in(database, now, &mut random, arrived).await;
    assert!(matches!(received, Ok(Received::New(_))), "{received:?}");
}

#[tokio::test]
async fn a_mail_that_was_kept_though_nobody_said_so_is_one_when_it_comes_again() {
    let far = Far::new().await;
    let database = far.test.hub.database();
    let arrived = letter("one", "Taxi", "When?").arrived();
    let (now, mut random) = (far.test.hub.now(), StdRng::seed_from_u64(1));
    far.first_commit("incoming", "true", IS_SLOW).await;
    let first = take_in(database, now, &mut random, arrived.clone()).await;
    assert!(
        matches!(first, Err(StoreError::Unavailable { .. })),
        "{first:?}"
    );
    let again = take_in(database, now, &mut random, arrived).await;
    assert!(matches!(again, Ok(Received::Again(_))), "{again:?}");
}

#[tokio::test]
async fn an_enquiry_that_was_kept_though_nobody_said_so_is_one_when_it_is_sent_again() {
    let far = Far::new().await;
    let test = &far.test;
    let token = test.draft(|answers| answers).await;
    far.first_commit("enquiries", "true", IS_SLOW).await;
    let enquiries = test.hub.enquiries();
    let first = enquiries.submit(&token).await;
    assert!(first.is_err_and(|error| error.is_unavailable()));
    let again = enquiries.submit(&token).await.unwrap();
    test.run_jobs().await;
    assert_eq!(test.mails.taken().len(), 1, "once");
    let file = file(test, &again.reference).await;
    assert_eq!(file.mails.len(), 1);
}
