//! A mailbox by IMAP (RFC 3501): how it is reached, and signing in.
//!
//! async-imap speaks the protocol's grammar. Its ready-made commands are not used, because most of them take a refusal
//! or a broken connection for an empty answer: a search that the server refused would be a mailbox with no mail.
//! `answers.rs` asks instead, and takes nothing for done that the server did not say was done.

mod answers;
mod connection;
mod folder_name;
mod reader;

use std::fmt;
use std::time::Duration;

use async_imap::{Authenticator, Client, Session};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use tokio_rustls::TlsConnector;

use self::answers::{Asker, error_of, within};
use self::connection::{Stream, connect};
use self::reader::ImapReader;
use super::{Asking, Mailbox, MailboxError, Reader};
use crate::tls;
use crate::transport::OAuth;
use crate::transport::oauth::Tokens;

/// For each answer of the server, but that a big message takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// How a mailbox is reached.
#[derive(Debug, Clone)]
pub struct ImapSettings {
    /// The server's name, to which its certificate must belong.
    pub host: String,
    /// 993 with TLS from the start, else 143.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: Tls,
    /// Who else is believed to vouch for the server: a certificate authority of the council's own, as PEM.
    pub authority: Option<Vec<u8>>,
    /// Whose mailbox it is.
    pub user: String,
    /// What proves that it is ours.
    pub sign_in: SignIn,
    /// The folder to read, as people see its name.
    pub folder: String,
    /// The folder for what was taken in; without it the mailbox is only ever read.
    pub filed_folder: Option<String>,
    /// How long each answer may take.
    pub patience: Option<Duration>,
}

/// How the connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From the start.
    Implicit,
    /// After STARTTLS; a server that does not offer it gets nothing.
    StartTls,
    /// Not at all: only for a server on this very machine.
    None,
}

/// What proves that the mailbox is ours.
#[derive(Debug, Clone)]
pub enum SignIn {
    /// A password.
    Password(SecretString),
    /// A token (SASL XOAUTH2), as Microsoft 365 and Google want it.
    OAuth(OAuth),
}

/// The settings of a mailbox cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ImapSettingsError {
    /// Passwords would travel openly.
    #[error(
        "a mailbox is read without TLS only on this very machine (localhost, 127.0.0.1 or ::1)"
    )]
    Open,
    /// The certificate authority cannot be read.
    #[error("the certificate authority must be a PEM file: {0}")]
    Authority(String),
    /// No certificate could belong to it.
    #[error("“{0}” is no name of a server")]
    Host(String),
}

/// A mailbox by IMAP.
pub struct ImapMailbox {
    settings: ImapSettings,
    connector: Option<TlsConnector>,
    tokens: Option<Tokens>,
}

impl ImapMailbox {
    /// Makes ready; opens no connection yet.
    ///
    /// # Errors
    /// When the settings cannot be used. The error repeats no secret.
    pub fn new(settings: ImapSettings) -> Result<Self, ImapSettingsError> {
        let here = matches!(settings.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        let connector = match settings.tls {
            Tls::None if !here => return Err(ImapSettingsError::Open),
            Tls::None => None,
            Tls::Implicit | Tls::StartTls => {
                let connector = tls::connector(settings.authority.as_deref());
                Some(connector.map_err(ImapSettingsError::Authority)?)
            }
        };
        if tls::server_name(&settings.host).is_none() {
            return Err(ImapSettingsError::Host(settings.host));
        }
        let tokens = match &settings.sign_in {
            SignIn::Password(_) => None,
            SignIn::OAuth(oauth) => Some(Tokens::new(oauth.clone())),
        };
        Ok(Self {
            settings,
            connector,
            tokens,
        })
    }

    /// How it is reached.
    #[must_use]
    pub fn settings(&self) -> &ImapSettings {
        &self.settings
    }

    fn patience(&self) -> Duration {
        self.settings.patience.unwrap_or(PATIENCE)
    }

    async fn sign_in(
        &self,
        client: Client<Stream>,
        now: Timestamp,
    ) -> Result<Session<Stream>, MailboxError> {
        let user = &self.settings.user;
        let signed_in = match (&self.settings.sign_in, &self.tokens) {
            (SignIn::OAuth(_), Some(tokens)) => {
                let token = tokens.current(now).await;
                let token = token.map_err(|reason| MailboxError::Unreachable { reason })?;
                let first = format!(
                    "user={user}\u{1}auth=Bearer {}\u{1}\u{1}",
                    token.expose_secret()
                );
                within(
                    self.patience(),
                    client.authenticate("XOAUTH2", Once(Some(first))),
                )
                .await?
            }
            (SignIn::Password(password), _)
                if password.expose_secret().is_ascii() && user.is_ascii() =>
            {
                within(
                    self.patience(),
                    client.login(user, password.expose_secret()),
                )
                .await?
            }
            (SignIn::Password(password), _) => {
                let first = format!("\0{user}\0{}", password.expose_secret());
                within(
                    self.patience(),
                    client.authenticate("PLAIN", Once(Some(first))),
                )
                .await?
            }
            (SignIn::OAuth(_), None) => return Err(MailboxError::Garbled),
        };
        match signed_in {
            Ok(session) => Ok(session),
            Err((error, _)) => {
                let error = match error_of(error) {
                    MailboxError::SaysNo { reason } => MailboxError::RefusesUs { reason },
                    other => other,
                };
                if let (Some(tokens), MailboxError::RefusesUs { .. }) = (&self.tokens, &error) {
                    tokens.forget().await;
                }
                Err(error)
            }
        }
    }
}

impl Mailbox for ImapMailbox {
    fn open(&self, now: Timestamp) -> Asking<'_, Box<dyn Reader>> {
        Box::pin(async move {
            let client = connect(&self.settings, self.connector.as_ref(), self.patience()).await?;
            let session = self.sign_in(client, now).await?;
            let mut asker = Asker::new(session, self.patience());
            let capabilities = asker.capabilities().await?;
            let reader = ImapReader::new(asker, &self.settings, &capabilities);
            Ok(Box::new(reader) as Box<dyn Reader>)
        })
    }
}

impl fmt::Debug for ImapMailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImapMailbox")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// Says its words to the first challenge and nothing to any other: a server explains a refusal in one more.
struct Once(Option<String>);

impl Authenticator for Once {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        self.0.take().unwrap_or_default()
    }
}
