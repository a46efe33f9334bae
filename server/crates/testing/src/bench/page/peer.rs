//! The other page: PostgreSQL filled with the same listings, and Express before it.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    thread::available_parallelism,
};

use domain::local_offer::Listing;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use super::frame;
use crate::bench::{
    Outcome,
    http::{Connection, Encoding},
    search::{postgres::Postgres, row::Values},
};

/// Where `server.js` lies, with its packages installed: `cargo xtask bench` says so.
const FOLDER: &str = "BENCH_PEER";
/// Rows that are copied at once.
const PIECE: usize = 1_000;

/// Express and PostgreSQL; both end with this value.
pub(super) struct Peer {
    pub(super) port: u16,
    // In this order: first who asks, then who answers.
    _express: Child,
    _postgres: Postgres,
    _frame: TempDir,
}

impl Peer {
    /// Fills PostgreSQL, starts Express, and waits until it answers.
    pub(super) async fn start(ours: u16, listings: &[Listing]) -> Outcome<Self> {
        let mut postgres = Postgres::begin().await?;
        let mut values = Values::default();
        for (first, piece) in (1_u32..).step_by(PIECE).zip(listings.chunks(PIECE)) {
            postgres.add(&values.rows(first, piece)?).await?;
        }
        let postgres = postgres.ready(&values).await?;
        let frame = tempfile::tempdir()?;
        let page = Connection::open(ours)
            .await?
            .get("/local-offer", Encoding::Plain)
            .await?;
        frame::write(&String::from_utf8_lossy(&page.body), frame.path())?;
        let mut express = command(&postgres, frame.path())?
            .env("SITE", format!("http://127.0.0.1:{ours}"))
            .spawn()?;
        let mut lines = BufReader::new(express.stdout.take().ok_or("no output")?).lines();
        let port = lines.next_line().await?.ok_or("Express did not start")?;
        Ok(Self {
            port: port.parse()?,
            _express: express,
            _postgres: postgres,
            _frame: frame,
        })
    }
}

fn command(postgres: &Postgres, frame: &Path) -> Outcome<Command> {
    let folder = folder()?;
    let mut command = Command::new("node");
    command
        .arg(folder.join("server.js"))
        .env("NODE_ENV", "production")
        .env("PORT", "0")
        .env("WORKERS", available_parallelism()?.to_string())
        .env("PGHOST", postgres.socket())
        .env("PGUSER", "hub")
        .env("PGDATABASE", postgres.database())
        .env("HITS_A_PAGE", ::search::HITS_A_PAGE.to_string())
        .env("FRAME", frame)
        .env(
            "SECTORS",
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../search/data/postcode_sectors.csv"),
        )
        // It ends when this pipe does.
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    Ok(command)
}

fn folder() -> Outcome<PathBuf> {
    let named = std::env::var_os(FOLDER).map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("bench-peer"));
    if folder.join("node_modules").is_dir() {
        return Ok(folder);
    }
    Err(format!("{} lacks its packages: run npm ci there", folder.display()).into())
}
