//! `cargo xtask bench`: prints each scenario's figures as a table in Markdown.
#![expect(
    clippy::print_stdout,
    reason = "the tables are what this program is for"
)]

use clap::{Parser, ValueEnum};
use mimalloc::MiMalloc;
use testing::bench::{Outcome, audit, crash, jobs, mail, outbox, page, search, submit, sweep};

/// As in the program itself, so that what runs in this process runs as it does there.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scenario {
    /// Enquiries committed a second.
    Submit,
    /// Jobs claimed a second by one, two and four worker processes.
    Jobs,
    /// Mails handed over a second by one, two and four worker processes.
    Outbox,
    /// Mails taken in, filed and acknowledged a second.
    Mail,
    /// What a sweep costs with few and with many open enquiries.
    Sweep,
    /// How long proving the invariants takes.
    Audit,
    /// Searches, beside PostgreSQL's full text and SQLite's FTS5.
    Search,
    /// Result pages served a second, beside Express and PostgreSQL.
    Page,
    /// What is lost when the program is killed under load: only when asked for, it takes minutes.
    Crash,
}

/// Figures, each beside the physical limit measured in the same run.
#[derive(Debug, Parser)]
struct Options {
    /// What to measure; everything when left out
    scenario: Option<Scenario>,
    /// How much of it: listings for `search` and `page`, enquiries a round for `submit`, open ones for `sweep`, mails a
    /// round for `outbox` and `mail`
    #[arg(long)]
    size: Option<u32>,
    /// How many times `crash` kills on each database
    #[arg(long, default_value_t = 10)]
    kills: u32,
    /// Decides when `crash` kills
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What the worker processes of `jobs` are started with
    #[arg(long, hide = true)]
    claim_jobs_of: Option<String>,
    /// What the worker processes of `outbox` are started with
    #[arg(long, hide = true, requires = "through")]
    send_outbox_of: Option<String>,
    /// The mail server that those talk to
    #[arg(long, hide = true)]
    through: Option<String>,
}

const ENQUIRIES: u32 = 320;
const JOBS: u32 = 2_000;
const MAILS: u32 = 1_000;
const INCOMING: u32 = 200;
const OPEN: u32 = 1_000_000;
const MESSAGES: u32 = 1_000_000;
const LISTINGS: u32 = 10_000;

#[tokio::main]
async fn main() -> Outcome<()> {
    let options = Options::parse();
    if let Some(address) = &options.claim_jobs_of {
        for id in jobs::claim_all(address).await? {
            println!("{id}");
        }
        return Ok(());
    }
    if let (Some(address), Some(server)) = (&options.send_outbox_of, &options.through) {
        return outbox::send_all(address, server).await;
    }
    let asked = |scenario| options.scenario.is_none_or(|only| only == scenario);
    if asked(Scenario::Submit) {
        let table = submit::run(options.size.unwrap_or(ENQUIRIES).max(1)).await?;
        println!("## submit\n\n{table}\n");
    }
    if asked(Scenario::Jobs) {
        let table = jobs::run(options.size.unwrap_or(JOBS).max(1)).await?;
        println!("## jobs\n\n{table}\n");
    }
    if asked(Scenario::Outbox) {
        let table = outbox::run(options.size.unwrap_or(MAILS).max(1)).await?;
        println!("## outbox\n\n{table}\n");
    }
    if asked(Scenario::Mail) {
        let table = mail::run(options.size.unwrap_or(INCOMING).max(1)).await?;
        println!("## mail\n\n{table}\n");
    }
    if asked(Scenario::Sweep) {
        let table = sweep::run(options.size.unwrap_or(OPEN).max(100)).await?;
        println!("## sweep\n\n{table}\n");
    }
    if asked(Scenario::Audit) {
        let table = audit::run(options.size.unwrap_or(MESSAGES).max(100)).await?;
        println!("## audit\n\n{table}\n");
    }
    if asked(Scenario::Search) {
        let table = search::run(options.size.unwrap_or(LISTINGS).max(1)).await?;
        println!("## search\n\n{table}\n");
    }
    if asked(Scenario::Page) {
        let table = page::run(options.size.unwrap_or(LISTINGS).max(1)).await?;
        println!("## page\n\n{table}\n");
    }
    if options.scenario == Some(Scenario::Crash) {
        let table = crash::run(options.kills, options.seed).await?;
        println!("## crash\n\n{table}\n");
    }
    Ok(())
}
