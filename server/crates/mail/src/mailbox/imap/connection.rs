//! The connection itself: TCP, TLS, the greeting, and how much may be read from it.

use std::fmt::Debug;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use async_imap::Client;
use async_imap::imap_proto::{Response, Status};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::answers::{error_of, heard, within};
use super::{ImapSettings, ImapSettingsError, Tls};
use crate::mailbox::MailboxError;
use crate::tls;
use crate::transport::answer::fit_to_keep;

/// What a server may say in answer to a command that fetches no message: many millions of UIDs.
pub(super) const USUAL: u64 = 64 * 1024 * 1024;

/// Whatever bytes come and go by.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Send + Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Wire for T {}

/// A connection from which only so much may be read until it is allowed more: a server that never ends its answer
/// must not fill our memory.
#[derive(Debug)]
pub(super) struct Stream {
    wire: Box<dyn Wire>,
    allowed: u64,
}

impl Stream {
    fn new(wire: Box<dyn Wire>) -> Self {
        Self {
            wire,
            allowed: USUAL,
        }
    }

    /// From now on so many bytes may be read.
    pub(super) fn allow(&mut self, bytes: u64) {
        self.allowed = bytes;
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.allowed == 0 {
            return Poll::Ready(Err(io::Error::other("the answer is too long")));
        }
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.wire).poll_read(context, buffer);
        let bytes = buffer.filled().len().saturating_sub(before) as u64;
        self.allowed = self.allowed.saturating_sub(bytes);
        read
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.wire).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_shutdown(context)
    }
}

/// Connects, encrypts as the settings say, and hears the greeting.
pub(super) async fn connect(
    settings: &ImapSettings,
    connector: Option<&TlsConnector>,
    patience: Duration,
) -> Result<Client<Stream>, MailboxError> {
    let address = (settings.host.as_str(), settings.port);
    let tcp = within(patience, TcpStream::connect(address)).await?;
    let tcp = tcp.map_err(|error| unreachable(&error))?;
    tcp.set_nodelay(true).map_err(|error| unreachable(&error))?;
    match (settings.tls, connector) {
        (Tls::Implicit, Some(connector)) => {
            let wire = encrypt(connector, settings, Box::new(tcp), patience).await?;
            greeted(wire, patience).await
        }
        (Tls::StartTls, Some(connector)) => {
            let mut client = greeted(Box::new(tcp), patience).await?;
            let started = client.run_command_and_check_ok("STARTTLS", None);
            within(patience, started)
                .await?
                .map_err(|error| MailboxError::RefusesUs {
                    reason: format!("no STARTTLS: {}", error_of(error)),
                })?;
            // Whatever came before the encryption is forgotten with the client: it may be somebody else's words.
            let wire = encrypt(connector, settings, client.into_inner().wire, patience).await?;
            Ok(Client::new(Stream::new(wire)))
        }
        (Tls::None, _) => greeted(Box::new(tcp), patience).await,
        (_, None) => Err(MailboxError::Garbled),
    }
}

async fn encrypt(
    connector: &TlsConnector,
    settings: &ImapSettings,
    wire: Box<dyn Wire>,
    patience: Duration,
) -> Result<Box<dyn Wire>, MailboxError> {
    let name = tls::server_name(&settings.host).ok_or_else(|| MailboxError::RefusesUs {
        reason: ImapSettingsError::Host(settings.host.clone()).to_string(),
    })?;
    let encrypted = within(patience, connector.connect(name, wire)).await?;
    let encrypted = encrypted.map_err(|error| unreachable(&error))?;
    Ok(Box::new(encrypted))
}

/// Nothing but a plain welcome will do: `PREAUTH` before STARTTLS would keep the connection open to everybody.
async fn greeted(wire: Box<dyn Wire>, patience: Duration) -> Result<Client<Stream>, MailboxError> {
    let mut client = Client::new(Stream::new(wire));
    let greeting = heard(within(patience, client.read_response()).await?)?;
    match greeting.parsed() {
        Response::Data {
            status: Status::Ok, ..
        } => Ok(client),
        Response::Data {
            status: Status::Bye,
            outcome,
        } => Err(MailboxError::Unreachable {
            reason: fit_to_keep(outcome.information.as_deref().unwrap_or_default()),
        }),
        _ => Err(MailboxError::Garbled),
    }
}

fn unreachable(error: &io::Error) -> MailboxError {
    MailboxError::Unreachable {
        reason: fit_to_keep(&error.to_string()),
    }
}
