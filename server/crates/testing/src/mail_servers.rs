//! Real mail servers to throw away: Postfix takes mail by SMTP, Dovecot delivers it and shows it by IMAP.
//!
//! [`MailServers::start`] runs both from a configuration of their own, in a temporary folder, on free ports of
//! this machine. It needs root and the programs of Debian's packages `postfix`, `dovecot-imapd` and
//! `dovecot-lmtpd`; none of the machine's own mail is touched. Every mailbox at `example.org` is there and opens
//! with [`PASSWORD`], but [`NOBODY`].

mod certificates;
mod configuration;
pub mod imap;
mod tokens;

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};

use futures_util::TryStreamExt;
use tempfile::TempDir;

pub use self::configuration::hand_to;
pub use self::tokens::TokenServer;
use crate::eventually;

/// Opens every mailbox, and lets `hub@example.org` send.
pub const PASSWORD: &str = "secret";
/// The one address that is refused for good.
pub const NOBODY: &str = "nobody@example.org";

/// Runs both until its input ends, and takes them away then. `$1` is the folder.
const SUPERVISOR: &str = r#"
set -u
trap '' INT
folder=$1
dovecot -F -c "$folder/dovecot.conf" &
dovecot=$!
postfix -c "$folder/postfix" start-fg &
postfix=$!
while read -r _; do :; done
postfix -c "$folder/postfix" stop
kill "$dovecot"
wait "$postfix" "$dovecot"
rm -rf "$folder"
"#;

/// Where each of them listens.
#[derive(Debug, Clone, Copy)]
struct Ports {
    /// SMTP without TLS or sign-in, for mailboxes here alone.
    plain: u16,
    /// SMTP that insists on STARTTLS and a sign-in.
    submission: u16,
    /// SMTP with TLS from the start, and a sign-in.
    submissions: u16,
    imap: u16,
    /// IMAP with TLS from the start.
    imaps: u16,
}

/// Both servers, and whoever vouches for them.
#[derive(Debug)]
pub struct MailServers {
    folder: PathBuf,
    ports: Ports,
    tokens: TokenServer,
    // Open as long as the servers are wanted.
    input: Option<ChildStdin>,
    supervisor: Child,
}

impl MailServers {
    /// Starts both and waits until they answer.
    ///
    /// # Panics
    /// When they are not installed, or do not start.
    pub fn start() -> Self {
        Self::begin(None)
    }

    /// As [`MailServers::start`]; what is for `enquiries@example.org`, with or without a tag, is handed to this
    /// program as the documents say: its arguments are `--from=` and `--to=`, and it runs as the user `mail`.
    ///
    /// # Panics
    /// When they are not installed, or do not start.
    pub fn start_with_pipe(program: &Path) -> Self {
        Self::begin(Some(program))
    }

    /// Has Postfix try again at once what it kept.
    ///
    /// # Panics
    /// When it cannot be told.
    pub fn try_again(&self) {
        let told = Command::new("postqueue")
            .arg("-c")
            .arg(self.folder.join("postfix"))
            .arg("-f")
            .status();
        assert!(told.expect("postqueue").success());
    }

    fn begin(pipe: Option<&Path>) -> Self {
        for program in ["/usr/sbin/postfix", "/usr/sbin/dovecot"] {
            assert!(
                Path::new(program).exists(),
                "{program} was not found: install Debian's packages postfix, dovecot-imapd and dovecot-lmtpd, \
                 or leave these tests out (cargo xtask test --without mail-servers)"
            );
        }
        // The supervisor takes it away: it must outlive whoever started it.
        let folder = TempDir::with_prefix("mail-").expect("a folder").keep();
        let tokens = TokenServer::start();
        let ports = Ports {
            plain: free_port(),
            submission: free_port(),
            submissions: free_port(),
            imap: free_port(),
            imaps: free_port(),
        };
        certificates::make(&folder);
        configuration::write(&folder, ports, tokens.port(), pipe);
        let log = fs::File::create(folder.join("log")).expect("a log");
        let mut supervisor = Command::new("sh")
            .args(["-c", SUPERVISOR, "mail-servers"])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(log.try_clone().expect("the log"))
            .stderr(log)
            .spawn()
            .expect("a shell");
        let servers = Self {
            input: supervisor.stdin.take(),
            folder,
            ports,
            tokens,
            supervisor,
        };
        servers.wait();
        servers
    }

    fn wait(&self) {
        let Ports {
            plain,
            submission,
            submissions,
            imap,
            imaps,
        } = self.ports;
        for port in [plain, submission, submissions, imap, imaps] {
            eventually::blocking("the mail servers answer", || {
                std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
            });
        }
    }

    /// What `smtp_url` says to send without TLS.
    #[must_use]
    pub fn plain_url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.ports.plain)
    }

    /// What `smtp_url` says to send with STARTTLS, signed in as this user with this password.
    #[must_use]
    pub fn starttls_url(&self, user: &str) -> String {
        let port = self.ports.submission;
        format!("smtp://{user}@localhost:{port}?tls=required")
    }

    /// What `smtp_url` says to send with TLS from the start.
    #[must_use]
    pub fn tls_url(&self, user: &str) -> String {
        format!("smtps://{user}@localhost:{}", self.ports.submissions)
    }

    /// The certificate of the authority that vouches for both.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.folder.join("authority.pem")
    }

    /// Where tokens to sign in with come from.
    #[must_use]
    pub fn tokens(&self) -> &TokenServer {
        &self.tokens
    }

    /// The files of a mailbox's messages, where Dovecot keeps them.
    ///
    /// # Panics
    /// When there is no such mailbox.
    #[must_use]
    pub fn files(&self, address: &str) -> Vec<PathBuf> {
        let maildir = self.folder.join("mail").join(address).join("Maildir");
        let mut files: Vec<PathBuf> = ["cur", "new"]
            .iter()
            .flat_map(|part| fs::read_dir(maildir.join(part)).expect("a mailbox"))
            .map(|file| file.expect("a message").path())
            .collect();
        files.sort();
        files
    }

    /// What the servers wrote down, for a test that failed.
    #[must_use]
    pub fn log(&self) -> String {
        ["log", "postfix.log", "dovecot.log"]
            .map(|name| fs::read_to_string(self.folder.join(name)).unwrap_or_default())
            .concat()
    }

    /// Every message in a mailbox, as IMAP gives it.
    ///
    /// # Panics
    /// When IMAP does not answer.
    pub async fn mailbox(&self, address: &str) -> Vec<Vec<u8>> {
        let mut session = self.at(address).await;
        let inbox = session.select("INBOX").await.expect("the inbox");
        let mut messages = Vec::new();
        if inbox.exists > 0 {
            let fetched = session.fetch("1:*", "(UID BODY.PEEK[])").await;
            let fetched: Vec<_> = fetched
                .expect("messages")
                .try_collect()
                .await
                .expect("messages");
            messages.extend(
                fetched
                    .iter()
                    .filter_map(|mail| mail.body().map(<[u8]>::to_vec)),
            );
        }
        session.logout().await.expect("the end");
        messages
    }
}

impl Drop for MailServers {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.supervisor.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}
