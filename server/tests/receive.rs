//! `send-hub receive`: ends with 0 once a mail is kept, and with 75 whatever else happens.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

#[path = "../crates/mail/tests/beside/mod.rs"]
mod beside;
mod running;

use std::{
    collections::{HashMap, HashSet},
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use domain::codes::IncomingState;
use mail::incoming::{ContentKey, Problem, content_key};
use running::{Folder, Server, eventually};
use store::{AcknowledgementState, Database, Incoming};

const QUESTION: &str = "From: Pat Parent <pat@example.net>\r\nTo: enquiries@send.example.org\r\n\
     Subject: Taxi\r\nMessage-ID: <1@example.net>\r\n\r\nWhen will it come?\r\n";
const ENVELOPE: [&str; 5] = [
    "receive",
    "--from",
    "pat@example.net",
    "--to",
    "enquiries@send.example.org",
];

/// A hub that was set up, and runs no more.
fn set_up() -> Folder {
    let folder = Folder::new();
    Server::start(&folder, &[]).terminate();
    folder
}

/// How a command ended that was given these bytes, and what it said.
fn pipe(mut command: Command, bytes: &[u8]) -> (Option<i32>, String) {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("send-hub starts");
    // It may have ended before it reads all of it.
    let _ = child.stdin.take().expect("its input").write_all(bytes);
    let output = child.wait_with_output().expect("its end");
    let words = [output.stdout, output.stderr].concat();
    let words = String::from_utf8_lossy(&words).into_owned();
    (output.status.code(), words)
}

fn receive(folder: &Folder, bytes: &[u8]) -> (Option<i32>, String) {
    let mut command = folder.command();
    command.args(ENVELOPE);
    pipe(command, bytes)
}

#[test]
fn a_mail_server_that_reads_no_answer_still_keeps_the_mail() {
    let folder = set_up();
    let mut command = folder.command();
    // A slip in the settings: the mail cannot be kept.
    command.env("SEND_HUB_LISTEN", "nowhere").args(ENVELOPE);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("send-hub starts");
    drop(child.stderr.take());
    let _ = child.stdin.take().expect("its input").write_all(b"Hello");
    let ended = child.wait().expect("its end");
    assert_eq!(ended.code(), Some(75));
}

/// Everything that came in, whatever became of it.
async fn incoming(folder: &Folder) -> Vec<Incoming> {
    let database = Database::connect(folder.address(), &folder.data()).await;
    let database = database.expect("the database");
    let mut tx = database.read().await.expect("a look");
    let mut all = Vec::new();
    for state in IncomingState::ALL {
        let standing = tx.intake().standing(*state, None, 10_000).await;
        all.extend(standing.expect("a list"));
    }
    drop(tx);
    database.close().await;
    all
}

#[test]
fn a_message_on_standard_input_becomes_an_enquiry_beside_a_running_server() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    for _ in 0..2 {
        let (code, words) = receive(&folder, QUESTION.as_bytes());
        assert_eq!(code, Some(0), "{words}");
        assert_eq!(words, "", "a mail server has nothing to report");
    }
    eventually("the acknowledgement", || folder.mails().len() == 1);
    let mail = &folder.mails()[0];
    assert!(mail.contains("In-Reply-To: <1@example.net>"), "{mail}");
    let session = server.sign_in(&folder);
    let desk = server.get("/desk", Some(&session)).body;
    assert!(desk.contains("Pat Parent"), "{desk}");
}

#[tokio::test]
async fn it_is_kept_while_no_server_runs() {
    let folder = set_up();
    assert_eq!(receive(&folder, QUESTION.as_bytes()).0, Some(0));
    let all = incoming(&folder).await;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].state, IncomingState::Received);
    assert_eq!(all[0].mail.size, QUESTION.len() as u64);
}

#[test]
fn it_ends_with_75_when_nothing_can_be_kept() {
    let empty = Folder::new();
    let (code, words) = receive(&empty, QUESTION.as_bytes());
    assert_eq!(code, Some(75), "a database without tables: {words}");
    assert!(words.starts_with("4.3.0 "), "{words}");

    let folder = set_up();
    assert_eq!(receive(&folder, b"").0, Some(75), "nothing came");
    let with = |arguments: &[&str], setting: (&str, &str)| {
        let mut command = folder.command();
        command.args(arguments).env(setting.0, setting.1);
        pipe(command, QUESTION.as_bytes())
    };
    let nothing = ("SEND_HUB_LOG", "info");
    for arguments in [
        &["receive"][..],
        &["receive", "--from"],
        &["receive", "--sender", "pat@example.net"],
        &[
            "--config",
            "not-there.toml",
            "receive",
            "--from=",
            "--to=a@example.org",
        ],
    ] {
        let (code, words) = with(arguments, nothing);
        assert_eq!(code, Some(75), "{arguments:?}: {words}");
        assert!(words.starts_with("4.3.5 "), "{words}");
    }
    let nowhere = "postgres://nobody@127.0.0.1:1/nothing";
    for setting in [
        ("SEND_HUB_LISTEN", "nowhere"),
        ("SEND_HUB_DATABASE_URL", nowhere),
        ("SEND_HUB_DATABASE_URL", "sqlite:/proc/nothing.db"),
    ] {
        let (code, words) = with(&ENVELOPE, setting);
        assert_eq!(code, Some(75), "{setting:?}: {words}");
    }
    let help = folder.command().args(["receive", "--help"]).output();
    assert!(help.expect("it runs").status.success());
}

#[tokio::test]
async fn a_full_disk_ends_it_with_75_and_keeps_nothing() {
    if testing::database::on_postgres() {
        return;
    }
    let folder = set_up();
    let mut large = QUESTION.as_bytes().to_vec();
    large.resize(4 * 1024 * 1024, b'x');
    let script = "trap '' XFSZ; ulimit -f 2048; exec \"$0\" \"$@\"";
    let mut shell = folder.shell();
    shell.args(["-c", script, env!("CARGO_BIN_EXE_send-hub")]);
    shell.args(ENVELOPE);
    let (code, words) = pipe(shell, &large);
    assert_eq!(code, Some(75), "{words}");
    assert!(incoming(&folder).await.is_empty());
    assert_eq!(receive(&folder, &large).0, Some(0), "with room, it is kept");
}

#[test]
fn sender_and_recipient_may_stand_in_any_order() {
    let folder = set_up();
    for arguments in [
        &["--from", "pat@example.net", "--to", "a@example.org"][..],
        &["--to", "a@example.org", "--from", "pat@example.net"],
        &["--to", "a@example.org", "b@example.org", "--from", ""],
        &["--to=a@example.org", "--to=b@example.org", "--from="],
        &["--to=-odd@example.org", "--from", "-odd@example.net"],
    ] {
        let mut command = folder.command();
        command.arg("receive").args(arguments);
        let (code, words) = pipe(command, QUESTION.as_bytes());
        assert_eq!(code, Some(0), "{arguments:?}: {words}");
    }
}

#[tokio::test]
async fn killed_half_way_it_has_kept_nothing_and_the_next_try_keeps_it_once() {
    let folder = set_up();
    let mut command = folder.command();
    let mut child = command
        .args(ENVELOPE)
        .stdin(Stdio::piped())
        .spawn()
        .expect("send-hub starts");
    let mut input = child.stdin.take().expect("its input");
    let half = QUESTION.len() / 2;
    input
        .write_all(&QUESTION.as_bytes()[..half])
        .expect("half of it");
    child.kill().expect("kill -9");
    assert_eq!(child.wait().expect("its end").code(), None);
    assert!(incoming(&folder).await.is_empty());
    for _ in 0..2 {
        assert_eq!(receive(&folder, QUESTION.as_bytes()).0, Some(0));
    }
    assert_eq!(incoming(&folder).await.len(), 1);
}

#[tokio::test]
async fn what_is_too_large_is_refused_at_once_rather_than_in_five_days() {
    let folder = set_up();
    let mut command = folder.command();
    command
        .args(ENVELOPE)
        .env("SEND_HUB_LARGEST_MESSAGE_MB", "1");
    let (code, words) = pipe(command, &vec![b'x'; 1024 * 1024 + 1]);
    assert_eq!(code, Some(69));
    assert!(words.starts_with("5.3.4 "), "{words}");
    assert!(incoming(&folder).await.is_empty());
}

/// The messages of the corpus, each with its name. What is a body alone gets headers.
fn messages(corpus: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for part in ["council", "bounces", "replies/emails"] {
        let files = fs::read_dir(corpus.join(part)).expect("the folder");
        for file in files {
            let file = file.expect("a file").path();
            let name = format!("{part}/{}", file.file_name().unwrap_or_default().display());
            let mut raw = fs::read(&file).expect("a message");
            if part == "replies/emails" {
                let headers = format!(
                    "From: {}@example.net\r\nTo: enquiries@send.example.org\r\nSubject: Re: Taxi\r\n\
                     Content-Type: text/plain; charset=utf-8\r\n\r\n",
                    all.len()
                );
                raw = [headers.into_bytes(), raw].concat();
            }
            all.push((name, raw));
        }
    }
    all.sort();
    all
}

/// What the mail server that wrote a message down was told; where it did not say, somebody's address.
fn return_path(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let header = text
        .lines()
        .take_while(|line| !line.is_empty())
        .find_map(|line| line.strip_prefix("Return-Path:"));
    let path = header.unwrap_or("pat@example.net").trim();
    path.trim_matches(['<', '>']).to_owned()
}

#[tokio::test]
async fn every_message_of_the_corpus_is_kept_and_filed_and_no_bounce_is_acknowledged() {
    let Some(corpus) = beside::corpus() else {
        return;
    };
    let folder = set_up();
    let messages = messages(&corpus);
    for (name, raw) in &messages {
        let from = format!("--from={}", return_path(raw));
        let mut command = folder.command();
        command.args(["receive", &from, "--to", "enquiries@send.example.org"]);
        let (code, words) = pipe(command, raw);
        assert_eq!(code, Some(0), "{name}: {words}");
    }
    let kept = kept(&folder).await;
    nothing_is_lost(&messages, &kept);
    let server = Server::start(&folder, &[]);
    let database = Database::connect(folder.address(), &folder.data()).await;
    let database = database.expect("the database");
    wait_until_all_are_filed(&database).await;
    let mut acknowledged = Vec::new();
    let mut tx = database.read().await.expect("a look");
    for (name, raw) in &messages {
        let id = kept[&content_key(raw)].0.mail.id;
        let row = tx.intake().get(id).await.expect("a row");
        let row = row.expect("it is there");
        let became = tx.mailed().became(id).await.expect("a row");
        match row.state {
            IncomingState::Filed => {
                let (enquiry, _) = became.expect("a filed mail is a message");
                let told = tx.enquiries().acknowledgement(enquiry).await;
                let told = told.expect("a row");
                let bounce = name.starts_with("bounces/");
                let queued = Some(AcknowledgementState::Queued);
                let sent = Some(AcknowledgementState::Sent);
                if bounce && (told == queued || told == sent) {
                    acknowledged.push(name);
                }
                let mailed = tx.mailed().of_enquiry(enquiry).await.expect("its mails");
                let unreadable = Problem::Unreadable.code();
                assert!(
                    mailed.iter().all(|one| one.problems != [unreadable]),
                    "{name} could not be read"
                );
            }
            IncomingState::Quarantined | IncomingState::Report | IncomingState::Noted => {}
            other => panic!("{name} is {other}"),
        }
        assert_ne!(
            row.reason,
            Some(domain::codes::QuarantineReason::CouldNotBeFiled),
            "{name}"
        );
    }
    drop(server);
    assert!(acknowledged.is_empty(), "acknowledged: {acknowledged:?}");
}

/// What was kept, with its bytes, by what makes it one message.
type Kept = HashMap<ContentKey, (Incoming, Vec<u8>)>;

async fn kept(folder: &Folder) -> Kept {
    let all = incoming(folder).await;
    let database = Database::connect(folder.address(), &folder.data()).await;
    let database = database.expect("the database");
    let mut tx = database.read().await.expect("a look");
    let mut kept = Kept::new();
    for row in all {
        let raw = tx.intake().raw(row.mail.id).await.expect("a look");
        let raw = raw.expect("its bytes");
        assert_eq!(row.mail.sha256, sha2_of(&raw));
        let before = kept.insert(content_key(&raw), (row, raw));
        assert!(before.is_none(), "one message is kept twice");
    }
    drop(tx);
    database.close().await;
    kept
}

/// Of each message its own bytes are there, or those of another delivery of it; and nothing else is.
fn nothing_is_lost(messages: &[(String, Vec<u8>)], kept: &Kept) {
    let mut keys = HashSet::new();
    for (name, raw) in messages {
        let key = content_key(raw);
        let found = kept.get(&key);
        assert!(found.is_some(), "{name} is lost");
        let deliveries = messages
            .iter()
            .filter(|(_, other)| content_key(other) == key);
        assert!(
            deliveries
                .into_iter()
                .any(|(_, other)| found.is_some_and(|(_, bytes)| other == bytes)),
            "{name} is not as it came"
        );
        keys.insert(key);
    }
    assert_eq!(kept.len(), keys.len());
}

async fn wait_until_all_are_filed(database: &Database) {
    let mut left = 0;
    for _ in 0..600 {
        let mut tx = database.read().await.expect("a look");
        let waiting = tx.intake().count(IncomingState::Received).await;
        left = waiting.expect("a count");
        if left == 0 {
            break;
        }
        drop(tx);
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    assert_eq!(left, 0, "all are filed");
}

fn sha2_of(raw: &[u8]) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(raw).into()
}

mod postgres_silence {
    use std::time::{Duration, Instant};

    use store::{PostgresTx, Tx};
    use testing::{Cable, Cluster, council::sample_council, database, eventually};

    use super::*;

    const WAITING: &str = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' \
                           AND datname = current_database()";

    fn postgres(tx: &mut Tx) -> &mut PostgresTx {
        match tx {
            Tx::Postgres(tx) => tx,
            Tx::Sqlite(_) => unreachable!("it is a server"),
        }
    }

    #[tokio::test]
    async fn a_database_that_vanishes_half_way_ends_it_with_75_in_good_time() {
        let (cluster, folder) = (Cluster::shared(), Folder::new());
        let address = cluster.database();
        let name = address.split(['/', '?']).nth(3).expect("its name");
        let near = database::open(&address, Path::new(""), &sample_council()).await;
        let cable = Cable::to(cluster.socket()).await;

        // Somebody else keeps it in the middle of its work.
        let mut other = near.begin().await.expect("a transaction");
        let lock = sqlx::raw_sql("LOCK TABLE incoming IN ACCESS EXCLUSIVE MODE");
        lock.execute(&mut **postgres(&mut other))
            .await
            .expect("a lock");
        let mut command = folder.command();
        command
            .env("SEND_HUB_DATABASE_URL", cable.address(name))
            .args(ENVELOPE);
        let began = Instant::now();
        let ends = tokio::task::spawn_blocking(|| pipe(command, QUESTION.as_bytes()));
        eventually(async || {
            let mut look = near.read().await.expect("a transaction");
            let waiting = sqlx::query_as(WAITING).fetch_one(&mut **postgres(&mut look));
            let (count,): (i64,) = waiting.await.expect("a count");
            (count == 1).then_some(())
        })
        .await;
        cable.pull();
        other.rollback().await.expect("no lock any more");

        let (code, words) = ends.await.expect("its end");
        assert_eq!(code, Some(75), "{words}");
        assert!(began.elapsed() < Duration::from_mins(2));
        let mut tx = near.read().await.expect("a transaction");
        let kept = tx.intake().count(IncomingState::Received).await;
        assert_eq!(kept.expect("a count"), 0);
    }
}
