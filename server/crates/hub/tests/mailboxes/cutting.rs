//! A wire between the hub and the mail server that can be cut.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Passes everything on, until the server has said so much; then it is cut. The next connections hold for ever.
pub(crate) struct Wire {
    pub(crate) port: u16,
    left: Arc<AtomicI64>,
    cuts: Arc<AtomicU32>,
}

impl Wire {
    pub(crate) async fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let left = Arc::new(AtomicI64::new(i64::MAX));
        let cuts = Arc::new(AtomicU32::new(0));
        let shared = (Arc::clone(&left), Arc::clone(&cuts));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (left, cuts) = (Arc::clone(&shared.0), Arc::clone(&shared.1));
                tokio::spawn(async move {
                    let server = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
                    pass(client, server, &left, &cuts).await;
                });
            }
        });
        Self { port, left, cuts }
    }

    /// Cuts it after so many bytes of the server.
    pub(crate) fn cut_after(&self, bytes: i64) {
        self.left.store(bytes, Ordering::SeqCst);
    }

    /// How often it was cut.
    pub(crate) fn cuts(&self) -> u32 {
        self.cuts.load(Ordering::SeqCst)
    }
}

async fn pass(client: TcpStream, server: TcpStream, left: &AtomicI64, cuts: &AtomicU32) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let asks = tokio::spawn(async move {
        let _ = tokio::io::copy(&mut from_client, &mut to_server).await;
    });
    let mut buffer = [0; 1024];
    while let Ok(read) = from_server.read(&mut buffer).await {
        let read_i64 = i64::try_from(read).unwrap();
        let rest = left.fetch_sub(read_i64, Ordering::SeqCst) - read_i64;
        if read == 0 {
            break;
        }
        if rest < 0 {
            left.store(i64::MAX, Ordering::SeqCst);
            cuts.fetch_add(1, Ordering::SeqCst);
            break;
        }
        if to_client.write_all(&buffer[..read]).await.is_err() {
            break;
        }
    }
    asks.abort();
}
