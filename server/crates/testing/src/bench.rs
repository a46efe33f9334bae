//! Figures, each beside the physical limit measured in the same run.
//!
//! Start with `submit.rs` (enquiries committed), `jobs.rs` (jobs claimed), `outbox.rs` (mails sent), `sweep.rs` (what a sweep costs), `mail.rs`
//! (mails taken in), `audit.rs` (what proving the invariants costs), `crash.rs` (what kills lose), `search.rs` (searches beside
//! PostgreSQL's and SQLite's) and `page.rs` (result pages served). Rounds are interleaved and medians are told, so that a busy moment of
//! the machine hits all sides alike.

mod append;
pub mod audit;
pub mod crash;
mod http;
pub mod jobs;
pub mod mail;
mod offer;
pub mod outbox;
pub mod page;
mod plain_inserts;
mod running_clock;
pub mod search;
mod server;
pub mod submit;
pub mod sweep;
mod table;

/// What a scenario answers: a table to print, or why there is none.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// How many rounds a figure is the median of.
const ROUNDS: usize = 5;

/// A folder beside this program: on the disk that the build is on, where a temporary folder may be
/// memory.
fn folder_on_disk() -> Outcome<tempfile::TempDir> {
    let program = std::env::current_exe()?;
    let beside = program.parent().ok_or("this program stands in no folder")?;
    Ok(tempfile::tempdir_in(beside)?)
}
