//! How long people wait, area by area: what was stated last, since when, by whom, and how it changed.

use domain::{
    clock::day_in_words,
    local_offer::{Listing, WaitingTime},
};
use jiff::{ToSpan, civil::Date};
use leptos::prelude::*;

use super::{
    chart::chart,
    section::{prose, sentence},
};

/// The whole part; nothing where no wait was stated and nothing is said about waiting.
pub(super) fn waits(listing: &Listing, today: Date) -> Option<AnyView> {
    let send = &listing.send;
    let areas: Vec<AnyView> = send
        .waits_now()
        .into_iter()
        .enumerate()
        .map(|(index, now)| area(listing, now, index, today))
        .collect();
    let meanwhile = meanwhile(send.while_you_wait.as_deref(), !areas.is_empty());
    let stated = (!areas.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">"How long people wait"</h2>
            <p class="govuk-body">"This is the time from when you ask to the first appointment."</p>
            <div class="hub-waits">{areas}</div>
        }
    });
    (stated.is_some() || meanwhile.is_some()).then(|| (stated, meanwhile).into_any())
}

/// The longest wait stated last, for the facts at a glance: “Up to 40 weeks”.
pub(super) fn in_short(listing: &Listing) -> Option<String> {
    let now = listing.send.waits_now();
    let longest = now.iter().map(|wait| wait.weeks).max()?;
    let shortest = now.iter().map(|wait| wait.weeks).min()?;
    if longest == shortest {
        Some(weeks(longest))
    } else {
        Some(format!("{shortest} to {longest} weeks, by area"))
    }
}

fn area(listing: &Listing, now: &WaitingTime, index: usize, today: Date) -> AnyView {
    let history = listing.send.waits_of(now.area.as_deref());
    let place = now
        .area
        .clone()
        .unwrap_or_else(|| "Everywhere it works".to_owned());
    let stated = format!(
        "Stated on {}{}.{}",
        day_in_words(now.stated_on),
        now.source
            .as_ref()
            .map(|source| format!(" by {source}"))
            .unwrap_or_default(),
        change(&history).unwrap_or_default(),
    );
    let old = is_old(now.stated_on, today)
        .then(|| sentence("This is more than a year old. Ask the service how long it is now."));
    let drawn =
        (history.len() > 1).then(|| (chart(&place, &history, index), table(&place, &history)));
    let now = about(now.weeks);
    view! {
        <div class="hub-wait">
            <h3 class="govuk-heading-s">{place}</h3>
            <p class="hub-wait__now">{now}</p>
            <p class="govuk-body">{stated}</p>
            {old}
            {drawn}
        </div>
    }
    .into_any()
}

/// “It was 10 weeks shorter on …”; nothing of the first time that a wait was stated.
fn change(history: &[&WaitingTime]) -> Option<String> {
    let [.., before, now] = history else {
        return None;
    };
    let day = day_in_words(before.stated_on);
    let by = weeks(now.weeks.abs_diff(before.weeks));
    Some(match now.weeks.cmp(&before.weeks) {
        std::cmp::Ordering::Equal => format!(" It was the same on {day}."),
        std::cmp::Ordering::Less => format!(" It is {by} shorter than on {day}."),
        std::cmp::Ordering::Greater => format!(" It is {by} longer than on {day}."),
    })
}

/// Every figure there is, the newest first.
fn table(place: &str, history: &[&WaitingTime]) -> AnyView {
    let rows: Vec<AnyView> = history
        .iter()
        .rev()
        .map(|wait| {
            let day = day_in_words(wait.stated_on);
            let source = wait.source.clone().unwrap_or_else(|| "Not said".to_owned());
            view! { <tr><th scope="row">{day}</th><td>{weeks(wait.weeks)}</td><td>{source}</td></tr> }
                .into_any()
        })
        .collect();
    let caption = format!("How the wait has changed: {place}");
    let summary = view! { "See all the figures" <span class="govuk-visually-hidden">": " {place.to_owned()}</span> };
    view! {
        <details class="govuk-details hub-wait__figures">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{summary}</span>
            </summary>
            <table class="hub-wait__table">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Stated on"</th>
                        <th scope="col">"Wait"</th>
                        <th scope="col">"Stated by"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
    .into_any()
}

/// What to do while waiting: the service's own words, and help that needs no waiting.
fn meanwhile(own: Option<&str>, has_wait: bool) -> Option<AnyView> {
    let own = own.filter(|words| !words.trim().is_empty());
    (own.is_some() || has_wait).then(|| {
        let own = own.map(prose);
        view! {
            <h2 class="govuk-heading-m">"While you wait"</h2>
            {own}
            <p class="govuk-body">
                "You do not have to wait for help. "
                <a class="govuk-link" href="/guides/while-you-wait">"Read what you can do while you wait"</a>
                ", or "
                <a class="govuk-link" href="/local-offer">"look for other services"</a>
                ". If things get worse, tell the service."
            </p>
        }
        .into_any()
    })
}

/// Whether something that was true on a day may well not be so today: a year has passed.
pub(super) fn is_old(day: Date, today: Date) -> bool {
    day.checked_add(1.year()).is_ok_and(|end| end < today)
}

/// “No wait”, “1 week”, “40 weeks”
pub(super) fn weeks(count: u16) -> String {
    match count {
        0 => "no wait".to_owned(),
        1 => "1 week".to_owned(),
        more => format!("{more} weeks"),
    }
}

/// A long wait in months as well.
fn about(count: u16) -> String {
    match count {
        0 => "No wait".to_owned(),
        1..=12 => weeks(count),
        // A year has 52 weeks, near enough; halves are rounded up.
        more => format!(
            "{} (about {} months)",
            weeks(more),
            (u32::from(more) * 12 + 26) / 52
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(weeks: u16, day: &str) -> WaitingTime {
        WaitingTime {
            area: None,
            weeks,
            stated_on: day.parse().unwrap(),
            source: None,
        }
    }

    #[test]
    fn a_long_wait_is_said_in_months_as_well() {
        for (count, words) in [
            (0, "No wait"),
            (1, "1 week"),
            (12, "12 weeks"),
            (13, "13 weeks (about 3 months)"),
            (40, "40 weeks (about 9 months)"),
            (52, "52 weeks (about 12 months)"),
            (u16::MAX, "65535 weeks (about 15123 months)"),
        ] {
            assert_eq!(about(count), words);
        }
    }

    #[test]
    fn a_wait_says_how_it_changed_since_it_was_stated_before() {
        let (spring, autumn) = (wait(30, "2026-03-01"), wait(40, "2026-09-01"));
        assert_eq!(
            change(&[&spring, &autumn]).as_deref(),
            Some(" It is 10 weeks longer than on Sunday 1 March 2026.")
        );
        assert_eq!(
            change(&[&autumn, &spring]).as_deref(),
            Some(" It is 10 weeks shorter than on Tuesday 1 September 2026.")
        );
        assert_eq!(
            change(&[&spring, &spring]).as_deref(),
            Some(" It was the same on Sunday 1 March 2026.")
        );
        assert_eq!(change(&[&spring]), None);
    }

    #[test]
    fn what_was_stated_a_year_ago_to_the_day_is_not_old_yet() {
        let today = jiff::civil::date(2026, 11, 25);
        assert!(!is_old(jiff::civil::date(2025, 11, 25), today));
        assert!(is_old(jiff::civil::date(2025, 11, 24), today));
    }
}
