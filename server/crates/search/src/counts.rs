//! How many listings there would be with each value of each group of filters.
//!
//! The ticks of a value's own group do not narrow its count, so that each number is what one more
//! tick would show.

use std::collections::HashMap;

use domain::keys::TermSlug;
use domain::local_offer::Weekday;

use crate::districts::{Districts, EVERYWHERE};
use crate::facet::{Facet, FacetCount};
use crate::listing_facets::{Label, TIMES};
use crate::ticks::{DAYS, DocValues, day_slots, time_slots};

/// One segment's counts.
#[derive(Debug)]
pub(crate) struct SegmentCounts {
    /// By ordinal.
    values: Vec<u32>,
    days: [u32; 7],
    times: [u32; 3],
    /// Of listings that are for some districts, by district; and of those for all of them.
    districts: [u32; 64],
    everywhere: u32,
}

/// The counts of all segments, by group and slug.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    values: HashMap<(Facet, String), (String, usize)>,
}

impl SegmentCounts {
    pub(crate) fn new(ordinals: usize) -> Self {
        Self {
            values: vec![0; ordinals],
            days: [0; 7],
            times: [0; 3],
            districts: [0; 64],
            everywhere: 0,
        }
    }

    /// Counts one listing that has the words, the ages and the distance.
    pub(crate) fn count(&mut self, doc: &DocValues) {
        if doc.missing == 0 {
            self.count_slots(doc);
        }
        if !doc.is_on {
            return;
        }
        // With one group unmet, a tick more in that group would bring it in.
        let counted = match doc.missing.count_ones() {
            0 => u16::MAX,
            1 => doc.missing,
            _ => return,
        };
        for (ordinal, facet) in &doc.ordinals {
            if facet & counted != 0
                && let Some(count) = self.values.get_mut(*ordinal as usize)
            {
                *count += 1;
            }
        }
        if counted & Facet::District.bit() != 0 {
            self.count_districts(doc.reach);
        }
    }

    fn count_slots(&mut self, doc: &DocValues) {
        for (day, count) in self.days.iter_mut().enumerate() {
            *count += u32::from(doc.at_times & day_slots(day) != 0);
        }
        for (time, count) in self.times.iter_mut().enumerate() {
            *count += u32::from(doc.on_days & time_slots(time) != 0);
        }
    }

    fn count_districts(&mut self, reach: u64) {
        if reach == EVERYWHERE {
            self.everywhere += 1;
            return;
        }
        let mut left = reach;
        while left != 0 {
            let district = left.trailing_zeros() as usize;
            if let Some(count) = self.districts.get_mut(district) {
                *count += 1;
            }
            left &= left - 1;
        }
    }

    /// The same by name.
    pub(crate) fn named(&self, labels: &[Option<Label>], districts: &Districts) -> Counts {
        let mut counts = Counts::default();
        for (label, count) in labels.iter().zip(&self.values) {
            if let Some(label) = label.as_ref().filter(|it| it.facet != Facet::District) {
                counts.put(label.facet, &label.slug, &label.name, *count);
            }
        }
        for (number, district) in districts.iter() {
            let here = self.districts.get(number).copied().unwrap_or_default();
            let count = here + self.everywhere;
            counts.put(
                Facet::District,
                district.slug.as_str(),
                &district.name,
                count,
            );
        }
        for ((slug, day), count) in DAYS.iter().zip(Weekday::ALL).zip(self.days) {
            counts.put(Facet::Day, slug, day.name(), count);
        }
        for ((slug, name), count) in TIMES.iter().zip(self.times) {
            counts.put(Facet::TimeOfDay, slug, name, count);
        }
        counts
    }
}

impl Counts {
    fn put(&mut self, facet: Facet, slug: &str, name: &str, count: u32) {
        if count == 0 {
            return;
        }
        let entry = self.values.entry((facet, slug.to_owned()));
        entry.or_insert_with(|| (name.to_owned(), 0)).1 += count as usize;
    }

    /// Adds those of another segment.
    pub(crate) fn add(&mut self, other: Self) {
        for (key, (name, count)) in other.values {
            self.values.entry(key).or_insert((name, 0)).1 += count;
        }
    }

    /// In the order in which people choose.
    pub(crate) fn in_order(self) -> Vec<FacetCount> {
        let counts = self.values.into_iter();
        let mut counts: Vec<FacetCount> = counts
            .filter_map(|((facet, slug), (name, count))| {
                let slug = slug.parse::<TermSlug>().ok()?;
                Some(FacetCount {
                    facet,
                    slug,
                    name,
                    count,
                })
            })
            .collect();
        let group = |facet: Facet| Facet::ALL.iter().position(|other| *other == facet);
        counts.sort_by(|one, two| {
            group(one.facet)
                .cmp(&group(two.facet))
                .then_with(|| place(one).cmp(&place(two)))
                .then_with(|| two.count.cmp(&one.count))
                .then_with(|| one.name.cmp(&two.name))
        });
        counts
    }
}

/// Where a value stands in a group that has an order of its own.
fn place(count: &FacetCount) -> usize {
    let among = |slugs: &[&str]| {
        let place = slugs.iter().position(|slug| *slug == count.slug.as_str());
        place.unwrap_or(usize::MAX)
    };
    match count.facet {
        Facet::Day => among(&DAYS),
        Facet::TimeOfDay => among(&["morning", "afternoon", "evening"]),
        Facet::Charge => among(&["free", "paid", "means-tested"]),
        Facet::Wait => count.slug.as_str().parse().unwrap_or(usize::MAX),
        Facet::BroadNeed => among(&[
            "communication-and-interaction",
            "cognition-and-learning",
            "social-emotional-and-mental-health",
            "sensory-and-physical",
        ]),
        _ => 0,
    }
}
