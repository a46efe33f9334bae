//! A cable between the hub and PostgreSQL, to be pulled: then nothing passes any more, and neither side is told.
//!
//! So does a firewall that forgets a connection, or a server that stands still. What was open stays silent for ever;
//! once the cable is plugged in again, only new connections pass.

use std::{io, path::Path};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, UnixStream},
    sync::watch,
    task::JoinHandle,
};

/// What passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Passes {
    Everything,
    /// What the hub asks arrives, and what the server answers does not.
    Questions,
    Nothing,
}

/// A cable to one server. It is gone with this value.
#[derive(Debug)]
pub struct Cable {
    port: u16,
    /// Of the connections since it was last plugged in.
    passes: watch::Sender<watch::Sender<Passes>>,
    carries: JoinHandle<()>,
}

impl Cable {
    /// One to the server whose socket lies here.
    ///
    /// # Panics
    /// When this machine has no free port.
    pub async fn to(socket: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let (passes, mut current) = watch::channel(watch::Sender::new(Passes::Everything));
        let socket = socket.join(".s.PGSQL.5432");
        let carries = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((hub, _)) = listener.accept().await {
                let Ok(server) = UnixStream::connect(&socket).await else {
                    continue;
                };
                let passes = current.borrow_and_update().subscribe();
                let (from_hub, to_hub) = hub.into_split();
                let (from_server, to_server) = server.into_split();
                let (there, back) = (passes.clone(), passes);
                connections.spawn(carry(from_hub, to_server, there, |passes| {
                    passes != Passes::Nothing
                }));
                connections.spawn(carry(from_server, to_hub, back, |passes| {
                    passes == Passes::Everything
                }));
            }
        });
        Self {
            port,
            passes,
            carries,
        }
    }

    /// The address of a database of that server, by this cable.
    #[must_use]
    pub fn address(&self, database: &str) -> String {
        format!("postgres://hub@127.0.0.1:{}/{database}", self.port)
    }

    /// From now on nothing passes. Who connects is taken, and hears nothing.
    pub fn pull(&self) {
        self.passes.borrow().send_replace(Passes::Nothing);
    }

    /// From now on what is asked arrives, and no answer comes back.
    pub fn lose_answers(&self) {
        self.passes.borrow().send_replace(Passes::Questions);
    }

    /// New connections pass. Those from before are forgotten: they stay silent.
    pub fn plug_in(&self) {
        self.passes
            .send_replace(watch::Sender::new(Passes::Everything));
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.carries.abort();
    }
}

/// Carries what comes from one side to the other while it passes; when it does not, both sides stay open.
async fn carry(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    mut passes: watch::Receiver<Passes>,
    does_pass: impl Fn(Passes) -> bool,
) -> io::Result<()> {
    let mut bytes = vec![0; 64 * 1024];
    loop {
        let count = tokio::select! {
            biased;
            () = async { drop(passes.wait_for(|passes| !does_pass(*passes)).await) } => {
                return std::future::pending().await;
            }
            count = from.read(&mut bytes) => count?,
        };
        if count == 0 {
            return to.shutdown().await;
        }
        to.write_all(&bytes[..count]).await?;
    }
}
