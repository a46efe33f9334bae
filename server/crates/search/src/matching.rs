//! From what is meant to the engine's query. The engine's own query parser is never given what people type.

use tantivy::Term;
use tantivy::query::{
    AllQuery, Bm25StatisticsProvider, BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery,
    Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::best_way::BestWay;
use crate::schema::{Fields, whole};
use crate::statistics::Statistics;
use crate::understanding::{Asked, Ends, Wish};
use crate::vocabulary::Phrase;
use crate::weights;
use crate::words::Word;

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
    /// At least one that says what a listing is about.
    AnySubject,
}

/// What one of the wishes must be, at the least, when not all of them are met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strength {
    /// The vocabulary knows it.
    Known,
    /// That, or one name has it and hardly another.
    KnownOrItsOwnName,
    /// It says what a listing is about.
    Any,
}

/// Makes queries for one searcher.
pub(crate) struct Matching<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) statistics: &'a Statistics<'a>,
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
        let strength = match strictness {
            Strictness::All | Strictness::AnySubject => Strength::Any,
            Strictness::AtLeast(_) => self.needed_strength(wishes)?,
            Strictness::AnyKnown => Strength::Known,
        };
        let mut asked = Vec::new();
        for wish in wishes {
            let query = self.wish(wish, &self.fields.stemmed());
            match wish.asked {
                Asked::Optionally if strictness == Strictness::All || !wish.is_known() => {
                    clauses.push((Occur::Should, boosted(query, weights::OPTIONAL)));
                }
                Asked::Optionally => {
                    // “SEN” says little beside other words, but more than nothing without them.
                    strong.push(silent(query.box_clone()));
                    asked.push(boosted(query, weights::OPTIONAL));
                }
                Asked::For if strictness == Strictness::All => {
                    asked.push(boosted(query, self.says(wish)?));
                }
                Asked::For => {
                    if self.is_strong(wish, strength)? {
                        strong.push(silent(query.box_clone()));
                    }
                    asked.push(boosted(query, self.says_among_others(wish)?));
                }
            }
        }
        if asked.is_empty() {
            // What is listed anyway is lifted by what was asked for besides.
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        match strictness {
            Strictness::All => clauses.extend(asked.into_iter().map(|query| (Occur::Must, query))),
            Strictness::AtLeast(_) | Strictness::AnyKnown | Strictness::AnySubject => {
                let least = match strictness {
                    Strictness::AtLeast(least) => least,
                    Strictness::All | Strictness::AnyKnown | Strictness::AnySubject => 1,
                };
                let asked = asked.into_iter().map(|query| (Occur::Should, query));
                let some = BooleanQuery::with_minimum_required_clauses(asked.collect(), least);
                clauses.push((Occur::Must, Box::new(some)));
                clauses.push((Occur::Must, Box::new(BooleanQuery::union(strong))));
            }
        }
        clauses.extend(self.in_the_name(wishes));
        let name = Term::from_field_text(self.fields.whole_name, &whole(typed));
        // Seldom is a name typed whole, and a clause that finds nothing is not for nothing.
        if self.statistics.doc_freq(&name)? > 0 {
            let name = Box::new(TermQuery::new(name, IndexRecordOption::Basic));
            let name = Box::new(ConstScoreQuery::new(name, weights::WHOLE_NAME));
            clauses.push((Occur::Should, name));
        }
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

    /// How much a wish says of what is meant: all that the vocabulary knows, and little where most
    /// listings have the word.
    fn says(&self, wish: &Wish) -> tantivy::Result<f32> {
        match wish.is_known() {
            true => Ok(1.0),
            false => self.says_among_others(wish),
        }
    }

    /// How much it says where not all that was asked for is found: what most listings are about says less than
    /// what few are about, and the vocabulary knows both.
    fn says_among_others(&self, wish: &Wish) -> tantivy::Result<f32> {
        let mut most = 1;
        let single = std::iter::once(&wish.typed).chain(&wish.same);
        for word in single.filter(|phrase| phrase.len() == 1).flatten() {
            for (field, _) in self.fields.stemmed() {
                let term = Term::from_field_text(field, &word.stem);
                most = self.statistics.doc_freq(&term)?.max(most);
            }
        }
        let share = most as f32 / self.statistics.searcher.num_docs().max(1) as f32;
        Ok(weights::telling(share))
    }

    /// Whether half of what is asked for is in no listing and no phrase: then a word in a name is too
    /// little (“puppy training” is no travel training).
    fn is_foreign(&self, wishes: &[Wish]) -> tantivy::Result<bool> {
        let (mut asked, mut foreign) = (0, 0);
        for wish in wishes.iter().filter(|wish| wish.asked == Asked::For) {
            asked += 1;
            foreign += usize::from(!wish.is_known() && !self.is_anywhere(&wish.typed)?);
        }
        Ok(foreign * 2 >= asked)
    }

    /// Whether hardly a name but one has its words: then that one is meant. A word that others have in
    /// their texts is a word like any other: “garden”.
    fn is_a_name(&self, wish: &Wish) -> tantivy::Result<bool> {
        let most = self.statistics.searcher.num_docs() / weights::NAMES_OF_ONE;
        for word in &wish.typed {
            let names = Term::from_field_text(self.fields.name_stemmed, &word.stem);
            let names = self.statistics.doc_freq(&names)?;
            let texts = Term::from_field_text(self.fields.body, &word.stem);
            let texts = self.statistics.doc_freq(&texts)?;
            if (1..=most.max(1)).contains(&names) && texts <= names * weights::TEXTS_OF_A_NAME {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether some listing has one of the words.
    fn is_anywhere(&self, words: &Phrase) -> tantivy::Result<bool> {
        for word in words {
            for (field, _) in self.fields.stemmed() {
                let term = Term::from_field_text(field, &word.stem);
                if self.statistics.doc_freq(&term)? > 0 {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// What a wish must be when not all of them are met.
    fn needed_strength(&self, wishes: &[Wish]) -> tantivy::Result<Strength> {
        let mut asked = wishes.iter().filter(|wish| wish.asked == Asked::For);
        Ok(
            match asked.any(Wish::is_known) || self.is_foreign(wishes)? {
                true => Strength::KnownOrItsOwnName,
                false => Strength::Any,
            },
        )
    }

    /// Whether a wish is so strong. Without more, it says what a listing is about when a name, a need
    /// or a category has its words.
    fn is_strong(&self, wish: &Wish, needed: Strength) -> tantivy::Result<bool> {
        match needed {
            Strength::Known => return Ok(wish.is_known()),
            Strength::KnownOrItsOwnName => {
                return Ok(wish.is_known() || self.is_a_name(wish)?);
            }
            Strength::Any => {}
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
                if self.statistics.doc_freq(&term)? > 0 {
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
        self.add_words_apart(&mut ways, &wish.typed, fields);
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
        Box::new(BestWay::new(ways, weights::TIE))
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
    }

    /// The words of a typed phrase, wherever they stand. Not those of what means the same: “talking
    /// therapies” are not wherever there is talk of a therapy.
    fn add_words_apart(
        &self,
        ways: &mut Vec<Box<dyn Query>>,
        phrase: &Phrase,
        fields: &[(Field, f32)],
    ) {
        if phrase.len() < 2 {
            return;
        }
        let each_word = phrase.iter().map(|word| {
            let mut anywhere = Vec::new();
            self.add_word(&mut anywhere, word, 1.0, fields);
            Box::new(BestWay::new(anywhere, 0.0)) as Box<dyn Query>
        });
        // A sum over the words would outweigh the phrase: each counts its part.
        let share = weights::APART / phrase.len() as f32;
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
        let (name, anywhere) = weights::BEGINNING;
        ways.push(boosted(beginning(self.fields.name, word), name));
        ways.push(boosted(beginning(self.fields.words, word), anywhere));
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
