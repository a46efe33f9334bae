//! The words of a query, and what has become of each.

use crate::understanding::{Elsewhere, Known};
use crate::vocabulary::{Known as KnownPhrase, Vocabulary};
use crate::words::{Word, words_of};

/// A last word shorter than this is not taken for a beginning; acronyms of two letters never are.
const SHORTEST_BEGINNING: usize = 3;

/// What amounts are counted in.
const UNITS: [&str; 14] = [
    "minute", "minutes", "mins", "hour", "hours", "day", "days", "week", "weeks", "month",
    "months", "mile", "miles", "times",
];

/// What a word is for.
#[derive(Clone, Debug)]
pub(super) enum Use {
    /// Nobody has taken it yet.
    Free,
    /// It said something else than what to look for, and is done with.
    Done,
    /// It said a filter: a listing that has it as a word is better.
    Lifts,
    /// It begins a known phrase, or goes on with one.
    Phrase(usize),
    Continues,
}

/// A word.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) used: Use,
}

/// The words in order.
#[derive(Debug)]
pub(super) struct Tokens {
    tokens: Vec<Token>,
    /// What the phrases mean, by the number that [`Use::Phrase`] holds.
    phrases: Vec<KnownPhrase>,
    /// Whether the last word is the beginning of longer ones, and no word itself.
    is_unfinished: bool,
}

impl Tokens {
    pub(super) fn new(words: Vec<Word>) -> Self {
        let free = |word| Token {
            word,
            used: Use::Free,
        };
        Self {
            tokens: words.into_iter().map(free).collect(),
            phrases: Vec::new(),
            is_unfinished: false,
        }
    }

    /// Sees whether the last word is unfinished: nothing has it, but something begins so.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn look_at_the_last(&mut self, known: Known<'_>) -> tantivy::Result<()> {
        if let Some(word) = self.len().checked_sub(1).and_then(|last| self.free(last)) {
            let long_enough = word.text.chars().count() >= SHORTEST_BEGINNING;
            self.is_unfinished = long_enough
                && !known.knowledge.vocabulary.has_word(word)
                && !known.speller.is_there(word)?
                && known.speller.begins_others(word)?;
        }
        Ok(())
    }

    /// Whether the word at a place may be the beginning of a longer one.
    pub(super) fn is_unfinished(&self, at: usize) -> bool {
        self.is_unfinished && at + 1 == self.len()
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Token> {
        self.tokens.iter()
    }

    /// Whether a word, whoever has taken it, is such a one.
    pub(super) fn any(&self, is: impl Fn(&Word) -> bool) -> bool {
        self.tokens.iter().any(|token| is(&token.word))
    }

    pub(super) fn phrase(&self, number: usize) -> Option<&KnownPhrase> {
        self.phrases.get(number)
    }

    /// The word at a place, if nobody has taken it.
    pub(super) fn free(&self, at: usize) -> Option<&Word> {
        let token = self.tokens.get(at)?;
        matches!(token.used, Use::Free).then_some(&token.word)
    }

    /// The word at a place, whoever has taken it.
    pub(super) fn word(&self, at: usize) -> Option<&Word> {
        self.tokens.get(at).map(|token| &token.word)
    }

    /// The free words from a place on, up to the first that is taken.
    pub(super) fn free_from(&self, at: usize) -> Vec<Word> {
        (at..self.len())
            .map_while(|at| self.free(at).cloned())
            .collect()
    }

    pub(super) fn take(&mut self, from: usize, length: usize, used: Use) {
        for token in self.tokens.iter_mut().skip(from).take(length) {
            token.used = used.clone();
        }
    }

    /// “Hi, …” is a greeting; “HI” is hearing impairment.
    pub(super) fn drop_greeting(&mut self) {
        let greets = |word: &Word| {
            matches!(word.text.as_str(), "hi" | "hello" | "hiya") && word.typed != "HI"
        };
        if self.len() > 1 && self.word(0).is_some_and(greets) {
            self.take(0, 1, Use::Done);
        }
    }

    /// “for 3 months” and “20 minutes” say nothing that a listing would have as words.
    pub(super) fn drop_amounts(&mut self) {
        let is_number = |word: &Word| word.text.chars().all(|c| c.is_ascii_digit());
        let is_unit = |word: &Word| UNITS.contains(&word.text.as_str());
        for at in 0..self.len() {
            let number = self.free(at).is_some_and(is_number);
            if number && self.free(at + 1).is_some_and(is_unit) {
                self.take(at, 2, Use::Done);
            }
        }
    }

    /// Marks the longest known phrases among the free words. What said an age or a day may be part of
    /// one: “baby won't settle”.
    pub(super) fn mark_phrases(&mut self, vocabulary: &Vocabulary) {
        let mut at = 0;
        while at < self.len() {
            let known = vocabulary.longest_at(&self.not_done_from(at));
            let Some(known) = known.filter(|known| self.is_free_enough(at, known.length)) else {
                at += 1;
                continue;
            };
            let length = known.length;
            self.take(at, length, Use::Continues);
            self.take(at, 1, Use::Phrase(self.phrases.len()));
            self.phrases.push(known);
            at += length;
        }
    }

    /// The words from a place on that no phrase has and that are not done with.
    fn not_done_from(&self, at: usize) -> Vec<Word> {
        let tokens = self.tokens.iter().skip(at);
        tokens
            .take_while(|token| matches!(token.used, Use::Free | Use::Lifts))
            .map(|token| token.word.clone())
            .collect()
    }

    /// Whether some of these words are free, or they are several: one that said a filter is no phrase.
    fn is_free_enough(&self, at: usize, length: usize) -> bool {
        length > 1 || (at..at + length).any(|at| self.free(at).is_some())
    }

    /// Puts right what is misspelt among the free words; gives all of the words then.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn mend(&mut self, known: Known<'_>) -> tantivy::Result<Option<String>> {
        let vocabulary = &known.knowledge.vocabulary;
        let mut mended = self.split(known)?;
        for at in 0..self.len() {
            let Some(word) = self.free(at) else {
                continue;
            };
            let is_plain = vocabulary.is_left_out(word) || vocabulary.is_optional(word);
            let is_town = known.surroundings.towns.has_word(word);
            let is_good = is_plain || is_town || self.is_unfinished(at);
            if is_good {
                continue;
            }
            if let Some(right) = known.speller.mended(word)?
                && !self.is_two_halves(at, known)?
                && let Some(token) = self.tokens.get_mut(at)
            {
                token.word = right;
                mended = true;
            }
        }
        let texts: Vec<&str> = self
            .tokens
            .iter()
            .map(|it| it.word.typed.as_str())
            .collect();
        Ok(mended.then(|| texts.join(" ")))
    }

    /// Writes as two what was written as one, and tells whether anything was.
    fn split(&mut self, known: Known<'_>) -> tantivy::Result<bool> {
        let mut split = false;
        let mut at = 0;
        while at < self.len() {
            let parts = match self.free(at) {
                Some(word) if !self.is_unfinished(at) => known.speller.split(word)?,
                _ => None,
            };
            if let Some(parts) = parts
                && !self.is_two_halves(at, known)?
            {
                let parts = parts.map(|word| Token {
                    word,
                    used: Use::Free,
                });
                self.tokens.splice(at..=at, parts);
                split = true;
                at += 1;
            }
            at += 1;
        }
        Ok(split)
    }

    /// Whether the word and a neighbour are one word of the index: “tramp oline”.
    fn is_two_halves(&self, at: usize, known: Known<'_>) -> tantivy::Result<bool> {
        for word in self.joined(at) {
            if known.speller.is_there(&word)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The word written as one with the one before, and with the one after.
    pub(super) fn joined(&self, at: usize) -> Vec<Word> {
        let pair = |first: usize| -> Option<Word> {
            let (one, two) = (self.word(first)?, self.word(first + 1)?);
            words_of(&format!("{}{}", one.text, two.text))
                .into_iter()
                .next()
        };
        [at.checked_sub(1).and_then(pair), pair(at)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// What else than the local offer these words are about, and the words that say so, when no phrase of
    /// the field is among them.
    pub(super) fn elsewhere(&self, vocabulary: &Vocabulary) -> Option<(Elsewhere, Vec<Word>)> {
        let mut found = None;
        let mut wholly = true;
        for (at, token) in self.tokens.iter().enumerate() {
            match token.used {
                Use::Phrase(number) => {
                    let phrase = self.phrase(number)?;
                    let tokens = self.tokens.iter().skip(at).take(phrase.length);
                    let words = tokens.map(|token| token.word.clone()).collect();
                    found = Some((phrase.elsewhere.clone()?, words));
                }
                Use::Free => {
                    let word = &token.word;
                    wholly &= vocabulary.is_left_out(word) || vocabulary.is_optional(word);
                }
                Use::Done | Use::Lifts | Use::Continues => {}
            }
        }
        found.map(|(name, words)| (Elsewhere { name, wholly }, words))
    }
}
