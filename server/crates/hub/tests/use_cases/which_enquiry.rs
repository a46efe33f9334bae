//! Which enquiry a mail belongs to: evidence and a part in it, or a new one beside it.

use domain::codes::{RelativeReason, Role};
use domain::enquiry::{EndReason, State};
use domain::reference::Reference;
use jiff::SignedDuration;
use store::{Lane, Relative};
use testing::{TestHub, fields, join_again};

use crate::mailed::{Letter, arrive, enquiry_of, letter, message_of, receive, reference_of};
use crate::reading::stored;

/// An enquiry of Pat's, and our mail about it.
async fn asked(test: &TestHub) -> (Reference, mail::OutgoingMail) {
    let id = arrive(test, &letter("first", "Taxi", "When will it come?")).await;
    (reference_of(test, id).await, test.mails.only().mail)
}

fn again() -> Letter {
    letter("again", "News?", "Is there any news?")
}

/// An officer answers while no mail server takes anything.
async fn a_reply_waits(test: &TestHub, reference: &Reference) {
    test.clock.advance(SignedDuration::from_mins(1));
    let officer = test.officer(Role::Officer).await;
    let words = fields([("reply", "At eight.")]);
    test.mails.go_down();
    let desk = test.hub.desk();
    desk.reply(&officer, reference, &words).await.unwrap();
    test.run_jobs().await;
    test.clock.advance(SignedDuration::from_mins(1));
}

/// The mail server comes back and takes what waits.
async fn it_is_sent(test: &TestHub) {
    test.mails.come_back();
    test.clock.advance(SignedDuration::from_mins(10));
    test.run_jobs().await;
}

async fn relatives(test: &TestHub, reference: &Reference) -> Vec<Relative> {
    let id = stored(test, reference).await.id;
    let mut tx = test.hub.database().read().await.unwrap();
    tx.relatives().of(id).await.unwrap()
}

#[tokio::test]
async fn each_kind_of_evidence_leads_a_participant_into_their_enquiry() {
    let test = TestHub::new().await;
    let (reference, ours) = asked(&test).await;
    let evidence = [
        again().to(ours.reply_to.as_str()),
        again().to(&ours.return_path.as_str().to_uppercase()),
        again().header(&format!("In-Reply-To: {}", ours.message_id)),
        again().header(&format!(
            "References: <x@y.example> {} <z@y.example>",
            ours.message_id
        )),
        letter("again", &format!("Re: your {reference}"), "News?"),
    ];
    for (number, letter) in evidence.into_iter().enumerate() {
        let letter = letter.header(&format!("X-Number: {number}"));
        let unlike = Letter {
            body: format!("{} {number}", letter.body),
            ..letter
        };
        let id = arrive(&test, &unlike).await;
        assert_eq!(
            reference_of(&test, id).await,
            reference,
            "evidence {number}"
        );
    }
    assert_eq!(stored(&test, &reference).await.chasers, 5);
    assert_eq!(
        test.mails.taken().len(),
        1,
        "one acknowledgement an enquiry"
    );
}

#[tokio::test]
async fn somebody_without_an_address_joins_nothing() {
    let test = TestHub::new().await;
    let (reference, ours) = asked(&test).await;
    let nobody = again()
        .from("")
        .with_null_return_path()
        .to(ours.reply_to.as_str());
    let id = arrive(&test, &nobody).await;
    assert_ne!(reference_of(&test, id).await, reference);
}

#[tokio::test]
async fn a_mail_that_names_no_enquiry_is_a_new_one_with_its_likely_relatives() {
    let test = TestHub::new().await;
    let (reference, _) = asked(&test).await;
    let id = arrive(&test, &again()).await;
    let new = reference_of(&test, id).await;
    assert_ne!(new, reference);
    assert!(relatives(&test, &new).await.is_empty());
    let pat = "pat@example.org".parse().unwrap();
    let mut tx = test.hub.database().read().await.unwrap();
    let id = enquiry_of(&test, id).await.unwrap();
    let likely = tx.relatives().of_address(&pat, id, 9).await.unwrap();
    assert_eq!(likely[0].reference, reference);
}

#[tokio::test]
async fn a_forged_tag_and_a_made_up_message_id_name_nothing() {
    let test = TestHub::new().await;
    let (reference, ours) = asked(&test).await;
    let tagged = ours.reply_to.to_string();
    let forged = if tagged.contains("+b.a") {
        tagged.replacen("+b.a", "+b.b", 1)
    } else {
        let start = tagged.find("+b.").unwrap() + 3;
        format!("{}a{}", &tagged[..start], &tagged[start + 1..])
    };
    let letter = again()
        .to(&forged)
        .header("In-Reply-To: <00000000-0000-7000-8000-000000000000@send.example.org>");
    let id = arrive(&test, &letter).await;
    let new = reference_of(&test, id).await;
    assert_ne!(new, reference);
    assert!(relatives(&test, &new).await.is_empty());
}

#[tokio::test]
async fn a_reply_to_a_closed_enquiry_opens_it_again_and_starts_a_promise() {
    let test = TestHub::new().await;
    let (reference, ours) = asked(&test).await;
    let officer = test.officer(Role::Officer).await;
    let reason = fields([("reason", EndReason::Withdrawn.as_str())]);
    let desk = test.hub.desk();
    desk.close(&officer, &reference, &reason).await.unwrap();
    test.run_jobs().await;
    let closed = stored(&test, &reference).await;
    assert!(matches!(closed.state, State::Closed { .. }));
    let mails = test.mails.taken().len();
    test.clock.set_to("2026-03-10T10:00:00Z");
    let letter = again().header(&format!("In-Reply-To: {}", ours.message_id));
    let id = arrive(&test, &letter).await;
    assert_eq!(reference_of(&test, id).await, reference);
    let open = stored(&test, &reference).await;
    let promise = open.running_promise().unwrap();
    assert_eq!(promise.due_on.to_string(), "2026-03-17");
    let told = test.mails.taken();
    assert_eq!(told.len(), mails + 1, "they are told the new day");
}

#[tokio::test]
async fn an_automatic_mail_that_opens_an_enquiry_again_is_not_answered() {
    let test = TestHub::new().await;
    let (reference, ours) = asked(&test).await;
    let officer = test.officer(Role::Officer).await;
    let words = fields([("reply", "At eight.")]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.run_jobs().await;
    let mails = test.mails.taken().len();
    let letter = again()
        .header(&format!("In-Reply-To: {}", ours.message_id))
        .header("Auto-Submitted: auto-generated");
    arrive(&test, &letter).await;
    assert!(stored(&test, &reference).await.running_promise().is_some());
    assert_eq!(test.mails.taken().len(), mails);
}

#[tokio::test]
async fn the_same_message_id_with_other_content_is_kept_and_shown_beside_the_first() {
    let test = TestHub::new().await;
    let first = arrive(&test, &letter("one", "Taxi", "When?")).await;
    let second = arrive(&test, &letter("one", "Taxi", "When, and where?")).await;
    assert_ne!(first, second);
    let (first, second) = (
        reference_of(&test, first).await,
        reference_of(&test, second).await,
    );
    assert_ne!(first, second);
    let beside = relatives(&test, &second).await;
    assert_eq!(beside[0].reference, first);
    assert_eq!(beside[0].reason, RelativeReason::SameMessageId);
}

#[tokio::test]
async fn mails_of_one_message_id_that_two_file_at_once_are_shown_beside_each_other() {
    let test = TestHub::new().await;
    let other = join_again(&test);
    for number in 0..8 {
        let mut pair = Vec::new();
        for sender in ["Pat <pat@example.net>", "Sam <sam@example.net>"] {
            let letter = letter(&format!("id-{number}"), "Taxi", "When?").from(sender);
            pair.push(receive(&test.hub, &letter).await.id());
        }
        let (one, two) = tokio::join!(
            hub::jobs::run_due_of(&test.hub, Lane::Ours),
            hub::jobs::run_due_of(&other, Lane::Ours)
        );
        assert_eq!(one.unwrap() + two.unwrap(), 2);
        let references = [
            reference_of(&test, pair[0]).await,
            reference_of(&test, pair[1]).await,
        ];
        let beside = relatives(&test, &references[0]).await;
        assert_eq!(beside.len(), 1, "the pair of number {number}");
        assert_eq!(beside[0].reference, references[1]);
    }
}

#[tokio::test]
async fn a_mail_that_a_waiting_reply_did_not_know_of_starts_a_promise() {
    let test = TestHub::new().await;
    let (reference, ours) = asked(&test).await;
    a_reply_waits(&test, &reference).await;
    let letter = again().header(&format!("In-Reply-To: {}", ours.message_id));
    let id = arrive(&test, &letter).await;
    assert_eq!(
        message_of(&test, id).await.0.enquiry,
        stored(&test, &reference).await.id
    );
    it_is_sent(&test).await;
    assert!(stored(&test, &reference).await.running_promise().is_some());
}

#[tokio::test]
async fn a_mailbox_that_says_it_is_away_while_the_reply_waits_starts_no_promise() {
    let test = TestHub::new().await;
    let (reference, ours) = asked(&test).await;
    a_reply_waits(&test, &reference).await;
    let letter = again()
        .header(&format!("In-Reply-To: {}", ours.message_id))
        .header("Auto-Submitted: auto-replied");
    arrive(&test, &letter).await;
    it_is_sent(&test).await;
    let state = stored(&test, &reference).await.state;
    assert!(matches!(state, State::Answered { .. }), "{state:?}");
}

#[tokio::test]
async fn a_mail_that_only_quotes_ours_is_a_new_enquiry_shown_beside_the_other() {
    let test = TestHub::new().await;
    let (reference, _) = asked(&test).await;
    let quoting = format!("She sent me this.\r\n\r\n> Your reference is {reference}.\r\n");
    let letter = letter("gran", "Taxi", &quoting).from("Gran <gran@example.net>");
    let id = arrive(&test, &letter).await;
    let new = reference_of(&test, id).await;
    assert_ne!(new, reference);
    let beside = relatives(&test, &new).await;
    assert_eq!(
        (beside[0].reference, beside[0].reason),
        (reference, RelativeReason::Quoted)
    );
    let told = test.mails.taken().pop().unwrap();
    assert!(!told.message().contains(&reference.to_string()));
}

#[tokio::test]
async fn what_names_an_enquiry_that_was_put_into_another_belongs_there() {
    let test = TestHub::new().await;
    let (old, _) = asked(&test).await;
    let officer = test.officer(Role::Officer).await;
    let second = letter("second", "Taxi", "I am her grandmother.").from("Gran <gran@example.net>");
    let id = arrive(&test, &second).await;
    let new = reference_of(&test, id).await;
    let told_gran = test.mails.taken().pop().unwrap().mail;
    let text = old.to_string();
    let into = fields([("into", text.as_str())]);
    test.hub.desk().join(&officer, &new, &into).await.unwrap();
    let answer = letter("third", "Re: your enquiry", "Any news?")
        .from("Gran <gran@example.net>")
        .to(told_gran.reply_to.as_str())
        .header(&format!("In-Reply-To: {}", told_gran.message_id));
    let id = arrive(&test, &answer).await;
    assert_eq!(reference_of(&test, id).await, old);
    let closed = stored(&test, &new).await.state;
    assert!(matches!(closed, State::Closed { .. }), "{closed:?}");
}
