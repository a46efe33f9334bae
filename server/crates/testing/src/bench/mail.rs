//! How many mails a second become committed, acknowledged enquiries, beside the same commits and bytes without reading
//! any mail, and beside reading them alone.
//!
//! One task takes mails in, a second files them and a third acknowledges them, as a server does. `plain.rs` writes the same rows in
//! the same transactions with what is known beforehand; `letters.rs` makes the mails. Several of each task at once show
//! what commits in groups bring.

mod letters;
mod plain;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use hub::{
    Hub,
    intake::{Arrived, Transport},
    jobs::Lane,
};
use mail::{
    delivery_report,
    incoming::{self, Limits, content_key},
    quoting,
};

use self::{letters::Letters, plain::Plain};
use super::{
    Outcome, ROUNDS, folder_on_disk,
    running_clock::RunningClock,
    table::{Spread, markdown},
};
use crate::{Cluster, MailCatcher, Setup, council::sample_council, database, hub::join};

/// Bytes of a short mail, of one with a page beside its text, and of one with a document.
const SIZES: [usize; 3] = [2 * 1024, 11 * 1024, 400 * 1024];
/// So much fewer of the large ones, so that a round of each takes about as long.
const FEWER: [u32; 3] = [1, 1, 5];
/// Tasks of each kind, where commits may come in groups.
const TOGETHER: u32 = 4;
/// How long a task waits that has nothing to do.
const IDLE: Duration = Duration::from_millis(1);
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
         at least {SHARE} of the slower promised. “In groups”: {TOGETHER} tasks of each kind.\n\n{}",
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
        let hub = join(
            folder,
            database::open(address, folder, &sample_council()).await,
            Arc::new(RunningClock::start()),
            Arc::new(MailCatcher::default()),
            Setup::default(),
        );
        // The first shows what an acknowledgement holds, and warms what is made once.
        take_all(&hub, vec![letters.write(SIZES[0])], 1).await?;
        let plain = Plain::after(&hub, &folder.join("plain")).await?;
        Ok(Self {
            name,
            hub,
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
        take_all(&self.hub, mails, 1).await?;
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
        take_all(&self.hub, mails, TOGETHER).await?;
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

/// Takes mails in, files and acknowledges them, by so many tasks of each kind.
async fn take_all(hub: &Hub, mails: Vec<Vec<u8>>, tasks: u32) -> Outcome<()> {
    let [taking, filing, sending] = [(); 3].map(|()| Arc::new(AtomicU32::new(tasks)));
    let mut working = Vec::new();
    for share in shares(mails, tasks) {
        let (hub, taking) = (hub.clone(), Arc::clone(&taking));
        working.push(tokio::spawn(async move {
            for raw in share {
                hub.intake().receive(arrived(raw)).await?;
            }
            taking.fetch_sub(1, Ordering::Relaxed);
            Ok::<(), hub::Error>(())
        }));
    }
    for (lane, before, own) in [
        (Lane::Ours, &taking, &filing),
        (Lane::Sending, &filing, &sending),
    ] {
        for _ in 0..tasks {
            let (before, own) = (Arc::clone(before), Arc::clone(own));
            working.push(tokio::spawn(work(hub.clone(), lane, before, own)));
        }
    }
    for task in working {
        task.await??;
    }
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

/// Works in a lane until nothing is due and none of the tasks before it, whose number this is, still runs.
async fn work(
    hub: Hub,
    lane: Lane,
    before: Arc<AtomicU32>,
    own: Arc<AtomicU32>,
) -> Result<(), hub::Error> {
    loop {
        let last = before.load(Ordering::Relaxed) == 0;
        if hub::jobs::run_due_of(&hub, lane).await? > 0 {
            continue;
        }
        if last {
            own.fetch_sub(1, Ordering::Relaxed);
            return Ok(());
        }
        // A look takes SQLite's one writer from the others, so that nobody looks all the time.
        tokio::time::sleep(IDLE).await;
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
