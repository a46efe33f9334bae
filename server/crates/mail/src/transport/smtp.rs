//! Mail by SMTP to the council's own server, over a few connections kept open.

use std::time::Duration;

use jiff::Timestamp;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::response::Response;
use lettre::transport::smtp::{AsyncSmtpTransport, Error};
use lettre::{AsyncTransport as _, Tokio1Executor};

use super::answer::fit_to_keep;
use super::refusal::{About, about};
use super::{Accepted, SendError, Sending, Transport};
use crate::outgoing::OutgoingMail;

/// For each answer of the server. A worker's lease on a mail must be longer.
const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECTIONS_MAX: u32 = 4;

/// Hands mail to a server by SMTP.
#[derive(Debug, Clone)]
pub struct SmtpTransport(AsyncSmtpTransport<Tokio1Executor>);

/// The address of the mail server cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error(
    "the mail server's address must look like smtps://user:password@host, \
     smtp://user:password@host?tls=required or smtp://host:25: {problem}"
)]
pub struct SmtpUrlError {
    problem: String,
}

impl SmtpTransport {
    /// The server at `url`: `smtps://` is TLS from the start, `smtp://…?tls=required` insists on STARTTLS,
    /// plain `smtp://` is not encrypted at all and is for a server on the same machine or network.
    /// Odd characters in user and password are written as `%` and two digits.
    ///
    /// Opens no connection yet. Must be called within a tokio runtime, which closes idle connections.
    ///
    /// # Errors
    /// When the address cannot be understood. The error does not repeat it, for it holds a password.
    pub fn from_url(url: &str) -> Result<SmtpTransport, SmtpUrlError> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| SmtpUrlError {
                problem: error.to_string(),
            })?
            .timeout(Some(TIMEOUT))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS_MAX));
        Ok(SmtpTransport(server.build()))
    }
}

impl Transport for SmtpTransport {
    fn send<'a>(&'a self, mail: &'a OutgoingMail, at: Timestamp) -> Sending<'a> {
        Box::pin(async move {
            let message = mail.to_message(at)?;
            let international = !mail.to.as_str().is_ascii();
            match self
                .0
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
                Err(error) => Err(classified(&error)),
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
