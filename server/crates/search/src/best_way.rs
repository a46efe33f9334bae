//! Several ways to match one thing, scored by the best of them and a little of the others.
//!
//! The engine's own disjunction prepares a window of 4,096 documents, each with a score: 50 kB for every word and
//! segment, which is more work than most words have hits. Here the next document is the least of the ways' next
//! ones, and nothing is prepared.

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// The best of several queries.
#[derive(Debug)]
pub(crate) struct BestWay {
    ways: Vec<Box<dyn Query>>,
    /// How much the others add.
    tie: Score,
}

impl BestWay {
    pub(crate) fn new(ways: Vec<Box<dyn Query>>, tie: Score) -> Self {
        Self { ways, tie }
    }
}

impl Clone for BestWay {
    fn clone(&self) -> Self {
        let ways = self.ways.iter().map(|way| way.box_clone());
        Self::new(ways.collect(), self.tie)
    }
}

impl Query for BestWay {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let ways = self.ways.iter().map(|way| way.weight(scoring));
        Ok(Box::new(BestWeight {
            ways: ways.collect::<tantivy::Result<_>>()?,
            tie: self.tie,
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        for way in &self.ways {
            way.query_terms(visitor);
        }
    }
}

struct BestWeight {
    ways: Vec<Box<dyn Weight>>,
    tie: Score,
}

impl Weight for BestWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorers = Vec::with_capacity(self.ways.len());
        for way in &self.ways {
            let scorer = way.scorer(reader, boost)?;
            if scorer.doc() != TERMINATED {
                scorers.push(scorer);
            }
        }
        Ok(match scorers.len() {
            0 => Box::new(EmptyScorer),
            1 => scorers.remove(0),
            _ => Box::new(BestScorer::new(scorers, self.tie)),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            let problem = format!("document {doc} does not match");
            return Err(TantivyError::InvalidArgument(problem));
        }
        Ok(Explanation::new("the best way", scorer.score()))
    }
}

struct BestScorer {
    scorers: Vec<Box<dyn Scorer>>,
    /// Where each stands; [`TERMINATED`] at its end. Apart from them, so that the least is found at a glance.
    docs: Vec<DocId>,
    /// The least of those.
    doc: DocId,
    tie: Score,
}

impl BestScorer {
    fn new(scorers: Vec<Box<dyn Scorer>>, tie: Score) -> Self {
        let mut best = Self {
            docs: scorers.iter().map(|scorer| scorer.doc()).collect(),
            scorers,
            doc: TERMINATED,
            tie,
        };
        best.take_the_least();
        best
    }

    fn take_the_least(&mut self) -> DocId {
        self.doc = self.docs.iter().copied().fold(TERMINATED, DocId::min);
        self.doc
    }
}

impl DocSet for BestScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        for (doc, scorer) in self.docs.iter_mut().zip(&mut self.scorers) {
            if *doc == self.doc {
                *doc = scorer.advance();
            }
        }
        self.take_the_least()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for (doc, scorer) in self.docs.iter_mut().zip(&mut self.scorers) {
            if *doc < target {
                *doc = scorer.seek(target);
            }
        }
        self.take_the_least()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let hints = self.scorers.iter().map(|scorer| scorer.size_hint());
        hints.fold(0, u32::saturating_add)
    }

    fn cost(&self) -> u64 {
        self.scorers.iter().map(|scorer| scorer.cost()).sum()
    }
}

impl Scorer for BestScorer {
    fn score(&mut self) -> Score {
        let (mut best, mut sum) = (0.0, 0.0);
        for (doc, scorer) in self.docs.iter().zip(&mut self.scorers) {
            if *doc == self.doc {
                let score = scorer.score();
                best = Score::max(best, score);
                sum += score;
            }
        }
        best + (sum - best) * self.tie
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::collector::TopDocs;
    use tantivy::query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, TermQuery};
    use tantivy::schema::{Field, IndexRecordOption, Schema, TEXT};
    use tantivy::{DocAddress, Index, Searcher, TantivyDocument};

    use super::*;

    /// Texts of the letters a to e, in segments of ten.
    fn index(texts: &[Vec<u8>]) -> (Searcher, Field) {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for piece in texts.chunks(10) {
            for text in piece {
                let words: Vec<String> = text.iter().map(|it| word(*it)).collect();
                let mut document = TantivyDocument::new();
                document.add_text(field, words.join(" "));
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
        }
        (index.reader().unwrap().searcher(), field)
    }

    fn word(number: u8) -> String {
        char::from(b'a' + number % 5).to_string()
    }

    fn ways(field: Field, numbers: &[u8]) -> Vec<Box<dyn Query>> {
        let way = |number: &u8| {
            let term = Term::from_field_text(field, &word(*number));
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            let weight = 1.0 + f32::from(*number);
            Box::new(BoostQuery::new(Box::new(query), weight)) as Box<dyn Query>
        };
        numbers.iter().map(way).collect()
    }

    fn found(searcher: &Searcher, query: &dyn Query) -> Vec<(DocAddress, Score)> {
        let all = TopDocs::with_limit(1_000).order_by_score();
        let mut found = searcher.search(query, &all).unwrap();
        found.sort_by_key(|(_, address)| *address);
        found
            .into_iter()
            .map(|(score, address)| (address, score))
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn the_same_is_found_with_the_same_scores_as_by_the_engine(
            texts in prop::collection::vec(prop::collection::vec(0_u8..9, 0..6), 1..40),
            one in prop::collection::vec(0_u8..5, 1..5),
            two in prop::collection::vec(0_u8..5, 1..30),
        ) {
            let (searcher, field) = index(&texts);
            let ours = |numbers: &[u8]| Box::new(BestWay::new(ways(field, numbers), 0.1)) as Box<dyn Query>;
            let theirs = |numbers: &[u8]| {
                Box::new(DisjunctionMaxQuery::with_tie_breaker(ways(field, numbers), 0.1)) as Box<dyn Query>
            };
            let pairs = [
                (ours(&one), theirs(&one)),
                (
                    Box::new(BooleanQuery::intersection(vec![ours(&one), ours(&two)])) as Box<dyn Query>,
                    Box::new(BooleanQuery::intersection(vec![theirs(&one), theirs(&two)])) as Box<dyn Query>,
                ),
            ];
            for (ours, theirs) in pairs {
                let (ours, theirs) = (found(&searcher, &ours), found(&searcher, &theirs));
                prop_assert_eq!(ours.len(), theirs.len());
                for ((one, score), (two, score2)) in ours.into_iter().zip(theirs) {
                    prop_assert_eq!(one, two);
                    prop_assert!((score - score2).abs() <= score2.abs() * 1e-5, "{} {}", score, score2);
                }
            }
        }
    }
}
