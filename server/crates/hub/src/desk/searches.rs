//! What people looked for, and what they did not find: where the local offer has a gap.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{council::Council, local_offer::Term, searched::FEW_ENOUGH_TO_HIDE};
use jiff::{ToSpan, civil::Date};
use store::LookedFor;

use super::Desk;
use crate::{
    Actor, Error,
    policy::{Act, person},
};

/// At most so many different searches are read for a report, the most frequent ones.
const READ: u32 = 5_000;
/// As many lines of a list as somebody reads.
const SHOWN: usize = 50;
/// As many districts as a line names.
const DISTRICTS: usize = 3;

/// How far back a report looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Span {
    /// The last 30 days.
    #[default]
    Month,
    /// The last 12 months: as long as searches are kept.
    Year,
}

impl Span {
    pub(super) fn from(self, today: Date) -> Date {
        let back = match self {
            Self::Month => 30.days(),
            Self::Year => 12.months(),
        };
        today.checked_sub(back).unwrap_or(today)
    }
}

/// What was looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchReport {
    /// All searches, whatever they found.
    pub total: u64,
    /// Those that found nothing.
    pub nothing: u64,
    /// Words of searches that found nothing, the most frequent first.
    pub topics: Vec<Subject>,
    /// Whole searches that found nothing, the most frequent first.
    pub not_found: Vec<Subject>,
    /// Whole searches that found one to three services, or only some of the words, the most frequent
    /// first.
    pub found_few: Vec<Subject>,
    /// How many searches are left out of the lists, because they are too rare to be shown.
    pub hidden: u64,
}

/// A line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// A word, or the words of a search.
    pub words: String,
    /// How often.
    pub times: u32,
    /// Where it was looked for most: names of districts, and how often. Many say no district.
    pub districts: Vec<(String, u32)>,
}

impl Desk<'_> {
    /// What people looked for and did not find.
    ///
    /// A search is left out when it has a word that is neither in the name of a need, a category or
    /// a district, nor in at least three searches: it could be a name.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not see it.
    pub async fn searches(&self, actor: &Actor, span: Span) -> Result<SearchReport, Error> {
        person(actor, Act::ReadSearches)?;
        let from = span.from(self.0.today());
        let council = self.0.council();
        let names = &council.local_offer;
        let mut tx = self.0.database().read().await?;
        let mut terms = tx.local_offer().terms(&names.need_taxonomy).await?;
        terms.extend(tx.local_offer().terms(&names.category_taxonomy).await?);
        let mut searches = tx.searches();
        let total = searches.total(from).await?;
        let all = searches.looked_for(from, [0, 4], READ).await?;
        let nothing = searches.looked_for(from, [0, 0], READ).await?;
        let few = searches.looked_for(from, [1, 3], READ).await?;
        drop(tx);

        let may_be_shown = Shown::new(&council, &terms, &all);
        let lists = Lists {
            council: &council,
            shown: &may_be_shown,
        };
        Ok(SearchReport {
            total,
            nothing: sum(&nothing),
            topics: lists.topics(&nothing),
            hidden: lists.hidden(&nothing) + lists.hidden(&few),
            not_found: lists.whole(nothing),
            found_few: lists.whole(few),
        })
    }
}

fn sum<'a>(searches: impl IntoIterator<Item = &'a LookedFor>) -> u64 {
    let times = searches.into_iter();
    times.map(|search| u64::from(search.times)).sum()
}

/// The words that a report may show.
struct Shown(HashSet<String>);

impl Shown {
    fn new(council: &Council, terms: &[Term], all: &[LookedFor]) -> Self {
        let names = terms.iter().map(|term| term.name.as_str());
        let names = names.chain(
            council
                .districts
                .iter()
                .map(|district| district.name.as_str()),
        );
        let mut words: HashSet<String> = names
            .flat_map(|name| name.split(|c: char| !c.is_alphanumeric()))
            .map(str::to_lowercase)
            .collect();
        let mut counts: HashMap<&str, u32> = HashMap::new();
        for search in all {
            for word in search.words.split(' ') {
                let count = counts.entry(word).or_default();
                *count = count.saturating_add(search.times);
            }
        }
        let often = counts.into_iter();
        let often = often.filter(|(_, times)| *times >= FEW_ENOUGH_TO_HIDE);
        words.extend(often.map(|(word, _)| word.to_owned()));
        Self(words)
    }

    fn word(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    fn search(&self, search: &LookedFor) -> bool {
        search.words.split(' ').all(|word| self.word(word))
    }
}

/// How often something was looked for, and where.
#[derive(Default)]
struct Count {
    times: u32,
    districts: BTreeMap<String, u32>,
}

impl Count {
    fn add(&mut self, search: &LookedFor) {
        self.times = self.times.saturating_add(search.times);
        if !search.district.is_empty() {
            *self.districts.entry(search.district.clone()).or_default() += search.times;
        }
    }
}

struct Lists<'a> {
    council: &'a Council,
    shown: &'a Shown,
}

impl Lists<'_> {
    /// By word: a search counts once for each of its words.
    fn topics(&self, searches: &[LookedFor]) -> Vec<Subject> {
        let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
        for search in searches {
            let words: BTreeSet<&str> = search.words.split(' ').collect();
            for word in words.into_iter().filter(|word| self.shown.word(word)) {
                counts.entry(word).or_default().add(search);
            }
        }
        self.subjects(counts)
    }

    /// By the whole search.
    fn whole(&self, searches: Vec<LookedFor>) -> Vec<Subject> {
        let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
        for search in searches.iter().filter(|search| self.shown.search(search)) {
            counts.entry(&search.words).or_default().add(search);
        }
        self.subjects(counts)
    }

    fn hidden(&self, searches: &[LookedFor]) -> u64 {
        let hidden = searches.iter().filter(|search| !self.shown.search(search));
        sum(hidden)
    }

    fn subjects(&self, counts: BTreeMap<&str, Count>) -> Vec<Subject> {
        let subject = |(words, count): (&str, Count)| Subject {
            words: words.replace('-', " "),
            times: count.times,
            districts: self.districts(count.districts),
        };
        let mut subjects: Vec<Subject> = counts.into_iter().map(subject).collect();
        // Of those as frequent the alphabet decides: the sort is stable.
        subjects.sort_by_key(|subject| std::cmp::Reverse(subject.times));
        subjects.truncate(SHOWN);
        subjects
    }

    fn districts(&self, counts: BTreeMap<String, u32>) -> Vec<(String, u32)> {
        let named = |(key, times): (String, u32)| {
            let mut districts = self.council.districts.iter();
            let district = districts.find(|district| district.key.as_str() == key)?;
            Some((district.name.clone(), times))
        };
        let mut districts: Vec<(String, u32)> = counts.into_iter().filter_map(named).collect();
        districts.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        districts.truncate(DISTRICTS);
        districts
    }
}
