//! Counting what people look for, with nothing of who they are.
//!
//! [`LocalOffer::note`] adds a search to a small count in memory, so that nobody waits for it. The sweep
//! writes the counts down once a minute, and the server once more when it stops: a crash loses a
//! minute of them, which is fine for a report. What is kept is what [`domain::searched`] leaves.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::{council::District, postcode::Postcode, searched::Searched};
use search::{Matched, Query, Results};
use store::Search;

use super::LocalOffer;
use crate::Error;

/// More different searches than this within a minute are not counted.
const MOST: usize = 2_000;
/// No transaction holds the writer for longer than this many rows.
const CHUNK: usize = 100;
/// From so many services on, how many were found does not matter.
const MANY: usize = 4;

/// The searches since they were last written down.
#[derive(Debug, Default)]
pub(crate) struct SearchLog(Mutex<HashMap<Search, u32>>);

impl SearchLog {
    fn add(&self, search: Search, times: u32) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() < MOST || counts.contains_key(&search) {
            let count = counts.entry(search).or_default();
            *count = count.saturating_add(times);
        } else {
            metrics::counter!("send_hub_searches_not_counted_total").increment(1);
        }
    }

    fn take(&self) -> Vec<(Search, u32)> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.drain().collect()
    }
}

impl LocalOffer<'_> {
    /// Counts a search that was answered. Further pages of one are the same search; without words
    /// it is a look around.
    pub(super) fn note(&self, query: &Query, results: &Results) {
        if query.page > 1 {
            return;
        }
        let council = self.0.council();
        if let Some(search) = kept_of(query, &council.districts) {
            let search = Search {
                day: self.0.today(),
                hits: found(results),
                ..search
            };
            self.0.search_log().add(search, 1);
        }
    }

    /// Writes down what was counted since the last time.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be written; then it is counted on, for the next time.
    pub async fn keep_searches(&self) -> Result<(), Error> {
        let mut counted = self.0.search_log().take();
        while !counted.is_empty() {
            let rest = counted.split_off(counted.len().min(CHUNK));
            if let Err(error) = self.keep_chunk(&counted).await {
                for (search, times) in counted.into_iter().chain(rest) {
                    self.0.search_log().add(search, times);
                }
                return Err(error);
            }
            counted = rest;
        }
        Ok(())
    }

    async fn keep_chunk(&self, counted: &[(Search, u32)]) -> Result<(), Error> {
        let mut tx = self.0.database().begin().await?;
        for (search, times) in counted {
            tx.searches().add(search, *times).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// How many services were found. Services with only some of the words are few, however many.
fn found(results: &Results) -> u8 {
    let found = match results.matched {
        Matched::All => results.total,
        Matched::AllThenSome(all) => all,
        Matched::Some => results.total.min(MANY - 1),
    };
    found.min(MANY) as u8
}

/// What is kept of a query, but for the day and what it found; nothing of one without words.
fn kept_of(query: &Query, districts: &[District]) -> Option<Search> {
    let searched = Searched::read(&query.words);
    let typed = query.postcode.as_deref().unwrap_or_default();
    let typed: Option<Postcode> = typed.parse().ok();
    let sector = typed
        .map(|postcode| postcode.sector().to_owned())
        .or_else(|| searched.sector.clone());
    let (words, named) = without_district(&searched.line(), districts);
    let district = named.or_else(|| district_of(sector.as_deref()?, districts));
    (!words.is_empty()).then(|| Search {
        day: jiff::civil::Date::ZERO,
        words,
        filters: filters(query),
        district: district.map_or_else(String::new, |district| district.key.to_string()),
        sector: sector.unwrap_or_default(),
        hits: 0,
    })
}

/// The filters as one line, in one order.
fn filters(query: &Query) -> String {
    let ticked = query.ticked.iter();
    let ticked = ticked.map(|tick| format!("{}:{}", tick.facet.key(), tick.slug));
    let ages = query.ages.map(|ages| format!("age:{ages}"));
    let miles = query.miles.map(|miles| format!("miles:{miles}"));
    let mut filters: Vec<String> = ticked.chain(ages).chain(miles).collect();
    filters.sort_unstable();
    filters.dedup();
    filters.join(" ")
}

/// The words without the name of a district among them, and that district.
fn without_district<'d>(line: &str, districts: &'d [District]) -> (String, Option<&'d District>) {
    let padded = format!(" {line} ");
    let named = districts.iter().find_map(|district| {
        let name = format!(" {} ", district.name.to_lowercase());
        padded.contains(&name).then_some((district, name))
    });
    match named {
        Some((district, name)) => {
            let rest = padded.replacen(&name, " ", 1);
            (rest.trim().to_owned(), Some(district))
        }
        None => (line.to_owned(), None),
    }
}

/// The one district that says that it has these postcodes; several that do say nothing.
fn district_of<'d>(sector: &str, districts: &'d [District]) -> Option<&'d District> {
    let (outward, _) = sector.split_once(' ')?;
    let mut there = districts.iter().filter(|district| {
        let hint = district.postcode_hint.as_deref().unwrap_or_default();
        hint.split(|c: char| !c.is_alphanumeric())
            .any(|part| part.eq_ignore_ascii_case(outward))
    });
    let only = there.next()?;
    there.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn districts() -> Vec<District> {
        let district = |key: &str, name: &str, hint: &str| District {
            key: key.parse().unwrap(),
            name: name.to_owned(),
            postcode_hint: Some(hint.to_owned()),
        };
        vec![
            district("dover", "Dover", "CT15, CT16 and CT17"),
            district("tunbridge-wells", "Tunbridge Wells", "TN1, TN12"),
            district("maidstone", "Maidstone", "ME14, TN12"),
        ]
    }

    #[rstest]
    #[case("judo in Dover", "", "judo", "dover", "")]
    #[case("judo tunbridge wells please", "", "judo", "tunbridge-wells", "")]
    #[case("judo", "ct16 1zu", "judo", "dover", "CT16 1")]
    #[case("judo near CT161ZU", "", "judo", "dover", "CT16 1")]
    #[case("judo", "TN12 0ZL", "judo", "", "TN12 0")]
    #[case("judo", "ZZ99 9ZZ", "judo", "", "ZZ99 9")]
    fn words_district_and_sector_are_told_apart(
        #[case] words: &str,
        #[case] postcode: &str,
        #[case] kept: &str,
        #[case] district: &str,
        #[case] sector: &str,
    ) {
        let query = Query {
            words: words.to_owned(),
            postcode: Some(postcode.to_owned()),
            ..Query::default()
        };
        let search = kept_of(&query, &districts()).unwrap();
        let told = (
            search.words.as_str(),
            search.district.as_str(),
            search.sector.as_str(),
        );
        assert_eq!(told, (kept, district, sector));
    }

    #[test]
    fn filters_are_one_line_in_one_order_and_no_words_are_no_search() {
        let query = Query {
            words: "judo".to_owned(),
            ticked: ["autism", "adhd"]
                .map(|need| search::Tick {
                    facet: search::Facet::Need,
                    slug: need.parse().unwrap(),
                })
                .to_vec(),
            ages: search::Ages::new(4, 4),
            ..Query::default()
        };
        let search = kept_of(&query, &districts()).unwrap();
        assert_eq!(search.filters, "age:4 need:adhd need:autism");
        let nothing = Query {
            words: "help please".to_owned(),
            ..query
        };
        assert_eq!(kept_of(&nothing, &districts()), None);
    }

    #[test]
    fn no_more_than_so_many_different_searches_wait() {
        let log = SearchLog::default();
        let search = |number: usize| Search {
            day: jiff::civil::Date::ZERO,
            words: number.to_string(),
            filters: String::new(),
            district: String::new(),
            sector: String::new(),
            hits: 0,
        };
        for number in 0..MOST + 5 {
            log.add(search(number), 1);
        }
        log.add(search(0), 1);
        let counted = log.take();
        assert_eq!(counted.len(), MOST);
        assert!(counted.contains(&(search(0), 2)));
        assert!(log.take().is_empty());
    }
}
