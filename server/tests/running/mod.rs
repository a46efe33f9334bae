//! A real `send-hub` process on a free port with a folder of its own, and a browser's manners.

#![allow(
    dead_code,
    unused_imports,
    reason = "every test file uses its own part"
)]
#![allow(clippy::expect_used, reason = "a test that cannot begin is to stop")]

pub(crate) mod clock;
pub(crate) mod post;

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::Duration,
};

use scraper::{Html, Selector};
use tempfile::TempDir;
use ureq::Agent;

/// An Open Referral file with a service that the sample does not have.
pub(crate) const ONE_SERVICE: &str = r#"{"id": "8f6f5c1e-8d9a-4c5e-9d8e-0c7d7c1f2a11", "name": "Zanzibar Sailing", "status": "active"}"#;

static MAILBOXES: AtomicU32 = AtomicU32::new(0);

/// What an answer came to.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) cookie: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The process; killed when it is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    agent: Agent,
}

/// A folder for the data and one for the site's files, kept while the test runs; and the database.
pub(crate) struct Folder {
    folder: TempDir,
    database: String,
}

impl Folder {
    /// With a new database of the kind that the tests run on this time.
    pub(crate) fn new() -> Self {
        Self::on(testing::database::address())
    }

    /// With the database at this address.
    pub(crate) fn on(database: String) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("assets")).expect("site");
        fs::write(
            site.join("assets.json"),
            r#"{"site.css": "/assets/site.css", "script.js": "/assets/script.js"}"#,
        )
        .expect("assets.json");
        fs::write(site.join("assets/site.css"), "body{}").expect("site.css");
        Self { folder, database }
    }

    /// The address of the database.
    pub(crate) fn address(&self) -> &str {
        &self.database
    }

    /// Goes on with another database.
    pub(crate) fn switch_to(&mut self, database: String) {
        self.database = database;
    }

    /// What one command of `send-hub` did: whether it ended well, and all its words.
    pub(crate) fn run(&self, arguments: &[&str]) -> (bool, String) {
        let output = self.command().args(arguments).output().expect("it runs");
        let words = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&words).into_owned(),
        )
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.path().join("data")
    }

    pub(crate) fn database(&self) -> std::path::PathBuf {
        self.data().join("send-hub.db")
    }

    /// `send-hub` with this folder's settings and nothing of the machine's own.
    pub(crate) fn command(&self) -> Command {
        self.settle(Command::new(env!("CARGO_BIN_EXE_send-hub")))
    }

    /// A shell with the same, to run `send-hub` under its limits.
    pub(crate) fn shell(&self) -> Command {
        self.settle(Command::new("bash"))
    }

    fn settle(&self, mut command: Command) -> Command {
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SEND_HUB_")) {
            command.env_remove(name);
        }
        command
            .current_dir(self.path())
            .env("SEND_HUB_SITE", self.path().join("site"))
            .env("SEND_HUB_DATABASE_URL", &self.database)
            .env("SEND_HUB_JOB_LEASE_SECONDS", "2")
            .env("SEND_HUB_REPLY_UNDO_SECONDS", "0")
            .stdin(Stdio::null());
        command
    }

    /// Every mail that was written to a file; a kill may leave an unfinished one beside them.
    pub(crate) fn mails(&self) -> Vec<String> {
        let Ok(files) = fs::read_dir(self.data().join("mail")) else {
            return Vec::new();
        };
        files
            .filter_map(|file| Some(file.ok()?.path()))
            .filter(|file| file.extension().is_some_and(|kind| kind == "eml"))
            .filter_map(|file| fs::read_to_string(file).ok())
            .collect()
    }
}

/// The words of what a selector finds on a page.
pub(crate) fn text(html: &str, selector: &str) -> String {
    let page = Html::parse_document(html);
    let selector = Selector::parse(selector).expect("a selector");
    let words: Vec<String> = page
        .select(&selector)
        .flat_map(|element| element.text())
        .map(str::to_owned)
        .collect();
    words.join(" ")
}

pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

pub(crate) use testing::eventually::blocking as eventually;

impl Server {
    /// Serves the sample and waits until it is ready.
    pub(crate) fn start(folder: &Folder, settings: &[(&str, &str)]) -> Self {
        Self::start_by(folder, folder.command(), &["serve", "--sample"], settings)
    }

    /// As [`Server::start`], without the sample: the folder holds a council's settings.
    pub(crate) fn start_as_a_council(folder: &Folder) -> Self {
        Self::start_by(folder, folder.command(), &["serve"], &[])
    }

    /// As [`Server::start`], where no file can grow beyond a size: a full disk for one process.
    pub(crate) fn start_with_files_of_at_most(folder: &Folder, kib: u64) -> Self {
        let mut shell = Command::new("bash");
        // Writing too much then fails instead of ending the process.
        let limited = format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" \"$@\"");
        shell.args(["-c", &limited, env!("CARGO_BIN_EXE_send-hub")]);
        Self::start_by(folder, folder.settle(shell), &["serve", "--sample"], &[])
    }

    fn start_by(
        folder: &Folder,
        mut command: Command,
        arguments: &[&str],
        settings: &[(&str, &str)],
    ) -> Self {
        let address = format!("127.0.0.1:{}", free_port());
        command
            .args(arguments)
            .env("SEND_HUB_LISTEN", &address)
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(
                fs::File::options()
                    .create(true)
                    .append(true)
                    .open(folder.path().join("log"))
                    .expect("log"),
            );
        let mut child = command.spawn().expect("send-hub starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        output.read_line(&mut line).expect("its first line");
        assert!(line.contains("is ready"), "{line}: {}", log(folder));
        // Nobody reads the rest; a full pipe would stop the server.
        thread::spawn(move || output.read_to_string(&mut String::new()));
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .new_agent();
        Self {
            child,
            address: format!("http://{address}"),
            agent,
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.try_get(path, cookie).expect("an answer")
    }

    pub(crate) fn try_get(&self, path: &str, cookie: Option<&str>) -> Option<Answer> {
        let mut request = self.agent.get(format!("{}{path}", self.address));
        request = request.header("accept", "text/html");
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        request.call().ok().map(answer)
    }

    pub(crate) fn post(&self, path: &str, cookie: Option<&str>, fields: &[(&str, &str)]) -> Answer {
        self.try_post(path, cookie, fields).expect("an answer")
    }

    /// As a browser posts a form; `None` when the connection broke.
    pub(crate) fn try_post(
        &self,
        path: &str,
        cookie: Option<&str>,
        fields: &[(&str, &str)],
    ) -> Option<Answer> {
        self.post_from(&self.address, path, cookie, fields)
    }

    pub(crate) fn post_from(
        &self,
        origin: &str,
        path: &str,
        cookie: Option<&str>,
        fields: &[(&str, &str)],
    ) -> Option<Answer> {
        let mut request = self.agent.post(format!("{}{path}", self.address));
        request = request
            .header("accept", "text/html")
            .header("origin", origin);
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        request.send_form(fields.iter().copied()).ok().map(answer)
    }

    /// Fills in every page of the form and returns the draft's cookie; nothing is sent yet.
    pub(crate) fn fill_in(&self, message: &str) -> String {
        self.try_fill_in(message).expect("every page is taken")
    }

    /// As [`Server::fill_in`]; `None` when a page was not taken.
    pub(crate) fn try_fill_in(&self, message: &str) -> Option<String> {
        // Each from a mailbox of its own: one address gets few acknowledgements within an hour.
        let mailbox = MAILBOXES.fetch_add(1, Ordering::Relaxed);
        self.try_fill_in_as(message, &format!("pat-{mailbox}@example.org"))
    }

    /// As [`Server::try_fill_in`], to be answered at this address.
    pub(crate) fn try_fill_in_as(&self, message: &str, address: &str) -> Option<String> {
        let cookie = self.post("/ask", None, &[]).cookie?;
        for (step, fields) in [
            ("topic", &[("topic", "something-else")][..]),
            ("who", &[("kind", "parent"), ("name", "Pat Zebrawood")]),
            ("about-child", &[("about_child", "no")]),
            ("district", &[("district", "not-sure")]),
            ("support", &[]),
            ("message", &[("message", message)]),
            ("reach", &[("preference", "email"), ("email", address)]),
        ] {
            let answer = self.post(&format!("/ask/{step}"), Some(&cookie), fields);
            if answer.status != 303 {
                return None;
            }
        }
        Some(cookie)
    }

    /// Signs in as the sample's officer; gives the session's cookie.
    pub(crate) fn sign_in(&self, folder: &Folder) -> String {
        self.sign_in_as("officer@example.org", folder)
    }

    /// Signs in as one of the sample's people; gives the session's cookie.
    pub(crate) fn sign_in_as(&self, email: &str, folder: &Folder) -> String {
        let sign_ins = fs::read_to_string(folder.data().join("sample-sign-ins.txt"));
        let sign_ins = sign_ins.expect("the sign-ins");
        let mut words = sign_ins
            .split_whitespace()
            .skip_while(|word| *word != email);
        let password = words.nth(1).expect("their password");
        let fields = [("email", email), ("password", password)];
        let answer = self.post("/desk/sign-in", None, &fields);
        answer.cookie.expect("a session")
    }

    /// Ends the process at once, as a power cut does.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("kill -9");
        self.child.wait().expect("its end");
    }

    /// Asks the process to end and says how it ended.
    pub(crate) fn terminate(mut self) -> Option<i32> {
        Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .expect("kill");
        self.child.wait().expect("its end").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the server logged so far.
pub(crate) fn log(folder: &Folder) -> String {
    fs::read_to_string(folder.path().join("log")).unwrap_or_default()
}

fn answer(mut response: ureq::http::Response<ureq::Body>) -> Answer {
    let headers: Vec<(String, String)> = response
        .headers()
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect();
    let find = |name: &str| {
        let found = headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.clone())
    };
    Answer {
        status: response.status().as_u16(),
        location: find("location"),
        cookie: find("set-cookie").and_then(|text| Some(text.split(';').next()?.to_owned())),
        body: response.body_mut().read_to_string().unwrap_or_default(),
        headers,
    }
}
