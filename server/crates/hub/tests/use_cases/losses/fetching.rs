//! Losses between the council's mailbox and the database.

use std::pin::Pin;
use std::sync::Arc;

use domain::codes::{IncomingState, Role};
use hub::mailboxes::{Alarm, Arrived, Filing, TakingIn, TookIn};
use hub::{Error, Hub};
use jiff::SignedDuration;
use store::StoreError;
use testing::{TestHub, eventually};

use crate::imap_server::{ImapServer, intake, question, stands_so, while_following};

/// How many mails became part of an enquiry.
async fn filed(test: &TestHub) -> u32 {
    test.run_jobs().await;
    let mut tx = test.hub.database().read().await.unwrap();
    tx.intake().count(IncomingState::Filed).await.unwrap()
}

#[tokio::test]
async fn unread_was_the_cursor_and_someone_read_the_mailbox() {
    let server = ImapServer::with((1..=3).map(question)).await;
    for uid in [1, 3] {
        server.state().messages.get_mut(&uid).unwrap().1 = true;
    }
    let test = TestHub::new().await;
    let stored = stands_so(&test, |mailbox| mailbox.stored == 3);
    while_following(&test, server.followed(), intake(&test), stored).await;
    assert_eq!(filed(&test).await, 3, "read by somebody or not");
    let state = server.state();
    let seen: Vec<bool> = state.messages.values().map(|(_, seen)| *seen).collect();
    assert_eq!(seen, [true, false, true], "and left as it was");
    assert!(!state.asked.iter().any(|asked| asked.contains("SEEN")));
}

#[tokio::test]
async fn a_date_window_or_a_batch_limit_skipped_a_backlog() {
    const BACKLOG: u32 = 130;
    // All of it arrived two months before the hub first looks.
    let server = ImapServer::with((1..=BACKLOG as usize).map(question)).await;
    let test = TestHub::new().await;
    let stored = stands_so(&test, |mailbox| mailbox.stored == BACKLOG);
    let mailbox = while_following(&test, server.followed(), intake(&test), stored).await;
    assert_eq!((mailbox.in_mailbox, mailbox.cursor), (BACKLOG, BACKLOG));
    assert_eq!(filed(&test).await, BACKLOG);
    let state = server.state();
    let search = state
        .asked
        .iter()
        .position(|asked| asked.contains("SEARCH"));
    let fetched = state.fetched();
    let first = state.asked.iter().position(|asked| asked.contains("BODY"));
    assert!(search < first, "listed before the first is fetched");
    assert_eq!(
        fetched,
        (1..=BACKLOG).collect::<Vec<_>>(),
        "the oldest first"
    );
    for window in ["SINCE", "BEFORE", "ON ", "SENT", "OLDER", "YOUNGER"] {
        let asked = state.asked.iter().filter(|asked| asked.contains("SEARCH"));
        assert!(
            !asked.clone().any(|asked| asked.contains(window)),
            "{window}"
        );
    }
}

/// Takes in as the hub does, and looks whether the mailbox still has the message while and after that goes on.
struct Watching {
    hub: Hub,
    server: ImapServer,
    /// How often the database is out of reach first.
    away: std::sync::Mutex<u32>,
}

impl TakingIn for Watching {
    fn take_in<'a>(
        &'a self,
        arrived: Arrived,
    ) -> Pin<Box<dyn Future<Output = Result<TookIn, Error>> + Send + 'a>> {
        Box::pin(async move {
            let uid = arrived.uid;
            {
                let mut away = self.away.lock().unwrap();
                if *away > 0 {
                    *away -= 1;
                    let reason = "away".to_owned();
                    return Err(StoreError::Unavailable { reason }.into());
                }
            }
            let took = self.hub.take_in(arrived).await;
            let moved = !self.server.state().messages.contains_key(&uid);
            assert!(!moved, "moved before it was committed");
            took
        })
    }
}

#[tokio::test]
async fn a_message_was_moved_or_deleted_before_the_ticket_existed() {
    let server = ImapServer::with((1..=3).map(question)).await;
    let mut one = server.followed();
    one.habits.filing = Filing::Move;
    let test = TestHub::new().await;
    let watching = Watching {
        hub: test.hub.clone(),
        server: server.clone(),
        away: std::sync::Mutex::new(2),
    };
    let moved = eventually(async || server.state().messages.is_empty().then_some(()));
    while_following(&test, one, Arc::new(watching), moved).await;
    assert_eq!(filed(&test).await, 3);
    let asked = &server.state().asked;
    let deletes = ["STORE", "EXPUNGE", "DELETE", "CLOSE"];
    let deleted = asked
        .iter()
        .find(|asked| deletes.iter().any(|word| asked.contains(word)));
    assert_eq!(deleted, None, "nothing is ever deleted");
}

#[tokio::test]
async fn the_fetcher_died_in_silence() {
    let server = ImapServer::with((1..=2).map(question)).await;
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let broken = async {
        stands_so(&test, |mailbox| mailbox.stored == 2).await;
        server.state().down = true;
        stands_so(&test, |mailbox| mailbox.failing_since.is_some()).await;
    };
    while_following(&test, server.followed(), intake(&test), broken).await;
    // From now on nothing reads it: neither the connection nor the process is there.
    test.clock.advance(SignedDuration::from_mins(16));
    let seen = test.hub.mailboxes().overview(&officer).await.unwrap();
    let since = seen[0].contact_at;
    assert_eq!(seen[0].alarms, [Alarm::NotRead { since }]);
    assert!(since.is_some() && seen[0].failing.is_some());
    // And the mailbox's count stands beside the stored count, for whoever asks the mailbox itself.
    assert_eq!((seen[0].in_mailbox, seen[0].stored), (2, 2));
}

#[tokio::test]
async fn one_unparsable_envelope_killed_the_whole_imap_stream() {
    let odd = b"From: \"((((\" <<>>, ; \"\0\r\nTo: ,,,\r\nDate: (\r\n\r\nWords\r\n".to_vec();
    let server = ImapServer::with([odd, question(2), question(3)]).await;
    let test = TestHub::new().await;
    let stored = stands_so(&test, |mailbox| mailbox.stored == 3);
    while_following(&test, server.followed(), intake(&test), stored).await;
    assert_eq!(filed(&test).await, 3);
    let state = server.state();
    let fetches = state.asked.iter().filter(|asked| asked.contains("FETCH"));
    for fetch in fetches {
        let (uid, what) = fetch
            .strip_prefix("UID FETCH ")
            .unwrap()
            .split_once(' ')
            .unwrap();
        assert!(uid.parse::<u32>().is_ok(), "a message at a time: {fetch}");
        let allowed = ["(UID INTERNALDATE RFC822.SIZE)", "(UID BODY.PEEK[])"];
        assert!(allowed.contains(&what), "{fetch}");
    }
}
