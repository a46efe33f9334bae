//! Real mail servers: what the hub sends by SMTP arrives, and is read back by IMAP.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

mod mail_servers {
    use jiff::Timestamp;
    use mail::{
        Automatic, OutgoingMail, Sender, SmtpTransport, Transport,
        transport::{OAuth, SmtpSettings},
    };
    use mail_parser::{Message, MessageParser};
    use testing::mail_servers::{MailServers, NOBODY, TokenServer};

    use super::running::{Folder, Server, eventually, log};

    const USER: &str = "hub%40example.org:secret";

    /// The messages in a mailbox, once there are so many.
    async fn arrived(servers: &MailServers, address: &str, count: usize) -> Vec<Message<'static>> {
        let raw = testing::eventually(async || {
            let messages = servers.mailbox(address).await;
            (messages.len() >= count).then_some(messages)
        });
        raw.await
            .into_iter()
            .map(|raw| {
                let message = MessageParser::default().parse(&raw).expect("a message");
                message.into_owned()
            })
            .collect()
    }

    fn header(message: &Message<'_>, name: &str) -> Option<String> {
        let raw = message.header_raw(name)?;
        Some(raw.trim().to_owned())
    }

    /// Text and HTML of a message; both must be there.
    fn parts(message: &Message<'_>) -> [String; 2] {
        assert_eq!(message.text_body_count(), 1);
        assert_eq!(message.html_body_count(), 1);
        [
            message.body_text(0).expect("text").into_owned(),
            message.body_html(0).expect("HTML").into_owned(),
        ]
    }

    /// The path of the private link; in HTML its slashes may be written as entities.
    fn link(text: &str) -> String {
        let text = text.replace("&#x2f;", "/");
        let start = text.find("/enquiry/").expect("a link");
        let rest = &text[start..];
        let end = rest.find(|symbol: char| symbol.is_whitespace() || "\"<".contains(symbol));
        rest[..end.unwrap_or(rest.len())].to_owned()
    }

    fn send_question(server: &Server, address: &str) -> String {
        let cookie = server.try_fill_in_as("When does it begin?", address);
        let cookie = cookie.expect("every page is taken");
        let sent = server.post("/ask/check", Some(&cookie), &[]);
        assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
        let page = server.get("/ask/sent", Some(&cookie));
        let start = page.body.find("SEND-").expect("a reference");
        page.body[start..]
            .chars()
            .take_while(|symbol| symbol.is_ascii_alphanumeric() || *symbol == '-')
            .collect()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_acknowledgement_and_a_reply_arrive_whole() {
        let servers = MailServers::start();
        let folder = Folder::new();
        let url = servers.plain_url();
        let server = Server::start(&folder, &[("SEND_HUB_SMTP_URL", &url)]);
        let reference = send_question(&server, "sam@example.org");

        let messages = arrived(&servers, "sam@example.org", 1).await;
        let acknowledgement = &messages[0];
        let told = |name| header(acknowledgement, name).unwrap_or_default();
        assert_eq!(told("Auto-Submitted"), "auto-replied");
        assert_eq!(
            told("X-Auto-Response-Suppress"),
            "DR, RN, NRN, OOF, AutoReply"
        );
        assert!(
            told("Return-Path").contains("+b."),
            "{}",
            told("Return-Path")
        );
        assert!(told("To").contains("sam@example.org"), "{}", told("To"));
        let subject = acknowledgement.subject().expect("a subject");
        assert!(
            subject.contains(&reference) && !subject.contains("Pat"),
            "{subject}"
        );
        let [text, html] = parts(acknowledgement);
        for part in [&text, &html] {
            assert!(part.contains(&reference), "{part}");
            assert!(part.contains("999"), "{part}");
            assert!(!part.contains("When does it begin?"), "{part}");
        }
        assert_eq!(link(&text), link(&html));
        let page = server.get(&link(&text), None);
        assert_eq!(page.status, 200);
        assert!(page.body.contains(&reference));

        let session = server.sign_in(&folder);
        let answer = server.post(
            &format!("/desk/enquiry/{reference}/reply"),
            Some(&session),
            &[("reply", "It begins on Monday. – Žofie")],
        );
        assert_eq!(answer.status, 303);
        let messages = arrived(&servers, "sam@example.org", 2).await;
        let reply = messages
            .iter()
            .find(|message| message.message_id() != acknowledgement.message_id())
            .expect("the reply");
        assert_eq!(header(reply, "Auto-Submitted"), None);
        assert_eq!(
            reply.in_reply_to().as_text(),
            acknowledgement.message_id(),
            "it belongs to the acknowledgement"
        );
        let [reply_text, reply_html] = parts(reply);
        for part in [&reply_text, &reply_html] {
            assert!(part.contains("It begins on Monday. – Žofie"), "{part}");
        }
        assert_eq!(link(&reply_text), link(&text));
        eventually("the promise is kept", || {
            server.get(&link(&text), None).body.contains("We replied")
        });
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn mail_goes_encrypted_and_signed_in_by_starttls_and_by_tls() {
        let servers = MailServers::start();
        let authority = servers.authority().display().to_string();
        for (url, to) in [
            (servers.starttls_url(USER), "starttls@example.org"),
            (servers.tls_url(USER), "tls@example.org"),
        ] {
            let folder = Folder::new();
            let server = Server::start(
                &folder,
                &[
                    ("SEND_HUB_SMTP_URL", &url),
                    ("SEND_HUB_SMTP_AUTHORITY", &authority),
                ],
            );
            send_question(&server, to);
            let messages = arrived(&servers, to, 1).await;
            let received = header(&messages[0], "Received").unwrap_or_default();
            assert!(received.contains("ESMTPSA"), "{received}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_server_that_nobody_vouches_for_gets_nothing() {
        let servers = MailServers::start();
        let folder = Folder::new();
        let url = servers.tls_url(USER);
        let server = Server::start(&folder, &[("SEND_HUB_SMTP_URL", &url)]);
        send_question(&server, "untrusted@example.org");
        eventually("a retry", || log(&folder).contains("will be tried again"));
        assert!(log(&folder).contains("certificate"), "{}", log(&folder));
        assert!(servers.mailbox("untrusted@example.org").await.is_empty());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_wrong_password_is_our_fault_and_costs_no_mail() {
        let servers = MailServers::start();
        let authority = servers.authority().display().to_string();
        let folder = Folder::new();
        let url = servers.tls_url("hub%40example.org:wrong");
        let settings = |url| {
            [
                ("SEND_HUB_SMTP_URL", url),
                ("SEND_HUB_SMTP_AUTHORITY", authority.as_str()),
            ]
        };
        let server = Server::start(&folder, &settings(&url));
        send_question(&server, "later@example.org");
        eventually("an error in the log", || {
            log(&folder).contains("the sending server refuses us")
        });
        let session = server.sign_in(&folder);
        let desk = server.get("/desk", Some(&session));
        assert!(!desk.body.contains("did not reach these people"));
        assert_eq!(server.terminate(), Some(0));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_mailbox_that_is_not_there_stands_on_the_desk_until_it_is_tried_again() {
        let servers = MailServers::start();
        let folder = Folder::new();
        let url = servers.plain_url();
        let server = Server::start(&folder, &[("SEND_HUB_SMTP_URL", &url)]);
        let reference = send_question(&server, NOBODY);
        let session = server.sign_in(&folder);
        let desk = || server.get("/desk", Some(&session)).body;
        eventually("the dead letter", || {
            desk().contains("One mail did not reach the person")
        });
        let page = server.get("/desk/undelivered", Some(&session)).body;
        assert!(
            page.contains(&reference) && page.contains("5.1.1"),
            "{page}"
        );
        assert!(!page.contains(NOBODY), "{page}");
        let start = page.find("/desk/undelivered/").expect("the mail's page");
        let mail: String = page[start..]
            .chars()
            .take_while(|symbol| *symbol != '"')
            .collect();
        let page = server.get(&mail, Some(&session)).body;
        assert!(
            page.contains(NOBODY) && page.contains("refused for good"),
            "{page}"
        );
        let refused = server.post(&format!("{mail}/clear"), Some(&session), &[]);
        assert_eq!(refused.status, 422);
        let action = format!("{mail}/send-again");
        assert_eq!(
            server
                .post(&action, None, &[])
                .location
                .as_deref()
                .map(|to| to.starts_with("/desk/sign-in")),
            Some(true)
        );
        let answer = server.post(&action, Some(&session), &[]);
        assert_eq!(answer.location.as_deref(), Some("/desk/undelivered"));
        eventually("the same answer again", || {
            log(&folder).matches("a job was given up").count() == 2
        });
    }

    /// A program that Postfix can run: `send-hub` with the folder's settings, until a file named `closed` is there.
    fn pipe(folder: &Folder) -> std::path::PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let (at, database) = (folder.path().display(), folder.address());
        // A place of its own: Postfix runs it as a user who may not look into everybody's home.
        let program = folder.path().join("program");
        std::fs::copy(env!("CARGO_BIN_EXE_send-hub"), &program).expect("a copy of the program");
        let script = format!(
            "#!/bin/sh\ncd {at}\nexport SEND_HUB_DATABASE_URL='{database}'\n\
             [ -e closed ] && export SEND_HUB_DATABASE_URL=sqlite:/proc/none.db\nexec {} \"$@\"\n",
            program.display()
        );
        let file = folder.path().join("send-hub");
        std::fs::write(&file, script).expect("the script");
        let open = |mode| std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&file, open(0o755)).expect("permissions");
        std::fs::set_permissions(folder.path(), open(0o755)).expect("permissions");
        for part in ["", "send-hub.db", "send-hub.db-wal", "send-hub.db-shm"] {
            let part = folder.data().join(part);
            if part.exists() {
                testing::mail_servers::hand_to(&part, "mail");
            }
        }
        file
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn postfix_hands_mail_over_by_pipe_and_keeps_what_was_not_taken() {
        let folder = Folder::new();
        let _server = Server::start(&folder, &[]);
        let servers = MailServers::start_with_pipe(&pipe(&folder));
        let sending = SmtpTransport::new(SmtpSettings {
            url: servers.plain_url().into(),
            authority: None,
            oauth: None,
        })
        .expect("a transport");
        let send = async |address, number| {
            let mail = mail_to(address, number);
            let sent = sending.send(&mail, Timestamp::UNIX_EPOCH).await;
            sent.expect("Postfix takes it");
        };
        send("enquiries@example.org", 1).await;
        eventually("an acknowledgement", || folder.mails().len() == 1);
        assert!(folder.mails()[0].contains("In-Reply-To: <1@example.org>"));

        std::fs::write(folder.path().join("closed"), "").expect("a file");
        send("enquiries+b.tag@example.org", 2).await;
        eventually("Postfix keeps it", || {
            servers.log().contains("status=deferred")
        });
        assert!(servers.log().contains("4.3.0"), "{}", servers.log());
        assert!(!servers.log().contains("status=bounced"));
        assert_eq!(folder.mails().len(), 1);
        std::fs::remove_file(folder.path().join("closed")).expect("the file");
        servers.try_again();
        eventually("the second acknowledgement", || folder.mails().len() == 2);
    }

    fn mail_to(address: &str, number: u128) -> OutgoingMail {
        let sender: domain::email::EmailAddress = "hub@example.org".parse().expect("an address");
        OutgoingMail {
            id: domain::ids::MailId::from_uuid(uuid::Uuid::from_u128(number)),
            from: Sender {
                name: "Sample County Council".to_owned(),
                address: sender.clone(),
            },
            reply_to: sender.clone(),
            to: address.parse().expect("an address"),
            return_path: sender,
            subject: "Your enquiry".to_owned(),
            text: "Hello".to_owned(),
            html: Some("<p>Hello</p>".to_owned()),
            message_id: format!("<{number}@example.org>"),
            in_reply_to: None,
            references: Vec::new(),
            automatic: Automatic::Person,
        }
    }

    fn by_token(servers: &MailServers, secret: &str) -> SmtpTransport {
        let authority = std::fs::read(servers.authority()).expect("the authority");
        SmtpTransport::new(SmtpSettings {
            url: servers.starttls_url("hub%40example.org").into(),
            authority: Some(authority),
            oauth: Some(OAuth {
                token_url: servers.tokens().url().parse().expect("an address"),
                client_id: TokenServer::CLIENT.0.to_owned(),
                client_secret: secret.into(),
                scope: None,
            }),
        })
        .expect("settings")
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn tokens_serve_instead_of_a_password_until_their_time_ends() {
        let servers = MailServers::start();
        servers.tokens().live(600);
        let transport = by_token(&servers, TokenServer::CLIENT.1);
        let at = |text: &str| -> Timestamp { text.parse().expect("a time") };
        for (number, now, given) in [
            (1, "2026-03-02T10:00:00Z", 1),
            (2, "2026-03-02T10:08:00Z", 1),
            // A minute before its end it is no longer used.
            (3, "2026-03-02T10:09:30Z", 2),
        ] {
            let mail = mail_to("token@example.org", number);
            let sent = transport.send(&mail, at(now)).await;
            assert!(sent.is_ok(), "{sent:?}: {}", servers.log());
            assert_eq!(servers.tokens().given(), given);
        }
        let messages = arrived(&servers, "token@example.org", 3).await;
        let received = header(&messages[0], "Received").unwrap_or_default();
        assert!(received.contains("ESMTPSA"), "{received}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_token_that_is_refused_is_asked_for_anew() {
        let servers = MailServers::start();
        let at: Timestamp = "2026-03-02T10:00:00Z".parse().expect("a time");
        // Two users of one token server: the second one's token makes the first one's worthless.
        let (first, second) = (
            by_token(&servers, TokenServer::CLIENT.1),
            by_token(&servers, "not the secret"),
        );
        let refused = second.send(&mail_to("token@example.org", 1), at).await;
        let words = refused.expect_err("no token").to_string();
        assert!(
            words.contains("invalid_client") && !words.contains("secret"),
            "{words}"
        );

        servers.tokens().revoke_the_next();
        let refused = first.send(&mail_to("token@example.org", 2), at).await;
        let words = refused.expect_err("a worthless token").to_string();
        assert!(words.contains("because we are refused"), "{words}");
        let sent = first.send(&mail_to("token@example.org", 2), at).await;
        assert!(sent.is_ok(), "{sent:?}: {}", servers.log());
        assert_eq!(servers.tokens().given(), 2);
    }
}
