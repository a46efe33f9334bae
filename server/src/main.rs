//! The binary `send-hub`.
//!
//! Start with [`cli`] (what it can be told to do), then the command's file under `commands/`.
//! [`config`] says what can be set, [`assemble`] joins the parts to a hub, [`router`] lists every
//! address, and `http/` holds what is not a page.

mod assemble;
mod assets;
mod cli;
mod commands;
mod config;
mod http;
mod middleware;
mod router;
mod state;
mod telemetry;

use std::{io::Write as _, process::ExitCode};

use clap::{Parser, error::ErrorKind};
use mimalloc::MiMalloc;

use crate::{cli::Command, commands::receive::EX_TEMPFAIL};

/// A page is made of thousands of small pieces: the C library's allocator took a sixth of its time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments = match cli::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(problem) => return misunderstood(&problem),
    };
    let receives = matches!(arguments.command, Command::Receive(_));
    do_it(arguments).unwrap_or_else(|problem| {
        if receives {
            return not_received(&problem);
        }
        fail(&problem);
        ExitCode::FAILURE
    })
}

/// A mail server bounces mail for any other end than this one. The status code at the front is for Postfix.
fn not_received(problem: &dyn std::fmt::Display) -> ExitCode {
    let words = problem.to_string();
    let code = if words.starts_with("4.3.") {
        ""
    } else {
        "4.3.5 "
    };
    say_why(&format!("{code}{words}"));
    ExitCode::from(EX_TEMPFAIL)
}

fn do_it(arguments: cli::Arguments) -> Result<ExitCode, String> {
    // One provider for every TLS connection, before the first.
    if rustls::crypto::ring::default_provider()
        .install_default()
        .is_err()
    {
        return Err("another TLS provider is installed already".to_owned());
    }
    let config = config::Config::load(arguments.config.as_deref()).map_err(|p| p.to_string())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|problem| problem.to_string())?;
    runtime
        .block_on(commands::run(arguments.command, config))
        .map_err(|problem| problem.to_string())
}

/// What clap says of arguments that it does not understand. A slip in a mail server's configuration must bounce
/// nobody's mail: it is kept there until somebody mends it.
fn misunderstood(problem: &clap::Error) -> ExitCode {
    let asked = matches!(
        problem.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    let receives = std::env::args_os().skip(1).any(|word| word == "receive");
    if receives && !asked {
        return not_received(problem);
    }
    problem.exit()
}

fn fail(problem: &dyn std::fmt::Display) {
    say_why(&format!("send-hub: {problem}"));
}

/// The person at the terminal, or the mail server, reads it. Whoever reads no more changes nothing about how the
/// program ends: a mail server would bounce mail for another end.
fn say_why(words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}
