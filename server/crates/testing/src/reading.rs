//! The reading measure: how hard a text is to read. Reading age 9 means a Flesch-Kincaid grade of at most 5, with
//! the field's own terms counted as words of one syllable, and sentences of at most 15 words in the mean.
//!
//! A text is given as its pieces: a heading, a paragraph, an entry of a list. Each ends a sentence, whether or not a
//! full stop stands there. The terms are in `data/field_terms.txt`, the syllables in [`syllables`].
//!
//! The grade is that of Kincaid, Fishburne, Rogers and Chissom (1975), *Derivation of new readability formulas for
//! Navy enlisted personnel*: 0.39 × words a sentence + 11.8 × syllables a word − 15.59. The crates that compute it
//! take no terms and know no headings.

pub mod syllables;

use std::{collections::HashMap, fmt, ops::AddAssign};

/// The highest grade that is plain enough.
pub const HIGHEST_GRADE: f64 = 5.0;
/// The most words that a sentence may have in the mean.
pub const LONGEST_MEAN_SENTENCE: f64 = 15.0;

const TERMS: &str = include_str!("../data/field_terms.txt");

/// What was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measure {
    /// Words, numbers among them.
    pub words: u32,
    /// Sentences; a heading or an entry of a list is one at least.
    pub sentences: u32,
    /// Syllables; each word of a listed term has one.
    pub syllables: u32,
}

impl Measure {
    /// The Flesch-Kincaid grade: the year of an American school at which one can read it. Nothing to read is 0.
    #[must_use]
    pub fn grade(&self) -> f64 {
        if self.words == 0 {
            return 0.0;
        }
        let syllables_a_word = f64::from(self.syllables) / f64::from(self.words);
        0.39 * self.mean_sentence() + 11.8 * syllables_a_word - 15.59
    }

    /// Words a sentence.
    #[must_use]
    pub fn mean_sentence(&self) -> f64 {
        f64::from(self.words) / f64::from(self.sentences.max(1))
    }

    /// Whether it can be read at the age of 9.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.grade() <= HIGHEST_GRADE && self.mean_sentence() <= LONGEST_MEAN_SENTENCE
    }
}

impl AddAssign for Measure {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.sentences += other.sentences;
        self.syllables += other.syllables;
    }
}

/// A row of a table: grade, mean sentence, words.
impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:5.1} {:8.1} {:6}",
            self.grade(),
            self.mean_sentence(),
            self.words
        )
    }
}

/// Measures texts. Made once: it reads the list of terms.
#[derive(Debug)]
pub struct Reader {
    /// Terms by their first word, the longest first.
    terms: HashMap<String, Vec<Vec<String>>>,
}

impl Default for Reader {
    fn default() -> Self {
        Self::with_terms(TERMS)
    }
}

impl Reader {
    /// A reader who knows these terms, one a line; `#` begins a remark.
    #[must_use]
    pub fn with_terms(list: &str) -> Self {
        let mut terms: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<String> = words(line).map(plain).collect();
            if let Some(first) = words.first() {
                terms.entry(first.clone()).or_default().push(words);
            }
        }
        for same_start in terms.values_mut() {
            same_start.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        Self { terms }
    }

    /// Measures a text that is given as its pieces.
    pub fn measure<'t>(&self, pieces: impl IntoIterator<Item = &'t str>) -> Measure {
        let mut whole = Measure::default();
        for sentence in pieces.into_iter().flat_map(sentences) {
            whole += self.sentence(sentence);
        }
        whole
    }

    fn sentence(&self, sentence: &str) -> Measure {
        let words: Vec<&str> = words(sentence).collect();
        let plain: Vec<String> = words.iter().copied().map(plain).collect();
        let mut counted = Measure::default();
        let mut at = 0;
        while at < words.len() {
            let term = self.term_at(&plain[at..]);
            let (taken, syllables) = match term {
                Some(length) => (length, length),
                None => (1, syllables::of(words[at])),
            };
            at += taken;
            counted.words += u32::try_from(taken).unwrap_or(u32::MAX);
            counted.syllables += u32::try_from(syllables).unwrap_or(u32::MAX);
        }
        counted.sentences = u32::from(counted.words > 0);
        counted
    }

    /// How many words the longest term has that stands here.
    fn term_at(&self, words: &[String]) -> Option<usize> {
        let same_start = self.terms.get(words.first()?)?;
        let found = same_start.iter().find(|term| words.starts_with(term));
        found.map(Vec::len)
    }
}

/// The sentences of a piece. A full stop inside a number, an address or a name ends none.
fn sentences(piece: &str) -> impl Iterator<Item = &str> {
    let mut rest = piece;
    std::iter::from_fn(move || {
        if rest.trim().is_empty() {
            return None;
        }
        let mut ends = rest.match_indices(['.', '!', '?', ':']);
        let end = ends.find_map(|(at, mark)| {
            let end = at + mark.len();
            let after = rest[end..].trim_start_matches(['”', '’', '"', '\'', ')']);
            (after.is_empty() || after.starts_with(char::is_whitespace)).then_some(end)
        });
        let (sentence, others) = rest.split_at(end.unwrap_or(rest.len()));
        rest = others;
        Some(sentence)
    })
}

/// What stands between spaces and has a letter or a digit in it; hyphens and dashes part words too.
fn words(sentence: &str) -> impl Iterator<Item = &str> {
    let spaced = sentence.split_whitespace().flat_map(|word| {
        let parted = !is_address(word);
        word.split(move |mark: char| parted && matches!(mark, '-' | '–' | '—' | '/'))
    });
    spaced.filter(|word| word.contains(char::is_alphanumeric))
}

/// An address of a page or a mailbox: copied, not read.
fn is_address(word: &str) -> bool {
    word.contains('@') || word.contains("://") || word.starts_with("www.")
}

/// A word as terms are compared: small letters, no marks around it.
fn plain(word: &str) -> String {
    let bare = word.trim_matches(|mark: char| !mark.is_alphanumeric());
    bare.replace('’', "'").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(pieces: &[&str]) -> Measure {
        Reader::with_terms("# remark\nEHC plan\nEHC\nautism\n").measure(pieces.iter().copied())
    }

    #[test]
    fn the_formula_is_the_published_one() {
        let counted = Measure {
            words: 100,
            sentences: 10,
            syllables: 150,
        };
        assert!((counted.grade() - (0.39 * 10.0 + 11.8 * 1.5 - 15.59)).abs() < 1e-9);
        assert!(!counted.is_plain());
    }

    #[test]
    fn a_heading_and_an_entry_of_a_list_are_sentences() {
        let counted = measure(&[
            "What to do first",
            "Call the school",
            "We will help. You can ask!",
        ]);
        assert_eq!(counted.sentences, 4);
        assert_eq!(counted.words, 13);
    }

    #[test]
    fn a_stop_inside_a_number_or_an_address_ends_no_sentence() {
        let counted =
            measure(&["Write to a.b@example.org by 9.30am or see https://www.gov.uk/x-y."]);
        assert_eq!(counted.sentences, 1);
        assert_eq!(counted.words, 8);
    }

    #[test]
    fn a_quoted_sentence_ends_at_its_own_stop() {
        assert_eq!(measure(&["We say “no.” You ask why."]).sentences, 2);
    }

    #[test]
    fn each_word_of_a_term_has_one_syllable() {
        assert_eq!(measure(&["Autism."]).syllables, 1);
        assert_eq!(measure(&["An EHC plan"]).syllables, 3);
        assert_eq!(measure(&["assessment"]).syllables, 3);
    }

    #[test]
    fn nothing_to_read_is_plain() {
        let counted = measure(&["", " – ", "…"]);
        assert_eq!(counted, Measure::default());
        assert!(counted.is_plain());
    }

    #[test]
    fn plain_words_pass_and_an_office_s_words_do_not() {
        let plain = measure(&["You can ask us for help. We will call you back in five days."]);
        assert!(plain.is_plain(), "{plain}");
        let office = measure(&[
            "Applications submitted subsequently to the aforementioned determination necessitate additional documentation.",
        ]);
        assert!(office.grade() > 15.0, "{office}");
    }

    #[test]
    fn the_list_of_terms_is_read() {
        let reader = Reader::default();
        assert_eq!(reader.measure(["Carer’s Allowance"]).syllables, 2);
        assert_eq!(
            reader
                .measure(["education, health and care plan"])
                .syllables,
            5
        );
    }
}
