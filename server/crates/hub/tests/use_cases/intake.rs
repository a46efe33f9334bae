//! From a mail's bytes to an enquiry: kept first, filed once, acknowledged or said why not.

use domain::codes::{
    Channel, CorrespondentKind, FoldKind, IncomingState, MessageKind, NoAnswerReason,
    QuarantineReason,
};
use domain::council::{DoubtedMail, SpamMark};
use hub::Actor;
use hub::intake::{Arrived, Received, Transport};
use hub::settings::Importing;
use jiff::SignedDuration;
use rstest::rstest;
use store::AcknowledgementState;
use testing::{TestHub, join_again, time};

use crate::mailed::{Letter, arrive, enquiry_of, letter, message_of, receive, reference_of, row};
use crate::reading::{file, stored};

fn question() -> Letter {
    letter("one", "School taxi", "When will the taxi come?")
}

#[tokio::test]
async fn a_mail_becomes_an_enquiry_with_a_promise_and_an_acknowledgement() {
    let test = TestHub::new().await;
    let id = arrive(&test, &question()).await;
    let reference = reference_of(&test, id).await;
    let enquiry = stored(&test, &reference).await;
    assert_eq!(enquiry.channel, Channel::Email);
    assert_eq!(enquiry.topic.as_str(), "something-else");
    let promise = enquiry.running_promise().unwrap();
    assert_eq!(promise.due_on.to_string(), "2026-03-09");
    let (message, mailed) = message_of(&test, id).await;
    assert_eq!(message.kind, MessageKind::Enquiry);
    assert_eq!(message.body.trim_end(), "When will the taxi come?");
    assert_eq!(mailed.subject.as_deref(), Some("School taxi"));
    let folded: usize = mailed.folds.iter().map(|fold| fold.bytes).sum();
    assert_eq!(folded, message.body.len(), "nothing is thrown away");
    assert_eq!(row(&test, id).await.state, IncomingState::Filed);

    let sent = test.mails.only().mail;
    assert_eq!(sent.to.as_str(), "pat@example.org");
    assert_eq!(sent.in_reply_to.as_deref(), Some("<one@example.org>"));
    assert!(!sent.text.contains("taxi"), "none of the sender's words");
    assert_ne!(sent.reply_to, sent.from.address, "answers find the enquiry");
    let file = file(&test, &reference).await;
    assert_eq!(file.acknowledgement, Some(AcknowledgementState::Sent));
    assert_eq!(file.correspondent.name, "Pat Parent");
}

#[tokio::test]
async fn a_mail_is_kept_before_it_is_read() {
    let test = TestHub::new().await;
    let received = receive(&test.hub, &question()).await;
    let kept = row(&test, received.id()).await;
    assert_eq!(kept.state, IncomingState::Received);
    let mut tx = test.hub.database().read().await.unwrap();
    let raw = tx.intake().raw(received.id()).await.unwrap();
    assert_eq!(raw.unwrap(), question().raw());
    assert_eq!(enquiry_of(&test, received.id()).await, None);
}

#[tokio::test]
async fn the_same_mail_by_pipe_and_from_a_mailbox_is_one() {
    let test = TestHub::new().await;
    let first = receive(&test.hub, &question()).await;
    let from_mailbox = |uid| Arrived {
        transport: Transport::Mailbox {
            mailbox: "enquiries".to_owned(),
            uid_validity: 1,
            uid,
            received_at: time("2026-03-02T09:59:00Z"),
        },
        ..question().arrived()
    };
    for uid in [7, 7, 8] {
        let again = test.hub.intake().receive(from_mailbox(uid)).await.unwrap();
        assert_eq!(again, Received::Again(first.id()));
    }
    test.run_jobs().await;
    assert_eq!(test.mails.taken().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_that_receive_one_mail_at_once_make_one_enquiry() {
    let test = TestHub::new().await;
    let second = join_again(&test);
    let letters: Vec<Letter> = (0..10)
        .map(|number| letter(&number.to_string(), "Taxi", "When?"))
        .collect();
    for letter in &letters {
        let (here, there) = tokio::join!(receive(&test.hub, letter), receive(&second, letter));
        assert_eq!(here.id(), there.id());
        let new = |received| matches!(received, Received::New(_));
        assert_ne!(new(here), new(there), "one of them was first");
        let (here, there) =
            tokio::join!(hub::jobs::run_due(&test.hub), hub::jobs::run_due(&second));
        here.unwrap();
        there.unwrap();
    }
    test.run_jobs().await;
    let pat = "pat@example.org".parse().unwrap();
    let nothing = domain::ids::EnquiryId::from_uuid(uuid::Uuid::nil());
    let mut tx = test.hub.database().read().await.unwrap();
    let all = tx.relatives().of_address(&pat, nothing, 100).await.unwrap();
    assert_eq!(all.len(), letters.len());
}

#[tokio::test]
async fn the_promise_counts_from_the_day_on_which_the_mailbox_got_the_mail() {
    let test = TestHub::new().await;
    let arrived = Arrived {
        transport: Transport::Mailbox {
            mailbox: "enquiries".to_owned(),
            uid_validity: 1,
            uid: 1,
            received_at: time("2026-02-25T16:00:00Z"),
        },
        ..question().arrived()
    };
    let id = test.hub.intake().receive(arrived).await.unwrap().id();
    test.run_jobs().await;
    let enquiry = stored(&test, &reference_of(&test, id).await).await;
    let due_on = enquiry.running_promise().unwrap().due_on;
    assert_eq!(due_on.to_string(), "2026-03-04");
    assert!(test.mails.only().mail.text.contains("25 February 2026"));
}

#[rstest]
#[case("List-Id: <parents.example.org>", NoAnswerReason::MailingList)]
#[case("Precedence: bulk", NoAnswerReason::Bulk)]
#[case("Auto-Submitted: auto-generated", NoAnswerReason::AutoSubmitted)]
#[tokio::test]
async fn mail_that_may_not_be_answered_is_an_enquiry_that_says_why(
    #[case] header: &str,
    #[case] reason: NoAnswerReason,
) {
    let test = TestHub::new().await;
    let id = arrive(&test, &question().header(header)).await;
    let reference = reference_of(&test, id).await;
    assert!(stored(&test, &reference).await.running_promise().is_some());
    let file = file(&test, &reference).await;
    let why = AcknowledgementState::NotAnswered(reason);
    assert_eq!(file.acknowledgement, Some(why));
    assert!(test.mails.taken().is_empty());
}

#[rstest]
#[case::our_own_border("Authentication-Results: mx.send.example.org; dmarc=fail", true)]
#[case::somebody_elses_border("Authentication-Results: mx.example.org; dmarc=fail", false)]
#[case::the_councils_filter("X-Spam-Flag: YES, score=9", true)]
#[tokio::test]
async fn mail_whose_sender_the_councils_own_servers_doubt_is_an_enquiry_and_not_answered(
    #[case] header: &str,
    #[case] is_doubted: bool,
) {
    let test = TestHub::new().await;
    let mut council = (*test.hub.council()).clone();
    council.doubted_mail = DoubtedMail {
        authserv_ids: vec!["mx.send.example.org".to_owned()],
        marks: vec![SpamMark {
            header: "X-Spam-Flag".to_owned(),
            contains: "yes".to_owned(),
        }],
    };
    let settings = test.hub.settings();
    let imported = settings.import(&Actor::System, council, Importing::Real);
    imported.await.unwrap();
    let id = arrive(&test, &question().header(header)).await;
    let reference = reference_of(&test, id).await;
    assert!(stored(&test, &reference).await.running_promise().is_some());
    let told = file(&test, &reference).await.acknowledgement;
    let doubted = AcknowledgementState::NotAnswered(NoAnswerReason::SuspectedSpam);
    assert_eq!(told == Some(doubted), is_doubted, "{told:?}");
}

#[tokio::test]
async fn an_out_of_office_reply_starts_no_promise() {
    let test = TestHub::new().await;
    let first = arrive(&test, &question()).await;
    let reference = reference_of(&test, first).await;
    let before = stored(&test, &reference).await;
    let ours = test.mails.only().mail.message_id;
    let away = letter("away", "Out of office", "I am away.")
        .header(&format!("In-Reply-To: {ours}"))
        .header("Auto-Submitted: auto-replied");
    let id = arrive(&test, &away).await;
    assert_eq!(reference_of(&test, id).await, reference);
    assert_eq!(
        message_of(&test, id).await.0.kind,
        MessageKind::AutomaticReply
    );
    let after = stored(&test, &reference).await;
    assert_eq!((after.chasers, &after.promise), (0, &before.promise));
    assert_eq!(test.mails.taken().len(), 1, "nothing answers it");

    let of_nothing = letter("away-2", "Away", "I am away.").header("Auto-Submitted: auto-replied");
    let id = arrive(&test, &of_nothing).await;
    let kept = row(&test, id).await;
    assert_eq!(kept.state, IncomingState::Quarantined);
    assert_eq!(kept.reason, Some(QuarantineReason::OutOfOffice));
}

#[tokio::test]
async fn a_read_receipt_chases_nobody() {
    let test = TestHub::new().await;
    let first = arrive(&test, &question()).await;
    let reference = reference_of(&test, first).await;
    let before = stored(&test, &reference).await;
    let ours = test.mails.only().mail.message_id;
    let receipt = "--b\r\nContent-Type: text/plain\r\n\r\nYour message was read.\r\n--b\r\n\
                   Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; pat@example.org\r\n\
                   Disposition: manual-action/MDN-sent-manually; displayed\r\n--b--\r\n";
    let read = letter("read", "Read: Your enquiry", receipt)
        .header(&format!("In-Reply-To: {ours}"))
        .header("MIME-Version: 1.0")
        .header(
            "Content-Type: multipart/report; boundary=b; report-type=\"disposition-notification\"",
        );
    let id = arrive(&test, &read).await;
    assert_eq!(reference_of(&test, id).await, reference);
    let (message, _) = message_of(&test, id).await;
    assert_eq!(message.kind, MessageKind::AutomaticReply);
    let after = stored(&test, &reference).await;
    assert_eq!((after.chasers, &after.promise), (0, &before.promise));
    assert_eq!(test.mails.taken().len(), 1, "nothing answers it");
}

#[tokio::test]
async fn what_is_typed_into_a_letter_of_ours_is_shown() {
    let test = TestHub::new().await;
    let first = arrive(&test, &question()).await;
    let reference = reference_of(&test, first).await;
    let officer = test.officer(domain::codes::Role::Officer).await;
    let words = testing::fields([("reply", "How old is he now?\n\nWhich school does he go to?")]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.clock.advance(SignedDuration::from_mins(1));
    test.run_jobs().await;
    let ours = test.mails.taken().last().unwrap().mail.clone();
    let head = "From: Council <help@send.example.org>\nSent: 2 March 2026 10:02\nTo: Pat\nSubject: Your question\n\n";
    let answered = ours
        .text
        .replace("he now?", "he now?\nSeven")
        .replace("go to?", "go to? Hill");
    for (id, quoted, folds) in [("plain", &ours.text, 2), ("between", &answered, 1)] {
        let body = format!("Hello.\n\n{head}{quoted}").replace('\n', "\r\n");
        let letter = letter(id, "RE: Your question", &body)
            .header(&format!("In-Reply-To: {}", ours.message_id));
        let arrived = arrive(&test, &letter).await;
        assert_eq!(reference_of(&test, arrived).await, reference);
        let (message, mailed) = message_of(&test, arrived).await;
        assert_eq!(mailed.folds.len(), folds, "{id}");
        let folded: usize = mailed.folds.iter().map(|fold| fold.bytes).sum();
        assert_eq!(folded, message.body.len(), "nothing is thrown away");
    }
}

#[tokio::test]
async fn what_somebody_passes_on_is_not_folded() {
    let test = TestHub::new().await;
    let words = "Can you help us?\r\n\r\nFrom: School <office@school.example>\r\nSent: 2 March 2026 10:02\r\n\
                 To: Pat <pat@example.org>\r\nSubject: Tom\r\n\r\nTom may not come.\r\n";
    for (number, (subject, folds)) in [("FW: Tom", 1), ("RE: Tom", 2)].into_iter().enumerate() {
        let id = arrive(&test, &letter(&number.to_string(), subject, words)).await;
        let (_, mailed) = message_of(&test, id).await;
        assert_eq!(mailed.folds.len(), folds, "{subject}");
    }
}

#[tokio::test]
async fn an_out_of_office_reply_that_crosses_our_answer_starts_no_promise_either() {
    let test = TestHub::new().await;
    let first = arrive(&test, &question()).await;
    let reference = reference_of(&test, first).await;
    let ours = test.mails.only().mail.message_id;
    test.clock.advance(SignedDuration::from_mins(1));
    let officer = test.officer(domain::codes::Role::Officer).await;
    let words = testing::fields([("reply", "At eight.")]);
    let desk = test.hub.desk();
    desk.reply(&officer, &reference, &words).await.unwrap();
    test.clock.advance(SignedDuration::from_mins(1));
    let away = letter("away", "Out of office", "I am away.")
        .header(&format!("In-Reply-To: {ours}"))
        .header("Auto-Submitted: auto-replied");
    arrive(&test, &away).await;
    let enquiry = stored(&test, &reference).await;
    assert!(enquiry.running_promise().is_none());
}

#[rstest]
#[case("office@hill.kent.sch.uk", CorrespondentKind::School)]
#[case("ot@clinic.nhs.uk", CorrespondentKind::Professional)]
#[case("sam@example.org", CorrespondentKind::Other)]
#[tokio::test]
async fn an_address_tells_who_somebody_is(#[case] from: &str, #[case] kind: CorrespondentKind) {
    let test = TestHub::new().await;
    let id = arrive(&test, &question().from(from)).await;
    let file = file(&test, &reference_of(&test, id).await).await;
    assert_eq!(file.correspondent.kind, kind);
}

#[tokio::test]
async fn somebody_known_is_taken_as_they_are_and_another_name_is_another_person() {
    let test = TestHub::new().await;
    let known = test
        .submit(|answers| answers.email("pat@example.org"))
        .await;
    let known = file(&test, &known.reference).await.correspondent;
    let from = format!("{} <Pat@Example.org>", known.name);
    let same = arrive(&test, &question().from(&from)).await;
    let same = file(&test, &reference_of(&test, same).await).await;
    assert_eq!(same.correspondent.id, known.id);
    let other = letter("two", "Taxi", "And mine?").from("Sam Other <pat@example.org>");
    let other = arrive(&test, &other).await;
    let other = file(&test, &reference_of(&test, other).await)
        .await
        .correspondent;
    assert_ne!(other.id, known.id);
    assert_eq!((other.name.as_str(), other.kind), ("Sam Other", known.kind));
}

#[tokio::test]
async fn two_systems_that_answer_each_other_come_to_an_end() {
    let test = TestHub::new().await;
    arrive(&test, &question()).await;
    for round in 0..200 {
        let taken = test.mails.taken();
        let Some(ours) = taken.get(round) else {
            break;
        };
        // A hostile one: nothing marks it as automatic, and it starts a new thread each time.
        let id = format!("echo-{round}");
        let answer = letter(&id, "Got it", "Thank you for your mail.");
        arrive(&test, &answer.to(ours.mail.from.address.as_str())).await;
    }
    let sent = test.mails.taken().len();
    assert!(sent <= 6, "{sent} mails within a minute");
}

#[tokio::test]
async fn another_mail_without_a_word_to_it_is_an_enquiry_and_gets_no_answer() {
    let test = TestHub::new().await;
    let body =
        "--cut\r\nContent-Type: message/rfc822\r\n\r\nSubject: Nyaan\r\n\r\nWords\r\n--cut--\r\n";
    let complaint =
        letter("one", "Complaint", body).header("Content-Type: multipart/mixed; boundary=cut");
    let id = arrive(&test, &complaint).await;
    let told = file(&test, &reference_of(&test, id).await).await;
    let why = AcknowledgementState::NotAnswered(NoAnswerReason::AutoSubmitted);
    assert_eq!(told.acknowledgement, Some(why));
}

/// A delivery report as RFC 3464 has it, about the mail with this Message-ID, come to this address.
pub(crate) fn bounce(to: &str, message_id: &str) -> Letter {
    let body = format!(
        "--cut\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n--cut\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n\
         Final-Recipient: rfc822; pat@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 no such mailbox\r\n--cut\r\n\
         Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nSubject: Yours\r\n--cut--\r\n"
    );
    letter("bounce", "Undelivered Mail Returned to Sender", &body)
        .from("Mail Delivery System <MAILER-DAEMON@mx.example.org>")
        .to(to)
        .header("Content-Type: multipart/report; report-type=delivery-status; boundary=cut")
        .with_null_return_path()
}

#[tokio::test]
async fn a_bounced_acknowledgement_is_noted_in_its_enquiry_and_makes_no_new_one() {
    let test = TestHub::new().await;
    let id = arrive(&test, &question()).await;
    let reference = reference_of(&test, id).await;
    let ours = test.mails.only().mail;
    test.clock.advance(SignedDuration::from_mins(1));
    let bounce = bounce(ours.return_path.as_str(), &ours.message_id);
    let id = arrive(&test, &bounce).await;
    assert_eq!(row(&test, id).await.state, IncomingState::Noted);
    assert_eq!(enquiry_of(&test, id).await, None);
    let told = file(&test, &reference).await.acknowledgement;
    assert_eq!(told, Some(AcknowledgementState::Failed));
    assert_eq!(stored(&test, &reference).await.chasers, 0);
    assert_eq!(test.mails.taken().len(), 1, "and nothing answers it");
}

#[tokio::test]
async fn a_report_about_none_of_our_mail_stands_before_a_person() {
    let test = TestHub::new().await;
    let bounce = bounce(crate::mailed::COUNCIL, "<made-up@example.org>");
    let id = arrive(&test, &bounce).await;
    assert_eq!(row(&test, id).await.state, IncomingState::Report);
    let officer = test.officer(domain::codes::Role::Officer).await;
    let desk = test.hub.desk();
    let standing = desk.quarantine(&officer).await.unwrap();
    assert_eq!(standing.reports.len(), 1);
    assert!(test.mails.taken().is_empty());
    // There alone, until somebody says that they have seen it.
    let listed = desk.undelivered(&officer).await.unwrap();
    assert_eq!((listed.to_clear, listed.held_up), (vec![], vec![]));
    let reason = testing::fields([("reason", "Somebody wrote in our name.")]);
    desk.set_mail_aside(&officer, id, &reason).await.unwrap();
    assert_eq!(desk.quarantine(&officer).await.unwrap().reports, []);
}

/// What a mailbox gives of a mail; the mail server may have written its return path into it.
fn from_mailbox(raw: Vec<u8>) -> Arrived {
    Arrived {
        raw,
        envelope_from: None,
        envelope_to: None,
        transport: Transport::Mailbox {
            mailbox: "enquiries".to_owned(),
            uid_validity: 1,
            uid: 1,
            received_at: time(testing::hub::MONDAY),
        },
    }
}

#[rstest]
#[case::written_by_the_mail_server("Return-Path: <pat@example.org>\r\n", None)]
#[case::a_null_one("Return-Path: <>\r\n", Some(NoAnswerReason::NoReturnPath))]
#[case::none_at_all("", Some(NoAnswerReason::NoReturnPath))]
#[tokio::test]
async fn a_mailbox_whose_mail_has_no_return_path_is_not_answered_and_a_person_sees_that(
    #[case] head: &str,
    #[case] why: Option<NoAnswerReason>,
) {
    let test = TestHub::new().await;
    let raw = [head.as_bytes(), &question().raw()].concat();
    let received = test.hub.intake().receive(from_mailbox(raw)).await.unwrap();
    test.run_jobs().await;
    let reference = reference_of(&test, received.id()).await;
    assert!(stored(&test, &reference).await.running_promise().is_some());
    let state = why.map_or(
        AcknowledgementState::Sent,
        AcknowledgementState::NotAnswered,
    );
    assert_eq!(file(&test, &reference).await.acknowledgement, Some(state));
    let officer = test.officer(domain::codes::Role::Officer).await;
    let standing = test.hub.desk().not_acknowledged(&officer).await.unwrap();
    assert_eq!(standing.len(), usize::from(why.is_some()));
}

#[tokio::test]
async fn what_they_quote_and_how_they_sign_is_folded_and_kept() {
    let test = TestHub::new().await;
    let body = "It has not come.\r\n\r\nPat\r\n\r\nSent from my iPhone\r\n\r\n\
                > On 2 Mar 2026, at 09:00, Council <help@send.example.org> wrote:\r\n> \r\n> We have your enquiry.\r\n";
    let id = arrive(&test, &letter("one", "Re: Taxi", body)).await;
    let (message, mailed) = message_of(&test, id).await;
    let kinds: Vec<FoldKind> = mailed.folds.iter().map(|fold| fold.kind).collect();
    assert_eq!(kinds[0], FoldKind::New);
    assert!(kinds.contains(&FoldKind::Quoted), "{kinds:?}");
    let folded: usize = mailed.folds.iter().map(|fold| fold.bytes).sum();
    assert_eq!(folded, message.body.len(), "nothing is thrown away");
}

#[tokio::test]
async fn another_message_under_a_number_that_was_seen_is_not_lost() {
    let test = TestHub::new().await;
    let intake = test.hub.intake();
    let first = intake
        .receive(from_mailbox(question().raw()))
        .await
        .unwrap();
    // Written anew by the server, under the same Message-ID: still the same.
    let anew = letter("one", "School taxi", "When will the taxi come? ");
    let again = intake.receive(from_mailbox(anew.raw())).await.unwrap();
    assert_eq!(again, Received::Again(first.id()));
    let other = letter("two", "Bus", "And the bus?");
    let other = intake.receive(from_mailbox(other.raw())).await.unwrap();
    assert!(matches!(other, Received::New(_)), "{other:?}");
    assert_ne!(other.id(), first.id());
}

/// Bytes that a database would not take as text: PostgreSQL refuses zero bytes and what is not UTF-8.
const HOSTILE: [&[u8]; 4] = [
    b"a\0b",
    b"\xff\xfe\x80",
    b"=?utf-8?Q?=00=FF?=",
    b"\xed\xa0\x80\0",
];

#[tokio::test]
async fn zero_bytes_and_broken_letters_are_kept_wherever_they_stand() {
    let test = TestHub::new().await;
    let mut number = 0;
    for hostile in HOSTILE {
        for place in [
            "From",
            "From-name",
            "To",
            "Cc",
            "Reply-To",
            "Subject",
            "Date",
            "Message-ID",
            "In-Reply-To",
            "References",
            "Content-Type",
            "charset",
            "filename",
            "name",
            "body",
            "html",
            "header-name",
            "envelope",
        ] {
            number += 1;
            let id = receive_hostile(&test, number, place, hostile).await;
            test.run_jobs().await;
            let kept = row(&test, id).await;
            assert_eq!(
                kept.state,
                IncomingState::Filed,
                "{hostile:?} in {place}: {:?}",
                kept.reason
            );
        }
    }
}

/// A mail with these bytes in this place, and an attachment.
async fn receive_hostile(
    test: &TestHub,
    number: u32,
    place: &str,
    hostile: &[u8],
) -> domain::ids::IncomingId {
    let at = |this: &str, usual: &str| {
        if this == place {
            hostile.to_vec()
        } else {
            usual.as_bytes().to_vec()
        }
    };
    let line = |name: &[u8], value: &[u8]| [name, b": ", value, b"\r\n"].concat();
    let own_id = format!("<{number}@example.org>");
    let from = match place {
        "From" => hostile.to_vec(),
        "From-name" => [b"\"", hostile, b"\" <pat@example.org>"].concat(),
        _ => b"Pat <pat@example.org>".to_vec(),
    };
    let raw = [
        line(b"From", &from),
        line(b"To", &at("To", crate::mailed::COUNCIL)),
        line(b"Cc", &at("Cc", "sam@example.org")),
        line(b"Reply-To", &at("Reply-To", "pat@example.org")),
        line(b"Subject", &at("Subject", "Taxi")),
        line(b"Date", &at("Date", "Mon, 2 Mar 2026 09:58:00 +0000")),
        line(
            b"Message-ID",
            &match place {
                "Message-ID" => [b"<", own_id.as_bytes(), hostile, b">"].concat(),
                _ => own_id.into_bytes(),
            },
        ),
        line(
            b"In-Reply-To",
            &[b"<", at("In-Reply-To", "x@example.org").as_slice(), b">"].concat(),
        ),
        line(
            b"References",
            &[b"<", at("References", "y@example.org").as_slice(), b">"].concat(),
        ),
        line(
            &at("header-name", "X-Other"),
            format!("{number}").as_bytes(),
        ),
        line(
            b"Content-Type",
            &[
                b"multipart/mixed; boundary=cut; x=",
                at("Content-Type", "y").as_slice(),
            ]
            .concat(),
        ),
        b"\r\n--cut\r\nContent-Type: text/plain; charset=".to_vec(),
        at("charset", "utf-8"),
        b"\r\n\r\n".to_vec(),
        at("body", "When?"),
        b"\r\n--cut\r\nContent-Type: text/html\r\n\r\n<p>".to_vec(),
        at("html", "When?"),
        b"</p>\r\n--cut\r\nContent-Type: application/pdf; name=\"".to_vec(),
        at("name", "plan.pdf"),
        b"\"\r\nContent-Disposition: attachment; filename=\"".to_vec(),
        at("filename", "plan.pdf"),
        b"\"\r\n\r\nPDF\r\n--cut--\r\n".to_vec(),
    ]
    .concat();
    let arrived = Arrived {
        raw,
        envelope_from: Some(
            String::from_utf8_lossy(&at("envelope", "pat@example.org")).into_owned(),
        ),
        envelope_to: Some(
            String::from_utf8_lossy(&at("envelope", crate::mailed::COUNCIL)).into_owned(),
        ),
        transport: Transport::Pipe,
    };
    test.hub.intake().receive(arrived).await.unwrap().id()
}
