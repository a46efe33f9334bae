//! `send-hub doctor`: checks the settings and everything that they point to, and says what to
//! change. Nothing is written but what a server would write at its start.

use std::process::ExitCode;

use domain::clock::Clock;
use hub::audit::Concern;
use mail::mailbox::{Mailbox, MailboxError};
use mail::transport::SmtpSettings;

use super::{Stopped, say};
use crate::{
    assemble::{self, AssembleError, FirstSettings, Searching, SystemClock},
    assets,
    config::{Config, MailboxConfig},
};

pub(super) async fn run(config: Config) -> Result<ExitCode, Stopped> {
    let mut sound = true;
    let mut tell = |what: &str, outcome: Result<String, String>| match outcome {
        Ok(detail) => say(format!("ok     {what}: {detail}")),
        Err(problem) => {
            sound = false;
            say(format!("WRONG  {problem}"));
        }
    };
    tell(
        "settings",
        Ok(format!(
            "listening on {}, reached at {}",
            config.listen, config.public_url
        )),
    );
    tell(
        "files",
        assets::read(&config.site)
            .map(|assets| match assets.islands {
                Some(_) => format!("{} with the islands", config.site.display()),
                None => format!("{} without the islands", config.site.display()),
            })
            .map_err(|problem| problem.to_string()),
    );
    for one in &config.mailboxes {
        let tried = try_mailbox(one).await;
        tell(&format!("mailbox {}", one.name), tried);
    }
    match assemble::hub(&config, Searching::Nowhere, FirstSettings::File).await {
        Ok(hub) => {
            tell("council", Ok(hub.council().name.clone()));
            let ready = hub.ready().await;
            tell(
                "database",
                ready
                    .map(|()| "can be read and written".to_owned())
                    .map_err(|problem| problem.to_string()),
            );
            if let Ok(backlog) = hub.backlog().await {
                tell("mail", mail(backlog.jobs_dead, config.smtp.as_ref()));
            }
            tell("bank holidays", bank_holidays(&hub));
            tell("broken promises", Ok(broken_promises(&hub)));
            tell("daily check", daily_check(&hub).await);
        }
        Err(
            problem @ (AssembleError::CouncilFile { .. }
            | AssembleError::Council { .. }
            | AssembleError::Settings(_)),
        ) => tell("council", Err(problem.to_string())),
        Err(problem) => tell("database and data folder", Err(problem.to_string())),
    }
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn mail(dead: u32, smtp: Option<&SmtpSettings>) -> Result<String, String> {
    if dead > 0 {
        return Err(format!(
            "mail: {dead} job(s) were given up; the log names them and the desk shows which enquiries wait"
        ));
    }
    Ok(match smtp {
        Some(smtp) if smtp.is_open_to_others() => {
            "goes to the sending server, and anybody between can read it: add ?tls=required to SEND_HUB_SMTP_URL, or \
             begin it with smtps://"
        }
        Some(_) => "goes to the sending server",
        None => "is written to files (set SEND_HUB_SMTP_URL to send it)",
    }
    .to_owned())
}

/// The last resort: somebody is always told, but the head of service should be.
fn broken_promises(hub: &hub::Hub) -> String {
    if hub.council().escalation.head_of_service.is_some() {
        "are told to the head of service".to_owned()
    } else {
        "are told to the administrators; name a head of service under Settings, Before a promise breaks".to_owned()
    }
}

/// What the hub proves of itself each day.
async fn daily_check(hub: &hub::Hub) -> Result<String, String> {
    let standing = hub.audit().standing().await;
    let standing = standing.map_err(|problem| format!("daily check: {problem}"))?;
    let Some(last) = standing.days.first() else {
        return Ok("has not run yet; `serve` and `work` run it each day after 4am".to_owned());
    };
    match standing.concern {
        None => Ok(format!("found all well on {}", last.on)),
        Some(Concern::Broken { places }) => Err(format!(
            "daily check: on {} it found {places} place(s) that are not as they should be; `send-hub audit` names them",
            last.on
        )),
        Some(Concern::Old { .. }) => Err(format!(
            "daily check: it has not run since {}; does `serve` or `work` run, and what does the log say?",
            last.on
        )),
    }
}

/// Signs in to a mailbox and looks, without changing anything in it.
async fn try_mailbox(one: &MailboxConfig) -> Result<String, String> {
    let settings = one.mailbox.settings();
    let named = |problem: MailboxError| format!("mailbox {}: {problem}", one.name);
    let mut reader = one.mailbox.open(SystemClock.now()).await.map_err(named)?;
    let folder = reader.look().await.map_err(named)?;
    reader.check_filing().await.map_err(|problem| {
        named(problem) + "; stored messages cannot be moved to the filed_folder"
    })?;
    // What it says to a goodbye changes nothing.
    let _ = reader.close().await;
    Ok(format!(
        "{} messages in the folder {} at {}",
        folder.messages, settings.folder, settings.host
    ))
}

/// Promises are counted in working days: a year of bank holidays must be known ahead.
fn bank_holidays(hub: &hub::Hub) -> Result<String, String> {
    let months = hub.council().working_days().months_known_from(hub.today());
    if months < 12 {
        Err(format!(
            "bank holidays: known for {months} more months only; add later ones under Settings, Bank holidays"
        ))
    } else {
        Ok(format!("known for {months} more months"))
    }
}
