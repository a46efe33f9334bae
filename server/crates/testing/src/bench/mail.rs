//! How many mails a second become committed, acknowledged enquiries, beside the same commits and bytes without reading
//! any mail, and beside reading them alone.
//!
//! One task takes mails in beside a server's own worker, which files and acknowledges them. `plain.rs` writes the same rows in
//! the same transactions with what is known beforehand; `letters.rs` makes the mails. Several of each task at once show
//! what commits in groups bring.

mod letters;
mod plain;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use hub::{
    Hub,
    intake::{Arrived, Transport},
};
use jiff::Timestamp;
use mail::{
    Accepted, OutgoingMail, delivery_report,
    incoming::{self, Limits, content_key},
    quoting,
    transport::Sending,
};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use self::{letters::Letters, plain::Plain};
use super::{
    Outcome, ROUNDS, folder_on_disk,
    running_clock::RunningClock,
    table::{Spread, markdown},
};
use crate::{Cluster, Setup, council::sample_council, database, hub::join};

/// Bytes of a short mail, of one with a page beside its text, and of one with a document.
const SIZES: [usize; 3] = [2 * 1024, 11 * 1024, 400 * 1024];
/// So much fewer of the large ones, so that a round of each takes about as long.
const FEWER: [u32; 3] = [1, 1, 5];
/// Tasks of each kind, where commits may come in groups.
const TOGETHER: u32 = 4;
/// How often it is looked whether all is done.
const BETWEEN_LOOKS: Duration = Duration::from_millis(1);
/// What is promised, of the slower of the two beside it.
const SHARE: f64 = 0.7;

/// Figures of one database and size, each a second.
#[derive(Default)]
struct Figures {
    whole: Vec<f64>,
    together: Vec<f64>,
    commits: Vec<f64>,
    reading: Vec<f64>,
}

struct Side {
    name: &'static str,
    hub: Hub,
    server: Arc<CountingServer>,
    plain: Plain,
    figures: [Figures; 3],
}

/// Takes in, files and acknowledges `size` mails a round (fewer large ones), on SQLite and on PostgreSQL.
///
/// # Errors
/// When a database refuses, or a mail did not become an acknowledged enquiry.
pub async fn run(size: u32) -> Outcome<String> {
    let folder = folder_on_disk()?;
    let cluster = Cluster::start(&[]);
    let mut letters = Letters::default();
    let sqlite = folder.path().join("sqlite");
    let postgres = folder.path().join("postgres");
    let mut sides = [
        Side::open("SQLite", "sqlite:", &sqlite, &mut letters).await?,
        Side::open("PostgreSQL", &cluster.database(), &postgres, &mut letters).await?,
    ];
    for _ in 0..ROUNDS {
        for side in &mut sides {
            for (place, bytes) in SIZES.into_iter().enumerate() {
                let count = (size / FEWER[place]).max(1);
                side.round(place, &mut letters, bytes, count).await?;
            }
        }
    }
    let heads = [
        "",
        "whole",
        "least to most",
        "commits alone",
        "reading alone",
        "of the slower",
        "in groups",
    ];
    Ok(format!(
        "Mails a second, {size} a round and a fifth of that at 400 KB; medians of {ROUNDS} interleaved rounds, with \
         at least {SHARE} of the slower promised. “In groups”: {TOGETHER} tasks and {TOGETHER} workers.\n\n{}",
        markdown(&heads, &rows(&sides))
    ))
}

fn rows(sides: &[Side]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for side in sides {
        for (figures, bytes) in side.figures.iter().zip(SIZES) {
            let shares: Vec<f64> = figures
                .whole
                .iter()
                .zip(figures.commits.iter().zip(&figures.reading))
                .map(|(whole, (commits, reading))| whole / commits.min(*reading))
                .collect();
            let whole = Spread::of(&figures.whole);
            let median = |figures: &[f64]| format!("{:.0}", Spread::of(figures).median);
            rows.push(vec![
                format!("{}: {} KB", side.name, bytes / 1024),
                format!("{:.0}", whole.median),
                format!("{:.0} to {:.0}", whole.least, whole.most),
                median(&figures.commits),
                median(&figures.reading),
                format!("{:.2}", Spread::of(&shares).median),
                median(&figures.together),
            ]);
        }
    }
    rows
}

impl Side {
    async fn open(
        name: &'static str,
        address: &str,
        folder: &Path,
        letters: &mut Letters,
    ) -> Outcome<Self> {
        std::fs::create_dir(folder)?;
        let server = Arc::new(CountingServer::default());
        let hub = join(
            folder,
            database::open(address, folder, &sample_council()).await,
            Arc::new(RunningClock::start()),
            Arc::clone(&server) as Arc<dyn mail::Transport>,
            Setup::default(),
        );
        // The first shows what an acknowledgement holds, and warms what is made once.
        take_all(&hub, &server, vec![letters.write(SIZES[0])], 1).await?;
        let plain = Plain::after(&hub, &folder.join("plain")).await?;
        Ok(Self {
            name,
            hub,
            server,
            plain,
            figures: Default::default(),
        })
    }

    async fn round(
        &mut self,
        place: usize,
        letters: &mut Letters,
        bytes: usize,
        count: u32,
    ) -> Outcome<()> {
        let mut batch = || -> Vec<Vec<u8>> { (0..count).map(|_| letters.write(bytes)).collect() };
        let figures = &mut self.figures[place];
        let mails = batch();
        let begun = Instant::now();
        take_all(&self.hub, &self.server, mails, 1).await?;
        figures.whole.push(a_second(count, begun.elapsed()));

        let mails = batch();
        let begun = Instant::now();
        self.plain.write_all(mails).await?;
        figures.commits.push(a_second(count, begun.elapsed()));

        let mails = batch();
        let begun = Instant::now();
        tokio::task::spawn_blocking(move || mails.iter().for_each(|raw| read(raw))).await?;
        figures.reading.push(a_second(count, begun.elapsed()));

        let mails = batch();
        let begun = Instant::now();
        take_all(&self.hub, &self.server, mails, TOGETHER).await?;
        figures.together.push(a_second(count, begun.elapsed()));
        Ok(())
    }
}

fn a_second(count: u32, time: Duration) -> f64 {
    f64::from(count) / time.as_secs_f64()
}

/// Everything that is done with a mail's bytes before anything is written.
fn read(raw: &[u8]) {
    std::hint::black_box(content_key(raw));
    let mail = incoming::read(raw, &Limits::default());
    std::hint::black_box(quoting::fold(&mail.text));
    std::hint::black_box(delivery_report::read_sent_by(raw, Some("pat@example.net")));
    std::hint::black_box(mail);
}

/// Lets so many tasks take mails in, beside so many workers as a server has one.
async fn take_all(
    hub: &Hub,
    server: &CountingServer,
    mails: Vec<Vec<u8>>,
    tasks: u32,
) -> Outcome<()> {
    let wanted = server.taken() + mails.len();
    let stop = CancellationToken::new();
    let mut workers = JoinSet::new();
    let mut taking = JoinSet::new();
    for share in shares(mails, tasks) {
        workers.spawn(hub::jobs::work(hub.clone(), stop.clone()));
        let hub = hub.clone();
        taking.spawn(async move {
            for raw in share {
                hub.intake().receive(arrived(raw)).await?;
            }
            Ok::<(), hub::Error>(())
        });
    }
    while let Some(taken) = taking.join_next().await {
        taken??;
    }
    while server.taken() < wanted {
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    // What is under way is finished first.
    stop.cancel();
    workers.join_all().await;
    let backlog = hub.backlog().await?;
    if (
        backlog.jobs_waiting,
        backlog.jobs_dead,
        backlog.mails_waiting,
    ) != (0, 0, 0)
    {
        return Err("not every mail became an acknowledged enquiry".into());
    }
    Ok(())
}

/// A mail server that takes everything at once, and counts.
#[derive(Default)]
struct CountingServer(AtomicUsize);

impl CountingServer {
    fn taken(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl mail::Transport for CountingServer {
    fn send<'a>(&'a self, _: &'a OutgoingMail, _: Timestamp) -> Sending<'a> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let answer = "250 2.0.0 taken".to_owned();
        Box::pin(async { Ok(Accepted { answer }) })
    }
}

fn shares(mails: Vec<Vec<u8>>, tasks: u32) -> Vec<Vec<Vec<u8>>> {
    let mut shares = vec![Vec::new(); tasks as usize];
    for (place, mail) in mails.into_iter().enumerate() {
        let share = place % shares.len();
        shares[share].push(mail);
    }
    shares
}

fn arrived(raw: Vec<u8>) -> Arrived {
    Arrived {
        raw,
        envelope_from: Some("pat@example.net".to_owned()),
        envelope_to: Some("enquiries@send.example.org".to_owned()),
        transport: Transport::Pipe,
    }
}
