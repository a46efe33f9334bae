//! What somebody else does in a mailbox while the hub reads it.

use async_imap::{Client, Session};
use futures_util::TryStreamExt;
use tokio::net::TcpStream;

use super::{MailServers, PASSWORD};

/// Somebody signed in to a mailbox, as at a mail program.
pub type AtMailbox = Session<TcpStream>;

impl MailServers {
    /// Where IMAP is, without TLS or by STARTTLS.
    #[must_use]
    pub fn imap_port(&self) -> u16 {
        self.ports.imap
    }

    /// Where IMAP is, with TLS from the start.
    #[must_use]
    pub fn imaps_port(&self) -> u16 {
        self.ports.imaps
    }

    /// Signs in to a mailbox; it is made by that.
    ///
    /// # Panics
    /// When IMAP does not answer.
    pub async fn at(&self, address: &str) -> AtMailbox {
        let stream = TcpStream::connect(("127.0.0.1", self.ports.imap)).await;
        let mut client = Client::new(stream.expect("a connection"));
        let greeting = client.read_response().await.expect("a greeting");
        greeting.expect("a greeting");
        let signed_in = client.login(address, PASSWORD).await;
        signed_in.map_err(|(error, _)| error).expect("a sign-in")
    }
}

/// Puts messages into a folder.
///
/// # Panics
/// When the server does not take one.
pub async fn put(at: &mut AtMailbox, folder: &str, messages: impl IntoIterator<Item = String>) {
    for message in messages {
        at.append(folder, None, None, message)
            .await
            .expect("a message that is taken");
    }
}

/// The UIDs in a folder, with the flags of each.
///
/// # Panics
/// When the server does not answer.
pub async fn flags(at: &mut AtMailbox, folder: &str) -> Vec<(u32, Vec<String>)> {
    let inside = at.examine(folder).await.expect("the folder");
    if inside.exists == 0 {
        return Vec::new();
    }
    let fetched = at.fetch("1:*", "(UID FLAGS)").await.expect("messages");
    let fetched: Vec<_> = fetched.try_collect().await.expect("messages");
    let one = |message: &async_imap::types::Fetch| {
        let flags = message.flags().map(|flag| format!("{flag:?}"));
        (message.uid.expect("a UID"), flags.collect())
    };
    fetched.iter().map(one).collect()
}
