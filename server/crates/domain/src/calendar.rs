//! Working days: Monday to Friday, less England's bank holidays, less the council's closure days.
//!
//! The bank holidays are GOV.UK's own list, kept in `data/bank-holidays.json` and built in; the
//! closure days are the council's settings.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::Unit;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

const BANK_HOLIDAYS: &str = include_str!("../data/bank-holidays.json");

/// The part of GOV.UK's format that is used. England shares its bank holidays with Wales.
#[derive(Deserialize)]
struct BankHolidays {
    #[serde(rename = "england-and-wales")]
    england_and_wales: Division,
}

#[derive(Deserialize)]
struct Division {
    events: Vec<BankHoliday>,
}

#[derive(Deserialize)]
struct BankHoliday {
    date: Date,
}

// The file is built in, so that it cannot fail to read here without failing the test below.
static ENGLAND: LazyLock<BTreeSet<Date>> =
    LazyLock::new(|| read(BANK_HOLIDAYS).unwrap_or_default());

fn read(json: &str) -> Result<BTreeSet<Date>, serde_json::Error> {
    let holidays: BankHolidays = serde_json::from_str(json)?;
    Ok(holidays
        .england_and_wales
        .events
        .into_iter()
        .map(|holiday| holiday.date)
        .collect())
}

/// The calendar of one council.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingDays {
    closures: BTreeSet<Date>,
    /// Bank holidays that the built-in list does not have.
    further: BTreeSet<Date>,
    /// One of the built-in list that is taken for unknown.
    unknown: Option<Date>,
}

/// England has eight bank holidays a year. A year of which fewer are known is not known.
const A_YEARS_HOLIDAYS: usize = 8;

impl WorkingDays {
    /// The working days of a council that is also closed on these days.
    #[must_use]
    pub fn new(closures: impl IntoIterator<Item = Date>) -> Self {
        Self {
            closures: closures.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The same calendar, knowing further bank holidays: those that the Government named after this
    /// program was made.
    #[must_use]
    pub fn knowing(mut self, holidays: impl IntoIterator<Item = Date>) -> Self {
        self.further.extend(holidays);
        self
    }

    /// The same calendar as each earlier version of this program may have had it, which did not know one of the bank
    /// holidays after `from`, up to `last` with it: the Government names one for a single occasion now and then.
    pub fn before_one_was_known(&self, from: Date, last: Date) -> impl Iterator<Item = Self> {
        let holidays = ENGLAND
            .iter()
            .filter(move |day| from < **day && **day <= last);
        holidays.map(|holiday| Self {
            unknown: Some(*holiday),
            ..self.clone()
        })
    }

    /// Whether the council works on this day.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
            && (!ENGLAND.contains(&day) || self.unknown == Some(day))
            && !self.further.contains(&day)
            && !self.closures.contains(&day)
    }

    /// The day that is `count` working days after `day`: the first working day after it is day 1.
    /// With a count of 0, `day` itself, working day or not.
    #[must_use]
    pub fn add_working_days(&self, day: Date, count: u16) -> Date {
        let mut day = day;
        for _ in 0..count {
            day = self.next_working_day(day);
        }
        day
    }

    /// How many working days come after `day`, up to `last` and with it.
    #[must_use]
    pub fn working_days_after(&self, day: Date, last: Date) -> u16 {
        let mut count = 0;
        let mut from = day;
        loop {
            let next = self.next_working_day(from);
            // At the very end of the calendar there is no later day.
            if next <= from || next > last {
                return count;
            }
            count = u16::saturating_add(count, 1);
            from = next;
        }
    }

    /// The day that is `count` working days before `day`: the last working day before it is day 1.
    #[must_use]
    pub fn working_days_before(&self, day: Date, count: u16) -> Date {
        let mut left = count;
        let mut before = day;
        while left > 0 {
            let Ok(yesterday) = before.yesterday() else {
                break;
            };
            before = yesterday;
            if self.is_working_day(before) {
                left -= 1;
            }
        }
        before
    }

    fn next_working_day(&self, day: Date) -> Date {
        let mut next = day;
        while let Ok(tomorrow) = next.tomorrow() {
            next = tomorrow;
            if self.is_working_day(next) {
                break;
            }
        }
        next
    }

    /// The last bank holiday that is known without a gap: that of the built-in list or, when the
    /// years after it were told whole, theirs. Dates after it are counted as if there were none.
    #[must_use]
    pub fn last_known_holiday(&self) -> Option<Date> {
        let mut last = ENGLAND.last().copied()?;
        loop {
            let next = last.year().saturating_add(1);
            let mut of_next = self.further.iter().filter(|day| day.year() == next);
            match (of_next.clone().count(), of_next.next_back()) {
                (A_YEARS_HOLIDAYS.., Some(day)) => last = *day,
                _ => return Some(last),
            }
        }
    }

    /// For how many whole months from today the bank holidays are known. Administrators are warned
    /// when there are fewer than 12.
    #[must_use]
    pub fn months_known_from(&self, today: Date) -> u32 {
        self.last_known_holiday()
            .and_then(|last| today.until((Unit::Month, last)).ok())
            .and_then(|span| u32::try_from(span.get_months()).ok())
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rstest::rstest;

    use super::*;

    #[test]
    fn the_built_in_list_of_bank_holidays_can_be_read() {
        let holidays = read(BANK_HOLIDAYS).unwrap();
        assert!(holidays.len() >= 80);
        assert_eq!(holidays, *ENGLAND);
    }

    #[rstest]
    #[case::a_monday("2026-03-02", true)]
    #[case::a_saturday("2026-03-07", false)]
    #[case::a_sunday("2026-03-08", false)]
    #[case::good_friday("2026-04-03", false)]
    #[case::easter_monday("2026-04-06", false)]
    #[case::boxing_day_in_lieu("2026-12-28", false)]
    #[case::a_scottish_holiday("2026-08-03", true)]
    #[case::a_closure_day("2026-12-29", false)]
    fn a_working_day_is_a_weekday_on_which_nothing_is_closed(
        #[case] day: Date,
        #[case] working: bool,
    ) {
        let calendar = WorkingDays::new([date(2026, 12, 29)]);
        assert_eq!(calendar.is_working_day(day), working);
    }

    #[rstest]
    #[case::no_days("2026-03-07", 0, "2026-03-07")]
    #[case::the_next_day("2026-03-02", 1, "2026-03-03")]
    #[case::over_a_weekend("2026-03-06", 1, "2026-03-09")]
    #[case::over_easter("2026-04-02", 1, "2026-04-07")]
    fn days_are_counted_from_the_day_after(
        #[case] from: Date,
        #[case] count: u16,
        #[case] day: Date,
    ) {
        let calendar = WorkingDays::default();
        assert_eq!(calendar.add_working_days(from, count), day);
        assert_eq!(calendar.working_days_after(from, day), count);
    }

    #[test]
    fn days_off_at_the_end_are_no_working_days() {
        let calendar = WorkingDays::default();
        let friday = date(2026, 3, 6);
        assert_eq!(calendar.working_days_after(friday, date(2026, 3, 8)), 0);
        assert_eq!(calendar.working_days_after(friday, date(2026, 3, 1)), 0);
        assert_eq!(calendar.working_days_after(Date::MAX, Date::MAX), 0);
    }

    #[rstest]
    #[case::no_days("2026-03-07", 0, "2026-03-07")]
    #[case::over_a_weekend("2026-03-09", 2, "2026-03-05")]
    #[case::over_easter("2026-04-07", 1, "2026-04-02")]
    fn days_are_counted_backwards_too(#[case] from: Date, #[case] count: u16, #[case] day: Date) {
        let calendar = WorkingDays::default();
        assert_eq!(calendar.working_days_before(from, count), day);
    }

    #[test]
    fn an_earlier_version_may_have_known_one_bank_holiday_less() {
        let easter = [date(2026, 4, 3), date(2026, 4, 6)];
        let closed = WorkingDays::new([easter[0]]);
        let [before, last] = [date(2026, 3, 30), easter[1]];
        let works = |calendar: WorkingDays| easter.map(|day| calendar.is_working_day(day));
        let earlier: Vec<_> = WorkingDays::default()
            .before_one_was_known(before, last)
            .map(works)
            .collect();
        assert_eq!(earlier, [[true, false], [false, true]]);
        let earlier: Vec<_> = closed
            .before_one_was_known(easter[0], last)
            .map(works)
            .collect();
        assert_eq!(earlier, [[false, true]], "closed all the same");
    }

    #[test]
    fn the_end_of_the_calendar_is_no_endless_loop() {
        assert_eq!(
            WorkingDays::default().add_working_days(Date::MAX, 5),
            Date::MAX
        );
        assert_eq!(
            WorkingDays::default().working_days_before(Date::MIN, 5),
            Date::MIN
        );
    }

    #[test]
    fn a_further_year_counts_as_known_when_all_its_holidays_are() {
        let days = |year: i16, count: i8| (1..=count).map(move |month| date(year, month, 6));
        let calendar = WorkingDays::default().knowing(days(2029, 8).chain(days(2030, 7)));
        assert_eq!(calendar.last_known_holiday(), Some(date(2029, 8, 6)));
        assert!(!calendar.is_working_day(date(2029, 2, 6)));
        assert!(!calendar.is_working_day(date(2030, 5, 6)));
        let gap = WorkingDays::default().knowing(days(2030, 8));
        assert_eq!(gap.last_known_holiday(), Some(date(2028, 12, 26)));
    }

    #[test]
    fn the_calendar_says_how_far_it_knows() {
        let calendar = WorkingDays::default();
        assert_eq!(calendar.last_known_holiday(), Some(date(2028, 12, 26)));
        assert_eq!(calendar.months_known_from(date(2027, 12, 26)), 12);
        assert_eq!(calendar.months_known_from(date(2027, 12, 27)), 11);
        assert_eq!(calendar.months_known_from(date(2030, 1, 1)), 0);
    }
}
