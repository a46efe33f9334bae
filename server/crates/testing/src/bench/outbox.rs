//! How many mails a second one, two and four worker processes hand to a mail server on the same machine, on both
//! databases, and whether any mail was ever handed over twice; beside the same mails by SMTP alone.
//!
//! The time runs from the first connection that the server sees to the last mail that it takes, so that the start of
//! the processes is not in it. `sink.rs` is that server.

use std::{collections::BTreeSet, path::Path, process::Stdio, sync::Arc, time::Duration};

use domain::{
    codes::MessageKind,
    ids::{EnquiryId, JobId, MailId},
};
use hub::Hub;
use jiff::Timestamp;
use mail::{FolderTransport, SmtpTransport, Transport, transport::SmtpSettings};
use rand::{SeedableRng, rngs::StdRng};
use store::{Database, Lane, NewJob, NewMail, Tx};
use tokio::process::{Child, Command};

use super::{
    Outcome, ROUNDS, folder_on_disk,
    running_clock::RunningClock,
    table::{Spread, markdown},
};
use crate::{
    Answers, Cluster, Setup,
    council::sample_council,
    database,
    hub::{MONDAY, fill_in, join, time},
    sink::Sink,
};

const WORKERS: [usize; 3] = [1, 2, 4];
/// The text of a usual letter is about as long.
const BODY: usize = 2_000;
/// Rows a transaction, as the store asks.
const CHUNK: u32 = 100;

/// One database, and mails a second in each round for each number of workers.
struct Side {
    name: &'static str,
    address: String,
    database: Database,
    enquiry: EnquiryId,
    rounds: [Vec<f64>; 3],
}

/// Hands over `size` mails in each round for each number of workers.
///
/// # Errors
/// When a database or the server refuses, or a mail was handed over twice or never.
pub async fn run(size: u32) -> Outcome<String> {
    let folder = folder_on_disk()?;
    let cluster = Cluster::start(&[]);
    let sqlite = format!("sqlite:{}", folder.path().join("bench.db").display());
    let mut sides = [
        Side::open("SQLite", sqlite, folder.path()).await?,
        Side::open("PostgreSQL", cluster.database(), folder.path()).await?,
    ];
    let sink = Sink::start().await?;
    let mut random = StdRng::seed_from_u64(1);
    let mut alone = Vec::new();
    for _ in 0..ROUNDS {
        alone.push(smtp_alone(&sink, size, &mut random).await?);
        for side in &mut sides {
            for (place, workers) in WORKERS.into_iter().enumerate() {
                side.write(size, &mut random).await?;
                let figure = side.round(&sink, size, workers).await?;
                if let Some(figures) = side.rounds.get_mut(place) {
                    figures.push(figure);
                }
            }
        }
    }
    Ok(format!(
        "{size} mails a round over a connection each; medians of {ROUNDS} interleaved rounds. No mail was handed \
         over twice.\n\n{}",
        table(&alone, &sides)
    ))
}

fn table(alone: &[f64], sides: &[Side]) -> String {
    let row = |name: String, workers: String, figures: &[f64]| {
        let spread = Spread::of(figures);
        vec![
            name,
            workers,
            format!("{:.0}", spread.median),
            format!("{:.0} to {:.0}", spread.least, spread.most),
        ]
    };
    let mut rows = vec![row("SMTP alone".to_owned(), "1".to_owned(), alone)];
    for side in sides {
        for (figures, workers) in side.rounds.iter().zip(WORKERS) {
            rows.push(row(side.name.to_owned(), workers.to_string(), figures));
        }
    }
    let head = ["", "worker processes", "mails a second", "least to most"];
    markdown(&head, &rows)
}

impl Side {
    /// A database with one enquiry, whose acknowledgement has gone.
    async fn open(name: &'static str, address: String, folder: &Path) -> Outcome<Self> {
        let own = folder.join(name);
        std::fs::create_dir(&own)?;
        let database = database::open(&address, &own, &sample_council()).await;
        let hub = joined(&own, database.clone(), Arc::new(FolderTransport::new(&own)));
        let draft = fill_in(&hub, &Answers::default()).await;
        let reference = hub.enquiries().submit(&draft).await?.reference;
        hub::jobs::run_due(&hub).await?;
        let enquiry = database
            .read()
            .await?
            .enquiries()
            .by_reference(&reference)
            .await?;
        Ok(Self {
            name,
            address,
            database,
            enquiry: enquiry.ok_or("the enquiry is gone")?.id,
            rounds: Default::default(),
        })
    }

    /// Puts `size` mails and their jobs into the outbox, each in an enquiry of its own: a mail looks for those before
    /// it in the same one.
    async fn write(&self, size: u32, random: &mut StdRng) -> Outcome<()> {
        let mut left = size;
        while left > 0 {
            let now = time(MONDAY);
            let mut tx = self.database.begin().await?;
            for _ in 0..left.min(CHUNK) {
                let enquiry = EnquiryId::generate(now, random);
                copy(&mut tx, self.enquiry, enquiry).await?;
                let mail = letter(enquiry, now, random)?;
                tx.outbox().insert(&mail).await?;
                let job = NewJob {
                    id: JobId::generate(now, random),
                    lane: Lane::Sending,
                    kind: "send-mail",
                    subject: mail.id.as_uuid(),
                    run_at: now,
                    created_at: now,
                };
                tx.jobs().enqueue(&job).await?;
            }
            tx.commit().await?;
            left -= left.min(CHUNK);
        }
        Ok(())
    }

    async fn round(&self, sink: &Sink, size: u32, workers: usize) -> Outcome<f64> {
        sink.forget();
        let working: Vec<Child> = (0..workers)
            .map(|_| {
                Command::new(std::env::current_exe()?)
                    .args(["--send-outbox-of", &self.address])
                    .args(["--through", sink.url()])
                    .stdout(Stdio::null())
                    .kill_on_drop(true)
                    .spawn()
            })
            .collect::<Result<_, _>>()?;
        for mut worker in working {
            if !worker.wait().await?.success() {
                return Err("a worker failed".into());
            }
        }
        a_second(sink, size)
    }
}

/// Mails a second since the first connection; refused unless each of `size` mails came once.
fn a_second(sink: &Sink, size: u32) -> Outcome<f64> {
    let taken = sink.taken();
    let different: BTreeSet<_> = taken.iter().map(|mail| &mail.message_id).collect();
    if taken.len() != different.len() || different.len() != usize::try_from(size)? {
        let (came, different) = (taken.len(), different.len());
        return Err(format!("{came} mails came, {different} different ones of {size}").into());
    }
    let busy_for = sink.busy_for().ok_or("nothing came")?;
    Ok(f64::from(size) / busy_for.as_secs_f64())
}

/// The same mails by the same transport, one after the other, without a database.
async fn smtp_alone(sink: &Sink, size: u32, random: &mut StdRng) -> Outcome<f64> {
    let transport = smtp(sink.url())?;
    sink.forget();
    for _ in 0..size {
        let now = time(MONDAY);
        let id = MailId::generate(now, random);
        let council = sample_council();
        let from = council.mail.from_address;
        let mail = mail::OutgoingMail {
            id,
            from: mail::Sender {
                name: council.mail.from_name,
                address: from.clone(),
            },
            reply_to: from.clone(),
            to: "jo.bloggs@example.org".parse()?,
            return_path: from.clone(),
            subject: "Your enquiry".to_owned(),
            text: "x ".repeat(BODY / 2),
            html: None,
            message_id: mail::outgoing::message_id(id, &from),
            in_reply_to: None,
            references: Vec::new(),
            automatic: mail::Automatic::Person,
        };
        transport.send(&mail, now).await?;
    }
    a_second(sink, size)
}

/// Another enquiry like the first one.
async fn copy(tx: &mut Tx, first: EnquiryId, id: EnquiryId) -> Outcome<()> {
    const SQL: &str = "INSERT INTO enquiries (id, reference, topic, team, correspondent, channel, state, chasers, \
                       received_at, revision, due_at, acknowledgement) SELECT $1, $2, topic, team, correspondent, \
                       channel, state, chasers, received_at, revision, due_at, acknowledgement \
                       FROM enquiries WHERE id = $3";
    let (reference, id, first) = (format!("BENCH-{id}"), id.as_uuid(), first.as_uuid());
    match tx {
        Tx::Sqlite(tx) => {
            let insert = sqlx::query(SQL).bind(id).bind(reference).bind(first);
            insert.execute(&mut **tx).await?;
        }
        Tx::Postgres(tx) => {
            let insert = sqlx::query(SQL).bind(id).bind(reference).bind(first);
            insert.execute(&mut **tx).await?;
        }
    }
    Ok(())
}

fn letter(enquiry: EnquiryId, now: Timestamp, random: &mut StdRng) -> Outcome<NewMail> {
    let id = MailId::generate(now, random);
    Ok(NewMail {
        id,
        enquiry,
        message: None,
        kind: MessageKind::PromiseMoved,
        to_address: "jo.bloggs@example.org".parse()?,
        to_name: None,
        subject: "Your enquiry".to_owned(),
        body_text: "x ".repeat(BODY / 2),
        body_html: None,
        message_id: format!("<{id}@send.example.org>"),
        in_reply_to: None,
        created_at: now,
    })
}

fn smtp(url: &str) -> Outcome<SmtpTransport> {
    Ok(SmtpTransport::new(SmtpSettings {
        url: url.into(),
        authority: None,
        oauth: None,
    })?)
}

fn joined(folder: &Path, database: Database, transport: Arc<dyn Transport>) -> Hub {
    let clock = Arc::new(RunningClock::start());
    join(folder, database, clock, transport, Setup::default())
}

/// What each worker process does: runs the hub's own worker until nothing is left to send.
///
/// # Errors
/// When the database refuses.
pub async fn send_all(address: &str, through: &str) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let database = Database::connect(address, folder.path()).await?;
    let hub = joined(folder.path(), database, Arc::new(smtp(through)?));
    while hub.backlog().await?.jobs_waiting > 0 {
        if hub::jobs::run_due(&hub).await? == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
    Ok(())
}
