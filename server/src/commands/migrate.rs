//! `send-hub migrate`: brings the database up to date. `serve` does the same when it starts.

use super::{Stopped, say, stopped};
use crate::{assemble, config::Config};

pub(super) async fn run(config: Config) -> Result<(), Stopped> {
    assemble::data_folder(&config).map_err(stopped)?;
    let database = assemble::database(&config).await.map_err(stopped)?;
    database.migrate().await.map_err(stopped)?;
    database.close().await;
    say("The database is up to date.");
    Ok(())
}
