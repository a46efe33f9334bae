//! Two servers on one PostgreSQL: they start together, share the work, and each finds what the other writes.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

mod postgres {
    use std::{collections::BTreeSet, fs, process::Stdio};

    use testing::Cluster;

    use super::running::{Folder, ONE_SERVICE, Server, eventually};

    /// A second server's folder: its own index and mail, the first one's key.
    fn beside(first: &Folder) -> (Folder, [(&'static str, String); 1]) {
        let key = first.data().join("secret.key").display().to_string();
        let settings = [("SEND_HUB_SECRET_KEY", key)];
        (Folder::on(first.address().to_owned()), settings)
    }

    fn start(folder: &Folder, settings: &[(&'static str, String)]) -> Server {
        let settings: Vec<_> = settings
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Server::start(folder, &settings)
    }

    fn ask(server: &Server, words: &str) -> String {
        let cookie = server.fill_in(words);
        let sent = server.post("/ask/check", Some(&cookie), &[]);
        assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
        cookie
    }

    fn message_ids(folders: [&Folder; 2]) -> Vec<String> {
        let mails = folders.iter().flat_map(|folder| folder.mails());
        mails
            .filter_map(|mail| {
                let line = mail
                    .lines()
                    .find_map(|line| line.strip_prefix("Message-ID: "));
                line.map(str::to_owned)
            })
            .collect()
    }

    #[test]
    fn two_that_start_together_wait_for_each_others_migrations() {
        let first = Folder::on(Cluster::shared().database());
        let second = Folder::on(first.address().to_owned());
        let migrating = [&first, &second].map(|folder| {
            let mut command = folder.command();
            command.arg("migrate").stdout(Stdio::null());
            command.spawn().expect("send-hub")
        });
        for mut process in migrating {
            assert!(process.wait().expect("its end").success());
        }
        assert_eq!(Server::start(&first, &[]).terminate(), Some(0));
    }

    #[test]
    fn each_finds_what_the_other_writes_and_every_mail_goes_once() {
        let first = Folder::on(Cluster::shared().database());
        let one = Server::start(&first, &[]);
        let (second, settings) = beside(&first);
        let two = start(&second, &settings);

        let cookie = ask(&one, "Asked of the first");
        let page = two.get("/ask/sent", Some(&cookie));
        assert!(page.body.contains("SEND-"), "{}", page.body);

        let file = first.path().join("more.json");
        fs::write(&file, ONE_SERVICE).expect("a file");
        let (imported, words) =
            first.run(&["import", "open-referral", file.to_str().expect("a name")]);
        assert!(imported, "{words}");
        for server in [&one, &two] {
            eventually("the new listing in each index", || {
                let page = server.get("/local-offer?q=zanzibar", None);
                page.body.contains("Zanzibar Sailing")
            });
        }

        std::thread::scope(|scope| {
            for server in [&one, &two] {
                scope.spawn(|| {
                    for _ in 0..12 {
                        ask(server, "One of many");
                    }
                });
            }
        });
        eventually("every acknowledgement", || {
            message_ids([&first, &second]).len() >= 25
        });
        assert_eq!(one.terminate(), Some(0));
        assert_eq!(two.terminate(), Some(0));
        let ids = message_ids([&first, &second]);
        let different: BTreeSet<_> = ids.iter().collect();
        assert_eq!((ids.len(), different.len()), (25, 25));
    }

    #[test]
    fn one_goes_on_when_the_other_is_killed() {
        let first = Folder::on(Cluster::shared().database());
        let one = Server::start(&first, &[]);
        let (second, settings) = beside(&first);
        let two = start(&second, &settings);
        let cookies: Vec<_> = (0..5).map(|_| ask(&one, "Before the kill")).collect();
        one.kill();
        for cookie in &cookies {
            let page = two.get("/ask/sent", Some(cookie));
            assert!(page.body.contains("SEND-"), "{}", page.body);
        }
        ask(&two, "After the kill");
        // A job that the first held is free again when its lease of two seconds ends.
        eventually("every acknowledgement", || {
            let ids: BTreeSet<_> = message_ids([&first, &second]).into_iter().collect();
            ids.len() == 6
        });
    }
}
