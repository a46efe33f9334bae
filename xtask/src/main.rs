//! The only build logic of the product: `cargo xtask run`, `test`, `pictures`, `bench`, `css`, `wasm`.
//!
//! Start with [`Command`]; each variant is one file. [`site`] makes what the browser downloads,
//! [`wasm`] its WebAssembly part; [`shell`] runs other programs and says what it is doing.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a build tool talks to the person at the terminal"
)]

mod bench;
mod pictures;
mod run;
mod shell;
mod site;
mod slowest;
mod test;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Run, test and measure SEND Hub")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and serve the sample council
    Run,
    /// Check formatting and lints, then run every test
    Test(test::Options),
    /// Take pictures of every page, to be looked at
    Pictures(pictures::Options),
    /// Measure; needs a quiet machine
    Bench(bench::Options),
    /// Make the style sheet and script only
    Css,
    /// Make the browser's WebAssembly only
    Wasm,
    /// Make the whole folder that the server serves files from
    Site,
    /// Run a program of tests and write down how long it took
    #[command(hide = true)]
    Timed(slowest::Timed),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run => run::run(),
        Command::Test(options) => test::run(&options),
        Command::Pictures(options) => pictures::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Css => site::styles().map(drop),
        Command::Wasm => wasm::build().map(drop),
        Command::Site => site::build().map(drop),
        // It ends as the tests did, and says no more than they do.
        Command::Timed(timed) => match slowest::time(&timed) {
            Ok(code) => return code,
            Err(problem) => Err(problem),
        },
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\nStopped: {problem}");
            ExitCode::FAILURE
        }
    }
}
