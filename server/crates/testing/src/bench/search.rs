//! The search beside PostgreSQL's full text and SQLite's FTS5: the same listings, the same questions, the same
//! run.
//!
//! `questions.rs` holds what is asked. `ours.rs`, `postgres.rs` and `fts5.rs` are the sides, each behind the
//! functions of [`Side`], which is where to start. `parity.rs` asks every question of every side once and ends
//! the run where they find different things; only then `rounds.rs` takes the time, the sides in turn.

mod edits;
mod fts5;
mod memory;
mod ours;
mod parity;
pub(super) mod postgres;
pub(super) mod questions;
mod rounds;
pub(super) mod row;

use std::{collections::BTreeMap, time::Duration};

use self::{
    edits::Edits, fts5::Fts5, memory::Memory, ours::Ours, postgres::Postgres, questions::Question,
    row::Values,
};
use super::{Outcome, folder_on_disk, offer::Offer};

/// Listings in each piece that is built from.
const PIECE: u32 = 1_000;
/// Hits that are read of each answer: a page of ours.
const HITS: usize = ::search::HITS_A_PAGE;
/// Suggestions that are read.
const SUGGESTED: usize = 8;

/// What a side answers. Counts are by group and value, as addresses call them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Answer {
    total: usize,
    hits: usize,
    counts: BTreeMap<(String, String), usize>,
}

/// One that answers questions.
trait Side {
    /// What the table calls it.
    fn name(&self) -> &'static str;
    /// Words, with whatever is ticked, the counts and the distance where the question asks for them.
    async fn answer(&mut self, question: &Question) -> Outcome<Answer>;
    /// Names that begin so; how many came.
    async fn suggest(&mut self, typed: &str) -> Outcome<usize>;
}

/// All three, filled with the same listings.
struct Sides {
    ours: Ours,
    postgres: Postgres,
    fts5: Fts5,
}

/// How long each took to be filled and made ready, without the making of the listings.
struct Built {
    ours: Duration,
    postgres: Duration,
    fts5: Duration,
}

/// Fills all three with so many listings, asks, and tells the figures.
///
/// # Errors
/// When one refuses, or finds anything else than the others.
pub async fn run(size: u32) -> Outcome<String> {
    let offer = Offer::new()?;
    let folder = folder_on_disk()?;
    let (mut sides, built) = build(&offer, folder.path(), size).await?;
    let checked = parity::check(&mut sides).await?;
    let mut told = vec![format!(
        "{size} listings. {checked} questions were asked of all three first: each found as many, and counted alike."
    )];
    told.push(rounds::run(&mut sides, &built).await?);
    told.push(DIFFERENCES.to_owned());
    let Sides { ours, .. } = sides;
    told.push(Memory::measure(&ours)?.told());
    // The follower is the index's one user then.
    drop(ours);
    told.push(Edits::measure(folder.path(), &offer, size).await?.told());
    Ok(told.join("\n\n"))
}

const DIFFERENCES: &str = "\
All three rank: ours by BM25 over eight fields with weights, PostgreSQL by `ts_rank` with weights A to D, FTS5 by \
`bm25()` with a weight for each column. Each reads the hits of the first page and the total.\n\
Ours does more for the same question: it looks for synonyms, for a place, an age, a day and a cost in the words, and \
takes the last word for one that may be unfinished. The questions are such that none of this finds anything more.\n\
A misspelt word is mended in PostgreSQL by `pg_trgm` against a table of all words, as its manual proposes, and in FTS5 \
by an index of the words' trigrams whose best 50 are compared letter by letter; then the mended question is asked.\n\
Counts of a group do not heed that group's own ticks. PostgreSQL keeps a listing's values in an array and counts them \
all in one pass; SQLite joins a table of values. Distance is a bounding box in an index, then haversine.\n\
PostgreSQL answers over a local socket with prepared statements, SQLite in the process with prepared statements, and \
ours in the process, with the server's allocator.";

async fn build(offer: &Offer, folder: &std::path::Path, size: u32) -> Outcome<(Sides, Built)> {
    let mut ours = Ours::begin(&folder.join("index"))?;
    let mut postgres = Postgres::begin().await?;
    let mut fts5 = Fts5::begin(&folder.join("fts5.sqlite3"))?;
    let mut values = Values::default();
    for from in (1..=size).step_by(PIECE as usize) {
        let to = (from + PIECE - 1).min(size);
        let listings = offer.listings(from, to).collect::<Outcome<Vec<_>>>()?;
        let rows = values.rows(from, &listings)?;
        postgres.add(&rows).await?;
        fts5.add(&rows)?;
        ours.add(listings)?;
    }
    let postgres = postgres.ready(&values).await?;
    let fts5 = fts5.ready(&values)?;
    let ours = ours.ready()?;
    let built = Built {
        ours: ours.built(),
        postgres: postgres.built(),
        fts5: fts5.built(),
    };
    Ok((
        Sides {
            ours,
            postgres,
            fts5,
        },
        built,
    ))
}
