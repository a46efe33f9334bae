//! `cargo xtask pictures FOLDER`: every page as a phone, a wide screen and paper show it, and with a
//! system's own colours, for people to look at.

use std::{env, path::PathBuf};

use clap::Args;

use crate::{
    shell::{Outcome, cargo, run as call, step},
    site, test,
};

#[derive(Args)]
pub(crate) struct Options {
    /// Where the pictures go
    folder: PathBuf,
    /// Only the pages whose names hold this
    #[arg(long, value_name = "WORD", default_value = "")]
    pages: String,
}

pub(crate) fn run(options: &Options) -> Outcome {
    let site = site::build()?;
    step("The server (minutes at first)", || {
        call(cargo().args(["build", "--package", "server"]))
    })?;
    let folder = env::current_dir()?.join(&options.folder);
    step("The pictures", || {
        call(
            test::playwright(&site)?
                .args(["--config", "pictures.config.ts"])
                .env("PICTURES", &folder)
                .env("PAGES", &options.pages),
        )
    })
}
