//! How an enquiry ends: closed after an answer, or without one, which keeps no promise.

use rstest::rstest;

use super::*;
use crate::promise::PromiseOutcome;

#[rstest]
#[case(EndReason::Thanks)]
#[case(EndReason::Duplicate)]
#[case(EndReason::Misdirected)]
#[case(EndReason::Spam)]
#[case(EndReason::Withdrawn)]
fn a_promise_ended_without_an_answer_is_not_kept(#[case] reason: EndReason) {
    let (enquiry, changes) = after(&[ended(reason)]);
    let when = at("2026-03-03T10:00:00Z");
    assert_eq!(changes, [Change::PromiseEnded { reason }, Change::Closed]);
    assert_eq!(
        enquiry.promise.unwrap().outcome,
        PromiseOutcome::EndedWithoutAnswer { at: when, reason }
    );
    assert_eq!(
        enquiry.state,
        State::Closed {
            at: when,
            reason: CloseReason::Ended(reason)
        }
    );
}

#[test]
fn what_was_answered_closes() {
    let (enquiry, changes) = after(&[replied("2026-03-04T10:00:00Z"), closed()]);
    assert_eq!(changes, [Change::Closed]);
    assert_eq!(
        enquiry.state,
        State::Closed {
            at: at("2026-03-17T10:00:00Z"),
            reason: CloseReason::Answered
        }
    );
}
