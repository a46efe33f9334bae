//! The place of a query: its field, or a postcode or a town among the words.

use domain::postcode::{Postcode, PostcodeQuery};

use super::tokens::{Tokens, Use};
use super::{Known, MOST_CHARS};
use crate::query::Query;
use crate::results::PlaceOutcome;
use crate::sectors::position_of;
use crate::words::{Word, words_of};

/// Words that a place follows.
const BEFORE: [&str; 6] = ["near", "in", "around", "from", "at", "by"];

/// Where the query is about. What the words say counts where the field is empty.
pub(super) fn of_query(query: &Query, tokens: &mut Tokens, known: Known<'_>) -> PlaceOutcome {
    let typed = query.postcode.as_deref().map(str::trim);
    match typed.filter(|typed| !typed.is_empty()) {
        Some(typed) => of_field(typed, query, known),
        None => of_words(tokens, query, known).unwrap_or(PlaceOutcome::NotAsked),
    }
}

fn of_field(typed: &str, query: &Query, known: Known<'_>) -> PlaceOutcome {
    let typed: String = typed.chars().take(MOST_CHARS).collect();
    let postcode = PostcodeQuery::parse(&typed).and_then(|place| outcome(&place, query));
    let town = || {
        let words = words_of(&typed);
        let town = known.surroundings.towns.longest_at(&words)?;
        (town.length == words.len()).then_some(PlaceOutcome::Known {
            name: town.name,
            position: town.position,
        })
    };
    postcode
        .or_else(town)
        .unwrap_or(PlaceOutcome::Unknown { typed })
}

fn outcome(place: &PostcodeQuery, query: &Query) -> Option<PlaceOutcome> {
    let exact = match place {
        PostcodeQuery::Postcode(_) => query.exact,
        PostcodeQuery::Sector(_) | PostcodeQuery::Outward(_) => None,
    };
    Some(PlaceOutcome::Known {
        position: exact.or_else(|| position_of(place))?,
        name: place.as_str().to_owned(),
    })
}

/// Takes the first postcode, or an outward code, or a town, out of the words. Only what exists: “KS2” is a key
/// stage. A short code counts only after “near” or “in”: “B12” is a vitamin too.
fn of_words(tokens: &mut Tokens, query: &Query, known: Known<'_>) -> Option<PlaceOutcome> {
    let words: Vec<Word> = tokens.iter().map(|token| token.word.clone()).collect();
    if let Some((at, length, postcode)) = full_postcode(&words) {
        let place = outcome(&PostcodeQuery::Postcode(postcode), query);
        // A postcode that we do not know is said so; it is no word to look for.
        tokens.take(at, length, Use::Done);
        let typed: Vec<&str> = words
            .iter()
            .skip(at)
            .take(length)
            .map(|it| it.typed.as_str())
            .collect();
        return Some(place.unwrap_or(PlaceOutcome::Unknown {
            typed: typed.join(" "),
        }));
    }
    for at in 0..words.len() {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let after_near = before.is_some_and(|word| BEFORE.contains(&word.text.as_str()));
        let typed = &words[at].typed;
        let outward = (after_near || is_like_no_word(typed))
            .then(|| PostcodeQuery::parse(typed))
            .flatten();
        if let Some(place) = outward.and_then(|place| outcome(&place, query)) {
            tokens.take(at, 1, Use::Done);
            return Some(place);
        }
    }
    town(tokens, &words, known)
}

/// Two letters and then a number, as “ME14”.
fn is_like_no_word(typed: &str) -> bool {
    let letters = typed.chars().take_while(char::is_ascii_alphabetic).count();
    let numbers = typed.chars().skip(letters);
    letters == 2 && typed.chars().count() > 2 && numbers.into_iter().all(|it| it.is_ascii_digit())
}

/// Where the words hold a full postcode, how many they are, and which.
pub(super) fn full_postcode(words: &[Word]) -> Option<(usize, usize, Postcode)> {
    (0..words.len()).find_map(|at| {
        [2, 1].into_iter().find_map(|length| {
            let part = words.get(at..at + length)?;
            let text: String = part.iter().map(|word| word.typed.as_str()).collect();
            Some((at, length, text.parse::<Postcode>().ok()?))
        })
    })
}

/// A town of the index. One whose name is a word too counts only after “in” or with a capital.
fn town(tokens: &mut Tokens, words: &[Word], known: Known<'_>) -> Option<PlaceOutcome> {
    for at in 0..words.len() {
        let Some(town) = known.surroundings.towns.longest_at(&words[at..]) else {
            continue;
        };
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let after_near = before.is_some_and(|word| BEFORE.contains(&word.text.as_str()));
        let has_capital = words[at].typed.starts_with(char::is_uppercase) && at > 0;
        let is_plain = town.length == 1 && known.knowledge.vocabulary.is_a_word_too(&words[at]);
        if is_plain && !after_near && !has_capital {
            continue;
        }
        tokens.take(at, town.length, Use::Lifts);
        return Some(PlaceOutcome::Known {
            name: town.name,
            position: town.position,
        });
    }
    None
}
