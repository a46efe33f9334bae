//! SQLite's FTS5, as its manual does it: Porter's stemmer, `bm25()` with a weight a column as the table's own
//! rank, optimized after filling; values in a table of pairs, positions in an R*Tree; in this process, every
//! statement prepared, everything in memory.

use std::{
    collections::HashMap,
    fmt::Write,
    path::Path,
    time::{Duration, Instant},
};

use domain::local_offer::Position;
use rusqlite::{Connection, ToSql, functions::FunctionFlags, params, params_from_iter};

use super::{
    Answer, HITS, Outcome, SUGGESTED, Side,
    questions::{Counting, Question, Spelled, ticked_groups},
    row::{Row, Values, degrees, range_of},
};
use crate::bench::offer::position_of;

/// Like words that are compared letter by letter.
const COMPARED: i64 = 50;

const TABLES: &str = "\
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -1000000;
PRAGMA mmap_size = 8000000000;
CREATE TABLE listing (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    organization TEXT NOT NULL,
    needs TEXT NOT NULL,
    categories TEXT NOT NULL,
    places TEXT NOT NULL,
    body TEXT NOT NULL,
    summary TEXT NOT NULL,
    cost TEXT NOT NULL,
    shown_places TEXT NOT NULL
) STRICT;
CREATE TABLE sieve (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    minimum_age INTEGER NOT NULL,
    maximum_age INTEGER NOT NULL,
    placeless INTEGER NOT NULL
) STRICT;
CREATE TABLE tagged (listing INTEGER NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (listing, value)) STRICT, WITHOUT ROWID;
CREATE TABLE value (value INTEGER PRIMARY KEY) STRICT;
CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    listing INTEGER NOT NULL,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL
) STRICT;
CREATE VIRTUAL TABLE boxed USING rtree(id, south, north, west, east);
CREATE VIRTUAL TABLE words USING fts5(
    name, needs, categories, organization, places, body,
    content = 'listing', content_rowid = 'id', tokenize = 'porter unicode61');
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(3.0, 2.0, 1.6, 1.2, 1.2, 1.0)');
CREATE VIRTUAL TABLE names USING fts5(
    name, content = 'listing', content_rowid = 'id', tokenize = 'unicode61', prefix = '2 3 4', detail = none, columnsize = 0);
CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, listings INTEGER NOT NULL) STRICT;
CREATE VIRTUAL TABLE trigrams USING fts5(word, content = 'word', content_rowid = 'id', tokenize = 'trigram');
CREATE TEMP TABLE base (
    id INTEGER PRIMARY KEY, name TEXT, rank REAL, miles REAL, failed INTEGER, first INTEGER, last INTEGER);";

const READY: &str = "\
CREATE INDEX tagged_by_value ON tagged (value, listing);
CREATE INDEX sieve_by_name ON sieve (name, id);
CREATE INDEX sieve_placeless ON sieve (id) WHERE placeless;
INSERT INTO words (words) VALUES ('optimize');
INSERT INTO names (names) VALUES ('optimize');
INSERT INTO trigrams (trigrams) VALUES ('optimize');
INSERT INTO value SELECT DISTINCT value FROM tagged;
PRAGMA optimize;
ANALYZE;";

const SHOWN: &str = "l.slug, l.name, l.organization, l.summary, l.cost, l.shown_places, s.minimum_age, s.maximum_age";

/// Few listings: from each to its values. Many: from each value to its listings, which needs no sorting.
const COUNT_FEW: &str = "\
SELECT t.value, count(*) FROM base b CROSS JOIN tagged t ON t.listing = b.id
WHERE t.value BETWEEN b.first AND b.last GROUP BY t.value";
const COUNT_MANY: &str = "\
SELECT v.value, (SELECT count(*) FROM tagged t CROSS JOIN base b ON b.id = t.listing
    WHERE t.value = v.value AND v.value BETWEEN b.first AND b.last)
FROM value v";
/// Above the number of any value.
const EVERY_VALUE: i32 = i32::MAX;
/// From this share of all listings on, they are many.
const MANY: usize = 2;

const SUGGEST: &str = "\
SELECT l.slug, l.name FROM names JOIN listing l ON l.id = names.rowid WHERE names MATCH ?1 ORDER BY l.name, l.id LIMIT ?2";
const ALIKE: &str = "\
SELECT w.word, w.listings FROM trigrams JOIN word w ON w.id = trigrams.rowid WHERE trigrams MATCH ?1 ORDER BY rank LIMIT ?2";

/// One filled SQLite.
pub(super) struct Fts5 {
    connection: Connection,
    values: Values,
    listings: usize,
    places: i64,
    /// How many listings have each word.
    words: HashMap<String, i64>,
    built: Duration,
}

impl Fts5 {
    pub(super) fn begin(file: &Path) -> Outcome<Self> {
        let connection = Connection::open(file)?;
        connection.set_prepared_statement_cache_capacity(100);
        connection.create_scalar_function(
            "miles",
            4,
            FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
            |arguments| {
                let position = |at: usize| {
                    Ok::<_, rusqlite::Error>(Position {
                        latitude: arguments.get(at)?,
                        longitude: arguments.get(at + 1)?,
                    })
                };
                Ok(position(0)?.miles_to(position(2)?))
            },
        )?;
        connection.execute_batch(TABLES)?;
        Ok(Self {
            connection,
            values: Values::default(),
            listings: 0,
            places: 0,
            words: HashMap::new(),
            built: Duration::ZERO,
        })
    }

    pub(super) fn add(&mut self, rows: &[Row]) -> Outcome<()> {
        let begun = Instant::now();
        let tx = self.connection.transaction()?;
        for row in rows {
            insert(&tx, row, &mut self.places)?;
            for word in words_of(row) {
                *self.words.entry(word).or_default() += 1;
            }
        }
        tx.commit()?;
        self.listings += rows.len();
        self.built += begun.elapsed();
        Ok(())
    }

    pub(super) fn ready(mut self, values: &Values) -> Outcome<Self> {
        let begun = Instant::now();
        let tx = self.connection.transaction()?;
        for (id, (word, listings)) in (1_i64..).zip(std::mem::take(&mut self.words)) {
            tx.prepare_cached("INSERT INTO word VALUES (?1, ?2, ?3)")?
                .execute(params![id, word, listings])?;
            tx.prepare_cached("INSERT INTO trigrams (rowid, word) VALUES (?1, ?2)")?
                .execute(params![id, word])?;
        }
        tx.commit()?;
        self.connection.execute_batch(READY)?;
        self.built += begun.elapsed();
        self.values = values.clone();
        Ok(self)
    }

    pub(super) fn built(&self) -> Duration {
        self.built
    }

    /// The words as FTS5 should be asked for them.
    fn mended(&self, question: &Question) -> Outcome<String> {
        if question.spelled == Spelled::Right {
            return Ok(question.words.to_owned());
        }
        let words: Outcome<Vec<String>> = question
            .words
            .split(' ')
            .map(|word| self.mend(word))
            .collect();
        Ok(words?.join(" "))
    }

    fn mend(&self, word: &str) -> Outcome<String> {
        let mut known = self
            .connection
            .prepare_cached("SELECT 1 FROM word WHERE word = ?1")?;
        if known.exists([word])? {
            return Ok(word.to_owned());
        }
        let letters: Vec<char> = word.chars().collect();
        let trigrams = letters
            .windows(3)
            .map(|three| format!("\"{}\"", three.iter().collect::<String>()));
        let trigrams = trigrams.collect::<Vec<_>>().join(" OR ");
        let mut alike = self.connection.prepare_cached(ALIKE)?;
        let found = alike.query_map(params![trigrams, COMPARED], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
        })?;
        let mut best: Option<(usize, i64, String)> = None;
        for alike in found {
            let (other, listings) = alike?;
            let apart = letters_apart(&letters, &other);
            let better = best
                .as_ref()
                .is_none_or(|(least, most, _)| (apart, -listings) < (*least, -most));
            if better {
                best = Some((apart, listings, other));
            }
        }
        Ok(best.map_or_else(|| word.to_owned(), |(_, _, other)| other))
    }

    fn keyword(&self, words: &str) -> Outcome<Answer> {
        let mut count = self
            .connection
            .prepare_cached("SELECT count(*) FROM words WHERE words MATCH ?1")?;
        let total: i64 = count.query_row([words], |row| row.get(0))?;
        let mut ranked = self.connection.prepare_cached(&format!(
            "SELECT {SHOWN}, NULL FROM (SELECT rowid AS id, rank AS score FROM words WHERE words MATCH ?1 \
             ORDER BY rank LIMIT {HITS}) f JOIN listing l USING (id) JOIN sieve s USING (id) ORDER BY f.score"
        ))?;
        Ok(Answer {
            total: usize::try_from(total)?,
            hits: read_hits(&mut ranked, [words])?,
            ..Answer::default()
        })
    }

    fn counted(&self, question: &Question, words: &str) -> Outcome<Answer> {
        self.connection
            .prepare_cached("DELETE FROM base")?
            .execute([])?;
        let (sql, bound) = self.base(question, words)?;
        let fitting = self
            .connection
            .prepare_cached(&sql)?
            .execute(params_from_iter(bound.iter().map(AsRef::as_ref)))?;
        let mut total = self
            .connection
            .prepare_cached("SELECT count(*) FROM base WHERE failed = 0")?;
        let total: i64 = total.query_row([], |row| row.get(0))?;
        let order = match (question.near.is_some(), words.is_empty()) {
            (true, _) => "miles IS NULL, miles, rank, name, id",
            (false, false) => "rank, id",
            (false, true) => "name, id",
        };
        let mut ordered = self.connection.prepare_cached(&format!(
            "SELECT {SHOWN}, b.miles FROM (SELECT id, miles, row_number() OVER () AS place FROM \
             (SELECT id, miles FROM base WHERE failed = 0 ORDER BY {order} LIMIT {HITS})) b \
             CROSS JOIN listing l ON l.id = b.id CROSS JOIN sieve s ON s.id = b.id ORDER BY b.place"
        ))?;
        let mut answer = Answer {
            total: usize::try_from(total)?,
            hits: read_hits(&mut ordered, [])?,
            ..Answer::default()
        };
        if question.counting == Counting::Counts {
            let count = if fitting * MANY > self.listings {
                COUNT_MANY
            } else {
                COUNT_FEW
            };
            let names = self.values.by_number();
            let mut count = self.connection.prepare_cached(count)?;
            let counted =
                count.query_map([], |row| Ok((row.get::<_, i32>(0)?, row.get::<_, i64>(1)?)))?;
            for each in counted {
                let (number, listings) = each?;
                let name = names.get(&number).ok_or("an unknown value")?;
                if listings > 0 {
                    answer
                        .counts
                        .insert(name.clone(), usize::try_from(listings)?);
                }
            }
        }
        Ok(answer)
    }

    /// Fills `base` with what fits the words, the age and the place and fails at most one group of ticks; `first` to
    /// `last` are the values for which a listing counts.
    fn base(&self, question: &Question, words: &str) -> Outcome<(String, Vec<Box<dyn ToSql>>)> {
        let mut bound: Vec<Box<dyn ToSql>> = Vec::new();
        let mut bind = |value: Box<dyn ToSql>| {
            bound.push(value);
            format!("?{}", bound.len())
        };
        let (mut with, mut conditions) = (String::new(), Vec::new());
        let (mut from, mut rank) = ("sieve s".to_owned(), "0.0");
        if !words.is_empty() {
            "words CROSS JOIN sieve s ON s.id = words.rowid".clone_into(&mut from);
            conditions.push(format!("words MATCH {}", bind(Box::new(words.to_owned()))));
            rank = "words.rank";
        }
        if let Some(age) = question.age {
            let age = bind(Box::new(age));
            conditions.push(format!("s.minimum_age <= {age} AND s.maximum_age >= {age}"));
        }
        let mut miles = "NULL";
        if let Some(near) = question.near {
            let (here, most) = (position_of(near.postcode)?, f64::from(near.miles));
            let (north, east) = degrees(here, most);
            let [latitude, longitude, most] =
                [here.latitude, here.longitude, most].map(|value| bind(Box::new(value)));
            let [south, north, west, east] = [
                here.latitude - north,
                here.latitude + north,
                here.longitude - east,
                here.longitude + east,
            ]
            .map(|value| bind(Box::new(value)));
            write!(
                with,
                "WITH near AS MATERIALIZED (SELECT p.listing, min(miles({latitude}, {longitude}, p.latitude, p.longitude)) \
                 AS miles FROM boxed b CROSS JOIN place p ON p.id = b.id WHERE b.south >= {south} AND b.north <= {north} \
                 AND b.west >= {west} AND b.east <= {east} GROUP BY p.listing), \
                 within AS MATERIALIZED (SELECT listing, miles FROM near WHERE miles <= {most} \
                 UNION ALL SELECT id, NULL FROM sieve WHERE placeless)"
            )?;
            if words.is_empty() {
                "within n CROSS JOIN sieve s ON s.id = n.listing".clone_into(&mut from);
            } else {
                from.push_str(" JOIN within n ON n.listing = s.id");
            }
            miles = "n.miles";
        }
        let (mut failed, mut firsts, mut lasts) = ("0".to_owned(), String::new(), String::new());
        let mut at_most_one = "0".to_owned();
        for (bit, group) in (0..).map(|place| 1 << place).zip(ticked_groups(question)) {
            let slugs = question.ticks.iter().filter(|(of, _)| *of == group);
            let numbers: Outcome<Vec<String>> = slugs
                .map(|(_, slug)| Ok(self.values.known(group, slug)?.to_string()))
                .collect();
            let (first, last) = range_of(group).ok_or("no such group")?;
            write!(
                failed,
                " + CASE WHEN EXISTS (SELECT 1 FROM tagged t WHERE t.listing = s.id AND t.value IN ({})) \
                 THEN 0 ELSE {bit} END",
                numbers?.join(", ")
            )?;
            write!(firsts, " WHEN {bit} THEN {first}")?;
            write!(lasts, " WHEN {bit} THEN {last}")?;
            write!(at_most_one, ", {bit}")?;
        }
        conditions.push("TRUE".to_owned());
        let with = if with.is_empty() {
            "WITH ".to_owned()
        } else {
            format!("{with}, ")
        };
        let sql = format!(
            "INSERT INTO base {with}fitting AS MATERIALIZED (SELECT s.id, s.name, {rank} AS score, {miles} AS miles, \
             {failed} AS failed FROM {from} WHERE {}) SELECT id, name, score, miles, failed, \
             CASE failed WHEN 0 THEN 0{firsts} END, CASE failed WHEN 0 THEN {EVERY_VALUE}{lasts} END \
             FROM fitting WHERE failed IN ({at_most_one})",
            conditions.join(" AND ")
        );
        Ok((sql, bound))
    }
}

impl Side for Fts5 {
    fn name(&self) -> &'static str {
        "SQLite FTS5"
    }

    async fn answer(&mut self, question: &Question) -> Outcome<Answer> {
        let words = self.mended(question)?;
        if question.is_words_alone() {
            self.keyword(&words)
        } else {
            self.counted(question, &words)
        }
    }

    async fn suggest(&mut self, typed: &str) -> Outcome<usize> {
        let mut suggest = self.connection.prepare_cached(SUGGEST)?;
        let mut rows = suggest.query(params![format!("{typed}*"), i64::try_from(SUGGESTED)?])?;
        let mut found = 0;
        while let Some(row) = rows.next()? {
            let _: (String, String) = (row.get(0)?, row.get(1)?);
            found += 1;
        }
        Ok(found)
    }
}

fn read_hits<P: rusqlite::Params>(
    statement: &mut rusqlite::CachedStatement<'_>,
    bound: P,
) -> Outcome<usize> {
    let mut rows = statement.query(bound)?;
    let mut hits = 0;
    while let Some(row) = rows.next()? {
        for column in 0..6 {
            let _: String = row.get(column)?;
        }
        let _: (i64, i64, Option<f64>) = (row.get(6)?, row.get(7)?, row.get(8)?);
        hits += 1;
    }
    Ok(hits)
}

fn insert(tx: &rusqlite::Transaction<'_>, row: &Row, places: &mut i64) -> Outcome<()> {
    tx.prepare_cached("INSERT INTO listing VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?
        .execute(params![
            row.id,
            row.slug,
            row.name,
            row.organization,
            row.needs,
            row.categories,
            row.places,
            row.body,
            row.summary,
            row.cost,
            row.shown_places
        ])?;
    tx.prepare_cached(
        "INSERT INTO words (rowid, name, needs, categories, organization, places, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![row.id, row.name, row.needs, row.categories, row.organization, row.places, row.body])?;
    tx.prepare_cached("INSERT INTO names (rowid, name) VALUES (?1, ?2)")?
        .execute(params![row.id, row.name])?;
    tx.prepare_cached("INSERT INTO sieve VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
            row.id,
            row.name,
            row.minimum_age,
            row.maximum_age,
            row.positions.is_empty()
        ])?;
    for value in &row.values {
        tx.prepare_cached("INSERT INTO tagged VALUES (?1, ?2)")?
            .execute(params![row.id, value])?;
    }
    for Position {
        latitude,
        longitude,
    } in &row.positions
    {
        *places += 1;
        tx.prepare_cached("INSERT INTO place VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![*places, row.id, latitude, longitude])?;
        tx.prepare_cached("INSERT INTO boxed VALUES (?1, ?2, ?2, ?3, ?3)")?
            .execute(params![*places, latitude, longitude])?;
    }
    Ok(())
}

/// Every word of a row, once.
fn words_of(row: &Row) -> std::collections::HashSet<String> {
    let texts = [
        &row.name,
        &row.organization,
        &row.needs,
        &row.categories,
        &row.places,
        &row.body,
    ];
    let words = texts
        .into_iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// How many letters must be put in, left out or changed to make one word of the other (Levenshtein).
fn letters_apart(one: &[char], other: &str) -> usize {
    let mut above: Vec<usize> = (0..=one.len()).collect();
    for (down, letter) in other.chars().enumerate() {
        let mut before = above[0];
        above[0] = down + 1;
        for across in 1..above.len() {
            let changed = before + usize::from(one[across - 1] != letter);
            before = above[across];
            above[across] = changed.min(above[across] + 1).min(above[across - 1] + 1);
        }
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_apart_are_counted() {
        let apart = |one: &str, other: &str| letters_apart(&one.chars().collect::<Vec<_>>(), other);
        assert_eq!(apart("pottery", "pottery"), 0);
        assert_eq!(apart("potery", "pottery"), 1);
        assert_eq!(apart("kitten", "sitting"), 3);
        assert_eq!(apart("", "abc"), 3);
    }
}
