//! When the mail server is down, slow or refuses, and when a worker dies: nothing is lost.

use std::time::Duration;

use domain::{
    codes::{DeliveryState, IncomingState, Role},
    enquiry::State,
};
use jiff::{SignedDuration, Timestamp};
use store::{AcknowledgementState, Tx};
use testing::{Setup, TestHub, eventually, fields};
use tokio_util::sync::CancellationToken;

use crate::{
    mailed::{letter, receive, row},
    reading::{file, stored, times, waiting},
};

async fn next_job(test: &TestHub) -> Option<Timestamp> {
    let mut tx = test.hub.database().read().await.unwrap();
    let depth = tx.jobs().depth().await.unwrap();
    depth.oldest_run_at
}

async fn next_job_at(test: &TestHub) -> Timestamp {
    next_job(test).await.unwrap()
}

#[tokio::test]
async fn with_the_mail_server_down_the_enquiry_is_safe_and_the_mail_goes_when_it_is_back() {
    let test = TestHub::new().await;
    test.mails.go_down();
    let reference = test.submit(|answers| answers).await.reference;

    let mut pauses = Vec::new();
    for _ in 0..6 {
        assert_eq!(test.run_jobs().await, 1);
        let next = next_job_at(&test).await;
        pauses.push(next.duration_since(test.hub.now()));
        test.clock.set(next);
    }
    assert!(pauses.is_sorted(), "{pauses:?}");
    assert!(pauses[5] > pauses[0] * 10, "{pauses:?}");

    let down = file(&test, &reference).await;
    assert_eq!(down.acknowledgement, Some(AcknowledgementState::Queued));
    assert_eq!(down.mails[0].state, DeliveryState::Waiting);
    assert_eq!(down.mails[0].attempts, 6);
    assert_eq!(
        down.mails[0].last_error.as_deref(),
        Some("451 4.3.0 try later")
    );

    test.mails.come_back();
    assert_eq!(test.run_jobs().await, 1);
    assert_eq!(test.mails.taken().len(), 1);
    let back = file(&test, &reference).await;
    assert_eq!(back.acknowledgement, Some(AcknowledgementState::Sent));
    assert_eq!(back.mails[0].state, DeliveryState::Sent);
}

#[tokio::test]
async fn a_mail_that_no_server_took_in_five_days_is_given_up_and_shown() {
    let test = TestHub::new().await;
    test.mails.go_down();
    let reference = test.submit(|answers| answers).await.reference;
    let written_at = test.hub.now();
    while test.run_jobs().await > 0 {
        if test.hub.backlog().await.unwrap().jobs_waiting == 0 {
            break;
        }
        test.clock.set(next_job_at(&test).await);
    }
    let tried_for = test.hub.now().duration_since(written_at);
    assert!(
        tried_for >= SignedDuration::from_hours(5 * 24),
        "{tried_for}"
    );
    let file = file(&test, &reference).await;
    assert_eq!(file.acknowledgement, Some(AcknowledgementState::Failed));
    assert_eq!(file.mails[0].state, DeliveryState::Dead);
}

#[tokio::test]
async fn a_mail_refused_for_good_is_not_tried_again_and_stands_where_a_person_sees_it() {
    let test = TestHub::new().await;
    test.mails.refuse_next();
    let reference = test.submit(|answers| answers).await.reference;
    assert_eq!(test.run_jobs().await, 1);
    test.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(test.run_jobs().await, 0);

    let file = file(&test, &reference).await;
    assert_eq!(file.acknowledgement, Some(AcknowledgementState::Failed));
    assert_eq!(file.mails[0].state, DeliveryState::Dead);
    assert_eq!(
        file.mails[0].last_error.as_deref(),
        Some("550 5.1.1 no such mailbox")
    );
    assert_eq!(test.hub.backlog().await.unwrap().jobs_dead, 1);
    assert_eq!(times(&test, &reference, "mail-given-up").await, 1);
}

#[tokio::test]
async fn a_server_that_never_answers_holds_nobody_up() {
    let test = TestHub::with(Setup {
        lease: Duration::from_millis(200),
        ..Setup::default()
    })
    .await;
    test.mails.hang_next();
    test.submit(|answers| answers).await;
    assert_eq!(test.run_jobs().await, 1);
    assert!(test.mails.taken().is_empty());
    test.clock.set(next_job_at(&test).await);
    // A real worker's patience, so that a busy machine is not taken for a server that hangs.
    while test.mails.taken().is_empty() {
        test.run_jobs().await;
        test.clock.advance(SignedDuration::from_hours(6));
    }
}

#[tokio::test]
async fn while_the_mail_server_hangs_what_came_in_is_filed() {
    let test = TestHub::with(Setup {
        lease: Duration::from_secs(8),
        ..Setup::default()
    })
    .await;
    test.mails.hang_next();
    let waits = test.submit(|answers| answers).await.reference;
    test.clock.advance(SignedDuration::from_secs(1));
    let received = receive(&test.hub, &letter("one", "Taxi", "When?")).await;
    let filed = async || match row(&test, received.id()).await.state {
        IncomingState::Filed => Some(file(&test, &waits).await.mails[0].attempts),
        _ => None,
    };
    let attempts = test.work_until(filed).await;
    assert_eq!(attempts, 0, "the mail that hangs still hangs");
}

#[tokio::test]
async fn work_that_breaks_off_is_an_attempt_that_failed_and_the_worker_goes_on() {
    let test = TestHub::new().await;
    test.mails.break_next();
    let first = test
        .submit(|answers| answers.email("first@example.org"))
        .await;
    test.submit(|answers| answers.email("second@example.org"))
        .await;
    assert_eq!(test.run_jobs().await, 2);
    assert_eq!(test.mails.taken().len(), 1);
    let broken = file(&test, &first.reference).await;
    assert_eq!(broken.mails[0].attempts, 1);
    assert_eq!(
        broken.mails[0].last_error.as_deref(),
        Some("the work broke off: the log says where")
    );
    test.clock.set(next_job_at(&test).await);
    test.run_jobs().await;
    assert_eq!(test.mails.taken().len(), 2);
}

#[tokio::test]
async fn work_that_always_breaks_off_is_given_up_and_shown() {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers).await.reference;
    let mut tries = 0;
    while test.hub.backlog().await.unwrap().jobs_waiting > 0 {
        tries += 1;
        assert!(tries < 50, "it is tried for ever");
        test.mails.break_next();
        test.run_jobs().await;
        if let Some(next) = next_job(&test).await {
            test.clock.set(next);
        }
    }
    let file = file(&test, &reference).await;
    assert_eq!(file.acknowledgement, Some(AcknowledgementState::Failed));
    assert_eq!(file.mails[0].state, DeliveryState::Dead);
}

#[tokio::test]
async fn a_worker_that_dies_after_sending_sends_the_same_message_again_and_notes_it_once() {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers).await.reference;
    test.die_after_sending().await;

    // Its lease still runs: nobody else takes the job.
    assert_eq!(test.run_jobs().await, 0);
    test.clock.advance(SignedDuration::from_secs(121));
    assert_eq!(test.run_jobs().await, 1);

    let taken = test.mails.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].mail.message_id, taken[1].mail.message_id);
    assert_eq!(taken[0].mail, taken[1].mail);
    assert_eq!(times(&test, &reference, "mail-sent").await, 1);
    assert_eq!(file(&test, &reference).await.mails[0].attempts, 1);
}

#[tokio::test]
async fn a_worker_that_is_told_to_stop_holds_no_other_mail() {
    let test = TestHub::with(Setup {
        lease: Duration::from_millis(200),
        ..Setup::default()
    })
    .await;
    test.mails.hang_next();
    test.submit(|answers| answers.email("first@example.org"))
        .await;
    test.submit(|answers| answers.email("second@example.org"))
        .await;
    let stop = CancellationToken::new();
    let worker = tokio::spawn(hub::jobs::work(test.hub.clone(), stop.clone()));
    test.mails.handed_over().await;
    stop.cancel();
    worker.await.unwrap();
    assert_eq!(test.mails.taken().len(), 0);
    // The clock stands still, so a lease would too.
    assert_eq!(test.run_jobs().await, 1);
    assert_eq!(test.mails.only().mail.to.as_str(), "second@example.org");
}

#[tokio::test]
async fn one_mail_that_fails_does_not_stop_the_next() {
    let test = TestHub::new().await;
    test.mails.delay_next();
    test.submit(|answers| answers.email("first@example.org"))
        .await;
    test.submit(|answers| answers.email("second@example.org"))
        .await;
    assert_eq!(test.run_jobs().await, 2);
    assert_eq!(test.mails.taken().len(), 1);
    test.clock.set(next_job_at(&test).await);
    assert_eq!(test.run_jobs().await, 1);
    assert_eq!(test.mails.taken().len(), 2);
}

#[tokio::test]
async fn a_mail_that_was_taken_while_the_database_cannot_note_it_does_not_go_twice() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_mins(1));
    let words = fields([("reply", "It begins on Monday.")]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();
    let mail = file(&test, &reference).await.mails[1].id;
    let enquiry = stored(&test, &reference).await.id;

    let mut other = test.hub.database().begin().await.unwrap();
    if let Tx::Sqlite(_) = other {
        // There the writers queue: nothing is sent back.
        return;
    }
    // Somebody who holds the enquiry wants the mail, of which the worker holds it the other way round: one of them
    // is sent back by the database.
    other.enquiries().hold(enquiry).await.unwrap();
    let hub = test.hub.clone();
    let worker = tokio::spawn(async move { hub::jobs::run_due(&hub).await });
    eventually(async || (waiting(&test).await == 1).then_some(())).await;
    let theirs = other.outbox().mark_attempt(mail, "held").await;
    drop(theirs);
    other.rollback().await.unwrap();
    worker.await.unwrap().unwrap();
    test.clock.advance(SignedDuration::from_hours(1));
    test.run_jobs().await;
    assert_eq!(
        test.mails.taken().len(),
        2,
        "an acknowledgement and a reply"
    );
    let state = stored(&test, &reference).await.state;
    assert!(matches!(state, State::Answered { .. }), "{state:?}");
    let mail = &file(&test, &reference).await.mails[1];
    assert_eq!((mail.state, mail.attempts), (DeliveryState::Sent, 1));
}
