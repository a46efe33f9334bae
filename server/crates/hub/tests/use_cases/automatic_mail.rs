//! Mail that our system writes by itself: none of it carries a sender's words, says so in its headers, and there is
//! never too much of it, whoever asks or answers.

use std::collections::BTreeMap;

use domain::{
    codes::{DeliveryState, Role},
    reference::Reference,
};
use hub::{
    Actor, Step,
    settings::{Item, Section},
};
use jiff::SignedDuration;
use mail::Automatic;
use testing::{Answers, CaughtMail, TestHub, fields};

use crate::mailed::{arrive, letter, reference_of};
use crate::reading::{faults, file, not_arrived, stored};

/// What stands in every field that a sender controls; a letter that repeats any of it advertises for them.
const MARKER: &str = "BUYNOW";
const WORDS: &str = "BUYNOW http://spam.example";

/// A form with the marker wherever a sender can type.
fn marked(answers: Answers) -> Answers {
    answers
        .name(WORDS)
        .set(Step::Who, "kind", "school")
        .set(Step::Who, "organisation", WORDS)
        .set(Step::Child, "child_name", WORDS)
        .set(Step::Child, "child_school", WORDS)
        .set(Step::Child, "child_reference", WORDS)
        .set(Step::Support, "support", "interpreter")
        .set(Step::Support, "interpreter_language", WORDS)
        .set(Step::Support, "safe_contact", WORDS)
        .set(Step::Reach, "postal_address", WORDS)
        .message(WORDS)
}

fn automatic(mails: &[CaughtMail]) -> Vec<&CaughtMail> {
    let by_itself = |caught: &&CaughtMail| caught.mail.automatic != Automatic::Person;
    mails.iter().filter(by_itself).collect()
}

/// All that a mail program could show of it.
fn all_of(caught: &CaughtMail) -> String {
    let html = caught.mail.html.clone().unwrap_or_default();
    [caught.message(), caught.mail.text.clone(), html].concat()
}

async fn reply(test: &TestHub, officer: &Actor, reference: &Reference) {
    let words = fields([("reply", "It begins on Monday.")]);
    let desk = test.hub.desk();
    desk.reply(officer, reference, &words).await.unwrap();
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_hours(1));
}

async fn write_again(test: &TestHub, token: &str) {
    let words = fields([("message", WORDS)]);
    let enquiries = test.hub.enquiries();
    enquiries.follow_up(token, &words).await.unwrap();
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_hours(1));
}

/// Walks an enquiry through everything that makes the system write by itself.
async fn walked(test: &TestHub) -> Reference {
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(marked).await.reference;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    reply(test, &officer, &reference).await;
    // A new promise begins, and so a date that they do not know.
    write_again(test, &token).await;
    let words = fields([("reason", "withdrawn")]);
    let desk = test.hub.desk();
    desk.close(&officer, &reference, &words).await.unwrap();
    test.run_jobs().await;
    reference
}

#[tokio::test]
async fn no_letter_of_the_system_holds_anything_that_a_sender_typed() {
    let test = TestHub::new().await;
    walked(&test).await;
    let taken = test.mails.taken();
    let letters = automatic(&taken);
    assert_eq!(letters.len(), 3, "acknowledged, opened anew, closed");
    for letter in letters {
        let all = all_of(letter).to_ascii_uppercase();
        assert!(
            !all.contains(MARKER) && !all.contains("SPAM.EXAMPLE"),
            "{all}"
        );
    }
}

#[tokio::test]
async fn every_letter_of_the_system_says_so_and_comes_back_to_its_enquiry() {
    let test = TestHub::new().await;
    let reference = walked(&test).await;
    let enquiry = stored(&test, &reference).await.id;
    let taken = test.mails.taken();
    let letters = automatic(&taken);
    for letter in &letters {
        let headers = letter.headers();
        assert!(headers.contains("Auto-Submitted: auto-"), "{headers}");
        let suppress = "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply";
        assert!(headers.contains(suppress), "{headers}");
        let key = testing::hub::link_key();
        let path = key.enquiry_of_return_path(&letter.mail.return_path);
        assert_eq!(path, Some(enquiry.as_uuid()));
    }
    // One thread: below the acknowledgement.
    let first = &letters[0].mail.message_id;
    for letter in &letters[1..] {
        assert_eq!(letter.mail.in_reply_to.as_ref(), Some(first));
        assert_eq!(letter.mail.references.last(), Some(first));
    }
}

#[tokio::test]
async fn a_follow_up_is_acknowledged_only_if_a_date_changes() {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    for _ in 0..3 {
        write_again(&test, &token).await;
    }
    assert_eq!(test.mails.taken().len(), 1, "a chaser changes no date");
    let officer = test.officer(Role::Officer).await;
    reply(&test, &officer, &reference).await;
    write_again(&test, &token).await;
    assert_eq!(automatic(&test.mails.taken()).len(), 2);
}

#[tokio::test]
async fn the_form_is_no_spam_relay() {
    let test = TestHub::new().await;
    let victim = "victim@example.org";
    let mut references = Vec::new();
    for round in 0..30 {
        // In any letter case, and with a new message each time.
        let address = if round % 2 == 0 {
            victim
        } else {
            "Victim@EXAMPLE.org"
        };
        let submitted = test.submit(|answers| marked(answers).email(address)).await;
        references.push(submitted.reference);
        test.run_jobs().await;
        test.clock.advance(SignedDuration::from_secs(60));
    }
    let taken = test.mails.taken();
    assert_eq!(taken.len(), 5, "five within the hour");
    for mail in &taken {
        assert!(!all_of(mail).contains(MARKER));
    }
    // Nothing is lost by it: each enquiry is there, promised, and an officer sees what was not sent.
    let officer = test.officer(Role::Officer).await;
    let listed = not_arrived(&test, &officer).await;
    assert_eq!(listed.to_clear.count, 25);
    for mail in &listed.to_clear.rows {
        assert_eq!(mail.state, DeliveryState::Capped);
    }
    for reference in &references {
        assert!(stored(&test, reference).await.running_promise().is_some());
    }
}

#[tokio::test]
async fn a_machine_that_answers_everything_is_not_answered_for_ever() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    let (mut seen, mut answers) = (0, 0);
    // An officer answers now and then; the machine answers every mail at once, ours and theirs.
    for _ in 0..25 {
        reply(&test, &officer, &reference).await;
        while seen < test.mails.taken().len() {
            seen += 1;
            answers += 1;
            let words = fields([("message", "I am on holiday.")]);
            let enquiries = test.hub.enquiries();
            enquiries.follow_up(&token, &words).await.unwrap();
            test.run_jobs().await;
        }
        assert!(answers < 200, "they answer each other for ever");
    }
    let taken = test.mails.taken();
    let mut a_day: BTreeMap<i64, usize> = BTreeMap::new();
    for letter in automatic(&taken) {
        *a_day.entry(letter.at.as_second() / 86_400).or_default() += 1;
    }
    assert!(a_day.values().all(|count| *count <= 10), "{a_day:?}");
    // What was held back stands where a person sees it.
    let file = file(&test, &reference).await;
    let capped = file
        .mails
        .iter()
        .filter(|mail| mail.state == DeliveryState::Capped);
    assert!(capped.count() > 0);
}

#[tokio::test]
async fn mail_that_our_own_border_doubts_gets_no_answer_by_itself() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let settings = test.hub.settings();
    let (section, item) = (Section::IncomingMail, Item::Whole);
    let mut form = settings.form(&administrator, section, item).unwrap();
    form.set("authserv_ids", "not a name");
    form.set("spam_marks", "X-Spam-Flag: YES\nnonsense");
    let refused = settings.change(&administrator, section, item, &form).await;
    let refused = faults(refused);
    let wrong: Vec<_> = refused.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(wrong, ["authserv_ids", "spam_marks"]);
    form.set("authserv_ids", "mx.council.example\n");
    form.set("spam_marks", "X-Spam-Flag: YES");
    settings
        .change(&administrator, section, item, &form)
        .await
        .unwrap();
    let shown = settings.form(&administrator, section, item).unwrap();
    assert_eq!(shown.one("authserv_ids"), "mx.council.example");
    assert_eq!(shown.one("spam_marks"), "X-Spam-Flag: YES");

    let doubted = "Authentication-Results: mx.council.example; dmarc=fail";
    let forged = "Authentication-Results: mx.elsewhere.example; dmarc=fail";
    for (number, (header, answered)) in [
        (doubted, false),
        ("X-Spam-Flag: yes", false),
        (forged, true),
        ("X-Spam-Flag: no", true),
    ]
    .into_iter()
    .enumerate()
    {
        let before = test.mails.taken().len();
        let letter = letter(&number.to_string(), "Taxi", "When?").header(header);
        let id = arrive(&test, &letter).await;
        let reference = reference_of(&test, id).await;
        let promised = stored(&test, &reference).await.running_promise().is_some();
        assert!(promised, "it is an enquiry all the same");
        assert_eq!(test.mails.taken().len() > before, answered, "{header}");
    }
}
