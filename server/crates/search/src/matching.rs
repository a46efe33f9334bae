//! From what is meant to the engine's query. The engine's own query parser is never given what people type.

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery,
    Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::schema::{Fields, whole};
use crate::understanding::{Asked, Ends, Wish};
use crate::vocabulary::Phrase;
use crate::weights;
use crate::words::Word;

/// A last word shorter than this is not taken for a beginning; acronyms of two letters never are.
const SHORTEST_BEGINNING: usize = 3;
/// Words of a phrase may be this far out of place (“health & care” has no “and”).
const SLOP: u32 = 1;

/// How much of what was asked for a hit must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// Every wish.
    All,
    /// At least so many, and one of them a strong one ([`Matching::is_strong`]).
    AtLeast(usize),
    /// At least one that the vocabulary knows.
    AnyKnown,
}

/// Makes queries for one searcher.
pub(crate) struct Matching<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) searcher: &'a Searcher,
}

impl Matching<'_> {
    /// The query for these wishes; `typed` is what was typed, for a name that is just that.
    pub(crate) fn query(
        &self,
        wishes: &[Wish],
        strictness: Strictness,
        typed: &str,
    ) -> tantivy::Result<BooleanQuery> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut strong = Vec::new();
        let mut asked = Vec::new();
        for wish in wishes {
            let query = self.wish(wish, &self.fields.stemmed());
            match wish.asked {
                Asked::Optionally => {
                    clauses.push((Occur::Should, boosted(query, weights::OPTIONAL)));
                }
                Asked::For => {
                    let strong_enough = match strictness {
                        Strictness::All => false,
                        Strictness::AtLeast(_) => self.is_strong(wish)?,
                        Strictness::AnyKnown => wish.is_known(),
                    };
                    if strong_enough {
                        strong.push(silent(query.box_clone()));
                    }
                    asked.push(query);
                }
            }
        }
        if asked.is_empty() {
            clauses.push((Occur::Must, silent(Box::new(AllQuery))));
        }
        match strictness {
            Strictness::All => clauses.extend(asked.into_iter().map(|query| (Occur::Must, query))),
            Strictness::AtLeast(_) | Strictness::AnyKnown => {
                let least = match strictness {
                    Strictness::AtLeast(least) => least,
                    Strictness::All | Strictness::AnyKnown => 1,
                };
                let asked = asked.into_iter().map(|query| (Occur::Should, query));
                let some = BooleanQuery::with_minimum_required_clauses(asked.collect(), least);
                clauses.push((Occur::Must, Box::new(some)));
                clauses.push((Occur::Must, Box::new(BooleanQuery::union(strong))));
            }
        }
        clauses.extend(self.in_the_name(wishes));
        let name = term(self.fields.whole_name, &whole(typed));
        let name = Box::new(ConstScoreQuery::new(name, weights::WHOLE_NAME));
        clauses.push((Occur::Should, name));
        Ok(BooleanQuery::new(clauses))
    }

    /// The query for texts that are about these wishes: their titles, summaries and own words must
    /// have one of them, and the text the others.
    pub(crate) fn about(
        &self,
        wishes: &[Wish],
        strictness: Strictness,
    ) -> tantivy::Result<BooleanQuery> {
        let all = self.query(wishes, strictness, "")?;
        let head = [
            (self.fields.name_stemmed, weights::NAME_STEMMED),
            (self.fields.needs, weights::NEEDS),
        ];
        let about = wishes
            .iter()
            .filter(|wish| wish.asked == Asked::For)
            .map(|wish| self.wish(wish, &head))
            .collect();
        let about: Box<dyn Query> = Box::new(BooleanQuery::union(about));
        Ok(BooleanQuery::new(vec![
            (Occur::Must, Box::new(all)),
            (Occur::Must, about),
        ]))
    }

    /// Whether a wish says what a listing is about: the vocabulary knows it, or a name, a need or a
    /// category has its words.
    fn is_strong(&self, wish: &Wish) -> tantivy::Result<bool> {
        if wish.is_known() {
            return Ok(true);
        }
        let Fields {
            name_stemmed,
            needs,
            categories,
            ..
        } = *self.fields;
        for word in &wish.typed {
            for field in [name_stemmed, needs, categories] {
                let term = Term::from_field_text(field, &word.stem);
                if self.searcher.doc_freq(&term)? > 0 {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// A name that has all that was asked for.
    fn in_the_name(&self, wishes: &[Wish]) -> Option<(Occur, Box<dyn Query>)> {
        let asked = wishes.iter().filter(|wish| wish.asked == Asked::For);
        let name = self.fields.name_stemmed;
        let words: Vec<Box<dyn Query>> = asked
            .flat_map(|wish| &wish.typed)
            .map(|word| term(name, &word.stem))
            .collect();
        (!words.is_empty()).then(|| {
            let all = Box::new(BooleanQuery::intersection(words));
            let all: Box<dyn Query> = Box::new(ConstScoreQuery::new(all, weights::ALL_IN_THE_NAME));
            (Occur::Should, all)
        })
    }

    fn wish(&self, wish: &Wish, fields: &[(Field, f32)]) -> Box<dyn Query> {
        let mut ways = Vec::new();
        self.add_phrase(&mut ways, &wish.typed, weights::SAME, fields);
        for phrase in &wish.same {
            self.add_phrase(&mut ways, phrase, weights::SAME, fields);
        }
        for phrase in &wish.see {
            self.add_phrase(&mut ways, phrase, weights::SEE_ALSO, fields);
        }
        for word in &wish.joined {
            self.add_word(&mut ways, word, weights::JOINED, fields);
        }
        if let ([word], Ends::Open) = (wish.typed.as_slice(), wish.ends) {
            self.add_beginnings(&mut ways, word);
        }
        Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, weights::TIE))
    }

    fn add_phrase(
        &self,
        ways: &mut Vec<Box<dyn Query>>,
        phrase: &Phrase,
        weight: f32,
        fields: &[(Field, f32)],
    ) {
        if let [word] = phrase.as_slice() {
            self.add_word(ways, word, weight, fields);
            return;
        }
        for (field, field_weight) in fields {
            let terms = phrase
                .iter()
                .map(|word| Term::from_field_text(*field, &word.stem))
                .enumerate()
                .collect();
            let query = PhraseQuery::new_with_offset_and_slop(terms, SLOP);
            ways.push(boosted(Box::new(query), field_weight * weight));
        }
        let each_word = phrase.iter().map(|word| {
            let mut anywhere = Vec::new();
            self.add_word(&mut anywhere, word, 1.0, fields);
            Box::new(DisjunctionMaxQuery::new(anywhere)) as Box<dyn Query>
        });
        // A sum over the words would outweigh the phrase: each counts its part.
        let share = weights::APART * weight / phrase.len() as f32;
        ways.push(boosted(
            Box::new(BooleanQuery::intersection(each_word.collect())),
            share,
        ));
    }

    fn add_word(
        &self,
        ways: &mut Vec<Box<dyn Query>>,
        word: &Word,
        weight: f32,
        fields: &[(Field, f32)],
    ) {
        ways.push(boosted(
            term(self.fields.name, &word.text),
            weights::NAME * weight,
        ));
        for (field, field_weight) in fields {
            ways.push(boosted(term(*field, &word.stem), field_weight * weight));
        }
    }

    fn add_beginnings(&self, ways: &mut Vec<Box<dyn Query>>, word: &Word) {
        if word.text.chars().count() >= SHORTEST_BEGINNING {
            let (name, anywhere) = weights::BEGINNING;
            ways.push(boosted(beginning(self.fields.name, word), name));
            ways.push(boosted(beginning(self.fields.words, word), anywhere));
        }
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
