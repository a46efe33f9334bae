//! Sending an enquiry.

use domain::{
    codes::{Channel, Direction, MessageKind},
    enquiry::State,
    promise::PromiseOutcome,
};
use hub::{Acknowledgement, Error, Step};
use jiff::{SignedDuration, civil::date};
use rstest::rstest;
use store::{AcknowledgementState, AuditActor};
use testing::{TestHub, fields, time};

use crate::reading::{audit, faults, stored, times};

#[tokio::test]
async fn the_person_is_told_the_reference_the_day_and_the_team() {
    let test = TestHub::new().await;
    let submitted = test.submit(|answers| answers).await;
    assert_eq!(submitted.received_at, time("2026-03-02T10:00:00Z"));
    assert_eq!(submitted.due_on, date(2026, 3, 9));
    assert_eq!(submitted.working_days, 5);
    assert_eq!(submitted.team, "EHC team, West");
    assert_eq!(
        submitted.acknowledgement,
        Acknowledgement::Queued {
            to: "jo.bloggs@example.org".parse().unwrap()
        }
    );
}

#[tokio::test]
async fn an_enquiry_stands_with_its_message_its_promise_its_audit_and_its_job() {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers).await.reference;

    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.state, State::Promised);
    assert_eq!(enquiry.channel, Channel::WebForm);
    let promise = enquiry.promise.unwrap();
    assert_eq!(promise.outcome, PromiseOutcome::Running);
    assert_eq!(promise.due_at, time("2026-03-09T23:59:59.999Z"));

    let mut tx = test.hub.database().read().await.unwrap();
    let messages = tx.messages().for_enquiry(enquiry.id).await.unwrap();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].kind, MessageKind::Enquiry);
    assert_eq!(messages[0].direction, Direction::Inbound);
    assert_eq!(
        messages[0].body,
        "When will the speech therapy in the plan begin?"
    );
    assert_eq!(tx.jobs().depth().await.unwrap().waiting, 1);
    assert_eq!(
        tx.enquiries().acknowledgement(enquiry.id).await.unwrap(),
        Some(AcknowledgementState::Queued)
    );
    drop(tx);

    let audit = audit(&test, &reference).await;
    let actions: Vec<_> = audit.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["enquiry-received", "promise-started"]);
    let by = AuditActor::Correspondent(Some(enquiry.correspondent));
    assert!(audit.iter().all(|entry| entry.actor == by));
}

#[tokio::test]
async fn pressed_twice_it_is_one_enquiry() {
    let test = TestHub::new().await;
    let token = test.draft(|answers| answers).await;
    let first = test.hub.enquiries().submit(&token).await.unwrap();
    test.clock.advance(SignedDuration::from_mins(10));
    let second = test.hub.enquiries().submit(&token).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(times(&test, &first.reference, "enquiry-received").await, 1);
    test.run_jobs().await;
    assert_eq!(test.mails.taken().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_presses_at_once_are_one_enquiry() {
    let test = TestHub::new().await;
    let token = test.draft(|answers| answers).await;
    let presses: Vec<_> = (0..8)
        .map(|_| {
            let (hub, token) = (test.hub.clone(), token.clone());
            tokio::spawn(async move { hub.enquiries().submit(&token).await })
        })
        .collect();
    let mut told = Vec::new();
    for press in presses {
        told.push(press.await.unwrap().unwrap());
    }
    assert!(told.iter().all(|submitted| *submitted == told[0]));
    assert_eq!(
        times(&test, &told[0].reference, "enquiry-received").await,
        1
    );
    assert_eq!(test.run_jobs().await, 1);
}

#[rstest]
#[case::topic_and_district("help-without-plan", "thanet", "EHC team, East")]
#[case::topic_before_district("travel", "thanet", "School transport")]
#[case::district_alone("ehc-plan", "dartford", "EHC team, North")]
#[case::district_not_known("ehc-plan", "not-sure", "SEND enquiries")]
#[tokio::test]
async fn the_most_exact_rule_says_whose_it_is(
    #[case] topic: &str,
    #[case] district: &str,
    #[case] team: &str,
) {
    let test = TestHub::new().await;
    let submitted = test
        .submit(|answers| answers.topic(topic).district(district))
        .await;
    assert_eq!(submitted.team, team);
}

#[tokio::test]
async fn a_topic_with_days_of_its_own_is_promised_sooner() {
    let test = TestHub::new().await;
    let submitted = test.submit(|answers| answers.topic("complaint")).await;
    assert_eq!(submitted.working_days, 3);
    assert_eq!(submitted.due_on, date(2026, 3, 5));
}

#[tokio::test]
async fn without_an_address_it_is_written_down_why_nothing_was_sent() {
    let test = TestHub::new().await;
    let submitted = test.submit(|answers| answers.by_telephone()).await;
    assert_eq!(submitted.acknowledgement, Acknowledgement::NoAddress);
    let id = stored(&test, &submitted.reference).await.id;
    let mut tx = test.hub.database().read().await.unwrap();
    assert_eq!(
        tx.enquiries().acknowledgement(id).await.unwrap(),
        Some(AcknowledgementState::NoAddress)
    );
    drop(tx);
    assert_eq!(test.run_jobs().await, 0);
    assert!(test.mails.taken().is_empty());
}

#[rstest]
#[case::emoji("My son 👨‍👩‍👧‍👦 is 🙂")]
#[case::right_to_left("ابني يحتاج إلى مساعدة في المدرسة")]
#[case::mixed_directions("She said שלום and then “goodbye”")]
#[case::decomposed_accents("Zoe\u{301}")]
#[case::paragraphs("First.\n\nSecond,\twith a tab.")]
#[tokio::test]
async fn a_message_is_kept_exactly_as_it_was_written(#[case] text: &str) {
    let test = TestHub::new().await;
    let reference = test.submit(|answers| answers.message(text)).await.reference;
    let id = stored(&test, &reference).await.id;
    let mut tx = test.hub.database().read().await.unwrap();
    assert_eq!(tx.messages().for_enquiry(id).await.unwrap()[0].body, text);
}

#[tokio::test]
async fn the_draft_is_emptied_when_it_was_sent() {
    let test = TestHub::new().await;
    let token = test.draft(|answers| answers).await;
    test.hub.enquiries().submit(&token).await.unwrap();
    let draft = test.hub.enquiries().draft(&token).await.unwrap();
    assert_eq!(draft, Some(hub::Draft::default()));
}

#[tokio::test]
async fn a_sent_draft_takes_no_more_answers() {
    let test = TestHub::new().await;
    let token = test.draft(|answers| answers).await;
    let enquiries = test.hub.enquiries();
    let first = enquiries.submit(&token).await.unwrap();
    let posted = fields([("message", "And another question")]);
    let answer = enquiries.answer(&token, Step::Message, &posted).await;
    assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
    // The page of the first is still there for whoever reloads it.
    assert_eq!(enquiries.submitted(&token).await.unwrap(), Some(first));
    assert_eq!(
        enquiries.draft(&token).await.unwrap(),
        Some(hub::Draft::default())
    );
}

#[tokio::test]
async fn a_draft_with_a_page_left_out_is_not_sent() {
    let test = TestHub::new().await;
    let token = test.hub.enquiries().start().await.unwrap();
    let posted = fields([("topic", "travel")]);
    let enquiries = test.hub.enquiries();
    let next = enquiries
        .answer(&token, Step::Topic, &posted)
        .await
        .unwrap();
    assert_eq!(next, Step::Who);
    let refused = faults(enquiries.submit(&token).await);
    assert_eq!(
        refused.of("check"),
        Some("Some questions still need an answer")
    );
    assert_eq!(enquiries.submitted(&token).await.unwrap(), None);
}

#[tokio::test]
async fn a_draft_is_forgotten_after_a_day() {
    let test = TestHub::new().await;
    let token = test.draft(|answers| answers).await;
    test.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(test.hub.enquiries().draft(&token).await.unwrap(), None);
    let sent = test.hub.enquiries().submit(&token).await;
    assert!(matches!(sent, Err(Error::NotFound)), "{sent:?}");
}

#[tokio::test]
async fn a_database_that_is_gone_is_unavailable() {
    let test = TestHub::new().await;
    let token = test.draft(|answers| answers).await;
    test.hub.database().close().await;
    let refused = test.hub.enquiries().submit(&token).await.unwrap_err();
    assert!(refused.is_unavailable(), "{refused:?}");
    assert!(test.hub.ready().await.is_err());
}
