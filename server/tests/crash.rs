//! `kill -9` at several points between the form's post and the mail: an enquiry that was
//! confirmed is there after a restart, and a mail that goes twice carries the same Message-ID.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

use std::{thread, time::Duration};

use running::{
    Folder, Server, eventually,
    post::{Post, Then},
};

#[test]
fn a_confirmed_enquiry_is_there_after_a_kill_whenever_it_comes() {
    let folder = Folder::new();
    let mut confirmed = 0;
    for delay_ms in [0, 1, 2, 4, 8, 16, 64] {
        let server = Server::start(&folder, &[]);
        let cookie = server.fill_in("Killed on the way");
        let sent = thread::scope(|scope| {
            let press = scope.spawn(|| server.try_post("/ask/check", Some(&cookie), &[]));
            thread::sleep(Duration::from_millis(delay_ms));
            kill_at_once(server.pid());
            press.join().expect("the press")
        });
        drop(server);
        let again = Server::start(&folder, &[]);
        let page = again.get("/ask/sent", Some(&cookie));
        if sent.is_some_and(|answer| answer.status == 303) {
            confirmed += 1;
            assert_eq!(page.status, 200, "confirmed after {delay_ms} ms, then lost");
            assert!(page.body.contains("SEND-"));
        }
        // Confirmed or not, pressing again leads to one enquiry and its reference.
        again.post("/ask/check", Some(&cookie), &[]);
        assert_eq!(again.get("/ask/sent", Some(&cookie)).status, 200);
        let expected = sent_until(delay_ms);
        eventually("one acknowledgement for each", || {
            folder.mails().len() == expected
        });
        again.kill();
    }
    assert!(
        confirmed > 0,
        "no press came through: the test shows nothing"
    );
}

fn sent_until(delay_ms: u64) -> usize {
    let delays = [0, 1, 2, 4, 8, 16, 64];
    delays
        .iter()
        .take_while(|delay| **delay <= delay_ms)
        .count()
}

fn kill_at_once(pid: u32) {
    std::process::Command::new("kill")
        .args(["-KILL", &pid.to_string()])
        .status()
        .expect("kill");
}

#[test]
fn a_mail_that_was_taken_before_a_kill_goes_again_with_the_same_message_id() {
    let folder = Folder::new();
    let post = Post::start(Then::TakeAndSayNothing);
    let settings = [("SEND_HUB_SMTP_URL", post.url())];

    let server = Server::start(&folder, &settings);
    let cookie = server.fill_in("Killed while the mail goes out");
    let sent = server.post("/ask/check", Some(&cookie), &[]);
    assert_eq!(sent.status, 303);
    post.next_mail();
    server.kill();

    post.then(Then::Take);
    let server = Server::start(&folder, &settings);
    post.next_mail();
    let ids = post.message_ids();
    assert_eq!(ids.len(), 2, "{ids:?}");
    assert_eq!(ids[0], ids[1]);
    // And then never again: the job is done, so two leases later nothing more has come.
    assert!(!post.mail_comes_within(Duration::from_secs(5)));
    assert_eq!(server.terminate(), Some(0));
}

#[test]
fn a_sending_server_that_is_down_delays_the_mail_and_loses_nothing() {
    let folder = Folder::new();
    let down = format!("smtp://127.0.0.1:{}", running::free_port());
    let server = Server::start(&folder, &[("SEND_HUB_SMTP_URL", &down)]);
    let cookie = server.fill_in("While the post is down");
    assert_eq!(server.post("/ask/check", Some(&cookie), &[]).status, 303);
    assert!(
        server
            .get("/ask/sent", Some(&cookie))
            .body
            .contains("SEND-")
    );
    eventually("the log of a retry", || {
        running::log(&folder).contains("will be tried again")
    });
    assert_eq!(server.terminate(), Some(0));
}
