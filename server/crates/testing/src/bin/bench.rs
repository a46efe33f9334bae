//! `cargo xtask bench`: prints each scenario's figures as a table in Markdown.
#![expect(
    clippy::print_stdout,
    reason = "the tables are what this program is for"
)]

use clap::{Parser, ValueEnum};
use testing::bench::{Outcome, page, submit};

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scenario {
    /// Enquiries committed a second.
    Submit,
    /// Result pages served a second.
    Page,
}

/// Figures, each beside the physical limit measured in the same run.
#[derive(Debug, Parser)]
struct Options {
    /// What to measure; everything when left out
    scenario: Option<Scenario>,
    /// How much of it: listings beside the sample's for `page`, enquiries a round for `submit`
    #[arg(long)]
    size: Option<u32>,
}

const ENQUIRIES: u32 = 200;

#[tokio::main]
async fn main() -> Outcome<()> {
    let options = Options::parse();
    let asked = |scenario| options.scenario.is_none_or(|only| only == scenario);
    if asked(Scenario::Submit) {
        let table = submit::run(options.size.unwrap_or(ENQUIRIES).max(1)).await?;
        println!("## submit\n\n{table}\n");
    }
    if asked(Scenario::Page) {
        let table = page::run(options.size).await?;
        println!("## page\n\n{table}\n");
    }
    Ok(())
}
