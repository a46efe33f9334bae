//! `send-hub import open-referral FILE`: the whole file is checked before anything changes.

use std::{fs, process::ExitCode};

use hub::{
    Actor,
    local_offer::{ImportError, Writing},
};

use super::{Stopped, say, stopped};
use crate::{
    assemble::{self, FirstSettings, Searching},
    cli::Import,
    config::Config,
};

pub(super) async fn run(config: Config, what: Import) -> Result<ExitCode, Stopped> {
    let Import::OpenReferral { file, dry_run } = what;
    let json = fs::read_to_string(&file)
        .map_err(|problem| stopped(format!("{}: {problem}", file.display())))?;
    let hub = assemble::hub(&config, Searching::Nowhere, FirstSettings::File)
        .await
        .map_err(stopped)?;
    let writing = if dry_run {
        Writing::DryRun
    } else {
        Writing::Real
    };
    match hub
        .local_offer()
        .import(&Actor::System, &json, writing)
        .await
    {
        Ok(report) => {
            for warning in &report.warnings {
                say(format!("Left out: {warning}"));
            }
            let did = if dry_run { "Would import" } else { "Imported" };
            say(format!(
                "{did} {} and {}.",
                count(report.services, "service"),
                count(report.terms, "term")
            ));
            if !dry_run {
                say(format!(
                    "{} new or changed.",
                    count(report.changed, "service")
                ));
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(ImportError::Faults(faults)) => {
            for fault in &faults {
                say(fault);
            }
            say(format!(
                "Nothing was changed: {} must be mended first.",
                count(faults.len(), "fault")
            ));
            Ok(ExitCode::FAILURE)
        }
        Err(ImportError::Hub(error)) => Err(stopped(error)),
    }
}

/// "1 service", "2 services"
fn count(number: usize, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}
