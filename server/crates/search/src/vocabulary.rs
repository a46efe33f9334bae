//! The words of the field: which mean the same, which find something too, which say little, and
//! which are about other things that councils do.
//!
//! `data/synonyms.csv`: `same` is a list of phrases that mean the same, found as if each were typed.
//! `see` is one way: the first list finds the second too, ranked lower (and whatever means the same
//! as the second). `elsewhere`: phrases that are no business of the local offer, and what they are
//! about. A council's own rows stand beside these; its row for a phrase stands in place of ours.
//! `data/plain_words.csv`: words that are left out, words and phrases that are not asked for but lift a
//! listing that has them, names of towns that are words too, words by which a question is about a
//! child, whatever else it says, where things happen (“at school”), and how words are cut short on a phone (“n” is “and”).

use std::collections::{HashMap, HashSet};

use crate::tables::csv_rows;
use crate::words::{Word, words_of};

const SYNONYMS: &str = include_str!("../data/synonyms.csv");
const PLAIN_WORDS: &str = include_str!("../data/plain_words.csv");

/// Words that belong together in their order.
pub(crate) type Phrase = Vec<Word>;

/// Ways of saying “not”: “doesn't talk” is “not talking”.
const NEGATIONS: [&str; 16] = [
    "not", "no", "doesnt", "dont", "cant", "cannot", "wont", "isnt", "hasnt", "havent", "didnt",
    "never", "hardly", "barely", "refuses", "refusing",
];

/// Words that a phrase is the same with or without, between its others.
const SMALL: [&str; 22] = [
    "a", "an", "the", "my", "his", "her", "hers", "their", "our", "your", "its", "this", "that",
    "these", "to", "of", "so", "very", "really", "just", "even", "any",
];

/// How phrases are linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SynonymKind {
    /// All of them mean the same.
    Same,
    /// The first find the second too, lower.
    SeeAlso,
}

/// A council's own link between phrases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// How they are linked.
    pub kind: SynonymKind,
    /// What people type.
    pub words: Vec<String>,
    /// With [`SynonymKind::SeeAlso`]: what that finds too.
    pub finds: Vec<String>,
}

/// All of it.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    entries: Vec<Entry>,
    /// Entries by the key of their first word, the longest phrase first.
    by_first: HashMap<String, Vec<usize>>,
    /// Every longer word of the phrases, and in how many of them it stands.
    words: HashMap<String, u64>,
    /// Words of phrases that are about something else.
    elsewhere: HashSet<String>,
    left_out: HashSet<String>,
    optional: HashSet<String>,
    optional_stems: HashSet<String>,
    optional_phrases: Vec<Phrase>,
    towns_too: HashSet<String>,
    of_a_child: HashSet<String>,
    where_it_happens: HashSet<String>,
    /// What is typed for other words, and those words.
    short_for: HashMap<String, Phrase>,
}

#[derive(Debug)]
struct Entry {
    phrase: Phrase,
    same: Vec<Phrase>,
    see: Vec<Phrase>,
    elsewhere: Option<String>,
}

/// What stands at the beginning of some words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// How many words it takes.
    pub(crate) length: usize,
    /// Means the same.
    pub(crate) same: Vec<Phrase>,
    /// Found too.
    pub(crate) see: Vec<Phrase>,
    /// What else than the local offer it is about.
    pub(crate) elsewhere: Option<String>,
}

/// A row of the table, or of the council's.
struct Row {
    kind: String,
    words: Vec<Phrase>,
    finds: String,
}

impl Vocabulary {
    /// Ours with a council's own.
    pub(crate) fn with(own: &[Synonym]) -> Self {
        let own: Vec<Row> = own.iter().map(Row::of_council).collect();
        let is_replaced = |kind: &str, one: &Phrase| {
            let mut own = own.iter().filter(|own| own.kind == kind);
            own.any(|own| own.words.iter().any(|it| alike(it, one)))
        };
        let ours = csv_rows(SYNONYMS);
        let mut rows: Vec<Row> = ours
            .iter()
            .filter_map(|cells| Row::of_table(cells))
            .collect();
        for row in &mut rows {
            row.words.retain(|phrase| !is_replaced(&row.kind, phrase));
        }
        rows.extend(own);
        let entries = entries(&rows);
        let plain = |wanted: &str| plain_words(wanted);
        Self {
            by_first: by_first(&entries),
            words: words(&entries),
            elsewhere: entries
                .iter()
                .filter(|entry| entry.elsewhere.is_some())
                .flat_map(|entry| entry.phrase.iter().map(|word| word.text.clone()))
                .collect(),
            entries,
            left_out: plain("left-out"),
            optional_stems: stems(&plain("optional")),
            optional: plain("optional"),
            optional_phrases: plain_phrases("optional-phrases"),
            towns_too: plain("a-town-too"),
            of_a_child: plain("of-a-child"),
            where_it_happens: plain("where-it-happens"),
            short_for: short_for(),
        }
    }

    /// The longest known phrase at the beginning of these words.
    pub(crate) fn longest_at(&self, words: &[Word]) -> Option<Known> {
        let first = words.first()?;
        let mut known = Known::default();
        for key in first_keys(first) {
            let numbers = self.by_first.get(&key).into_iter().flatten();
            let entries = numbers.filter_map(|number| self.entries.get(*number));
            for entry in entries {
                let Some(length) = length_at(words, &entry.phrase) else {
                    continue;
                };
                if length < known.length {
                    continue;
                }
                if length > known.length {
                    known = Known {
                        length,
                        ..Known::default()
                    };
                }
                add_new(&mut known.same, &entry.same);
                add_new(&mut known.see, &entry.see);
                known.elsewhere = known.elsewhere.or_else(|| entry.elsewhere.clone());
            }
        }
        (known.length > 0).then_some(known)
    }

    /// Whether a question loses nothing without this word.
    pub(crate) fn is_left_out(&self, word: &Word) -> bool {
        self.left_out.contains(&word.text)
    }

    /// Whether this word says little in this field.
    pub(crate) fn is_optional(&self, word: &Word) -> bool {
        self.optional.contains(&word.text) || word.text.chars().all(|c| c.is_ascii_digit())
    }

    /// Whether each of these words, in any of its forms, says little: “support group”.
    pub(crate) fn says_little(&self, words: &Phrase) -> bool {
        let is_little = |word: &Word| self.optional_stems.contains(&word.stem);
        words.len() > 1 && words.iter().all(is_little)
    }

    /// Whether these words, beside others, say little in this field: it is all about “special needs”.
    pub(crate) fn is_optional_phrase(&self, words: &Phrase) -> bool {
        self.optional_phrases.iter().any(|it| alike(it, words))
    }

    /// Whether a town of this name is meant only after “in” or with a capital.
    pub(crate) fn is_a_word_too(&self, town: &Word) -> bool {
        self.towns_too.contains(&town.text)
    }

    /// Whether who types this word speaks of a child or of school.
    pub(crate) fn is_of_a_child(&self, word: &Word) -> bool {
        self.of_a_child.contains(&word.text)
    }

    /// The same words without the short forms of phone messages: “hold a knife n fork”.
    pub(crate) fn written_out(&self, words: Vec<Word>) -> Vec<Word> {
        let whole = |word: Word| match self.short_for.get(&word.text) {
            // “OT” is no “to” that slipped, and “R” may be a name.
            Some(whole) if !word.typed.contains(char::is_uppercase) => whole.clone(),
            _ => vec![word],
        };
        words.into_iter().flat_map(whole).collect()
    }

    /// Whether, after “at” or “in”, the word only says where something happens.
    pub(crate) fn is_where_it_happens(&self, word: &Word) -> bool {
        self.where_it_happens.contains(&word.text)
    }

    /// Whether the word stands in a phrase.
    pub(crate) fn has_word(&self, word: &Word) -> bool {
        self.words.contains_key(&word.text)
    }

    /// Whether the word stands in a phrase, or in one about something else: then it is spelled right.
    pub(crate) fn is_spelled_right(&self, word: &Word) -> bool {
        self.has_word(word) || self.elsewhere.contains(&word.text)
    }

    /// Every longer word of the phrases, and in how many it stands.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, u64)> {
        self.words
            .iter()
            .map(|(word, count)| (word.as_str(), *count))
    }
}

impl Row {
    fn of_table(cells: &[String]) -> Option<Self> {
        let [kind, words, finds] = cells else {
            return None;
        };
        Some(Self {
            kind: kind.clone(),
            words: phrases(words),
            finds: finds.clone(),
        })
    }

    fn of_council(own: &Synonym) -> Self {
        Self {
            kind: match own.kind {
                SynonymKind::Same => "same",
                SynonymKind::SeeAlso => "see",
            }
            .to_owned(),
            words: own.words.iter().flat_map(|words| phrases(words)).collect(),
            finds: own.finds.join("|"),
        }
    }
}

fn entries(rows: &[Row]) -> Vec<Entry> {
    let of_kind = |wanted: &'static str| rows.iter().filter(move |row| row.kind == wanted);
    let entry = |phrase: &Phrase| Entry {
        phrase: phrase.clone(),
        same: Vec::new(),
        see: Vec::new(),
        elsewhere: None,
    };
    let mut entries = Vec::new();
    for group in of_kind("same") {
        for phrase in &group.words {
            let others = group.words.iter().filter(|other| *other != phrase);
            entries.push(Entry {
                same: others.cloned().collect(),
                ..entry(phrase)
            });
        }
    }
    let group_of = |phrase: Phrase| {
        let group = of_kind("same").find(|row| row.words.iter().any(|other| alike(other, &phrase)));
        group.map_or_else(|| vec![phrase], |row| row.words.clone())
    };
    for row in of_kind("see") {
        let see: Vec<Phrase> = phrases(&row.finds).into_iter().flat_map(group_of).collect();
        let from = row.words.iter().cloned().flat_map(group_of);
        entries.extend(from.map(|phrase| Entry {
            see: see.clone(),
            ..entry(&phrase)
        }));
    }
    for row in of_kind("elsewhere") {
        entries.extend(row.words.iter().map(|phrase| Entry {
            elsewhere: Some(row.finds.clone()),
            ..entry(phrase)
        }));
    }
    entries
}

fn by_first(entries: &[Entry]) -> HashMap<String, Vec<usize>> {
    let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, entry) in entries.iter().enumerate() {
        if let Some(key) = entry.phrase.first().map(first_key) {
            by_first.entry(key).or_default().push(number);
        }
    }
    by_first
}

fn words(entries: &[Entry]) -> HashMap<String, u64> {
    let mut words: HashMap<String, u64> = HashMap::new();
    // What is about something else is no better reading of a misspelt word.
    let ours = entries.iter().filter(|entry| entry.elsewhere.is_none());
    for word in ours.flat_map(|entry| &entry.phrase) {
        *words.entry(word.text.clone()).or_default() += 1;
    }
    words
}

/// Words that are alike have the same key.
fn first_key(word: &Word) -> String {
    if is_negation(word) {
        "not".to_owned()
    } else if word.text.chars().count() > 3 {
        word.stem.clone()
    } else {
        word.text.clone()
    }
}

/// The keys that a typed word may be found under: a short word can be the stem of a longer one.
fn first_keys(word: &Word) -> Vec<String> {
    let key = first_key(word);
    let plain = (key != word.text && !is_negation(word)).then(|| word.text.clone());
    std::iter::once(key).chain(plain).collect()
}

fn is_negation(word: &Word) -> bool {
    NEGATIONS.contains(&word.text.as_str())
}

/// How many of these words the phrase takes, if they begin with it. Small words within make no
/// difference: “hold his pencil” is “hold a pencil”.
fn length_at(words: &[Word], phrase: &Phrase) -> Option<usize> {
    let like = |known: &Word, typed: &Word| {
        known.is_like(typed) || known.text == "not" && is_negation(typed)
    };
    let is_small = |word: &Word| SMALL.contains(&word.text.as_str());
    let (mut at, mut met) = (0, 0);
    while let Some(known) = phrase.get(met) {
        match words.get(at) {
            Some(typed) if like(known, typed) => (at, met) = (at + 1, met + 1),
            _ if met > 0 && met + 1 < phrase.len() && is_small(known) => met += 1,
            Some(typed) if met > 0 && is_small(typed) => at += 1,
            _ => return None,
        }
    }
    Some(at)
}

fn add_new(known: &mut Vec<Phrase>, phrases: &[Phrase]) {
    for phrase in phrases {
        if !known.contains(phrase) {
            known.push(phrase.clone());
        }
    }
}

fn alike(one: &Phrase, two: &Phrase) -> bool {
    one.len() == two.len() && one.iter().zip(two).all(|(one, two)| one.text == two.text)
}

fn phrases(cell: &str) -> Vec<Phrase> {
    cell.split('|')
        .map(words_of)
        .filter(|phrase| !phrase.is_empty())
        .collect()
}

fn stems(words: &HashSet<String>) -> HashSet<String> {
    let words = words.iter().flat_map(|word| words_of(word));
    words.map(|word| word.stem).collect()
}

fn plain_words(wanted: &str) -> HashSet<String> {
    csv_rows(PLAIN_WORDS)
        .into_iter()
        .filter(|row| row.first().is_some_and(|kind| kind == wanted))
        .flat_map(|row| row.get(1).map(|cell| words_of(cell)).unwrap_or_default())
        .map(|word| word.text)
        .collect()
}

fn plain_phrases(wanted: &str) -> Vec<Phrase> {
    let rows = csv_rows(PLAIN_WORDS).into_iter();
    rows.filter(|row| row.first().is_some_and(|kind| kind == wanted))
        .flat_map(|row| row.get(1).map(|cell| phrases(cell)).unwrap_or_default())
        .collect()
}

/// The first word of each phrase stands for the others.
fn short_for() -> HashMap<String, Phrase> {
    let pairs = plain_phrases("short-for").into_iter();
    pairs
        .filter_map(|mut phrase| {
            let whole = phrase.split_off(1);
            Some((phrase.pop()?.text, whole))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(phrases: &[Phrase]) -> Vec<String> {
        let one = |phrase: &Phrase| {
            let texts: Vec<&str> = phrase.iter().map(|word| word.text.as_str()).collect();
            texts.join(" ")
        };
        phrases.iter().map(one).collect()
    }

    fn known(text: &str) -> Option<Known> {
        Vocabulary::with(&[]).longest_at(&words_of(text))
    }

    fn same(text: &str) -> Vec<String> {
        known(text)
            .map(|known| told(&known.same))
            .unwrap_or_default()
    }

    #[test]
    fn every_row_of_both_files_is_read() {
        let rows = csv_rows(SYNONYMS);
        assert_eq!(rows.len(), SYNONYMS.lines().count() - 1);
        for row in &rows {
            assert_eq!(row.len(), 3, "{row:?}");
            let known = ["same", "see", "elsewhere"].contains(&row[0].as_str());
            assert!(known && row[2].is_empty() == (row[0] == "same"), "{row:?}");
        }
        assert_eq!(csv_rows(PLAIN_WORDS).len(), 7);
    }

    #[test]
    fn the_longest_known_phrase_is_taken() {
        assert_eq!(known("EHC needs assessment form").unwrap().length, 3);
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
        let see = told(&known("statement").unwrap().see);
        assert!(see.contains(&"ehcp".to_owned()));
    }

    #[test]
    fn there_are_many_ways_of_saying_not() {
        for text in ["not talking", "doesn’t talk", "never talks", "can't talk"] {
            assert!(!known(text).unwrap().see.is_empty(), "{text}");
        }
    }

    #[test]
    fn short_forms_are_written_out() {
        let written = |text: &str| {
            let words = Vocabulary::with(&[]).written_out(words_of(text));
            told(&[words]).concat()
        };
        assert_eq!(
            written("knife n fork 4 u b4 2moro"),
            "knife and fork 4 you before tomorrow"
        );
        assert_eq!(written("R"), "r");
    }

    #[test]
    fn a_councils_own_row_stands_in_place_of_ours() {
        let own = Synonym {
            kind: SynonymKind::SeeAlso,
            words: vec!["respite".to_owned()],
            finds: vec!["family breaks".to_owned()],
        };
        let vocabulary = Vocabulary::with(&[own]);
        let known = vocabulary.longest_at(&words_of("respite")).unwrap();
        assert_eq!(told(&known.see), ["family breaks"]);
    }
}
