//! `send-hub backup FILE`: a copy of the SQLite database while it is in use, checked by opening it.

use std::path::Path;

use store::Database;

use super::{Stopped, say, stopped};
use crate::{assemble, config::Config};

pub(super) async fn run(config: Config, file: &Path) -> Result<(), Stopped> {
    let database = assemble::database(&config).await.map_err(stopped)?;
    let sqlite = match &database {
        Database::Sqlite(sqlite) => sqlite,
        Database::Postgres(_) => {
            return Err(stopped(
                "a PostgreSQL database is backed up with its own program: \
                 pg_dump --format=custom --file=FILE DATABASE",
            ));
        }
    };
    let made = sqlite.backup(file).await.map_err(stopped)?;
    database.close().await;
    say(format!(
        "{} is whole: enquiries {}, version {}.",
        file.display(),
        made.enquiries,
        made.version
    ));
    say(format!(
        "Keep {} too, apart from it: together they open every private page.",
        config.secret_key.display()
    ));
    Ok(())
}
