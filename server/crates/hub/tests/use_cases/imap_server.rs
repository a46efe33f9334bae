//! A small IMAP server: a folder that people read beside us, and a record of all that it was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use hub::mailboxes::{Followed, Habits, TakingIn, follow};
use mail::mailbox::{ImapMailbox, ImapSettings, SignIn, Tls};
use store::Mailbox;
use testing::{TestHub, eventually};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::mailed::letter;

/// What lies in the folder, and what was asked.
#[derive(Default)]
pub(crate) struct State {
    /// Each message, and whether somebody has read it.
    pub(crate) messages: BTreeMap<u32, (Vec<u8>, bool)>,
    /// Everything that was asked, without its tag.
    pub(crate) asked: Vec<String>,
    /// Whether it refuses every connection.
    pub(crate) down: bool,
    /// Of which counting its numbers are.
    uid_validity: u32,
}

impl State {
    /// The messages whose bodies were asked for, in that order.
    pub(crate) fn fetched(&self) -> Vec<u32> {
        let fetches = self.asked.iter().filter_map(|asked| {
            let (uid, what) = asked.strip_prefix("UID FETCH ")?.split_once(' ')?;
            uid.parse().ok().filter(|_| what.contains("BODY"))
        });
        fetches.collect()
    }
}

/// A question by mail, each with words of its own.
pub(crate) fn question(number: usize) -> Vec<u8> {
    letter(&format!("number-{number}"), "Taxi", "When?").raw()
}

/// The server. It ends with the test.
#[derive(Clone)]
pub(crate) struct ImapServer {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl ImapServer {
    /// One with these messages, which arrived long ago, numbered from 1.
    pub(crate) async fn with(messages: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self {
            port,
            state: Arc::default(),
        };
        server.counts_anew(7, messages);
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = serving.clone();
                tokio::spawn(async move { server.serve(client).await });
            }
        });
        server
    }

    /// Its messages have other numbers from now on, as after it was restored from a copy.
    pub(crate) fn counts_anew(
        &self,
        uid_validity: u32,
        messages: impl IntoIterator<Item = Vec<u8>>,
    ) {
        let messages = messages.into_iter().map(|raw| (raw, false));
        let mut state = self.state();
        state.uid_validity = uid_validity;
        state.messages = (1..).zip(messages).collect();
    }

    /// The folder as it is now.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// How the hub is to follow it: quickly, and moving what it has stored.
    pub(crate) fn followed(&self) -> Followed {
        let settings = ImapSettings {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            tls: Tls::None,
            authority: None,
            user: "enquiries".to_owned(),
            sign_in: SignIn::Password("secret".into()),
            folder: "INBOX".to_owned(),
            filed_folder: Some("Filed".to_owned()),
            patience: Some(Duration::from_secs(20)),
        };
        Followed {
            name: "enquiries".parse().unwrap(),
            mailbox: Arc::new(ImapMailbox::new(settings).unwrap()),
            habits: Habits {
                poll: Duration::from_millis(50),
                first_pause: Duration::from_millis(20),
                ..Habits::default()
            },
        }
    }

    async fn serve(&self, client: TcpStream) -> Option<()> {
        let (read, mut write) = client.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"* OK ready\r\n").await.ok()?;
        while let Some(line) = lines.next_line().await.ok()? {
            let (tag, command) = line.split_once(' ')?;
            if self.state().down {
                return None;
            }
            let mut answer = self.answer(command);
            answer.extend(format!("{tag} OK done\r\n").bytes());
            write.write_all(&answer).await.ok()?;
        }
        Some(())
    }

    fn answer(&self, command: &str) -> Vec<u8> {
        let mut state = self.state();
        state.asked.push(command.to_owned());
        let words: Vec<&str> = command.split(' ').collect();
        match words.as_slice() {
            ["CAPABILITY"] => b"* CAPABILITY IMAP4rev1 MOVE\r\n".to_vec(),
            ["EXAMINE" | "SELECT", ..] => {
                let (count, validity) = (state.messages.len(), state.uid_validity);
                format!("* {count} EXISTS\r\n* OK [UIDVALIDITY {validity}] here\r\n").into_bytes()
            }
            ["UID", "SEARCH", ..] => {
                let unread_only = command.contains("UNSEEN");
                let found = state.messages.iter();
                let found = found.filter(|(_, (_, seen))| !(unread_only && *seen));
                let uids: String = found.map(|(uid, _)| format!(" {uid}")).collect();
                format!("* SEARCH{uids}\r\n").into_bytes()
            }
            // What a server makes of a sender that is none: no client's grammar has room for it.
            ["UID", "FETCH", ..] if command.contains("ENVELOPE") => {
                b"* 1 FETCH (UID 1 ENVELOPE (NIL ((((NIL \"\r\n".to_vec()
            }
            ["UID", "FETCH", uid, _, "INTERNALDATE", ..] => format!(
                "* {uid} FETCH (UID {uid} INTERNALDATE \" 5-Jan-2026 09:00:00 +0000\" RFC822.SIZE 100)\r\n"
            )
            .into_bytes(),
            ["UID", "FETCH", uid, ..] => match uid.parse().ok().and_then(|uid| state.messages.get(&uid)) {
                Some((raw, _)) => {
                    let head = format!("* {uid} FETCH (UID {uid} BODY[] {{{}}}\r\n", raw.len());
                    [head.as_bytes(), raw, b")\r\n"].concat()
                }
                None => Vec::new(),
            },
            ["UID", "MOVE", uid, ..] => {
                let moved = uid.parse().ok().and_then(|uid| state.messages.remove(&uid));
                moved.map_or_else(Vec::new, |_| b"* 1 EXPUNGE\r\n".to_vec())
            }
            _ => Vec::new(),
        }
    }
}

/// Follows the mailbox for as long as `meanwhile` takes.
pub(crate) async fn while_following<T>(
    test: &TestHub,
    one: Followed,
    taking_in: Arc<dyn TakingIn>,
    meanwhile: impl Future<Output = T>,
) -> T {
    let stop = CancellationToken::new();
    let following = follow(test.hub.clone(), vec![one], taking_in, stop.clone());
    let following = tokio::spawn(following);
    let outcome = meanwhile.await;
    stop.cancel();
    following.await.unwrap();
    outcome
}

/// The hub's own intake.
pub(crate) fn intake(test: &TestHub) -> Arc<dyn TakingIn> {
    Arc::new(test.hub.clone())
}

/// Waits until the mailbox stands as it should.
pub(crate) async fn stands_so(test: &TestHub, so: impl Fn(&Mailbox) -> bool) -> Mailbox {
    eventually(async || {
        let mut tx = test.hub.database().read().await.unwrap();
        let all = tx.mailboxes().list().await.unwrap();
        all.into_iter().next().filter(|mailbox| so(mailbox))
    })
    .await
}
