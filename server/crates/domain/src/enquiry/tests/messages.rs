//! What a message from them does: it starts a promise, chases the one that runs, or opens an enquiry again.

use rstest::rstest;

use super::*;

#[test]
fn an_enquiry_opens_with_a_promise() {
    let enquiry = opened();
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(due(&enquiry), date(2026, 3, 9));
    assert_eq!(enquiry.officer, None);
}

#[test]
fn a_chaser_is_counted_and_never_moves_the_date() {
    let (enquiry, changes) = after(&[
        received("2026-03-04T10:00:00Z"),
        received("2026-03-05T10:00:00Z"),
        received("2026-03-20T10:00:00Z"),
    ]);
    assert_eq!(changes, [Change::ChaserCounted]);
    assert_eq!(enquiry.chasers, 3);
    assert_eq!(enquiry.promise, opened().promise);
    assert_eq!(enquiry.state, State::Promised);
}

#[test]
fn the_second_chaser_is_told_and_no_later_one() {
    let chaser = || received("2026-03-03T10:00:00Z");
    let (_, once) = after(&[chaser()]);
    assert_eq!(once, [Change::ChaserCounted]);
    let (_, twice) = after(&[chaser(), chaser()]);
    assert_eq!(twice, [Change::ChaserCounted, Change::ChasedTwice]);
    let (_, again) = after(&[chaser(), chaser(), chaser()]);
    assert_eq!(again, [Change::ChaserCounted]);
}

#[test]
fn a_message_after_the_answer_starts_a_new_promise() {
    let (enquiry, changes) = after(&[
        received("2026-03-03T10:00:00Z"),
        replied("2026-03-04T10:00:00Z"),
        received("2026-03-07T10:00:00Z"),
    ]);
    assert_eq!(changes, [Change::PromiseStarted]);
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(enquiry.chasers, 0);
    let promise = enquiry.promise.unwrap();
    assert_eq!(promise.id, promise_id(9));
    assert_eq!(promise.due_on, date(2026, 3, 13));
    assert!(promise.is_running());
}

#[rstest]
#[case::after_an_answer(&[replied("2026-03-04T10:00:00Z"), closed()])]
#[case::after_it_was_ended(&[ended(EndReason::Spam)])]
fn a_message_opens_a_closed_enquiry_again(#[case] story: &[Event]) {
    let mut story = story.to_vec();
    story.push(received("2026-03-21T10:00:00Z"));
    let (enquiry, changes) = after(&story);
    assert_eq!(changes, [Change::Reopened, Change::PromiseStarted]);
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(due(&enquiry), date(2026, 3, 27));
}
