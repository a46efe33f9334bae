//! The first so many of what was found, in an order, without holding the rest.

use std::cmp::Ordering;

use tantivy::{DocAddress, Score};

use crate::query::Order;

/// More pages than people turn: from here on everything found is held.
const MOST_HELD: usize = 2_000;

/// One listing that was found, before it is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) address: DocAddress,
    pub(crate) score: Score,
    pub(crate) miles: Option<f64>,
    /// Only where names decide the order.
    pub(crate) name_order: [u64; 2],
}

/// How many were found, and the first of them.
#[derive(Debug)]
pub(crate) struct Best {
    order: Order,
    /// How many are wanted.
    wanted: usize,
    total: usize,
    /// The wanted ones and at most as many others, in no order.
    held: Vec<Found>,
    /// What scores less is not wanted.
    least: Score,
    /// Those that come before all others.
    first: Vec<DocAddress>,
}

impl Default for Best {
    fn default() -> Self {
        Self::new(Order::BestMatch, 0)
    }
}

impl Best {
    pub(crate) fn new(order: Order, wanted: usize) -> Self {
        Self {
            order,
            wanted: if wanted > MOST_HELD {
                usize::MAX
            } else {
                wanted.max(1)
            },
            total: 0,
            held: Vec::new(),
            least: Score::NEG_INFINITY,
            first: Vec::new(),
        }
    }

    pub(crate) const fn total(&self) -> usize {
        self.total
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.total == 0
    }

    pub(crate) fn push(&mut self, found: Found) {
        self.total += 1;
        if self.order == Order::BestMatch && found.score < self.least {
            return;
        }
        self.held.push(found);
        if self.held.len() >= self.wanted.saturating_mul(2) {
            self.drop_the_rest();
        }
    }

    fn drop_the_rest(&mut self) {
        let order = self.order;
        let (_, last, _) = self
            .held
            .select_nth_unstable_by(self.wanted - 1, |one, two| compare(order, one, two));
        self.least = last.score;
        self.held.truncate(self.wanted);
    }

    /// Adds those of another segment.
    pub(crate) fn add(&mut self, other: Self) {
        self.total += other.total;
        self.held.extend(other.held);
    }

    /// These, with those few first, all of which are among them.
    pub(crate) fn after(mut self, few: Self) -> Self {
        let first: Vec<DocAddress> = match few.first.is_empty() {
            true => few.held.iter().map(|found| found.address).collect(),
            false => few.first,
        };
        self.held.retain(|found| !first.contains(&found.address));
        let few = few.held.into_iter();
        self.held
            .extend(few.filter(|found| first.contains(&found.address)));
        self.first = first;
        self
    }

    /// One page of them; alike ones in the order in which the index holds them, so that pages do not
    /// overlap.
    pub(crate) fn page(&mut self, skip: usize, take: usize) -> &[Found] {
        let (order, first) = (self.order, &self.first);
        let is_first = |found: &Found| first.contains(&found.address);
        let compare = |one: &Found, two: &Found| match order {
            Order::BestMatch if !first.is_empty() => is_first(two)
                .cmp(&is_first(one))
                .then_with(|| compare(order, one, two)),
            _ => compare(order, one, two),
        };
        let last = skip.saturating_add(take).min(self.held.len());
        // Only what is shown is put in order.
        if last < self.held.len() && last > 0 {
            self.held.select_nth_unstable_by(last - 1, compare);
        }
        let head = self.held.get_mut(..last).unwrap_or_default();
        head.sort_unstable_by(compare);
        head.get(skip.min(last)..).unwrap_or_default()
    }
}

/// Which of two comes first.
fn compare(order: Order, one: &Found, two: &Found) -> Ordering {
    let first = match order {
        Order::BestMatch => two.score.total_cmp(&one.score),
        Order::Nearest => nearest_first(one.miles, two.miles),
        Order::Name => Ordering::Equal,
    };
    first
        .then_with(|| one.name_order.cmp(&two.name_order))
        .then_with(|| one.address.cmp(&two.address))
}

fn nearest_first(one: Option<f64>, two: Option<f64>) -> Ordering {
    match (one, two) {
        (Some(one), Some(two)) => one.total_cmp(&two),
        (one, two) => two.is_some().cmp(&one.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(number: u32, score: u8) -> Found {
        Found {
            address: DocAddress::new(0, number),
            score: score.into(),
            miles: None,
            name_order: [0, 0],
        }
    }

    proptest! {
        #[test]
        fn what_is_dropped_would_not_have_been_shown(scores in prop::collection::vec(0_u8..9, 0..200), skip in 0_usize..30, take in 1_usize..8) {
            let pushed = |wanted| {
                let mut best = Best::new(Order::BestMatch, wanted);
                for (number, score) in (0..).zip(&scores) {
                    best.push(found(number, *score));
                }
                best
            };
            let (mut some, mut all) = (pushed(skip + take), pushed(usize::MAX));
            prop_assert_eq!(some.total(), scores.len());
            prop_assert_eq!(some.page(skip, take), all.page(skip, take));
        }
    }

    #[test]
    fn a_few_come_before_all_others_whatever_they_score() {
        let mut few = Best::new(Order::BestMatch, 2);
        few.push(found(7, 1));
        let mut more = Best::new(Order::BestMatch, 2);
        for number in 0..9 {
            more.push(found(number, if number == 7 { 1 } else { 5 }));
        }
        let mut best = more.after(few);
        let shown: Vec<u32> = best.page(0, 2).iter().map(|it| it.address.doc_id).collect();
        assert_eq!((shown, best.total()), (vec![7, 0], 9));
    }
}
