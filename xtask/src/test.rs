//! `cargo xtask test`: formatting, lints, unit, store, integration and browser tests.

use std::{fs, path::Path, process::Command};

use clap::{Args, ValueEnum};

use crate::{
    shell::{Outcome, Problem, cargo, exists, npm_ci, root, run as call, step, target_dir},
    site,
    wasm::{self, StandardLibrary},
};

#[derive(Args)]
pub(crate) struct Options {
    /// Install what the tests need first (Debian and Ubuntu; needs to be root)
    #[arg(long)]
    install: bool,
    /// Leave a part out
    #[arg(long, value_name = "PART")]
    without: Vec<Part>,
}

/// What may be left out where a machine cannot do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The browser's WebAssembly
    Islands,
    /// The journeys in a real browser
    Browser,
}

pub(crate) fn run(options: &Options) -> Outcome {
    let has = |part| !options.without.contains(&part);
    if options.install {
        step("What the tests need", || install(has(Part::Browser)))?;
    }
    step("Formatting", || {
        call(cargo().args(["fmt", "--all", "--check"]))
    })?;
    step("Lints", || {
        call(
            cargo()
                .args(["clippy", "--workspace", "--all-targets", "--locked"])
                .args(["--", "--deny", "warnings"]),
        )
    })?;
    if has(Part::Islands) {
        step("Lints of the browser's half", browser_lints)?;
    }
    step("Unit, store and integration tests", || {
        call(cargo().args(["test", "--workspace", "--locked"]))
    })?;
    if has(Part::Browser) {
        let site = site::build()?;
        step("Journeys in a real browser", || journeys(&site))?;
    }
    if !options.without.is_empty() {
        println!("\nLeft out, as asked: {:?}", options.without);
    }
    Ok(())
}

fn install(browser: bool) -> Outcome {
    if !browser || exists("chromium") {
        return Ok(());
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    if !release.contains("debian") {
        return Err(Problem::new(
            "--install knows Debian and Ubuntu only: install Chromium, then leave --install out",
        ));
    }
    call(Command::new("apt-get").args(["update", "--quiet"]))?;
    call(
        Command::new("apt-get")
            .args(["install", "--yes", "--quiet", "--no-install-recommends"])
            .args(["chromium", "fonts-liberation"])
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
}

fn browser_lints() -> Outcome {
    let library = wasm::standard_library()?;
    if library == StandardLibrary::Missing {
        return Err(Problem::new(
            "the wasm32-unknown-unknown target is missing: run `rustup target add \
             wasm32-unknown-unknown`, or say --without islands",
        ));
    }
    let mut command = cargo();
    command.args(["clippy", "--package", "app", "--lib", "--locked"]);
    command.args(["--no-default-features", "--features", "hydrate"]);
    wasm::aim(&mut command, &library);
    command.args(["--", "--deny", "warnings"]);
    call(&mut command)
}

fn journeys(site: &Path) -> Outcome {
    if !exists("chromium") {
        return Err(Problem::new(
            "Chromium was not found: say --install, or --without browser",
        ));
    }
    let end2end = root().join("end2end");
    npm_ci(&end2end)?;
    // `cargo test` has just built the server, with the very dependencies of the other tests.
    call(
        Command::new(end2end.join("node_modules/.bin/playwright"))
            .arg("test")
            .current_dir(&end2end)
            .env("SEND_HUB_BINARY", target_dir().join("debug/send-hub"))
            .env("SEND_HUB_SITE", site),
    )
}
