//! Sorting an enquiry and passing it on.

use domain::{
    codes::{MessageKind, Role},
    enquiry::State,
};
use hub::{
    Actor,
    accounts::NewOfficer,
    desk::{Narrowing, QueueView, Whose},
};
use jiff::civil::date;
use testing::{PASSWORD, TestHub, fields};

use crate::reading::{faults, file, stored, times};

#[tokio::test]
async fn sorting_sends_it_to_the_team_of_the_rules_and_keeps_the_day() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let before = stored(&test, &reference).await;
    let mut tx = test.hub.database().begin().await.unwrap();
    let since = Some(test.hub.now());
    tx.enquiries().set_unsorted(before.id, since).await.unwrap();
    tx.commit().await.unwrap();
    let view = QueueView {
        whose: Whose::Unsorted,
        only: Narrowing::default(),
        after: None,
    };
    let desk = test.hub.desk();
    let unsorted = desk.queue(&officer, &view).await.unwrap().rows;
    assert_eq!(unsorted.len(), 1);
    assert!(unsorted[0].unsorted);

    let words = fields([("topic", "travel"), ("district", "dover")]);
    desk.pass_on(&officer, &reference, &words).await.unwrap();
    let after = stored(&test, &reference).await;
    assert_eq!(after.topic.as_str(), "travel");
    assert_eq!(after.team.as_str(), "school-transport");
    assert_eq!(
        (after.state, after.promise),
        (State::Promised, before.promise)
    );
    assert_eq!(times(&test, &reference, "passed-on").await, 1);
    assert_eq!(times(&test, &reference, "sorted").await, 1);
    assert!(desk.queue(&officer, &view).await.unwrap().rows.is_empty());
    let file = file(&test, &reference).await;
    let note = file.messages.last().unwrap();
    assert_eq!(note.kind, MessageKind::InternalNote);
    assert!(note.body.contains("Passed on from"), "{}", note.body);
}

#[tokio::test]
async fn a_topic_with_a_shorter_promise_brings_the_day_forward() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let words = fields([("topic", "complaint")]);
    let desk = test.hub.desk();
    desk.pass_on(&officer, &reference, &words).await.unwrap();
    let after = stored(&test, &reference).await;
    assert_eq!(after.promise.unwrap().due_on, date(2026, 3, 5));
    assert_eq!(after.chasers, 0);
}

#[tokio::test]
async fn a_colleague_gets_it_with_a_reason() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    let new = NewOfficer {
        email: "tara@council.example.org".parse().unwrap(),
        name: "Tara Transport".to_owned(),
        role: Role::Officer,
        team: Some("school-transport".parse().unwrap()),
        password: PASSWORD.into(),
    };
    let accounts = test.hub.accounts();
    let tara = accounts.add(&Actor::System, new).await.unwrap().to_string();
    let mut words = fields([("topic", "ehc-plan"), ("to_officer", tara.as_str())]);
    let desk = test.hub.desk();
    let refused = faults(desk.pass_on(&officer, &reference, &words).await);
    assert!(refused.of("passed_why").is_some());
    words.set("passed_why", "She knows the family.");
    desk.pass_on(&officer, &reference, &words).await.unwrap();
    let file = file(&test, &reference).await;
    assert_eq!(file.officer.as_deref(), Some("Tara Transport"));
    assert_eq!(file.enquiry.team.as_str(), "school-transport");
    words.set("to_team", "short-breaks");
    let refused = faults(desk.pass_on(&officer, &reference, &words).await);
    assert!(refused.of("to_officer").is_some());
}

#[tokio::test]
async fn a_family_sees_the_new_team_unless_a_childs_safety_forbids_it() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    let letter = test.mails.taken().remove(0).mail.text;
    let (_, rest) = letter.split_once("/enquiry/").unwrap();
    let token: String = rest
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter))
        .collect();
    let told = async || {
        let status = test.hub.enquiries().follow(&token).await.unwrap();
        status.unwrap().team
    };
    let before = told().await;
    let desk = test.hub.desk();
    let mut words = fields([
        ("topic", "ehc-plan"),
        ("to_team", "short-breaks"),
        ("passed_why", "They look at it first."),
        ("passed_unseen", "yes"),
    ]);
    desk.pass_on(&officer, &reference, &words).await.unwrap();
    assert_eq!(
        stored(&test, &reference).await.team.as_str(),
        "short-breaks"
    );
    assert_eq!(told().await, before);
    let reply = fields([("reply", "We look at it.")]);
    desk.reply(&officer, &reference, &reply).await.unwrap();
    test.run_jobs().await;
    let reply = test.mails.taken().pop().unwrap().mail.text;
    let team = test
        .hub
        .council()
        .team_name(&"short-breaks".parse().unwrap());
    assert!(!reply.contains(&team), "{reply}");
    words.set("passed_unseen", "no");
    words.set("passed_why", "Nothing to worry about.");
    desk.pass_on(&officer, &reference, &words).await.unwrap();
    assert_eq!(told().await, team);
}
