//! A clock on the wall that a test sets while the server runs: libfaketime, from Debian's package `faketime`, stands
//! between the server and the system's clock. How long something takes (`CLOCK_MONOTONIC`) it leaves alone, as a
//! machine does whose clock is set.

use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
};

use jiff::{civil::Date, tz::TimeZone};

use super::Folder;

pub(crate) const HOUR: i64 = 60 * 60;
const NOON: i64 = 12 * HOUR;
const DAY: i64 = 24 * HOUR;

pub(crate) struct Clock {
    library: String,
    file: PathBuf,
    seconds: Cell<i64>,
}

impl Clock {
    /// One that shows noon of today, kept in this folder: an hour on or back is the same day, whenever the tests run.
    pub(crate) fn new(folder: &Folder) -> Self {
        let clock = Self {
            library: library(),
            file: folder.path().join("clock"),
            seconds: Cell::new(0),
        };
        clock.advance(NOON - seconds_of_today());
        clock
    }

    /// Sets it on, or back, from what it shows now.
    pub(crate) fn advance(&self, seconds: i64) {
        self.seconds.set(self.seconds.get() + seconds);
        let new = self.file.with_extension("new");
        fs::write(&new, format!("{:+}", self.seconds.get())).expect("the clock");
        fs::rename(&new, &self.file).expect("the clock");
    }

    /// Sets it to noon of this day.
    pub(crate) fn set_to_noon_of(&self, day: Date) {
        let days = day.since(today()).expect("a span").get_days();
        let until_noon = NOON - seconds_of_today();
        self.advance(until_noon + i64::from(days) * DAY - self.seconds.get());
    }

    /// What a program needs in its environment to see this clock.
    pub(crate) fn settings(&self) -> Vec<(&str, &str)> {
        vec![
            ("LD_PRELOAD", &self.library),
            (
                "FAKETIME_TIMESTAMP_FILE",
                self.file.to_str().expect("a path"),
            ),
            ("FAKETIME_NO_CACHE", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
            ("NO_FAKE_STAT", "1"),
        ]
    }

    /// Takes away what the library leaves in memory when this process is killed.
    pub(crate) fn forget(&self, killed: u32) {
        for name in ["faketime_shm", "sem.faketime_sem"] {
            fs::remove_file(format!("/dev/shm/{name}_{killed}")).ok();
        }
    }

    /// What one command of `send-hub` did by this clock: whether it ended well, and all its words.
    pub(crate) fn run(&self, folder: &Folder, arguments: &[&str]) -> (bool, String) {
        let mut command = folder.command();
        let output = command.args(arguments).envs(self.settings()).output();
        let output = output.expect("it runs");
        let words = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&words).into_owned(),
        )
    }
}

/// Debian keeps it in a folder named after the machine's kind.
fn library() -> String {
    let folders = fs::read_dir("/usr/lib").expect("/usr/lib");
    folders
        .filter_map(|folder| Some(folder.ok()?.path().join("faketime/libfaketimeMT.so.1")))
        .chain([Path::new("/usr/lib/faketime/libfaketimeMT.so.1").to_path_buf()])
        .find(|file| file.is_file())
        .and_then(|file| Some(file.to_str()?.to_owned()))
        .expect(
            "libfaketime was not found: install Debian's package faketime, or leave these tests out \
             (cargo xtask test --without faketime)",
        )
}

#[expect(
    clippy::disallowed_methods,
    reason = "what this clock shows is counted from the machine's own"
)]
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(TimeZone::UTC).date()
}

#[expect(
    clippy::disallowed_methods,
    reason = "what this clock shows is counted from the machine's own"
)]
fn seconds_of_today() -> i64 {
    jiff::Timestamp::now().as_second().rem_euclid(DAY)
}
