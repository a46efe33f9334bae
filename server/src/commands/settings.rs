//! `send-hub settings`: the council's settings as a file, for version control.

use hub::{
    Actor, Error,
    settings::{self, Importing},
};

use super::{Stopped, hand_out, say, stopped};
use crate::{
    assemble::{self, FirstSettings, Searching},
    cli::Settings,
    config::Config,
};

pub(super) async fn run(config: Config, act: Settings) -> Result<(), Stopped> {
    let hub = assemble::hub(&config, Searching::Nowhere, FirstSettings::File)
        .await
        .map_err(stopped)?;
    match act {
        Settings::Export => {
            let version = hub.settings().current(&Actor::System).map_err(stopped)?;
            let text = settings::write(&version.council).map_err(stopped)?;
            hand_out(text.trim_end())
        }
        Settings::Import { file, dry_run } => {
            let text = std::fs::read_to_string(&file)
                .map_err(|problem| stopped(format!("{}: {problem}", file.display())))?;
            let council = settings::read(&text)
                .map_err(|problem| stopped(format!("{}: {problem}", file.display())))?;
            let how = if dry_run {
                Importing::DryRun
            } else {
                Importing::Real
            };
            let imported = hub.settings().import(&Actor::System, council, how).await;
            let imported = imported.map_err(in_words)?;
            for difference in &imported.differences {
                let told =
                    |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
                say(format!(
                    "{}: {} -> {}",
                    difference.setting,
                    told(&difference.before),
                    told(&difference.after)
                ));
            }
            let count = imported.differences.len();
            let settings = match count {
                1 => "1 setting".to_owned(),
                count => format!("{count} settings"),
            };
            say(match (count, how) {
                (0, _) => "Nothing changes.".to_owned(),
                (_, Importing::DryRun) => format!("{settings} would change."),
                (_, Importing::Real) => {
                    format!("{settings} changed. Servers that run follow within a second.")
                }
            });
            Ok(())
        }
    }
}

fn in_words(error: Error) -> Stopped {
    match error {
        Error::Refused(faults) => {
            let lines: Vec<String> = faults.iter().map(|fault| fault.message.clone()).collect();
            stopped(lines.join("; "))
        }
        Error::Stale => stopped("somebody changed the settings at the same moment: try again"),
        other => stopped(other),
    }
}
