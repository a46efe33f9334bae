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
}

/// What can happen to a server.
mod postgres {
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

        cluster.crash();
        assert_eq!(server.get("/readyz", None).status, 503);
        let page = server.post("/ask/check", Some(&cookie), &[]);
        assert_eq!(page.status, 503);
        assert_ne!(text(&page.body, ".hub-request-id"), "");
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
}
