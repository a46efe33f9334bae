//! What follows when a mail of ours came back: what it said was never told.

use rstest::rstest;

use super::*;
use crate::promise::PromiseOutcome;

fn came_back() -> Event {
    Event::AnswerCameBack {
        at: at("2026-03-20T10:00:00Z"),
        message: message(5),
        instead: None,
    }
}

/// The same promise, its steps aside.
fn told(promise: Option<Promise>) -> Option<(Date, Timestamp, u8, PromiseOutcome)> {
    promise.map(|one| (one.due_on, one.received_at, one.moves, one.outcome))
}

#[rstest]
#[case::while_answered(&[], &[Change::PromiseRunsAgain])]
#[case::after_it_closed(&[closed()], &[Change::Reopened, Change::PromiseRunsAgain])]
fn a_promise_kept_by_a_reply_that_came_back_runs_again_with_the_day_that_it_had(
    #[case] since: &[Event],
    #[case] changes: &[Change],
) {
    let before = opened().promise;
    let chased = received("2026-03-03T10:00:00Z");
    let mut events = vec![chased, replied("2026-03-04T10:00:00Z")];
    events.extend_from_slice(since);
    events.push(came_back());
    let (enquiry, changed) = after(&events);
    assert_eq!(changed, changes);
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(told(enquiry.promise.clone()), told(before));
    assert!(enquiry.promise.as_ref().unwrap().next_step.is_some());
    assert_eq!(enquiry.chasers, 1);
    assert!(enquiry.is_overdue(at("2026-03-20T10:00:00Z")));
    // And it is kept like any other.
    let again = Event::ReplySent {
        at: at("2026-03-06T10:00:00Z"),
        message: message(7),
    };
    let kept = enquiry.apply(&again, &rules()).unwrap();
    assert_eq!(kept.changes, [Change::PromiseKept, Change::Answered]);
}

#[test]
fn where_another_answer_reached_them_that_one_kept_the_promise() {
    let instead = Some((at("2026-03-05T10:00:00Z"), message(7)));
    let (enquiry, changes) = after(&[
        replied("2026-03-04T10:00:00Z"),
        Event::AnswerCameBack {
            at: at("2026-03-20T10:00:00Z"),
            message: message(5),
            instead,
        },
    ]);
    assert_eq!(changes, [Change::PromiseKept]);
    assert!(matches!(enquiry.state, State::Answered { .. }));
    let outcome = PromiseOutcome::Kept {
        at: at("2026-03-05T10:00:00Z"),
        message: message(7),
    };
    assert_eq!(enquiry.promise.unwrap().outcome, outcome);
}

#[rstest]
#[case::it_kept_nothing(vec![])]
#[case::a_person_ended_it(vec![ended(EndReason::Withdrawn)])]
#[case::the_next_promise_runs(vec![replied("2026-03-04T10:00:00Z"), received("2026-03-05T10:00:00Z")])]
#[case::it_came_back_before(vec![replied("2026-03-04T10:00:00Z"), came_back()])]
fn a_reply_that_kept_nothing_changes_nothing_by_coming_back(#[case] mut events: Vec<Event>) {
    let (before, _) = after(&events);
    events.push(came_back());
    let (enquiry, changes) = after(&events);
    assert_eq!(changes, []);
    assert_eq!(enquiry, before);
}

#[test]
fn a_day_that_nobody_was_told_is_taken_back_and_the_move_does_not_count() {
    let came_back = |promised, back_to| Event::HoldingReplyCameBack {
        at: at("2026-03-06T10:00:00Z"),
        promised,
        back_to,
    };
    let (ninth, twelfth, sixteenth) = (date(2026, 3, 9), date(2026, 3, 12), date(2026, 3, 16));
    let moved = held("2026-03-04T10:00:00Z", twelfth);
    let (enquiry, changes) = after(&[moved.clone(), came_back(twelfth, ninth)]);
    assert_eq!(
        changes,
        [Change::PromiseMovedBack {
            from: twelfth,
            to: ninth
        }]
    );
    assert_eq!(told(enquiry.promise), told(opened().promise));
    // The second move was told, so that what it promised stands.
    let again = held("2026-03-05T10:00:00Z", sixteenth);
    let (enquiry, changes) = after(&[moved, again, came_back(twelfth, ninth)]);
    assert_eq!(changes, []);
    assert_eq!(enquiry.promise.unwrap().due_on, sixteenth);
}

#[test]
fn a_question_that_came_back_was_never_asked_and_the_promise_runs_with_its_day() {
    let back = |when: &str| Event::QuestionCameBack { at: at(when) };
    let (enquiry, changes) = after(&[paused(), back("2026-03-20T10:00:00Z")]);
    assert_eq!(changes, [Change::PromiseRunsAgain]);
    assert_eq!(enquiry.state, State::Promised);
    let promise = enquiry.running_promise().unwrap();
    assert_eq!(promise.due_on, opened().promise.unwrap().due_on);
    assert!(promise.next_step.is_some(), "somebody is told");
    // Whoever wrote meanwhile, or was answered, waits for nothing of it.
    let (unpaused, changes) = after(&[back(MONDAY)]);
    assert_eq!((unpaused, changes), (opened(), vec![]));
}
