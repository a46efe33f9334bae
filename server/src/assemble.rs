//! Joining the parts to a hub, as the settings say.

use std::{
    fs,
    io::{self, Read, Write},
    path::Path,
    sync::Arc,
};

use domain::{clock::Clock, council::Council};
use hub::{
    Hub, Parts,
    intake::Attachments,
    mailboxes::Followed,
    settings::{self, FileError, Version},
};
use jiff::Timestamp;
use mail::{LinkKey, mailbox::Mailbox, transport::SmtpSettings};
use rand::{SeedableRng, rngs::StdRng};
use secrecy::ExposeSecret;
use store::{Database, Postcodes};

use crate::config::{Config, MailboxConfig};

/// Where an empty hub gets its first settings from. Once there are some, neither is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FirstSettings {
    /// The file that `council` names.
    File,
    /// That file, or else the made-up council of the sample.
    Sample,
}

const SAMPLE: &str = include_str!("../sample/council.toml");

/// Whether the hub is to search. Only `serve` opens the index: opening one that is of another
/// version, or looks damaged, deletes it and begins anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Searching {
    Here,
    Nowhere,
}

/// Why no hub could be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AssembleError {
    #[error("data: the folder {folder} cannot be used: {problem}")]
    Data { folder: String, problem: io::Error },
    #[error(
        "council: there are no settings yet, and {file} cannot be read: {problem}. Write one (server/sample/council.toml shows how), or try the sample with `send-hub serve --sample`"
    )]
    CouncilFile { file: String, problem: io::Error },
    #[error("council: {file} is not right: {problem}")]
    Council { file: String, problem: FileError },
    #[error("the council's settings: {0}")]
    Settings(#[from] hub::Error),
    #[error("database_url: {0}")]
    Store(#[from] store::StoreError),
    #[error(
        "database_url: everything in this database was moved away on {0}: set database_url to the database that it was moved to"
    )]
    Moved(Timestamp),
    #[error(
        "secret_key: {file} is not the key that signed the links sent so far: restore it from the backup. If it is lost for good, `send-hub migrate --new-key` begins anew with another, and every link that was sent stops working"
    )]
    OtherKey { file: String },
    #[error("the search index: {0}")]
    Index(#[from] search::SearchError),
    #[error("smtp_url: {0}")]
    Smtp(String),
}

/// The clock on the wall, in whole milliseconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the real time comes in"
    )]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }
}

/// Makes a hub: folder, database (migrated), key, settings, index, mail.
pub(crate) async fn hub(
    config: &Config,
    searching: Searching,
    first: FirstSettings,
) -> Result<Hub, AssembleError> {
    data_folder(config).map_err(|problem| AssembleError::Data {
        folder: config.data.display().to_string(),
        problem,
    })?;
    let database = database(config).await?;
    database.migrate().await?;
    let mut tx = database.begin().await?;
    if let Some(at) = tx.installation().moved_at().await? {
        return Err(AssembleError::Moved(at));
    }
    let link_key = link_key(&config.secret_key, &mut tx).await?;
    tx.commit().await?;
    let settings = settings(config, &database, first).await?;
    let index = index(&config.data, &settings.council, searching)?;
    if config
        .smtp
        .as_ref()
        .is_some_and(SmtpSettings::is_open_to_others)
    {
        tracing::warn!(
            "mail goes to another machine unencrypted: anybody between can read it; mend smtp_url"
        );
    }
    let transport = mail::transport::from_settings(config.smtp.clone(), &config.data.join("mail"))
        .map_err(|problem| AssembleError::Smtp(problem.to_string()))?;
    Ok(Hub::new(Parts {
        database,
        settings,
        postcodes: Postcodes::of(&config.data),
        attachments: Attachments::of(&config.data),
        index,
        transport,
        clock: Arc::new(SystemClock),
        random: StdRng::from_os_rng(),
        link_key,
        public_url: config.public_url.clone(),
        lease: config.job_lease,
        reply_undo: config.reply_undo,
    }))
}

/// The mailboxes that the settings name, ready to be followed.
pub(crate) fn mailboxes(config: &Config) -> Vec<Followed> {
    let followed = |one: &MailboxConfig| Followed {
        name: one.name.clone(),
        mailbox: Arc::clone(&one.mailbox) as Arc<dyn Mailbox>,
        habits: one.habits,
    };
    config.mailboxes.iter().map(followed).collect()
}

/// Makes the data folder, for the owner alone: it holds what families wrote.
pub(crate) fn data_folder(config: &Config) -> io::Result<()> {
    let mut folder = fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(&config.data)
}

pub(crate) async fn database(config: &Config) -> Result<Database, store::StoreError> {
    Database::connect(config.database_url.expose_secret(), &config.data).await
}

/// The settings that count; in an empty database, the first ones.
async fn settings(
    config: &Config,
    database: &Database,
    first: FirstSettings,
) -> Result<Version, AssembleError> {
    let mut tx = database.begin().await?;
    if let Some(version) = settings::newest(&mut tx).await? {
        return Ok(version);
    }
    let council = first_settings(config, first)?;
    match settings::begin(&mut tx, &council, SystemClock.now()).await {
        Ok(version) => {
            tx.commit().await?;
            Ok(version)
        }
        // Another process began at the same moment, and was first.
        Err(hub::Error::Stale) => {
            drop(tx);
            let mut tx = database.begin().await?;
            let newest = settings::newest(&mut tx).await?;
            newest.ok_or_else(|| hub::Error::Stale.into())
        }
        Err(error) => Err(error.into()),
    }
}

fn first_settings(config: &Config, first: FirstSettings) -> Result<Council, AssembleError> {
    let file = config.council.display().to_string();
    let text = match first {
        FirstSettings::Sample if !config.council.exists() => SAMPLE.to_owned(),
        FirstSettings::File | FirstSettings::Sample => fs::read_to_string(&config.council)
            .map_err(|problem| AssembleError::CouncilFile {
                file: file.clone(),
                problem,
            })?,
    };
    settings::read(&text).map_err(|problem| AssembleError::Council { file, problem })
}

fn index(
    data: &Path,
    council: &Council,
    searching: Searching,
) -> Result<search::Index, search::SearchError> {
    let taxonomies = search::Taxonomies {
        need: council.local_offer.need_taxonomy.clone(),
        category: council.local_offer.category_taxonomy.clone(),
    };
    match searching {
        Searching::Here => search::Index::open(&data.join("index"), &taxonomies),
        Searching::Nowhere => search::Index::nowhere(&taxonomies),
    }
}

/// The key that signs private links, readable by the owner alone. It is made once, at the first start: losing
/// it makes every private link that was sent worthless, so it belongs into the backup, and the database
/// remembers its fingerprint, so that another is noticed.
async fn link_key(file: &Path, tx: &mut store::Tx) -> Result<LinkKey, AssembleError> {
    let data = |problem| AssembleError::Data {
        folder: file.display().to_string(),
        problem,
    };
    let known = tx.installation().key_fingerprint().await?;
    if known.is_none() && !file.exists() {
        make_key(file).map_err(data)?;
    }
    let other = || AssembleError::OtherKey {
        file: file.display().to_string(),
    };
    if !file.exists() {
        return Err(other());
    }
    let key = read_key(file).map_err(data)?;
    let fingerprint = key.fingerprint();
    match known {
        Some(known) if known != fingerprint => Err(other()),
        Some(_) => Ok(key),
        None => {
            tx.installation().keep_key_fingerprint(&fingerprint).await?;
            Ok(key)
        }
    }
}

fn read_key(file: &Path) -> io::Result<LinkKey> {
    let mut key = [0; 32];
    fs::File::open(file)?.read_exact(&mut key)?;
    Ok(LinkKey::from_bytes(key))
}

/// Several processes may start at once: each writes a key of its own, and the first that gives it
/// the name has the one that counts.
fn make_key(file: &Path) -> io::Result<()> {
    let mut key = [0; 32];
    rand::RngCore::fill_bytes(&mut StdRng::from_os_rng(), &mut key);
    let new = file.with_extension(format!("key.{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut open = options.open(&new)?;
    open.write_all(&key)?;
    open.sync_all()?;
    let named = fs::hard_link(&new, file);
    fs::remove_file(&new)?;
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    match named {
        Err(problem) if problem.kind() != io::ErrorKind::AlreadyExists => Err(problem),
        _ => fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all(),
    }
}
