//! `send-hub user`: officers' accounts from the server's own terminal.

use domain::form::Fields;
use hub::{
    Actor, Error,
    accounts::{Accounts, NewOfficer},
};

use super::{Stopped, hand_out, say, stopped};
use crate::{
    assemble::{self, FirstSettings, Searching},
    cli::{NewAccount, User},
    config::Config,
};

/// How an invitation's link reaches somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sending {
    /// In a letter.
    ByMail,
    /// From the terminal, where no sending server is set.
    ByHand,
}

pub(super) async fn run(config: Config, act: User) -> Result<(), Stopped> {
    let hub = assemble::hub(&config, Searching::Nowhere, FirstSettings::File)
        .await
        .map_err(stopped)?;
    let accounts = hub.accounts();
    match act {
        User::Add(new) => add(accounts, new).await,
        User::Invite(new) => {
            let sending = match config.smtp {
                Some(_) => Sending::ByMail,
                None => Sending::ByHand,
            };
            invite(accounts, new, sending).await
        }
        User::List => list(accounts).await,
        User::Disable { email } => {
            let disabled = accounts.disable(&Actor::System, &email).await;
            disabled.map_err(|error| in_words(error, &email))?;
            say(format!("{email} can sign in no more."));
            Ok(())
        }
    }
}

async fn add(accounts: Accounts<'_>, new: NewAccount) -> Result<(), Stopped> {
    let mut password = String::new();
    std::io::stdin().read_line(&mut password).map_err(stopped)?;
    let email = new.email;
    let new = NewOfficer {
        email: email.clone(),
        name: new.name,
        role: new.role,
        team: new.team,
        password: password.trim_end_matches(['\r', '\n']).into(),
    };
    let added = accounts.add(&Actor::System, new).await;
    added.map_err(|error| in_words(error, &email))?;
    say(format!("{email} can sign in now."));
    Ok(())
}

async fn invite(accounts: Accounts<'_>, new: NewAccount, sending: Sending) -> Result<(), Stopped> {
    let email = new.email;
    let mut fields = Fields::default();
    fields.set("email", email.to_string());
    fields.set("name", new.name);
    fields.set("role", new.role.as_str());
    fields.set(
        "team",
        new.team.map_or_else(String::new, |team| team.to_string()),
    );
    let invited = accounts.invite(&Actor::System, &fields).await;
    let invitation = invited.map_err(|error| in_words(error, &email))?;
    if sending == Sending::ByMail {
        say(format!(
            "{email} is invited. The letter goes out as soon as `serve` or `work` runs."
        ));
        return Ok(());
    }
    let link = accounts.invitation_link(&Actor::System, invitation);
    let link = link.map_err(stopped)?;
    hand_out(&format!(
        "{email} is invited. No sending server is set, so hand this link to them alone. It works once, for 7 days, while `serve` runs:\n{link}"
    ))
}

async fn list(accounts: Accounts<'_>) -> Result<(), Stopped> {
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
