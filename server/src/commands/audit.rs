//! `send-hub audit`: proves that nobody changed the record of deeds, or says where it was.

use std::process::ExitCode;

use hub::{Actor, audit::Noted};

use super::{Stopped, say, stopped};
use crate::{
    assemble::{self, FirstSettings, Searching},
    config::Config,
};

pub(super) async fn run(config: Config, noted: Option<Noted>) -> Result<ExitCode, Stopped> {
    let hub = assemble::hub(&config, Searching::Nowhere, FirstSettings::File)
        .await
        .map_err(stopped)?;
    let verdict = hub.audit().verify(&Actor::System, noted.as_ref()).await;
    let verdict = verdict.map_err(stopped)?;
    for fault in &verdict.faults {
        say(fault);
    }
    if verdict.faults.is_empty() {
        say(format!("The audit is whole: {verdict}"));
        say("Note this line elsewhere: `send-hub audit --noted` compares it later.");
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}
