//! What people looked for, added up by the day.

use jiff::civil::Date;
use sqlx::FromRow;

use crate::columns::{limit, number};
use crate::dialect::{execute, fetch_all, fetch_one};
use crate::{StoreError, Tx};

/// How often something was looked for. No row is about a person.
#[derive(Debug)]
pub struct Searches<'t> {
    pub(crate) tx: &'t mut Tx,
}

/// What was looked for on a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Search {
    /// The day in London.
    pub day: Date,
    /// What [`domain::searched`] leaves of the words.
    pub words: String,
    /// The filters, as one line; empty for none.
    pub filters: String,
    /// The key of the district that was meant; empty for none.
    pub district: String,
    /// The sector of the postcode; empty for none.
    pub sector: String,
    /// How many services were found, where all above 3 count as 4.
    pub hits: u8,
}

/// What was looked for in some days, whatever the filters and the sector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedFor {
    /// The words, as [`Search::words`].
    pub words: String,
    /// The district, as [`Search::district`].
    pub district: String,
    /// How often.
    pub times: u32,
}

#[derive(FromRow)]
struct Row {
    words: String,
    district: String,
    asked: i64,
}

impl Searches<'_> {
    /// Adds so many of the same to what was counted before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add(&mut self, search: &Search, times: u32) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO searches (day, words, filters, district, sector, hits, times) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7) \
                           ON CONFLICT (day, words, filters, district, sector, hits) \
                           DO UPDATE SET times = searches.times + excluded.times";
        execute!(
            self.tx,
            SQL,
            search.day.to_string(),
            search.words.as_str(),
            search.filters.as_str(),
            search.district.as_str(),
            search.sector.as_str(),
            i64::from(search.hits),
            i64::from(times),
        )?;
        Ok(())
    }

    /// What was looked for from a day on and found so many services, the most frequent first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn looked_for(
        &mut self,
        from: Date,
        [fewest, most]: [u8; 2],
        at_most: u32,
    ) -> Result<Vec<LookedFor>, StoreError> {
        const SQL: &str = "SELECT words, district, CAST(SUM(times) AS BIGINT) AS asked FROM searches \
                           WHERE day >= $1 AND hits BETWEEN $2 AND $3 \
                           GROUP BY words, district ORDER BY asked DESC, words, district LIMIT $4";
        let rows = fetch_all!(
            self.tx,
            Row,
            SQL,
            from.to_string(),
            i64::from(fewest),
            i64::from(most),
            limit(at_most)
        )?;
        rows.into_iter()
            .map(|row| {
                Ok(LookedFor {
                    words: row.words,
                    district: row.district,
                    times: number("searches.times", row.asked)?,
                })
            })
            .collect()
    }

    /// How often anything was looked for from a day on.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn total(&mut self, from: Date) -> Result<u64, StoreError> {
        const SQL: &str =
            "SELECT CAST(COALESCE(SUM(times), 0) AS BIGINT) FROM searches WHERE day >= $1";
        let (times,) = fetch_one!(self.tx, (i64,), SQL, from.to_string())?;
        number("searches.times", times)
    }

    /// Forgets what was looked for before a day; says how many rows that were.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn delete_before(&mut self, day: Date) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM searches WHERE day < $1";
        execute!(self.tx, SQL, day.to_string())
    }
}
