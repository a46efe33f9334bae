//! `send-hub move --to postgres://…`: everything from SQLite to PostgreSQL, counted and checked.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::Database;

use super::{Stopped, say, stopped};
use crate::{assemble, config::Config};

pub(super) async fn run(config: Config, to: &SecretString) -> Result<(), Stopped> {
    let from = assemble::database(&config).await.map_err(stopped)?;
    // A database of an earlier version has other tables than the new one.
    from.migrate().await.map_err(stopped)?;
    let other = Database::connect(to.expose_secret(), &config.data).await;
    let other = other.map_err(stopped)?;
    let moved = from.move_to(&other, now()).await.map_err(stopped)?;
    for table in &moved {
        say(format!("{:>9}  {}", table.rows, table.name));
    }
    other.close().await;
    from.close().await;
    say("Everything was moved, and every row compared. Set database_url to the new database now.");
    say("The old one is marked: no server starts on it any more.");
    Ok(())
}

fn now() -> Timestamp {
    use domain::clock::Clock as _;
    assemble::SystemClock.now()
}
