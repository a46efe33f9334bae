//! When the people inside are told that a promise is in danger, and that it broke.
//!
//! The working days of a promise are those after the day from which it counts, up to its last. Each
//! lasts from the council's morning until five in the afternoon, London time; half of a promise is
//! over when half of that time is. So all promises of the same days have the same instants, and
//! whoever is told of them is told once. Everything here is a pure function of days; what has been
//! done is recorded by those who do it.

use jiff::civil::{Date, Time, time};
use jiff::{SignedDuration, Timestamp};

use crate::calendar::WorkingDays;
use crate::clock::london;
pub use crate::codes::EscalationStep;
use crate::promise::end_of_day_london;

/// When a working day ends.
const EVENING: Time = time(17, 0, 0, 0);
/// What is done later than so after it was due was late: the hub did not run, or could not.
const ON_TIME: SignedDuration = SignedDuration::from_mins(10);

impl EscalationStep {
    /// What is most urgent first: what somebody is told of one promise, or first of many.
    pub const MOST_URGENT_FIRST: [Self; 5] = [
        Self::Breach,
        Self::ChasedTwice,
        Self::DueDay,
        Self::FourFifths,
        Self::Half,
    ];

    /// Its place among [`Self::MOST_URGENT_FIRST`].
    #[must_use]
    pub fn place(self) -> usize {
        let mut steps = Self::MOST_URGENT_FIRST.iter();
        steps.position(|step| *step == self).unwrap_or(usize::MAX)
    }
}

/// A step that comes at its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueStep {
    /// Which.
    pub step: EscalationStep,
    /// When.
    pub at: Timestamp,
}

/// By what the time of a promise is told.
#[derive(Debug, Clone, Copy)]
pub struct WorkingTime<'a> {
    /// The council's calendar.
    pub days: &'a WorkingDays,
    /// When a working day begins, in London.
    pub morning: Time,
}

impl WorkingTime<'_> {
    /// The steps of a promise whose days count from the one after `from` and end with `due_on`, in
    /// the order in which they come.
    #[must_use]
    pub fn steps(&self, from: Date, due_on: Date) -> [DueStep; 4] {
        let step = |step, at| DueStep { step, at };
        let breach = end_of_day_london(due_on)
            .checked_add(SignedDuration::from_millis(1))
            .unwrap_or(Timestamp::MAX);
        let mut steps = [
            step(EscalationStep::Half, self.share(from, due_on, 5)),
            step(EscalationStep::FourFifths, self.share(from, due_on, 8)),
            step(EscalationStep::DueDay, instant(due_on, self.morning)),
            step(EscalationStep::Breach, breach),
        ];
        steps.sort_by_key(|step| (step.at, step.step));
        steps
    }

    /// When the working day begins.
    #[must_use]
    pub fn morning_of(&self, day: Date) -> Timestamp {
        instant(day, self.morning)
    }

    /// When so many tenths of the promise's working time are over.
    fn share(&self, from: Date, due_on: Date, tenths: usize) -> Timestamp {
        let tomorrow = from.tomorrow().unwrap_or(from);
        let days: Vec<Date> = std::iter::successors(Some(tomorrow), |day| day.tomorrow().ok())
            .take_while(|day| *day <= due_on)
            .filter(|day| self.days.is_working_day(*day))
            .collect();
        let over = days.len() * tenths;
        let (whole, rest) = (over / 10, over % 10);
        match (days.get(whole), whole.checked_sub(1)) {
            (_, Some(before)) if rest == 0 => days
                .get(before)
                .map_or_else(|| instant(due_on, EVENING), |day| instant(*day, EVENING)),
            (Some(day), _) => self.within(*day, rest),
            // A promise without a working day of its own: its last day stands for all.
            (None, _) => self.within(due_on, tenths),
        }
    }

    fn within(&self, day: Date, tenths: usize) -> Timestamp {
        let (morning, evening) = (instant(day, self.morning), instant(day, EVENING));
        let tenths = i32::try_from(tenths).unwrap_or(0);
        morning + evening.duration_since(morning) * tenths / 10
    }
}

fn instant(day: Date, time: Time) -> Timestamp {
    day.to_datetime(time)
        .to_zoned(london())
        .map_or(Timestamp::MAX, |at| at.timestamp())
}

/// Whether what was due then was done too late.
#[must_use]
pub fn was_late(due_at: Timestamp, done_at: Timestamp) -> bool {
    done_at.duration_since(due_at) > ON_TIME
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn told(from: &str, due_on: &str) -> Vec<String> {
        let working = WorkingTime {
            days: &WorkingDays::default(),
            morning: time(8, 0, 0, 0),
        };
        let steps = working.steps(from.parse().unwrap(), due_on.parse().unwrap());
        let steps = steps.iter();
        steps
            .map(|due| format!("{} {}", due.step, due.at.strftime("%a %d %H:%M:%S")))
            .collect()
    }

    #[rstest]
    #[case::five_days("2026-03-02", "2026-03-09", [
        "half Thu 05 12:30:00", "four-fifths Fri 06 17:00:00", "due-day Mon 09 08:00:00",
        "breach Tue 10 00:00:00",
    ])]
    #[case::one_day("2026-03-02", "2026-03-03", [
        "due-day Tue 03 08:00:00", "half Tue 03 12:30:00", "four-fifths Tue 03 15:12:00",
        "breach Wed 04 00:00:00",
    ])]
    #[case::two_days_over_a_weekend("2026-03-05", "2026-03-09", [
        "half Fri 06 17:00:00", "due-day Mon 09 08:00:00", "four-fifths Mon 09 13:24:00",
        "breach Tue 10 00:00:00",
    ])]
    #[case::over_the_clocks_going_forward("2026-03-26", "2026-03-31", [
        "half Mon 30 11:30:00", "four-fifths Tue 31 10:36:00", "due-day Tue 31 07:00:00",
        "breach Tue 31 23:00:00",
    ])]
    fn a_promise_is_escalated_in_working_time(
        #[case] from: &str,
        #[case] due_on: &str,
        #[case] mut steps: [&str; 4],
    ) {
        let mut told = told(from, due_on);
        told.sort();
        steps.sort_unstable();
        assert_eq!(told, steps);
    }

    #[test]
    fn a_promise_without_a_working_day_has_its_steps_on_its_last_day() {
        assert_eq!(
            told("2026-03-07", "2026-03-08"),
            [
                "due-day Sun 08 08:00:00",
                "half Sun 08 12:30:00",
                "four-fifths Sun 08 15:12:00",
                "breach Mon 09 00:00:00",
            ]
        );
    }

    #[test]
    fn every_step_has_its_place() {
        let mut all = EscalationStep::ALL.to_vec();
        all.sort_by_key(|step| step.place());
        assert_eq!(all, EscalationStep::MOST_URGENT_FIRST);
    }

    #[test]
    fn ten_minutes_are_on_time() {
        let due: Timestamp = "2026-03-05T12:30:00Z".parse().unwrap();
        assert!(!was_late(due, due + SignedDuration::from_mins(10)));
        assert!(was_late(due, due + SignedDuration::from_secs(601)));
    }

    proptest! {
        #[test]
        fn every_step_lies_within_the_promise_and_the_breach_is_the_last(
            start in 0_i32..1_500, days in 1_u16..=60, minute in 300_i32..=720, closed in 0_i32..1_500,
        ) {
            let from = Date::constant(2025, 1, 1) + jiff::Span::new().days(start);
            let closure = Date::constant(2025, 1, 1) + jiff::Span::new().days(closed);
            let calendar = WorkingDays::new([closure]);
            let due_on = calendar.add_working_days(from, days);
            let hour = i8::try_from(minute / 60).unwrap();
            let morning = time(hour, i8::try_from(minute % 60).unwrap(), 0, 0);
            let working = WorkingTime { days: &calendar, morning };
            let steps = working.steps(from, due_on);
            prop_assert!(steps.iter().all(|step| step.at > end_of_day_london(from)));
            let after_its_day = |due: &DueStep| due.at > end_of_day_london(due_on);
            let is_breach = |due: &DueStep| due.step == EscalationStep::Breach;
            prop_assert!(steps.iter().all(|due| is_breach(due) == after_its_day(due)));
            prop_assert_eq!(steps[3].step, EscalationStep::Breach);
            prop_assert!(steps.windows(2).all(|two| two[0].at <= two[1].at));
            let at = |step| steps.iter().find(|due| due.step == step).unwrap().at;
            prop_assert!(at(EscalationStep::Half) < at(EscalationStep::FourFifths));
            prop_assert_eq!(steps, working.steps(from, due_on));
        }
    }
}
