//! What keeps a promise: a person's answer, once.

use rstest::rstest;

use super::*;
use crate::promise::PromiseOutcome;

#[rstest]
#[case::a_reply(replied("2026-03-04T15:00:00Z"))]
#[case::a_conversation(Event::ConversationLogged {
    at: at("2026-03-04T15:00:00Z"), message: message(5),
})]
fn a_person_s_answer_keeps_the_promise(#[case] answer: Event) {
    let (enquiry, changes) = after(&[answer]);
    let when = at("2026-03-04T15:00:00Z");
    assert_eq!(changes, [Change::PromiseKept, Change::Answered]);
    assert_eq!(
        enquiry.promise.unwrap().outcome,
        PromiseOutcome::Kept {
            at: when,
            message: message(5)
        }
    );
    assert_eq!(
        enquiry.state,
        State::Answered {
            at: when,
            closes_on: date(2026, 3, 18)
        }
    );
}

#[test]
fn a_second_answer_keeps_nothing_twice() {
    let (first, _) = after(&[replied("2026-03-04T15:00:00Z")]);
    let second = Event::ReplySent {
        at: at("2026-03-05T15:00:00Z"),
        message: message(7),
    };
    let (enquiry, changes) = after(&[replied("2026-03-04T15:00:00Z"), second]);
    assert_eq!(changes, [Change::Answered]);
    assert_eq!(enquiry.promise, first.promise);
    assert_eq!(
        enquiry.state,
        State::Answered {
            at: at("2026-03-05T15:00:00Z"),
            closes_on: date(2026, 3, 19)
        }
    );
}

#[rstest]
#[case::acknowledgement(MessageKind::Acknowledgement, false)]
#[case::internal_note(MessageKind::InternalNote, false)]
#[case::reply(MessageKind::Reply, true)]
fn only_a_reply_can_answer(#[case] kind: MessageKind, #[case] answers: bool) {
    assert_eq!(kind.can_answer(), answers);
}

#[test]
fn an_answer_to_a_closed_enquiry_opens_it_until_it_closes_again() {
    let (enquiry, changes) = after(&[ended(EndReason::Spam), replied("2026-03-04T10:00:00Z")]);
    assert_eq!(changes, [Change::Reopened, Change::Answered]);
    assert!(matches!(
        enquiry.promise.unwrap().outcome,
        PromiseOutcome::EndedWithoutAnswer {
            reason: EndReason::Spam,
            ..
        }
    ));
}
