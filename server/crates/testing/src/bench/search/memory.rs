//! Whether searching takes ever more memory: what the process holds, as searches go on.

use std::time::Duration;

use super::{
    Outcome,
    ours::Ours,
    questions::{Question, Scenario},
};
use crate::bench::table::markdown;

/// After how many searches it is told.
const TOLD_AFTER: [u32; 4] = [1_000, 10_000, 50_000, 100_000];
/// Searches take longer the more there is: what is slow is asked less often.
const LONGEST: Duration = Duration::from_millis(2);

/// What the process held in MiB, after so many searches.
pub(super) struct Memory(Vec<(u32, f64)>);

impl Memory {
    /// Searches.
    pub(super) fn measure(ours: &Ours) -> Outcome<Self> {
        let questions = quick(ours)?;
        let mut told = Vec::new();
        let last = TOLD_AFTER.last().copied().unwrap_or_default();
        for (number, question) in (1..=last).zip(questions.iter().cycle()) {
            ours.ask(question)?;
            if TOLD_AFTER.contains(&number) {
                told.push((number, resident_mib()?));
            }
        }
        Ok(Self(told))
    }

    pub(super) fn told(&self) -> String {
        let rows = self
            .0
            .iter()
            .map(|(searches, mib)| vec![searches.to_string(), format!("{mib:.0}")]);
        let rows: Vec<_> = rows.collect();
        format!(
            "Memory of this process, which also holds SQLite's and the sum of all times.\n\n{}",
            markdown(&["searches", "MiB resident"], &rows)
        )
    }
}

/// Every question that is answered soon, at any size; the quickest if none is.
fn quick(ours: &Ours) -> Outcome<Vec<Question>> {
    let mut timed = Vec::new();
    for question in Scenario::ALL.into_iter().flat_map(Scenario::questions) {
        let begun = std::time::Instant::now();
        ours.ask(&question)?;
        timed.push((begun.elapsed(), question));
    }
    timed.sort_by_key(|(time, _)| *time);
    let soon = timed
        .iter()
        .filter(|(time, _)| *time <= LONGEST)
        .count()
        .max(1);
    Ok(timed
        .into_iter()
        .take(soon)
        .map(|(_, question)| question)
        .collect())
}

/// What of the process is in memory (proc(5), `statm`: in pages).
#[expect(clippy::cast_precision_loss, reason = "for people")]
fn resident_mib() -> Outcome<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .ok_or("no VmRSS")?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kib as f64 / 1024.0)
}
