//! Mail that stands before a person as it is, and mail in an enquiry's file: read, downloaded, joined.

use domain::codes::{FoldKind, IncomingState, Role};
use domain::enquiry::State;
use domain::ids::IncomingId;
use hub::{Error, desk::InTwoLists};
use testing::{TestHub, fields};

use crate::losses::poison_by_its_words;
use crate::mailed::{
    Letter, arrive, die_while_filing, enquiry_of, letter, message_of, receive, reference_of, row,
};
use crate::reading::{deeds_about, faults, file, quarantine, stored, times};

fn away() -> Letter {
    letter("away", "Away until May", "I am away.").header("Auto-Submitted: auto-replied")
}

fn with_plan() -> Letter {
    let body = "--cut\r\nContent-Type: text/plain\r\n\r\nHere it is.\r\n--cut\r\n\
                Content-Type: text/html\r\n\
                Content-Disposition: attachment; filename=\"plan.html\"\r\n\r\n\
                <script>alert(1)</script>\r\n--cut--\r\n";
    letter("plan", "The plan", body).header("Content-Type: multipart/mixed; boundary=cut")
}

#[tokio::test]
async fn what_belongs_nowhere_stands_there_until_a_person_makes_an_enquiry_of_it() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let id = arrive(&test, &away()).await;
    let desk = test.hub.desk();
    let standing = quarantine(&test, &officer).await;
    assert_eq!(standing.mails.rows.len(), 1);
    let mail = &standing.mails.rows[0];
    assert_eq!(mail.subject.as_deref(), Some("Away until May"));
    assert_eq!(mail.from.as_deref(), Some("Pat Parent, pat@example.org"));
    let reference = desk.make_enquiry(&officer, id).await.unwrap();
    assert_eq!(desk.make_enquiry(&officer, id).await.unwrap(), reference);
    assert!(stored(&test, &reference).await.running_promise().is_some());
    assert_eq!(times(&test, &reference, "filed-from-quarantine").await, 2);
    assert!(quarantine(&test, &officer).await.mails.rows.is_empty());
    test.run_jobs().await;
    assert!(test.mails.taken().is_empty(), "it is still not answered");
}

#[tokio::test]
async fn each_is_reached_page_by_page_also_when_some_are_dealt_with_meanwhile() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let mut all = Vec::new();
    for number in 0..30 {
        let name = format!("away-{number}");
        let letter = letter(&name, "Away until May", &name);
        let away = letter.header("Auto-Submitted: auto-replied");
        all.push(arrive(&test, &away).await);
    }
    let desk = test.hub.desk();
    let first = quarantine(&test, &officer).await;
    assert_eq!((first.mails.rows.len(), first.mails.count), (25, 30));
    let reason = fields([("reason", "It answers a newsletter.")]);
    let dealt_with = first.mails.rows[3].id;
    desk.set_mail_aside(&officer, dealt_with, &reason)
        .await
        .unwrap();
    let after = InTwoLists {
        upper: first.mails.next.clone(),
        lower: None,
    };
    let second = desk.quarantine(&officer, &after).await.unwrap();
    assert_eq!((second.mails.next, second.mails.count), (None, 29));
    let read = first.mails.rows.iter().chain(&second.mails.rows);
    let mut read: Vec<IncomingId> = read.map(|mail| mail.id).collect();
    read.sort();
    all.sort();
    assert_eq!(read, all);
}

#[tokio::test]
async fn what_is_not_for_us_needs_a_reason_and_is_kept() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let id = arrive(&test, &away()).await;
    let desk = test.hub.desk();
    let refused = faults(
        desk.set_mail_aside(&officer, id, &fields([("reason", " ")]))
            .await,
    );
    assert!(refused.iter().any(|fault| fault.field == "reason"));
    let reason = fields([("reason", "It answers a newsletter.")]);
    desk.set_mail_aside(&officer, id, &reason).await.unwrap();
    let kept = row(&test, id).await;
    assert_eq!(kept.state, IncomingState::SetAside);
    assert_eq!(
        kept.settled_words.as_deref(),
        Some("It answers a newsletter.")
    );
    assert_eq!(deeds_about(&test, id.as_uuid()).await, ["mail-set-aside"]);
    let gone = desk.make_enquiry(&officer, id).await;
    assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
    let whole = desk.whole_mail(&officer, id).await.unwrap();
    assert_eq!(whole.bytes, away().raw());
}

/// Lets the mail that waits come into the quarantine.
async fn never_filed(test: &TestHub, id: IncomingId) {
    for _ in 0..5 {
        die_while_filing(test).await;
    }
    test.run_jobs().await;
    assert_eq!(row(test, id).await.state, IncomingState::Quarantined);
}

#[tokio::test]
async fn a_mail_that_could_not_be_filed_is_filed_as_what_it_says_when_a_person_wants_it() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let id = receive(&test.hub, &letter("one", "Taxi", "When?"))
        .await
        .id();
    never_filed(&test, id).await;
    let reference = test.hub.desk().make_enquiry(&officer, id).await.unwrap();
    let file = file(&test, &reference).await;
    assert_eq!(file.messages[0].body.trim_end(), "When?");
    assert_eq!(file.messages[0].by_mail.as_ref().unwrap().problems, [""; 0]);
}

#[tokio::test]
async fn a_mail_that_breaks_its_filing_off_says_so_when_a_person_wants_an_enquiry_of_it() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let id = poison_by_its_words(&test).await;
    never_filed(&test, id).await;
    let reference = test.hub.desk().make_enquiry(&officer, id).await.unwrap();
    let file = file(&test, &reference).await;
    let by_mail = file.messages[0].by_mail.as_ref().unwrap();
    assert_eq!(by_mail.problems, ["unreadable"]);
    assert_eq!(
        file.correspondent.email,
        Some("sam@example.net".parse().unwrap())
    );
}

#[tokio::test]
async fn a_mail_that_could_not_be_filed_for_more_than_a_working_day_is_counted() {
    let test = TestHub::new().await;
    let lead = test.officer(Role::TeamLead).await;
    let id = receive(&test.hub, &letter("one", "Taxi", "When?"))
        .await
        .id();
    never_filed(&test, id).await;
    arrive(&test, &away()).await;
    // It came on a Monday; nobody waits for what a machine wrote.
    for (now, late) in [
        ("2026-03-02T23:00:00Z", 0),
        ("2026-03-03T23:00:00Z", 0),
        ("2026-03-04T00:00:00Z", 1),
    ] {
        test.clock.set_to(now);
        let standing = quarantine(&test, &lead).await;
        assert_eq!(
            (standing.mails.rows.len(), standing.late),
            (2, late),
            "{now}"
        );
    }
}

#[tokio::test]
async fn a_file_shows_subject_sender_words_and_attachments() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let id = arrive(&test, &with_plan()).await;
    let reference = reference_of(&test, id).await;
    let file = file(&test, &reference).await;
    let by_mail = file.messages[0].by_mail.clone().unwrap();
    assert_eq!(by_mail.subject.as_deref(), Some("The plan"));
    let words: String = by_mail
        .parts
        .iter()
        .map(|(_, words)| words.as_str())
        .collect();
    assert_eq!(words, file.messages[0].body);
    assert!(by_mail.parts.iter().any(|(kind, _)| *kind == FoldKind::New));
    assert_eq!(by_mail.attachments.len(), 1);
    let attached = &by_mail.attachments[0];
    assert_eq!(attached.name, "plan.html");
    let desk = test.hub.desk();
    let download = || desk.attachment(&officer, attached.message, attached.ordinal);
    let whole = download().await.unwrap().bytes;
    assert!(whole.starts_with(b"<script>"));
    // The copy is damaged, then gone: it is made again from the mail.
    let folder = test.database.folder().join("attachments");
    let copy = std::fs::read_dir(&folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let copy = std::fs::read_dir(copy)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    std::fs::write(&copy, "other bytes").unwrap();
    assert_eq!(download().await.unwrap().bytes, whole);
    assert_eq!(std::fs::read(&copy).unwrap(), whole);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(download().await.unwrap().bytes, whole);
    assert!(copy.exists());
    assert_eq!(times(&test, &reference, "attachment-read").await, 3);
}

#[tokio::test]
async fn a_strangers_enquiry_is_joined_by_a_person_and_its_promise_goes_on() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let first = arrive(&test, &letter("one", "Taxi", "When?")).await;
    let old = reference_of(&test, first).await;
    let ours = test.mails.only().mail.reply_to;
    let grandmother = letter("two", "Taxi", "I am her grandmother.")
        .from("Gran <gran@example.net>")
        .to(ours.as_str());
    let second = arrive(&test, &grandmother).await;
    let new = reference_of(&test, second).await;
    assert_eq!(file(&test, &new).await.beside.linked[0].0, old);
    let desk = test.hub.desk();
    let refused = faults(desk.join(&officer, &new, &fields([])).await);
    assert!(refused.iter().any(|fault| fault.field == "into"));
    let text = old.to_string();
    let into = fields([("into", text.as_str())]);
    assert_eq!(desk.join(&officer, &new, &into).await.unwrap(), old);
    assert_eq!(file(&test, &old).await.messages.len(), 2);
    let closed = stored(&test, &new).await;
    assert!(matches!(closed.state, State::Closed { .. }));
    assert_eq!(stored(&test, &old).await.chasers, 1);
    // From now on she has a part in it.
    let again = letter("three", "Taxi", "Any news?")
        .from("Gran <gran@example.net>")
        .to(ours.as_str());
    let third = arrive(&test, &again).await;
    assert_eq!(reference_of(&test, third).await, old);
    assert_eq!(
        enquiry_of(&test, second).await,
        enquiry_of(&test, third).await
    );
    assert_eq!(
        message_of(&test, third).await.0.body.trim_end(),
        "Any news?"
    );
}

#[tokio::test]
async fn those_that_were_told_nothing_are_listed() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    arrive(&test, &letter("one", "Taxi", "When?")).await;
    let id = arrive(
        &test,
        &letter("two", "Taxi", "When?").header("List-Id: <x>"),
    )
    .await;
    let listed = test.hub.desk().not_acknowledged(&officer, None).await;
    let listed = listed.unwrap().rows;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].reference, reference_of(&test, id).await);
    let email = listed[0].email.as_ref().map(ToString::to_string);
    assert_eq!(email.as_deref(), Some("pat@example.org"));
    assert!(!listed[0].is_answered && !listed[0].name.is_empty());
}
