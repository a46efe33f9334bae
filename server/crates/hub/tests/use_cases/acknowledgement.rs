//! The acknowledgement: sent once, by the rules for automatic mail, saying nothing of the sender's.

use domain::codes::{DeliveryState, Role};
use futures_util::future::join_all;
use hub::{
    Acknowledgement, Step,
    jobs::{Lane, run_due_of},
};
use jiff::SignedDuration;
use store::AcknowledgementState;
use testing::TestHub;

use crate::mailed::{letter, receive};
use crate::reading::{file, not_arrived, times};

#[tokio::test]
async fn it_is_sent_once() {
    let test = TestHub::new().await;
    let submitted = test.submit(|answers| answers).await;
    assert_eq!(test.run_jobs().await, 1);
    assert_eq!(test.run_jobs().await, 0);
    let caught = test.mails.only();
    assert_eq!(caught.mail.to.as_str(), "jo.bloggs@example.org");
    assert_eq!(
        caught.mail.subject,
        format!("Your question {}", submitted.reference)
    );
    let file = file(&test, &submitted.reference).await;
    assert_eq!(file.acknowledgement, Some(AcknowledgementState::Sent));
    assert_eq!(times(&test, &submitted.reference, "mail-sent").await, 1);
}

#[tokio::test]
async fn one_address_gets_at_most_five_within_the_hour_and_every_enquiry_is_kept() {
    let test = TestHub::new().await;
    for _ in 0..5 {
        let submitted = test.submit(|answers| answers).await;
        assert!(matches!(
            submitted.acknowledgement,
            Acknowledgement::Queued { .. }
        ));
    }
    let sixth = test
        .submit(|answers| answers.email("JO.Bloggs@Example.org"))
        .await;
    assert_eq!(sixth.acknowledgement, Acknowledgement::NoAddress);
    let kept = file(&test, &sixth.reference).await;
    assert_eq!(kept.acknowledgement, Some(AcknowledgementState::Capped));
    assert!(kept.enquiry.running_promise().is_some());
    // It stands where an officer sees it, and can be sent by one.
    assert_eq!(kept.mails[0].state, DeliveryState::Capped);
    let officer = test.officer(Role::Officer).await;
    let listed = not_arrived(&test, &officer).await;
    assert_eq!(listed.to_clear.rows[0].reference, sixth.reference);
    let somebody_else = test
        .submit(|answers| answers.email("else@example.org"))
        .await;
    assert!(matches!(
        somebody_else.acknowledgement,
        Acknowledgement::Queued { .. }
    ));
    test.run_jobs().await;
    assert_eq!(test.mails.taken().len(), 6);

    test.clock.advance(SignedDuration::from_mins(60));
    let an_hour_later = test.submit(|answers| answers).await;
    assert!(matches!(
        an_hour_later.acknowledgement,
        Acknowledgement::Queued { .. }
    ));
}

#[tokio::test]
async fn of_many_at_the_same_moment_no_more_are_told_than_of_many_in_a_row() {
    let test = TestHub::new().await;
    let mut drafts = Vec::new();
    for _ in 0..12 {
        drafts.push(test.draft(|answers| answers).await);
    }
    let enquiries = test.hub.enquiries();
    let sent = join_all(drafts.iter().map(|draft| enquiries.submit(draft))).await;
    let told = sent.into_iter().filter(|submitted| {
        let acknowledgement = &submitted.as_ref().unwrap().acknowledgement;
        matches!(acknowledgement, Acknowledgement::Queued { .. })
    });
    assert_eq!(told.count(), 5);
    test.run_jobs().await;
    assert_eq!(test.mails.taken().len(), 5);
}

#[tokio::test]
async fn of_many_mails_that_are_filed_at_the_same_moment_no_more_are_told() {
    let test = TestHub::new().await;
    for number in 0..12 {
        let mail = letter(&number.to_string(), "Taxi", "When?").from("Pat <pat@example.org>");
        receive(&test.hub, &mail).await;
    }
    let filing = (0..6).map(|_| run_due_of(&test.hub, Lane::Ours));
    let filed: usize = join_all(filing).await.into_iter().map(Result::unwrap).sum();
    assert_eq!(filed, 12);
    test.run_jobs().await;
    assert_eq!(test.mails.taken().len(), 5);
}

#[tokio::test]
async fn it_says_that_it_is_automatic_and_asks_for_no_automatic_answer() {
    let test = TestHub::new().await;
    test.submit(|answers| answers).await;
    test.run_jobs().await;
    let headers = test.mails.only().headers();
    for line in [
        "Auto-Submitted: auto-replied",
        "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply",
        "To: jo.bloggs@example.org",
    ] {
        assert!(headers.contains(line), "{line} in\n{headers}");
    }
}

#[tokio::test]
async fn it_keeps_no_promise() {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers).await.reference;
    test.run_jobs().await;
    assert_eq!(times(&test, &reference, "promise-kept").await, 0);
    let enquiry = crate::reading::stored(&test, &reference).await;
    assert!(enquiry.running_promise().is_some());
}

#[tokio::test]
async fn it_holds_none_of_the_sender_s_words() {
    let test = TestHub::new().await;
    test.submit(|answers| {
        answers
            .name("Wilhelmina Quartz")
            .message("Visit xylophone-casino today")
            .topic("short-breaks")
            .set(Step::Child, "child_name", "Zebedee Quartz")
            .set(Step::Child, "child_school", "Flugelhorn Academy")
            .set(Step::Support, "safe_contact", "Never on Vuvuzela night")
    })
    .await;
    test.run_jobs().await;
    let caught = test.mails.only();
    let all = [
        caught.message(),
        caught.mail.text,
        caught.mail.html.unwrap(),
    ]
    .concat();
    for word in [
        "Wilhelmina",
        "Quartz",
        "xylophone",
        "Zebedee",
        "Flugelhorn",
        "Vuvuzela",
        "respite",
    ] {
        assert!(!all.contains(word), "{word} in\n{all}");
    }
}

#[tokio::test]
async fn it_says_the_reference_the_day_and_the_team() {
    let test = TestHub::new().await;
    let submitted = test.submit(|answers| answers).await;
    test.run_jobs().await;
    let mail = test.mails.only().mail;
    for part in [
        submitted.reference.to_string(),
        "Monday 9 March 2026".to_owned(),
        "EHC team, West".to_owned(),
    ] {
        assert!(mail.text.contains(&part), "{part} in\n{}", mail.text);
        let html = mail.html.as_deref().unwrap();
        assert!(html.contains(&part), "{part} in\n{html}");
    }
}
