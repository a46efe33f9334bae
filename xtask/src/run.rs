//! `cargo xtask run`: from a fresh clone to a served sample council.

use std::process::Command;

use crate::{
    shell::{Outcome, cargo, run as call, step, target_dir},
    site,
};

pub(crate) fn run() -> Outcome {
    println!("SEND Hub, with its sample council. The first time takes some minutes.");
    let site = site::build()?;
    step("The server (minutes at first)", || {
        call(cargo().args(["build", "--release", "--package", "server"]))
    })?;
    call(
        Command::new(target_dir().join("release/send-hub"))
            .args(["serve", "--sample", "--enquiries"])
            .env("SEND_HUB_SITE", site),
    )
}
