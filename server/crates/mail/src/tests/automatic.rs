//! Mail that may be answered, mail that may not, and mailboxes whose owners are away.

use domain::codes::NoAnswerReason::{self, *};
use domain::council::{DoubtedMail, SpamMark};
use rstest::rstest;

use super::address;
use crate::automatic::{Border, OwnAddresses, Verdict, verdict};

const PARENT: &str = "sam@example.org";

fn own() -> OwnAddresses {
    OwnAddresses::new([address("send@council.example")])
}

fn doubted() -> DoubtedMail {
    DoubtedMail {
        authserv_ids: vec!["mx.council.example".to_owned()],
        marks: vec![SpamMark {
            header: "X-Spam-Flag".to_owned(),
            contains: "yes".to_owned(),
        }],
    }
}

/// `lines` are header lines; the envelope is not told unless it stands in `Return-Path`.
fn headers(lines: &str) -> Vec<(String, String)> {
    lines
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

fn of(lines: &str, envelope: Option<&str>, from: Option<&str>) -> Verdict {
    let doubted = doubted();
    verdict(&headers(lines), envelope, from, &own(), Border(&doubted))
}

/// As a parent's mail comes by pipe: with a return path and a sender.
fn of_parent(lines: &str) -> Verdict {
    of(lines, Some(PARENT), Some(PARENT))
}

#[rstest]
#[case::plain("Subject: My son")]
#[case::a_bounces_subject("Subject: Delivery Status Notification (Failure)")]
#[case::an_absences_subject("Subject: Automatic reply: out of office")]
#[case::said_to_be_a_persons("Auto-Submitted: no")]
#[case::said_to_be_a_persons_loudly("AUTO-SUBMITTED: No (really)")]
#[case::says_nothing("Auto-Submitted:")]
#[case::wants_no_receipts("X-Auto-Response-Suppress: DR, RN, NRN")]
#[case::first_class("Precedence: first-class")]
#[case::no_list("Listen-To: me")]
#[case::attached_files("Content-Type: multipart/mixed; boundary=multipart/report")]
#[case::no_autoreply("X-Autoreply: no")]
#[case::forwarded_by_an_exchange_rule("X-MS-Exchange-Inbox-Rules-Loop: sam@example.org")]
#[case::checked_and_found_right(
    "Authentication-Results: mx.council.example; spf=pass smtp.mailfrom=example.org; dmarc=pass"
)]
#[case::only_forwarded(
    "Authentication-Results: mx.council.example 1; spf=fail; dkim=pass; dmarc=none"
)]
#[case::somebody_elses_doubt("Authentication-Results: mx.elsewhere.example; dmarc=fail")]
#[case::a_comments_words(
    "Authentication-Results: mx.council.example; dmarc=pass (was; dmarc=fail \\) before)"
)]
#[case::a_filter_content("X-Spam-Flag: NO")]
fn a_persons_mail_may_be_answered(#[case] lines: &str) {
    assert_eq!(of_parent(lines), Verdict::Answerable);
}

#[rstest]
#[case::made_by_a_program("Auto-Submitted: auto-generated", AutoSubmitted)]
#[case::with_a_comment("auto-submitted: Auto-Generated (nightly); x=y", AutoSubmitted)]
#[case::a_notice("Auto-Submitted: auto-notified", AutoSubmitted)]
#[case::any_value("Auto-Submitted: yes", AutoSubmitted)]
#[case::list("List-Id: <parents.example.org>", MailingList)]
#[case::newsletter("LIST-UNSUBSCRIBE: <https://example.org>", MailingList)]
#[case::list_from_before("X-ML-Name: parents", MailingList)]
#[case::bulk("Precedence: bulk", Bulk)]
#[case::junk("Precedence: Junk", Bulk)]
#[case::precedence_list("Precedence: list", Bulk)]
#[case::suppress_all("X-Auto-Response-Suppress: All", AnswerUnwanted)]
#[case::suppress_absence("X-Auto-Response-Suppress: DR, OOF", AnswerUnwanted)]
#[case::suppress_answers("x-auto-response-suppress: dr,autoreply", AnswerUnwanted)]
#[case::delivery_report("Content-Type: multipart/report; report-type=delivery-status", Report)]
#[case::read_receipt(
    "Content-Type: Multipart/Report; report-type=disposition-notification",
    Report
)]
#[case::forged(
    "Authentication-Results: mx.council.example; dmarc=fail",
    SuspectedSpam
)]
#[case::forged_with_version(
    "Authentication-Results: MX.council.example 1; spf=pass; dmarc/1=FAIL reason=x",
    SuspectedSpam
)]
#[case::from_elsewhere("Authentication-Results: mx.council.example; spf=fail", SuspectedSpam)]
#[case::the_councils_rule("X-Spam-Flag: YES", SuspectedSpam)]
fn what_must_not_be_answered_says_why(#[case] lines: &str, #[case] why: NoAnswerReason) {
    assert_eq!(of_parent(lines), Verdict::NoAnswer(why));
    assert_eq!(of_parent(lines).reason(), Some(why));
}

#[rstest]
#[case::null_return_path(Some(""), Some(PARENT), NoReturnPath)]
#[case::null_return_path_in_brackets(Some("<>"), Some(PARENT), NoReturnPath)]
#[case::no_return_path(None, Some(PARENT), NoReturnPath)]
#[case::nobody(Some(PARENT), None, NoSender)]
#[case::bounces_sender(Some(PARENT), Some("MAILER-DAEMON@example.org"), SystemSender)]
#[case::without_a_domain(Some("MAILER-DAEMON"), Some(PARENT), SystemSender)]
#[case::postmaster(Some(PARENT), Some("Postmaster@example.org"), SystemSender)]
#[case::owner_of_a_list(Some("owner-parents@example.org"), Some(PARENT), SystemSender)]
#[case::robot_of_a_list(Some(PARENT), Some("parents-request@example.org"), SystemSender)]
#[case::read_by_nobody(Some(PARENT), Some("No-Reply@school.example"), AnswerUnwanted)]
#[case::asks_for_none(Some(PARENT), Some("do_not_reply@school.example"), AnswerUnwanted)]
#[case::ourselves(Some(PARENT), Some("SEND@council.example"), OwnAddress)]
#[case::our_signed_return_path(Some("send+b.tag@council.example"), Some(PARENT), OwnAddress)]
fn who_must_not_be_answered(
    #[case] envelope: Option<&str>,
    #[case] from: Option<&str>,
    #[case] why: NoAnswerReason,
) {
    assert_eq!(of("", envelope, from), Verdict::NoAnswer(why));
}

#[test]
fn a_mailbox_tells_the_return_path_by_its_header() {
    let told = "Return-Path: <sam@example.org>";
    assert_eq!(of(told, None, Some(PARENT)), Verdict::Answerable);
    let null = "Return-Path: <>";
    let none = Verdict::NoAnswer(NoReturnPath);
    assert_eq!(of(null, None, Some(PARENT)), none);
    // What the sending server said weighs more than a header that anybody can write.
    assert_eq!(of(told, Some(""), Some(PARENT)), none);
}

#[rstest]
#[case::by_the_standard("Auto-Submitted: auto-replied")]
#[case::of_a_sieve("Auto-Submitted: auto-replied (vacation)")]
#[case::by_precedence("Precedence: auto_reply")]
#[case::of_gmail("Precedence: bulk\nX-Autoreply: yes")]
#[case::of_cpanel("X-Autorespond: Your message")]
#[case::of_plesk("X-Autoresponder: 1")]
#[case::of_ispconfig("X-Mail-Autoreply: sam@example.org")]
fn an_out_of_office_answer_is_known_by_its_headers(#[case] lines: &str) {
    assert_eq!(of_parent(lines), Verdict::OutOfOffice);
    assert_eq!(of_parent(lines).reason(), Some(OutOfOffice));
}

#[rstest]
#[case::of_office_365(
    "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\nIn-Reply-To: <a@council.example>"
)]
#[case::of_exchange_2010(
    "X-Auto-Response-Suppress: All\nX-MS-Exchange-Inbox-Rules-Loop: sam@example.org"
)]
fn exchange_says_it_otherwise(#[case] lines: &str) {
    assert_eq!(of(lines, Some(""), Some(PARENT)), Verdict::OutOfOffice);
    // With a return path it is somebody's system or rule, and perhaps a question.
    assert_ne!(of_parent(lines), Verdict::OutOfOffice);
}

#[test]
fn what_a_schools_system_sends_is_no_out_of_office_answer() {
    let lines = "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All";
    let from = Some("no-reply@mis.school.example");
    assert_eq!(of(lines, Some(""), from), Verdict::NoAnswer(AutoSubmitted));
}

#[test]
fn a_bounce_is_no_out_of_office_answer() {
    let lines = "Auto-Submitted: auto-replied";
    let from = Some("Mailer-Daemon@example.org");
    assert_eq!(of(lines, Some(""), from), Verdict::NoAnswer(SystemSender));
}
