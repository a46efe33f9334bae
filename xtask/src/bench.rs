//! `cargo xtask bench`: figures, each beside the physical limit measured in the same run.

use clap::Args;

use crate::shell::{Outcome, cargo, run as call};

#[derive(Args)]
pub(crate) struct Options {
    /// What to measure; everything when left out
    scenario: Option<String>,
    /// How much of it: listings for `page`, enquiries for `submit`
    #[arg(long)]
    size: Option<u32>,
}

pub(crate) fn run(options: &Options) -> Outcome {
    let mut command = cargo();
    command.args(["run", "--release", "--quiet", "--package", "testing"]);
    command.args(["--bin", "bench", "--"]);
    if let Some(scenario) = &options.scenario {
        command.arg(scenario);
    }
    if let Some(size) = options.size {
        command.args(["--size", &size.to_string()]);
    }
    call(&mut command)
}
