//! The real server, started for a bench in a folder of its own, and ended with it.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tempfile::TempDir;
use tokio::{
    net::TcpListener,
    process::{Child, Command},
    time::sleep,
};

use super::{
    Outcome, folder_on_disk,
    http::{Connection, Encoding},
};
use crate::council::SAMPLE_COUNCIL;

const BINARY: &str = "SEND_HUB_BINARY";
const LOOKS: u32 = 1200;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// `send-hub serve` on a free port, as the sample's council; it ends when this value goes.
pub(super) struct Server {
    pub(super) port: u16,
    child: Child,
    // Goes last: the server writes into it.
    _folder: TempDir,
}

impl Server {
    /// Imports an Open Referral document into an empty hub, starts the server and waits until it is ready.
    pub(super) async fn start(json: &str) -> Outcome<Self> {
        let binary = binary()?;
        let folder = folder_on_disk()?;
        tokio::fs::write(folder.path().join("council.toml"), SAMPLE_COUNCIL).await?;
        let file = folder.path().join("import.json");
        tokio::fs::write(&file, json).await?;
        let status = command(&binary, folder.path())
            .args(["import", "open-referral"])
            .arg(&file)
            .status()
            .await?;
        if !status.success() {
            return Err(format!("the import ended with {status}").into());
        }
        let port = free_port().await?;
        let child = command(&binary, folder.path())
            .arg("serve")
            .env("SEND_HUB_LISTEN", format!("127.0.0.1:{port}"))
            .env("SEND_HUB_PUBLIC_URL", format!("http://127.0.0.1:{port}/"))
            .spawn()?;
        let mut server = Self {
            port,
            child,
            _folder: folder,
        };
        server.wait_for("/readyz", "").await?;
        Ok(server)
    }

    /// Waits until a page is there and holds some words.
    pub(super) async fn wait_for(&mut self, path: &str, words: &str) -> Outcome<()> {
        for _ in 0..LOOKS {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the server ended with {status}").into());
            }
            if let Ok(mut connection) = Connection::open(self.port).await {
                let answer = connection.get(path, Encoding::Plain).await?;
                let body = String::from_utf8_lossy(&answer.body);
                if answer.status == 200 && body.contains(words) {
                    return Ok(());
                }
            }
            sleep(BETWEEN_LOOKS).await;
        }
        Err(format!("{path} did not come to hold “{words}”").into())
    }
}

/// Everything it needs lies in the folder; the rest of the environment, such as `SEND_HUB_SITE`, is
/// passed on.
fn command(binary: &Path, folder: &Path) -> Command {
    let mut command = Command::new(binary);
    command
        .env("SEND_HUB_DATA", folder)
        .env("SEND_HUB_LOG", "warn")
        .env_remove("SEND_HUB_DATABASE_URL")
        .env_remove("SEND_HUB_SMTP_URL")
        .env_remove("SEND_HUB_METRICS_LISTEN")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true);
    command
}

/// The binary that is named, or the one that stands beside this program.
pub(super) fn binary() -> Outcome<PathBuf> {
    if let Some(named) = std::env::var_os(BINARY) {
        return Ok(PathBuf::from(named));
    }
    let beside = std::env::current_exe()?.with_file_name("send-hub");
    if beside.is_file() {
        return Ok(beside);
    }
    Err(format!(
        "there is no {}: build it (cargo build --release --bin send-hub), or name it in {BINARY}",
        beside.display()
    )
    .into())
}

async fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    Ok(listener.local_addr()?.port())
}
