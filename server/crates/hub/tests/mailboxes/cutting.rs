//! A wire between the hub and the mail server, which hears what is asked and can be cut.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// Passes everything on, until the server has said so much; then it is cut. The next connections hold for ever.
pub(crate) struct Wire {
    pub(crate) port: u16,
    inside: Arc<Inside>,
}

struct Inside {
    left: AtomicI64,
    cuts: AtomicU32,
    hidden: Mutex<Vec<&'static str>>,
    asked: Mutex<String>,
    swallows: Mutex<Option<&'static str>>,
    swallowed: AtomicBool,
}

impl Wire {
    pub(crate) async fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let inside = Arc::new(Inside {
            left: AtomicI64::new(i64::MAX),
            cuts: AtomicU32::new(0),
            hidden: Mutex::default(),
            asked: Mutex::default(),
            swallows: Mutex::default(),
            swallowed: AtomicBool::new(false),
        });
        let shared = Arc::clone(&inside);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let inside = Arc::clone(&shared);
                tokio::spawn(async move {
                    let server = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
                    pass(client, server, inside).await;
                });
            }
        });
        Self { port, inside }
    }

    /// Cuts it after so many bytes of the server.
    pub(crate) fn cut_after(&self, bytes: i64) {
        self.inside.left.store(bytes, Ordering::SeqCst);
    }

    /// How often it was cut.
    pub(crate) fn cuts(&self) -> u32 {
        self.inside.cuts.load(Ordering::SeqCst)
    }

    /// From now on the server does not tell that it can do this.
    pub(crate) fn hides(&self, capability: &'static str) {
        self.inside.hidden.lock().unwrap().push(capability);
    }

    /// A command with this in it never arrives, nor does any after it.
    pub(crate) fn swallows(&self, command: &'static str) {
        *self.inside.swallows.lock().unwrap() = Some(command);
    }

    /// Whether such a command was given.
    pub(crate) fn swallowed(&self) -> bool {
        self.inside.swallowed.load(Ordering::SeqCst)
    }

    /// Everything that the server was asked, without the tags.
    pub(crate) fn asked(&self) -> Vec<String> {
        let asked = self.inside.asked.lock().unwrap();
        let commands = asked.lines().filter_map(|line| line.split_once(' '));
        commands.map(|(_, command)| command.to_owned()).collect()
    }
}

async fn pass(client: TcpStream, server: TcpStream, inside: Arc<Inside>) {
    let (from_client, mut to_client) = client.into_split();
    let (mut from_server, to_server) = server.into_split();
    let asks = tokio::spawn(ask(from_client, to_server, Arc::clone(&inside)));
    let mut buffer = [0; 1024];
    while let Ok(read) = from_server.read(&mut buffer).await {
        let read_i64 = i64::try_from(read).unwrap();
        let rest = inside.left.fetch_sub(read_i64, Ordering::SeqCst) - read_i64;
        if read == 0 {
            break;
        }
        if rest < 0 {
            inside.left.store(i64::MAX, Ordering::SeqCst);
            inside.cuts.fetch_add(1, Ordering::SeqCst);
            break;
        }
        let said = inside.without_hidden(&buffer[..read]);
        if to_client.write_all(&said).await.is_err() {
            break;
        }
    }
    asks.abort();
}

async fn ask(mut from_client: OwnedReadHalf, mut to_server: OwnedWriteHalf, inside: Arc<Inside>) {
    let mut buffer = [0; 1024];
    while let Ok(read) = from_client.read(&mut buffer).await {
        if read == 0 {
            return;
        }
        let asked = String::from_utf8_lossy(&buffer[..read]).into_owned();
        inside.asked.lock().unwrap().push_str(&asked);
        let swallows = *inside.swallows.lock().unwrap();
        if swallows.is_some_and(|command| asked.contains(command)) {
            inside.swallowed.store(true, Ordering::SeqCst);
            std::future::pending::<()>().await;
        }
        if to_server.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
}

impl Inside {
    /// What the server said, but for the words that are hidden. It tells what it can do in one piece.
    fn without_hidden(&self, said: &[u8]) -> Vec<u8> {
        let mut said = said.to_vec();
        for word in self.hidden.lock().unwrap().iter() {
            while let Some(at) = said
                .windows(word.len())
                .position(|one| one == word.as_bytes())
            {
                said[at..at + word.len()].fill(b'X');
            }
        }
        said
    }
}
