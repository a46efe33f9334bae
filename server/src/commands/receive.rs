//! `send-hub receive`: takes one mail from standard input, for a mail server's pipe.
//!
//! It ends with 0 only once the mail is committed. Whatever else happens, it ends with 75 (`EX_TEMPFAIL` of
//! sysexits.h): the mail server keeps the mail and tries again. The one mail that no trying again would help is one
//! larger than the settings allow: for that it ends with 69 (`EX_UNAVAILABLE`), and the mail server tells the sender at
//! once, rather than after five days of silence. The first words of what it says are a status code (RFC 3463) for
//! Postfix.
//!
//! It needs the database and nothing else: no index, no sending server, no running hub.

use std::{io::Read, process::ExitCode};

use hub::intake::{Arrived, Transport};
use rand::{SeedableRng, rngs::StdRng};
use store::{Database, StoreError};

use super::{Stopped, stopped};
use crate::{
    assemble::{self, SystemClock},
    cli::Receive,
    config::Config,
};

/// Try again later.
pub(crate) const EX_TEMPFAIL: u8 = 75;
const EX_UNAVAILABLE: u8 = 69;
/// How often a database is asked that is busy with others' work; each time it is waited for as long as any writer waits.
const TRIES: u32 = 3;

pub(super) async fn run(config: Config, envelope: Receive) -> Result<ExitCode, Stopped> {
    // A task of its own: should it break off, that is an answer too, and not the wrong one.
    let work = tokio::spawn(async move { take_in(&config, envelope).await });
    work.await.map_err(kept_nothing)?
}

async fn take_in(config: &Config, envelope: Receive) -> Result<ExitCode, Stopped> {
    let most = config.largest_message;
    let raw = tokio::task::spawn_blocking(move || read(most));
    let raw = raw.await.map_err(kept_nothing)?.map_err(kept_nothing)?;
    if raw.len() as u64 > most {
        let mib = most / (1024 * 1024);
        crate::say_why(&format!(
            "5.3.4 This message is larger than the {mib} MB that can be taken here."
        ));
        return Ok(ExitCode::from(EX_UNAVAILABLE));
    }
    if raw.is_empty() {
        return Err(kept_nothing("nothing came on standard input"));
    }
    let arrived = Arrived {
        raw,
        envelope_from: Some(bare(&envelope.from.to_string_lossy())),
        envelope_to: Some(
            envelope
                .to
                .iter()
                .map(|to| bare(&to.to_string_lossy()))
                .collect::<Vec<_>>()
                .join(","),
        ),
        transport: Transport::Pipe,
    };
    let database = assemble::database(config).await.map_err(kept_nothing)?;
    keep(&database, arrived).await?;
    Ok(ExitCode::SUCCESS)
}

async fn keep(database: &Database, arrived: Arrived) -> Result<(), Stopped> {
    let mut tx = database.read().await.map_err(kept_nothing)?;
    if let Some(at) = tx.installation().moved_at().await.map_err(kept_nothing)? {
        return Err(kept_nothing(format!(
            "everything in this database was moved away on {at}"
        )));
    }
    drop(tx);
    let mut random = StdRng::from_os_rng();
    for attempt in 1.. {
        let now = domain::clock::Clock::now(&SystemClock);
        match hub::intake::take_in(database, now, &mut random, arrived.clone()).await {
            Err(StoreError::Unavailable { .. } | StoreError::Conflict { .. })
                if attempt < TRIES => {}
            Err(problem) => return Err(kept_nothing(problem)),
            Ok(_) => break,
        }
    }
    Ok(())
}

/// Reads to the end, or one byte more than may come.
fn read(most: u64) -> std::io::Result<Vec<u8>> {
    let mut raw = Vec::new();
    std::io::stdin()
        .lock()
        .take(most.saturating_add(1))
        .read_to_end(&mut raw)?;
    Ok(raw)
}

/// An address without the brackets that some mail servers write; a null return path is empty.
fn bare(address: &str) -> String {
    let address = address.trim();
    let inner = address
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    inner.unwrap_or(address).to_owned()
}

fn kept_nothing(problem: impl std::fmt::Display) -> Stopped {
    stopped(format!("4.3.0 The message was not kept: {problem}"))
}
