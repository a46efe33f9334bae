//! A database that is locked, full, gone, of a newer version, or comes back: the person is told, nothing is
//! half written, and the server recovers by itself.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

use running::{Folder, Server, eventually, text};

/// What can happen to a file.
mod sqlite {
    use sqlx::{Connection, Executor, SqliteConnection};

    use super::*;

    async fn connect(folder: &Folder) -> SqliteConnection {
        let url = format!("sqlite:{}", folder.database().display());
        SqliteConnection::connect(&url).await.expect("the database")
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_locked_database_is_told_with_a_number_and_nothing_is_half_written() {
        let folder = Folder::new();
        let server = Server::start(&folder, &[]);
        let cookie = server.fill_in("While it is locked");
        let mut other = connect(&folder).await;
        other.execute("BEGIN EXCLUSIVE").await.expect("the lock");
        assert_eq!(server.get("/readyz", None).status, 503);
        let page = server.post("/ask/check", Some(&cookie), &[]);
        assert_eq!(page.status, 503);
        let number = page.header("x-request-id").expect("a number");
        assert_eq!(text(&page.body, ".hub-request-id"), number);
        other.execute("ROLLBACK").await.expect("the end");
        assert_eq!(server.get("/readyz", None).status, 200);
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM enquiries")
            .fetch_one(&mut other)
            .await
            .expect("a count");
        assert_eq!(count, 0);
        let sent = server.post("/ask/check", Some(&cookie), &[]);
        assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_audit_proves_a_hub_at_work_names_a_row_that_was_changed_and_makes_no_database() {
        let folder = Folder::new();
        let audit = |arguments: &[&str]| {
            let mut command = folder.command();
            let output = command.arg("audit").args(arguments).output();
            let output = output.expect("it runs");
            let words = [output.stdout, output.stderr].concat();
            let words = String::from_utf8_lossy(&words).into_owned();
            (output.status.code(), words)
        };
        let (code, words) = audit(&[]);
        assert_eq!(code, Some(2), "{words}");
        assert!(!folder.database().exists());

        let server = Server::start(&folder, &[]);
        let cookie = server.fill_in("Is all of it there?");
        server.post("/ask/check", Some(&cookie), &[]);
        let (code, words) = audit(&[]);
        assert_eq!(code, Some(0), "{words}");
        assert!(words.contains("All seven invariants hold."), "{words}");

        let mut other = connect(&folder).await;
        const CHANGE: &str = "UPDATE enquiries SET due_at = due_at + 86400000 WHERE id = \
                              (SELECT id FROM enquiries WHERE state = 'promised' LIMIT 1) RETURNING reference";
        let changed: String = sqlx::query_scalar(CHANGE)
            .fetch_one(&mut other)
            .await
            .expect("a change");
        let (code, words) = audit(&["--json"]);
        assert_eq!(code, Some(1), "{words}");
        let told: serde_json::Value = serde_json::from_str(&words).expect("JSON");
        let broken = &told["broken"][0];
        assert_eq!(broken["invariant"], 3, "{words}");
        assert_eq!(broken["first"][0]["reference"], *changed, "{words}");
        assert_eq!(server.terminate(), Some(0));
    }

    #[test]
    fn a_full_disk_is_told_and_nothing_is_half_written() {
        let folder = Folder::new();
        assert_eq!(Server::start(&folder, &[]).terminate(), Some(0));
        // A little more than the database has: then every file is as full as a disk can be.
        let limit_kib = folder.database().metadata().expect("the database").len() / 1024 + 64;
        let server = Server::start_with_files_of_at_most(&folder, limit_kib);
        let cookies: Vec<String> =
            std::iter::from_fn(|| server.try_fill_in(&"words ".repeat(1_500)))
                .take(200)
                .collect();
        assert!(cookies.len() < 200, "the disk never filled up");
        // An empty draft is small, and so is the probe's own row: they may find room for a while.
        eventually("a draft that finds no room", || {
            let page = server.post("/ask", None, &[]);
            page.status == 503 && !text(&page.body, ".hub-request-id").is_empty()
        });
        eventually("red readiness", || {
            server.post("/ask", None, &[]);
            server.get("/readyz", None).status == 503
        });
        drop(server);

        let server = Server::start(&folder, &[]);
        assert_eq!(server.get("/readyz", None).status, 200);
        for cookie in &cookies {
            let sent = server.post("/ask/check", Some(cookie), &[]);
            assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
        }
    }

    #[test]
    fn a_database_that_is_gone_takes_no_more_enquiries() {
        let folder = Folder::new();
        let server = Server::start(&folder, &[]);
        let cookie = server.fill_in("While it is gone");
        let elsewhere = folder.path().join("elsewhere.db");
        std::fs::rename(folder.database(), &elsewhere).expect("the file moves");
        assert_eq!(server.get("/readyz", None).status, 503);
        assert_eq!(server.post("/ask/check", Some(&cookie), &[]).status, 503);
        std::fs::rename(&elsewhere, folder.database()).expect("the file comes back");
        assert_eq!(server.get("/readyz", None).status, 200);
        let sent = server.post("/ask/check", Some(&cookie), &[]);
        assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_database_from_a_newer_version_is_refused() {
        let folder = Folder::new();
        assert_eq!(Server::start(&folder, &[]).terminate(), Some(0));
        let mut database = connect(&folder).await;
        database
            .execute("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', TRUE, x'00', 0)")
            .await
            .expect("a later migration");
        let output = folder.command().arg("migrate").output().expect("it runs");
        assert!(!output.status.success());
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(words.contains("newer version"), "{words}");
    }

    #[test]
    fn a_backup_made_while_the_server_runs_can_be_restored() {
        let folder = Folder::on("sqlite:".to_owned());
        let server = Server::start(&folder, &[]);
        let cookie = server.fill_in("To be kept");
        server.post("/ask/check", Some(&cookie), &[]);
        let file = folder.path().join("copy.db");
        let name = file.to_str().expect("a name");
        let (made, words) = folder.run(&["backup", name]);
        assert!(made && words.contains("is whole: enquiries 1"), "{words}");
        let (made, words) = folder.run(&["backup", name]);
        assert!(!made && words.contains("is there already"), "{words}");
        assert_eq!(server.terminate(), Some(0));

        let restored = Folder::on("sqlite:".to_owned());
        std::fs::create_dir_all(restored.data()).expect("a data folder");
        std::fs::copy(&file, restored.database()).expect("the copy");
        let key = folder.data().join("secret.key");
        std::fs::copy(key, restored.data().join("secret.key")).expect("the key");
        let server = Server::start(&restored, &[]);
        let page = server.get("/ask/sent", Some(&cookie));
        assert!(page.body.contains("SEND-"), "{}", page.body);
    }

    #[test]
    fn a_lost_key_is_not_replaced_without_a_word() {
        let folder = Folder::on("sqlite:".to_owned());
        assert_eq!(Server::start(&folder, &[]).terminate(), Some(0));
        let key = folder.data().join("secret.key");
        for another in [false, true] {
            std::fs::remove_file(&key).ok();
            if another {
                std::fs::write(&key, [7; 32]).expect("another key");
            }
            let (started, words) = folder.run(&["serve"]);
            assert!(
                !started && words.contains("restore it from the backup"),
                "{words}"
            );
            assert_eq!(key.exists(), another);
        }
        let (accepted, words) = folder.run(&["migrate", "--new-key"]);
        assert!(accepted, "{words}");
        assert_eq!(Server::start(&folder, &[]).terminate(), Some(0));
    }
}

/// What can happen to a server.
mod postgres {
    use rand::{
        SeedableRng,
        distr::{Alphanumeric, SampleString},
        rngs::StdRng,
    };
    use sqlx::Connection;
    use testing::Cluster;

    use super::*;

    #[test]
    fn one_that_crashes_and_comes_back_is_told_of_and_loses_nothing() {
        let cluster = Cluster::start(&[]);
        let folder = Folder::on(cluster.database());
        let server = Server::start(&folder, &[]);
        let kept = server.fill_in("Before the crash");
        let sent = server.post("/ask/check", Some(&kept), &[]);
        assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
        let cookie = server.fill_in("While it is down");
        let session = server.sign_in(&folder);

        cluster.crash();
        assert_eq!(server.get("/readyz", None).status, 503);
        let page = server.post("/ask/check", Some(&cookie), &[]);
        assert_eq!(page.status, 503);
        assert_ne!(text(&page.body, ".hub-request-id"), "");
        // Nobody can tell who this is just now; what they wrote is not lost all the same.
        let words = [("reply", "It begins on Monday.")];
        let reply = "/desk/enquiry/SEND-7KQM-4TXD/reply";
        let page = server.post(reply, Some(&session), &words);
        assert_eq!(page.status, 503);
        assert_eq!(text(&page.body, "textarea").trim(), "It begins on Monday.");
        cluster.start_again();

        eventually("green readiness", || {
            server.get("/readyz", None).status == 200
        });
        for cookie in [&kept, &cookie] {
            let sent = server.post("/ask/check", Some(cookie), &[]);
            assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
        }
        eventually("both acknowledgements", || folder.mails().len() == 2);
        assert_eq!(server.terminate(), Some(0));
    }

    /// A little more than a piece of its log has, and no whole number of pages, so that the page that does not fit is
    /// written in part.
    const FULL: u64 = (1 << 20) + 4096;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_full_disk_is_told_with_the_words_and_nothing_is_half_written() {
        let cluster = Cluster::start_small();
        let folder = Folder::on(cluster.database());
        let server = Server::start(&folder, &[]);
        let session = server.sign_in(&folder);
        let kept = server.fill_in("Before the disk is full");
        server.post("/ask/check", Some(&kept), &[]);
        let page = server.get("/ask/sent", Some(&kept)).body;
        let (_, rest) = page.split_once("SEND-").expect("a reference");
        let reference: String = rest.chars().take(9).collect();
        let notes = format!("/desk/enquiry/SEND-{reference}/note");
        let mut random = StdRng::seed_from_u64(1);
        // Nothing that can be packed into less.
        let mut words = || Alphanumeric.sample_string(&mut random, 9_900);
        let waiting = server.fill_in(&words());

        cluster.let_files_grow_to(Some(FULL));
        let (note, refused) = (0..500)
            .find_map(|_| {
                let note = words();
                let answer = server.post(&notes, Some(&session), &[("note", &note)]);
                (answer.status != 303).then_some((note, answer))
            })
            .expect("a disk that fills up");
        assert_eq!(refused.status, 503);
        assert_ne!(text(&refused.body, ".hub-request-id"), "");
        assert_eq!(text(&refused.body, "textarea").trim(), note);
        let sent = server.post("/ask/check", Some(&waiting), &[]);
        assert_eq!(sent.status, 503);
        let mut database = sqlx::PgConnection::connect(folder.address()).await;
        let database = database.as_mut().expect("the database");
        for table in ["enquiries", "correspondents", "promises"] {
            let count = format!("SELECT count(*) FROM {table}");
            let count = sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(count));
            let rows = count.fetch_one(&mut *database).await.expect("a count");
            assert_eq!(rows, 1, "{table}");
        }

        cluster.let_files_grow_to(None);
        // As the page's own button does.
        let written = server.post(&notes, Some(&session), &[("note", &note)]);
        assert_eq!(written.status, 303);
        let sent = server.post("/ask/check", Some(&waiting), &[]);
        assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
        eventually("both acknowledgements", || folder.mails().len() == 2);
        assert_eq!(server.terminate(), Some(0));
        let (whole, words) = folder.run(&["audit"]);
        assert!(whole, "{words}");
    }

    #[test]
    fn a_council_moves_there_from_sqlite_with_everything() {
        let mut folder = Folder::on("sqlite:".to_owned());
        let server = Server::start(&folder, &[]);
        let cookie = server.fill_in("Zoë moves 👩‍👧");
        server.post("/ask/check", Some(&cookie), &[]);
        eventually("the acknowledgement", || folder.mails().len() == 1);
        assert_eq!(server.terminate(), Some(0));

        let address = Cluster::shared().database();
        let (moved, words) = folder.run(&["move", "--to", &address]);
        assert!(moved, "{words}");
        assert!(words.contains("        1  enquiries"), "{words}");
        assert!(words.contains("      150  services"), "{words}");
        let (again, words) = folder.run(&["serve"]);
        assert!(!again && words.contains("was moved away"), "{words}");
        let (again, words) = folder.run(&["move", "--to", &address]);
        assert!(!again && words.contains("already"), "{words}");

        folder.switch_to(address);
        let server = Server::start(&folder, &[]);
        let page = server.get("/ask/sent", Some(&cookie));
        assert!(page.body.contains("SEND-"), "{}", page.body);
        assert!(
            server
                .get("/local-offer?q=speech", None)
                .body
                .contains("/local-offer/")
        );
        // What is written next finds its place after what was moved.
        let cookie = server.fill_in("The next");
        let sent = server.post("/ask/check", Some(&cookie), &[]);
        assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
        let file = folder.path().join("more.json");
        std::fs::write(&file, running::ONE_SERVICE).expect("a file");
        let (imported, words) =
            folder.run(&["import", "open-referral", file.to_str().expect("a name")]);
        assert!(imported, "{words}");
        eventually("the new listing", || {
            server
                .get("/local-offer?q=zanzibar", None)
                .body
                .contains("Zanzibar Sailing")
        });
        let (whole, words) = folder.run(&["audit"]);
        assert!(whole, "{words}");
    }

    #[test]
    fn a_database_that_holds_something_else_takes_nothing() {
        let elsewhere = Folder::on(Cluster::shared().database());
        assert_eq!(Server::start(&elsewhere, &[]).terminate(), Some(0));
        let folder = Folder::on("sqlite:".to_owned());
        assert_eq!(Server::start(&folder, &[]).terminate(), Some(0));
        let (moved, words) = folder.run(&["move", "--to", elsewhere.address()]);
        assert!(!moved && words.contains("came out differently"), "{words}");
        // Nothing was marked either.
        assert_eq!(Server::start(&folder, &[]).terminate(), Some(0));
    }
}
