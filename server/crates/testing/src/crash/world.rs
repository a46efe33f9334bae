//! Everything around the program: its settings, the mail servers, its officer, and what people were told.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use store::Database;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{
    Plan,
    book::Book,
    browser::{Browser, Front},
    temper,
};
use crate::{
    council::SAMPLE_COUNCIL,
    hub::PASSWORD,
    mail_servers::{self, MailServers},
    sink::Sink,
};

/// The mailbox that the program reads.
pub(super) const MAILBOX: &str = "hub@example.org";
/// The officer's sign-in.
const OFFICER: &str = "officer@council.example.org";
/// How long a worker may hold a job: what a killed one held is free again after that.
const LEASE_SECONDS: &str = "4";
/// How long the sending server takes to say what becomes of a mail.
const SLOWNESS: Duration = Duration::from_millis(15);

/// Everything around the program.
pub(super) struct World {
    pub(super) binary: PathBuf,
    pub(super) address: String,
    pub(super) processes: usize,
    pub(super) book: Book,
    pub(super) front: Front,
    pub(super) sink: Sink,
    pub(super) servers: MailServers,
    pub(super) database: Database,
    /// Runs the sending server, and whoever speaks IMAP or SQL.
    pub(super) runtime: Runtime,
    folder: TempDir,
}

impl World {
    /// A council's hub with an empty database and one officer; nothing serves yet.
    pub(super) fn open(plan: &Plan) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let folder = TempDir::new().expect("a temporary folder");
        let servers = MailServers::start();
        let sink = runtime.block_on(Sink::start_with(SLOWNESS, temper::answer));
        write_settings(folder.path(), &servers);
        let address = match plan.database.as_str() {
            "sqlite:" => format!("sqlite:{}", folder.path().join("hub.db").display()),
            other => other.to_owned(),
        };
        let sink = sink.expect("a port");
        add_officer(command(&plan.binary, folder.path(), &address, sink.url()));
        let database = runtime.block_on(Database::connect(&address, folder.path()));
        Self {
            binary: plan.binary.clone(),
            address,
            processes: plan.processes,
            book: Book::default(),
            front: Front::default(),
            sink,
            servers,
            database: database.expect("the database"),
            runtime,
            folder,
        }
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// `send-hub` with these settings and nothing of the machine's own.
    pub(super) fn command(&self) -> Command {
        command(&self.binary, self.folder(), &self.address, self.sink.url())
    }
}

/// A browser with the officer's session.
pub(super) fn signed_in(world: &World) -> Browser<'_> {
    let mut browser = Browser::new(&world.front);
    let fields = [("email", OFFICER), ("password", PASSWORD)];
    let answer = browser.post("/desk/sign-in", &fields);
    if answer.status != 303 {
        let words = answer.told();
        let complaint = format!("the sign-in was answered with {words}");
        world.book.complain(complaint);
    }
    browser
}

fn write_settings(folder: &Path, servers: &MailServers) {
    fs::create_dir_all(folder.join("site/assets")).expect("a folder");
    fs::create_dir_all(folder.join("data-0")).expect("a folder");
    let toml = format!(
        "[[mailbox]]\nname = 'enquiries'\nhost = 'localhost'\nport = {}\nauthority = '{}'\nuser = '{MAILBOX}'\n\
         password = '{}'\npoll_seconds = 1\n",
        servers.imaps_port(),
        servers.authority().display(),
        mail_servers::PASSWORD
    );
    for (name, text) in [
        ("send-hub.toml", toml.as_str()),
        ("council.toml", SAMPLE_COUNCIL),
        (
            "site/assets.json",
            r#"{"site.css": "/assets/site.css", "script.js": "/assets/script.js"}"#,
        ),
        ("site/assets/site.css", "body{}"),
        ("site/assets/script.js", ""),
    ] {
        fs::write(folder.join(name), text).expect(name);
    }
}

fn command(binary: &Path, folder: &Path, database: &str, smtp: &str) -> Command {
    let mut command = Command::new(binary);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SEND_HUB_")) {
        command.env_remove(name);
    }
    command
        .current_dir(folder)
        .env("SEND_HUB_DATA", folder.join("data-0"))
        .env("SEND_HUB_COUNCIL", folder.join("council.toml"))
        .env("SEND_HUB_SECRET_KEY", folder.join("secret.key"))
        .env("SEND_HUB_SITE", folder.join("site"))
        .env("SEND_HUB_DATABASE_URL", database)
        .env("SEND_HUB_SMTP_URL", smtp)
        .env("SEND_HUB_JOB_LEASE_SECONDS", LEASE_SECONDS)
        .env("SEND_HUB_REPLY_UNDO_SECONDS", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    command
}

fn add_officer(mut command: Command) {
    let mut adding = command
        .args(["user", "add", "--name", "Olu Officer", "--role", "officer"])
        .args(["--team", "send-enquiries", "--email", OFFICER])
        .stdin(Stdio::piped())
        .spawn()
        .expect("send-hub");
    let mut input = adding.stdin.take().expect("its input");
    writeln!(input, "{PASSWORD}").expect("a password");
    drop(input);
    assert!(adding.wait().expect("its end").success(), "no officer");
}
