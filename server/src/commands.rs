//! The commands, a file each.

mod audit;
mod backup;
mod doctor;
mod erase;
mod export;
mod import;
mod migrate;
mod move_to;
pub(crate) mod receive;
mod routes;
mod sample;
mod serve;
mod settings;
mod user;
mod work;

use std::{fmt::Display, io::Write as _, process::ExitCode};

use crate::{cli::Command, config::Config};

/// Why a command ended, in words for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Stopped(String);

impl Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Any error, once it is for the terminal.
pub(crate) fn stopped(problem: impl Display) -> Stopped {
    Stopped(problem.to_string())
}

/// Does what was asked.
pub(crate) async fn run(command: Command, config: Config) -> Result<ExitCode, Stopped> {
    let done = |()| ExitCode::SUCCESS;
    match command {
        Command::Serve(options) => serve::run(config, &options).await.map(done),
        Command::Work => work::run(config).await.map(done),
        Command::Migrate(options) => migrate::run(config, &options).await.map(done),
        Command::Backup { file } => backup::run(config, &file).await.map(done),
        Command::Move { to } => move_to::run(config, &to).await.map(done),
        Command::Import(what) => import::run(config, what).await,
        Command::Export(what) => export::run(config, what).await.map(done),
        Command::Settings(act) => settings::run(config, act).await.map(done),
        Command::User(act) => user::run(config, act).await.map(done),
        Command::Erase(asked) => erase::run(config, asked).await.map(done),
        Command::Receive(envelope) => receive::run(config, envelope).await,
        Command::Audit(options) => audit::run(config, &options).await,
        Command::Doctor => doctor::run(config).await,
        Command::Routes => {
            routes::run();
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Says why something cannot be done, apart from a command's answer.
pub(crate) fn complain(problem: &dyn Display) {
    crate::fail(problem);
}

/// Says something to the person at the terminal. Who stopped listening (`| head`) stops no work: how it ends says
/// whether it was done.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Writes what the person at the terminal asked for: without it nothing was done.
pub(crate) fn hand_out(text: &str) -> Result<(), Stopped> {
    let mut out = std::io::stdout();
    let written = writeln!(out, "{text}").and_then(|()| out.flush());
    written.map_err(|problem| stopped(format!("standard output: {problem}")))
}
