//! Our own side: all that the bench knows of the search crate stands here.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use domain::local_offer::Listing;
use hub::Hub;
use search::{Change, Index, Indexer, Query, Taxonomies};

use super::{
    Answer, Outcome, SUGGESTED, Side,
    questions::{Counting, Question},
};
use crate::bench::offer::{CATEGORY_TAXONOMY, NEED_TAXONOMY};

/// The groups that our side counts.
pub(super) const COUNTED: [&str; 2] = ["need", "category"];

/// An index and its writer.
pub(super) struct Ours {
    index: Index,
    indexer: Option<Indexer>,
    built: Duration,
}

impl Ours {
    pub(super) fn begin(folder: &Path) -> Outcome<Self> {
        let index = Index::open(folder, &taxonomies())?;
        Ok(Self {
            indexer: Some(index.writer()?),
            index,
            built: Duration::ZERO,
        })
    }

    pub(super) fn add(&mut self, listings: Vec<Listing>) -> Outcome<()> {
        let changes: Vec<Change> = listings
            .into_iter()
            .map(|listing| Change::Put(Box::new(listing)))
            .collect();
        let begun = Instant::now();
        let indexer = self.indexer.as_mut().ok_or("the index is built")?;
        indexer.apply(&changes)?;
        self.built += begun.elapsed();
        Ok(())
    }

    /// Makes everything visible, and gives the writer back.
    pub(super) fn ready(mut self) -> Outcome<Self> {
        let begun = Instant::now();
        let mut indexer = self.indexer.take().ok_or("the index is built")?;
        indexer.commit(0, "")?;
        self.built += begun.elapsed();
        Ok(self)
    }

    pub(super) fn built(&self) -> Duration {
        self.built
    }

    /// The same without the trait's waiting, for a thread that does nothing else.
    pub(super) fn ask(&self, question: &Question) -> Outcome<Answer> {
        let results = self.index.search(&query(question)?)?;
        let mut answer = Answer {
            total: results.total,
            hits: results.hits.len(),
            ..Answer::default()
        };
        if question.counting == Counting::Counts {
            for (group, counts) in [("need", results.needs), ("category", results.categories)] {
                let named = counts
                    .into_iter()
                    .map(|count| ((group.to_owned(), count.slug.to_string()), count.count));
                answer.counts.extend(named);
            }
        }
        Ok(answer)
    }
}

/// Whether a hub's index has a listing whose name holds this word.
pub(super) fn finds(hub: &Hub, word: &str) -> Outcome<bool> {
    let query = Query {
        words: word.to_owned(),
        ..Query::default()
    };
    let results = hub.index().search(&query)?;
    Ok(results
        .hits
        .iter()
        .any(|hit| hit.listing.name.contains(word)))
}

impl Side for Ours {
    fn name(&self) -> &'static str {
        "SEND Hub"
    }

    async fn answer(&mut self, question: &Question) -> Outcome<Answer> {
        self.ask(question)
    }

    async fn suggest(&mut self, typed: &str) -> Outcome<usize> {
        Ok(self.index.suggest(typed, SUGGESTED)?.len())
    }
}

fn taxonomies() -> Taxonomies {
    Taxonomies {
        need: NEED_TAXONOMY.to_owned(),
        category: CATEGORY_TAXONOMY.to_owned(),
    }
}

fn query(question: &Question) -> Outcome<Query> {
    let ticked = |group| {
        let ticks = question.ticks.iter().filter(move |(of, _)| *of == group);
        ticks
            .map(|(_, slug)| slug.parse())
            .collect::<Result<Vec<_>, _>>()
    };
    Ok(Query {
        words: question.words.to_owned(),
        postcode: question.near.map(|near| near.postcode.to_owned()),
        miles: question.near.map(|near| near.miles),
        age: question.age,
        need: ticked("need")?,
        category: ticked("category")?,
        page: 1,
    })
}
