//! What changes the promised day: a holding reply puts it off, an earlier day that was told brings it forward.

use rstest::rstest;

use super::*;

#[test]
fn a_holding_reply_moves_the_promise_at_most_twice() {
    let first = held("2026-03-06T10:00:00Z", date(2026, 3, 13));
    let second = held("2026-03-12T10:00:00Z", date(2026, 3, 20));
    let (enquiry, changes) = after(&[first, second]);
    assert_eq!(
        changes,
        [Change::PromiseMoved {
            from: date(2026, 3, 13),
            to: date(2026, 3, 20)
        }]
    );
    let promise = enquiry.promise.clone().unwrap();
    assert_eq!((promise.moves, promise.due_on), (2, date(2026, 3, 20)));
    assert_eq!(promise.due_at, at("2026-03-20T23:59:59.999Z"));
    assert_eq!(promise.id, promise_id(1));
    assert!(promise.is_running());

    let third = held("2026-03-19T10:00:00Z", date(2026, 3, 27));
    assert_eq!(
        enquiry.apply(&third, &rules()),
        Err(Refused::MovedTooOften { max: 2 })
    );
}

#[rstest]
#[case::the_same_day("2026-03-06T10:00:00Z", date(2026, 3, 9))]
#[case::an_earlier_day("2026-03-06T10:00:00Z", date(2026, 3, 7))]
#[case::a_day_gone_by("2026-03-12T10:00:00Z", date(2026, 3, 11))]
fn a_holding_reply_must_promise_a_later_day(#[case] when: &str, #[case] day: Date) {
    assert_eq!(
        opened().apply(&held(when, day), &rules()),
        Err(Refused::NotLater {
            due_on: date(2026, 3, 9)
        })
    );
}

#[test]
fn a_promise_that_broke_can_be_moved_to_today() {
    let today = date(2026, 3, 12);
    let (enquiry, _) = after(&[held("2026-03-12T10:00:00Z", today)]);
    assert_eq!(due(&enquiry), today);
    assert!(!enquiry.is_overdue(at("2026-03-12T23:59:59Z")));
}

#[test]
fn an_earlier_day_that_was_promised_is_the_promise() {
    let call = |day| Event::EarlierDayPromised {
        at: at(MONDAY),
        due_on: day,
    };
    let (enquiry, changes) = after(&[call(date(2026, 3, 4))]);
    let (from, to) = (date(2026, 3, 9), date(2026, 3, 4));
    assert_eq!(changes, [Change::PromiseBroughtForward { from, to }]);
    assert_eq!(enquiry.promise.as_ref().unwrap().due_on, to);
    assert_eq!(enquiry.promise.as_ref().unwrap().moves, 0);
    let (enquiry, changes) = after(&[call(from)]);
    assert_eq!((enquiry, changes), (opened(), vec![]));
    let refused = |day| opened().apply(&call(day), &rules()).unwrap_err();
    assert_eq!(
        refused(date(2026, 3, 10)),
        Refused::NotEarlier { due_on: from }
    );
    assert_eq!(refused(date(2026, 3, 1)), Refused::DayGoneBy);
    // The day of a paused one does not count: a later one is no reason to refuse a call.
    let (_, changes) = after(&[paused(), call(date(2026, 3, 10))]);
    assert_eq!(changes, []);
}

#[rstest]
#[case::at_once("2026-03-02T10:00:00Z", "2026-03-04", "half", "2026-03-03T17:00:00Z")]
#[case::on_that_day(
    "2026-03-04T09:00:00Z",
    "2026-03-04",
    "four-fifths",
    "2026-03-04T13:24:00Z"
)]
#[case::in_its_last_hours("2026-03-04T16:00:00Z", "2026-03-04", "breach", "2026-03-05T00:00:00Z")]
fn a_day_that_comes_nearer_brings_the_next_step_with_it(
    #[case] now: &str,
    #[case] day: Date,
    #[case] step: &str,
    #[case] comes: &str,
) {
    let sooner = Event::EarlierDayPromised {
        at: at(now),
        due_on: day,
    };
    let (enquiry, _) = after(&[sooner]);
    let next = enquiry.promise.unwrap().next_step.unwrap();
    assert_eq!((next.step.as_str(), next.at), (step, at(comes)));
}

#[test]
fn a_step_that_was_due_before_its_day_came_nearer_is_still_due() {
    let sooner = Event::EarlierDayPromised {
        at: at("2026-03-05T13:00:00Z"),
        due_on: date(2026, 3, 6),
    };
    let (enquiry, _) = after(&[sooner]);
    let next = enquiry.promise.unwrap().next_step.unwrap();
    assert_eq!(next.at, at("2026-03-05T12:30:00Z"));
}
