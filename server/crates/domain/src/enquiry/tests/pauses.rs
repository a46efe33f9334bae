//! What a pause does to a promise, and what ends it.

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
fn when_a_pause_ends_the_same_promise_gets_a_fresh_day(#[case] end: Event) {
    let (enquiry, changes) = after(&[received("2026-03-02T11:00:00Z"), paused(), end]);
    assert_eq!(changes, [Change::Resumed]);
    assert_eq!(enquiry.state, State::Promised);
    let promise = enquiry.promise.unwrap();
    assert_eq!(promise.id, promise_id(1));
    assert_eq!(promise.received_at, at(MONDAY));
    assert_eq!((promise.due_on, promise.moves), (date(2026, 3, 27), 0));
    assert_eq!(enquiry.chasers, 1);
}

#[test]
fn an_answer_ends_a_pause_too() {
    let (enquiry, changes) = after(&[paused(), replied("2026-03-10T10:00:00Z")]);
    assert_eq!(changes, [Change::PromiseKept, Change::Answered]);
    assert!(enquiry.running_promise().is_none());
}
