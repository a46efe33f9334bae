//! What time it is, and what day that is in London.
//!
//! Stored times are instants. `Europe/London` appears only where a person reads a date and in the
//! working-day calendar.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Tells the time. The server's reads the system's clock; a test sets its own.
pub trait Clock: Send + Sync {
    /// The instant now, cut to whole milliseconds, which is what the store keeps.
    fn now(&self) -> Timestamp;
}

// jiff carries the time zone database inside the program (`tzdb-bundle-always`), so that UTC is
// never taken; a test holds it to that.
static LONDON: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC));

/// The time zone of the council's clocks.
#[must_use]
pub fn london() -> TimeZone {
    LONDON.clone()
}

/// The calendar day in London at an instant.
#[must_use]
pub fn london_date(instant: Timestamp) -> Date {
    instant.to_zoned(london()).date()
}

/// What the clock on the wall and the calendar show in London at an instant.
#[must_use]
pub fn london_time(instant: Timestamp) -> DateTime {
    instant.to_zoned(london()).datetime()
}

/// A day as people read it: "Friday 27 November 2026".
#[must_use]
pub fn day_in_words(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_day_is_said_in_words() {
        let day = jiff::civil::date(2026, 9, 7);
        assert_eq!(day_in_words(day), "Monday 7 September 2026");
    }

    #[rstest]
    #[case("2026-01-15T23:30:00Z", "2026-01-15")]
    #[case("2026-07-15T22:59:59Z", "2026-07-15")]
    #[case("2026-07-15T23:30:00Z", "2026-07-16")]
    fn the_day_is_london_s_day(#[case] instant: Timestamp, #[case] day: Date) {
        assert_eq!(london_date(instant), day);
    }
}
