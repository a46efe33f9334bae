//! Kills by the hundred: what the suite does ten times on each database ([`crate::crash`]).

use super::{Outcome, server::binary, table::markdown};
use crate::{
    Cluster,
    crash::{Plan, Report, run as kill},
};

/// Kills in one run: each begins with an empty database, so that no run grows without end.
const AT_ONCE: u32 = 50;

/// Kills so often under load on SQLite, and as often two servers on PostgreSQL; `seed` decides when.
///
/// # Errors
/// When anything was lost, or answered twice that need not have been: the words say what, and the seed.
pub async fn run(kills: u32, seed: u64) -> Outcome<String> {
    let binary = binary()?;
    let mut rows = Vec::new();
    let cluster = Cluster::start(&[]);
    for (name, processes) in [("SQLite, one server", 1), ("PostgreSQL, two servers", 2)] {
        let mut left = kills;
        let mut number = 0;
        while left > 0 {
            let plan = Plan {
                binary: binary.clone(),
                database: match processes {
                    1 => "sqlite:".to_owned(),
                    _ => cluster.database(),
                },
                processes,
                kills: left.min(AT_ONCE),
                seed: seed + number,
            };
            left -= plan.kills;
            number += 1;
            let report = tokio::task::spawn_blocking(move || kill(&plan)).await?;
            if !report.faults.is_empty() {
                return Err(format!("{name}: {report}").into());
            }
            rows.push(row(name, &report));
        }
    }
    let heads = [
        "",
        "seed",
        "kills",
        "accepted",
        "with a file",
        "mails sent",
        "put off",
        "without an answer",
        "refused",
        "sent again, same Message-ID",
        "in quarantine",
        "audits under load",
    ];
    Ok(format!(
        "Nothing was lost, and no mail went twice but those in flight at a kill or without an answer.\n\n{}",
        markdown(&heads, &rows)
    ))
}

fn row(name: &str, report: &Report) -> Vec<String> {
    let accepted: usize = report.accepted.iter().map(|(_, count)| count).sum();
    vec![
        name.to_owned(),
        report.seed.to_string(),
        format!(
            "{} ({} while starting)",
            report.kills, report.while_starting
        ),
        accepted.to_string(),
        report.attached.to_string(),
        report.sent.to_string(),
        report.put_off.to_string(),
        report.not_answered.to_string(),
        report.refused.to_string(),
        report.sent_again.to_string(),
        report.quarantined.to_string(),
        report.audits.to_string(),
    ]
}
