//! When a service is given next: a [`Schedule`]'s days, counted by London's calendar.
//!
//! Schedules speak of the clock on the wall, so a change of the clocks moves no session: 10am stays
//! 10am. What a schedule says in words alone (“in term time”) is not known here; pages show those
//! words beside the day.

use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};

use super::{Frequency, Schedule, Weekday};

/// How far one looks ahead: beyond the longest interval that a feed is likely to mean.
const LOOKS_AHEAD_DAYS: i64 = 750;

/// One day on which a service is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session<'s> {
    /// The day.
    pub on: Date,
    /// The schedule that it follows: its hours, and what it says in words.
    pub schedule: &'s Schedule,
}

/// The session that comes next, or goes on now; `None` where no schedule says a day that is still
/// to come. `now` is London's ([`crate::clock::london_time`]).
#[must_use]
pub fn next_session(schedules: &[Schedule], now: DateTime) -> Option<Session<'_>> {
    schedules
        .iter()
        .filter_map(|schedule| {
            let on = schedule.next_day(now)?;
            Some(Session { on, schedule })
        })
        .min_by_key(|session| (session.on, session.schedule.opens_at))
}

impl Schedule {
    /// The first of its days that is not over.
    #[must_use]
    pub fn next_day(&self, now: DateTime) -> Option<Date> {
        let today = now.date();
        let first = if self.is_over_at(now) {
            today.tomorrow().ok()?
        } else {
            today
        };
        let begins = self.begins_on();
        let start = begins.map_or(first, |from| from.max(first));
        let ends = [self.valid_to, self.details.until];
        let last = start.checked_add(LOOKS_AHEAD_DAYS.days()).ok()?;
        let last = ends.into_iter().flatten().fold(last, Date::min);
        let days = |from: Date| {
            from.series(Span::new().days(1))
                .take_while(|day| *day <= last)
                .filter(|day| self.falls_on(*day))
        };
        match self.details.count {
            // So many times, and nobody can tell which without the first.
            Some(count) => days(begins?).take(count.into()).find(|day| *day >= start),
            None => days(start).next(),
        }
    }

    /// The first day that it can fall on, where the feed says one.
    fn begins_on(&self) -> Option<Date> {
        self.valid_from.max(self.details.starts_on)
    }

    /// Whether today's session, if there is one, has ended. Without an end it has once it began;
    /// one that ends after midnight goes on.
    fn is_over_at(&self, now: DateTime) -> bool {
        match (self.opens_at, self.closes_at) {
            (Some(opens), Some(closes)) if closes <= opens => false,
            (_, Some(closes)) => closes <= now.time(),
            (Some(opens), None) => opens < now.time(),
            (None, None) => false,
        }
    }

    /// Whether it says this day, its first and last day aside.
    fn falls_on(&self, day: Date) -> bool {
        let has_days = !self.byday.is_empty() || !self.bymonthday.is_empty();
        match self.freq {
            // A day of its own, such as an open day.
            None if !has_days => self.is_one_day(day),
            None if self.byday.is_empty() => self.is_in_turn_of_months(day) && self.of_month(day),
            Some(Frequency::Weekly) | None => {
                self.is_in_turn_of_weeks(day) && self.of_week(day) && self.of_month(day)
            }
            Some(Frequency::Monthly) => {
                has_days
                    && self.is_in_turn_of_months(day)
                    && (self.byday.is_empty() || self.of_week(day))
                    && self.is_ordinal(day)
                    && self.of_month(day)
            }
        }
    }

    /// Whether it is this very day and no other.
    fn is_one_day(&self, day: Date) -> bool {
        let ends = self.valid_to.or(self.details.until);
        self.begins_on() == Some(day) && ends == Some(day)
    }

    /// Whether it says this day of the week. Without one it is the day on which it begins.
    fn of_week(&self, day: Date) -> bool {
        let weekday = Weekday::of(day);
        if self.byday.is_empty() {
            self.begins_on()
                .is_some_and(|from| Weekday::of(from) == weekday)
        } else {
            self.byday.contains(&weekday)
        }
    }

    /// Whether it says this day of the month; -1 is the last.
    fn of_month(&self, day: Date) -> bool {
        let from_end = day.day() - day.days_in_month() - 1;
        self.bymonthday.is_empty()
            || self.bymonthday.contains(&day.day())
            || self.bymonthday.contains(&from_end)
    }

    /// Whether it says the first, second … or last of this weekday in its month.
    fn is_ordinal(&self, day: Date) -> bool {
        let from_start = (day.day() - 1) / 7 + 1;
        let from_end = -((day.days_in_month() - day.day()) / 7 + 1);
        self.ordinals.is_empty()
            || self.ordinals.contains(&from_start)
            || self.ordinals.contains(&from_end)
    }

    /// Every second week counts from the week of its first day; weeks begin on Monday (RFC 5545).
    /// Without a first day nobody can tell which weeks are meant.
    fn is_in_turn_of_weeks(&self, day: Date) -> bool {
        let monday = |day: Date| {
            let since = i64::from(day.weekday().to_monday_zero_offset());
            day.checked_sub(since.days()).unwrap_or(day)
        };
        self.is_in_turn(|from| {
            let between = monday(from).duration_until(monday(day));
            between.as_hours() / (7 * 24)
        })
    }

    fn is_in_turn_of_months(&self, day: Date) -> bool {
        self.is_in_turn(|from| {
            let years = i64::from(day.year()) - i64::from(from.year());
            years * 12 + i64::from(day.month()) - i64::from(from.month())
        })
    }

    fn is_in_turn(&self, since: impl Fn(Date) -> i64) -> bool {
        match (self.interval, self.details.starts_on.or(self.valid_from)) {
            (None | Some(0 | 1), _) => true,
            (Some(every), Some(from)) => since(from) % i64::from(every) == 0,
            (Some(_), None) => false,
        }
    }
}

impl Weekday {
    /// The weekday of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        match day.weekday() {
            jiff::civil::Weekday::Monday => Self::Monday,
            jiff::civil::Weekday::Tuesday => Self::Tuesday,
            jiff::civil::Weekday::Wednesday => Self::Wednesday,
            jiff::civil::Weekday::Thursday => Self::Thursday,
            jiff::civil::Weekday::Friday => Self::Friday,
            jiff::civil::Weekday::Saturday => Self::Saturday,
            jiff::civil::Weekday::Sunday => Self::Sunday,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use rstest::rstest;

    use super::*;
    use crate::clock::london_time;
    use crate::ids::ScheduleId;
    use crate::local_offer::ScheduleDetails;

    /// Wednesday 25 November 2026, noon.
    const NOW: &str = "2026-11-25T12:00";

    /// From a line such as `WEEKLY every 2 SA from 2026-11-07 at 10:00-12:00`.
    fn schedule(line: &str) -> Schedule {
        let mut schedule = Schedule {
            id: ScheduleId::from_uuid(uuid::Uuid::nil()),
            freq: None,
            interval: None,
            byday: vec![],
            ordinals: vec![],
            bymonthday: vec![],
            valid_from: None,
            valid_to: None,
            opens_at: None,
            closes_at: None,
            description: None,
            notes: None,
            details: ScheduleDetails::default(),
        };
        let mut words = line.split(' ');
        while let Some(word) = words.next() {
            let mut value = || words.next().unwrap();
            match word {
                "WEEKLY" | "MONTHLY" => schedule.freq = Some(word.parse().unwrap()),
                "every" => schedule.interval = Some(value().parse().unwrap()),
                "which" => schedule.ordinals = numbers(value()),
                "day" => schedule.bymonthday = numbers(value()),
                "from" => schedule.valid_from = Some(value().parse().unwrap()),
                "to" => schedule.valid_to = Some(value().parse().unwrap()),
                "at" => {
                    let (opens, closes) = value().split_once('-').unwrap();
                    schedule.opens_at = opens.parse().ok();
                    schedule.closes_at = closes.parse().ok();
                }
                days => {
                    let days = days.split(',').map(|day| day.parse().unwrap());
                    schedule.byday = days.collect();
                }
            }
        }
        schedule
    }

    #[test]
    fn a_schedule_of_so_many_times_ends_with_the_last_of_them() {
        let mut four = schedule("WEEKLY SA");
        four.details.starts_on = Some(jiff::civil::date(2026, 11, 7));
        four.details.count = Some(4);
        let now = NOW.parse().unwrap();
        assert_eq!(four.next_day(now), Some(jiff::civil::date(2026, 11, 28)));
        four.details.count = Some(3);
        assert_eq!(four.next_day(now), None);
        four.details.starts_on = None;
        assert_eq!(four.next_day(now), None);
    }

    #[test]
    fn a_schedule_ends_with_the_last_time_that_is_told() {
        let mut until = schedule("WEEKLY SA");
        until.details.until = Some(jiff::civil::date(2026, 11, 27));
        assert_eq!(until.next_day(NOW.parse().unwrap()), None);
    }

    fn numbers(list: &str) -> Vec<i8> {
        list.split(',')
            .map(|number| number.parse().unwrap())
            .collect()
    }

    #[rstest]
    #[case::the_coming_saturday("WEEKLY SA", Some("2026-11-28"))]
    #[case::the_nearer_of_two_days("WEEKLY SA,TH", Some("2026-11-26"))]
    #[case::today_while_it_lasts("WEEKLY WE at 10:00-13:00", Some("2026-11-25"))]
    #[case::next_week_once_it_ended("WEEKLY WE at 10:00-12:00", Some("2026-12-02"))]
    #[case::next_week_once_it_began_without_an_end("WEEKLY WE at 10:00-", Some("2026-12-02"))]
    #[case::tonight_beyond_midnight("WEEKLY WE at 22:00-01:00", Some("2026-11-25"))]
    #[case::without_a_weekday_that_of_its_first_day("WEEKLY from 2026-11-06", Some("2026-11-27"))]
    #[case::without_any_day("WEEKLY", None)]
    #[case::every_second_week("WEEKLY every 2 SA from 2026-11-07", Some("2026-12-05"))]
    #[case::every_second_week_by_the_week_of_its_first_day(
        "WEEKLY every 2 MO from 2026-11-11",
        Some("2026-12-07")
    )]
    #[case::every_second_week_from_an_unknown_day("WEEKLY every 2 SA", None)]
    #[case::not_before_its_first_day("WEEKLY SA from 2027-01-04", Some("2027-01-09"))]
    #[case::not_after_its_last_day("WEEKLY SA to 2026-11-27", None)]
    #[case::on_its_last_day("WEEKLY SA to 2026-11-28", Some("2026-11-28"))]
    #[case::a_first_saturday("MONTHLY which 1 SA", Some("2026-12-05"))]
    #[case::a_last_friday("MONTHLY which -1 FR", Some("2026-11-27"))]
    #[case::first_and_third_monday("MONTHLY which 1,3 MO", Some("2026-12-07"))]
    #[case::a_fifth_sunday_in_a_month_that_has_one("MONTHLY which 5 SU", Some("2026-11-29"))]
    #[case::a_first_monday_told_by_days_of_the_month(
        "MONTHLY MO day 1,2,3,4,5,6,7",
        Some("2026-12-07")
    )]
    #[case::a_day_of_the_month("MONTHLY day 15", Some("2026-12-15"))]
    #[case::the_31st_waits_for_a_month_that_has_it("MONTHLY day 31", Some("2026-12-31"))]
    #[case::the_last_day_of_the_month("MONTHLY day -1", Some("2026-11-30"))]
    #[case::every_third_month("MONTHLY every 3 which 1 TU from 2026-10-06", Some("2027-01-05"))]
    #[case::monthly_without_a_day("MONTHLY from 2026-11-07", None)]
    #[case::one_day_of_its_own("from 2026-12-12 to 2026-12-12", Some("2026-12-12"))]
    #[case::one_day_that_is_over("from 2026-11-12 to 2026-11-12", None)]
    #[case::a_span_of_days_that_says_no_day("from 2026-11-12 to 2027-01-12", None)]
    #[case::weekdays_without_how_often("SA,SU", Some("2026-11-28"))]
    #[case::a_leap_day("MONTHLY day 29 from 2028-02-01", Some("2028-02-29"))]
    fn the_next_day_of_a_schedule(#[case] line: &str, #[case] expected: Option<&str>) {
        let expected = expected.map(|day| day.parse::<Date>().unwrap());
        assert_eq!(schedule(line).next_day(NOW.parse().unwrap()), expected);
    }

    // Clocks go forward on 28 March 2027 at 1am, and back on 25 October 2026 at 2am.
    #[rstest]
    #[case::before_they_go_forward("2027-03-28T08:30:00Z", Some("2027-03-28"))]
    #[case::after_ten_in_summer_time("2027-03-28T10:59:00Z", Some("2027-03-28"))]
    #[case::over_by_summer_time("2027-03-28T11:00:00Z", Some("2027-04-04"))]
    #[case::still_saturday_in_utc("2027-06-26T23:30:00Z", Some("2027-06-27"))]
    #[case::going_on_after_they_went_back("2026-10-25T11:59:00Z", Some("2026-10-25"))]
    #[case::over_by_winter_time("2026-10-25T12:00:00Z", Some("2026-11-01"))]
    fn ten_to_noon_stays_ten_to_noon_when_the_clocks_change(
        #[case] instant: Timestamp,
        #[case] expected: Option<&str>,
    ) {
        let sundays = schedule("WEEKLY SU at 10:00-12:00");
        let expected = expected.map(|day| day.parse::<Date>().unwrap());
        assert_eq!(sundays.next_day(london_time(instant)), expected);
    }

    #[test]
    fn weeks_are_counted_by_the_calendar_across_a_change_of_the_clocks() {
        let every_second = schedule("WEEKLY every 2 SU from 2026-10-18 at 10:00-12:00");
        let now = "2026-10-19T09:00".parse().unwrap();
        let expected = jiff::civil::date(2026, 11, 1);
        assert_eq!(every_second.next_day(now), Some(expected));
    }

    #[test]
    fn of_several_schedules_the_earliest_counts_by_day_and_by_hour() {
        let schedules = [
            schedule("WEEKLY SU at 09:00-10:00"),
            schedule("WEEKLY SA at 14:00-16:00"),
            schedule("WEEKLY SA at 10:00-12:00"),
        ];
        let next = next_session(&schedules, NOW.parse().unwrap()).unwrap();
        assert_eq!(next.on, jiff::civil::date(2026, 11, 28));
        assert_eq!(next.schedule, &schedules[2]);
        assert_eq!(next_session(&[], NOW.parse().unwrap()), None);
    }
}
