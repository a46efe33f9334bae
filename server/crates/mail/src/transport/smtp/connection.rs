//! One connection to the mail server: reached, encrypted as its address says, and greeted.
//!
//! lettre could connect by itself, but it does not turn Nagle's algorithm off, and it sends the end of a mail in a
//! piece of its own: that piece then waits for an acknowledgement which the other side holds back for 40 ms (RFC 9293,
//! section 3.7.4). So it is given a connection that waits for nothing.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, AsyncTokioStream, Certificate, TlsParameters,
};
use lettre::transport::smtp::extension::ClientId;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::Url;

use super::SmtpUrlError;
use crate::tls;

/// How long it may take until the server has greeted us.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the address says about encryption.
#[derive(Clone)]
enum Encryption {
    None,
    Required(TlsParameters),
    FromTheStart(TlsConnector),
}

/// Where the server is, and how it is talked to.
pub(super) struct Server {
    host: String,
    port: u16,
    encryption: Encryption,
    hello: ClientId,
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoConnection {
    /// The server is out of reach, or nobody vouches for it.
    #[error("no connection: {0}")]
    Io(#[from] io::Error),
    /// What it answered.
    #[error(transparent)]
    Answer(#[from] Error),
}

impl Server {
    /// Reads the address; `authority` is believed beside the system's own.
    pub(super) fn read(url: &Url, authority: Option<&[u8]>) -> Result<Self, SmtpUrlError> {
        let wrong = |problem: &str| SmtpUrlError::Address(problem.to_owned());
        let host = url.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() {
            return Err(wrong("it names no server"));
        }
        let asked = url.query_pairs().find(|(name, _)| name == "tls");
        let asked = asked.as_ref().map(|(_, value)| value.as_ref());
        let (usual_port, encryption) = match (url.scheme(), asked) {
            ("smtps", _) => {
                let connector = tls::connector(authority).map_err(SmtpUrlError::Authority)?;
                (465, Encryption::FromTheStart(connector))
            }
            ("smtp", Some("required")) => (587, Encryption::Required(parameters(host, authority)?)),
            ("smtp", None) => (25, Encryption::None),
            ("smtp", Some(_)) => return Err(wrong("tls= is required, or left out")),
            _ => return Err(wrong("it begins with smtp:// or smtps://")),
        };
        let name = url.path().trim_matches('/');
        Ok(Self {
            host: host.to_owned(),
            port: url.port().unwrap_or(usual_port),
            encryption,
            hello: if name.is_empty() {
                ClientId::default()
            } else {
                ClientId::Domain(name.to_owned())
            },
        })
    }

    /// Whether everything travels openly.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self.encryption, Encryption::None)
    }

    /// Whether it runs on this machine.
    pub(super) fn is_here(&self) -> bool {
        let address: Option<IpAddr> = self.host.parse().ok();
        self.host == "localhost" || address.is_some_and(|address| address.is_loopback())
    }

    /// Connects, and is greeted.
    pub(super) async fn connect(&self) -> Result<AsyncSmtpConnection, NoConnection> {
        let connected = timeout(PATIENCE, self.greeted()).await;
        connected.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }

    async fn greeted(&self) -> Result<AsyncSmtpConnection, NoConnection> {
        let tcp = TcpStream::connect((self.host.as_str(), self.port)).await?;
        tcp.set_nodelay(true)?;
        let wire: Box<dyn AsyncTokioStream> = match &self.encryption {
            Encryption::FromTheStart(connector) => {
                let name = tls::server_name(&self.host);
                let name = name.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
                Box::new(Encrypted(connector.connect(name, tcp).await?))
            }
            _ => Box::new(tcp),
        };
        let mut connection = AsyncSmtpConnection::connect_with_transport(wire, &self.hello).await?;
        if let Encryption::Required(parameters) = &self.encryption {
            connection.starttls(parameters.clone(), &self.hello).await?;
        }
        Ok(connection)
    }
}

/// What lettre needs to encrypt by STARTTLS.
fn parameters(host: &str, authority: Option<&[u8]>) -> Result<TlsParameters, SmtpUrlError> {
    let wrong = |error: Error| SmtpUrlError::Authority(error.to_string());
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(pem) = authority {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(wrong)?);
    }
    builder.build().map_err(wrong)
}

/// A connection that is encrypted from the start.
#[derive(Debug)]
struct Encrypted(TlsStream<TcpStream>);

impl AsyncTokioStream for Encrypted {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.0.get_ref().0.peer_addr()
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
