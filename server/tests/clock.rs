//! A clock that is set an hour on or back under a running server, and mail servers that fail, by a clock that need not
//! be waited for: nothing is lost, nothing hangs, and it goes on by itself. And a day on which the known bank holidays
//! come to their end.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

use std::time::Duration;

use running::{
    Folder, Server,
    clock::{Clock, HOUR},
    eventually, log,
    post::{Post, Then},
    text,
};

/// What needs a clock to set; the module is named after what it needs.
mod faketime {
    use domain::calendar::WorkingDays;
    use jiff::ToSpan as _;

    use super::*;

    const MINUTE: i64 = 60;
    /// Longer than the first pauses between two tries.
    const SEVERAL_TRIES: i64 = 5 * MINUTE;

    /// A server by a clock of its own, sending by a post that fails when it is told to.
    struct World {
        clock: Clock,
        post: Post,
        server: Option<Server>,
        folder: Folder,
    }

    impl World {
        fn new(then: Then) -> Self {
            let folder = Folder::new();
            let mut world = Self {
                clock: Clock::new(&folder),
                post: Post::start(then),
                server: None,
                folder,
            };
            world.start();
            world
        }

        fn start(&mut self) {
            let mut settings = self.clock.settings();
            settings.push(("SEND_HUB_SMTP_URL", self.post.url()));
            self.server = Some(Server::start(&self.folder, &settings));
        }

        fn server(&self) -> &Server {
            self.server.as_ref().expect("a server")
        }

        fn kill(&mut self) {
            if let Some(server) = self.server.take() {
                let process = server.pid();
                server.kill();
                self.clock.forget(process);
            }
        }

        /// Asks a question.
        fn ask(&self) -> String {
            let cookie = self.server().fill_in("What time is it?");
            let sent = self.server().post("/ask/check", Some(&cookie), &[]);
            assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
            cookie
        }

        /// The promised day, as the person was told it.
        fn promise(&self, cookie: &str) -> String {
            let page = self.server().get("/ask/sent", Some(cookie));
            assert_eq!(page.status, 200);
            let promise = text(&page.body, ".hub-promise");
            assert!(promise.contains("20"), "{promise}");
            promise
        }

        fn retries(&self) -> usize {
            log(&self.folder).matches("will be tried again").count()
        }

        /// Waits for the sweep to seal what was done, and proves that nothing is missing.
        fn audit(&self) {
            eventually("the seals, and nothing missing", || {
                self.clock.run(&self.folder, &["audit"]).0
            });
        }
    }

    impl Drop for World {
        fn drop(&mut self) {
            self.kill();
        }
    }

    #[test]
    fn administrators_and_doctor_say_that_the_bank_holidays_run_out_and_not_before() {
        let last = WorkingDays::default().last_known_holiday();
        let in_time = last.and_then(|last| last.checked_sub(1.year()).ok());
        let in_time = in_time.expect("a year before the last holiday");
        let late = in_time.tomorrow().expect("the day after");
        let world = World::new(Then::Take);
        let server = world.server();
        let banner = "The bank holidays run out";
        for (day, are_told) in [(in_time, false), (late, true)] {
            world.clock.set_to_noon_of(day);
            let session = server.sign_in_as("admin@example.org", &world.folder);
            for page in ["/desk", "/admin"] {
                let shown = server.get(page, Some(&session));
                assert_eq!(shown.status, 200);
                assert_eq!(shown.body.contains(banner), are_told, "{page} on {day}");
            }
            let session = server.sign_in(&world.folder);
            let shown = server.get("/desk", Some(&session));
            assert!(
                !shown.body.contains(banner),
                "an officer can do nothing about it"
            );
            let (_, words) = world.clock.run(&world.folder, &["doctor"]);
            let told = if are_told {
                "WRONG  bank holidays: known for 11 more months only"
            } else {
                "ok     bank holidays: known for 12 more months"
            };
            assert!(words.contains(told), "{day}: {words}");
        }
    }

    #[test]
    fn an_hour_on_ends_what_an_hour_ends_and_moves_no_promise() {
        let world = World::new(Then::Say("RCPT", "451 4.2.0 Try again later"));
        let server = world.server();
        let session = server.sign_in(&world.folder);
        let half_written = server.fill_in("Not sent yet");
        let cookie = world.ask();
        let promise = world.promise(&cookie);
        eventually("a try in vain", || world.retries() == 1);
        world.post.then(Then::Take);

        world.clock.advance(HOUR);
        // The pause is over, by the clock.
        world.post.next_mail();
        assert_eq!(world.promise(&cookie), promise);
        // Nobody did anything for an hour, by the clock.
        assert_eq!(server.get("/desk", Some(&session)).status, 303);
        let session = server.sign_in(&world.folder);
        assert_eq!(server.get("/desk", Some(&session)).status, 200);
        let sent = server.post("/ask/check", Some(&half_written), &[]);
        assert_eq!(sent.location.as_deref(), Some("/ask/sent"));
        world.post.next_mail();
        assert_eq!(world.post.message_ids().len(), 2);
        world.audit();
    }

    #[test]
    fn an_hour_back_delays_nothing_and_ends_no_session() {
        let world = World::new(Then::Say("RCPT", "451 4.2.0 Try again later"));
        let server = world.server();
        let session = server.sign_in(&world.folder);
        let cookie = world.ask();
        let promise = world.promise(&cookie);
        eventually("a try in vain", || world.retries() == 1);
        world.post.then(Then::Take);

        world.clock.advance(-HOUR);
        // It is not an hour and a pause until the next try.
        world.post.next_mail();
        assert_eq!(world.promise(&cookie), promise);
        assert_eq!(server.get("/desk", Some(&session)).status, 200);
        // What comes now is promised and answered as ever.
        let next = world.ask();
        assert_eq!(world.promise(&next), promise);
        world.post.next_mail();
        world.audit();
        world.clock.advance(HOUR);
        assert_eq!(server.get("/desk", Some(&session)).status, 200);
        world.audit();
    }

    #[test]
    fn a_lease_from_before_the_clock_went_back_does_not_hang() {
        let mut world = World::new(Then::TakeAndSayNothing);
        let cookie = world.ask();
        let promise = world.promise(&cookie);
        world.post.next_mail();
        world.kill();
        world.clock.advance(-HOUR);
        world.post.then(Then::Take);
        world.start();
        world.post.next_mail();
        let ids = world.post.message_ids();
        assert_eq!((ids.len(), &ids[0]), (2, &ids[1]));
        assert_eq!(world.promise(&cookie), promise);
        world.audit();
    }

    #[test]
    fn mail_that_is_not_taken_goes_later_and_once() {
        let world = World::new(Then::Take);
        for (number, fault) in [
            Then::Say("RCPT", "451 4.2.0 Try again later"),
            Then::Say("MAIL", "421 4.3.2 Shutting down"),
            Then::Hang,
            Then::HangUpInTheMail,
        ]
        .into_iter()
        .enumerate()
        {
            world.post.then(fault);
            let before = world.retries();
            let cookie = world.ask();
            world.promise(&cookie);
            eventually("a try in vain", || world.retries() > before);
            assert_eq!(world.post.message_ids().len(), number, "{fault:?}");
            world.post.then(Then::Take);
            world.clock.advance(SEVERAL_TRIES);
            world.post.next_mail();
        }
        // None of them comes twice, however long one waits.
        world.clock.advance(HOUR);
        assert!(!world.post.mail_comes_within(Duration::from_secs(3)));
        let mut ids = world.post.message_ids();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 4);
        world.audit();
    }

    #[test]
    fn mail_that_was_taken_without_a_word_goes_again_under_the_same_message_id() {
        let world = World::new(Then::TakeAndSayNothing);
        world.ask();
        eventually("a try in vain", || world.retries() == 1);
        world.post.next_mail();
        world.post.then(Then::Take);
        world.clock.advance(SEVERAL_TRIES);
        world.post.next_mail();
        world.clock.advance(HOUR);
        assert!(!world.post.mail_comes_within(Duration::from_secs(3)));
        let ids = world.post.message_ids();
        assert_eq!((ids.len(), &ids[0]), (2, &ids[1]));
        world.audit();
    }

    #[test]
    fn mail_that_is_refused_for_good_waits_for_a_person() {
        let world = World::new(Then::Say(
            "RCPT",
            "550 5.1.1 <pat@example.org>: Recipient address rejected",
        ));
        let server = world.server();
        let cookie = world.ask();
        world.promise(&cookie);
        let session = server.sign_in(&world.folder);
        eventually("the dead letter in the list", || {
            let page = server.get("/desk/undelivered", Some(&session));
            text(&page.body, ".hub-undelivered").contains("550")
        });
        assert_eq!(world.retries(), 0);
        world.post.then(Then::Take);
        world.clock.advance(SEVERAL_TRIES);
        assert!(!world.post.mail_comes_within(Duration::from_secs(3)));

        let page = server.get("/desk/undelivered", Some(&session)).body;
        let (_, rest) = page.split_once("/desk/undelivered/").expect("its page");
        let (mail, _) = rest.split_once('"').expect("its address");
        let again = format!("/desk/undelivered/{mail}/send-again");
        let again = server.post(&again, Some(&session), &[]);
        assert_eq!(again.status, 303);
        world.post.next_mail();
        assert_eq!(world.post.message_ids().len(), 1);
        world.audit();
    }
}
