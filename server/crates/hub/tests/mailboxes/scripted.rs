//! A server that answers as no good one would.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use hub::mailboxes::Alarm;
use jiff::SignedDuration;
use mail::mailbox::ImapSettings;
use testing::TestHub;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::kept::{Kept, Mood};
use crate::world::{
    alarms, followed, habits, kept_count, message, not_stored, settings, stands_so, while_following,
};

/// What it does when it is asked for the body of the message with UID 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// It gives it.
    Good,
    /// A byte at a time.
    ByteByByte,
    /// It says something that is not IMAP.
    Gibberish,
    /// It says nothing more.
    Silence,
    /// It says that all is well, and gives nothing.
    Nothing,
    /// It gives another message.
    Another,
    /// It answers a question that nobody asked.
    OutOfStep,
    /// It refuses the search.
    NoSearch,
    /// It ends the connection in the middle of the search.
    HalfASearch,
    /// It says that there are four messages, and lists three.
    ListsFewer,
    /// It ends every connection without a word.
    Down,
}

/// A folder of three messages, or of as many as it is told to hold.
pub(crate) struct Scripted {
    port: u16,
    state: Arc<Mutex<State>>,
}

/// How the server is just now.
#[derive(Debug, Clone, Copy)]
struct State {
    manner: Manner,
    messages: u32,
    /// What the messages are called, beside their number.
    called: &'static str,
    /// How many connections there were.
    connections: u32,
}

impl Scripted {
    pub(crate) async fn start(manner: Manner) -> Self {
        Self::called("number", manner).await
    }

    /// One whose messages are called something else.
    pub(crate) async fn called(called: &'static str, manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State {
            manner,
            messages: 3,
            called,
            connections: 0,
        }));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                state.lock().unwrap().connections += 1;
                tokio::spawn(async move {
                    serve(client, &state).await;
                });
            }
        });
        Self { port, state }
    }

    pub(crate) fn becomes(&self, manner: Manner) {
        self.state.lock().unwrap().manner = manner;
    }

    /// From now on so many messages lie in it.
    pub(crate) fn holds(&self, messages: u32) {
        self.state.lock().unwrap().messages = messages;
    }

    fn connections(&self) -> u32 {
        self.state.lock().unwrap().connections
    }

    pub(crate) fn settings(&self) -> ImapSettings {
        ImapSettings {
            patience: Some(Duration::from_secs(2)),
            ..settings(self.port, "pat")
        }
    }
}

async fn serve(client: TcpStream, state: &Mutex<State>) -> Option<()> {
    let (read, mut write) = client.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"* OK ready\r\n").await.ok()?;
    while let Some(line) = lines.next_line().await.ok()? {
        let State {
            manner,
            messages,
            called,
            ..
        } = *state.lock().unwrap();
        if manner == Manner::Down {
            return None;
        }
        let body = |uid: u32| message(&format!("{called} {uid}"));
        let (tag, command) = line.split_once(' ')?;
        let words: Vec<&str> = command.split(' ').collect();
        let answer = match words.as_slice() {
            ["CAPABILITY"] => "* CAPABILITY IMAP4rev1\r\n".to_owned(),
            ["EXAMINE", ..] => {
                let more = u32::from(manner == Manner::ListsFewer);
                let exist = messages + more;
                format!("* {exist} EXISTS\r\n* OK [UIDVALIDITY 7] here\r\n")
            }
            ["UID", "SEARCH", ..] if manner == Manner::NoSearch => {
                write
                    .write_all(format!("{tag} NO not now\r\n").as_bytes())
                    .await
                    .ok()?;
                continue;
            }
            ["UID", "SEARCH", ..] if manner == Manner::HalfASearch => {
                write.write_all(b"* SEARCH 1\r\n").await.ok()?;
                return None;
            }
            ["UID", "SEARCH", ..] => {
                // In no order, as it may.
                let uids: String = (1..=messages).rev().map(|uid| format!(" {uid}")).collect();
                format!("* SEARCH{uids}\r\n")
            }
            ["UID", "FETCH", uid, "(UID", "INTERNALDATE", ..] => format!(
                "* {uid} FETCH (UID {uid} INTERNALDATE \" 2-Mar-2026 09:00:00 +0000\" RFC822.SIZE 100)\r\n"
            ),
            ["UID", "FETCH", uid, ..] => {
                let uid: u32 = uid.parse().ok()?;
                let odd = if uid == 2 { manner } else { Manner::Good };
                let given = |uid: u32, body: String| {
                    format!(
                        "* {uid} FETCH (UID {uid} BODY[] {{{}}}\r\n{body})\r\n",
                        body.len()
                    )
                };
                match odd {
                    Manner::Gibberish => "* 2 FETCH (UID 2 BODY[] {{{ )(\r\n".to_owned(),
                    Manner::Silence => {
                        write
                            .write_all(b"* 2 FETCH (UID 2 BODY[] {100}\r\nFrom: ")
                            .await
                            .ok()?;
                        std::future::pending::<()>().await;
                        return None;
                    }
                    Manner::Nothing => String::new(),
                    Manner::Another => given(3, body(3)),
                    Manner::OutOfStep => "Z999 OK done\r\n".to_owned(),
                    Manner::ByteByByte => {
                        for byte in given(uid, body(uid)).bytes() {
                            write.write_all(&[byte]).await.ok()?;
                            write.flush().await.ok()?;
                            tokio::task::yield_now().await;
                        }
                        String::new()
                    }
                    Manner::Good
                    | Manner::NoSearch
                    | Manner::HalfASearch
                    | Manner::ListsFewer
                    | Manner::Down => given(uid, body(uid)),
                }
            }
            _ => String::new(),
        };
        let answer = format!("{answer}{tag} OK done\r\n");
        write.write_all(answer.as_bytes()).await.ok()?;
    }
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_byte_by_byte_is_whole_in_the_end() {
    let server = Scripted::start(Manner::ByteByByte).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    let one = followed(server.settings(), habits());
    while_following(&test.hub, &one, &kept, kept_count(&kept, 3)).await;
    assert_eq!(kept.subjects(), ["number 1", "number 2", "number 3"]);
    let received = kept.messages()[0].received_at;
    assert_eq!(received, Some("2026-03-02T09:00:00Z".parse().unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_none_costs_one_message_its_place_and_no_message_more() {
    for manner in [
        Manner::Gibberish,
        Manner::Silence,
        Manner::Nothing,
        Manner::Another,
        Manner::OutOfStep,
    ] {
        let server = Scripted::start(manner).await;
        let (test, kept) = (TestHub::new().await, Kept::default());
        let one = followed(server.settings(), habits());
        while_following(&test.hub, &one, &kept, kept_count(&kept, 2)).await;
        assert_eq!(kept.subjects(), ["number 1", "number 3"], "{manner:?}");
        let found = not_stored(&test).await;
        assert_eq!(found.len(), 1, "{manner:?}");
        // The grammar's own error would repeat what could not be read, which may be a letter.
        assert!(!found[0].reason.contains("From"), "{found:?}");

        server.becomes(Manner::Good);
        test.clock.advance(SignedDuration::from_mins(2));
        while_following(&test.hub, &one, &kept, kept_count(&kept, 3)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_or_broken_search_is_no_empty_mailbox() {
    for manner in [Manner::NoSearch, Manner::HalfASearch] {
        let server = Scripted::start(manner).await;
        let (test, kept) = (TestHub::new().await, Kept::default());
        let one = followed(server.settings(), habits());
        while_following(&test.hub, &one, &kept, async {
            stands_so(&test, |mailbox| mailbox.failing_since.is_some()).await;
            let stands = crate::world::stands(&test).await;
            assert_eq!(stands.compared_at, None, "{manner:?}");
            assert_eq!(kept.messages().len(), 0, "{manner:?}");
            server.becomes(Manner::Good);
            kept_count(&kept, 3).await;
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_fails_again_and_again_is_an_alarm_after_its_time() {
    for manner in [Manner::NoSearch, Manner::HalfASearch, Manner::ListsFewer] {
        let server = Scripted::start(Manner::Good).await;
        let (test, kept) = (TestHub::new().await, Kept::default());
        let one = followed(server.settings(), habits());
        while_following(&test.hub, &one, &kept, async {
            stands_so(&test, |mailbox| mailbox.compared_at.is_some()).await;
            server.becomes(manner);
            test.clock.advance(SignedDuration::from_mins(1));
            let failing = stands_so(&test, |mailbox| mailbox.failing_since.is_some()).await;
            assert_eq!(alarms(&test).await, [], "{manner:?}: only just");
            test.clock.advance(SignedDuration::from_mins(16));
            // Signed in to and opened all the while, it is not read.
            stands_so(&test, |mailbox| mailbox.tried_at == Some(test.hub.now())).await;
            let since = failing.contact_at;
            let silent = Alarm::NotRead { since };
            assert_eq!(alarms(&test).await, [silent], "{manner:?}");
            let still = crate::world::stands(&test).await;
            assert_eq!(still.failing_since, failing.failing_since, "{manner:?}");

            server.becomes(Manner::Good);
            stands_so(&test, |mailbox| mailbox.failing_since.is_none()).await;
            assert_eq!(alarms(&test).await, [], "{manner:?}");
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_is_read_and_cannot_be_stored_is_an_alarm_after_the_time() {
    let server = Scripted::start(Manner::Good).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    kept.becomes(Mood::Away);
    let one = followed(server.settings(), habits());
    while_following(&test.hub, &one, &kept, async {
        let failing = stands_so(&test, |mailbox| mailbox.failing_since.is_some()).await;
        assert_eq!((failing.in_mailbox, failing.stored), (3, 0));
        assert_eq!(alarms(&test).await, [], "it only just came");
        test.clock.advance(SignedDuration::from_mins(16));
        stands_so(&test, |mailbox| mailbox.tried_at == Some(test.hub.now())).await;
        assert_eq!(alarms(&test).await, [Alarm::NotRead { since: None }]);

        kept.becomes(Mood::Willing);
        stands_so(&test, |mailbox| mailbox.compared_at.is_some()).await;
        assert_eq!((alarms(&test).await, kept.messages().len()), (vec![], 3));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_down_for_several_tries_is_read_as_soon_as_it_is_back() {
    let server = Scripted::start(Manner::Good).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    let one = followed(server.settings(), habits());
    while_following(&test.hub, &one, &kept, async {
        kept_count(&kept, 3).await;
        for messages in [4, 5] {
            server.becomes(Manner::Down);
            server.holds(messages);
            let before = server.connections();
            let tried = async || (server.connections() >= before + 4).then_some(());
            testing::eventually(tried).await;
            let down = crate::world::stands(&test).await;
            assert!(down.failing_since.is_some() && down.last_error.is_some());
            server.becomes(Manner::Good);
            stands_so(&test, |mailbox| {
                mailbox.stored == messages && mailbox.failing_since.is_none()
            })
            .await;
        }
    })
    .await;
    let expected = (1..=5).map(|number| format!("number {number}"));
    assert_eq!(kept.subjects(), expected.collect::<Vec<_>>());
    assert_eq!(kept.again(), 0);
}
