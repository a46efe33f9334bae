//! Mail by SMTP to the council's own server, each over a connection of its own.
//!
//! None is kept open for the next mail: one on which we gave up waiting for an answer may still bring it, and the next
//! mail would take it for its own.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{self, Certificate, TlsParameters};
use lettre::transport::smtp::response::Response;
use lettre::transport::smtp::{AsyncSmtpTransport, AsyncSmtpTransportBuilder, Error, PoolConfig};
use lettre::{AsyncTransport as _, Tokio1Executor};
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::answer::fit_to_keep;
use super::oauth::{OAuth, Tokens};
use super::refusal::{About, about};
use super::{Accepted, SendError, Sending, Transport};
use crate::outgoing::OutgoingMail;

/// For each answer of the server. A worker's lease on a mail must be longer.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Connections kept for the next mail. With a pool of none, lettre ends each in the background: a server that took the
/// mail and then says no goodbye keeps nobody from writing down that it was taken.
const KEPT_OPEN: u32 = 0;

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

/// Hands mail to a server by SMTP.
#[derive(Debug)]
pub struct SmtpTransport {
    builder: AsyncSmtpTransportBuilder,
    signing_in: SigningIn,
}

type Server = AsyncSmtpTransport<Tokio1Executor>;

/// With what the server is told who we are.
enum SigningIn {
    /// The address says it all.
    ByAddress(Server),
    ByToken(Box<ByToken>),
}

/// With a token that changes.
struct ByToken {
    user: String,
    tokens: Tokens,
}

impl fmt::Debug for SigningIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ByAddress(_) => "ByAddress",
            Self::ByToken(_) => "ByToken",
        })
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
    /// Makes ready to talk to a server. Opens no connection yet. Must be called within a tokio runtime, which
    /// ends connections.
    ///
    /// # Errors
    /// When the settings cannot be used. The error repeats none of them, for they hold a password.
    pub fn new(settings: SmtpSettings) -> Result<Self, SmtpUrlError> {
        let text = settings.url.expose_secret();
        let address = |problem: String| SmtpUrlError::Address(problem);
        let mut builder = Server::from_url(text).map_err(|error| address(error.to_string()))?;
        let url = Url::parse(text).map_err(|error| address(error.to_string()))?;
        let tls = Tls::of(&url);
        if let Some(pem) = &settings.authority {
            builder = builder.tls(tls.with_authority(&url, pem)?);
        }
        let builder = builder
            .timeout(Some(TIMEOUT))
            .pool_config(PoolConfig::new().max_size(KEPT_OPEN));
        let signing_in = match settings.oauth {
            None => SigningIn::ByAddress(builder.clone().build()),
            Some(oauth) => {
                let user = percent_decode_str(url.username()).decode_utf8_lossy();
                if user.is_empty() || tls == Tls::None {
                    return Err(SmtpUrlError::OAuth);
                }
                SigningIn::ByToken(Box::new(ByToken {
                    user: user.into_owned(),
                    tokens: Tokens::new(oauth),
                }))
            }
        };
        Ok(Self {
            builder,
            signing_in,
        })
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

    /// The server as it is to be talked to now.
    async fn server(&self, at: Timestamp) -> Result<Server, SendError> {
        let by_token = match &self.signing_in {
            SigningIn::ByAddress(server) => return Ok(server.clone()),
            SigningIn::ByToken(by_token) => by_token,
        };
        let token = by_token.tokens.current(at).await;
        let token = token.map_err(|reason| SendError::Transient { reason })?;
        let credentials = Credentials::new(by_token.user.clone(), token.expose_secret().to_owned());
        Ok(self
            .builder
            .clone()
            .credentials(credentials)
            .authentication(vec![Mechanism::Xoauth2])
            .build())
    }
}

/// What the address says about encryption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tls {
    None,
    Opportunistic,
    Required,
    FromTheStart,
}

impl Tls {
    fn of(url: &Url) -> Self {
        let asked = url.query_pairs().find(|(name, _)| name == "tls");
        match (
            url.scheme(),
            asked.as_ref().map(|(_, value)| value.as_ref()),
        ) {
            ("smtps", _) => Self::FromTheStart,
            (_, Some("required")) => Self::Required,
            (_, Some("opportunistic")) => Self::Opportunistic,
            _ => Self::None,
        }
    }

    fn with_authority(self, url: &Url, pem: &[u8]) -> Result<client::Tls, SmtpUrlError> {
        let wrong = |error: Error| SmtpUrlError::Authority(error.to_string());
        let certificate = Certificate::from_pem(pem).map_err(wrong)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let parameters = TlsParameters::builder(host)
            .add_root_certificate(certificate)
            .build()
            .map_err(wrong)?;
        Ok(match self {
            Self::None => client::Tls::None,
            Self::Opportunistic => client::Tls::Opportunistic(parameters),
            Self::Required => client::Tls::Required(parameters),
            Self::FromTheStart => client::Tls::Wrapper(parameters),
        })
    }
}

impl Transport for SmtpTransport {
    fn send<'a>(&'a self, mail: &'a OutgoingMail, at: Timestamp) -> Sending<'a> {
        Box::pin(async move {
            let message = mail.to_message(at)?;
            let international = !mail.to.as_str().is_ascii();
            let server = self.server(at).await?;
            match server
                .send_raw(message.envelope(), &message.formatted())
                .await
            {
                Ok(response) => Ok(Accepted {
                    answer: words_of(&response),
                }),
                // The only thing that lettre itself refuses about a mail: the server cannot take such an address.
                Err(error) if error.is_client() && international => Err(SendError::Permanent {
                    reason: fit_to_keep(&error.to_string()),
                }),
                Err(error) => Err(self.refused(&error).await),
            }
        })
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
