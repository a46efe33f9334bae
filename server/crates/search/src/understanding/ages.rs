//! Ages among the words: “4 year old”, “aged 5 to 11”, “18 months”, “year 9”, “teenager”.

use super::tokens::{Tokens, Use};
use super::understood;
use crate::query::{Ages, OLDEST};
use crate::results::{Meant, Understood};
use crate::words::Word;

/// Stages of life that people name, with their ages.
const STAGES: [(&[&str], u8, u8); 6] = [
    (&["baby", "babies", "newborn", "newborns", "infant"], 0, 1),
    (&["toddler", "toddlers"], 1, 3),
    (&["preschool", "preschooler", "preschoolers"], 2, 4),
    (
        &["teenager", "teenagers", "teenage", "teen", "teens"],
        13,
        19,
    ),
    (&["tween", "tweens"], 9, 12),
    (&["post16"], 16, OLDEST),
];

const NUMBERS: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// A number after one of them is an age.
const PEOPLE: [&str; 14] = [
    "son",
    "daughter",
    "boy",
    "girl",
    "child",
    "kid",
    "teen",
    "teenager",
    "brother",
    "sister",
    "grandson",
    "granddaughter",
    "nephew",
    "niece",
];

/// What was found: how many words it takes, the ages, and what becomes of the words.
struct Found {
    length: usize,
    ages: Option<Ages>,
    used: Use,
}

/// Takes the first age out of the words.
pub(super) fn take(tokens: &mut Tokens) -> Option<Understood> {
    for at in 0..tokens.len() {
        let words = tokens.free_from(at);
        let Some(found) = found(&words, tokens.word(at.wrapping_sub(1))) else {
            continue;
        };
        let Some(ages) = found.ages else {
            continue;
        };
        tokens.take(at, found.length, found.used);
        return Some(understood(Meant::Ages(ages), name(ages)));
    }
    None
}

fn found(words: &[Word], before: Option<&Word>) -> Option<Found> {
    let done = |length, ages| Found {
        length,
        ages,
        used: Use::Done,
    };
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let only = |age: u8| Ages::new(age, age);
    // “aged 5 to 11”, “5-11 year olds”, “age 4”
    let aged = usize::from(matches!(text(0), "age" | "aged" | "ages"));
    let to = usize::from(matches!(text(aged + 1), "to" | "and"));
    if let (Some(from), Some(until)) = (number(text(aged)), number(text(aged + 1 + to))) {
        let after = aged + 2 + to;
        let unit = years(words, after);
        if aged + unit > 0 && from < until {
            return Some(done(after + unit, Ages::new(from, until)));
        }
    }
    if let (1, Some(age)) = (aged, number(text(1))) {
        return Some(done(2 + years(words, 2), only(age)));
    }
    if let Some(found) = with_unit(words) {
        return Some(done(found.0, found.1));
    }
    if let Some((glued, year)) = school_year(words) {
        return Some(Found {
            // “year 9” may be a phrase of the field too, so its words stay; “y9” is none.
            length: usize::from(glued),
            ages: Ages::new(year + 4, year + 5),
            used: Use::Done,
        });
    }
    if let Some((length, ages)) = open_ended(words) {
        // “post 16” is a phrase of the field too.
        return Some(Found {
            length,
            ages,
            used: Use::Lifts,
        });
    }
    // “he is 7”
    let is = before.is_some_and(|word| {
        let texts = [
            "is", "hes", "shes", "im", "am", "turning", "turned", "nearly", "almost",
        ];
        texts.contains(&word.text.as_str())
    });
    // “my daughter 17”
    let is_of_somebody = before.is_some_and(|word| {
        let word = word.text.strip_suffix('s').unwrap_or(&word.text);
        PEOPLE.contains(&word)
    });
    let other_unit = [
        "min", "mins", "minutes", "weeks", "week", "miles", "hours", "hour", "days", "day",
        "times", "sessions", "mornings", "evenings", "nights", "am", "pm",
    ];
    if (is || is_of_somebody) && !other_unit.contains(&text(1)) {
        return Some(done(1, only(number(text(0))?)));
    }
    let stage = STAGES
        .iter()
        .find(|(names, _, _)| names.contains(&text(0)))?;
    Some(Found {
        length: 1,
        ages: Ages::new(stage.1, stage.2),
        used: Use::Lifts,
    })
}

/// “year 9”, “yr 9”, “y9”: whether it is written as one word, and which year.
fn school_year(words: &[Word]) -> Option<(bool, u8)> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let year = |text: &str| {
        let year = text.parse::<u8>().ok();
        year.filter(|year| (1..=13).contains(year))
    };
    if matches!(text(0), "year" | "yr" | "years" | "yrs") {
        return Some((false, year(text(1))?));
    }
    let digits = ["year", "yr", "y"]
        .iter()
        .find_map(|short| text(0).strip_prefix(short))?;
    Some((true, year(digits)?))
}

/// “4 year old”, “4yo”, “3 and a half”, “18 months”
fn with_unit(words: &[Word]) -> Option<(usize, Option<Ages>)> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let (digits, glued) = split_number(text(0));
    let value = number(digits)
        .map(u32::from)
        .or_else(|| digits.parse().ok())?;
    let (unit, after) = match glued {
        "" => (text(1), 2),
        unit => (unit, 1),
    };
    let years_old = u8::try_from(value).ok().filter(|age| *age <= OLDEST);
    let one = |age: u8| Ages::new(age, age);
    match unit {
        "month" | "months" | "mo" | "mth" | "mths" if value <= 60 => {
            let age = u8::try_from(value / 12).ok()?;
            Some((after + old(words, after), one(age)))
        }
        "yo" | "yr" | "yrs" | "year" | "years" | "y" => {
            let age = years_old?;
            Some((after + old(words, after), one(age)))
        }
        _ => None,
    }
}

/// “under 5s”, “over 16”, “16 plus”, “post 16”
fn open_ended(words: &[Word]) -> Option<(usize, Option<Ages>)> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let age = number(text(1).trim_end_matches('s')).or_else(|| number(text(1)));
    match (text(0), age) {
        ("under", Some(age)) if age > 0 => Some((2, Ages::new(0, age - 1))),
        ("over" | "post", Some(age)) => Some((2, Ages::new(age, OLDEST))),
        (first, _) if matches!(text(1), "plus" | "upwards") => {
            Some((2, Ages::new(number(first)?, OLDEST)))
        }
        _ => None,
    }
}

/// How many of the words after an age say that it is one.
fn years(words: &[Word], at: usize) -> usize {
    let is = |word: &Word| {
        matches!(
            word.text.as_str(),
            "year" | "years" | "yr" | "yrs" | "yo" | "y"
        )
    };
    match words.get(at) {
        Some(word) if is(word) => 1 + old(words, at + 1),
        _ => 0,
    }
}

fn old(words: &[Word], at: usize) -> usize {
    let is = |word: &Word| matches!(word.text.as_str(), "old" | "olds" | "o");
    usize::from(words.get(at).is_some_and(is))
}

/// An age in digits or in words.
fn number(text: &str) -> Option<u8> {
    let spelled = NUMBERS.iter().position(|name| *name == text);
    let spelled = spelled.and_then(|place| u8::try_from(place + 1).ok());
    let age = spelled.or_else(|| text.parse().ok())?;
    (age <= OLDEST).then_some(age)
}

/// “4yo” is “4” and “yo”.
fn split_number(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    if end == 0 {
        (text, "")
    } else {
        text.split_at(end)
    }
}

/// “Age 4”, “Ages 13 to 19”
fn name(ages: Ages) -> String {
    if ages.from() == ages.to() {
        format!("Age {}", ages.from())
    } else {
        format!("Ages {} to {}", ages.from(), ages.to())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words_of;

    fn ages(words: &str) -> Option<String> {
        let mut tokens = Tokens::new(words_of(words));
        take(&mut tokens).map(|understood| match understood.meant {
            Meant::Ages(ages) => ages.to_string(),
            other => format!("{other:?}"),
        })
    }

    #[test]
    fn ages_are_found_as_people_write_them() {
        let table = [
            ("my 4 year old", "4"),
            ("swim 4yo", "4"),
            ("a two year old boy", "2"),
            ("swim aged 12", "12"),
            ("age 0", "0"),
            ("ages 5 to 11", "5-11"),
            ("5-11 year olds", "5-11"),
            ("18 months old", "1"),
            ("8 month old baby", "0"),
            ("year 9 options", "13-14"),
            ("under 5s group", "0-4"),
            ("under fives group", "0-4"),
            ("16 plus", "16-25"),
            ("post 16 college", "16-25"),
            ("autistic teenager", "13-19"),
            ("my son is 7", "7"),
            ("my daughter 17 college", "17"),
            ("y6 going up", "10-11"),
            ("yr10 options", "14-15"),
            ("youth club 16 plus", "16-25"),
        ];
        for (words, found) in table {
            assert_eq!(ages(words).as_deref(), Some(found), "{words}");
        }
    }

    #[test]
    fn other_numbers_are_no_ages() {
        for words in [
            "swim 90 years",
            "ks2 maths",
            "the bus is 20 minutes late",
            "3 miles",
            "two sessions",
            "form 4",
            "two boys 3 days",
            "y14",
        ] {
            assert_eq!(ages(words), None, "{words}");
        }
    }
}
