//! `send-hub export open-referral DIR`: all that is known of every listing, in files that the import reads.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::Path,
};

use hub::Actor;
use serde_json::Value;

use super::{Stopped, say, stopped};
use crate::{
    assemble::{self, FirstSettings, Searching},
    cli::Export,
    config::Config,
};

pub(super) async fn run(config: Config, what: Export) -> Result<(), Stopped> {
    let Export::OpenReferral { folder } = what;
    let hub = assemble::hub(&config, Searching::Nowhere, FirstSettings::File)
        .await
        .map_err(stopped)?;
    let export = hub.local_offer().export(&Actor::System).await;
    let export = export.map_err(stopped)?;
    let unwritable = |problem: io::Error| stopped(format!("{}: {problem}", folder.display()));
    fs::create_dir_all(&folder).map_err(unwritable)?;
    // Named as the standard's examples are.
    write(&folder, "service_list.json", &export.services).map_err(unwritable)?;
    write(&folder, "taxonomy_list.json", &export.taxonomies).map_err(unwritable)?;
    say(format!(
        "Exported {} services to {}. Addresses that are not shown to the public are among them.",
        export.count,
        folder.display()
    ));
    Ok(())
}

/// Written beside and then named, so that nobody reads half a file; for the owner alone.
fn write(folder: &Path, name: &str, document: &Value) -> io::Result<()> {
    let partial = folder.join(format!("{name}.partial"));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = BufWriter::new(options.open(&partial)?);
    serde_json::to_writer_pretty(&mut file, document)?;
    file.write_all(b"\n")?;
    file.into_inner()?.sync_all()?;
    fs::rename(partial, folder.join(name))
}
