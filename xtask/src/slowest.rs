//! What took longest: steps, programs of tests, journeys in the browser. Told at the end of `cargo xtask test`, so that
//! everybody knows where the time goes.
//!
//! How long one test of a program takes, stable Rust does not tell; cargo starts each program through [`time`], which
//! writes down how long it ran.

use std::{
    ffi::OsString,
    fmt::Write as _,
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use clap::Args;
use serde_json::Value;

use crate::shell::{Outcome, Problem, target_dir};

/// As many as are told.
const TOLD: usize = 10;

/// What took how long.
struct Took {
    what: String,
    time: Duration,
}

static STEPS: Mutex<Vec<Took>> = Mutex::new(Vec::new());

/// Remembers how long a step took.
pub(crate) fn step_took(title: &str, time: Duration) {
    let mut steps = STEPS.lock().unwrap_or_else(PoisonError::into_inner);
    steps.push(Took {
        what: title.to_owned(),
        time,
    });
}

/// Where the figures of one run are gathered.
pub(crate) struct Figures {
    folder: PathBuf,
}

/// This program under another name, to start tests with.
const TIMER: &str = "timer";

impl Figures {
    /// Begins with none.
    pub(crate) fn begin() -> Outcome<Self> {
        let folder = target_dir().join("slowest");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        // A copy: building the tests may build this very program anew, and take the old one away.
        fs::copy(std::env::current_exe()?, folder.join(TIMER))?;
        Ok(Self { folder })
    }

    /// Has cargo start each program of tests through [`time`]; `on` tells one run from another.
    pub(crate) fn of_programs(&self, tests: &mut Command, on: &str) -> Outcome {
        let runner: Vec<_> = [
            self.folder.join(TIMER).into_os_string(),
            "timed".into(),
            self.programs().into(),
            on.into(),
        ]
        .iter()
        .map(|word: &OsString| format!("'{}'", word.to_string_lossy()))
        .collect();
        let setting = format!("target.'cfg(all())'.runner = [{}]", runner.join(", "));
        tests.args(["--config", &setting]);
        Ok(())
    }

    /// Has Playwright write down how long each journey took.
    pub(crate) fn of_journeys(&self, playwright: &mut Command) {
        playwright
            .arg("--reporter=list,json")
            .env("PLAYWRIGHT_JSON_OUTPUT_FILE", self.journeys());
    }

    fn programs(&self) -> PathBuf {
        self.folder.join("programs.tsv")
    }

    fn journeys(&self) -> PathBuf {
        self.folder.join("journeys.json")
    }

    /// Prints the slowest steps and tests, and writes them to `slowest.md` beside what is built.
    pub(crate) fn tell(&self) -> Outcome {
        let mut steps = STEPS.lock().unwrap_or_else(PoisonError::into_inner);
        let mut tests = programs(&self.programs());
        tests.extend(journeys(&self.journeys()));
        let words = format!(
            "{}\n{}",
            table("Slowest steps", &mut steps),
            table("Slowest tests", &mut tests)
        );
        println!("\n{words}");
        let file = target_dir().join("slowest.md");
        fs::write(&file, &words)?;
        println!("Also in {}", file.display());
        Ok(())
    }
}

fn table(title: &str, all: &mut [Took]) -> String {
    all.sort_by_key(|took| std::cmp::Reverse(took.time));
    let mut words = format!("| {title} | seconds |\n| --- | ---: |\n");
    for took in all.iter().take(TOLD) {
        let seconds = took.time.as_secs_f64();
        // Writing to a text never fails.
        let _ = writeln!(words, "| {} | {seconds:.1} |", took.what);
    }
    words
}

/// A program of tests, started by cargo to be timed.
#[derive(Args)]
pub(crate) struct Timed {
    /// Where to write down how long it ran
    file: PathBuf,
    /// On what it ran
    on: String,
    /// The program and its arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    command: Vec<OsString>,
}

/// Runs a program of tests, writes down how long it took, and ends as it did.
pub(crate) fn time(timed: &Timed) -> Outcome<ExitCode> {
    let (program, arguments) = timed
        .command
        .split_first()
        .ok_or_else(|| Problem::new("no program was named"))?;
    let begun = Instant::now();
    let status = Command::new(program).args(arguments).status()?;
    let line = format!(
        "{}\t{} on {}\n",
        begun.elapsed().as_secs_f64(),
        name(Path::new(program)),
        timed.on
    );
    let mut file = File::options()
        .create(true)
        .append(true)
        .open(&timed.file)?;
    file.write_all(line.as_bytes())?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// `use_cases-0ba25836ad984b18` is `use_cases`.
fn name(program: &Path) -> String {
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    let name = name.rsplit_once('-').map_or(&*name, |(name, _)| name);
    name.to_owned()
}

fn programs(file: &Path) -> Vec<Took> {
    let lines = fs::read_to_string(file).unwrap_or_default();
    lines
        .lines()
        .filter_map(|line| {
            let (seconds, what) = line.split_once('\t')?;
            Some(Took {
                what: what.to_owned(),
                time: Duration::try_from_secs_f64(seconds.parse().ok()?).ok()?,
            })
        })
        .collect()
}

fn journeys(file: &Path) -> Vec<Took> {
    let report = fs::read(file).ok();
    let report = report.and_then(|json| serde_json::from_slice::<Value>(&json).ok());
    let mut found = Vec::new();
    for suite in list(&report.unwrap_or_default(), "suites") {
        collect(suite, &mut found);
    }
    found
}

/// A file's suite holds journeys, and suites that a `describe` made.
fn collect(suite: &Value, found: &mut Vec<Took>) {
    for inner in list(suite, "suites") {
        collect(inner, found);
    }
    for spec in list(suite, "specs") {
        for test in list(spec, "tests") {
            let milliseconds = list(test, "results")
                .iter()
                .filter_map(|result| result["duration"].as_u64());
            found.push(Took {
                what: format!(
                    "{}: {} ({})",
                    text(spec, "file"),
                    text(spec, "title"),
                    text(test, "projectName")
                ),
                time: Duration::from_millis(milliseconds.sum()),
            });
        }
    }
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn journeys_are_read_from_what_playwright_writes() {
        let report = serde_json::json!({
            "title": "ask.spec.ts",
            "suites": [{
                "title": "asking",
                "specs": [{
                    "title": "a question is sent",
                    "file": "ask.spec.ts",
                    "tests": [{
                        "projectName": "with-javascript",
                        "results": [{ "duration": 1200 }, { "duration": 300 }],
                    }],
                }],
            }],
        });
        let mut found = Vec::new();
        collect(&report, &mut found);
        let words = table("Slowest tests", &mut found);
        assert!(
            words.contains("| ask.spec.ts: a question is sent (with-javascript) | 1.5 |"),
            "{words}"
        );
    }

    #[test]
    fn a_program_is_told_by_its_name_alone() {
        let program = Path::new("target/debug/deps/use_cases-0ba25836ad984b18");
        assert_eq!(name(program), "use_cases");
    }
}
