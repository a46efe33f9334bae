//! `send-hub audit`: proves from the database alone that no message is lost and none is forgotten, and that nobody
//! changed the record of deeds; or says where that is not so. It writes nothing, and runs beside a server.

use std::process::ExitCode;

use domain::clock::Clock;
use hub::audit::{Proof, Verdict, of_database};
use jiff::SignedDuration;
use secrecy::ExposeSecret;
use serde_json::json;
use store::Database;

use super::{Stopped, say, stopped};
use crate::{assemble::SystemClock, cli::Audit, config::Config};

/// The database cannot be read: nothing is proved, and nothing is shown to be broken.
const UNREADABLE: u8 = 2;

pub(super) async fn run(config: Config, options: &Audit) -> Result<ExitCode, Stopped> {
    let begun = SystemClock.now();
    let (proof, verdict) = match prove(&config, options).await {
        Ok(proved) => proved,
        Err(problem) => {
            super::complain(&problem);
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    let seconds = SystemClock.now().duration_since(begun).as_secs_f64();
    let whole = proof.broken.is_empty() && verdict.faults.is_empty();
    if options.json {
        say(as_json(&proof, &verdict, seconds));
    } else {
        tell(&proof, &verdict, seconds);
    }
    Ok(if whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn prove(config: &Config, options: &Audit) -> Result<(Proof, Verdict), Stopped> {
    let url = config.database_url.expose_secret();
    let database = Database::connect_if_there(url, &config.data);
    let database = database.await.map_err(stopped)?;
    if !database.is_up_to_date().await.map_err(stopped)? {
        return Err(stopped(
            "the database belongs to another version of send-hub: `send-hub migrate` brings an older one up to date",
        ));
    }
    let mut tx = database.read().await.map_err(stopped)?;
    if let Some(at) = tx.installation().moved_at().await.map_err(stopped)? {
        return Err(stopped(format!(
            "database_url: everything in this database was moved away on {at}"
        )));
    }
    tx.rollback().await.map_err(stopped)?;
    let grace = SignedDuration::from_mins(options.grace.into());
    let noted = options.noted.as_ref();
    let proved = of_database(&database, SystemClock.now(), grace, noted).await;
    database.close().await;
    proved.map_err(stopped)
}

fn tell(proof: &Proof, verdict: &Verdict, seconds: f64) {
    for broken in &proof.broken {
        let (invariant, what, count) = (broken.invariant, broken.what, broken.count);
        say(format!("BROKEN {invariant}: {what} ({count})"));
        for place in &broken.first {
            say(format!("    {place}"));
        }
        let rest = broken.count.saturating_sub(broken.first.len() as u64);
        if rest > 0 {
            say(format!("    and {rest} more"));
        }
    }
    for fault in &verdict.faults {
        say(fault);
    }
    let looked = &proof.counts;
    say(format!(
        "Looked at {} messages in {} enquiries, {} promises ({} run), {} mails in and {} out, and {} jobs, in {seconds:.1} s.",
        looked.messages,
        looked.enquiries,
        looked.promises,
        looked.running,
        looked.mails_in,
        looked.mails_out,
        looked.jobs,
    ));
    if looked.not_frozen > 0 {
        say(format!(
            "Of {} mails that an older version wrote, whether their words changed is not known.",
            looked.not_frozen
        ));
    }
    if proof.broken.is_empty() {
        say("All seven invariants hold.");
    } else {
        for (invariant, count) in broken_invariants(proof) {
            say(format!(
                "Invariant {invariant} is broken in {count} places."
            ));
        }
    }
    if verdict.faults.is_empty() {
        say(format!("The audit is whole: {verdict}"));
        say("Note this line elsewhere: `send-hub audit --noted` compares it later.");
    }
}

/// Which invariants are broken, and how often.
fn broken_invariants(proof: &Proof) -> std::collections::BTreeMap<u8, u64> {
    let mut counts = std::collections::BTreeMap::new();
    for broken in &proof.broken {
        *counts.entry(broken.invariant).or_default() += broken.count;
    }
    counts
}

fn as_json(proof: &Proof, verdict: &Verdict, seconds: f64) -> serde_json::Value {
    let faults: Vec<String> = verdict.faults.iter().map(ToString::to_string).collect();
    json!({
        "whole": proof.broken.is_empty() && faults.is_empty(),
        "counts": proof.counts,
        "broken": proof.broken,
        "record": { "head": verdict.to_string(), "faults": faults },
        "seconds": seconds,
    })
}
