//! Losses between a mail's bytes and its enquiry.

use domain::codes::{IncomingState, NoAnswerReason, QuarantineReason, RelativeReason, Role};
use domain::ids::IncomingId;
use hub::intake::{Arrived, Received, Transport};
use jiff::SignedDuration;
use store::{AcknowledgementState, Tx};
use testing::{TestHub, fields, time};

use crate::mailed::{
    arrive, die_while_filing, enquiry_of, letter, message_of, receive, reference_of, row,
};
use crate::reading::{audit, file, stored};

fn pipe(raw: &[u8]) -> Arrived {
    Arrived {
        raw: raw.to_vec(),
        envelope_from: Some("pat@example.org".to_owned()),
        envelope_to: Some(crate::mailed::COUNCIL.to_owned()),
        transport: Transport::Pipe,
    }
}

#[tokio::test]
async fn a_header_was_missing_or_malformed_and_the_message_was_dropped() {
    let test = TestHub::new().await;
    for raw in [
        "\r\nOnly words",
        "Subject: =?utf-8?B?////?=\r\nDate: never\r\nFrom: <<>>\r\nMessage-ID: <\r\n\r\nWords",
        "From: Pat\r\nContent-Type: multipart/mixed; boundary=\r\n\r\nWords",
        "Message-ID: a\0b\r\nSubject: zero\0byte\r\nFrom: \"P\0at\" <pat@example.org>\r\n\r\nWo\0rds",
    ] {
        let received = test.hub.intake().receive(pipe(raw.as_bytes())).await;
        let id = received.unwrap().id();
        test.run_jobs().await;
        let reference = reference_of(&test, id).await;
        let enquiry = stored(&test, &reference).await;
        assert!(enquiry.running_promise().is_some(), "{raw:?}");
    }
}

#[tokio::test]
async fn a_parse_failure_left_a_file_only_an_administrator_saw() {
    let test = TestHub::new().await;
    let bytes: Vec<u8> = (0..=255).cycle().take(5_000).collect();
    let id = test.hub.intake().receive(pipe(&bytes)).await.unwrap().id();
    test.run_jobs().await;
    let reference = reference_of(&test, id).await;
    assert!(stored(&test, &reference).await.running_promise().is_some());
    let (_, mailed) = message_of(&test, id).await;
    assert!(!mailed.problems.is_empty(), "the ticket says so");
    let mut tx = test.hub.database().read().await.unwrap();
    assert_eq!(tx.intake().raw(id).await.unwrap(), Some(bytes));
}

#[tokio::test]
async fn one_poison_message_stopped_the_rest() {
    let test = TestHub::new().await;
    let first = arrive(&test, &letter("first", "Taxi", "When?")).await;
    let ours = test.mails.only().mail.reply_to;
    let spoilt = enquiry_of(&test, first).await.unwrap();
    test.database.spoil_enquiry(spoilt).await;
    let poison = letter("poison", "News?", "News?").to(ours.as_str());
    let poison = receive(&test.hub, &poison).await.id();
    let next = receive(&test.hub, &letter("next", "Bus", "When?"))
        .await
        .id();
    test.run_jobs().await;
    assert!(enquiry_of(&test, next).await.is_some(), "the rest go on");
    let kept = row(&test, poison).await;
    assert_eq!(kept.state, IncomingState::Received, "tried again first");
    for _ in 0..5 {
        test.clock.advance(SignedDuration::from_mins(10));
        test.run_jobs().await;
    }
    let kept = row(&test, poison).await;
    assert_eq!(kept.state, IncomingState::Quarantined);
    assert_eq!(kept.reason, Some(QuarantineReason::CouldNotBeFiled));
    let mut tx = test.hub.database().read().await.unwrap();
    let standing = tx.intake().standing(kept.state, None, 9).await.unwrap();
    assert_eq!(standing.len(), 1, "visibly");
}

#[tokio::test]
async fn one_poison_message_ended_the_process_each_time() {
    let test = TestHub::new().await;
    let id = receive(&test.hub, &letter("one", "Taxi", "When?"))
        .await
        .id();
    for _ in 0..3 {
        die_while_filing(&test).await;
    }
    test.run_jobs().await;
    is_an_enquiry_that_says_so(&test, id).await;
    assert_eq!(test.run_jobs().await, 0, "and is left in peace");
}

#[tokio::test]
async fn one_poison_message_broke_off_each_time() {
    let test = TestHub::new().await;
    let id = poison_by_its_words(&test).await;
    for pause in [0, 10, 10] {
        test.clock.advance(SignedDuration::from_mins(pause));
        test.run_jobs().await;
        assert_eq!(row(&test, id).await.state, IncomingState::Received);
    }
    test.clock.advance(SignedDuration::from_mins(10));
    test.run_jobs().await;
    is_an_enquiry_that_says_so(&test, id).await;
}

/// A mail that is like any other by its envelope, and whose headers break its filing off.
pub(crate) async fn poison_by_its_words(test: &TestHub) -> IncomingId {
    let first = arrive(test, &letter("first", "Taxi", "When?")).await;
    let ours = test.mails.only().mail.message_id;
    let spoilt = enquiry_of(test, first).await.unwrap();
    test.database.spoil_enquiry(spoilt).await;
    let poison = letter("poison", "News?", "News?")
        .from("Sam <sam@example.net>")
        .header(&format!("In-Reply-To: {ours}"));
    receive(&test.hub, &poison).await.id()
}

/// It stands before everybody who sorts, with a promise, and whoever opens it learns that there is more.
async fn is_an_enquiry_that_says_so(test: &TestHub, id: IncomingId) {
    let sent = test.mails.taken().len();
    let reference = reference_of(test, id).await;
    let file = file(test, &reference).await;
    assert!(file.enquiry.running_promise().is_some());
    assert_eq!(
        Some(&file.enquiry.topic),
        test.hub.council().unsorted_topic()
    );
    let by_mail = file.messages[0].by_mail.as_ref().unwrap();
    assert_eq!(by_mail.problems, ["unreadable"]);
    let officer = test.officer(Role::Officer).await;
    let desk = test.hub.desk();
    let whole = desk.whole_mail(&officer, by_mail.incoming).await.unwrap();
    let mut tx = test.hub.database().read().await.unwrap();
    assert_eq!(tx.intake().raw(id).await.unwrap(), Some(whole.bytes));
    drop(tx);
    // Nobody knows whether a machine wrote it.
    let untold = desk.not_acknowledged(&officer, None).await.unwrap();
    let why = AcknowledgementState::NotAnswered(NoAnswerReason::NoSender);
    let listed = untold.rows.iter().find(|one| one.reference == reference);
    assert_eq!(listed.map(|one| one.why), Some(why));
    test.run_jobs().await;
    assert_eq!(test.mails.taken().len(), sent);
}

#[tokio::test]
async fn one_poison_message_ended_the_process_even_unread() {
    let test = TestHub::new().await;
    let id = receive(&test.hub, &letter("one", "Taxi", "When?"))
        .await
        .id();
    for _ in 0..5 {
        die_while_filing(&test).await;
    }
    test.run_jobs().await;
    let kept = row(&test, id).await;
    assert_eq!(kept.state, IncomingState::Quarantined);
    assert_eq!(kept.reason, Some(QuarantineReason::CouldNotBeFiled));
    assert_eq!(test.run_jobs().await, 0, "and is left in peace");
}

#[tokio::test]
async fn the_process_was_ended_twice_while_a_message_was_filed() {
    let test = TestHub::new().await;
    let id = receive(&test.hub, &letter("one", "Taxi", "When?"))
        .await
        .id();
    for _ in 0..2 {
        die_while_filing(&test).await;
    }
    test.run_jobs().await;
    assert_eq!(row(&test, id).await.state, IncomingState::Filed);
}

#[tokio::test]
async fn contact_made_ticket_not() {
    let test = TestHub::new().await;
    let id = receive(&test.hub, &letter("one", "Taxi", "When?"))
        .await
        .id();
    // The correspondent is written first; then the enquiry is refused, because its topic is not there.
    forget_topics(&test).await;
    for _ in 0..5 {
        test.run_jobs().await;
        test.clock.advance(SignedDuration::from_mins(10));
    }
    assert_eq!(row(&test, id).await.state, IncomingState::Quarantined);
    let pat = "pat@example.org".parse().unwrap();
    let mut tx = test.hub.database().read().await.unwrap();
    let made = tx.relatives().newest_correspondent(&pat).await.unwrap();
    assert_eq!(made, None);
    assert!(tx.intake().raw(id).await.unwrap().is_some());
}

async fn forget_topics(test: &TestHub) {
    const SQL: &str = "DELETE FROM topics";
    let mut tx = test.hub.database().begin().await.unwrap();
    match &mut tx {
        Tx::Sqlite(tx) => drop(sqlx::query(SQL).execute(&mut **tx).await.unwrap()),
        Tx::Postgres(tx) => drop(sqlx::query(SQL).execute(&mut **tx).await.unwrap()),
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_deleted_ticket_came_back() {
    let test = TestHub::new().await;
    let question = letter("one", "Taxi", "When?");
    let id = receive(&test.hub, &question).await.id();
    let mut tx = test.hub.database().begin().await.unwrap();
    tx.intake().remove_raw(id).await.unwrap();
    tx.intake()
        .erase(id, time(testing::hub::MONDAY))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let again = receive(&test.hub, &question).await;
    assert_eq!(again, Received::Again(id));
    test.run_jobs().await;
    assert_eq!(row(&test, id).await.state, IncomingState::Erased);
    assert_eq!(enquiry_of(&test, id).await, None);
}

#[tokio::test]
async fn a_message_was_appended_to_the_wrong_thread() {
    let test = TestHub::new().await;
    let first = arrive(&test, &letter("first", "Taxi", "When will it come?")).await;
    let (reference, ours) = (reference_of(&test, first).await, test.mails.only().mail);
    let officer = test.officer(Role::Officer).await;
    let desk = test.hub.desk();
    desk.assign_to_me(&officer, &reference, &fields([]))
        .await
        .unwrap();
    let stranger = letter("again", "News?", "Is there any news?")
        .from("Sam Stranger <sam@example.net>")
        .to(ours.reply_to.as_str());
    let id = arrive(&test, &stranger).await;
    let new = reference_of(&test, id).await;
    assert_ne!(new, reference);
    let (old, new_one) = (stored(&test, &reference).await, stored(&test, &new).await);
    assert_eq!((new_one.team, new_one.officer), (old.team, old.officer));
    assert!(new_one.officer.is_some());
    assert_eq!(old.chasers, 0);
    let mut tx = test.hub.database().read().await.unwrap();
    let beside = tx.relatives().of(new_one.id).await.unwrap();
    drop(tx);
    assert_eq!(beside[0].reference, reference);
    assert_eq!(beside[0].reason, RelativeReason::Stranger);
    let told = test.mails.taken().pop().unwrap();
    assert_eq!(told.mail.to.as_str(), "sam@example.net");
    let all = told.message();
    for secret in [reference.to_string(), "pat@".to_owned(), ours.message_id] {
        assert!(!all.contains(&secret), "{secret} in\n{all}");
    }
    let deeds = audit(&test, &new).await;
    assert!(deeds.iter().any(|deed| deed.action == "assigned"));
}

#[tokio::test]
async fn a_subject_delivery_status_from_a_parent_was_taken_for_a_bounce() {
    let test = TestHub::new().await;
    let subject = "Delivery Status Notification (Failure)";
    let id = arrive(
        &test,
        &letter("one", subject, "I got this. Did you get my form?"),
    )
    .await;
    let reference = reference_of(&test, id).await;
    assert!(stored(&test, &reference).await.running_promise().is_some());
    assert_eq!(test.mails.taken().len(), 1, "and it is acknowledged");
}

#[tokio::test]
async fn a_bounce_that_nobody_can_read_is_an_enquiry_and_no_answer_goes_out() {
    let test = TestHub::new().await;
    let bounce =
        letter("one", "Undelivered", "Your mail was not delivered.").with_null_return_path();
    let id = arrive(&test, &bounce).await;
    let file = file(&test, &reference_of(&test, id).await).await;
    let why = AcknowledgementState::NotAnswered(NoAnswerReason::NoReturnPath);
    assert_eq!(file.acknowledgement, Some(why));
    assert!(test.mails.taken().is_empty());
}

#[tokio::test]
async fn the_same_message_id_with_other_content() {
    let test = TestHub::new().await;
    let first = arrive(&test, &letter("one", "Taxi", "When?")).await;
    let second = arrive(&test, &letter("one", "Taxi", "Where?")).await;
    let second = enquiry_of(&test, second).await.unwrap();
    let mut tx = test.hub.database().read().await.unwrap();
    let beside = tx.relatives().of(second).await.unwrap();
    assert_eq!(beside[0].reason, RelativeReason::SameMessageId);
    assert_eq!(
        tx.intake().with_same_message_id(first).await.unwrap().len(),
        1
    );
}
