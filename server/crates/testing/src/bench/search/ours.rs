//! Our own side: all that the bench knows of the search crate stands here.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use domain::keys::TermSlug;
use domain::local_offer::Listing;
use hub::Hub;
use search::{
    Ages, Change, Counting as AskedCounting, District, Facet, Index, Indexer, Joined, Knowledge,
    Order, Query, Taxonomies, Tick,
};

use super::{
    Answer, Outcome, SUGGESTED, Side,
    questions::{Counting, Question},
};
use crate::{
    bench::offer::{CATEGORY_TAXONOMY, NEED_TAXONOMY},
    council::sample_council,
};

/// An index and its writer.
pub(super) struct Ours {
    index: Index,
    indexer: Option<Indexer>,
    built: Duration,
}

impl Ours {
    pub(super) fn begin(folder: &Path) -> Outcome<Self> {
        let index = Index::open(folder, &taxonomies())?;
        index.know(Knowledge::new(&districts()?, &[], &[])?);
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
        // As a server does when its feed is quiet, and as FTS5 is optimized.
        while indexer.join()? == Joined::NotYet {
            std::thread::sleep(Duration::from_millis(10));
        }
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
            let counts = results.facets.into_iter().filter(|value| value.count > 0);
            answer.counts.extend(counts.map(|value| {
                let name = (value.facet.key().to_owned(), value.slug.to_string());
                (name, value.count)
            }));
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

/// As the hub teaches them to its index.
fn districts() -> Outcome<Vec<District>> {
    let districts = sample_council().districts.into_iter();
    let known = districts.map(|district| {
        let hint = district.postcode_hint.unwrap_or_default();
        Ok(District {
            slug: district.key.as_str().parse()?,
            name: district.name,
            outward_codes: hint.split(", ").map(str::to_owned).collect(),
        })
    });
    known.collect()
}

fn query(question: &Question) -> Outcome<Query> {
    let ticks = question.ticks.iter().map(|(group, slug)| {
        Ok(Tick {
            facet: Facet::of_key(group).ok_or("no such group")?,
            slug: slug.parse::<TermSlug>()?,
        })
    });
    Ok(Query {
        words: question.words.to_owned(),
        postcode: question.near.map(|near| near.postcode.to_owned()),
        miles: question.near.map(|near| near.miles),
        ages: question.age.and_then(|age| Ages::new(age, age)),
        ticked: ticks.collect::<Outcome<_>>()?,
        counting: match question.counting {
            Counting::Counts => AskedCounting::Everything,
            Counting::HitsOnly => AskedCounting::Nothing,
        },
        order: question.near.map(|_| Order::Nearest),
        page: 1,
        ..Query::default()
    })
}
