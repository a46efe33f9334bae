//! What a pause does to a promise, and what ends it.

use jiff::SignedDuration;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

#[test]
fn a_pause_stops_the_count_and_leaves_the_promise_open() {
    let (enquiry, changes) = after(&[paused()]);
    assert_eq!(changes, [Change::Paused]);
    assert_eq!(
        enquiry.state,
        State::Paused {
            until: date(2026, 3, 20)
        }
    );
    assert!(enquiry.running_promise().is_some());
    assert!(!enquiry.is_overdue(at("2026-03-15T10:00:00Z")));
}

#[test]
fn a_pause_has_an_end_that_is_not_far() {
    let pause = |until| Event::Paused {
        at: at(MONDAY),
        until,
    };
    assert!(opened().apply(&pause(date(2026, 3, 30)), &rules()).is_ok());
    assert_eq!(
        opened().apply(&pause(date(2026, 3, 31)), &rules()),
        Err(Refused::PauseTooLong {
            latest: date(2026, 3, 30)
        })
    );
}

#[rstest]
#[case::by_its_end(Event::PauseEnded {
    at: at("2026-03-20T08:00:00Z"), promise_id: promise_id(9),
})]
#[case::by_a_message(received("2026-03-20T08:00:00Z"))]
fn when_a_pause_ends_the_same_promise_goes_on_with_the_days_that_were_left(#[case] end: Event) {
    let (enquiry, changes) = after(&[received("2026-03-02T11:00:00Z"), paused(), end]);
    assert_eq!(changes, [Change::Resumed]);
    assert_eq!(enquiry.state, State::Promised);
    let promise = enquiry.promise.unwrap();
    assert_eq!(promise.id, promise_id(1));
    assert_eq!(promise.received_at, at(MONDAY));
    assert_eq!((promise.due_on, promise.moves), (date(2026, 3, 26), 0));
    assert_eq!(enquiry.chasers, 1);
}

/// The promise was made on Monday 2 March, for Monday 9 March.
#[rstest]
#[case::on_the_day_of_the_message(
    "2026-03-02T15:00:00Z",
    "2026-03-11T08:00:00Z",
    date(2026, 3, 18)
)]
#[case::two_days_later("2026-03-04T10:00:00Z", "2026-03-11T08:00:00Z", date(2026, 3, 16))]
#[case::at_the_weekend("2026-03-07T10:00:00Z", "2026-03-11T08:00:00Z", date(2026, 3, 12))]
#[case::on_its_last_day("2026-03-09T10:00:00Z", "2026-03-11T08:00:00Z", date(2026, 3, 12))]
#[case::once_it_was_overdue("2026-03-10T10:00:00Z", "2026-03-11T08:00:00Z", date(2026, 3, 12))]
#[case::ended_at_once("2026-03-04T10:00:00Z", "2026-03-04T10:05:00Z", date(2026, 3, 9))]
fn a_pause_takes_no_working_day_and_gives_none(
    #[case] began: &str,
    #[case] ended: &str,
    #[case] due: Date,
) {
    let pause = Event::Paused {
        at: at(began),
        until: date(2026, 3, 20),
    };
    let (enquiry, _) = after(&[pause, received(ended)]);
    assert_eq!(enquiry.promise.unwrap().due_on, due);
}

#[test]
fn one_pause_after_the_other_wins_no_time() {
    let pause = |began: &str| Event::Paused {
        at: at(began),
        until: date(2026, 3, 20),
    };
    let end = |ended: &str| Event::PauseEnded {
        at: at(ended),
        promise_id: promise_id(9),
    };
    let (enquiry, _) = after(&[
        pause("2026-03-04T10:00:00Z"),
        end("2026-03-04T11:00:00Z"),
        pause("2026-03-05T10:00:00Z"),
        end("2026-03-06T11:00:00Z"),
    ]);
    assert_eq!(enquiry.promise.unwrap().due_on, date(2026, 3, 10));
}

proptest! {
    /// Invariant 4: however often somebody asks, the council's own days are no more than were promised.
    #[test]
    fn of_any_row_of_pauses_none_takes_a_working_day_or_gives_one(
        hours in proptest::collection::vec(0_i64..200, 2..12)
    ) {
        let calendar = WorkingDays::default();
        let left = |enquiry: &Enquiry, at| {
            calendar.working_days_after(crate::clock::london_date(at), due(enquiry))
        };
        let mut enquiry = opened();
        let mut now = at(MONDAY);
        for pause in hours.chunks_exact(2) {
            now += SignedDuration::from_hours(pause[0]);
            let until = calendar.add_working_days(crate::clock::london_date(now), 10);
            let before = left(&enquiry, now);
            let began = enquiry.apply(&Event::Paused { at: now, until }, &rules()).unwrap();
            now += SignedDuration::from_hours(pause[1]);
            let end = Event::PauseEnded { at: now, promise_id: promise_id(9) };
            enquiry = began.enquiry.apply(&end, &rules()).unwrap().enquiry;
            prop_assert_eq!(left(&enquiry, now), before.max(1));
        }
    }
}

#[test]
fn an_answer_ends_a_pause_too() {
    let (enquiry, changes) = after(&[paused(), replied("2026-03-10T10:00:00Z")]);
    assert_eq!(changes, [Change::PromiseKept, Change::Answered]);
    assert!(enquiry.running_promise().is_none());
}
