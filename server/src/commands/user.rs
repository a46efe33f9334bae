//! `send-hub user`: officers' accounts from the server's own terminal.

use domain::form::Fields;
use hub::{Actor, Error, accounts::NewOfficer};

use super::{Stopped, say, stopped};
use crate::{
    assemble::{self, FirstSettings, Searching},
    cli::User,
    config::Config,
};

pub(super) async fn run(config: Config, act: User) -> Result<(), Stopped> {
    let sends_mail = config.smtp.is_some();
    let hub = assemble::hub(&config, Searching::Nowhere, FirstSettings::File)
        .await
        .map_err(stopped)?;
    let accounts = hub.accounts();
    match act {
        User::Add {
            email,
            name,
            role,
            team,
        } => {
            let mut password = String::new();
            std::io::stdin().read_line(&mut password).map_err(stopped)?;
            let new = NewOfficer {
                email: email.clone(),
                name,
                role,
                team,
                password: password.trim_end_matches(['\r', '\n']).into(),
            };
            accounts
                .add(&Actor::System, new)
                .await
                .map_err(|error| in_words(error, &email))?;
            say(format!("{email} can sign in now."));
        }
        User::Invite {
            email,
            name,
            role,
            team,
        } => {
            let mut fields = Fields::default();
            fields.set("email", email.to_string());
            fields.set("name", name);
            fields.set("role", role.as_str());
            fields.set(
                "team",
                team.map_or_else(String::new, |team| team.to_string()),
            );
            let invitation = accounts
                .invite(&Actor::System, &fields)
                .await
                .map_err(|error| in_words(error, &email))?;
            if sends_mail {
                say(format!(
                    "{email} is invited. The letter goes out as soon as `serve` or `work` runs."
                ));
            } else {
                let link = accounts
                    .invitation_link(&Actor::System, invitation)
                    .map_err(stopped)?;
                say(format!(
                    "{email} is invited. No sending server is set, so hand this link to them alone. It works once, for 7 days, while `serve` runs:\n{link}"
                ));
            }
        }
        User::List => {
            for account in accounts.list(&Actor::System).await.map_err(stopped)? {
                let team = account.team.map_or("-".to_owned(), |team| team.to_string());
                let state = if account.disabled {
                    "disabled"
                } else {
                    "active"
                };
                say(format!(
                    "{}\t{}\t{}\t{team}\t{state}",
                    account.email, account.name, account.role
                ));
            }
        }
        User::Disable { email } => {
            accounts
                .disable(&Actor::System, &email)
                .await
                .map_err(|error| in_words(error, &email))?;
            say(format!("{email} can sign in no more."));
        }
    }
    Ok(())
}

fn in_words(error: Error, email: &domain::email::EmailAddress) -> Stopped {
    match error {
        Error::Refused(faults) => {
            let lines: Vec<String> = faults
                .iter()
                .map(|fault| format!("{}: {}", fault.field, fault.message))
                .collect();
            stopped(lines.join("\n"))
        }
        Error::Stale => stopped(format!("{email} has an account already")),
        Error::NotFound => stopped(format!("nobody signs in with {email}")),
        other => stopped(other),
    }
}
