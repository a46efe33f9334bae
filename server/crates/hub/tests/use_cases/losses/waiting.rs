//! Losses while somebody waits: nothing is missing, and nobody does anything.

use domain::codes::Role;
use domain::enquiry::State;
use domain::form::Fields;
use hub::desk::Due;
use jiff::civil::date;
use testing::{TestHub, fields};

use crate::reading::{queue, stored};

#[tokio::test]
async fn an_officer_on_leave_held_the_ticket() {
    let test = TestHub::new().await;
    let away = test.officer(Role::Officer).await;
    let there = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let desk = test.hub.desk();
    let nothing = Fields::default();
    desk.assign_to_me(&away, &reference, &nothing)
        .await
        .unwrap();
    let leave = fields([
        ("away_from-day", "3"),
        ("away_from-month", "3"),
        ("away_from-year", "2026"),
        ("away_until-day", "20"),
        ("away_until-month", "3"),
        ("away_until-year", "2026"),
    ]);
    test.hub.accounts().go_away(&away, &leave).await.unwrap();
    test.clock.set_to("2026-03-03T07:00:00Z");
    test.sweep().await;
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.officer, None, "back with the team that morning");
    let row = &queue(&test, &there).await.rows[0];
    assert_eq!((&row.reference, &row.officer), (&reference, &None));
    // What came in while they were away is not theirs either.
    let refused = desk.assign_to_me(&away, &reference, &nothing).await;
    assert!(refused.is_err());
}

#[tokio::test]
async fn waiting_for_the_parent_froze_the_clock_for_ever() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let desk = test.hub.desk();
    let asked = |until| {
        fields([
            ("pause", "Please send the school\u{2019}s report."),
            ("waits_for", "document"),
            ("paused_until", until),
        ])
    };
    let never = desk.pause(&officer, &reference, &asked("2099-01-01")).await;
    assert!(never.is_err(), "none without an end that is near");
    desk.pause(&officer, &reference, &asked("2026-03-16"))
        .await
        .unwrap();
    test.run_jobs().await;
    let until = date(2026, 3, 16);
    assert_eq!(
        stored(&test, &reference).await.state,
        State::Paused { until }
    );
    test.clock.set_to("2026-03-16T00:01:00Z");
    test.sweep().await;
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.running_promise().unwrap().due_on, date(2026, 3, 23));
    // And the new day can be missed like any other.
    test.clock.set_to("2026-03-24T09:00:00Z");
    test.sweep().await;
    assert_eq!(queue(&test, &officer).await.rows[0].due, Due::Overdue);
}
