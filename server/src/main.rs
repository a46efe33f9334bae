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

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    // One provider for every TLS connection, before the first.
    if rustls::crypto::ring::default_provider()
        .install_default()
        .is_err()
    {
        return fail(&"another TLS provider is installed already");
    }
    let arguments = cli::Arguments::parse();
    let config = match config::Config::load(arguments.config.as_deref()) {
        Ok(config) => config,
        Err(problem) => return fail(&problem),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(problem) => return fail(&problem),
    };
    match runtime.block_on(commands::run(arguments.command, config)) {
        Ok(code) => code,
        Err(problem) => fail(&problem),
    }
}

#[expect(clippy::print_stderr, reason = "the person at the terminal reads it")]
fn fail(problem: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("send-hub: {problem}");
    ExitCode::FAILURE
}
