//! A walk through the use cases in no order at all, after each step of which every invariant holds.
//!
//! What goes wrong here is a fault of the proof or a true one of the product. A seed of one's own: `SEND_HUB_WALK=17`.

use std::time::Duration;

use domain::{
    codes::{DeliveryState, IncomingState, ReportAction, Role},
    ids::MailId,
    reference::Reference,
};
use hub::{
    Actor, Error,
    delivery::{Reported, ReportedRecipient},
    desk::InTwoLists,
};
use jiff::SignedDuration;
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use testing::{CaughtMail, Setup, TestHub, fields};

use crate::mailed::{COUNCIL, Letter, arrive, enquiry_of, letter, receive};
use crate::proof::prove;
use crate::reading::file;

const STEPS: usize = 160;
const PEOPLE: [&str; 5] = ["pat", "jo", "sam", "alex", "gran"];
const TOPICS: [&str; 4] = ["ehc-plan", "travel", "complaint", "something-else"];

/// One walk: the hub, chance, and what there is.
struct Walk {
    test: TestHub,
    random: StdRng,
    officers: Vec<Actor>,
    enquiries: Vec<Reference>,
    letters: u32,
    /// What was done, to tell it when something is broken.
    done: Vec<String>,
}

/// What a use case refuses is no fault: the walk asks for much that cannot be.
fn allowed<T>(answer: Result<T, Error>) -> Option<T> {
    match answer {
        Ok(value) => Some(value),
        Err(Error::Refused(_) | Error::NotFound | Error::Stale) => None,
        Err(error) => unreachable!("a fault of ours: {error:?}"),
    }
}

impl Walk {
    async fn begun(seed: u64) -> Self {
        let test = TestHub::with(Setup {
            reply_undo: Duration::from_secs(10),
            ..Setup::default()
        })
        .await;
        let officers = vec![
            test.officer(Role::Officer).await,
            test.member(Role::Officer, Some("ehc-east")).await,
            test.member(Role::TeamLead, Some("ehc-east")).await,
            test.officer(Role::Administrator).await,
        ];
        Self {
            test,
            random: StdRng::seed_from_u64(seed),
            officers,
            enquiries: Vec::new(),
            letters: 0,
            done: Vec::new(),
        }
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        of.choose(&mut self.random).cloned()
    }

    fn officer(&mut self) -> Actor {
        let officers = self.officers.clone();
        self.one(&officers).unwrap()
    }

    fn person(&mut self) -> &'static str {
        self.one(&PEOPLE).unwrap()
    }

    fn enquiry(&mut self) -> Option<Reference> {
        let enquiries = self.enquiries.clone();
        self.one(&enquiries)
    }

    fn sent(&mut self) -> Option<CaughtMail> {
        let mut taken = self.test.mails.taken();
        taken.retain(|caught| caught.mail.text.contains("/enquiry/"));
        self.one(&taken)
    }

    fn note(&mut self, what: impl Into<String>) {
        self.done.push(what.into());
    }

    fn letter(&mut self, body: &str) -> Letter {
        self.letters += 1;
        let person = self.person();
        letter(&format!("letter-{}", self.letters), "Taxi", body)
            .from(&format!("{person} <{person}@example.org>"))
    }

    async fn mail_in(&mut self, letter: &Letter) {
        if self.random.random_bool(0.2) {
            receive(&self.test.hub, letter).await;
            return;
        }
        let id = arrive(&self.test, letter).await;
        let Some(enquiry) = enquiry_of(&self.test, id).await else {
            return;
        };
        let mut tx = self.test.hub.database().read().await.unwrap();
        let enquiry = tx.enquiries().get(enquiry).await.unwrap().unwrap();
        self.know(enquiry.reference);
    }

    fn know(&mut self, reference: Reference) {
        if !self.enquiries.contains(&reference) {
            self.enquiries.push(reference);
        }
    }

    async fn step(&mut self) {
        match self.random.random_range(0..24) {
            0 => self.asks_by_form().await,
            1 => self.writes().await,
            2 | 3 => self.answers_our_mail().await,
            4 => self.writes_on_the_private_page().await,
            5 | 6 => self.calls().await,
            7 | 8 => self.replied().await,
            9 => self.taken_back().await,
            10 => self.held().await,
            11 => self.paused().await,
            12 => self.pause_ended().await,
            13 => self.passed_on().await,
            14 => self.closed().await,
            15 => self.bounced().await,
            16 => self.joined().await,
            17 => self.quarantine_seen_to().await,
            18 => self.spoken_with().await,
            19 => self.taken().await,
            20 => self.mail_server().await,
            21 => self.undelivered_seen_to().await,
            _ => self.time_goes_by().await,
        }
        if self.random.random_bool(0.5) {
            self.note("jobs");
            self.test.run_jobs().await;
        }
    }

    async fn asks_by_form(&mut self) {
        let person = self.person();
        let email = format!("{person}@example.org");
        let topic = self.one(&TOPICS).unwrap();
        let by_telephone = self.random.random_bool(0.3);
        self.note(format!("form about {topic}"));
        let submitted = self.test.submit(|answers| {
            let answers = answers.name(person).email(&email);
            let answers = if topic == "something-else" {
                answers
            } else {
                answers.topic(topic)
            };
            if by_telephone {
                answers.by_telephone()
            } else {
                answers
            }
        });
        let reference = submitted.await.reference;
        self.know(reference);
    }

    async fn writes(&mut self) {
        let mut letter = self.letter("When does it come?");
        match self.random.random_range(0..5) {
            0 => letter = letter.header("Auto-Submitted: auto-replied"),
            1 => letter = letter.header("Precedence: list"),
            2 => letter = letter.with_null_return_path(),
            _ => {}
        }
        self.note(format!("mail {:?}", &letter.headers[3..]));
        self.mail_in(&letter).await;
    }

    async fn answers_our_mail(&mut self) {
        let Some(ours) = self.sent() else { return };
        let mut letter = self.letter("Any news?").to(ours.mail.reply_to.as_str());
        if self.random.random_bool(0.8) {
            letter = letter.from(ours.mail.to.as_str());
        }
        if self.random.random_bool(0.2) {
            letter = letter.header("Auto-Submitted: auto-replied");
        }
        assert_ne!(letter.to, COUNCIL);
        self.note("mail in answer to ours");
        self.mail_in(&letter).await;
    }

    async fn writes_on_the_private_page(&mut self) {
        let Some(ours) = self.sent() else { return };
        self.note("a message on the private page");
        let words = fields([("message", "And now?")]);
        let token = ours.link_token();
        allowed(self.test.hub.enquiries().follow_up(&token, &words).await);
    }

    async fn calls(&mut self) {
        let officer = self.officer();
        let outcome = self
            .one(&["needs-answer", "answered", "call-back"])
            .unwrap();
        let person = self.person();
        let mut call = fields([
            ("name", person),
            ("telephone", "01632 960 777"),
            ("topic", "ehc-plan"),
            ("said", "When does it begin?"),
            ("outcome", outcome),
        ]);
        let about = self.enquiry().filter(|_| self.done.len().is_multiple_of(2));
        if let Some(reference) = about {
            call.set("reference", reference.to_string());
        }
        let form = self.test.hub.desk();
        let form = form.call_form(&officer, about.as_ref()).await;
        if let Some(form) = allowed(form)
            && let Some(day) = self.one(&form.days)
        {
            call.set("call_back_on", day.to_string());
        }
        self.note(format!("call, {outcome}, about {about:?}"));
        let logged = self.test.hub.desk().log_call(&officer, &call).await;
        if let Some(reference) = allowed(logged) {
            self.know(reference);
        }
    }

    async fn replied(&mut self) {
        let (officer, Some(reference)) = (self.officer(), self.enquiry()) else {
            return;
        };
        self.note(format!("reply in {reference}"));
        let words = fields([("reply", "It begins on Monday.")]);
        allowed(
            self.test
                .hub
                .desk()
                .reply(&officer, &reference, &words)
                .await,
        );
    }

    async fn mails(&mut self) -> Vec<(MailId, DeliveryState)> {
        let Some(reference) = self.enquiry() else {
            return Vec::new();
        };
        let mails = file(&self.test, &reference).await.mails;
        mails
            .into_iter()
            .map(|mail| (mail.id, mail.state))
            .collect()
    }

    async fn taken_back(&mut self) {
        let officer = self.officer();
        let mails = self.mails().await;
        let Some((mail, _)) = mails.last().copied() else {
            return;
        };
        self.note(format!("take back {mail}"));
        allowed(self.test.hub.desk().take_back(&officer, mail).await);
    }

    async fn held(&mut self) {
        let (officer, Some(reference)) = (self.officer(), self.enquiry()) else {
            return;
        };
        let days = file(&self.test, &reference).await.days_to_hold_until;
        let Some(day) = self.one(&days) else { return };
        self.note(format!("more time in {reference}, until {day}"));
        let day = day.to_string();
        let words = fields([
            ("holding_reply", "We wait for the school."),
            ("promises_on", &day),
        ]);
        allowed(
            self.test
                .hub
                .desk()
                .holding_reply(&officer, &reference, &words)
                .await,
        );
    }

    async fn paused(&mut self) {
        let (officer, Some(reference)) = (self.officer(), self.enquiry()) else {
            return;
        };
        let days = file(&self.test, &reference).await.days_to_wait_until;
        let Some(day) = self.one(&days) else { return };
        self.note(format!("pause in {reference}, until {day}"));
        let day = day.to_string();
        let words = fields([
            ("pause", "Please send the report."),
            ("waits_for", "document"),
            ("paused_until", &day),
        ]);
        allowed(
            self.test
                .hub
                .desk()
                .pause(&officer, &reference, &words)
                .await,
        );
    }

    async fn pause_ended(&mut self) {
        let (officer, Some(reference)) = (self.officer(), self.enquiry()) else {
            return;
        };
        self.note(format!("end the pause in {reference}"));
        let desk = self.test.hub.desk();
        allowed(desk.end_pause(&officer, &reference, &fields([])).await);
    }

    async fn passed_on(&mut self) {
        let (officer, Some(reference)) = (self.officer(), self.enquiry()) else {
            return;
        };
        let topic = self.one(&TOPICS).unwrap();
        self.note(format!("pass on {reference}, {topic}"));
        let words = fields([("topic", topic)]);
        allowed(
            self.test
                .hub
                .desk()
                .pass_on(&officer, &reference, &words)
                .await,
        );
    }

    async fn closed(&mut self) {
        let (officer, Some(reference)) = (self.officer(), self.enquiry()) else {
            return;
        };
        let reason = self
            .one(&["answered", "thanks", "spam", "withdrawn"])
            .unwrap();
        self.note(format!("close {reference}, {reason}"));
        let reason = fields([("reason", reason)]);
        allowed(
            self.test
                .hub
                .desk()
                .close(&officer, &reference, &reason)
                .await,
        );
    }

    async fn bounced(&mut self) {
        let Some(ours) = self.sent() else { return };
        let action = self
            .one(&[
                ReportAction::Failed,
                ReportAction::Failed,
                ReportAction::Delayed,
                ReportAction::Delivered,
            ])
            .unwrap();
        self.note(format!("{action} is reported of {}", ours.mail.id));
        let report = Reported {
            arrived: None,
            received_at: self.test.hub.now(),
            return_paths: vec![ours.mail.return_path.to_string()],
            message_id: Some(ours.mail.message_id.trim_matches(['<', '>']).to_owned()),
            recipients: vec![ReportedRecipient {
                addresses: vec![ours.mail.to.to_string()],
                action,
                status: None,
                diagnostic: None,
            }],
        };
        allowed(self.test.hub.delivery().reported(&report).await);
    }

    async fn joined(&mut self) {
        let (Some(one), Some(other)) = (self.enquiry(), self.enquiry()) else {
            return;
        };
        let officer = self.officer();
        self.note(format!("join {one} into {other}"));
        let other = other.to_string();
        let into = fields([("into", other.as_str())]);
        allowed(self.test.hub.desk().join(&officer, &one, &into).await);
    }

    async fn quarantine_seen_to(&mut self) {
        let mut tx = self.test.hub.database().read().await.unwrap();
        let state = IncomingState::Quarantined;
        let standing = tx.intake().standing(state, None, 50).await.unwrap();
        drop(tx);
        let ids: Vec<_> = standing.iter().map(|row| row.mail.id).collect();
        let (officer, Some(id)) = (self.officer(), self.one(&ids)) else {
            return;
        };
        let desk = self.test.hub.desk();
        if self.random.random_bool(0.5) {
            self.done.push("out of the quarantine".to_owned());
            if let Some(reference) = allowed(desk.make_enquiry(&officer, id).await) {
                self.know(reference);
            }
        } else {
            self.done.push("set aside".to_owned());
            let reason = fields([("reason", "It answers a newsletter.")]);
            allowed(desk.set_mail_aside(&officer, id, &reason).await);
        }
    }

    async fn spoken_with(&mut self) {
        let (officer, Some(reference)) = (self.officer(), self.enquiry()) else {
            return;
        };
        let desk = self.test.hub.desk();
        if self.random.random_bool(0.2) {
            self.done.push(format!("they were reminded in {reference}"));
            allowed(desk.reminded(&officer, &reference, &fields([])).await);
        } else if self.random.random_bool(0.5) {
            self.done.push(format!("conversation in {reference}"));
            let words = fields([("conversation", "Called.")]);
            allowed(desk.record_conversation(&officer, &reference, &words).await);
        } else {
            self.done.push(format!("nobody answered in {reference}"));
            allowed(desk.rang_in_vain(&officer, &reference, &fields([])).await);
        }
    }

    async fn taken(&mut self) {
        let (officer, Some(reference)) = (self.officer(), self.enquiry()) else {
            return;
        };
        self.note(format!("take {reference}"));
        let desk = self.test.hub.desk();
        allowed(desk.assign_to_me(&officer, &reference, &fields([])).await);
    }

    async fn mail_server(&mut self) {
        let does = self.random.random_range(0..4);
        self.note(format!("the mail server does {does}"));
        match does {
            0 => self.test.mails.refuse_next(),
            1 => self.test.mails.delay_next(),
            2 => self.test.mails.go_down(),
            _ => self.test.mails.come_back(),
        }
    }

    async fn undelivered_seen_to(&mut self) {
        let officer = self.officer();
        let first = InTwoLists::default();
        let list = self.test.hub.desk().undelivered(&officer, &first).await;
        let mails: Vec<_> = allowed(list).map_or_else(Vec::new, |list| {
            list.to_clear
                .rows
                .iter()
                .map(|undelivered| undelivered.mail)
                .collect()
        });
        let Some(mail) = self.one(&mails) else { return };
        let desk = self.test.hub.desk();
        let does = self.random.random_range(0..3);
        self.done.push(format!("see to {mail}: {does}"));
        match does {
            0 => drop(allowed(desk.try_again(&officer, mail).await)),
            1 => {
                let to = fields([("to_address", "elsewhere@example.org")]);
                allowed(desk.send_elsewhere(&officer, mail, &to).await);
            }
            _ => {
                let reason = fields([("reason", "telephone")]);
                allowed(desk.clear_mail(&officer, mail, &reason).await);
            }
        }
    }

    /// Time goes by, and a hub that works does what time brings about.
    async fn time_goes_by(&mut self) {
        let by = match self.random.random_range(0..5) {
            0 => SignedDuration::from_secs(5),
            1 => SignedDuration::from_mins(1),
            2 => SignedDuration::from_hours(2),
            3 => SignedDuration::from_hours(25),
            _ => SignedDuration::from_hours(24 * 4),
        };
        self.note(format!("{by:#} go by"));
        self.test.clock.advance(by);
        for _ in 0..2 {
            self.test.sweep().await;
        }
    }
}

async fn walk(seed: u64) {
    let mut walk = Walk::begun(seed).await;
    for step in 0..STEPS {
        walk.step().await;
        let broken = prove(&walk.test).await.broken;
        let from = walk.done.len().saturating_sub(15);
        assert!(
            broken.is_empty(),
            "seed {seed}, step {step}: {broken:#?}\nafter {:#?}",
            &walk.done[from..]
        );
    }
    assert!(walk.enquiries.len() > 3);
}

#[tokio::test]
async fn nothing_breaks_whatever_is_done_in_whatever_order() {
    if let Ok(seed) = std::env::var("SEND_HUB_WALK") {
        return walk(seed.parse().unwrap()).await;
    }
    for seed in 1..=3 {
        walk(seed).await;
    }
}
