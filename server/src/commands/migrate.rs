//! `send-hub migrate`: brings the database up to date. `serve` does the same when it starts.

use super::{Stopped, say, stopped};
use crate::{assemble, cli::Migrate, config::Config};

pub(super) async fn run(config: Config, options: &Migrate) -> Result<(), Stopped> {
    assemble::data_folder(&config).map_err(stopped)?;
    let database = assemble::database(&config).await.map_err(stopped)?;
    database.migrate().await.map_err(stopped)?;
    if options.new_key {
        let mut tx = database.begin().await.map_err(stopped)?;
        tx.installation().forget_key().await.map_err(stopped)?;
        let second_steps = tx
            .second_steps()
            .delete_every_one()
            .await
            .map_err(stopped)?;
        tx.commit().await.map_err(stopped)?;
        say("The next start brings its key. Links that were sent before no longer work.");
        say(format!(
            "Second steps were sealed with the old key: {second_steps} people set theirs up again when they next sign in."
        ));
    }
    database.close().await;
    say("The database is up to date.");
    Ok(())
}
