//! The promise to reply: from when it counts, to which day it runs, and how it ended.
//!
//! A promise is kept only by a person's answer. [`crate::enquiry`] decides which event does what
//! to it; here are its dates.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::WorkingDays;
use crate::clock::{london, london_date};
pub use crate::codes::EndReason;
use crate::escalation::{DueStep, WorkingTime};
use crate::ids::{EnquiryId, MessageId, PromiseId};

/// How long the council gives itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromiseRule {
    /// Working days to a person's answer.
    pub working_days: u16,
}

/// A dated promise that a person will answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Its id. A pause does not change it.
    pub id: PromiseId,
    /// The enquiry that it belongs to.
    pub enquiry: EnquiryId,
    /// When the message came that started it.
    pub received_at: Timestamp,
    /// The last day on which it can be kept, in London.
    pub due_on: Date,
    /// The last instant of that day: 23:59:59.999 in London.
    pub due_at: Timestamp,
    /// How often a holding reply moved it.
    pub moves: u8,
    /// Its working days are those after this one: the day of the message that started it, of the
    /// holding reply that moved it, or of the end of a pause; while it is paused, of its beginning.
    pub counts_from: Date,
    /// Who is to be told next that it is in danger, and when. None while it is paused, once all are
    /// told, and once it ended.
    pub next_step: Option<DueStep>,
    /// Whether it still runs, or how it ended.
    pub outcome: PromiseOutcome,
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromiseOutcome {
    /// No one has answered yet.
    Running,
    /// A person answered.
    Kept {
        /// When.
        at: Timestamp,
        /// The reply that was sent, or the conversation or letter that was logged.
        message: MessageId,
    },
    /// A person answered, but the mail came back when the next promise ran already: it was not kept.
    AnswerCameBack {
        /// When the reply had been sent.
        at: Timestamp,
        /// The reply that never arrived.
        message: MessageId,
    },
    /// A person ended it without an answer. Counted apart from those kept.
    EndedWithoutAnswer {
        /// When.
        at: Timestamp,
        /// Why.
        reason: EndReason,
    },
}

impl Promise {
    /// The promise that a message received then starts.
    #[must_use]
    pub fn started(
        id: PromiseId,
        enquiry: EnquiryId,
        received_at: Timestamp,
        rule: PromiseRule,
        time: WorkingTime<'_>,
    ) -> Self {
        let due_on = due_on(received_at, rule, time.days);
        let promise = Self {
            id,
            enquiry,
            received_at,
            due_on,
            due_at: end_of_day_london(due_on),
            moves: 0,
            counts_from: london_date(received_at),
            next_step: None,
            outcome: PromiseOutcome::Running,
        };
        promise.planned(received_at, time)
    }

    /// The same promise, with the steps of its escalation counted from the day after `since`. What
    /// would have come before that instant is no step of it.
    #[must_use]
    pub fn planned(&self, since: Timestamp, time: WorkingTime<'_>) -> Self {
        let counts_from = london_date(since);
        let steps = time.steps(counts_from, self.due_on);
        Self {
            counts_from,
            next_step: steps.into_iter().find(|step| step.at > since),
            ..self.clone()
        }
    }

    /// The same promise, whose day came nearer, with the step that comes next by its new day. One that is due
    /// already stays due, and where none is to come, none does.
    #[must_use]
    pub fn hurried(&self, now: Timestamp, time: WorkingTime<'_>) -> Self {
        let steps = time.steps(self.counts_from, self.due_on);
        let next = self.next_step.map(|next| {
            let sooner = steps.into_iter().find(|step| step.at > now);
            sooner.filter(|_| next.at > now).unwrap_or(next)
        });
        Self {
            next_step: next,
            ..self.clone()
        }
    }

    /// The steps that are due at `now` and not done, and the one that comes after them.
    #[must_use]
    pub fn steps_due(
        &self,
        now: Timestamp,
        time: WorkingTime<'_>,
    ) -> (Vec<DueStep>, Option<DueStep>) {
        let Some(next) = self.next_step else {
            return (Vec::new(), None);
        };
        if next.at > now {
            return (Vec::new(), Some(next));
        }
        // By their times, not by their order: the council's calendar may have changed since this one was planned, and
        // with it which comes first.
        let after = time
            .steps(self.counts_from, self.due_on)
            .into_iter()
            .filter(|due| due.step != next.step && due.at >= next.at);
        let (due, later): (Vec<DueStep>, Vec<DueStep>) = after.partition(|due| due.at <= now);
        let due = std::iter::once(next).chain(due).collect();
        (due, later.first().copied())
    }

    /// The same promise, due at the end of another day.
    #[must_use]
    pub fn due_instead_on(&self, due_on: Date) -> Self {
        Self {
            due_on,
            due_at: end_of_day_london(due_on),
            ..self.clone()
        }
    }

    /// Whether it still runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.outcome == PromiseOutcome::Running
    }

    /// Whether it runs and its last day is over. A pause is the enquiry's: ask
    /// [`crate::enquiry::Enquiry::is_overdue`] about one that may be paused.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.is_running() && now > self.due_at
    }
}

/// The day to the end of which a promise runs: the first working day after the day of receipt in
/// London is day 1, and it runs to the end of day N.
#[must_use]
pub fn due_on(received: Timestamp, rule: PromiseRule, calendar: &WorkingDays) -> Date {
    calendar.add_working_days(london_date(received), rule.working_days)
}

/// The last millisecond of a day in London: 23:59:59.999.
#[must_use]
pub fn end_of_day_london(day: Date) -> Timestamp {
    // Only a day at the very end of the calendar has no such instant.
    day.at(23, 59, 59, 999_000_000)
        .to_zoned(london())
        .map_or(Timestamp::MAX, |end| end.timestamp())
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::{date, time};
    use proptest::prelude::*;
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;
    use crate::escalation::EscalationStep;

    /// A council that is closed for the week of 15 February 2027.
    fn calendar() -> WorkingDays {
        WorkingDays::new((0..5).map(|day| date(2027, 2, 15).saturating_add(day.days())))
    }

    fn started(received: Timestamp) -> Promise {
        Promise::started(
            PromiseId::from_uuid(Uuid::nil()),
            EnquiryId::from_uuid(Uuid::nil()),
            received,
            PromiseRule { working_days: 5 },
            WorkingTime {
                days: &calendar(),
                morning: time(8, 0, 0, 0),
            },
        )
    }

    #[rstest]
    #[case::monday_morning("2026-03-02T09:00:00Z", "2026-03-09")]
    #[case::friday_evening("2026-03-06T19:00:00Z", "2026-03-13")]
    #[case::saturday("2026-03-07T10:00:00Z", "2026-03-13")]
    #[case::sunday_night("2026-03-08T23:59:00Z", "2026-03-13")]
    #[case::over_the_clocks_going_forward("2026-03-27T10:00:00Z", "2026-04-07")]
    #[case::the_hour_that_is_skipped("2026-03-29T01:00:00Z", "2026-04-07")]
    #[case::over_the_clocks_going_back("2026-10-23T10:00:00Z", "2026-10-30")]
    #[case::the_hour_that_comes_twice("2026-10-25T01:30:00Z", "2026-10-30")]
    #[case::over_christmas("2026-12-23T12:00:00Z", "2027-01-04")]
    #[case::on_christmas_day("2026-12-25T12:00:00Z", "2027-01-05")]
    #[case::over_easter("2026-04-01T12:00:00Z", "2026-04-10")]
    #[case::on_good_friday("2026-04-03T12:00:00Z", "2026-04-13")]
    #[case::over_a_closure_week("2027-02-11T12:00:00Z", "2027-02-25")]
    #[case::within_a_closure_week("2027-02-17T12:00:00Z", "2027-02-26")]
    #[case::late_on_a_winter_evening("2026-01-14T23:30:00Z", "2026-01-21")]
    #[case::after_midnight_in_london_in_summer("2026-07-15T23:30:00Z", "2026-07-23")]
    fn a_promise_of_five_working_days_runs_to_the_end_of_day_five(
        #[case] received: Timestamp,
        #[case] due: Date,
    ) {
        let promise = started(received);
        assert_eq!(promise.due_on, due);
        assert_eq!(london_date(promise.due_at), due);
    }

    #[rstest]
    #[case::in_winter("2026-01-21", "2026-01-21T23:59:59.999Z")]
    #[case::in_summer("2026-07-22", "2026-07-22T22:59:59.999Z")]
    #[case::the_day_the_clocks_go_forward("2026-03-29", "2026-03-29T22:59:59.999Z")]
    #[case::the_day_the_clocks_go_back("2026-10-25", "2026-10-25T23:59:59.999Z")]
    fn a_day_ends_at_midnight_in_london(#[case] day: Date, #[case] end: Timestamp) {
        assert_eq!(end_of_day_london(day), end);
    }

    #[test]
    fn a_promise_is_overdue_when_its_last_day_is_over_and_not_before() {
        let promise = started("2026-03-02T09:00:00Z".parse().unwrap());
        assert!(!promise.is_overdue("2026-03-09T23:59:59.999Z".parse().unwrap()));
        assert!(promise.is_overdue("2026-03-10T00:00:00Z".parse().unwrap()));
    }

    #[test]
    fn steps_that_were_missed_are_due_together() {
        use EscalationStep::{Breach, DueDay, FourFifths, Half};
        let promise = started("2026-03-02T09:00:00Z".parse().unwrap());
        let days = calendar();
        let time = WorkingTime {
            days: &days,
            morning: time(8, 0, 0, 0),
        };
        let due = |now: &str| {
            let (due, next) = promise.steps_due(now.parse().unwrap(), time);
            let due: Vec<_> = due.iter().map(|due| due.step).collect();
            (due, next.map(|next| next.step))
        };
        assert_eq!(due("2026-03-05T12:29:59Z"), (vec![], Some(Half)));
        assert_eq!(due("2026-03-05T12:30:00Z"), (vec![Half], Some(FourFifths)));
        let three = vec![Half, FourFifths, DueDay];
        assert_eq!(
            due("2026-03-09T23:59:59.999Z"),
            (three.clone(), Some(Breach))
        );
        let all = [three, vec![Breach]].concat();
        assert_eq!(due("2026-03-10T00:00:00Z"), (all, None));
        // What was done is not due again.
        let half_done = Promise {
            next_step: promise
                .steps_due("2026-03-05T12:30:00Z".parse().unwrap(), time)
                .1,
            ..promise.clone()
        };
        let (due, next) = half_done.steps_due("2026-03-06T17:00:00Z".parse().unwrap(), time);
        let due: Vec<_> = due.iter().map(|due| due.step).collect();
        assert_eq!(
            (due, next.map(|next| next.step)),
            (vec![FourFifths], Some(DueDay))
        );
    }

    #[test]
    fn a_calendar_that_changes_under_a_promise_skips_no_step() {
        use EscalationStep::{DueDay, FourFifths};
        let morning = time(8, 0, 0, 0);
        let open = WorkingDays::default();
        let before = WorkingTime {
            days: &open,
            morning,
        };
        // Two working days, Friday and Monday: half of them is over on Friday evening, before the morning of Monday.
        let promise = Promise::started(
            PromiseId::from_uuid(Uuid::nil()),
            EnquiryId::from_uuid(Uuid::nil()),
            "2026-03-05T10:00:00Z".parse().unwrap(),
            PromiseRule { working_days: 2 },
            before,
        );
        assert_eq!(promise.next_step.unwrap().step, EscalationStep::Half);
        // Then the council closes that Friday. Of one day left, the morning comes before half of it.
        let closed = WorkingDays::new([date(2026, 3, 6)]);
        let after = WorkingTime {
            days: &closed,
            morning,
        };
        let mut promise = promise;
        let mut told = Vec::new();
        for now in [
            "2026-03-06T17:00:00Z",
            "2026-03-09T08:00:00Z",
            "2026-03-09T15:12:00Z",
        ] {
            let (due, next) = promise.steps_due(now.parse().unwrap(), after);
            told.extend(due.iter().map(|due| due.step));
            promise.next_step = next;
        }
        assert!(
            told.contains(&DueDay) && told.contains(&FourFifths),
            "{told:?}"
        );
        assert_eq!(promise.next_step.unwrap().step, EscalationStep::Breach);
    }

    #[test]
    fn a_promise_that_was_kept_is_never_overdue() {
        let mut promise = started("2026-03-02T09:00:00Z".parse().unwrap());
        promise.outcome = PromiseOutcome::Kept {
            at: promise.due_at,
            message: MessageId::from_uuid(Uuid::nil()),
        };
        assert!(!promise.is_overdue("2027-01-01T00:00:00Z".parse().unwrap()));
    }

    fn a_day() -> impl Strategy<Value = Date> {
        (0_i32..1_400).prop_map(|days| date(2024, 12, 1) + days.days())
    }

    proptest! {
        #[test]
        fn a_promise_has_just_as_many_working_days_as_were_promised(
            seconds in 1_735_000_000_i64..1_850_000_000, count in 1_u16..=60,
            closed in proptest::collection::vec(a_day(), 0..30),
        ) {
            let calendar = WorkingDays::new(closed);
            let received = Timestamp::from_second(seconds).unwrap();
            let rule = PromiseRule { working_days: count };
            let due = due_on(received, rule, &calendar);
            prop_assert!(calendar.is_working_day(due));
            let first = london_date(received).tomorrow().unwrap();
            let days = first.series(1.day()).take_while(|day| *day <= due);
            let working = days.filter(|day| calendar.is_working_day(*day)).count();
            prop_assert_eq!(working, usize::from(count));
            prop_assert!(calendar.working_days_before(due, count) <= london_date(received));
        }

        #[test]
        fn whoever_writes_later_is_never_promised_an_earlier_day(
            earlier in 1_735_000_000_i64..1_850_000_000, later in 0_i64..5_000_000, count in 1_u16..=60,
        ) {
            let calendar = WorkingDays::default();
            let rule = PromiseRule { working_days: count };
            let due = |seconds| due_on(Timestamp::from_second(seconds).unwrap(), rule, &calendar);
            prop_assert!(due(earlier) <= due(earlier + later));
        }

        #[test]
        fn a_closure_never_brings_a_promise_forward(
            seconds in 1_735_000_000_i64..1_850_000_000, count in 1_u16..=60, closed in a_day(),
        ) {
            let received = Timestamp::from_second(seconds).unwrap();
            let rule = PromiseRule { working_days: count };
            let open = due_on(received, rule, &WorkingDays::default());
            prop_assert!(open <= due_on(received, rule, &WorkingDays::new([closed])));
        }
    }
}
