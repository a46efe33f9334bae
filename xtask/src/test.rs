//! `cargo xtask test`: formatting, lints, unit, store, integration and browser tests.

use std::{fs, path::Path, process::Command};

use clap::{Args, ValueEnum};

use crate::{
    shell::{Outcome, Problem, cargo, exists, npm_ci, root, run as call, step, target_dir},
    site,
    slowest::Figures,
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
    /// The tests on a PostgreSQL of their own
    Postgres,
    /// The tests with real mail servers (they need root)
    MailServers,
    /// The tests that set the clock of a running server
    Faketime,
}

/// What the tests start: one of its programs, the packages it comes in on Debian, and the part of the tests
/// that needs it.
const PROGRAMS: [(&str, &[&str], Part); 5] = [
    ("chromium", &["chromium", "fonts-liberation"], Part::Browser),
    ("pg_ctlcluster", &["postgresql"], Part::Postgres),
    ("postfix", &["postfix"], Part::MailServers),
    (
        "dovecot",
        &["dovecot-imapd", "dovecot-lmtpd"],
        Part::MailServers,
    ),
    ("faketime", &["faketime"], Part::Faketime),
];

pub(crate) fn run(options: &Options) -> Outcome {
    let figures = Figures::begin()?;
    let tested = test(options, &figures);
    // Whoever waited for a failure wants to know it as well.
    figures.tell()?;
    tested
}

fn test(options: &Options, figures: &Figures) -> Outcome {
    let has = |part| !options.without.contains(&part);
    if options.install {
        step("What the tests need", || install(has))?;
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
        let mut tests = cargo();
        tests.args(["test", "--workspace", "--locked"]);
        figures.of_programs(&mut tests, "SQLite")?;
        tests.arg("--");
        for (part, modules) in [
            (Part::Postgres, "postgres"),
            (Part::MailServers, "mail_servers"),
            (Part::Faketime, "faketime"),
        ] {
            if !has(part) {
                tests.args(["--skip", modules]);
            }
        }
        call(&mut tests)
    })?;
    if has(Part::Postgres) {
        step("Use cases and server on PostgreSQL", || {
            on_postgres(figures, has(Part::Faketime))
        })?;
    }
    if has(Part::Browser) {
        let site = site::build()?;
        let real_mail = has(Part::MailServers);
        step("Journeys in a real browser", || {
            journeys(&site, figures, real_mail)
        })?;
    }
    if !options.without.is_empty() {
        println!("\nLeft out, as asked: {:?}", options.without);
    }
    Ok(())
}

/// Installs what is missing. Nothing of it is started: the tests start their own.
fn install(wanted: impl Fn(Part) -> bool) -> Outcome {
    let missing: Vec<_> = PROGRAMS
        .iter()
        .filter(|(program, _, part)| wanted(*part) && !exists(program))
        .flat_map(|(_, packages, _)| packages.iter())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    if !release.contains("debian") {
        return Err(Problem::new(format!(
            "--install knows Debian and Ubuntu only: install {missing:?} yourself, then leave --install out"
        )));
    }
    let _quiet = NothingStarts::begin()?;
    call(Command::new("apt-get").args(["update", "--quiet"]))?;
    call(
        Command::new("apt-get")
            .args(["install", "--yes", "--quiet", "--no-install-recommends"])
            .args(missing)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
}

/// While it is there, packages that are installed do not start their servers: `policy-rc.d` says no
/// (Debian Policy 9.3.3.1). A machine that has a policy of its own keeps it.
struct NothingStarts {
    ours: bool,
}

const START_POLICY: &str = "/usr/sbin/policy-rc.d";

impl NothingStarts {
    fn begin() -> Result<Self, Problem> {
        use std::os::unix::fs::PermissionsExt;
        let ours = !Path::new(START_POLICY).exists();
        if ours {
            let told = |problem| Problem::new(format!("{START_POLICY}: {problem}"));
            fs::write(START_POLICY, "#!/bin/sh\nexit 101\n").map_err(told)?;
            fs::set_permissions(START_POLICY, fs::Permissions::from_mode(0o755)).map_err(told)?;
        }
        Ok(Self { ours })
    }
}

impl Drop for NothingStarts {
    fn drop(&mut self) {
        if self.ours {
            let _ = fs::remove_file(START_POLICY);
        }
    }
}

/// The tests that ran on SQLite, once more. What is of one database alone, or of the mail servers, stands in
/// modules named after it.
fn on_postgres(figures: &Figures, with_faketime: bool) -> Outcome {
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--locked", "--test", "*"]);
    figures.of_programs(&mut tests, "PostgreSQL")?;
    tests.arg("--");
    for modules in ["sqlite", "postgres", "mail_servers"] {
        tests.args(["--skip", modules]);
    }
    if !with_faketime {
        tests.args(["--skip", "faketime"]);
    }
    call(tests.env("SEND_HUB_TESTS_ON", "postgres"))
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

fn journeys(site: &Path, figures: &Figures, real_mail: bool) -> Outcome {
    // `cargo test` has just built the server and the examples, with the very dependencies of the other tests.
    let mut playwright = playwright(site)?;
    if real_mail {
        let servers = target_dir().join("debug/examples/mail_servers");
        playwright.env("MAIL_SERVERS", servers);
    }
    figures.of_journeys(&mut playwright);
    call(&mut playwright)
}

/// Playwright, to be told what to run against the built server.
pub(crate) fn playwright(site: &Path) -> Outcome<Command> {
    if !exists("chromium") {
        return Err(Problem::new(
            "Chromium was not found: `cargo xtask test --install` brings it; or say --without browser",
        ));
    }
    let end2end = root().join("end2end");
    npm_ci(&end2end)?;
    let mut command = Command::new(end2end.join("node_modules/.bin/playwright"));
    command
        .arg("test")
        .current_dir(&end2end)
        .env("SEND_HUB_BINARY", target_dir().join("debug/send-hub"))
        .env("SEND_HUB_SITE", site);
    Ok(command)
}
