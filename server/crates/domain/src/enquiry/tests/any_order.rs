//! What holds whatever happens, in whatever order.

use proptest::prelude::*;

use super::*;
use crate::promise::PromiseOutcome;

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
