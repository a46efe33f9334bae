//! The settings: `send-hub.toml`, overridden by the environment (`SEND_HUB_…`).
//!
//! Everything is checked at the start, and each message says which setting to change.

mod mailbox;
mod smtp;

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

use figment::{
    Figment,
    providers::{Env, Format, Toml},
};
use ipnet::IpNet;
use mail::transport::SmtpSettings;
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

use self::mailbox::WrittenMailbox;

pub(crate) use self::mailbox::MailboxConfig;

const FILE: &str = "send-hub.toml";
/// The longest that a reply may wait to be taken back, in seconds.
const LONGEST_UNDO: u64 = 120;
/// Both databases hold a row of this size, and a server's memory holds it a few times over.
const LARGEST_MESSAGE_MB: std::ops::RangeInclusive<u64> = 1..=500;

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("the settings file {0} is not there")]
    Missing(PathBuf),
    #[error("the settings cannot be read: {0}")]
    Unreadable(Box<figment::Error>),
    #[error("{setting}: {problem}")]
    Wrong {
        setting: &'static str,
        problem: String,
    },
}

/// The settings as they are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default = "default_data")]
    data: PathBuf,
    database_url: Option<SecretString>,
    #[serde(default = "default_listen")]
    listen: String,
    public_url: Option<String>,
    smtp_url: Option<SecretString>,
    smtp_authority: Option<PathBuf>,
    smtp_oauth_token_url: Option<String>,
    smtp_oauth_client_id: Option<String>,
    smtp_oauth_client_secret: Option<SecretString>,
    smtp_oauth_scope: Option<String>,
    #[serde(default)]
    trusted_proxies: OneOrMany,
    metrics_listen: Option<String>,
    #[serde(default = "default_log")]
    log: String,
    council: Option<PathBuf>,
    secret_key: Option<PathBuf>,
    site: Option<PathBuf>,
    #[serde(default = "default_lease")]
    job_lease_seconds: u64,
    #[serde(default = "default_reply_undo")]
    reply_undo_seconds: u64,
    #[serde(default)]
    mailbox: Vec<WrittenMailbox>,
    #[serde(default = "default_largest_message")]
    largest_message_mb: u64,
}

/// A list, or the same with commas in one word: an environment variable has no lists.
#[derive(Debug, Default, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

fn default_data() -> PathBuf {
    PathBuf::from("data")
}

fn default_listen() -> String {
    "127.0.0.1:3000".to_owned()
}

fn default_log() -> String {
    "info".to_owned()
}

const fn default_lease() -> u64 {
    120
}

const fn default_reply_undo() -> u64 {
    10
}

/// Twice what most mail servers let through.
const fn default_largest_message() -> u64 {
    50
}

/// The settings, checked.
#[derive(Debug)]
pub(crate) struct Config {
    /// The folder for everything that is kept.
    pub(crate) data: PathBuf,
    /// `sqlite:…` or `postgres://…`.
    pub(crate) database_url: SecretString,
    /// Where to listen.
    pub(crate) listen: SocketAddr,
    /// Where people reach the hub.
    pub(crate) public_url: Url,
    /// The sending server; without one, mail is written to files.
    pub(crate) smtp: Option<SmtpSettings>,
    /// The mailboxes that are read.
    pub(crate) mailboxes: Vec<MailboxConfig>,
    /// Proxies whose word about the client's address is believed.
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// Where the metrics are served; nowhere without it.
    pub(crate) metrics_listen: Option<SocketAddr>,
    /// What is logged, as `tracing` filters say it.
    pub(crate) log: String,
    /// The council's settings.
    pub(crate) council: PathBuf,
    /// The file with the key that signs private links.
    pub(crate) secret_key: PathBuf,
    /// The folder with the style sheet and the scripts.
    pub(crate) site: PathBuf,
    /// How long a worker may hold a job.
    pub(crate) job_lease: Duration,
    /// How long a reply waits before it is sent, so that it can be taken back.
    pub(crate) reply_undo: Duration,
    /// The largest message that a pipe or a mailbox may bring, in bytes.
    pub(crate) largest_message: u64,
}

impl Config {
    /// Reads the file (the one that was named, or `send-hub.toml` where it is there) and the
    /// environment.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        if let Some(named) = file
            && !named.is_file()
        {
            return Err(ConfigError::Missing(named.to_path_buf()));
        }
        let written = Figment::new()
            .merge(Toml::file(file.unwrap_or(Path::new(FILE))))
            // Read by the rest of the process, or by the tests alone.
            .merge(Env::prefixed("SEND_HUB_").ignore(&["binary", "cache"]))
            .extract()
            .map_err(|error| ConfigError::Unreadable(Box::new(error)))?;
        Self::check(written)
    }

    fn check(mut written: Written) -> Result<Self, ConfigError> {
        let listen: SocketAddr =
            parse("listen", &written.listen, "an address like 127.0.0.1:3000")?;
        let public_url = public_url(written.public_url.as_deref(), listen)?;
        let metrics_listen = written
            .metrics_listen
            .take()
            .map(|text| parse("metrics_listen", &text, "an address like 127.0.0.1:9100"))
            .transpose()?;
        if written.job_lease_seconds == 0 {
            return Err(wrong("job_lease_seconds", "must be 1 or more".to_owned()));
        }
        if written.reply_undo_seconds > LONGEST_UNDO {
            let problem = format!("must be {LONGEST_UNDO} or less: people wait for the reply");
            return Err(wrong("reply_undo_seconds", problem));
        }
        if !LARGEST_MESSAGE_MB.contains(&written.largest_message_mb) {
            return Err(wrong(
                "largest_message_mb",
                "must be from 1 to 500".to_owned(),
            ));
        }
        let largest_message = written.largest_message_mb * 1024 * 1024;
        let smtp = smtp::settings(&mut written)?;
        Ok(Self {
            council: written
                .council
                .unwrap_or_else(|| written.data.join("council.toml")),
            secret_key: written
                .secret_key
                .unwrap_or_else(|| written.data.join("secret.key")),
            site: written.site.unwrap_or_else(site_beside_the_program),
            data: written.data,
            database_url: written.database_url.unwrap_or_else(|| "sqlite:".into()),
            listen,
            public_url,
            smtp,
            mailboxes: mailbox::settings(written.mailbox, largest_message)?,
            trusted_proxies: proxies(written.trusted_proxies)?,
            metrics_listen,
            log: written.log,
            job_lease: Duration::from_secs(written.job_lease_seconds),
            reply_undo: Duration::from_secs(written.reply_undo_seconds),
            largest_message,
        })
    }
}

fn public_url(written: Option<&str>, listen: SocketAddr) -> Result<Url, ConfigError> {
    let text = written.map_or_else(|| format!("http://{listen}"), str::to_owned);
    let example = "an address like https://send.example.gov.uk";
    let url: Url = parse("public_url", &text, example)?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none();
    if plain {
        Ok(url)
    } else {
        Err(wrong(
            "public_url",
            format!("“{text}” must be {example}, with no path after it"),
        ))
    }
}

fn proxies(written: OneOrMany) -> Result<Vec<IpNet>, ConfigError> {
    let words: Vec<String> = match written {
        OneOrMany::None => Vec::new(),
        OneOrMany::One(text) => text.split(',').map(str::to_owned).collect(),
        OneOrMany::Many(list) => list,
    };
    words
        .iter()
        .map(|word| word.trim())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let one = word.parse::<IpAddr>().map(IpNet::from);
            one.or_else(|_| {
                parse(
                    "trusted_proxies",
                    word,
                    "addresses like 10.0.0.1 or 10.0.0.0/8",
                )
            })
        })
        .collect()
}

fn parse<T: std::str::FromStr>(
    setting: &'static str,
    text: &str,
    example: &str,
) -> Result<T, ConfigError> {
    text.parse()
        .map_err(|_| wrong(setting, format!("“{text}” must be {example}")))
}

const fn wrong(setting: &'static str, problem: String) -> ConfigError {
    ConfigError::Wrong { setting, problem }
}

/// Where an installation puts them: the folder `site` beside the program.
fn site_beside_the_program() -> PathBuf {
    std::env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join("site")))
        .unwrap_or_else(|| PathBuf::from("site"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(toml: &str) -> Result<Config, ConfigError> {
        let written = Figment::new()
            .merge(Toml::string(toml))
            .extract()
            .map_err(|error| ConfigError::Unreadable(Box::new(error)))?;
        Config::check(written)
    }

    #[test]
    fn nothing_needs_to_be_set() {
        let config = load("").unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
        assert_eq!(config.public_url.as_str(), "http://127.0.0.1:3000/");
        assert_eq!(config.council, Path::new("data/council.toml"));
    }

    #[test]
    fn a_wrong_setting_is_named_with_an_example() {
        for (toml, words) in [
            (
                "listen = 'here'",
                "listen: “here” must be an address like 127.0.0.1:3000",
            ),
            (
                "public_url = 'https://example.org/send'",
                "public_url: “https://example.org/send” must be an address like https://send.example.gov.uk, with no path after it",
            ),
            (
                "trusted_proxies = ['proxy']",
                "trusted_proxies: “proxy” must be addresses like 10.0.0.1 or 10.0.0.0/8",
            ),
            (
                "job_lease_seconds = 0",
                "job_lease_seconds: must be 1 or more",
            ),
            (
                "reply_undo_seconds = 3600",
                "reply_undo_seconds: must be 120 or less: people wait for the reply",
            ),
        ] {
            assert_eq!(load(toml).unwrap_err().to_string(), words);
        }
    }

    #[test]
    fn settings_of_the_mail_server_go_together() {
        for (toml, words) in [
            ("smtp_authority = 'ca.pem'", "smtp_url: must be set too"),
            (
                "smtp_url = 'smtps://user@mail.example.org'\nsmtp_oauth_client_id = 'hub'",
                "set all three, or none",
            ),
            (
                "smtp_url = 'smtps://user@mail.example.org'\nsmtp_oauth_client_id = 'hub'\n\
                 smtp_oauth_client_secret = 'hunter2'\nsmtp_oauth_token_url = 'http://login.example.org/token'",
                "must begin with https://",
            ),
            (
                "smtp_url = 'smtp://localhost'\nsmtp_authority = '/nowhere/ca.pem'",
                "smtp_authority: /nowhere/ca.pem",
            ),
        ] {
            let problem = load(toml).unwrap_err().to_string();
            assert!(problem.contains(words), "{problem}");
            assert!(!problem.contains("hunter2"), "{problem}");
        }
    }

    const MAILBOX: &str =
        "[[mailbox]]\nname = 'enquiries'\nhost = 'mail.example.org'\nuser = 'send'\n";

    #[test]
    fn a_mailbox_needs_little() {
        let config = load(&format!("{MAILBOX}password = 'hunter2'")).unwrap();
        let mailbox = &config.mailboxes[0];
        assert_eq!(mailbox.name.as_str(), "enquiries");
        assert_eq!(
            (
                mailbox.mailbox.settings().port,
                mailbox.mailbox.settings().tls
            ),
            (993, mail::mailbox::Tls::Implicit)
        );
        assert_eq!(mailbox.mailbox.settings().folder, "INBOX");
        assert_eq!(mailbox.mailbox.settings().filed_folder, None);
        assert!(!format!("{config:?}").contains("hunter2"));
    }

    #[test]
    fn a_wrong_setting_of_a_mailbox_is_named_with_the_mailbox() {
        for (toml, words) in [
            ("", "mailbox: “enquiries”: set password, or oauth_token_url"),
            ("password = 'hunter2'\noauth_client_id = 'hub'", "not both"),
            ("password_file = '/nowhere'", "password_file: /nowhere"),
            (
                "password = 'hunter2'\ntls = 'none'",
                "only on this very machine",
            ),
            ("password = 'hunter2'\npoll_seconds = 0", "poll_seconds"),
            ("password = 'hunter2'\nalarm_minutes = 1", "alarm_minutes"),
            (
                "password = 'hunter2'\nfiled_folder = 'INBOX'",
                "must be another folder",
            ),
            (
                "password = 'hunter2'\nauthority = '/nowhere/ca.pem'",
                "/nowhere/ca.pem",
            ),
            (
                "oauth_client_id = 'hub'\noauth_client_secret = 'hunter2'\n\
                 oauth_token_url = 'http://login.example.org/token'",
                "must begin with https://",
            ),
            ("password = 'hunter2'\nfodler = 'x'", "fodler"),
            (
                "password = 'hunter2'\n[[mailbox]]\nname = 'enquiries'\nhost = 'b'\nuser = 'c'\npassword = 'd'",
                "two with the name",
            ),
        ] {
            let problem = load(&format!("{MAILBOX}{toml}")).unwrap_err().to_string();
            assert!(problem.contains(words), "{problem}");
            assert!(!problem.contains("hunter2"), "{problem}");
        }
    }

    #[test]
    fn an_unknown_setting_is_refused_by_name() {
        let problem = load("listn = '127.0.0.1:1'").unwrap_err().to_string();
        assert!(problem.contains("listn"), "{problem}");
    }

    #[test]
    fn proxies_may_stand_in_one_word() {
        let config = load("trusted_proxies = '10.0.0.1, 192.0.2.0/24'").unwrap();
        assert_eq!(config.trusted_proxies.len(), 2);
    }

    #[test]
    fn no_secret_is_printed() {
        let config = load("smtp_url = 'smtp://me:secret@mail.example.org'").unwrap();
        assert!(!format!("{config:?}").contains("secret@"));
    }
}
