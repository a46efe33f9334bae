//! What PostgreSQL itself can do: `pgbench` with one insert a transaction.

use std::{fs, process::Command};

use super::Outcome;
use crate::Cluster;

/// As many bytes as an enquiry's message and letter have together.
const SCRIPT: &str = "INSERT INTO plain (words) VALUES (repeat('x', 4096));\n";
const TABLE: &str =
    "CREATE TABLE plain (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words TEXT NOT NULL)";

/// A table to insert into, and the script that does.
pub(super) struct PlainInserts<'c> {
    cluster: &'c Cluster,
    database: String,
    script: tempfile::NamedTempFile,
}

impl<'c> PlainInserts<'c> {
    pub(super) fn prepare(cluster: &'c Cluster) -> Outcome<Self> {
        let database = cluster.database();
        let made = Command::new(cluster.programs().join("psql"))
            .args(["--quiet", "--command", TABLE, &database])
            .status()?;
        if !made.success() {
            return Err("psql made no table".into());
        }
        let script = tempfile::NamedTempFile::new()?;
        fs::write(&script, SCRIPT)?;
        Ok(Self {
            cluster,
            database,
            script,
        })
    }

    /// About `count` inserts by so many clients at once: how many that were a second.
    pub(super) fn per_second(&self, count: u32, clients: u32) -> Outcome<f64> {
        let each = (count / clients).max(1).to_string();
        let output = Command::new(self.cluster.programs().join("pgbench"))
            .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
            .args(["--client", &clients.to_string(), "--transactions", &each])
            .arg("--file")
            .arg(self.script.path())
            .arg(&self.database)
            .output()?;
        let words = String::from_utf8_lossy(&output.stdout);
        let figure = words.lines().find_map(|line| {
            line.strip_prefix("tps = ")?
                .split_whitespace()
                .next()?
                .parse()
                .ok()
        });
        figure.ok_or_else(|| format!("pgbench: {}", String::from_utf8_lossy(&output.stderr)).into())
    }
}
