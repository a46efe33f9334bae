//! Machines that answer whatever they get, in every disguise that we could think of, and people who would have our
//! mail carry their words to somebody else.
//!
//! What must hold is DOMAIN's rule: a cap per address, and a cap per ticket; and what is held back stands before a
//! person. A machine that takes another address for each answer, follows no thread, quotes nothing and wears no mark
//! is as many people as it has addresses, for all that anybody could tell: each gets one mail.

use std::collections::BTreeMap;

use domain::codes::{DeliveryState, Role};
use hub::Step;
use hub::intake::{Arrived, Transport};
use hub::settings::{Item, Section};
use jiff::SignedDuration;
use mail::{Automatic, OutgoingMail};
use testing::hub::Setup;
use testing::{CaughtMail, TestHub};

use crate::mailed::{Letter, arrive, letter};
use crate::reading::{not_arrived, stored};
use crate::settings::changed;

/// How a machine hides that it is one. None of them writes `Auto-Submitted`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Disguise {
    /// A new mail each time, to our public address, as if it began something.
    NewThread,
    /// An answer in the thread, from the same address.
    Answer,
    /// An answer to our signed address, with another subject and another Message-ID each time, and no thread.
    OtherSubject,
    /// It quotes all of our mail, private link and reference, below its own words.
    Quoting,
    /// An answer in the thread, each time from another address.
    OtherSender,
    /// Each time from another address, no thread, but it quotes our mail.
    OtherSenderQuoting,
    /// Each time with another tag behind a plus, as if it were somebody else.
    OtherTag,
    /// The same Message-ID each time, with other words.
    SameMessageId,
    /// Without a Message-ID, a date or a subject.
    Bare,
}

impl Disguise {
    pub(crate) const ALL: [Self; 9] = [
        Self::NewThread,
        Self::Answer,
        Self::OtherSubject,
        Self::Quoting,
        Self::OtherSender,
        Self::OtherSenderQuoting,
        Self::OtherTag,
        Self::SameMessageId,
        Self::Bare,
    ];
}

/// A machine that answers everything.
pub(crate) struct Robot {
    disguise: Disguise,
    answers: usize,
}

/// What any machine ought to be stopped after.
const TOO_MANY: usize = 200;

impl Robot {
    pub(crate) const fn new(disguise: Disguise) -> Self {
        Self {
            disguise,
            answers: 0,
        }
    }

    /// Writes once, and then answers every mail that comes back, until none does.
    pub(crate) async fn answers_everything(&mut self, test: &TestHub) {
        arrive(
            test,
            &letter("first", "Taxi", "When?").from("Robot <robot@example.org>"),
        )
        .await;
        let mut read = 0;
        while let Some(ours) = test.mails.taken().get(read) {
            read += 1;
            self.answers += 1;
            assert!(
                self.answers < TOO_MANY,
                "{:?} is answered for ever",
                self.disguise
            );
            test.clock.advance(SignedDuration::from_secs(1));
            arrive(test, &self.answer(&ours.mail)).await;
        }
    }

    fn answer(&self, ours: &OutgoingMail) -> Letter {
        let number = self.answers;
        let id = format!("answer-{number}");
        let subject = format!("Answer {number}");
        let words = format!("Thank you for your mail number {number}.");
        let quoted: String = ours
            .text
            .lines()
            .map(|line| format!("> {line}\r\n"))
            .collect();
        let quoting = format!("{words}\r\n\r\nOn Monday you wrote:\r\n{quoted}");
        let public = "enquiries@send.example.org";
        let in_thread = |letter: Letter| {
            let letter = letter.to(ours.reply_to.as_str());
            letter.header(&format!("In-Reply-To: {}", ours.message_id))
        };
        let another = format!("Robot <robot-{number}@other{number}.example.org>");
        let robot = "Robot <robot@example.org>";
        match self.disguise {
            Disguise::NewThread => letter(&id, &subject, &words).from(robot).to(public),
            Disguise::Answer => in_thread(letter(&id, "Re: Your enquiry", &words).from(robot)),
            Disguise::OtherSubject => letter(&id, &subject, &words)
                .from(robot)
                .to(ours.reply_to.as_str()),
            Disguise::Quoting => letter(&id, &subject, &quoting).from(robot).to(public),
            Disguise::OtherSender => in_thread(letter(&id, &subject, &words).from(&another)),
            Disguise::OtherSenderQuoting => {
                letter(&id, &subject, &quoting).from(&another).to(public)
            }
            Disguise::OtherTag => {
                let tagged = format!("Robot <robot+{number}@example.org>");
                letter(&id, &subject, &words).from(&tagged).to(public)
            }
            Disguise::SameMessageId => letter("always", &subject, &words).from(robot).to(public),
            Disguise::Bare => Letter {
                headers: vec![format!("X-Number: {number}")],
                ..letter(&id, "", &words).from(robot).to(public)
            },
        }
    }

    /// How many mails one mailbox got at most, whatever stands after a plus.
    pub(crate) fn most_to_one_address(&self, test: &TestHub) -> usize {
        let mut to: BTreeMap<String, usize> = BTreeMap::new();
        for caught in test.mails.taken() {
            *to.entry(caught.mail.to.mailbox()).or_default() += 1;
        }
        to.into_values().max().unwrap_or_default()
    }
}

/// How many automatic mails went out about one enquiry at most.
fn most_about_one_enquiry(test: &TestHub) -> usize {
    let mut about: BTreeMap<String, usize> = BTreeMap::new();
    for caught in test.mails.taken() {
        if caught.mail.automatic != Automatic::Person {
            *about
                .entry(caught.mail.return_path.to_string())
                .or_default() += 1;
        }
    }
    about.into_values().max().unwrap_or_default()
}

#[tokio::test]
async fn a_machine_that_answers_everything_is_told_little_and_stops_in_every_disguise() {
    for disguise in Disguise::ALL {
        let test = TestHub::new().await;
        let mut robot = Robot::new(disguise);
        robot.answers_everything(&test).await;
        let sent = test.mails.taken().len();
        let (to_one, about_one) = (
            robot.most_to_one_address(&test),
            most_about_one_enquiry(&test),
        );
        assert!(to_one <= 5, "{disguise:?}: {to_one} to one address");
        assert!(
            about_one <= 10,
            "{disguise:?}: {about_one} about one enquiry"
        );
        assert!(sent <= 11, "{disguise:?}: {sent} in all");
        // A day later it may have as many again, and no more.
        test.clock.advance(SignedDuration::from_hours(25));
        robot.answers_everything(&test).await;
        let again = test.mails.taken().len() - sent;
        assert!(again <= 11, "{disguise:?}: {again} the day after");
    }
}

#[tokio::test]
async fn what_a_machine_is_not_told_stands_before_a_person_and_every_mail_of_its_is_kept() {
    let test = TestHub::new().await;
    let mut robot = Robot::new(Disguise::NewThread);
    robot.answers_everything(&test).await;
    let officer = test.officer(Role::Officer).await;
    let listed = not_arrived(&test, &officer).await;
    assert_eq!(listed.to_clear.count, 1);
    assert_eq!(listed.to_clear.rows[0].state, DeliveryState::Capped);
    let promised = stored(&test, &listed.to_clear.rows[0].reference).await;
    assert!(promised.running_promise().is_some());
}

/// A mail of one hub as another gets it; `strip` takes away the headers that say that nobody wrote it.
fn carried(caught: &CaughtMail, strip: bool) -> Arrived {
    let message = caught.message();
    let (head, body) = message.split_once("\r\n\r\n").unwrap();
    let kept = head.split("\r\n").filter(|line| {
        !(strip && (line.starts_with("Auto-Submitted") || line.starts_with("X-Auto-Response")))
    });
    let head: Vec<&str> = kept.collect();
    Arrived {
        raw: format!("{}\r\n\r\n{body}", head.join("\r\n")).into_bytes(),
        envelope_from: Some(caught.mail.return_path.to_string()),
        envelope_to: Some(caught.mail.to.to_string()),
        transport: Transport::Pipe,
    }
}

/// Two hubs of two councils; the first one's form is filled in with the second one's address.
async fn two_hubs(strip: bool) -> (usize, usize) {
    let one = TestHub::new().await;
    let other = TestHub::with(Setup {
        seed: 8,
        ..Setup::default()
    });
    let other = other.await;
    as_other_council(&other).await;
    let address = other.hub.council().contact.email.to_string();
    one.submit(|answers| answers.email(&address)).await;
    one.run_jobs().await;
    let (mut of_one, mut of_other) = (0, 0);
    loop {
        let from_one = one.mails.taken();
        let from_other = other.mails.taken();
        if (of_one, of_other) == (from_one.len(), from_other.len()) {
            return (of_one, of_other);
        }
        for caught in &from_one[of_one..] {
            other
                .hub
                .intake()
                .receive(carried(caught, strip))
                .await
                .unwrap();
        }
        for caught in &from_other[of_other..] {
            one.hub
                .intake()
                .receive(carried(caught, strip))
                .await
                .unwrap();
        }
        (of_one, of_other) = (from_one.len(), from_other.len());
        assert!(
            of_one + of_other < TOO_MANY,
            "they answer each other for ever"
        );
        for hub in [&one, &other] {
            hub.clock.advance(SignedDuration::from_secs(1));
            hub.run_jobs().await;
        }
    }
}

/// Gives a hub another council's addresses.
async fn as_other_council(test: &TestHub) {
    let address = "help@other.example.net";
    for (section, field) in [
        (Section::Contact, "email"),
        (Section::Council, "from_address"),
    ] {
        let form = (section, Item::Whole);
        changed(test, form, &[(field, address)]).await.unwrap();
    }
}

#[tokio::test]
async fn two_hubs_do_not_answer_each_other() {
    assert_eq!(two_hubs(false).await, (1, 0), "its headers say what it is");
}

#[tokio::test]
async fn two_hubs_between_which_every_mark_is_lost_come_to_an_end() {
    let (of_one, of_other) = two_hubs(true).await;
    assert!(of_one <= 5 && of_other <= 5, "{of_one} and {of_other}");
}

#[tokio::test]
async fn the_form_fills_no_mailbox_whatever_stands_after_a_plus() {
    let test = TestHub::new().await;
    let link = "http://spam.example/buy";
    for number in 0..20 {
        let address = format!("victim+{number}@example.org");
        let form = |answers: testing::Answers| {
            let answers = answers.name(link).message(link).email(&address);
            answers.set(Step::Child, "child_name", link)
        };
        test.submit(form).await;
        test.run_jobs().await;
    }
    let taken = test.mails.taken();
    assert_eq!(taken.len(), 5, "five within the hour to one mailbox");
    for caught in &taken {
        assert!(!caught.message().contains("spam.example"));
        assert!(caught.mail.subject.starts_with("Your question SEND-"));
    }
}
