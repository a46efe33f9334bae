//! Moving what is stored, as far as the server can: never more than one message, and never before it is stored.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::codes::{IncomingState, Role};
use futures_util::TryStreamExt;
use hub::mailboxes::{Arrived, Filing, Followed, Habits, TakingIn, TookIn, follow};
use hub::{Error, Hub};
use jiff::SignedDuration;
use mail::mailbox::ImapSettings;
use store::Tx;
use testing::TestHub;
use testing::mail_servers::imap::{AtMailbox, flags, put};
use tokio_util::sync::CancellationToken;

use super::{messages, numbered, servers};
use crate::cutting::Wire;
use crate::kept::{Kept, Mood};
use crate::world::{
    INBOX, followed, habits, kept_count, message, not_stored, settings, stands, stands_so,
    while_following, while_following_all,
};

const FILED: &str = "Filed";

/// A mailbox with a folder for what is stored, and these messages in it.
async fn prepared(user: &str, subjects: &[String]) -> AtMailbox {
    let mut at = servers().at(user).await;
    at.create(FILED).await.unwrap();
    put(&mut at, INBOX, messages(subjects)).await;
    at
}

fn moving(port: u16, user: &str) -> Followed {
    moving_to(FILED, settings(port, user))
}

/// The same, where each answer may take so long.
fn moving_within(patience: Duration, port: u16, user: &str) -> Followed {
    let settings = ImapSettings {
        patience: Some(patience),
        ..settings(port, user)
    };
    moving_to(FILED, settings)
}

/// What is stored goes to this folder.
fn moving_to(folder: &str, settings: ImapSettings) -> Followed {
    let settings = ImapSettings {
        filed_folder: Some(folder.to_owned()),
        ..settings
    };
    let habits = Habits {
        filing: Filing::Move,
        ..habits()
    };
    followed(settings, habits)
}

fn uids(found: &[(u32, Vec<String>)]) -> Vec<u32> {
    found.iter().map(|(uid, _)| *uid).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_moved_only_after_it_is_stored() {
    let user = "filed@example.org";
    let mut at = servers().at(user).await;
    at.create("Filed &- done").await.unwrap();
    put(&mut at, INBOX, messages(&numbered(3))).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    kept.becomes(Mood::Away);
    let one = moving_to("Filed & done", settings(servers().imap_port(), user));
    while_following(&test.hub, &one, &kept, async {
        stands_so(&test, |mailbox| mailbox.failing_since.is_some()).await;
        assert_eq!(flags(&mut at, INBOX).await.len(), 3);
        assert_eq!(flags(&mut at, "Filed &- done").await.len(), 0);
        kept.becomes(Mood::Willing);
        kept_count(&kept, 3).await;
        stands_so(&test, |mailbox| {
            mailbox.cursor == 3 && mailbox.in_mailbox == 0
        })
        .await;
    })
    .await;
    assert_eq!(flags(&mut at, INBOX).await.len(), 0);
    let filed = flags(&mut at, "Filed &- done").await;
    assert_eq!(filed.len(), 3);
    let seen = filed
        .iter()
        .any(|(_, flags)| flags.contains(&"Seen".to_owned()));
    assert!(!seen, "{filed:?}");
    // That we were out of reach is not the messages' fault.
    assert_eq!(not_stored(&test).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_for_stored_mail_that_is_not_there_stops_nothing() {
    let user = "nofolder@example.org";
    let mut at = servers().at(user).await;
    put(&mut at, INBOX, messages(&numbered(3))).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    let one = moving_to("Nowhere", settings(servers().imap_port(), user));
    while_following(&test.hub, &one, &kept, async {
        stands_so(&test, |mailbox| mailbox.stored == 3).await;
    })
    .await;
    assert!(stands(&test).await.filing_error.is_some());
    assert_eq!(flags(&mut at, INBOX).await.len(), 3);
    // The council wants nothing moved any more: then nothing is wrong with moving.
    let one = followed(settings(servers().imap_port(), user), habits());
    let cleared = stands_so(&test, |mailbox| mailbox.filing_error.is_none());
    while_following(&test.hub, &one, &kept, cleared).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_moving_what_is_stored_keeps_no_new_mail_waiting() {
    let user = "nomoving@example.org";
    let mut at = prepared(user, &numbered(2)).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    let leaving = followed(settings(servers().imap_port(), user), habits());
    while_following(&test.hub, &leaving, &kept, async {
        stands_so(&test, |mailbox| mailbox.compared_at.is_some()).await;
    })
    .await;
    // From now on the council wants it moved, and each try ends the connection.
    let wire = Wire::to(servers().imap_port()).await;
    wire.swallows("UID MOVE");
    let one = moving_within(Duration::from_millis(500), wire.port, user);
    while_following(&test.hub, &one, &kept, async {
        testing::eventually(async || wire.swallowed().then_some(())).await;
        put(&mut at, INBOX, messages(&numbered(4)[2..])).await;
        kept_count(&kept, 4).await;
    })
    .await;
    assert_eq!(kept.subjects(), numbered(4));
    assert_eq!(flags(&mut at, FILED).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_move_a_message_is_copied_and_it_alone_is_expunged() {
    let user = "uidplus@example.org";
    let mut at = prepared(user, &numbered(3)).await;
    // Somebody marked this one, and means to think about it again. It is not stored yet.
    at.select(INBOX).await.unwrap();
    let marked = at.uid_store("2", "+FLAGS (\\Deleted)").await.unwrap();
    marked.try_collect::<Vec<_>>().await.unwrap();
    let wire = Wire::to(servers().imap_port()).await;
    wire.hides("MOVE");
    let (test, kept) = (TestHub::new().await, Kept::default());
    kept.becomes(Mood::Chokes("number 2"));
    let one = moving(wire.port, user);
    while_following(&test.hub, &one, &kept, async {
        stands_so(&test, |mailbox| {
            mailbox.compared_at.is_some() && (mailbox.in_mailbox, mailbox.stored) == (1, 0)
        })
        .await;
    })
    .await;
    assert_eq!(kept.subjects(), ["number 1", "number 3"]);
    let left = flags(&mut at, INBOX).await;
    assert_eq!(left, [(2, vec!["Deleted".to_owned()])]);
    let filed = flags(&mut at, FILED).await;
    assert_eq!(filed.len(), 2, "{filed:?}");
    let deleted = |(_, flags): &(u32, Vec<String>)| flags.contains(&"Deleted".to_owned());
    assert!(!filed.iter().any(deleted), "{filed:?}");
    assert_eq!(stands(&test).await.filing_error, None);

    let asked = wire.asked();
    let of_filing = |command: &&String| {
        let words = ["COPY", "STORE", "EXPUNGE", "MOVE", "CLOSE"];
        words.iter().any(|word| command.contains(word))
    };
    let asked: Vec<&str> = asked.iter().filter(of_filing).map(String::as_str).collect();
    assert_eq!(
        asked,
        [
            "UID COPY 1 \"Filed\"",
            "UID STORE 1 +FLAGS.SILENT (\\Deleted)",
            "UID EXPUNGE 1",
            "UID COPY 3 \"Filed\"",
            "UID STORE 3 +FLAGS.SILENT (\\Deleted)",
            "UID EXPUNGE 3",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_message_can_be_moved_alone_all_stay_and_it_is_said() {
    let user = "neither@example.org";
    let mut at = prepared(user, &numbered(3)).await;
    let wire = Wire::to(servers().imap_port()).await;
    wire.hides("MOVE");
    wire.hides("UIDPLUS");
    let (test, kept) = (TestHub::new().await, Kept::default());
    let one = moving(wire.port, user);
    while_following(&test.hub, &one, &kept, async {
        stands_so(&test, |mailbox| mailbox.compared_at.is_some()).await;
        put(&mut at, INBOX, [message("number 4")]).await;
        kept_count(&kept, 4).await;
        stands_so(&test, |mailbox| mailbox.stored == 4).await;
    })
    .await;
    let left = flags(&mut at, INBOX).await;
    assert_eq!(uids(&left), [1, 2, 3, 4]);
    let deleted = |(_, flags): &(u32, Vec<String>)| flags.contains(&"Deleted".to_owned());
    assert!(!left.iter().any(deleted), "{left:?}");
    assert_eq!(flags(&mut at, FILED).await.len(), 0);
    let changes = ["COPY", "STORE", "EXPUNGE", "MOVE", "CLOSE", "DELETE"];
    let asked = wire.asked();
    let changed = asked
        .iter()
        .find(|command| changes.iter().any(|word| command.contains(word)));
    assert_eq!(changed, None, "nothing is deleted");

    let officer = test.officer(Role::Officer).await;
    let seen = test.hub.mailboxes().overview(&officer).await.unwrap();
    let why = seen[0].filing_error.clone().unwrap_or_default();
    assert!(why.contains("cannot move one message alone"), "{why}");
    assert_eq!(seen[0].alarms, [], "no mail is missing");
}

/// Takes in as the hub does; the first time it says so to nobody.
struct HangsOnce {
    hub: Hub,
    hung: AtomicBool,
}

impl TakingIn for HangsOnce {
    fn take_in<'a>(
        &'a self,
        arrived: Arrived,
    ) -> Pin<Box<dyn Future<Output = Result<TookIn, Error>> + Send + 'a>> {
        Box::pin(async move {
            let took = self.hub.take_in(arrived).await;
            if !self.hung.swap(true, Ordering::SeqCst) {
                std::future::pending::<()>().await;
            }
            took
        })
    }
}

async fn enquiries(test: &TestHub) -> i64 {
    const SQL: &str = "SELECT count(*) FROM enquiries";
    let (count,) = match test.hub.database().read().await.unwrap() {
        Tx::Sqlite(mut tx) => sqlx::query_as(SQL).fetch_one(&mut *tx).await,
        Tx::Postgres(mut tx) => sqlx::query_as(SQL).fetch_one(&mut *tx).await,
    }
    .unwrap();
    count
}

/// Where a process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The message is stored, and that is not noted of its place.
    BeforeNoting,
    /// That is noted, and the message was to be moved.
    BeforeMoving,
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_between_storing_and_moving_it_moves_the_message_later_and_stores_it_once() {
    for (user, end) in [
        ("noting@example.org", End::BeforeNoting),
        ("moving@example.org", End::BeforeMoving),
    ] {
        let mut at = prepared(user, &numbered(1)).await;
        let wire = Wire::to(servers().imap_port()).await;
        wire.swallows("UID MOVE");
        let test = TestHub::new().await;
        let taking_in = Arc::new(HangsOnce {
            hub: test.hub.clone(),
            hung: AtomicBool::new(end == End::BeforeMoving),
        });
        let one = moving(wire.port, user);
        let following = tokio::spawn(follow(
            test.hub.clone(),
            vec![one.clone()],
            Arc::clone(&taking_in) as Arc<dyn TakingIn>,
            CancellationToken::new(),
        ));
        testing::eventually(async || {
            let stored = match end {
                End::BeforeNoting => taking_in.hung.load(Ordering::SeqCst),
                End::BeforeMoving => wire.swallowed(),
            };
            stored.then_some(())
        })
        .await;
        following.abort();
        assert!(following.await.unwrap_err().is_cancelled());
        let noted = stands(&test).await.cursor == 1;
        assert_eq!(noted, end == End::BeforeMoving);
        test.run_jobs().await;
        assert_eq!(enquiries(&test).await, 1, "{end:?}");
        assert_eq!(flags(&mut at, INBOX).await.len(), 1, "{end:?}");

        // Its lease ends, and another process goes on, by a connection that holds.
        test.clock.advance(SignedDuration::from_mins(5));
        let one = moving(servers().imap_port(), user);
        let intake: Arc<dyn TakingIn> = Arc::new(test.hub.clone());
        while_following_all(&test.hub, vec![one], intake, async {
            stands_so(&test, |mailbox| {
                mailbox.compared_at.is_some() && mailbox.in_mailbox == 0
            })
            .await;
        })
        .await;
        assert_eq!(flags(&mut at, INBOX).await.len(), 0, "{end:?}");
        assert_eq!(flags(&mut at, FILED).await.len(), 1, "{end:?}");
        test.run_jobs().await;
        assert_eq!(enquiries(&test).await, 1, "{end:?}: no second one");
        let mut tx = test.hub.database().read().await.unwrap();
        let filed = tx.intake().count(IncomingState::Filed).await.unwrap();
        assert_eq!(filed, 1, "{end:?}");
    }
}
