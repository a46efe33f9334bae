//! `send-hub migrate`: brings the database up to date. `serve` does the same when it starts.

use std::fs;

use super::{Stopped, say, stopped};
use crate::{assemble, config::Config};

pub(super) async fn run(config: Config) -> Result<(), Stopped> {
    fs::create_dir_all(&config.data).map_err(stopped)?;
    let database = assemble::database(&config).await.map_err(stopped)?;
    database.migrate().await.map_err(stopped)?;
    database.close().await;
    say("The database is up to date.");
    Ok(())
}
