//! A mailbox on a real mail server, read by the program itself.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

mod mail_servers {
    use std::fs;

    use store::{Database, Mailbox};
    use testing::mail_servers::{MailServers, PASSWORD, imap::put};

    use super::running::{Folder, Server, text};

    const INBOX: &str = "INBOX";

    fn message(from: &str, subject: &str, words: &str) -> String {
        format!(
            "Return-Path: <{from}>\r\nFrom: Pat Zebrawood <{from}>\r\nTo: hub@example.org\r\nSubject: {subject}\r\n\
             Message-ID: <{subject}@example.org>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\n\r\n{words}\r\n"
        )
    }

    /// Names the mailbox `hub@example.org` in the settings.
    fn set_up(folder: &Folder, servers: &MailServers, more: &str) {
        let toml = format!(
            "largest_message_mb = 1\n\
             [[mailbox]]\nname = 'enquiries'\nhost = 'localhost'\nport = {}\nauthority = '{}'\n\
             user = 'hub@example.org'\npoll_seconds = 1\n{more}\n",
            servers.imaps_port(),
            servers.authority().display()
        );
        fs::write(folder.path().join("send-hub.toml"), toml).expect("the settings");
    }

    fn with_password() -> String {
        format!("password = '{PASSWORD}'")
    }

    async fn mailbox(folder: &Folder) -> Option<Mailbox> {
        let database = Database::connect(folder.address(), &folder.data()).await;
        let database = database.expect("the database");
        let mut tx = database.read().await.expect("the database");
        let all = tx.mailboxes().list().await.expect("the mailboxes");
        drop(tx);
        database.close().await;
        all.into_iter().next()
    }

    async fn stored(folder: &Folder, count: u32) {
        testing::eventually(async || {
            let mailbox = mailbox(folder).await?;
            (mailbox.stored >= count).then_some(())
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn mail_in_a_mailbox_becomes_an_enquiry_that_is_acknowledged() {
        let servers = MailServers::start();
        let folder = Folder::new();
        set_up(&folder, &servers, &with_password());
        let mut at = servers.at("hub@example.org").await;
        let asked = message("pat@example.org", "place", "When does it begin?");
        put(&mut at, INBOX, [asked]).await;

        let url = servers.plain_url();
        let server = Server::start(&folder, &[("SEND_HUB_SMTP_URL", &url)]);
        let letters = testing::eventually(async || {
            let letters = servers.mailbox("pat@example.org").await;
            (!letters.is_empty()).then_some(letters)
        })
        .await;
        let letter = String::from_utf8_lossy(&letters[0]).into_owned();
        assert!(letter.contains("SEND-"), "{letter}");

        let session = server.sign_in(&folder);
        stored(&folder, 1).await;
        let page = server.get("/desk/mailboxes", Some(&session)).body;
        assert!(text(&page, "h2").contains("All is well"), "{page}");
        assert!(
            !server
                .get("/desk", Some(&session))
                .body
                .contains("Mail may be missing")
        );
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_server_killed_in_the_middle_of_a_backlog_loses_nothing() {
        let servers = MailServers::start();
        let folder = Folder::new();
        set_up(&folder, &servers, &with_password());
        let mut at = servers.at("hub@example.org").await;
        let backlog = (1..=80).map(|number| {
            let subject = format!("number-{number}");
            message("pat@example.org", &subject, "When does it begin?")
        });
        put(&mut at, INBOX, backlog).await;
        for until in [1, 20, 50] {
            let server = Server::start(&folder, &[]);
            testing::eventually(async || {
                let mailbox = mailbox(&folder).await?;
                (mailbox.cursor >= until).then_some(())
            })
            .await;
            server.kill();
        }
        let _server = Server::start(&folder, &[]);
        stored(&folder, 80).await;
        let mailbox = mailbox(&folder).await.expect("it");
        assert_eq!((mailbox.in_mailbox, mailbox.stored), (80, 80));
        assert_eq!(incoming(&folder).await, 80);
    }

    /// How many mails were taken in.
    async fn incoming(folder: &Folder) -> i64 {
        const SQL: &str = "SELECT count(*) FROM incoming";
        let database = Database::connect(folder.address(), &folder.data()).await;
        let (count,): (i64,) = match database.expect("the database").read().await.expect("it") {
            store::Tx::Sqlite(mut tx) => sqlx::query_as(SQL).fetch_one(&mut *tx).await,
            store::Tx::Postgres(mut tx) => sqlx::query_as(SQL).fetch_one(&mut *tx).await,
        }
        .expect("a count");
        count
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_message_that_is_too_large_stands_on_the_desk_until_somebody_saw_to_it() {
        let servers = MailServers::start();
        let folder = Folder::new();
        set_up(&folder, &servers, &with_password());
        let mut at = servers.at("hub@example.org").await;
        let large = message(
            "pat@example.org",
            "Large",
            &"Many words. \r\n".repeat(90_000),
        );
        let small = message("pat@example.org", "Small", "When does it begin?");
        put(&mut at, INBOX, [large, small]).await;
        let server = Server::start(&folder, &[]);
        stored(&folder, 1).await;
        let session = server.sign_in(&folder);
        let desk = || server.get("/desk", Some(&session)).body;
        assert!(desk().contains("Mail may be missing"), "{}", desk());
        let page = server.get("/desk/mailboxes", Some(&session)).body;
        assert!(
            page.contains("1 message is in the mailbox and not here"),
            "{page}"
        );

        let start = page.find("/desk/mailboxes/enquiries/").expect("a button");
        let take_again: String = page[start..]
            .chars()
            .take_while(|symbol| *symbol != '"')
            .collect();
        let seen_to = take_again.replace("take-again", "seen-to");
        assert_ne!(take_again, seen_to);
        for path in [&take_again, &seen_to] {
            let answer = server.post(path, Some(&session), &[]);
            assert_eq!(answer.location.as_deref(), Some("/desk/mailboxes"));
        }
        // At the next look it counts as seen to.
        let page = || server.get("/desk/mailboxes", Some(&session)).body;
        super::running::eventually("all is well", || !page().contains("not here"));
        assert!(!desk().contains("Mail may be missing"));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_doctor_signs_in_to_each_mailbox() {
        let servers = MailServers::start();
        let folder = Folder::new();
        Server::start(&folder, &[]).terminate();
        set_up(&folder, &servers, &with_password());
        let (_, words) = folder.run(&["doctor"]);
        assert!(
            words.contains("ok     mailbox enquiries: 0 messages"),
            "{words}"
        );

        set_up(&folder, &servers, "password = 'wrong'");
        let (sound, words) = folder.run(&["doctor"]);
        assert!(
            !sound && words.contains("WRONG  mailbox enquiries"),
            "{words}"
        );
        assert!(words.contains("refuses us"), "{words}");

        let nowhere = format!("{}\nfiled_folder = 'Nowhere'", with_password());
        set_up(&folder, &servers, &nowhere);
        let (sound, words) = folder.run(&["doctor"]);
        assert!(!sound && words.contains("filed_folder"), "{words}");
    }
}
