//! Words that nothing has, read as the words that were meant.
//!
//! A word of five letters or more may have one letter wrong, one of eight or more two (a letter
//! left out, put in, taken for another, or changed places with its neighbour); the first letter is
//! taken to be right. What is meant is the nearest word of the index or of the vocabulary, and of
//! equally near ones the commonest.

use std::collections::HashMap;

use tantivy::Term;
use tantivy::collector::Count;
use tantivy::query::{Bm25StatisticsProvider, FuzzyTermQuery, PhraseQuery};

use crate::schema::Fields;
use crate::statistics::Statistics;
use crate::vocabulary::Vocabulary;
use crate::words::{Word, words_of};

/// Words this long may have one letter wrong …
const ONE_WRONG_FROM: usize = 5;
/// … and these two.
const TWO_WRONG_FROM: usize = 8;
/// Letters that people take for each other.
const ALIKE: [&str; 9] = ["aeiouy", "ck", "sc", "sz", "fv", "td", "mn", "gj", "bp"];
/// A word of the vocabulary counts as if so many listings had it.
const KNOWN_COUNT: u64 = 3;

/// Words that sound in fewer letters than this are like too many others.
const SHORTEST_SOUND: usize = 4;
/// So many letters may be silent.
const MOST_SILENT: usize = 3;
/// Neither part of a word that was meant as two is shorter.
const SHORTEST_PART: usize = 3;

/// Mends words for one searcher.
#[derive(Clone, Copy)]
pub(crate) struct Speller<'a> {
    pub(crate) statistics: &'a Statistics<'a>,
    pub(crate) fields: &'a Fields,
    pub(crate) vocabulary: &'a Vocabulary,
}

impl Speller<'_> {
    /// How many listings have the word, in any form.
    pub(crate) fn frequency(&self, word: &Word) -> tantivy::Result<u64> {
        let typed = Term::from_field_text(self.fields.words, &word.text);
        let mut most = self.statistics.doc_freq(&typed)?;
        for (field, _) in self.fields.stemmed() {
            let stem = Term::from_field_text(field, &word.stem);
            most = most.max(self.statistics.doc_freq(&stem)?);
        }
        Ok(most)
    }

    /// Whether some listing has the word, in any form.
    pub(crate) fn is_there(&self, word: &Word) -> tantivy::Result<bool> {
        let typed = Term::from_field_text(self.fields.words, &word.text);
        if self.statistics.doc_freq(&typed)? > 0 {
            return Ok(true);
        }
        for (field, _) in self.fields.stemmed() {
            let stem = Term::from_field_text(field, &word.stem);
            if self.statistics.doc_freq(&stem)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a listing's name has these words together.
    pub(crate) fn is_in_a_name(&self, words: &[Word]) -> tantivy::Result<bool> {
        let term = |word: &Word| Term::from_field_text(self.fields.name_stemmed, &word.stem);
        let terms: Vec<Term> = words.iter().map(term).collect();
        Ok(match terms.as_slice() {
            [] => false,
            [one] => self.statistics.doc_freq(one)? > 0,
            _ => {
                self.statistics
                    .searcher
                    .search(&PhraseQuery::new(terms), &Count)?
                    > 0
            }
        })
    }

    /// Whether words of the index begin so.
    pub(crate) fn begins_others(&self, word: &Word) -> tantivy::Result<bool> {
        for segment in self.statistics.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.words)?;
            let mut terms = index.terms().range().ge(&word.text).into_stream()?;
            if terms.advance() && terms.key().starts_with(word.text.as_bytes()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What may have been meant by a word that is not there; `None` when nothing is near enough, or
    /// the word is right.
    pub(crate) fn mended(&self, word: &Word) -> tantivy::Result<Option<Word>> {
        if !may_be_wrong(word) || self.vocabulary.is_spelled_right(word) || self.is_there(word)? {
            return Ok(None);
        }
        Ok(match self.nearest(word, 0)? {
            Some(near) => Some(near),
            None => self.sounding_like(word),
        })
    }

    /// The word of the vocabulary that is said the same: “sycologist”.
    fn sounding_like(&self, word: &Word) -> Option<Word> {
        let sound = sound_of(&word.text);
        if sound.len() < SHORTEST_SOUND {
            return None;
        }
        let length = word.text.chars().count();
        let is_alike = |text: &str| {
            text.chars().count().abs_diff(length) <= MOST_SILENT && sound_of(text) == sound
        };
        let alike = self.vocabulary.words().filter(|(text, _)| is_alike(text));
        let (text, _) =
            alike.max_by(|(one, count), (two, count2)| count.cmp(count2).then(two.cmp(one)))?;
        words_of(text).into_iter().next()
    }

    /// The known phrase of two words that was written as one, which nothing has: “speechtherapy”.
    pub(crate) fn split(&self, word: &Word) -> tantivy::Result<Option<[Word; 2]>> {
        let letters = word.text.len();
        let may_be_two = letters >= 2 * SHORTEST_PART && word.text.is_ascii();
        if !may_be_two || self.vocabulary.is_spelled_right(word) || self.is_there(word)? {
            return Ok(None);
        }
        let parts = (SHORTEST_PART..=letters - SHORTEST_PART).find_map(|at| {
            let (first, second) = word.text.split_at(at);
            let parts = words_of(&format!("{first} {second}"));
            let known = self.vocabulary.longest_at(&parts)?;
            <[Word; 2]>::try_from(parts)
                .ok()
                .filter(|_| known.length == 2)
        });
        Ok(parts)
    }

    /// The nearest word that at least `commoner` listings have.
    pub(crate) fn nearest(&self, word: &Word, commoner: u64) -> tantivy::Result<Option<Word>> {
        if !may_be_wrong(word) {
            return Ok(None);
        }
        let best = self
            .near(word)?
            .into_iter()
            .filter(|(text, count)| *text != word.text && *count >= commoner)
            // Short words are near too many others: “spain” is no “spin”.
            .filter(|(text, _)| text.chars().count() >= ONE_WRONG_FROM)
            .filter_map(|(text, count)| {
                let wrong = wrong_letters(&word.text, &text);
                let is_near = wrong <= most_wrong(word) && is_a_slip(&word.text, &text);
                is_near.then_some((text, wrong, count))
            })
            .min_by(|(text, wrong, count), (text2, wrong2, count2)| {
                // A little commoner does not outweigh a letter.
                (wrong.cmp(wrong2))
                    .then_with(|| count2.cmp(count))
                    .then_with(|| text.cmp(text2))
            });
        Ok(best.and_then(|(text, _, _)| words_of(&text).into_iter().next()))
    }

    /// Words near this one, and how many listings have each.
    fn near(&self, word: &Word) -> tantivy::Result<HashMap<String, u64>> {
        let first = word.text.chars().next();
        let term = Term::from_field_text(self.fields.words, &word.text);
        let query = FuzzyTermQuery::new(term, most_wrong(word), true);
        let automaton = query.automaton()?;
        let mut near: HashMap<String, u64> = HashMap::new();
        for segment in self.statistics.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.words)?;
            let mut terms = index.terms().search(&automaton).into_stream()?;
            while terms.advance() {
                let Ok(text) = std::str::from_utf8(terms.key()) else {
                    continue;
                };
                if text.chars().next() == first {
                    *near.entry(text.to_owned()).or_default() += u64::from(terms.value().doc_freq);
                }
            }
        }
        for (text, count) in self.vocabulary.words() {
            let length = text.len().abs_diff(word.text.len());
            if length <= usize::from(most_wrong(word)) && text.chars().next() == first {
                *near.entry(text.to_owned()).or_default() += count.max(KNOWN_COUNT);
            }
        }
        Ok(near)
    }
}

/// Whether a word is long enough to be mended, and a word at all.
fn may_be_wrong(word: &Word) -> bool {
    most_wrong(word) > 0 && word.text.chars().all(char::is_alphabetic)
}

fn most_wrong(word: &Word) -> u8 {
    match word.text.chars().count() {
        ..ONE_WRONG_FROM => 0,
        ONE_WRONG_FROM..TWO_WRONG_FROM => 1,
        _ => 2,
    }
}

/// How many letters are wrong: left out, put in, taken for another, or two neighbours changed over.
fn wrong_letters(one: &str, two: &str) -> u8 {
    u8::try_from(strsim::osa_distance(one, two)).unwrap_or(u8::MAX)
}

/// Whether a short word was more likely misspelt than meant: people take one vowel for another, or a
/// letter for one that sounds like it, but “rates” are no “rages”.
fn is_a_slip(typed: &str, meant: &str) -> bool {
    let (one, two): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    let differ: Vec<(char, char)> = one
        .iter()
        .zip(&two)
        .filter(|(one, two)| one != two)
        .map(|(one, two)| (*one, *two))
        .collect();
    match differ.as_slice() {
        [(one, two)] if typed.len() == meant.len() && typed.len() < TWO_WRONG_FROM => ALIKE
            .iter()
            .any(|group| group.contains(*one) && group.contains(*two)),
        _ => true,
    }
}

/// Letters, and what they sound like; the longest that fit come first.
const SOUNDS: [(&str, &str); 24] = [
    ("tion", "xn"),
    ("sion", "xn"),
    ("cian", "xn"),
    ("shun", "xn"),
    ("sch", "sk"),
    ("psy", "s"),
    ("ph", "f"),
    ("gh", ""),
    ("ch", "k"),
    ("ck", "k"),
    ("sh", "x"),
    ("th", "t"),
    ("wh", "w"),
    ("kn", "n"),
    ("dg", "j"),
    ("ce", "s"),
    ("ci", "s"),
    ("cy", "s"),
    ("ge", "j"),
    ("gi", "j"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("z", "s"),
];

/// The consonants that are heard, none twice in a row, after whether a vowel begins the word.
fn sound_of(text: &str) -> String {
    let is_vowel = |letter: char| "aeiouyhw".contains(letter);
    let mut sound = String::new();
    if text.starts_with(|letter: char| "aeiou".contains(letter)) {
        sound.push('a');
    }
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let heard = SOUNDS.iter().find(|(letters, _)| rest.starts_with(letters));
        let (length, letters) = match heard {
            Some((letters, heard)) => (letters.len(), (*heard).to_owned()),
            None if is_vowel(letter) => (letter.len_utf8(), String::new()),
            None => (letter.len_utf8(), letter.to_string()),
        };
        for letter in letters.chars() {
            if !sound.ends_with(letter) {
                sound.push(letter);
            }
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_as_people_get_them_wrong() {
        assert_eq!(wrong_letters("autisim", "autism"), 1);
        assert_eq!(wrong_letters("speach", "speech"), 1);
        assert_eq!(wrong_letters("dislexia", "dyslexia"), 1);
        assert_eq!(wrong_letters("wehelchair", "wheelchair"), 1);
        assert_eq!(wrong_letters("occupashonal", "occupational"), 2);
        assert_eq!(wrong_letters("same", "same"), 0);
    }

    #[test]
    fn words_that_are_said_the_same_sound_the_same() {
        for (one, two) in [
            ("sycologist", "psychologist"),
            ("otism", "autism"),
            ("fisiotherapy", "physiotherapy"),
            ("occupashunal", "occupational"),
            ("kownselling", "counselling"),
            ("pediatrishun", "paediatrician"),
        ] {
            assert_eq!(sound_of(one), sound_of(two), "{one}");
        }
        assert_ne!(sound_of("kitchen"), sound_of("kitten"));
    }

    #[test]
    fn another_word_is_no_slip() {
        assert!(is_a_slip("speach", "speech"));
        assert!(is_a_slip("skool", "scool"));
        assert!(!is_a_slip("rates", "rages"));
        assert!(!is_a_slip("pizza", "pizda"));
    }

    #[test]
    fn short_words_and_numbers_are_right_as_they_are() {
        let most = |text: &str| words_of(text).iter().map(most_wrong).collect::<Vec<_>>();
        assert_eq!(most("bins speech wheelchair"), [0, 1, 2]);
        assert!(!may_be_wrong(&words_of("me141xq")[0]));
    }
}
