//! A little world to tamper with: an enquiry of each kind.

use std::time::Duration;

use domain::{
    codes::{MessageKind, ReportAction, Role},
    reference::Reference,
};
use hub::{
    Actor,
    delivery::{Reported, ReportedRecipient},
};
use jiff::SignedDuration;
use store::NewMail;
use testing::{Setup, TestHub, fields};

use crate::intake::bounce as report;
use crate::mailed::{COUNCIL, arrive, letter, receive, reference_of};
use crate::reading::{file, stored};

/// An enquiry of each kind, by the name that the tampering knows it by.
pub(super) struct World {
    pub(super) test: TestHub,
    named: Vec<(&'static str, Reference)>,
}

impl World {
    /// A world in which something of everything has happened, and all is well.
    pub(super) async fn new() -> Self {
        let test = TestHub::with(Setup {
            reply_undo: Duration::from_secs(10),
            ..Setup::default()
        })
        .await;
        let officer = test.officer(Role::Officer).await;
        test.member(Role::TeamLead, Some("ehc-east")).await;
        test.officer(Role::Administrator).await;
        let desk = test.hub.desk();
        let wait = async || {
            test.clock.advance(SignedDuration::from_mins(1));
            test.run_jobs().await;
        };
        let mut named = Vec::new();

        // One promise broke and was told; of another each step was told in its time, and its last day has come.
        named.push(("overdue", asked(&test, "late@example.org").await));
        test.clock.set_to("2026-03-03T10:00:00Z");
        named.push(("last-day", asked(&test, "day@example.org").await));
        for step in [
            "2026-03-06T12:31:00Z",
            "2026-03-09T17:01:00Z",
            "2026-03-10T08:01:00Z",
            "2026-03-10T09:00:00Z",
        ] {
            test.clock.set_to(step);
            test.sweep().await;
            test.sweep().await;
        }

        let mut new = async |name, email| {
            let reference = asked(&test, email).await;
            named.push((name, reference));
            reference
        };
        new("open", "open@example.org").await;
        let other = new("another", "another@example.org").await;
        let answered = new("answered", "answered@example.org").await;
        let held = new("held", "held@example.org").await;
        let paused = new("paused", "paused@example.org").await;
        let thanked = new("thanked", "thanked@example.org").await;
        new("chased", "chased@example.org").await;
        let again = new("again", "again@example.org").await;
        let twin = new("twin", "joined@example.org").await;
        let joined = new("joined", "joined@example.org").await;
        let back = new("taken-back", "back@example.org").await;
        let bounced = new("bounced", "bounced@example.org").await;
        let mine = new("mine", "mine@example.org").await;
        desk.assign_to_me(&officer, &mine, &fields([]))
            .await
            .unwrap();
        wait().await;

        let into = fields([("into", joined.to_string().as_str())]);
        desk.join(&officer, &twin, &into).await.unwrap();
        for reference in [&answered, &other, &joined] {
            reply(&test, &officer, reference).await;
        }
        wait().await;
        for reference in [&held, &again] {
            let day = file(&test, reference).await.days_to_hold_until[0].to_string();
            let words = fields([
                ("holding_reply", "We wait for the school."),
                ("promises_on", &day),
            ]);
            let held = desk.holding_reply(&officer, reference, &words).await;
            held.unwrap();
        }
        let until = file(&test, &paused).await.days_to_wait_until[1].to_string();
        let words = fields([
            ("pause", "Please send the report."),
            ("waits_for", "document"),
            ("paused_until", &until),
        ]);
        desk.pause(&officer, &paused, &words).await.unwrap();
        wait().await;
        let thanks = fields([("reason", "thanks")]);
        desk.close(&officer, &thanked, &thanks).await.unwrap();
        for words in ["Any news?", "Please answer."] {
            write_again(&test, "chased@example.org", words).await;
        }
        // Answered and asked again: the letter that says so comes back.
        reply(&test, &officer, &again).await;
        wait().await;
        write_again(&test, "again@example.org", "And now?").await;
        wait().await;
        let reopened = sent(&test, &again, MessageKind::Reopened).await;
        arrive(&test, &report(COUNCIL, &reopened.message_id)).await;
        arrive(&test, &report(COUNCIL, "<nobody-knows@example.org>")).await;
        reply(&test, &officer, &back).await;
        let mail = file(&test, &back).await.mails.last().unwrap().id;
        desk.take_back(&officer, mail).await.unwrap();
        bounce(&test, &bounced, MessageKind::Acknowledgement).await;
        let mail = file(&test, &bounced).await.mails[0].id;
        let reason = fields([("reason", "telephone")]);
        desk.clear_mail(&officer, mail, &reason).await.unwrap();

        let mailed = arrive(&test, &letter("one", "Taxi", "When does it come?")).await;
        named.push(("mailed", reference_of(&test, mailed).await));
        let away = letter("away", "Away", "I am away.").header("Auto-Submitted: auto-replied");
        arrive(&test, &away).await;
        let aside =
            letter("aside", "Away", "I am away too.").header("Auto-Submitted: auto-replied");
        let aside = arrive(&test, &aside).await;
        let why = fields([("reason", "It answers a newsletter.")]);
        desk.set_mail_aside(&officer, aside, &why).await.unwrap();
        let call = fields([
            ("name", "Cal Caller"),
            ("telephone", "01632 960 777"),
            ("topic", "ehc-plan"),
            ("said", "When does it begin?"),
            ("outcome", "answered"),
        ]);
        named.push(("called", desk.log_call(&officer, &call).await.unwrap()));
        test.clock.advance(SignedDuration::from_mins(15));
        test.sweep().await;

        // What is only about to be done: a mail to be filed, an acknowledgement and a reply to be sent.
        receive(&test.hub, &letter("two", "Bus", "And the bus?")).await;
        let queued = test
            .submit(|answers| answers.email("queued@example.org"))
            .await;
        named.push(("queued", queued.reference));
        reply(&test, &officer, &mine).await;
        World { test, named }
    }

    pub(super) fn of(&self, name: &str) -> Reference {
        let named = self.named.iter().find(|(known, _)| *known == name);
        named
            .unwrap_or_else(|| unreachable!("no enquiry is called {name}"))
            .1
    }
}

pub(super) async fn asked(test: &TestHub, email: &str) -> Reference {
    let submitted = test.submit(|answers| answers.email(email)).await;
    test.run_jobs().await;
    submitted.reference
}

async fn reply(test: &TestHub, officer: &Actor, reference: &Reference) {
    let words = fields([("reply", "It begins on Monday.")]);
    let replied = test.hub.desk().reply(officer, reference, &words).await;
    replied.unwrap();
}

/// Writes on the private page that the mail to this address led to.
async fn write_again(test: &TestHub, email: &str, words: &str) {
    let mails = test.mails.taken();
    let mail = mails.iter().find(|mail| mail.mail.to.to_string() == email);
    let link = mail.unwrap().link_token();
    let words = fields([("message", words)]);
    let written = test.hub.enquiries().follow_up(&link, &words).await;
    written.unwrap();
}

/// The last mail of this kind in an enquiry.
async fn sent(test: &TestHub, reference: &Reference, kind: MessageKind) -> NewMail {
    let enquiry = stored(test, reference).await.id;
    let mut tx = test.hub.database().read().await.unwrap();
    let mails = tx.outbox().for_enquiry(enquiry).await.unwrap();
    let last = mails.into_iter().rfind(|mail| mail.mail.kind == kind);
    last.unwrap().mail
}

/// What was sent of this kind in an enquiry comes back.
async fn bounce(test: &TestHub, reference: &Reference, kind: MessageKind) {
    let mail = sent(test, reference, kind).await;
    let report = Reported {
        arrived: None,
        received_at: test.hub.now(),
        return_paths: Vec::new(),
        message_id: Some(mail.message_id.trim_matches(['<', '>']).to_owned()),
        recipients: vec![ReportedRecipient {
            addresses: vec![mail.to_address.to_string()],
            action: ReportAction::Failed,
            status: Some("5.1.1".to_owned()),
            diagnostic: None,
        }],
    };
    test.hub.delivery().reported(&report).await.unwrap();
}
