//! Mail that gets no acknowledgement, is an enquiry all the same, and says why; and that answering ends.

use domain::codes::NoAnswerReason;
use domain::council::{DoubtedMail, SpamMark};
use hub::Actor;
use hub::settings::Importing;
use rstest::rstest;
use store::AcknowledgementState;
use testing::TestHub;

use super::{from_mailbox, question};
use crate::mailed::{arrive, letter, reference_of};
use crate::reading::{file, stored};

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
    let standing = test.hub.desk().not_acknowledged(&officer, None).await;
    assert_eq!(standing.unwrap().count, u32::from(why.is_some()));
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
