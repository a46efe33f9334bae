//! A hub, a mailbox, and somebody who follows it while a test looks on.

use std::sync::Arc;
use std::time::Duration;

use domain::codes::Role;
use hub::Hub;
use hub::mailboxes::{Alarm, Followed, Habits, TakingIn, follow};
use mail::mailbox::{ImapMailbox, ImapSettings, SignIn, Tls};
use store::{Mailbox, NotStored};
use testing::TestHub;
use testing::mail_servers::PASSWORD;
use tokio_util::sync::CancellationToken;

use crate::kept::Kept;

/// Mail programs see it as this.
pub(crate) const INBOX: &str = "INBOX";

/// A mailbox of a server on this machine, without TLS.
pub(crate) fn settings(port: u16, user: &str) -> ImapSettings {
    ImapSettings {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        authority: None,
        user: user.to_owned(),
        sign_in: SignIn::Password(PASSWORD.into()),
        folder: INBOX.to_owned(),
        filed_folder: None,
        patience: Some(Duration::from_secs(20)),
    }
}

/// Quick in everything, so that tests wait for nothing but what they ask for.
pub(crate) fn habits() -> Habits {
    Habits {
        poll: Duration::from_millis(100),
        first_pause: Duration::from_millis(20),
        ..Habits::default()
    }
}

pub(crate) fn followed(settings: ImapSettings, habits: Habits) -> Followed {
    Followed {
        name: "enquiries".parse().unwrap(),
        mailbox: Arc::new(ImapMailbox::new(settings).unwrap()),
        habits,
    }
}

/// Follows the mailbox for as long as `meanwhile` takes.
pub(crate) async fn while_following<T>(
    hub: &Hub,
    one: &Followed,
    kept: &Kept,
    meanwhile: impl Future<Output = T>,
) -> T {
    let taking_in = Arc::new(kept.clone());
    while_following_all(hub, vec![one.clone()], taking_in, meanwhile).await
}

/// The same with as many mailboxes, and whoever takes their mail in.
pub(crate) async fn while_following_all<T>(
    hub: &Hub,
    all: Vec<Followed>,
    taking_in: Arc<dyn TakingIn>,
    meanwhile: impl Future<Output = T>,
) -> T {
    let stop = CancellationToken::new();
    let following = tokio::spawn(follow(hub.clone(), all, taking_in, stop.clone()));
    let outcome = meanwhile.await;
    stop.cancel();
    following.await.expect("it stops when it is told to");
    outcome
}

/// Waits until so many messages are kept.
pub(crate) async fn kept_count(kept: &Kept, count: usize) {
    testing::eventually(async || (kept.messages().len() >= count).then_some(())).await;
}

/// How the mailbox stands.
pub(crate) async fn stands(test: &TestHub) -> Mailbox {
    let mut tx = test.database.database.read().await.unwrap();
    tx.mailboxes().list().await.unwrap().remove(0)
}

/// Waits until the mailbox stands as it should.
pub(crate) async fn stands_so(test: &TestHub, so: impl Fn(&Mailbox) -> bool) -> Mailbox {
    let found = testing::eventually(async || {
        let mut tx = test.database.database.read().await.unwrap();
        let all = tx.mailboxes().list().await.unwrap();
        all.into_iter().next().filter(|mailbox| so(mailbox))
    });
    found.await
}

/// What officers are told is wrong with the mailbox.
pub(crate) async fn alarms(test: &TestHub) -> Vec<Alarm> {
    let officer = test.officer(Role::Officer).await;
    let mut all = test.hub.mailboxes().overview(&officer).await.unwrap();
    all.remove(0).alarms
}

/// What is in the mailbox and not stored.
pub(crate) async fn not_stored(test: &TestHub) -> Vec<NotStored> {
    let mut tx = test.database.database.read().await.unwrap();
    let name = "enquiries".parse().unwrap();
    tx.mailboxes().not_stored(&name, 100).await.unwrap()
}

/// A message as somebody sends it.
pub(crate) fn message(subject: &str) -> String {
    format!(
        "From: Pat <pat@example.org>\r\nTo: hub@example.org\r\nSubject: {subject}\r\n\
         Message-ID: <{subject}@example.org>\r\n\r\nWhen does it begin?\r\n"
    )
}
