//! A real Dovecot, and what was lost elsewhere.

mod filing;

use std::os::unix::fs::{PermissionsExt, chown};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use domain::codes::MailboxMessageState;
use futures_util::TryStreamExt;
use hub::mailboxes::{Habits, TakingIn, follow};
use jiff::SignedDuration;
use mail::mailbox::{ImapMailbox, ImapSettings, Mailbox, MailboxError, SignIn, Tls};
use mail::transport::OAuth;
use testing::mail_servers::imap::{flags, put};
use testing::mail_servers::{MailServers, PASSWORD, TokenServer};
use testing::{Setup, TestHub};
use tokio_util::sync::CancellationToken;

use crate::cutting::Wire;
use crate::kept::{Kept, Mood};
use crate::world::{
    INBOX, followed, habits, kept_count, message, not_stored, settings, stands, stands_so,
    while_following,
};

/// One for all: each test has a mailbox of its own.
fn servers() -> &'static MailServers {
    static SERVERS: OnceLock<MailServers> = OnceLock::new();
    SERVERS.get_or_init(MailServers::start)
}

fn numbered(count: u32) -> Vec<String> {
    (1..=count)
        .map(|number| format!("number {number}"))
        .collect()
}

fn messages(subjects: &[String]) -> Vec<String> {
    subjects.iter().map(|subject| message(subject)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_somebody_has_read_is_taken_all_the_same_and_stays_as_it_was() {
    let user = "read@example.org";
    let mut at = servers().at(user).await;
    let subjects = numbered(3);
    put(&mut at, INBOX, messages(&subjects)).await;
    at.select(INBOX).await.unwrap();
    let seen = at.store("2", "+FLAGS (\\Seen \\Flagged)").await.unwrap();
    seen.try_collect::<Vec<_>>().await.unwrap();
    let before = flags(&mut at, INBOX).await;

    let (test, kept) = (TestHub::new().await, Kept::default());
    let one = followed(settings(servers().imap_port(), user), habits());
    while_following(&test.hub, &one, &kept, kept_count(&kept, 3)).await;
    assert_eq!(kept.subjects(), subjects);
    assert_eq!(flags(&mut at, INBOX).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backlog_is_taken_whole_the_oldest_first() {
    let user = "backlog@example.org";
    let mut at = servers().at(user).await;
    let subjects = numbered(300);
    put(&mut at, INBOX, messages(&subjects)).await;

    let (test, kept) = (TestHub::new().await, Kept::default());
    let one = followed(settings(servers().imap_port(), user), habits());
    while_following(&test.hub, &one, &kept, async {
        kept_count(&kept, 300).await;
        stands_so(&test, |mailbox| {
            mailbox.stored == 300 && mailbox.contact_at.is_some()
        })
        .await;
    })
    .await;
    assert_eq!(kept.subjects(), subjects);
    let stands = stands(&test).await;
    assert_eq!((stands.in_mailbox, stands.stored), (300, 300));
    assert_eq!(stands.cursor, 300);
    assert!(stands.newest_at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_uid_validity_loses_nothing_and_brings_nothing_twice() {
    let (user, folder) = ("validity@example.org", "SEND enquiries & more");
    let written = "SEND enquiries &- more";
    let mut at = servers().at(user).await;
    at.create(written).await.unwrap();
    let subjects = numbered(4);
    put(&mut at, written, messages(&subjects[..3])).await;

    let (test, kept) = (TestHub::new().await, Kept::default());
    let settings = ImapSettings {
        folder: folder.to_owned(),
        ..settings(servers().imap_port(), user)
    };
    let one = followed(settings, habits());
    while_following(&test.hub, &one, &kept, kept_count(&kept, 3)).await;
    let before = stands(&test).await;

    // As after a restored backup: the same mail and one more, under numbers that begin anew.
    at.delete(written).await.unwrap();
    at.create(written).await.unwrap();
    put(&mut at, written, messages(&subjects)).await;
    let after = while_following(&test.hub, &one, &kept, async {
        let anew = |mailbox: &store::Mailbox| mailbox.uid_validity != before.uid_validity;
        stands_so(&test, |mailbox| anew(mailbox) && mailbox.stored == 4).await
    })
    .await;
    assert_eq!(kept.subjects(), subjects);
    assert_eq!(kept.again(), 3);
    assert_eq!((after.in_mailbox, after.cursor), (4, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_cut_in_the_middle_of_a_message_loses_nothing() {
    let user = "cut@example.org";
    let mut at = servers().at(user).await;
    let long = format!("{}{}\r\n", message("long"), "Long lines. ".repeat(30_000));
    put(
        &mut at,
        INBOX,
        [message("first"), long.clone(), message("last")],
    )
    .await;

    let wire = Wire::to(servers().imap_port()).await;
    wire.cut_after(100_000);
    let (test, kept) = (TestHub::new().await, Kept::default());
    let one = followed(settings(wire.port, user), habits());
    while_following(&test.hub, &one, &kept, async {
        kept_count(&kept, 3).await;
        stands_so(&test, |mailbox| {
            mailbox.stored == 3 && mailbox.failing_since.is_none()
        })
        .await;
    })
    .await;
    assert_eq!(wire.cuts(), 1);
    // Tried again at once, it keeps its place.
    assert_eq!(kept.subjects(), ["first", "long", "last"]);
    assert_eq!(kept.messages()[1].raw, long.as_bytes());
    assert_eq!(kept.again(), 0);
    assert_eq!(not_stored(&test).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_started_again_goes_on_where_it_was() {
    let user = "restart@example.org";
    let mut at = servers().at(user).await;
    let subjects = numbered(5);
    put(&mut at, INBOX, messages(&subjects[..3])).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    let one = followed(settings(servers().imap_port(), user), habits());
    while_following(&test.hub, &one, &kept, kept_count(&kept, 3)).await;
    // Stopped in the middle of the third: it is stored, and nobody wrote that down here.
    assert!(stands(&test).await.cursor >= 2);
    put(&mut at, INBOX, messages(&subjects[3..])).await;

    let again = testing::hub::join_again(&test);
    while_following(&again, &one, &kept, async {
        stands_so(&test, |mailbox| mailbox.stored == 5).await;
    })
    .await;
    assert_eq!(kept.subjects(), subjects);
    assert!(kept.again() <= 1, "{}", kept.again());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_without_headers_is_taken_as_it_is() {
    let user = "bare@example.org";
    let mut at = servers().at(user).await;
    let odd = [
        "\r\nNo header at all.\r\n".to_owned(),
        "Subject:\r\n\r\n".to_owned(),
        "From: \"unfinished <a@\r\nDate: yesterday\r\nTo: ;;;(((\r\n\r\n\u{0}x"
            .replace('\u{0}', "?"),
    ];
    put(&mut at, INBOX, odd.clone()).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    let one = followed(settings(servers().imap_port(), user), habits());
    while_following(&test.hub, &one, &kept, kept_count(&kept, 3)).await;
    let kept: Vec<Vec<u8>> = kept.messages().into_iter().map(|one| one.raw).collect();
    assert_eq!(kept, odd.map(String::into_bytes));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_too_large_is_told_and_the_others_go_on() {
    let user = "large@example.org";
    let mut at = servers().at(user).await;
    let large = format!("{}{}", message("large"), "x".repeat(20_000));
    put(&mut at, INBOX, [message("before"), large, message("after")]).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    let habits = Habits {
        largest: 10_000,
        ..habits()
    };
    let one = followed(settings(servers().imap_port(), user), habits);
    while_following(&test.hub, &one, &kept, async {
        stands_so(&test, |mailbox| mailbox.stored == 2).await;
    })
    .await;
    assert_eq!(kept.subjects(), ["before", "after"]);
    let found = not_stored(&test).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].state, MailboxMessageState::TooLarge);
    assert!(found[0].size.is_some_and(|size| size > 20_000), "{found:?}");
    assert_eq!(stands(&test).await.in_mailbox, 3);

    // Once a person has taken it out of the mailbox, nothing is missing any more.
    at.select(INBOX).await.unwrap();
    let marked = at.uid_store("2", "+FLAGS (\\Deleted)").await.unwrap();
    marked.try_collect::<Vec<_>>().await.unwrap();
    at.run_command_and_check_ok("EXPUNGE").await.unwrap();
    while_following(&test.hub, &one, &kept, async {
        stands_so(&test, |mailbox| mailbox.in_mailbox == 2).await;
        testing::eventually(async || not_stored(&test).await.is_empty().then_some(())).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_message_that_fails_for_ever_does_not_stop_the_others() {
    let user = "poison@example.org";
    let mut at = servers().at(user).await;
    put(&mut at, INBOX, messages(&numbered(3))).await;
    at.logout().await.unwrap();
    // The server lists it and cannot open it.
    let poisoned = servers().files(user).remove(1);
    chown(&poisoned, Some(0), Some(0)).unwrap();
    std::fs::set_permissions(&poisoned, std::fs::Permissions::from_mode(0o000)).unwrap();

    let (test, kept) = (TestHub::new().await, Kept::default());
    let one = followed(settings(servers().imap_port(), user), habits());
    let mut at = servers().at(user).await;
    while_following(&test.hub, &one, &kept, async {
        kept_count(&kept, 2).await;
        testing::eventually(async || {
            let found = not_stored(&test).await;
            found
                .iter()
                .any(|message| message.attempts >= 2)
                .then_some(())
        })
        .await;
        put(&mut at, INBOX, [message("number 4")]).await;
        kept_count(&kept, 3).await;
    })
    .await;
    assert_eq!(kept.subjects(), ["number 1", "number 3", "number 4"]);
    let found = not_stored(&test).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].place.uid, found[0].attempts), (2, 2));
    assert!(!found[0].reason.is_empty() && !found[0].reason.contains('@'));

    // Mended on the server, it comes in when its pause is over.
    chown(&poisoned, Some(mail_user()), Some(mail_user())).unwrap();
    std::fs::set_permissions(&poisoned, std::fs::Permissions::from_mode(0o600)).unwrap();
    test.clock.advance(SignedDuration::from_mins(2));
    while_following(&test.hub, &one, &kept, kept_count(&kept, 4)).await;
    assert_eq!(kept.subjects()[3], "number 2");
}

/// Debian's number for the user `mail`.
const fn mail_user() -> u32 {
    8
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_we_cannot_store_does_not_stop_the_others() {
    let user = "choking@example.org";
    let mut at = servers().at(user).await;
    put(&mut at, INBOX, messages(&numbered(3))).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    kept.becomes(Mood::Chokes("number 2"));
    let one = followed(settings(servers().imap_port(), user), habits());
    while_following(&test.hub, &one, &kept, kept_count(&kept, 2)).await;
    assert_eq!(kept.subjects(), ["number 1", "number 3"]);
    assert_eq!(not_stored(&test).await.len(), 1);
    kept.becomes(Mood::Willing);
    test.clock.advance(SignedDuration::from_mins(2));
    while_following(&test.hub, &one, &kept, kept_count(&kept, 3)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_followers_one_reads_and_the_other_takes_over_when_it_dies() {
    let user = "two@example.org";
    let mut at = servers().at(user).await;
    put(&mut at, INBOX, messages(&numbered(20))).await;
    let setup = Setup {
        lease: Duration::from_secs(2),
        ..Setup::default()
    };
    let test = TestHub::with(setup).await;
    let second = testing::hub::join(
        &test.database.folder().join("second"),
        test.database.database.clone(),
        Arc::new(test.clock.clone()),
        Arc::new(test.mails.clone()),
        Setup { seed: 8, ..setup },
    );
    let (first_kept, second_kept) = (Kept::default(), Kept::default());
    let one = followed(settings(servers().imap_port(), user), habits());
    let taking_in: Arc<dyn TakingIn> = Arc::new(first_kept.clone());
    let never = CancellationToken::new();
    let first = tokio::spawn(follow(
        test.hub.clone(),
        vec![one.clone()],
        taking_in,
        never,
    ));
    kept_count(&first_kept, 20).await;
    while_following(&second, &one, &second_kept, async {
        put(&mut at, INBOX, [message("for the first")]).await;
        kept_count(&first_kept, 21).await;
        assert_eq!(second_kept.messages(), []);
        // It dies without a word: nobody lets go of its lease.
        first.abort();
        put(&mut at, INBOX, [message("for the second")]).await;
        test.clock.advance(SignedDuration::from_secs(3));
        testing::eventually(async || {
            let subjects = second_kept.subjects();
            subjects
                .contains(&"for the second".to_owned())
                .then_some(())
        })
        .await;
    })
    .await;
    assert_eq!(first_kept.messages().len(), 21);
    assert!(
        second_kept.messages().len() <= 2,
        "{:?}",
        second_kept.subjects()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn new_mail_comes_in_without_waiting_for_the_next_look() {
    let user = "idle@example.org";
    let mut at = servers().at(user).await;
    put(&mut at, INBOX, [message("old")]).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    let habits = Habits {
        poll: Duration::from_secs(1_000),
        ..habits()
    };
    let one = followed(settings(servers().imap_port(), user), habits);
    while_following(&test.hub, &one, &kept, async {
        stands_so(&test, |mailbox| mailbox.stored == 1).await;
        put(&mut at, INBOX, [message("new")]).await;
        kept_count(&kept, 2).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_crash_forgot_is_found_by_comparing_the_whole_folder_each_day() {
    let user = "daily@example.org";
    let mut at = servers().at(user).await;
    put(&mut at, INBOX, messages(&numbered(3))).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    let one = followed(settings(servers().imap_port(), user), habits());
    while_following(&test.hub, &one, &kept, async {
        stands_so(&test, |mailbox| {
            mailbox.stored == 3 && mailbox.compared_at.is_some()
        })
        .await;
        let missing = store::MailboxMessage {
            mailbox: one.name.clone(),
            uid_validity: stands(&test).await.uid_validity.unwrap(),
            uid: 2,
        };
        // Whatever the reason may be: it lies below the cursor and is not noted as stored.
        let mut tx = test.database.database.begin().await.unwrap();
        let gone = MailboxMessageState::Gone;
        let noted = tx
            .mailboxes()
            .note(&missing, gone, None, test.hub.now())
            .await;
        noted.unwrap();
        tx.commit().await.unwrap();
        test.clock.advance(SignedDuration::from_hours(25));
        testing::eventually(async || (kept.again() == 1).then_some(())).await;
    })
    .await;
}

fn oauth(secret: &str) -> SignIn {
    SignIn::OAuth(OAuth {
        token_url: servers().tokens().url().parse().unwrap(),
        client_id: TokenServer::CLIENT.0.to_owned(),
        client_secret: secret.into(),
        scope: None,
    })
}

fn encrypted(tls: Tls, sign_in: SignIn) -> ImapSettings {
    let port = match tls {
        Tls::Implicit => servers().imaps_port(),
        Tls::StartTls | Tls::None => servers().imap_port(),
    };
    ImapSettings {
        host: "localhost".to_owned(),
        tls,
        authority: Some(std::fs::read(servers().authority()).unwrap()),
        sign_in,
        ..settings(port, "hub@example.org")
    }
}

async fn opened(settings: ImapSettings) -> Result<u32, MailboxError> {
    let mailbox = ImapMailbox::new(settings).unwrap();
    let now = "2026-03-02T10:00:00Z".parse().unwrap();
    let mut reader = mailbox.open(now).await?;
    let folder = reader.look().await?;
    reader.close().await?;
    Ok(folder.uid_validity)
}

#[tokio::test(flavor = "multi_thread")]
async fn it_signs_in_encrypted_by_password_or_token() {
    let password = || SignIn::Password(PASSWORD.into());
    for settings in [
        encrypted(Tls::Implicit, password()),
        encrypted(Tls::StartTls, password()),
        encrypted(Tls::StartTls, oauth(TokenServer::CLIENT.1)),
    ] {
        let outcome = opened(settings).await;
        assert!(outcome.is_ok(), "{outcome:?}: {}", servers().log());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_does_not_sign_in_where_it_should_not() {
    let password = || SignIn::Password(PASSWORD.into());
    let nobody_vouches = ImapSettings {
        authority: None,
        ..encrypted(Tls::Implicit, password())
    };
    let refused = opened(nobody_vouches).await.unwrap_err();
    assert!(refused.to_string().contains("certificate"), "{refused}");
    let another_name = ImapSettings {
        host: "127.0.0.1".to_owned(),
        ..encrypted(Tls::StartTls, password())
    };
    let refused = opened(another_name).await.unwrap_err();
    assert!(refused.to_string().contains("certificate"), "{refused}");

    let wrong = opened(encrypted(Tls::Implicit, SignIn::Password("wrong".into()))).await;
    let wrong = wrong.unwrap_err();
    assert!(matches!(wrong, MailboxError::RefusesUs { .. }), "{wrong:?}");
    let no_token = opened(encrypted(Tls::StartTls, oauth("wrong secret"))).await;
    let words = no_token.unwrap_err().to_string();
    assert!(
        words.contains("invalid_client") && !words.contains("secret"),
        "{words}"
    );
    let no_folder = ImapSettings {
        folder: "Nowhere".to_owned(),
        ..encrypted(Tls::Implicit, password())
    };
    let no_folder = opened(no_folder).await.unwrap_err();
    assert!(
        matches!(no_folder, MailboxError::RefusesUs { .. }),
        "{no_folder:?}"
    );
}
