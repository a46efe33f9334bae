//! `cargo xtask bench`: figures, each beside the physical limit measured in the same run.

use std::process::Command;

use clap::Args;

use crate::{
    shell::{Outcome, cargo, npm_ci, root, run as call, step, target_dir},
    site,
};

#[derive(Args)]
pub(crate) struct Options {
    /// What to measure (submit, jobs, outbox, mail, sweep, audit, search, page); everything but crash when left out
    scenario: Option<String>,
    /// How much of it: listings for `search` and `page`, enquiries for `submit`, open ones for `sweep`,
    /// mails for `outbox` and `mail`
    #[arg(long)]
    size: Option<u32>,
    /// How many times `crash` kills on each database
    #[arg(long)]
    kills: Option<u32>,
    /// Decides when `crash` kills
    #[arg(long)]
    seed: Option<u64>,
}

pub(crate) fn run(options: &Options) -> Outcome {
    let site = site::build()?;
    step("The server and the benches (minutes at first)", || {
        // In one call, so that what both depend on is built once.
        call(cargo().args([
            "build",
            "--release",
            "--package",
            "server",
            "--package",
            "testing",
        ]))
    })?;
    let peer = root().join("server/crates/testing/bench-peer");
    step("The packages of the page's peer", || npm_ci(&peer))?;
    let release = target_dir().join("release");
    let mut command = Command::new(release.join("bench"));
    command
        .env("SEND_HUB_BINARY", release.join("send-hub"))
        .env("SEND_HUB_SITE", site)
        .env("BENCH_PEER", peer)
        .args(&options.scenario);
    if let Some(size) = options.size {
        command.args(["--size", &size.to_string()]);
    }
    if let Some(kills) = options.kills {
        command.args(["--kills", &kills.to_string()]);
    }
    if let Some(seed) = options.seed {
        command.args(["--seed", &seed.to_string()]);
    }
    call(&mut command)
}
