//! The real server, started for a bench in a folder of its own, and ended with it.

use std::{
    ffi::OsStr,
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

const BINARY: &str = "SEND_HUB_BINARY";
const LOOKS: u32 = 1200;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// `send-hub serve --sample` on a free port; it ends when this value goes.
pub(super) struct Server {
    pub(super) port: u16,
    binary: PathBuf,
    folder: TempDir,
    child: Child,
}

impl Server {
    /// Starts it and waits until it is ready.
    pub(super) async fn start() -> Outcome<Self> {
        let binary = binary()?;
        let folder = folder_on_disk()?;
        let port = free_port().await?;
        let child = command(&binary, folder.path())
            .args(["serve", "--sample"])
            .env("SEND_HUB_LISTEN", format!("127.0.0.1:{port}"))
            .env("SEND_HUB_PUBLIC_URL", format!("http://127.0.0.1:{port}/"))
            .spawn()?;
        let mut server = Self {
            port,
            binary,
            folder,
            child,
        };
        server.wait_for("/readyz", "").await?;
        Ok(server)
    }

    /// Imports an Open Referral file, as an administrator would while the server runs.
    pub(super) async fn import(&self, json: &str) -> Outcome<()> {
        let file = self.folder.path().join("import.json");
        tokio::fs::write(&file, json).await?;
        let arguments = ["import", "open-referral"].map(OsStr::new);
        let status = command(&self.binary, self.folder.path())
            .args(arguments)
            .arg(&file)
            .status()
            .await?;
        if !status.success() {
            return Err(format!("the import ended with {status}").into());
        }
        Ok(())
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
fn binary() -> Outcome<PathBuf> {
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
