//! From what was typed to what is meant: a place, an age, and things to look for.
//!
//! “help for my 4 year old not talking near ME14 1XQ” is: age 4, the place ME14 1XQ, and “not
//! talking” (which finds speech and language therapy too).

use domain::postcode::{Postcode, PostcodeQuery};

use crate::query::{PlaceOutcome, Query};
use crate::sectors::position_of;
use crate::vocabulary::{Phrase, Vocabulary};
use crate::words::{Word, words_of};

/// More of a question than this is not read: it bounds the work of one search.
const MOST_CHARS: usize = 300;
/// Nor are more words.
const MOST_WORDS: usize = 16;
/// The local offer is for people up to this age.
const OLDEST: u8 = 25;

/// What is meant.
#[derive(Debug)]
pub(crate) struct Understanding {
    pub(crate) wishes: Vec<Wish>,
    pub(crate) age: Option<u8>,
    pub(crate) place: PlaceOutcome,
}

/// Whether a hit must have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// It must.
    For,
    /// It is better with it.
    Optionally,
}

/// One thing to look for: a word or a known phrase.
#[derive(Debug)]
pub(crate) struct Wish {
    pub(crate) asked: Asked,
    /// What was typed.
    pub(crate) typed: Phrase,
    /// What means the same.
    pub(crate) same: Vec<Phrase>,
    /// What is found too.
    pub(crate) see: Vec<Phrase>,
    /// This word and its neighbour written as one.
    pub(crate) joined: Vec<Word>,
    /// Whether it is the last word typed, which may be unfinished.
    pub(crate) ends: Ends,
}

/// Whether more may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ends {
    /// The word is whole.
    Whole,
    /// It is the last: it may be the beginning of a longer one.
    Open,
}

/// Understands a query.
pub(crate) fn understand(query: &Query) -> Understanding {
    let typed: String = query.words.chars().take(MOST_CHARS).collect();
    let mut words = words_of(&typed);
    words.truncate(MOST_WORDS);
    let asked = query
        .postcode
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let place = match asked {
        Some(text) => place_of(text),
        None => take_place(&mut words),
    };
    let age_in_words = take_age(&mut words);
    let words = without_greeting(words);
    Understanding {
        wishes: wishes(&words),
        age: query.age.or(age_in_words),
        place,
    }
}

fn place_of(text: &str) -> PlaceOutcome {
    let typed: String = text.chars().take(MOST_CHARS).collect();
    let found = PostcodeQuery::parse(&typed).and_then(|place| Some((position_of(&place)?, place)));
    match found {
        Some((position, place)) => PlaceOutcome::Known {
            name: place.as_str().to_owned(),
            position,
        },
        None => PlaceOutcome::Unknown { typed },
    }
}

/// Takes the first full postcode, or an outward code after “near” or “in”, out of the words. Only one
/// that exists: “KS2” is a key stage.
fn take_place(words: &mut Vec<Word>) -> PlaceOutcome {
    let full = |part: &[Word]| {
        let text: String = part.iter().map(|word| word.typed.as_str()).collect();
        text.parse::<Postcode>().ok().map(PostcodeQuery::Postcode)
    };
    for start in 0..words.len() {
        let after_near = start > 0
            && matches!(
                words[start - 1].text.as_str(),
                "near" | "in" | "around" | "from"
            );
        let outward = after_near
            .then(|| PostcodeQuery::parse(&words[start].typed))
            .flatten();
        let candidates = [
            (2, words.get(start..start + 2).and_then(full)),
            (1, words.get(start..start + 1).and_then(full)),
            (1, outward),
        ];
        let known = candidates.into_iter().find_map(|(length, place)| {
            let place = place?;
            Some((length, position_of(&place)?, place))
        });
        if let Some((length, position, place)) = known {
            words.drain(start..start + length);
            return PlaceOutcome::Known {
                name: place.as_str().to_owned(),
                position,
            };
        }
    }
    PlaceOutcome::NotAsked
}

/// Takes “4 year old”, “4yr”, “4yo”, “aged 4” or “age 4” out of the words. “Year 9” is a school year.
fn take_age(words: &mut Vec<Word>) -> Option<u8> {
    let number = |word: Option<&Word>| word?.text.parse::<u8>().ok().filter(|age| *age <= OLDEST);
    let is = |word: Option<&Word>, forms: &[&str]| {
        word.is_some_and(|word| forms.contains(&word.text.as_str()))
    };
    for start in 0..words.len() {
        let at = |offset: usize| words.get(start + offset);
        let old = |offset: usize| usize::from(is(at(offset), &["old", "olds"]));
        let found = if let (Some(age), true) = (
            number(at(0)),
            is(at(1), &["year", "years", "yr", "yrs", "yo"]),
        ) {
            Some((age, 2 + old(2)))
        } else if let (true, Some(age)) = (is(at(0), &["age", "aged"]), number(at(1))) {
            Some((age, 2))
        } else {
            age_with_unit(at(0)).map(|age| (age, 1 + old(1)))
        };
        if let Some((age, length)) = found {
            words.drain(start..start + length);
            return Some(age);
        }
    }
    None
}

/// “4yo”, “12yr”, “3years”
fn age_with_unit(word: Option<&Word>) -> Option<u8> {
    let text = word?.text.as_str();
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let age = number.parse().ok().filter(|age| *age <= OLDEST)?;
    matches!(unit, "yo" | "yr" | "yrs" | "year" | "years").then_some(age)
}

/// “Hi, …” is a greeting; “HI” is hearing impairment.
fn without_greeting(mut words: Vec<Word>) -> Vec<Word> {
    let greets =
        |word: &Word| matches!(word.text.as_str(), "hi" | "hello" | "hiya") && word.typed != "HI";
    if words.len() > 1 && words.first().is_some_and(greets) {
        words.remove(0);
    }
    words
}

fn wishes(words: &[Word]) -> Vec<Wish> {
    let vocabulary = Vocabulary::get();
    let mut wishes = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let rest = &words[start..];
        let known = vocabulary.longest_at(rest);
        let length = known.as_ref().map_or(1, |known| known.length);
        let is_last = start + length == words.len();
        let left_out = known.is_none() && vocabulary.is_left_out(&words[start]);
        if !left_out {
            let optional = known.is_none() && vocabulary.is_optional(&words[start]);
            let (same, see) = known
                .map(|known| (known.same, known.see))
                .unwrap_or_default();
            wishes.push(Wish {
                asked: if optional {
                    Asked::Optionally
                } else {
                    Asked::For
                },
                typed: words[start..start + length].to_vec(),
                same,
                see,
                joined: if length == 1 {
                    joined(words, start)
                } else {
                    Vec::new()
                },
                ends: if is_last { Ends::Open } else { Ends::Whole },
            });
        }
        start += length;
    }
    if wishes.is_empty() && !words.is_empty() {
        // Somebody who types only “the” or “about us” means just that.
        wishes = words.iter().map(only_word).collect();
    }
    if wishes.iter().all(|wish| wish.asked == Asked::Optionally) {
        wishes.iter_mut().for_each(|wish| wish.asked = Asked::For);
    }
    wishes
}

fn only_word(word: &Word) -> Wish {
    Wish {
        asked: Asked::For,
        typed: vec![word.clone()],
        same: Vec::new(),
        see: Vec::new(),
        joined: Vec::new(),
        ends: Ends::Whole,
    }
}

/// “wheel chair” is also “wheelchair”: each of the two words is met by the one.
fn joined(words: &[Word], at: usize) -> Vec<Word> {
    let pair = |first: usize| -> Option<Word> {
        let (one, two) = (words.get(first)?, words.get(first + 1)?);
        words_of(&format!("{}{}", one.text, two.text))
            .into_iter()
            .next()
    };
    [at.checked_sub(1).and_then(pair), pair(at)]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn understood(words: &str) -> Understanding {
        understand(&Query {
            words: words.to_owned(),
            ..Query::default()
        })
    }

    fn asked(understanding: &Understanding) -> Vec<String> {
        let told = |wish: &Wish| {
            wish.typed
                .iter()
                .map(|word| word.text.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        understanding
            .wishes
            .iter()
            .filter(|wish| wish.asked == Asked::For)
            .map(told)
            .collect()
    }

    #[test]
    fn a_whole_question_is_an_age_a_place_and_what_it_is_about() {
        let meant = understood("help for my 4 year old not talking near ME14 1XQ");
        assert_eq!(meant.age, Some(4));
        assert!(matches!(&meant.place, PlaceOutcome::Known { name, .. } if name == "ME14 1XQ"));
        assert_eq!(asked(&meant), ["not talking"]);
    }

    #[test]
    fn postcodes_are_found_in_any_case_and_spacing() {
        for words in ["swim me141xq", "swim ME14 1xq", "swim near me14"] {
            assert!(
                matches!(understood(words).place, PlaceOutcome::Known { .. }),
                "{words}"
            );
        }
        assert_eq!(understood("ks2 maths").place, PlaceOutcome::NotAsked);
    }

    #[test]
    fn ages_are_found_and_school_years_are_none() {
        assert_eq!(understood("swim 4yo").age, Some(4));
        assert_eq!(understood("swim aged 12").age, Some(12));
        assert_eq!(understood("year 9 options").age, None);
        assert_eq!(understood("swim 90 years").age, None);
    }

    #[test]
    fn hi_that_opens_a_question_is_a_greeting() {
        assert_eq!(asked(&understood("Hi, swimming please")), ["swimming"]);
        assert_eq!(asked(&understood("HI swimming")), ["hi", "swimming"]);
    }

    #[test]
    fn words_that_say_little_are_asked_for_when_there_are_no_others() {
        assert_eq!(asked(&understood("help")), ["help"]);
        assert_eq!(asked(&understood("the")), ["the"]);
    }
}
