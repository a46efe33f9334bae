//! Everything that matched, gathered in one pass: sieved by ages, distance and filters, counted by
//! every value of every group, with what decides the order.

use std::sync::Arc;

use domain::local_offer::Position;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, DynamicColumn, HasAssociatedColumnType};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::best::{Best, Found};
use crate::counts::{Counts, SegmentCounts};
use crate::facts::{Facts, SegmentFacts};
use crate::knowledge::Knowledge;
use crate::query::{Ages, Counting, Order};
use crate::schema::fast;
use crate::ticks::{DocValues, SegmentTicks, Ticks};
use crate::weights;

/// What is asked besides the words.
pub(crate) struct Gather {
    pub(crate) sieve: Sieve,
    pub(crate) ticks: Ticks,
    pub(crate) knowledge: Arc<Knowledge>,
    pub(crate) facts: Arc<Facts>,
}

/// The part of it that every segment reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sieve {
    /// Distances are from here.
    pub(crate) from: Option<Position>,
    /// At how many miles nearness counts half.
    pub(crate) half_at: f64,
    /// Only with `from`: places farther than this are left out.
    pub(crate) miles: Option<u16>,
    /// The ages must overlap these.
    pub(crate) ages: Option<Ages>,
    pub(crate) order: Order,
    /// How many of the first are wanted.
    pub(crate) wanted: usize,
    /// Whether values are counted.
    pub(crate) counting: Counting,
    /// Today, in days since 1970.
    pub(crate) today: Option<i64>,
}

/// All of it: the first of them, and every count.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) best: Best,
    pub(crate) counts: Counts,
}

impl Gathered {
    /// These, with those few first.
    pub(crate) fn after(self, few: Self) -> Self {
        Self {
            best: self.best.after(few.best),
            ..self
        }
    }
}

impl Collector for Gather {
    type Fruit = Gathered;
    type Child = SegmentGather;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentGather> {
        let facts = self.facts.of(reader)?;
        let sieve = &self.sieve;
        // Opening a column costs as much as scoring hundreds of hits: only what is needed.
        let (near, dated) = (sieve.from.is_some(), sieve.today.is_some());
        let names = sieve.order != Order::BestMatch;
        Ok(SegmentGather {
            sieve: self.sieve,
            segment,
            minimum_age: column_if(sieve.ages.is_some(), reader, fast::MINIMUM_AGE)?,
            maximum_age: column_if(sieve.ages.is_some(), reader, fast::MAXIMUM_AGE)?,
            latitude: column_if(near, reader, fast::LATITUDE)?,
            longitude: column_if(near, reader, fast::LONGITUDE)?,
            checked_on: column_if(dated, reader, fast::CHECKED_ON)?,
            name_order: [
                column_if(names, reader, fast::NAME_ORDER[0])?,
                column_if(names, reader, fast::NAME_ORDER[1])?,
            ],
            counts: SegmentCounts::new(facts.labels.len()),
            ticks: match self.sieve.counting {
                Counting::Nothing if self.ticks.ask_nothing() => SegmentTicks::nothing(&self.ticks),
                _ => self
                    .ticks
                    .in_segment(reader, &facts, &self.knowledge.districts)?,
            },
            values: DocValues::default(),
            best: Best::new(sieve.order, sieve.wanted),
            facts,
            knowledge: Arc::clone(&self.knowledge),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sieve.order == Order::BestMatch
    }

    fn merge_fruits(&self, segments: Vec<Gathered>) -> tantivy::Result<Gathered> {
        let mut segments = segments.into_iter();
        let mut all = segments.next().unwrap_or_default();
        for segment in segments {
            all.best.add(segment.best);
            all.counts.add(segment.counts);
        }
        Ok(all)
    }
}

fn column_if<T: HasAssociatedColumnType>(
    wanted: bool,
    reader: &SegmentReader,
    name: &str,
) -> tantivy::Result<Option<Column<T>>>
where
    DynamicColumn: Into<Option<Column<T>>>,
{
    match wanted {
        true => reader.fast_fields().column_opt(name),
        false => Ok(None),
    }
}

/// The part of one segment.
pub(crate) struct SegmentGather {
    sieve: Sieve,
    segment: SegmentOrdinal,
    minimum_age: Option<Column<u64>>,
    maximum_age: Option<Column<u64>>,
    latitude: Option<Column<f64>>,
    longitude: Option<Column<f64>>,
    checked_on: Option<Column<i64>>,
    name_order: [Option<Column<u64>>; 2],
    ticks: SegmentTicks,
    /// What the listing at hand has.
    values: DocValues,
    counts: SegmentCounts,
    best: Best,
    facts: Arc<SegmentFacts>,
    knowledge: Arc<Knowledge>,
}

impl SegmentGather {
    fn overlaps_the_ages(&self, doc: DocId) -> bool {
        let Some(ages) = self.sieve.ages else {
            return true;
        };
        first(&self.minimum_age, doc).is_none_or(|youngest| youngest <= u64::from(ages.to()))
            && first(&self.maximum_age, doc).is_none_or(|oldest| u64::from(ages.from()) <= oldest)
    }

    /// Miles to the nearest of its places.
    fn miles(&self, doc: DocId) -> Option<f64> {
        let from = self.sieve.from?;
        let (latitude, longitude) = (self.latitude.as_ref()?, self.longitude.as_ref()?);
        latitude
            .values_for_doc(doc)
            .zip(longitude.values_for_doc(doc))
            .filter_map(|(latitude, longitude)| Position::new(latitude, longitude))
            .map(|place| from.miles_to(place))
            .min_by(f64::total_cmp)
    }

    /// The words' score, lifted by what is near and by what was checked lately.
    fn score(&self, doc: DocId, words: Score, miles: Option<f64>) -> Score {
        let near = match (self.sieve.from, miles) {
            (None, _) => 1.0,
            (Some(_), miles) => weights::nearness(miles, self.sieve.half_at),
        };
        let checked = self.sieve.today.map_or(1.0, |today| {
            let on = self
                .checked_on
                .as_ref()
                .and_then(|column| column.first(doc));
            weights::freshness(on.map(|on| today - on))
        });
        words * near * checked
    }
}

fn first(column: &Option<Column<u64>>, doc: DocId) -> Option<u64> {
    column.as_ref()?.first(doc)
}

impl SegmentCollector for SegmentGather {
    type Fruit = Gathered;

    fn collect(&mut self, doc: DocId, score: Score) {
        let miles = self.miles(doc);
        let too_far = miles
            .zip(self.sieve.miles)
            .is_some_and(|(miles, most)| miles > f64::from(most));
        if too_far || !self.overlaps_the_ages(doc) {
            return;
        }
        let counts = self.sieve.counting == Counting::Everything;
        if counts || !self.ticks.ask_nothing() {
            self.ticks.read(doc, &mut self.values);
            if counts {
                self.counts.count(&self.values);
            }
            if !self.values.meets_all() {
                return;
            }
        }
        let name_order = [0, 1].map(|part| first(&self.name_order[part], doc).unwrap_or_default());
        self.best.push(Found {
            address: DocAddress::new(self.segment, doc),
            score: self.score(doc, score, miles),
            miles,
            name_order,
        });
    }

    fn harvest(self) -> Gathered {
        Gathered {
            counts: self
                .counts
                .named(&self.facts.labels, &self.knowledge.districts),
            best: self.best,
        }
    }
}
