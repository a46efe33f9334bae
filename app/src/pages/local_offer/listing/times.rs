//! When a service is given: its days and hours in words, and the next day on which it is.

use domain::{
    calendar::WorkingDays,
    clock::day_in_words,
    local_offer::{Frequency, Listing, Schedule, Session, Weekday, next_session},
};
use jiff::civil::{Date, DateTime, Time};
use leptos::prelude::*;

use super::section::{list, section};
use crate::pages::local_offer::words::first_upper;

/// Open on as many days a week, a service has opening hours rather than sessions.
const DAYS_OF_OPENING_HOURS: usize = 4;
/// How feeds write the end of a day.
const LAST_MINUTE: Time = Time::constant(23, 59, 0, 0);

/// The days that belong to no one place, and which comes next.
pub(super) fn when(listing: &Listing, schedules: &[&Schedule], now: DateTime) -> Option<AnyView> {
    let next = next(listing, now).map(|words| {
        view! { <p class="hub-next"><strong>{words}</strong></p> }
    });
    let days = days_and_hours(schedules);
    let any = next.is_some() || days.is_some();
    section("When", any.then(|| (next, days).into_any()))
}

/// The days and hours of some schedules, one line each.
pub(super) fn days_and_hours(schedules: &[&Schedule]) -> Option<AnyView> {
    list(schedules.iter().filter_map(|it| in_words(it)).collect())
}

/// “Next session on Saturday 28 November, 10am to 12 noon. In term time.” Nothing of a service that
/// is not running.
pub(in super::super) fn next(listing: &Listing, now: DateTime) -> Option<String> {
    if listing.service.status != domain::codes::ServiceStatus::Active {
        return None;
    }
    // A session is news, and a telephone that is answered every day is none.
    let (hours_of_opening, sessions): (Vec<Schedule>, Vec<Schedule>) = listing
        .schedules
        .iter()
        .cloned()
        .partition(|schedule| schedule.byday.len() >= DAYS_OF_OPENING_HOURS);
    let session = next_session(&sessions, now).map(|session| (session, "Next session"));
    let opening = || next_session(&hours_of_opening, now).map(|session| (session, "Open"));
    let (Session { on, schedule }, what) = session.or_else(opening)?;
    let when = match hours(schedule) {
        Some(hours) => format!("{}, {hours}", soon(on, now.date())),
        None => soon(on, now.date()),
    };
    let holiday = is_bank_holiday(on).then(|| "That is a bank holiday: ask first".to_owned());
    let parts = [Some(format!("{what} {when}")), own_words(schedule), holiday];
    Some(sentences(parts.into_iter().flatten()))
}

/// “Every Saturday, 10am to 12 noon. In term time.” Days and hours come first, then what the feed
/// says about them in words.
pub(super) fn in_words(schedule: &Schedule) -> Option<String> {
    let parts: Vec<String> = days(schedule).into_iter().chain(hours(schedule)).collect();
    let when = (!parts.is_empty()).then(|| first_upper(&parts.join(", ")));
    let said = [when, dates(schedule), own_words(schedule)];
    let said: Vec<String> = said.into_iter().flatten().collect();
    (!said.is_empty()).then(|| sentences(said.into_iter()))
}

fn own_words(schedule: &Schedule) -> Option<String> {
    let said = [&schedule.description, &schedule.notes];
    let said: Vec<String> = said
        .into_iter()
        .flatten()
        .map(|words| words.trim().to_owned())
        .filter(|words| !words.is_empty())
        .collect();
    (!said.is_empty()).then(|| sentences(said.into_iter()))
}

/// Parts as sentences: a full stop between them, and none doubled.
fn sentences(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts
        .map(|part| part.trim_end_matches('.').to_owned())
        .collect();
    format!("{}.", parts.join(". "))
}

/// “today”, “on Saturday 28 November”; the year is said where it is another.
fn soon(day: Date, today: Date) -> String {
    if day == today {
        "today".to_owned()
    } else if day.year() == today.year() {
        day.strftime("on %A %-d %B").to_string()
    } else {
        format!("on {}", day_in_words(day))
    }
}

/// Whether it is one of England's bank holidays, and no Saturday or Sunday.
fn is_bank_holiday(day: Date) -> bool {
    let weekend = matches!(Weekday::of(day), Weekday::Saturday | Weekday::Sunday);
    !weekend && !WorkingDays::new([]).is_working_day(day)
}

fn days(schedule: &Schedule) -> Option<String> {
    let monthly = schedule.freq == Some(Frequency::Monthly)
        || schedule.freq.is_none() && schedule.byday.is_empty();
    if monthly {
        days_of_month(schedule)
    } else {
        days_of_week(schedule)
    }
}

fn days_of_week(schedule: &Schedule) -> Option<String> {
    let mut byday = schedule.byday.clone();
    if byday.is_empty() {
        byday.extend(schedule.valid_from.map(Weekday::of));
    }
    let names = weekdays(&byday)?;
    Some(match schedule.interval {
        Some(2) => format!("every second {names}"),
        Some(weeks @ 3..) => format!("every {weeks} weeks on {names}"),
        _ if byday.len() == 7 => "every day".to_owned(),
        _ if names.contains(" to ") => names,
        _ => format!("every {names}"),
    })
}

fn days_of_month(schedule: &Schedule) -> Option<String> {
    let (which, on) = match as_ordinal(&schedule.bymonthday) {
        Some(ordinal) if schedule.ordinals.is_empty() => (vec![ordinal], &[][..]),
        _ => (schedule.ordinals.clone(), schedule.bymonthday.as_slice()),
    };
    let which: Vec<&str> = which.into_iter().filter_map(ordinal).collect();
    let on: Vec<String> = on.iter().map(|day| day_of_month(*day)).collect();
    let on = listed(&on.iter().map(String::as_str).collect::<Vec<_>>());
    let names = weekdays(&schedule.byday);
    let day = match names {
        Some(names) if !which.is_empty() => format!("{} {names}", listed(&which)),
        Some(names) if on.is_empty() => names,
        Some(names) => format!("{names} that is the {on}"),
        None if on.is_empty() => return None,
        None => on,
    };
    Some(match schedule.interval {
        Some(months @ 2..) => format!("every {months} months, on the {day}"),
        _ if schedule.byday.is_empty() => format!("on the {day} of each month"),
        _ if which.is_empty() => format!("every {day}"),
        _ => format!("every {day} of the month"),
    })
}

/// The 1st to 7th of a month hold the first of each weekday, and so on: how some feeds say
/// “the first Monday”.
fn as_ordinal(days: &[i8]) -> Option<i8> {
    let mut days = days.to_vec();
    days.sort_unstable();
    let first = *days.first()?;
    let whole_week = days.len() == 7 && days.iter().zip(first..).all(|(day, next)| *day == next);
    (whole_week && first > 0 && (first - 1) % 7 == 0).then(|| (first - 1) / 7 + 1)
}

/// “Monday to Friday”, “Saturday and Sunday”
fn weekdays(days: &[Weekday]) -> Option<String> {
    let mut days = days.to_vec();
    days.sort_unstable();
    days.dedup();
    let in_a_row = days
        .first()
        .and_then(|first| Weekday::ALL.iter().position(|day| day == first))
        .is_some_and(|start| Weekday::ALL[start..].starts_with(&days));
    match days.as_slice() {
        [] => None,
        [first, _, .., last] if in_a_row => Some(format!("{first} to {last}")),
        _ => {
            let names: Vec<&str> = days.iter().map(|day| day.name()).collect();
            Some(listed(&names))
        }
    }
}

fn ordinal(number: i8) -> Option<&'static str> {
    match number {
        1 => Some("first"),
        2 => Some("second"),
        3 => Some("third"),
        4 => Some("fourth"),
        5 => Some("fifth"),
        -1 => Some("last"),
        -2 => Some("last but one"),
        _ => None,
    }
}

/// “15th”; -1 is the last day.
fn day_of_month(day: i8) -> String {
    match day {
        -1 => "last day".to_owned(),
        ..0 => format!("{} days before the last", -1 - day),
        11..=13 => format!("{day}th"),
        _ => match day % 10 {
            1 => format!("{day}st"),
            2 => format!("{day}nd"),
            3 => format!("{day}rd"),
            _ => format!("{day}th"),
        },
    }
}

fn hours(schedule: &Schedule) -> Option<String> {
    match (schedule.opens_at, schedule.closes_at) {
        (Some(opens), Some(closes)) if opens == Time::midnight() && closes >= LAST_MINUTE => {
            Some("day and night".to_owned())
        }
        (Some(opens), Some(closes)) => Some(format!("{} to {}", clock(opens), clock(closes))),
        (Some(opens), None) => Some(format!("from {}", clock(opens))),
        (None, Some(closes)) => Some(format!("until {}", clock(closes))),
        (None, None) => None,
    }
}

fn dates(schedule: &Schedule) -> Option<String> {
    match (schedule.valid_from, schedule.valid_to) {
        (Some(from), Some(to)) if from == to => Some(format!("On {}", day_in_words(from))),
        (Some(from), Some(to)) => Some(format!(
            "From {} to {}",
            day_in_words(from),
            day_in_words(to)
        )),
        (Some(from), None) => Some(format!("From {}", day_in_words(from))),
        (None, Some(to)) => Some(format!("Until {}", day_in_words(to))),
        (None, None) => None,
    }
}

/// “10am”, “2:30pm”, “12 noon”
fn clock(time: Time) -> String {
    match (time.hour(), time.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "12 noon".to_owned(),
        (_, 0) => time.strftime("%-I%P").to_string(),
        _ => time.strftime("%-I:%M%P").to_string(),
    }
}

/// “Monday, Tuesday and Friday”
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use domain::{ids::ScheduleId, local_offer::ScheduleDetails};

    use super::*;

    fn schedule(freq: Frequency, byday: &[Weekday]) -> Schedule {
        Schedule {
            id: "018f0000-0000-7000-8000-000000000001"
                .parse::<ScheduleId>()
                .unwrap(),
            freq: Some(freq),
            interval: None,
            byday: byday.to_vec(),
            ordinals: vec![],
            bymonthday: vec![],
            valid_from: None,
            valid_to: None,
            opens_at: Some(Time::constant(10, 0, 0, 0)),
            closes_at: Some(Time::constant(12, 0, 0, 0)),
            description: None,
            notes: None,
            details: ScheduleDetails::default(),
        }
    }

    fn said(schedule: &Schedule) -> String {
        in_words(schedule).unwrap_or_default()
    }

    #[test]
    fn days_and_hours_are_said_before_the_feed_s_own_words() {
        let term_time = Schedule {
            description: Some("In term time.".to_owned()),
            notes: Some("Bring a towel".to_owned()),
            ..schedule(Frequency::Weekly, &[Weekday::Saturday])
        };
        assert_eq!(
            said(&term_time),
            "Every Saturday, 10am to 12 noon. In term time. Bring a towel."
        );
    }

    #[test]
    fn days_of_the_week_are_said_as_people_say_them() {
        use Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
        let weekly = |days: &[Weekday]| schedule(Frequency::Weekly, days);
        let working = weekly(&[Monday, Tuesday, Wednesday, Thursday, Friday]);
        assert_eq!(said(&working), "Monday to Friday, 10am to 12 noon.");
        let two = weekly(&[Friday, Monday]);
        assert_eq!(said(&two), "Every Monday and Friday, 10am to 12 noon.");
        assert_eq!(said(&weekly(&Weekday::ALL)), "Every day, 10am to 12 noon.");
        let second = Schedule {
            interval: Some(2),
            valid_from: Some(jiff::civil::date(2026, 11, 7)),
            ..weekly(&[Weekday::Saturday])
        };
        assert_eq!(
            said(&second),
            "Every second Saturday, 10am to 12 noon. From Saturday 7 November 2026."
        );
    }

    #[test]
    fn days_of_the_month_are_said_however_the_feed_counts_them() {
        let first = "Every first Monday of the month, 10am to 12 noon.";
        let monthly = schedule(Frequency::Monthly, &[Weekday::Monday]);
        let by_ordinal = Schedule {
            ordinals: vec![1],
            ..monthly.clone()
        };
        assert_eq!(said(&by_ordinal), first);
        let by_days = Schedule {
            bymonthday: (1..=7).collect(),
            ..monthly
        };
        assert_eq!(said(&by_days), first);
        let twice = Schedule {
            bymonthday: vec![1, 22],
            ..schedule(Frequency::Monthly, &[])
        };
        assert_eq!(
            said(&twice),
            "On the 1st and 22nd of each month, 10am to 12 noon."
        );
        let quarterly = Schedule {
            interval: Some(3),
            ordinals: vec![-1],
            ..schedule(Frequency::Monthly, &[Weekday::Friday])
        };
        assert_eq!(
            said(&quarterly),
            "Every 3 months, on the last Friday, 10am to 12 noon."
        );
    }

    #[test]
    fn nothing_is_said_where_nothing_is_known() {
        let empty = Schedule {
            opens_at: None,
            closes_at: None,
            ..schedule(Frequency::Weekly, &[])
        };
        assert_eq!(in_words(&empty), None);
    }

    #[test]
    fn christmas_is_a_bank_holiday_and_a_saturday_is_none() {
        assert!(is_bank_holiday(jiff::civil::date(2026, 12, 25)));
        assert!(!is_bank_holiday(jiff::civil::date(2026, 11, 28)));
        assert!(!is_bank_holiday(jiff::civil::date(2026, 11, 27)));
    }
}
