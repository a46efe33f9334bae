//! The words of the field: which mean the same, which find something too, which say little.
//!
//! `data/synonyms.csv`: `same` is a list of phrases that mean the same, found as if each were typed.
//! `see` is one way: the first list finds the second too, ranked lower (and whatever means the same
//! as the second). `data/plain_words.csv`: words that are left out, and words that are not asked for
//! but lift a listing that has them.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::words::{Word, words_of};

const SYNONYMS: &str = include_str!("../data/synonyms.csv");
const PLAIN_WORDS: &str = include_str!("../data/plain_words.csv");

/// Words that belong together in their order.
pub(crate) type Phrase = Vec<Word>;

/// All of it, parsed at the first use.
pub(crate) struct Vocabulary {
    entries: Vec<Entry>,
    left_out: HashSet<String>,
    optional: HashSet<String>,
}

struct Entry {
    phrase: Phrase,
    same: Vec<Phrase>,
    see: Vec<Phrase>,
}

/// What stands at the beginning of some words.
#[derive(Debug)]
pub(crate) struct Known {
    /// How many words it takes.
    pub(crate) length: usize,
    /// Means the same.
    pub(crate) same: Vec<Phrase>,
    /// Found too.
    pub(crate) see: Vec<Phrase>,
}

impl Vocabulary {
    /// The one there is.
    pub(crate) fn get() -> &'static Self {
        static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
        VOCABULARY.get_or_init(Self::parse)
    }

    fn parse() -> Self {
        let rows = rows(SYNONYMS);
        let of_kind = |wanted: &'static str| {
            rows.iter()
                .filter(move |row| row.first().is_some_and(|kind| kind == wanted))
        };
        let groups: Vec<Vec<Phrase>> = of_kind("same")
            .filter_map(|row| row.get(1))
            .map(|cell| phrases(cell))
            .collect();
        let mut entries = Vec::new();
        for group in &groups {
            for phrase in group {
                let same = group
                    .iter()
                    .filter(|other| *other != phrase)
                    .cloned()
                    .collect();
                entries.push(Entry {
                    phrase: phrase.clone(),
                    same,
                    see: Vec::new(),
                });
            }
        }
        for row in of_kind("see") {
            let (Some(from), Some(to)) = (row.get(1), row.get(2)) else {
                continue;
            };
            let see: Vec<Phrase> = phrases(to)
                .iter()
                .flat_map(|phrase| group_of(&groups, phrase))
                .collect();
            for phrase in phrases(from) {
                entries.push(Entry {
                    phrase,
                    same: Vec::new(),
                    see: see.clone(),
                });
            }
        }
        let plain = rows_of_plain_words();
        Self {
            entries,
            left_out: plain.0,
            optional: plain.1,
        }
    }

    /// The longest known phrase at the beginning of these words.
    pub(crate) fn longest_at(&self, words: &[Word]) -> Option<Known> {
        let starts = |entry: &&Entry| {
            words.len() >= entry.phrase.len()
                && entry
                    .phrase
                    .iter()
                    .zip(words)
                    .all(|(known, typed)| known.is_like(typed))
        };
        let length = self
            .entries
            .iter()
            .filter(starts)
            .map(|entry| entry.phrase.len())
            .max()?;
        let mut known = Known {
            length,
            same: Vec::new(),
            see: Vec::new(),
        };
        for entry in self
            .entries
            .iter()
            .filter(starts)
            .filter(|entry| entry.phrase.len() == length)
        {
            known.same.extend(entry.same.iter().cloned());
            known.see.extend(entry.see.iter().cloned());
        }
        Some(known)
    }

    /// Whether a question loses nothing without this word.
    pub(crate) fn is_left_out(&self, word: &Word) -> bool {
        self.left_out.contains(&word.text)
    }

    /// Whether this word says little in this field.
    pub(crate) fn is_optional(&self, word: &Word) -> bool {
        self.optional.contains(&word.text)
    }
}

fn group_of(groups: &[Vec<Phrase>], phrase: &Phrase) -> Vec<Phrase> {
    let same_words = |other: &Phrase| {
        other.len() == phrase.len()
            && other
                .iter()
                .zip(phrase)
                .all(|(one, two)| one.text == two.text)
    };
    let group = groups.iter().find(|group| group.iter().any(same_words));
    group.cloned().unwrap_or_else(|| vec![phrase.clone()])
}

fn phrases(cell: &str) -> Vec<Phrase> {
    cell.split('|')
        .map(words_of)
        .filter(|phrase| !phrase.is_empty())
        .collect()
}

fn rows_of_plain_words() -> (HashSet<String>, HashSet<String>) {
    let of_kind = |wanted: &'static str| {
        rows(PLAIN_WORDS)
            .into_iter()
            .filter(|row| row.first().is_some_and(|kind| kind == wanted))
            .flat_map(|row| row.get(1).map(|cell| words_of(cell)).unwrap_or_default())
            .map(|word| word.text)
            .collect()
    };
    (of_kind("left-out"), of_kind("optional"))
}

/// The rows after the heading. The files are ours and tested, so that a row that cannot be read is passed over.
fn rows(file: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(file.as_bytes());
    reader
        .records()
        .filter_map(Result::ok)
        .map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(text: &str) -> Vec<String> {
        let told = |phrase: &Phrase| {
            phrase
                .iter()
                .map(|word| word.text.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        Vocabulary::get()
            .longest_at(&words_of(text))
            .map(|known| known.same.iter().map(told).collect())
            .unwrap_or_default()
    }

    #[test]
    fn every_row_of_both_files_is_read() {
        assert_eq!(rows(SYNONYMS).len(), SYNONYMS.lines().count() - 1);
        assert!(rows(SYNONYMS).iter().all(|row| row.len() == 3));
        assert_eq!(rows(PLAIN_WORDS).len(), 2);
    }

    #[test]
    fn the_longest_known_phrase_is_taken() {
        let known = Vocabulary::get()
            .longest_at(&words_of("EHC needs assessment form"))
            .unwrap();
        assert_eq!(known.length, 3);
        assert!(same("EHCP").contains(&"education health and care plan".to_owned()));
        assert!(same("Education, health and care plans").contains(&"ehcp".to_owned()));
    }

    #[test]
    fn a_two_letter_acronym_is_known_only_as_a_whole_word() {
        assert!(same("OT").contains(&"occupational therapy".to_owned()));
        assert!(same("other").is_empty());
        assert!(same("DLA").iter().all(|phrase| phrase != "pip"));
    }

    #[test]
    fn what_is_seen_too_brings_what_means_the_same() {
        let known = Vocabulary::get()
            .longest_at(&words_of("statement"))
            .unwrap();
        assert!(known.see.iter().any(|phrase| phrase[0].text == "ehcp"));
    }
}
