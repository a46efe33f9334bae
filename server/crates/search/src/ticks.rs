//! Which of the ticked filters a listing meets.
//!
//! Days with times of day and districts are sets of bits; every other group is a set of ordinals in
//! the segment's column of filters.

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use crate::districts::{Districts, EVERYWHERE};
use crate::facet::{Facet, Tick};
use crate::facts::SegmentFacts;
use crate::listing_facets::TIMES;
use crate::schema::fast;

/// Every day and every time.
const ALL_SLOTS: u64 = (1 << 21) - 1;
/// The first time of day of every day.
const EACH_DAY: u64 = 0b001_001_001_001_001_001_001;
/// The groups that slots decide together.
const WHEN: u16 = Facet::Day.bit() | Facet::TimeOfDay.bit();
/// The codes of the days in an address, Monday first.
pub(crate) const DAYS: [&str; 7] = ["mo", "tu", "we", "th", "fr", "sa", "su"];

/// What is ticked.
#[derive(Clone, Debug)]
pub(crate) struct Ticks {
    ticked: Vec<Tick>,
    /// The groups of which something is ticked.
    asked: u16,
    /// The slots of the ticked days, and those of the ticked times; all where none is ticked.
    days: u64,
    times: u64,
    /// Everywhere where no district is ticked.
    districts: u64,
}

impl Ticks {
    pub(crate) fn new(ticked: Vec<Tick>, districts: &Districts) -> Self {
        let asked = ticked.iter().fold(0, |bits, tick| bits | tick.facet.bit());
        let of = |facet: Facet| {
            let ticked = ticked.iter().filter(move |tick| tick.facet == facet);
            ticked.map(|tick| &tick.slug)
        };
        let unless_none = |set: u64, all: u64, facet: Facet| {
            if asked & facet.bit() == 0 { all } else { set }
        };
        let days = of(Facet::Day).fold(0, |slots, slug| {
            let day = DAYS.iter().position(|day| *day == slug.as_str());
            slots | day.map_or(0, day_slots)
        });
        let times = of(Facet::TimeOfDay).fold(0, |slots, slug| {
            let time = TIMES.iter().position(|(time, _)| *time == slug.as_str());
            slots | time.map_or(0, time_slots)
        });
        Self {
            asked,
            days: unless_none(days, ALL_SLOTS, Facet::Day),
            times: unless_none(times, ALL_SLOTS, Facet::TimeOfDay),
            districts: unless_none(
                districts.set(of(Facet::District)),
                EVERYWHERE,
                Facet::District,
            ),
            ticked,
        }
    }

    /// Whether nothing is ticked: then every listing meets it.
    pub(crate) const fn ask_nothing(&self) -> bool {
        self.asked == 0
    }

    /// The same for one segment.
    pub(crate) fn in_segment(
        &self,
        reader: &SegmentReader,
        facts: &SegmentFacts,
        districts: &Districts,
    ) -> tantivy::Result<SegmentTicks> {
        let columns = reader.fast_fields();
        let meaning = facts.labels.iter().map(|label| match label {
            None => Value::default(),
            Some(label) => Value {
                facet: label.facet.bit(),
                reach: match label.facet {
                    Facet::District => districts.reach(label),
                    _ => 0,
                },
                ticked: self
                    .ticked
                    .iter()
                    .any(|tick| tick.facet == label.facet && tick.slug.as_str() == label.slug),
            },
        });
        Ok(SegmentTicks {
            ticks: self.clone(),
            values: meaning.collect(),
            column: columns.str(fast::FACETS)?,
            slots: columns.column_opt(fast::SLOTS)?,
        })
    }
}

/// Monday is 0.
pub(crate) fn day_slots(day: usize) -> u64 {
    0b111 << (3 * day)
}

/// The morning is 0.
pub(crate) fn time_slots(time: usize) -> u64 {
    EACH_DAY << time
}

/// What an ordinal of the column stands for.
#[derive(Clone, Copy, Debug, Default)]
struct Value {
    /// Its group's bit.
    facet: u16,
    /// Which districts, if it is one.
    reach: u64,
    ticked: bool,
}

/// The ticks in one segment.
pub(crate) struct SegmentTicks {
    ticks: Ticks,
    values: Vec<Value>,
    column: Option<StrColumn>,
    slots: Option<Column<u64>>,
}

/// What one listing has.
#[derive(Debug, Default)]
pub(crate) struct DocValues {
    /// Ordinals with their groups' bits.
    pub(crate) ordinals: Vec<(u32, u16)>,
    /// The groups whose ticks it does not meet, but for days and times of day.
    pub(crate) missing: u16,
    /// Whether it is on at a ticked time of a ticked day.
    pub(crate) is_on: bool,
    /// Which districts it is for.
    pub(crate) reach: u64,
    /// Its slots at the ticked times, whatever the day.
    pub(crate) at_times: u64,
    /// Its slots on the ticked days, whatever the time.
    pub(crate) on_days: u64,
}

impl DocValues {
    /// Whether it meets all that is ticked.
    pub(crate) fn meets_all(&self) -> bool {
        self.missing == 0 && self.is_on
    }
}

impl SegmentTicks {
    /// For a search that ticks nothing and counts nothing: no listing is read.
    pub(crate) fn nothing(ticks: &Ticks) -> Self {
        Self {
            ticks: ticks.clone(),
            values: Vec::new(),
            column: None,
            slots: None,
        }
    }

    /// Whether nothing is ticked: then every listing meets it.
    pub(crate) const fn ask_nothing(&self) -> bool {
        self.ticks.ask_nothing()
    }

    /// Reads what a listing has into `values`, whose list is used again.
    pub(crate) fn read(&self, doc: DocId, values: &mut DocValues) {
        values.ordinals.clear();
        let (mut met, mut reach) = (0, 0);
        if let Some(column) = &self.column {
            for ordinal in column.term_ords(doc) {
                let ordinal = ordinal as u32;
                let Some(value) = self.values.get(ordinal as usize) else {
                    continue;
                };
                if value.ticked {
                    met |= value.facet;
                }
                reach |= value.reach;
                values.ordinals.push((ordinal, value.facet));
            }
        }
        if reach & self.ticks.districts != 0 {
            met |= Facet::District.bit();
        }
        let slots = self.slots.as_ref().and_then(|slots| slots.first(doc));
        let slots = slots.unwrap_or_default();
        let Ticks { days, times, .. } = self.ticks;
        let asked = self.ticks.asked;
        values.missing = asked & !met & !WHEN;
        values.is_on = asked & WHEN == 0 || slots & days & times != 0;
        values.reach = reach;
        values.at_times = slots & times;
        values.on_days = slots & days;
    }
}
