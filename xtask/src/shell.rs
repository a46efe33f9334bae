//! Running other programs: every call says what it is for, and a failure says what to do.

use std::{
    env, fmt,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use crate::slowest;

/// Why a step stopped, in words for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Problem(String);

impl Problem {
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

pub(crate) type Outcome<T = ()> = Result<T, Problem>;

/// Says what is about to happen, does it, and says how long it took.
pub(crate) fn step<T>(title: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("▸ {title}");
    io::stdout().flush()?;
    let started = Instant::now();
    let done = work()?;
    let time = started.elapsed();
    println!("  done in {:.1} s", time.as_secs_f64());
    slowest::step_took(title, time);
    Ok(done)
}

/// The checkout's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Where cargo puts what it builds.
pub(crate) fn target_dir() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a program, its output going to the terminal.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let words = describe(command);
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| Problem::new(format!("{words} could not start: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Problem::new(format!("{words} failed ({status})")))
    }
}

/// Runs a program and returns what it printed.
pub(crate) fn read(command: &mut Command) -> Outcome<String> {
    let words = describe(command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Problem::new(format!("{words} could not start: {error}")))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(Problem::new(format!("{words} failed ({})", output.status)))
    }
}

/// Whether a program is there to be run.
pub(crate) fn exists(program: &str) -> bool {
    env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

/// Installs a folder's npm packages, unless what is there fits its lock file.
pub(crate) fn npm_ci(folder: &Path) -> Outcome {
    let modified = |file: PathBuf| file.metadata().and_then(|data| data.modified()).ok();
    let installed = modified(folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(folder.join("package-lock.json")) {
        return Ok(());
    }
    if !exists("npm") {
        return Err(Problem::new(
            "npm was not found: install Node.js 20 or newer",
        ));
    }
    run(Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder))
}

fn describe(command: &Command) -> String {
    let mut words = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        words.push(' ');
        words.push_str(&argument.to_string_lossy());
    }
    words
}
