//! Filters among the words: days, times of day, what it costs, districts, “online”.

use domain::codes::{Charge, Delivery};
use domain::keys::TermSlug;
use domain::local_offer::Weekday;
use jiff::civil::Date;

use super::tokens::{Tokens, Use};
use super::{Known, understood};
use crate::facet::{Facet, Tick};
use crate::listing_facets::day_number;
use crate::results::{Meant, Understood};
use crate::ticks::DAYS;

/// “gluten free” is no price.
const NOT_A_PRICE: [&str; 8] = [
    "gluten", "dairy", "smoke", "seizure", "sugar", "nut", "drug", "step",
];

/// Takes them out of the words.
pub(super) fn take(tokens: &mut Tokens, today: Option<Date>, known: Known<'_>) -> Vec<Understood> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if let Some((district, length)) = known
            .knowledge
            .districts
            .longest_at(&taken_or_free(tokens, at))
        {
            let tick = Tick {
                facet: Facet::District,
                slug: district.slug.clone(),
            };
            found.push(understood(Meant::Tick(tick), district.name.clone()));
            tokens.take(at, length, Use::Lifts);
            continue;
        }
        let Some(word) = tokens.free(at) else {
            continue;
        };
        let text = word.text.clone();
        let before = at.checked_sub(1).and_then(|before| tokens.word(before));
        let before = before.map_or("", |word| word.text.as_str());
        let after = tokens.word(at + 1).map_or("", |word| word.text.as_str());
        let ticks = match text.as_str() {
            "free" if !NOT_A_PRICE.contains(&before) => {
                vec![(Facet::Charge, Charge::Free.as_str(), "Free")]
            }
            "online" | "virtual" | "zoom" => {
                vec![(Facet::Delivery, Delivery::Online.as_str(), "Online")]
            }
            "morning" | "mornings" => vec![(Facet::TimeOfDay, "morning", "Morning")],
            "afternoon" | "afternoons" => vec![(Facet::TimeOfDay, "afternoon", "Afternoon")],
            "evening" | "evenings" => vec![(Facet::TimeOfDay, "evening", "Evening")],
            // “sat morn”, “friday night”; “wet at night” is no evening.
            "morn" | "morns" if is_day(before) => vec![(Facet::TimeOfDay, "morning", "Morning")],
            "eve" | "eves" | "night" | "nights" if is_day(before) => {
                vec![(Facet::TimeOfDay, "evening", "Evening")]
            }
            text => days(text, today)
                .into_iter()
                .chain(short_day(text, before, after))
                .map(|day| (Facet::Day, DAYS[day_number(day)], day.name()))
                .collect(),
        };
        if !ticks.is_empty() {
            tokens.take(at, 1, Use::Lifts);
        }
        for (facet, slug, name) in ticks {
            if let Ok(slug) = slug.parse::<TermSlug>() {
                found.push(understood(Meant::Tick(Tick { facet, slug }), name));
            }
        }
    }
    found.dedup();
    found
}

/// A district may be a town too, and is then taken already.
fn taken_or_free(tokens: &Tokens, at: usize) -> Vec<crate::words::Word> {
    let free = |token: &super::tokens::Token| matches!(token.used, Use::Free | Use::Lifts);
    tokens
        .iter()
        .skip(at)
        .take_while(|token| free(token))
        .map(|token| token.word.clone())
        .collect()
}

fn days(text: &str, today: Option<Date>) -> Vec<Weekday> {
    let of_date = |date: Date| {
        let number = date.weekday().to_monday_zero_offset();
        let number = usize::try_from(number).unwrap_or_default();
        Weekday::ALL.get(number).copied()
    };
    let singular = text.strip_suffix('s').unwrap_or(text);
    let named = Weekday::ALL
        .into_iter()
        .find(|day| day.name().eq_ignore_ascii_case(singular));
    match (named, singular) {
        (Some(day), _) => vec![day],
        (None, "weekend") => vec![Weekday::Saturday, Weekday::Sunday],
        (None, "today" | "tonight") => today.and_then(of_date).into_iter().collect(),
        (None, "tomorrow") => {
            let tomorrow = today.and_then(|today| today.tomorrow().ok());
            tomorrow.and_then(of_date).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// A day as it is cut short: “mon”. “Sat” and “sun” are words too, and days only beside what goes with
/// one: “he sat down on a sat morning”.
fn short_day(text: &str, before: &str, after: &str) -> Option<Weekday> {
    let day = match text {
        "mon" | "mons" => Weekday::Monday,
        "tue" | "tues" => Weekday::Tuesday,
        "weds" => Weekday::Wednesday,
        "thur" | "thurs" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    };
    let goes_before = ["on", "every", "each", "this", "next", "sat", "fri"];
    let goes_after = [
        "morn",
        "morns",
        "morning",
        "mornings",
        "am",
        "pm",
        "afternoon",
        "afternoons",
        "eve",
        "evening",
        "evenings",
        "night",
        "nights",
        "and",
        "or",
        "sun",
        "club",
        "group",
    ];
    let is_certain = !matches!(text, "sat" | "sun") || (text, before) == ("sun", "and");
    (is_certain || goes_before.contains(&before) || goes_after.contains(&after)).then_some(day)
}

/// Whether it names a day, in full or cut short.
fn is_day(text: &str) -> bool {
    !days(text, None).is_empty() || short_day(text, "on", "").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_known_by_their_names_and_by_the_calendar() {
        let wednesday = Some(Date::constant(2026, 11, 25));
        assert_eq!(days("saturdays", None), [Weekday::Saturday]);
        assert_eq!(days("weekend", None), [Weekday::Saturday, Weekday::Sunday]);
        assert_eq!(days("tomorrow", wednesday), [Weekday::Thursday]);
        assert!(days("today", None).is_empty());
        assert!(days("sat", None).is_empty());
    }

    #[test]
    fn days_are_known_cut_short_where_they_are_no_other_word() {
        let saturday = Some(Weekday::Saturday);
        assert_eq!(short_day("sat", "swimming", "morn"), saturday);
        assert_eq!(short_day("sat", "on", ""), saturday);
        assert_eq!(short_day("sat", "he", "down"), None);
        assert_eq!(short_day("sun", "strong", ""), None);
        assert_eq!(short_day("tues", "", ""), Some(Weekday::Tuesday));
        assert!(is_day("fri") && is_day("Sundays") && !is_day("bed"));
    }
}
