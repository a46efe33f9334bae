//! From what is meant to the engine's query. The engine's own query parser is never given what people type.

use domain::keys::TermSlug;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery,
    Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::schema::Fields;
use crate::understanding::{Asked, Ends, Wish};
use crate::vocabulary::Phrase;
use crate::weights;
use crate::words::Word;

/// A last word shorter than this is not taken for a beginning; acronyms of two letters never are.
const SHORTEST_BEGINNING: usize = 3;
/// Words this long may have one letter wrong …
const ONE_WRONG_FROM: usize = 4;
/// … and these two.
const TWO_WRONG_FROM: usize = 8;
/// Words of a phrase may be this far out of place (“health & care” has no “and”).
const SLOP: u32 = 1;

/// How much of what was asked for a hit must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// Every wish.
    All,
    /// At least one.
    Any,
}

/// Makes queries for one searcher.
pub(crate) struct Matching<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) searcher: &'a Searcher,
}

impl Matching<'_> {
    /// The query for these wishes and ticked terms.
    pub(crate) fn query(
        &self,
        wishes: &[Wish],
        strictness: Strictness,
        needs: &[TermSlug],
        categories: &[TermSlug],
    ) -> tantivy::Result<BooleanQuery> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> =
            vec![(Occur::Must, silent(Box::new(AllQuery)))];
        let mut asked: Vec<Box<dyn Query>> = Vec::new();
        for wish in wishes {
            let query = self.wish(wish)?;
            match wish.asked {
                Asked::For => asked.push(query),
                Asked::Optionally => {
                    clauses.push((Occur::Should, boosted(query, weights::OPTIONAL)));
                }
            }
        }
        match strictness {
            Strictness::All => clauses.extend(asked.into_iter().map(|query| (Occur::Must, query))),
            Strictness::Any => clauses.push((Occur::Must, Box::new(BooleanQuery::union(asked)))),
        }
        for (field, slugs) in [
            (self.fields.need_slug, needs),
            (self.fields.category_slug, categories),
        ] {
            let any: Vec<Box<dyn Query>> = slugs
                .iter()
                .map(|slug| term(field, slug.as_str()))
                .collect();
            if !any.is_empty() {
                clauses.push((Occur::Must, silent(Box::new(BooleanQuery::union(any)))));
            }
        }
        Ok(BooleanQuery::new(clauses))
    }

    /// Names whose words are these, the last of them perhaps unfinished.
    pub(crate) fn names(&self, words: &[Word]) -> BooleanQuery {
        let last = words.len().saturating_sub(1);
        let clause = |(index, word): (usize, &Word)| {
            let query = if index == last {
                beginning(self.fields.name, word)
            } else {
                term(self.fields.name, &word.text)
            };
            (Occur::Must, query)
        };
        BooleanQuery::new(words.iter().enumerate().map(clause).collect())
    }

    fn wish(&self, wish: &Wish) -> tantivy::Result<Box<dyn Query>> {
        let mut ways = Vec::new();
        self.add_phrase(&mut ways, &wish.typed, weights::SAME);
        for phrase in &wish.same {
            self.add_phrase(&mut ways, phrase, weights::SAME);
        }
        for phrase in &wish.see {
            self.add_phrase(&mut ways, phrase, weights::SEE_ALSO);
        }
        for word in &wish.joined {
            self.add_word(&mut ways, word, weights::JOINED);
        }
        if let [word] = wish.typed.as_slice() {
            self.add_beginnings(&mut ways, word, wish.ends);
            if wish.same.is_empty() && wish.see.is_empty() {
                self.add_misspellings(&mut ways, word)?;
            }
        }
        Ok(Box::new(DisjunctionMaxQuery::with_tie_breaker(
            ways,
            weights::TIE,
        )))
    }

    /// The stemmed fields with their weights.
    fn stemmed(&self) -> [(Field, f32); 6] {
        [
            (self.fields.name_stemmed, weights::NAME_STEMMED),
            (self.fields.needs, weights::NEEDS),
            (self.fields.categories, weights::CATEGORIES),
            (self.fields.organization, weights::ORGANIZATION),
            (self.fields.places, weights::PLACES),
            (self.fields.body, weights::BODY),
        ]
    }

    fn add_phrase(&self, ways: &mut Vec<Box<dyn Query>>, phrase: &Phrase, weight: f32) {
        if let [word] = phrase.as_slice() {
            self.add_word(ways, word, weight);
            return;
        }
        for (field, field_weight) in self.stemmed() {
            let terms = phrase
                .iter()
                .map(|word| Term::from_field_text(field, &word.stem))
                .enumerate()
                .collect();
            let query = PhraseQuery::new_with_offset_and_slop(terms, SLOP);
            ways.push(boosted(Box::new(query), field_weight * weight));
        }
        let each_word = phrase.iter().map(|word| {
            let mut anywhere = Vec::new();
            self.add_word(&mut anywhere, word, 1.0);
            Box::new(DisjunctionMaxQuery::new(anywhere)) as Box<dyn Query>
        });
        // A sum over the words would outweigh the phrase: each counts its part.
        let share = weights::APART * weight / phrase.len() as f32;
        ways.push(boosted(
            Box::new(BooleanQuery::intersection(each_word.collect())),
            share,
        ));
    }

    fn add_word(&self, ways: &mut Vec<Box<dyn Query>>, word: &Word, weight: f32) {
        ways.push(boosted(
            term(self.fields.name, &word.text),
            weights::NAME * weight,
        ));
        for (field, field_weight) in self.stemmed() {
            ways.push(boosted(term(field, &word.stem), field_weight * weight));
        }
    }

    fn add_beginnings(&self, ways: &mut Vec<Box<dyn Query>>, word: &Word, ends: Ends) {
        if ends == Ends::Open && word.text.chars().count() >= SHORTEST_BEGINNING {
            let (name, anywhere) = weights::BEGINNING;
            ways.push(boosted(beginning(self.fields.name, word), name));
            ways.push(boosted(beginning(self.fields.words, word), anywhere));
        }
    }

    fn add_misspellings(&self, ways: &mut Vec<Box<dyn Query>>, word: &Word) -> tantivy::Result<()> {
        let letters = word.text.chars().count();
        if letters < ONE_WRONG_FROM
            || word.text.chars().any(|c| c.is_ascii_digit())
            || !self.is_rare(word)?
        {
            return Ok(());
        }
        let wrong = if letters >= TWO_WRONG_FROM { 2 } else { 1 };
        let (name, anywhere) = weights::MISSPELLED;
        for (field, weight) in [(self.fields.name, name), (self.fields.words, anywhere)] {
            let query = FuzzyTermQuery::new(Term::from_field_text(field, &word.text), wrong, true);
            ways.push(boosted(Box::new(query), weight));
        }
        Ok(())
    }

    /// Whether hardly a listing has the word, in any form.
    fn is_rare(&self, word: &Word) -> tantivy::Result<bool> {
        for (field, _) in self.stemmed() {
            if self
                .searcher
                .doc_freq(&Term::from_field_text(field, &word.stem))?
                > weights::RARE
            {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(field, text),
        IndexRecordOption::WithFreqs,
    ))
}

/// Words that begin with this one.
fn beginning(field: Field, word: &Word) -> Box<dyn Query> {
    // No wrong letters: with an automaton of distance 0 this is the engine's prefix query.
    Box::new(FuzzyTermQuery::new_prefix(
        Term::from_field_text(field, &word.text),
        0,
        true,
    ))
}

fn boosted(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, weight))
}

/// A condition that adds nothing to the score.
fn silent(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
