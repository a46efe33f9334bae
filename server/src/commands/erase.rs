//! `send-hub erase`: erases what a closed enquiry says of people, from the server's own terminal.

use domain::{codes::ErasureReason, reference::Reference};
use hub::{
    Actor, Error,
    enquiries::{Erased, HowMuch},
};

use super::{Stopped, say, stopped};
use crate::{
    assemble::{self, FirstSettings, Searching},
    cli::Erase,
    config::Config,
};

pub(super) async fn run(config: Config, asked: Erase) -> Result<(), Stopped> {
    let hub = assemble::hub(&config, Searching::Nowhere, FirstSettings::File)
        .await
        .map_err(stopped)?;
    let how_much = if asked.all_of_person {
        HowMuch::AllOfThisPerson
    } else {
        HowMuch::ThisOne
    };
    let reason: ErasureReason = asked.reason;
    let erased = hub
        .enquiries()
        .erase(&Actor::System, &asked.reference, how_much, reason)
        .await
        .map_err(|error| in_words(error, &asked.reference))?;
    tell(&erased);
    hub.database().close().await;
    Ok(())
}

fn in_words(error: Error, reference: &Reference) -> Stopped {
    match error {
        Error::NotFound => stopped(format!("there is no enquiry {reference}")),
        Error::Refused(faults) => stopped(format!(
            "{reference}: {}",
            faults.of("reference").unwrap_or_default()
        )),
        other => stopped(other),
    }
}

fn tell(erased: &Erased) {
    for reference in &erased.erased {
        say(format!("{reference} was erased."));
    }
    for reference in &erased.open {
        say(format!(
            "{reference} is not closed, and stays. Close it, then erase it as well."
        ));
    }
    for reference in &erased.with_mail {
        say(format!(
            "{reference} stays: a mail about it is not sent yet, or reached nobody (/desk/undelivered). \
             See to that, then erase it as well."
        ));
    }
    say("Backups still hold it: erase it again after a restore, or let them run out.");
    say("Mail that lies in the council's mailboxes and on its mail server is not ours to erase.");
}
