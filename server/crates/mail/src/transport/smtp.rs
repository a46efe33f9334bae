//! Mail by SMTP to the council's own server, each over a connection of its own.
//!
//! None is kept open for the next mail: one on which we gave up waiting for an answer may still bring it, and the next
//! mail would take it for its own.

mod connection;

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::response::Response;
use lettre::{Address, Message};
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::timeout;
use url::Url;

use self::connection::{NoConnection, Server};
use super::answer::fit_to_keep;
use super::oauth::{OAuth, Tokens};
use super::refusal::{About, about};
use super::{Accepted, SendError, Sending, Transport};
use crate::outgoing::OutgoingMail;

/// How long the server may take to say goodbye, while nobody waits for it.
const GOODBYE: Duration = Duration::from_secs(30);
/// How a password is told, the first that the server knows.
const BY_PASSWORD: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

/// How the mail server is reached.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// `smtps://` is TLS from the start, `smtp://…?tls=required` insists on STARTTLS, plain `smtp://` is not
    /// encrypted at all and is for a server on the same machine or network. Odd characters in user and password
    /// are written as `%` and two digits.
    pub url: SecretString,
    /// Who else is believed to vouch for the server: a certificate authority of the council's own, as PEM.
    pub authority: Option<Vec<u8>>,
    /// Tokens instead of the password; the user is the one of the address.
    pub oauth: Option<OAuth>,
}

impl SmtpSettings {
    /// Whether letters, and the password where there is one, travel openly to another machine. Nobody is kept from it: a
    /// relay in the same room may know no better.
    #[must_use]
    pub fn is_open_to_others(&self) -> bool {
        let url = Url::parse(self.url.expose_secret()).ok();
        let server = url.and_then(|url| Server::read(&url, None).ok());
        server.is_some_and(|server| server.is_open() && !server.is_here())
    }
}

/// Hands mail to a server by SMTP.
#[derive(Debug)]
pub struct SmtpTransport {
    talking: Talking,
}

/// Where the server is, and as whom it is talked to.
struct Talking {
    server: Server,
    signing_in: SigningIn,
}

/// With what the server is told who we are.
enum SigningIn {
    Not,
    ByPassword(Credentials),
    ByToken(Box<ByToken>),
}

/// With a token that changes.
struct ByToken {
    user: String,
    tokens: Tokens,
}

/// Nothing of it: it holds a password.
impl fmt::Debug for Talking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Talking").finish_non_exhaustive()
    }
}

/// The settings of the mail server cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpUrlError {
    /// Its address cannot be understood.
    #[error(
        "the mail server's address must look like smtps://user:password@host, \
         smtp://user:password@host?tls=required or smtp://host:25: {0}"
    )]
    Address(String),
    /// The certificate authority cannot be read.
    #[error("the certificate authority must be a PEM file: {0}")]
    Authority(String),
    /// Tokens are for a user, and would travel openly.
    #[error("OAuth needs a user and TLS: smtps://user@host or smtp://user@host?tls=required")]
    OAuth,
}

impl SmtpTransport {
    /// Makes ready to talk to a server. Opens no connection yet.
    ///
    /// # Errors
    /// When the settings cannot be used. The error repeats none of them, for they hold a password.
    pub fn new(settings: SmtpSettings) -> Result<Self, SmtpUrlError> {
        let url = Url::parse(settings.url.expose_secret())
            .map_err(|error| SmtpUrlError::Address(error.to_string()))?;
        let server = Server::read(&url, settings.authority.as_deref())?;
        let user = decoded(url.username())?;
        let signing_in = match (settings.oauth, url.password()) {
            (Some(_), _) if user.is_empty() || server.is_open() => return Err(SmtpUrlError::OAuth),
            (Some(oauth), _) => SigningIn::ByToken(Box::new(ByToken {
                user,
                tokens: Tokens::new(oauth),
            })),
            (None, Some(password)) => {
                SigningIn::ByPassword(Credentials::new(user, decoded(password)?))
            }
            (None, None) => SigningIn::Not,
        };
        Ok(Self {
            talking: Talking { server, signing_in },
        })
    }
}

/// A user or a password as it is meant.
fn decoded(text: &str) -> Result<String, SmtpUrlError> {
    let decoded = percent_decode_str(text).decode_utf8();
    let decoded = decoded.map_err(|error| SmtpUrlError::Address(error.to_string()))?;
    Ok(decoded.into_owned())
}

impl Talking {
    /// A server that knows who we are.
    async fn signed_in(&self, at: Timestamp) -> Result<AsyncSmtpConnection, SendError> {
        // Before the connection: a server does not wait for a token server.
        let token = match &self.signing_in {
            SigningIn::ByToken(by_token) => {
                let token = by_token.tokens.current(at).await;
                Some(token.map_err(|reason| SendError::Transient { reason })?)
            }
            SigningIn::Not | SigningIn::ByPassword(_) => None,
        };
        let mut connection = match self.server.connect().await {
            Ok(connection) => connection,
            Err(NoConnection::Answer(error)) => return Err(self.refused(&error).await),
            Err(NoConnection::Io(error)) => {
                let reason = fit_to_keep(&format!("connection error: {error}"));
                return Err(SendError::Transient { reason });
            }
        };
        let welcomed = match (&self.signing_in, token) {
            (SigningIn::ByPassword(credentials), _) => {
                connection.auth(&BY_PASSWORD, credentials).await
            }
            (SigningIn::ByToken(by_token), Some(token)) => {
                let token = token.expose_secret().to_owned();
                let credentials = Credentials::new(by_token.user.clone(), token);
                connection.auth(&[Mechanism::Xoauth2], &credentials).await
            }
            _ => return Ok(connection),
        };
        match welcomed {
            Ok(_) => Ok(connection),
            Err(error) => Err(self.refused(&error).await),
        }
    }

    async fn send(&self, message: &Message, at: Timestamp) -> Result<Accepted, SendError> {
        let envelope = message.envelope();
        let ascii = |to: &Address| AsRef::<str>::as_ref(to).is_ascii();
        let international = !envelope.to().iter().all(ascii);
        let mut connection = self.signed_in(at).await?;
        let sent = connection.send(envelope, &message.formatted()).await;
        // In the background: a server that took the mail and then says no goodbye keeps nobody from writing down
        // that it was taken.
        tokio::spawn(async move { timeout(GOODBYE, connection.abort()).await });
        match sent {
            Ok(response) => Ok(Accepted {
                answer: words_of(&response),
            }),
            // The only thing that lettre itself refuses about a mail: the server cannot take such an address.
            Err(error) if error.is_client() && international => Err(SendError::Permanent {
                reason: fit_to_keep(&error.to_string()),
            }),
            Err(error) => Err(self.refused(&error).await),
        }
    }

    /// What an error says. A token that a server refuses is asked for anew next time.
    async fn refused(&self, error: &Error) -> SendError {
        let SigningIn::ByToken(by_token) = &self.signing_in else {
            return classified(error);
        };
        let refused = if error.is_client() {
            // Servers explain a refused token in one more question, to which lettre knows no answer.
            SendError::OurFault {
                reason: "the token to sign in with was refused".to_owned(),
            }
        } else {
            classified(error)
        };
        if matches!(refused, SendError::OurFault { .. }) {
            by_token.tokens.forget().await;
        }
        refused
    }
}

impl Transport for SmtpTransport {
    fn send<'a>(&'a self, mail: &'a OutgoingMail, at: Timestamp) -> Sending<'a> {
        Box::pin(async move { self.talking.send(&mail.to_message(at)?, at).await })
    }
}

fn words_of(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    fit_to_keep(&format!("{} {}", response.code(), lines.join(" ")))
}

/// Only an answer of the 500s about this very mail is for good; whatever else went wrong may be mended.
fn classified(error: &Error) -> SendError {
    let reason = fit_to_keep(&error.to_string());
    let code = error.status().map(u16::from);
    match code.filter(|_| error.is_permanent()) {
        Some(code) => match about(code, &reason) {
            About::TheMail => SendError::Permanent { reason },
            About::Us => SendError::OurFault { reason },
        },
        None => SendError::Transient { reason },
    }
}
