//! What happens to an enquiry, told as tables and short stories.

use jiff::Timestamp;
use jiff::civil::{Date, date, time};
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use rstest::rstest;
use uuid::Uuid;

use super::*;
use crate::calendar::WorkingDays;
use crate::ids::MessageId;
use crate::promise::{PromiseOutcome, PromiseRule};

/// Monday 2 March 2026, mid-morning. With five working days: due Monday 9 March.
const MONDAY: &str = "2026-03-02T10:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn promise_id(number: u128) -> PromiseId {
    PromiseId::from_uuid(Uuid::from_u128(number))
}

fn message(number: u128) -> MessageId {
    MessageId::from_uuid(Uuid::from_u128(number))
}

fn rules() -> Rules {
    Rules {
        working_days: WorkingDays::default(),
        promise: PromiseRule { working_days: 5 },
        max_moves: 2,
        closes_after_working_days: 10,
        morning: time(8, 0, 0, 0),
    }
}

fn opened() -> Enquiry {
    let new = NewEnquiry {
        id: EnquiryId::from_uuid(Uuid::from_u128(1)),
        reference: Reference::generate(&mut SmallRng::seed_from_u64(1)),
        topic: "assessments".parse().unwrap(),
        district: None,
        team: "casework".parse().unwrap(),
        correspondent: CorrespondentId::from_uuid(Uuid::from_u128(2)),
        asked_by: CorrespondentKind::Parent,
        channel: Channel::WebForm,
        received_at: at(MONDAY),
        promise_id: promise_id(1),
    };
    let applied = Enquiry::opened(new, &rules());
    assert_eq!(applied.changes, [Change::PromiseStarted]);
    applied.enquiry
}

/// The enquiry after these events, none of which may be refused, and the last one's changes.
fn after(events: &[Event]) -> (Enquiry, Vec<Change>) {
    let mut last = Applied {
        enquiry: opened(),
        changes: Vec::new(),
    };
    for event in events {
        last = last.enquiry.apply(event, &rules()).unwrap();
    }
    (last.enquiry, last.changes)
}

fn received(when: &str) -> Event {
    Event::MessageReceived {
        at: at(when),
        promise_id: promise_id(9),
    }
}

fn replied(when: &str) -> Event {
    Event::ReplySent {
        at: at(when),
        message: message(5),
    }
}

fn held(when: &str, new_due_on: Date) -> Event {
    Event::HoldingReplySent {
        at: at(when),
        message: message(6),
        new_due_on,
    }
}

fn paused() -> Event {
    Event::Paused {
        at: at("2026-03-03T10:00:00Z"),
        until: date(2026, 3, 20),
    }
}

fn ended(reason: EndReason) -> Event {
    Event::EndedWithoutAnswer {
        at: at("2026-03-03T10:00:00Z"),
        reason,
    }
}

fn closed() -> Event {
    Event::Closed {
        at: at("2026-03-17T10:00:00Z"),
    }
}

fn due(enquiry: &Enquiry) -> Date {
    enquiry.promise.as_ref().unwrap().due_on
}

#[test]
fn an_enquiry_opens_with_a_promise() {
    let enquiry = opened();
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(due(&enquiry), date(2026, 3, 9));
    assert_eq!(enquiry.officer, None);
}

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

#[test]
fn giving_it_to_an_officer_changes_no_date() {
    let officer = Some(AccountId::from_uuid(Uuid::from_u128(3)));
    let given = Event::Assigned {
        at: at(MONDAY),
        officer,
    };
    let (enquiry, changes) = after(std::slice::from_ref(&given));
    assert_eq!(changes, [Change::Assigned]);
    assert_eq!(enquiry.officer, officer);
    assert_eq!(enquiry.promise, opened().promise);
    assert_eq!(enquiry.apply(&given, &rules()).unwrap().changes, []);
}

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

fn any_event() -> impl Strategy<Value = Event> {
    let when = (0_i64..90)
        .prop_map(|days| Timestamp::from_second(at(MONDAY).as_second() + days * 86_400).unwrap());
    (0_u8..13, when, 1_i16..100).prop_map(|(kind, at, day)| {
        let later = date(2026, 3, 2)
            .checked_add(jiff::Span::new().days(day))
            .unwrap();
        match kind {
            0 | 1 => Event::MessageReceived {
                at,
                promise_id: promise_id(9),
            },
            2 => Event::ReplySent {
                at,
                message: message(5),
            },
            3 => Event::ConversationLogged {
                at,
                message: message(5),
            },
            4 => Event::HoldingReplySent {
                at,
                message: message(6),
                new_due_on: later,
            },
            5 => Event::Paused { at, until: later },
            6 => Event::PauseEnded {
                at,
                promise_id: promise_id(9),
            },
            7 => Event::EndedWithoutAnswer {
                at,
                reason: EndReason::Withdrawn,
            },
            8 => Event::Closed { at },
            11 => Event::QuestionCameBack { at },
            9 | 10 => Event::AnswerCameBack {
                at,
                message: message(5),
                instead: None,
            },
            _ => Event::HoldingReplyCameBack {
                at,
                promised: later,
                back_to: date(2026, 3, 9),
            },
        }
    })
}

fn is_answer(event: &Event) -> bool {
    matches!(
        event,
        Event::ReplySent { .. } | Event::ConversationLogged { .. }
    )
}

fn sorted(when: &str, topic: &str, officer: Option<AccountId>) -> Event {
    Event::PassedOn {
        at: at(when),
        topic: topic.parse().unwrap(),
        district: None,
        team: "transport".parse().unwrap(),
        officer,
    }
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

#[test]
fn sorting_changes_whose_it_is_and_never_puts_the_answer_off() {
    let officer = AccountId::from_uuid(Uuid::from_u128(7));
    let event = sorted("2026-03-03T10:00:00Z", "transport", Some(officer));
    let slow = Rules {
        promise: PromiseRule { working_days: 20 },
        ..rules()
    };
    let applied = opened().apply(&event, &slow).unwrap();
    assert_eq!(applied.changes, [Change::PassedOn, Change::Assigned]);
    let enquiry = applied.enquiry;
    assert_eq!(enquiry.team.as_str(), "transport");
    assert_eq!(enquiry.topic.as_str(), "transport");
    assert_eq!(enquiry.officer, Some(officer));
    assert_eq!(enquiry.promise, opened().promise);
    let again = enquiry.apply(&event, &slow).unwrap();
    assert_eq!((again.enquiry, again.changes), (enquiry, vec![]));
}

#[rstest]
#[case::in_time("2026-03-03T10:00:00Z", date(2026, 3, 4))]
#[case::too_late_to_be_kept("2026-03-06T10:00:00Z", date(2026, 3, 6))]
fn a_shorter_promise_of_the_new_topic_counts_from_the_message(
    #[case] when: &str,
    #[case] due: Date,
) {
    let quick = Rules {
        promise: PromiseRule { working_days: 2 },
        ..rules()
    };
    let event = sorted(when, "transport", None);
    let enquiry = opened().apply(&event, &quick).unwrap().enquiry;
    assert_eq!(enquiry.promise.unwrap().due_on, due);
    // What a person wrote to the family stands.
    let (held, _) = after(&[Event::HoldingReplySent {
        at: at(MONDAY),
        message: message(3),
        new_due_on: date(2026, 3, 20),
    }]);
    let sorted = held.apply(&event, &quick).unwrap().enquiry;
    assert_eq!(sorted.promise, held.promise);
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

proptest! {
    #[test]
    fn somebody_waits_exactly_while_a_promise_runs(
        events in proptest::collection::vec(any_event(), 0..20)
    ) {
        let mut enquiry = opened();
        for event in &events {
            if let Ok(applied) = enquiry.apply(event, &rules()) {
                enquiry = applied.enquiry;
            }
            let waits = matches!(enquiry.state, State::Promised | State::Paused { .. });
            prop_assert_eq!(enquiry.running_promise().is_some(), waits);
            prop_assert!(enquiry.promise.as_ref().unwrap().moves <= 2);
        }
    }

    /// Invariant 4: who may keep, end or move a promise, whatever happens in whatever order.
    #[test]
    fn a_promise_is_kept_ended_and_moved_by_nothing_but_what_may(
        events in proptest::collection::vec(any_event(), 0..30)
    ) {
        let mut enquiry = opened();
        for event in &events {
            let before = enquiry.clone();
            let Ok(applied) = before.apply(event, &rules()) else { continue };
            enquiry = applied.enquiry;
            let (old, new) = (before.promise.as_ref().unwrap(), enquiry.promise.as_ref().unwrap());
            let new_promise = applied.changes.contains(&Change::PromiseStarted);
            if old.outcome != new.outcome && !new_promise {
                let came_back = matches!(event, Event::AnswerCameBack { .. });
                prop_assert!(old.is_running() || came_back, "an outcome was written over");
                match new.outcome {
                    PromiseOutcome::Kept { .. } => prop_assert!(is_answer(event)),
                    PromiseOutcome::EndedWithoutAnswer { .. } => {
                        let by_a_person = matches!(event, Event::EndedWithoutAnswer { .. });
                        prop_assert!(by_a_person);
                    }
                    PromiseOutcome::Running => {
                        prop_assert!(came_back, "it ran again");
                        prop_assert_eq!(old.due_on, new.due_on);
                    }
                    PromiseOutcome::AnswerCameBack { .. } => {
                        prop_assert!(false, "only the store writes this, of a promise that is over");
                    }
                }
            }
            if before.state == State::Promised && enquiry.state == State::Promised && !new_promise {
                let held = matches!(event, Event::HoldingReplySent { .. });
                let untold = matches!(event, Event::HoldingReplyCameBack { .. });
                let moved = old.due_on != new.due_on || old.moves != new.moves;
                prop_assert!(!moved || held || untold);
                prop_assert!(!held || new.due_on > old.due_on && new.moves == old.moves + 1);
                prop_assert!(!untold || new.moves <= old.moves);
            }
        }
    }

    /// Invariant 7: a promise that runs and is not paused always has somebody to be told next.
    #[test]
    fn a_running_promise_has_a_next_step_and_no_other_has(
        events in proptest::collection::vec(any_event(), 0..30)
    ) {
        let mut enquiry = opened();
        for event in &events {
            if let Ok(applied) = enquiry.apply(event, &rules()) {
                enquiry = applied.enquiry;
            }
            let promise = enquiry.promise.as_ref().unwrap();
            prop_assert_eq!(promise.next_step.is_some(), enquiry.state == State::Promised);
            prop_assert_eq!(promise.due_at, crate::promise::end_of_day_london(promise.due_on));
            if let Some(next) = promise.next_step {
                prop_assert!(next.at <= promise.due_at);
                prop_assert!(crate::clock::london_date(next.at) >= promise.counts_from);
            }
        }
    }
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
