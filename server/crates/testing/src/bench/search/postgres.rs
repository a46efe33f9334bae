//! PostgreSQL's full text search, as its manual and those who know it do it: a generated column of weighted
//! words under GIN, what is filtered by in a narrow table of its own, positions under GiST, everything prepared,
//! vacuumed and analyzed, with memory enough that nothing is read from the disk.

use std::{
    fmt::Write,
    path::Path,
    time::{Duration, Instant},
};

use domain::local_offer::Position;
use serde_json::Value;
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, Row as _, postgres::PgArguments,
    query::Query,
};

use super::{
    Answer, HITS, Outcome, SUGGESTED, Side,
    questions::{Counting, Question, Spelled},
    row::{Row, Values, range_of},
};
use crate::{Cluster, bench::offer::position_of};

const SETTINGS: [&str; 14] = [
    "shared_buffers=2GB",
    "effective_cache_size=6GB",
    "work_mem=128MB",
    "maintenance_work_mem=512MB",
    "random_page_cost=1.1",
    "effective_io_concurrency=200",
    "max_wal_size=8GB",
    "default_toast_compression=lz4",
    // Compiling takes longer than any of these questions.
    "jit=off",
    // Made up anew in every run: it need not outlive a power cut.
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    // Nothing changes while it is measured, and it was vacuumed before.
    "autovacuum=off",
    // A plan for the words that are asked, not for any.
    "plan_cache_mode=force_custom_plan",
];

const TABLES: &str = "\
CREATE EXTENSION pg_trgm;
CREATE TABLE listing (
    id INT PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    organization TEXT NOT NULL,
    needs TEXT NOT NULL,
    categories TEXT NOT NULL,
    places TEXT NOT NULL,
    body TEXT NOT NULL,
    summary TEXT NOT NULL,
    cost TEXT NOT NULL,
    shown_places TEXT NOT NULL,
    days TEXT NOT NULL,
    ways TEXT NOT NULL,
    waits TEXT NOT NULL,
    words TSVECTOR GENERATED ALWAYS AS (
        setweight(to_tsvector('english', name), 'A')
        || setweight(to_tsvector('english', needs || ' ' || categories), 'B')
        || setweight(to_tsvector('english', organization || ' ' || places), 'C')
        || setweight(to_tsvector('english', body), 'D')) STORED,
    name_words TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple', name)) STORED
);
-- Ranking reads every match's words: they stay in the row.
ALTER TABLE listing ALTER words SET STORAGE MAIN;
CREATE TABLE sieve (
    id INT PRIMARY KEY,
    name TEXT NOT NULL,
    minimum_age SMALLINT NOT NULL,
    maximum_age SMALLINT NOT NULL,
    placeless BOOLEAN NOT NULL,
    facets INT[] NOT NULL
);
CREATE TABLE place (
    listing INT NOT NULL,
    -- Which of the listing's places it is, from 0.
    number INT NOT NULL,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    spot POINT NOT NULL,
    -- As a point of the unit sphere: what is nearest needs no trigonometry.
    x DOUBLE PRECISION GENERATED ALWAYS AS (cos(radians(latitude)) * cos(radians(longitude))) STORED,
    y DOUBLE PRECISION GENERATED ALWAYS AS (cos(radians(latitude)) * sin(radians(longitude))) STORED,
    z DOUBLE PRECISION GENERATED ALWAYS AS (sin(radians(latitude))) STORED
);
CREATE TABLE value (
    number INT PRIMARY KEY,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL
);";

const INDEXES: [&str; 10] = [
    "CREATE INDEX ON listing USING gin (words) WITH (fastupdate = off)",
    "CREATE INDEX ON listing USING gin (name_words) WITH (fastupdate = off)",
    "CREATE INDEX ON sieve USING gin (facets) WITH (fastupdate = off)",
    "CREATE INDEX ON sieve (name, id)",
    "CREATE INDEX ON place USING gist (spot)",
    "CREATE INDEX ON place (listing)",
    "CREATE TABLE word AS SELECT word, ndoc FROM ts_stat($$SELECT to_tsvector('simple', \
     concat_ws(' ', name, organization, needs, categories, places, body)) FROM listing$$)",
    "CREATE UNIQUE INDEX ON word (word)",
    "CREATE INDEX ON word USING gin (word gin_trgm_ops)",
    "VACUUM ANALYZE",
];

/// What a list of results shows of a hit.
const SHOWN: &str = "l.slug, l.name, l.organization, l.summary, l.cost, l.shown_places, s.minimum_age, s.maximum_age";

/// Words alone: ranked first, and then only the hits are read.
const KEYWORD: &str = "\
SELECT f.total, l.slug, l.name, l.organization, l.summary, l.cost, l.shown_places, s.minimum_age, s.maximum_age
FROM (SELECT id, ts_rank(words, websearch_to_tsquery('english', $1)) AS rank, count(*) OVER () AS total
      FROM listing WHERE words @@ websearch_to_tsquery('english', $1) ORDER BY rank DESC, id LIMIT $2) f
JOIN listing l USING (id) JOIN sieve s USING (id) ORDER BY f.rank DESC, id";

const MEND: &str = "\
SELECT coalesce((SELECT word FROM word WHERE word = $1),
                (SELECT word FROM word WHERE word % $1 ORDER BY similarity(word, $1) DESC, ndoc DESC LIMIT 1),
                $1)";

const SUGGEST: &str = "\
SELECT id, slug, name FROM listing WHERE name_words @@ to_tsquery('simple', $1) ORDER BY name, id LIMIT $2";

/// One filled PostgreSQL.
pub(in crate::bench) struct Postgres {
    connection: PgConnection,
    values: Values,
    built: Duration,
    address: String,
    // Ends with this value, and so after the connection.
    cluster: Cluster,
}

impl Postgres {
    pub(in crate::bench) async fn begin() -> Outcome<Self> {
        let cluster = Cluster::start(&SETTINGS);
        let address = cluster.database();
        let mut connection = PgConnection::connect(&address).await?;
        connection.execute(sqlx::raw_sql(TABLES)).await?;
        Ok(Self {
            connection,
            values: Values::default(),
            built: Duration::ZERO,
            address,
            cluster,
        })
    }

    /// Takes rows in, as quickly as it can: by COPY.
    pub(in crate::bench) async fn add(&mut self, rows: &[Row]) -> Outcome<()> {
        let (mut listings, mut sieves, mut places) = (String::new(), String::new(), String::new());
        for row in rows {
            write_row(row, &mut listings, &mut sieves, &mut places)?;
        }
        let begun = Instant::now();
        let into = [
            (
                "listing (id, slug, name, organization, needs, categories, places, body, summary, cost, shown_places, \
                 days, ways, waits)",
                listings,
            ),
            ("sieve", sieves),
            ("place (listing, number, latitude, longitude, spot)", places),
        ];
        for (table, lines) in into {
            let mut copy = self
                .connection
                .copy_in_raw(&format!("COPY {table} FROM STDIN"))
                .await?;
            copy.send(lines.as_bytes()).await?;
            copy.finish().await?;
        }
        self.built += begun.elapsed();
        Ok(())
    }

    /// Makes the indexes, when all rows are in.
    pub(in crate::bench) async fn ready(mut self, values: &Values) -> Outcome<Self> {
        let begun = Instant::now();
        for statement in INDEXES {
            sqlx::query(statement).execute(&mut self.connection).await?;
        }
        self.built += begun.elapsed();
        for (kind, slug, number) in values.all() {
            sqlx::query("INSERT INTO value VALUES ($1, $2, $3)")
                .bind(number)
                .bind(kind)
                .bind(slug)
                .execute(&mut self.connection)
                .await?;
        }
        self.values = values.clone();
        Ok(self)
    }

    /// The folder of its socket.
    pub(in crate::bench) fn socket(&self) -> &Path {
        self.cluster.socket()
    }

    /// The name of its database.
    pub(in crate::bench) fn database(&self) -> &str {
        let path = self.address.split('?').next().unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default()
    }

    pub(super) fn built(&self) -> Duration {
        self.built
    }

    async fn keyword(&mut self, words: &str) -> Outcome<Answer> {
        let rows = sqlx::query(KEYWORD)
            .bind(words)
            .bind(i64::try_from(HITS)?)
            .fetch_all(&mut self.connection)
            .await?;
        let mut total = 0;
        for row in &rows {
            total = usize::try_from(row.try_get::<i64, _>("total")?)?;
            for column in [
                "slug",
                "name",
                "organization",
                "summary",
                "cost",
                "shown_places",
            ] {
                let _: String = row.try_get(column)?;
            }
            let _: (i16, i16) = (row.try_get("minimum_age")?, row.try_get("maximum_age")?);
        }
        Ok(Answer {
            total,
            hits: rows.len(),
            ..Answer::default()
        })
    }

    /// The words as PostgreSQL should be asked for them.
    async fn mended(&mut self, question: &Question) -> Outcome<String> {
        if question.spelled == Spelled::Right {
            return Ok(question.words.to_owned());
        }
        let mut words: Vec<String> = Vec::new();
        for word in question.words.split(' ') {
            let mended = sqlx::query_scalar(MEND).bind(word);
            words.push(mended.fetch_one(&mut self.connection).await?);
        }
        Ok(words.join(" "))
    }
}

impl Side for Postgres {
    fn name(&self) -> &'static str {
        "PostgreSQL"
    }

    async fn answer(&mut self, question: &Question) -> Outcome<Answer> {
        let words = self.mended(question).await?;
        if question.is_words_alone() {
            return self.keyword(&words).await;
        }
        let asked = Asked::of(question, &words, &self.values)?;
        let row = asked.query().fetch_one(&mut self.connection).await?;
        let hits: Option<String> = row.try_get("hits")?;
        let hits: Vec<Value> = hits.map_or(Ok(Vec::new()), |json| serde_json::from_str(&json))?;
        let total: i64 = row.try_get("total")?;
        let mut answer = Answer {
            total: usize::try_from(total)?,
            hits: hits.len(),
            ..Answer::default()
        };
        if question.counting == Counting::Counts {
            let numbers: Option<Vec<i32>> = row.try_get("numbers")?;
            let counts: Option<Vec<i64>> = row.try_get("counts")?;
            let names = self.values.by_number();
            let counted = numbers
                .unwrap_or_default()
                .into_iter()
                .zip(counts.unwrap_or_default());
            for (number, count) in counted {
                let name = names.get(&number).ok_or("an unknown value")?;
                answer.counts.insert(name.clone(), usize::try_from(count)?);
            }
        }
        Ok(answer)
    }

    async fn suggest(&mut self, typed: &str) -> Outcome<usize> {
        let words = format!("{}:*", typed.replace(' ', " & "));
        let found = sqlx::query(SUGGEST)
            .bind(words)
            .bind(i64::try_from(SUGGESTED)?)
            .fetch_all(&mut self.connection)
            .await?;
        for row in &found {
            let _: (String, String) = (row.try_get("slug")?, row.try_get("name")?);
        }
        Ok(found.len())
    }
}

/// One question as SQL. The texts are few, so that each is prepared once.
struct Asked<'q> {
    sql: String,
    words: &'q str,
    age: Option<i16>,
    near: Option<(Position, f64)>,
    /// The ticked values of each group that has some.
    ticks: Vec<Vec<i32>>,
}

impl<'q> Asked<'q> {
    fn of(question: &Question, words: &'q str, values: &Values) -> Outcome<Self> {
        let groups = super::questions::ticked_groups(question);
        let mut ticks = Vec::new();
        let mut ranges = Vec::new();
        for group in &groups {
            let slugs = question.ticks.iter().filter(|(of, _)| of == group);
            let numbers: Outcome<Vec<i32>> =
                slugs.map(|(_, slug)| values.known(group, slug)).collect();
            ticks.push(numbers?);
            ranges.push(range_of(group).ok_or("no such group")?);
        }
        let near = match question.near {
            Some(near) => Some((position_of(near.postcode)?, f64::from(near.miles))),
            None => None,
        };
        Ok(Self {
            sql: sql(question, &ranges)?,
            words,
            age: question.age.map(i16::from),
            near,
            ticks,
        })
    }

    fn query(&self) -> Query<'_, sqlx::Postgres, PgArguments> {
        let mut query = sqlx::query(AssertSqlSafe(self.sql.clone()));
        if !self.words.is_empty() {
            query = query.bind(self.words);
        }
        if let Some(age) = self.age {
            query = query.bind(age);
        }
        if let Some((from, miles)) = self.near {
            let (north, east) = super::row::degrees(from, miles);
            query = query
                .bind(from.latitude)
                .bind(from.longitude)
                .bind(north)
                .bind(east)
                .bind(miles);
        }
        for ticked in &self.ticks {
            query = query.bind(ticked.as_slice());
        }
        query
    }
}

/// The statement: `base` is what fits the words, the age and the place, and fails at most one of the groups in which
/// something is ticked; `failed` is 0, or the bit of that group. A group's own ticks do not narrow its counts.
fn sql(question: &Question, ranges: &[(i32, i32)]) -> Outcome<String> {
    let mut bound = 0;
    let mut bind = || {
        bound += 1;
        format!("${bound}")
    };
    let (mut sql, mut conditions) = ("WITH ".to_owned(), Vec::new());
    let mut from = "sieve s".to_owned();
    let (mut words, mut rank) = ("", "0::REAL".to_owned());
    if !question.words.is_empty() {
        let asked = format!("websearch_to_tsquery('english', {})", bind());
        "listing l JOIN sieve s USING (id)".clone_into(&mut from);
        conditions.push(format!("l.words @@ {asked}"));
        words = ", l.words";
        rank = format!("CASE WHEN failed = 0 THEN ts_rank(words, {asked}) END");
    }
    if question.age.is_some() {
        let age = bind();
        conditions.push(format!("s.minimum_age <= {age} AND s.maximum_age >= {age}"));
    }
    let mut miles = "NULL::FLOAT8";
    if question.near.is_some() {
        let [latitude, longitude, north, east, most] =
            std::array::from_fn(|_| format!("{}::FLOAT8", bind()));
        write!(
            sql,
            "near AS MATERIALIZED (SELECT listing, min(miles) AS miles FROM (SELECT listing, \
             2 * 3958.7613 * asin(least(1, sqrt(power(sin(radians(latitude - {latitude}) / 2), 2) \
             + cos(radians({latitude})) * cos(radians(latitude)) \
             * power(sin(radians(longitude - {longitude}) / 2), 2)))) AS miles FROM place \
             WHERE spot <@ box(point({longitude} - {east}, {latitude} - {north}), \
             point({longitude} + {east}, {latitude} + {north}))) AS boxed \
             WHERE miles <= {most} GROUP BY listing), "
        )?;
        from.push_str(" LEFT JOIN near n ON n.listing = s.id");
        conditions.push("(s.placeless OR n.listing IS NOT NULL)".to_owned());
        miles = "n.miles";
    }
    let bits: Vec<i32> = (0..ranges.len()).map(|group| 1 << group).collect();
    let failed = bits
        .iter()
        .map(|bit| format!("CASE WHEN s.facets && {} THEN 0 ELSE {bit} END", bind()));
    let failed = failed
        .chain(["0".to_owned()])
        .collect::<Vec<_>>()
        .join(" + ");
    let at_most_one = bits
        .iter()
        .map(|bit| format!(", {bit}"))
        .collect::<String>();
    conditions.push("TRUE".to_owned());
    write!(
        sql,
        "base AS MATERIALIZED (SELECT id, name, facets, failed, miles, {rank} AS rank FROM \
         (SELECT s.id, s.name, s.facets{words}, {miles} AS miles, {failed} AS failed FROM {from} WHERE {} OFFSET 0) \
         AS fitting WHERE failed IN (0{at_most_one})) ",
        conditions.join(" AND ")
    )?;
    let order = match (question.near.is_some(), question.words.is_empty()) {
        (true, _) => "miles NULLS LAST, rank DESC, name, id",
        (false, false) => "rank DESC, id",
        (false, true) => "name, id",
    };
    write!(
        sql,
        "SELECT (SELECT count(*) FROM base WHERE failed = 0) AS total, \
         (SELECT json_agg(shown)::text FROM (SELECT {SHOWN}, b.miles FROM (SELECT id, miles, \
         row_number() OVER (ORDER BY {order}) AS nth FROM base WHERE failed = 0 ORDER BY {order} LIMIT {HITS}) b \
         JOIN listing l USING (id) JOIN sieve s USING (id) ORDER BY b.nth) shown) AS hits"
    )?;
    if question.counting == Counting::Counts {
        let own = bits.iter().zip(ranges).map(|(bit, (first, last))| {
            format!(" OR (failed = {bit} AND value BETWEEN {first} AND {last})")
        });
        write!(
            sql,
            ", counted.numbers, counted.counts FROM (SELECT array_agg(value) AS numbers, array_agg(n) AS counts \
             FROM (SELECT value, count(*) AS n FROM base, unnest(facets) AS value WHERE failed = 0{} \
             GROUP BY value) AS each) AS counted",
            own.collect::<String>()
        )?;
    }
    Ok(sql)
}

/// As COPY reads it. Nothing in a made-up listing has to be escaped.
fn write_row(
    row: &Row,
    listings: &mut String,
    sieves: &mut String,
    places: &mut String,
) -> Outcome<()> {
    let Row { id, name, .. } = row;
    let texts = [
        &row.slug,
        name,
        &row.organization,
        &row.needs,
        &row.categories,
        &row.places,
        &row.body,
        &row.summary,
        &row.cost,
        &row.shown_places,
        &row.days,
        &row.ways,
        &row.waits,
    ];
    write!(listings, "{id}")?;
    for text in texts {
        if text.contains(['\t', '\n', '\\']) {
            return Err(format!("“{text}” cannot be copied as it stands").into());
        }
        write!(listings, "\t{text}")?;
    }
    listings.push('\n');
    let facets: Vec<String> = row.values.iter().map(ToString::to_string).collect();
    let placeless = if row.positions.is_empty() { "t" } else { "f" };
    writeln!(
        sieves,
        "{id}\t{name}\t{}\t{}\t{placeless}\t{{{}}}",
        row.minimum_age,
        row.maximum_age,
        facets.join(",")
    )?;
    for (number, position) in row.positions.iter().enumerate() {
        let Position {
            latitude,
            longitude,
        } = position;
        writeln!(
            places,
            "{id}\t{number}\t{latitude}\t{longitude}\t({longitude},{latitude})"
        )?;
    }
    Ok(())
}
