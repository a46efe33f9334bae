//! A clock that is set an hour on, or back: nothing is lost, and work goes on by itself.

use domain::codes::{DeliveryState, Role};
use jiff::SignedDuration;
use testing::{TestHub, eventually, fields, time};
use tokio_util::sync::CancellationToken;

use crate::reading::file;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

#[tokio::test]
async fn a_lease_from_before_the_clock_went_back_ends_at_once() {
    let test = TestHub::new().await;
    test.submit(|answers| answers).await;
    // The worker's clock is an hour ahead when it takes the job, and dies.
    test.clock.advance(HOUR);
    test.die_after_sending().await;

    test.clock.advance(-HOUR);
    assert_eq!(test.run_jobs().await, 1);
}

#[tokio::test]
async fn the_sweep_goes_on_when_the_clock_goes_back() {
    let test = TestHub::new().await;
    let stop = CancellationToken::new();
    let worker = tokio::spawn(hub::jobs::work(test.hub.clone(), stop.clone()));
    let sealed = async || {
        let mut tx = test.hub.database().read().await.unwrap();
        tx.audit().head().await.unwrap().position
    };
    test.submit(|answers| answers).await;
    test.clock.advance(SignedDuration::from_mins(2));
    let before = eventually(async || Some(sealed().await).filter(|position| *position > 0)).await;

    test.clock.advance(-HOUR);
    test.submit(|answers| answers).await;
    test.clock.advance(SignedDuration::from_mins(2));
    eventually(async || Some(sealed().await).filter(|position| *position > before)).await;
    stop.cancel();
    worker.await.unwrap();
}

#[tokio::test]
async fn a_jump_on_and_back_loses_no_mail_and_moves_no_promise() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let promised = file(&test, &reference).await.enquiry.promise;
    for jump in [HOUR, -HOUR, -HOUR, HOUR] {
        test.clock.advance(jump);
        test.run_jobs().await;
    }
    assert_eq!(file(&test, &reference).await.enquiry.promise, promised);
    let words = fields([("reply", "It begins on Monday.")]);
    test.clock.advance(-HOUR);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.run_jobs().await;
    let file = file(&test, &reference).await;
    assert!(
        file.mails
            .iter()
            .all(|mail| mail.state == DeliveryState::Sent)
    );
    assert_eq!(test.mails.taken().len(), 2);
    assert!(test.hub.now() < time("2026-03-02T10:00:00Z"));
}
