//! The settings of the mailboxes that are read: a `[[mailbox]]` table for each.

use std::{fs, path::PathBuf, sync::Arc, time::Duration};

use domain::keys::MailboxKey;
use hub::mailboxes::{Filing, Habits};
use mail::{
    mailbox::{ImapMailbox, ImapSettings, SignIn, Tls},
    transport::OAuth,
};
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

use super::{ConfigError, wrong};

/// As long as a server may take to tell that it is out of reach, nobody is told.
const SHORTEST_ALARM_MINUTES: u64 = 5;

/// A table as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenMailbox {
    name: String,
    host: String,
    port: Option<u16>,
    #[serde(default)]
    tls: WrittenTls,
    authority: Option<PathBuf>,
    user: String,
    password: Option<SecretString>,
    password_file: Option<PathBuf>,
    oauth_token_url: Option<String>,
    oauth_client_id: Option<String>,
    oauth_client_secret: Option<SecretString>,
    oauth_client_secret_file: Option<PathBuf>,
    oauth_scope: Option<String>,
    #[serde(default = "inbox")]
    folder: String,
    filed_folder: Option<String>,
    #[serde(default = "default_poll")]
    poll_seconds: u64,
    #[serde(default = "default_alarm")]
    alarm_minutes: u64,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenTls {
    #[default]
    Implicit,
    StartTls,
    None,
}

fn inbox() -> String {
    "INBOX".to_owned()
}

const fn default_poll() -> u64 {
    60
}

const fn default_alarm() -> u64 {
    15
}

/// A mailbox's settings, checked.
#[derive(Debug, Clone)]
pub(crate) struct MailboxConfig {
    /// What it is called here.
    pub(crate) name: MailboxKey,
    /// How it is reached.
    pub(crate) mailbox: Arc<ImapMailbox>,
    /// How it is followed.
    pub(crate) habits: Habits,
}

/// All of them; each name once. None brings a message with more bytes than `largest_message`.
pub(super) fn settings(
    written: Vec<WrittenMailbox>,
    largest_message: u64,
) -> Result<Vec<MailboxConfig>, ConfigError> {
    let mut mailboxes: Vec<MailboxConfig> = Vec::with_capacity(written.len());
    for one in written {
        let name = one.name.clone();
        let mailbox = checked(one, largest_message)
            .map_err(|problem| wrong("mailbox", format!("“{name}”: {problem}")))?;
        if mailboxes.iter().any(|other| other.name == mailbox.name) {
            return Err(wrong(
                "mailbox",
                format!("there are two with the name “{name}”"),
            ));
        }
        mailboxes.push(mailbox);
    }
    Ok(mailboxes)
}

fn checked(one: WrittenMailbox, largest_message: u64) -> Result<MailboxConfig, String> {
    let name = one.name.parse::<MailboxKey>();
    let name = name.map_err(|problem| format!("name: {problem}"))?;
    let tls = match one.tls {
        WrittenTls::Implicit => Tls::Implicit,
        WrittenTls::StartTls => Tls::StartTls,
        WrittenTls::None => Tls::None,
    };
    if one.poll_seconds == 0 {
        return Err("poll_seconds: must be 1 or more".to_owned());
    }
    if one.alarm_minutes < SHORTEST_ALARM_MINUTES {
        return Err(format!(
            "alarm_minutes: must be {SHORTEST_ALARM_MINUTES} or more"
        ));
    }
    if one.filed_folder.as_ref() == Some(&one.folder) {
        return Err("filed_folder: must be another folder than the one that is read".to_owned());
    }
    let authority = one.authority.as_ref().map(|file| {
        fs::read(file).map_err(|problem| format!("authority: {}: {problem}", file.display()))
    });
    let habits = Habits {
        poll: Duration::from_secs(one.poll_seconds),
        // IMAP counts a message's bytes in 32 bits.
        largest: u32::try_from(largest_message).unwrap_or(u32::MAX),
        filing: match one.filed_folder {
            Some(_) => Filing::Move,
            None => Filing::Leave,
        },
        alarm_after: Duration::from_secs(one.alarm_minutes * 60),
        ..Habits::default()
    };
    let settings = ImapSettings {
        host: one.host.clone(),
        port: one.port.unwrap_or(match tls {
            Tls::Implicit => 993,
            Tls::StartTls | Tls::None => 143,
        }),
        tls,
        authority: authority.transpose()?,
        user: one.user.clone(),
        folder: one.folder.clone(),
        filed_folder: one.filed_folder.clone(),
        patience: None,
        sign_in: sign_in(one)?,
    };
    let mailbox = ImapMailbox::new(settings).map_err(|problem| problem.to_string())?;
    Ok(MailboxConfig {
        name,
        mailbox: Arc::new(mailbox),
        habits,
    })
}

/// A password or a token, and only one of them.
fn sign_in(one: WrittenMailbox) -> Result<SignIn, String> {
    let password = secret("password", one.password, one.password_file)?;
    let client_secret = secret(
        "oauth_client_secret",
        one.oauth_client_secret,
        one.oauth_client_secret_file,
    )?;
    match (
        password,
        one.oauth_token_url,
        one.oauth_client_id,
        client_secret,
    ) {
        (Some(password), None, None, None) => Ok(SignIn::Password(password)),
        (None, Some(url), Some(client_id), Some(client_secret)) => Ok(SignIn::OAuth(OAuth {
            token_url: token_url(&url)?,
            client_id,
            client_secret,
            scope: one.oauth_scope,
        })),
        _ => Err(
            "set password, or oauth_token_url, oauth_client_id and oauth_client_secret; \
                  not both, and none of the three alone"
                .to_owned(),
        ),
    }
}

/// A secret that is written in the settings, or in a file that they name.
fn secret(
    setting: &str,
    written: Option<SecretString>,
    file: Option<PathBuf>,
) -> Result<Option<SecretString>, String> {
    match (written, file) {
        (Some(_), Some(_)) => Err(format!("set {setting} or {setting}_file, not both")),
        (written, None) => Ok(written),
        (None, Some(file)) => {
            let text = fs::read_to_string(&file);
            let text =
                text.map_err(|problem| format!("{setting}_file: {}: {problem}", file.display()))?;
            Ok(Some(text.trim_end_matches(['\r', '\n']).into()))
        }
    }
}

fn token_url(text: &str) -> Result<Url, String> {
    let url = text.parse::<Url>();
    let url = url.map_err(|_| format!("oauth_token_url: “{text}” must be an https address"))?;
    super::smtp::check_token_url(&url).map_err(|problem| format!("oauth_token_url: {problem}"))?;
    Ok(url)
}
