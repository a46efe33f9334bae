//! Everything that matched, gathered in one pass: filtered by age and distance, counted by need and
//! category, with what decides the order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use domain::keys::TermSlug;
use domain::local_offer::Position;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::query::TermCount;
use crate::schema::{LABEL_SEPARATOR, fast};

/// What the fields beside the words ask for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gather {
    /// Distances are from here.
    pub(crate) from: Option<Position>,
    /// Only with `from`: places farther than this are left out.
    pub(crate) miles: Option<u16>,
    /// The ages must take this one in.
    pub(crate) age: Option<u8>,
}

/// One listing that was found, before it is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) address: DocAddress,
    pub(crate) score: Score,
    pub(crate) miles: Option<f64>,
    name_order: [u64; 2],
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) found: Vec<Found>,
    needs: BTreeMap<String, usize>,
    categories: BTreeMap<String, usize>,
}

/// What comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// What fits the words best.
    Relevance,
    /// What is nearest; what has no place last.
    Distance,
    /// By name.
    Name,
}

impl Gathered {
    /// Puts them in order; alike ones by name, so that pages do not overlap.
    pub(crate) fn sort(&mut self, order: Order) {
        let by_name = |one: &Found, two: &Found| {
            (one.name_order, one.address).cmp(&(two.name_order, two.address))
        };
        self.found.sort_unstable_by(|one, two| {
            let first = match order {
                Order::Relevance => two.score.total_cmp(&one.score),
                Order::Distance => nearest_first(one.miles, two.miles),
                Order::Name => Ordering::Equal,
            };
            first.then_with(|| by_name(one, two))
        });
    }

    pub(crate) fn needs(&self) -> Vec<TermCount> {
        counts(&self.needs)
    }

    pub(crate) fn categories(&self) -> Vec<TermCount> {
        counts(&self.categories)
    }
}

fn nearest_first(one: Option<f64>, two: Option<f64>) -> Ordering {
    match (one, two) {
        (Some(one), Some(two)) => one.total_cmp(&two),
        (one, two) => two.is_some().cmp(&one.is_some()),
    }
}

/// The most frequent first. A term that was renamed half-way through an import counts once.
fn counts(labels: &BTreeMap<String, usize>) -> Vec<TermCount> {
    let mut counts: Vec<TermCount> = Vec::new();
    for (label, count) in labels {
        let Some((slug, name)) = label.split_once(LABEL_SEPARATOR) else {
            continue;
        };
        let Ok(slug) = slug.parse::<TermSlug>() else {
            continue;
        };
        // Labels are sorted, so that the same slug comes in a row.
        match counts.last_mut().filter(|last| last.slug == slug) {
            Some(last) => last.count += count,
            None => counts.push(TermCount {
                slug,
                name: name.to_owned(),
                count: *count,
            }),
        }
    }
    counts.sort_by(|one, two| {
        two.count
            .cmp(&one.count)
            .then_with(|| one.name.cmp(&two.name))
    });
    counts
}

impl Collector for Gather {
    type Fruit = Gathered;
    type Child = SegmentGather;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentGather> {
        let columns = reader.fast_fields();
        Ok(SegmentGather {
            wanted: *self,
            segment,
            minimum_age: columns.column_opt(fast::MINIMUM_AGE)?,
            maximum_age: columns.column_opt(fast::MAXIMUM_AGE)?,
            latitude: columns.column_opt(fast::LATITUDE)?,
            longitude: columns.column_opt(fast::LONGITUDE)?,
            name_order: [
                columns.column_opt(fast::NAME_ORDER[0])?,
                columns.column_opt(fast::NAME_ORDER[1])?,
            ],
            needs: Counter::new(columns.str(fast::NEED_LABEL)?),
            categories: Counter::new(columns.str(fast::CATEGORY_LABEL)?),
            found: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Gathered>>) -> tantivy::Result<Gathered> {
        let mut all = Gathered::default();
        for segment in segments {
            let segment = segment?;
            all.found.extend(segment.found);
            for (label, count) in segment.needs {
                *all.needs.entry(label).or_default() += count;
            }
            for (label, count) in segment.categories {
                *all.categories.entry(label).or_default() += count;
            }
        }
        Ok(all)
    }
}

/// The part of one segment.
pub(crate) struct SegmentGather {
    wanted: Gather,
    segment: SegmentOrdinal,
    minimum_age: Option<Column<u64>>,
    maximum_age: Option<Column<u64>>,
    latitude: Option<Column<f64>>,
    longitude: Option<Column<f64>>,
    name_order: [Option<Column<u64>>; 2],
    needs: Counter,
    categories: Counter,
    found: Vec<Found>,
}

impl SegmentGather {
    fn takes_in_the_age(&self, doc: DocId) -> bool {
        let Some(age) = self.wanted.age.map(u64::from) else {
            return true;
        };
        first(&self.minimum_age, doc).is_none_or(|youngest| youngest <= age)
            && first(&self.maximum_age, doc).is_none_or(|oldest| age <= oldest)
    }

    /// Miles to the nearest of its places.
    fn miles(&self, doc: DocId) -> Option<f64> {
        let from = self.wanted.from?;
        let (latitude, longitude) = (self.latitude.as_ref()?, self.longitude.as_ref()?);
        latitude
            .values_for_doc(doc)
            .zip(longitude.values_for_doc(doc))
            .filter_map(|(latitude, longitude)| Position::new(latitude, longitude))
            .map(|place| from.miles_to(place))
            .min_by(f64::total_cmp)
    }
}

fn first(column: &Option<Column<u64>>, doc: DocId) -> Option<u64> {
    column.as_ref()?.first(doc)
}

impl SegmentCollector for SegmentGather {
    type Fruit = tantivy::Result<Gathered>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let miles = self.miles(doc);
        let too_far = miles
            .zip(self.wanted.miles)
            .is_some_and(|(miles, most)| miles > f64::from(most));
        if too_far || !self.takes_in_the_age(doc) {
            return;
        }
        self.needs.count(doc);
        self.categories.count(doc);
        let name_order = [0, 1].map(|part| first(&self.name_order[part], doc).unwrap_or_default());
        self.found.push(Found {
            address: DocAddress::new(self.segment, doc),
            score,
            miles,
            name_order,
        });
    }

    fn harvest(self) -> tantivy::Result<Gathered> {
        Ok(Gathered {
            found: self.found,
            needs: self.needs.labels()?,
            categories: self.categories.labels()?,
        })
    }
}

/// Counts the values of one column of labels.
struct Counter {
    column: Option<StrColumn>,
    counts: HashMap<u64, usize>,
}

impl Counter {
    fn new(column: Option<StrColumn>) -> Self {
        Self {
            column,
            counts: HashMap::new(),
        }
    }

    fn count(&mut self, doc: DocId) {
        if let Some(column) = &self.column {
            for ordinal in column.term_ords(doc) {
                *self.counts.entry(ordinal).or_default() += 1;
            }
        }
    }

    fn labels(self) -> tantivy::Result<BTreeMap<String, usize>> {
        let mut labels = BTreeMap::new();
        let Some(column) = self.column else {
            return Ok(labels);
        };
        for (ordinal, count) in self.counts {
            let mut label = String::new();
            if column.ord_to_str(ordinal, &mut label)? {
                labels.insert(label, count);
            }
        }
        Ok(labels)
    }
}
