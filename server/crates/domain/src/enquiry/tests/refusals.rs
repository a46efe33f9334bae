//! What cannot be in the state that an enquiry is in.

use rstest::rstest;

use super::*;

#[rstest]
#[case::close_unanswered(&[], closed(), Refused::NotAnswered)]
#[case::close_paused(&[paused()], closed(), Refused::NotAnswered)]
#[case::close_twice(&[ended(EndReason::Thanks)], closed(), Refused::AlreadyClosed)]
#[case::pause_twice(&[paused()], paused(), Refused::IsPaused)]
#[case::pause_answered(&[replied(MONDAY)], paused(), Refused::NoPromiseRunning)]
#[case::pause_until_today(
    &[],
    Event::Paused { at: at(MONDAY), until: date(2026, 3, 2) },
    Refused::PauseEndsTooSoon
)]
#[case::resume_unpaused(
    &[],
    Event::PauseEnded { at: at(MONDAY), promise_id: promise_id(9) },
    Refused::NotPaused
)]
#[case::end_twice(
    &[ended(EndReason::Spam)], ended(EndReason::Thanks), Refused::NoPromiseRunning
)]
#[case::end_answered(&[replied(MONDAY)], ended(EndReason::Thanks), Refused::NoPromiseRunning)]
#[case::hold_paused(&[paused()], held(MONDAY, date(2026, 4, 1)), Refused::IsPaused)]
#[case::hold_answered(
    &[replied(MONDAY)], held(MONDAY, date(2026, 4, 1)), Refused::NoPromiseRunning
)]
fn what_cannot_be_is_refused(
    #[case] story: &[Event],
    #[case] event: Event,
    #[case] refused: Refused,
) {
    let (enquiry, _) = after(story);
    assert_eq!(enquiry.apply(&event, &rules()), Err(refused));
}
