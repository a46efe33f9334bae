//! Reports of many shapes, and mail of people that only looks like one.

use rstest::rstest;

use crate::delivery_report::{Action, DeliveryReport, ReportedRecipient, read, read_sent_by};

const RETURN_PATH: &str = "send+b.tag@council.example";
const MESSAGE_ID: &str = "0199.ab@council.example";

/// A mail of ours as it comes back.
const ORIGINAL: &str = "\
Return-Path: <send+b.tag@council.example>
Received: from hub.council.example by mx.example.net; Fri, 20 Nov 2026 18:05:00 +0000
From: Example Council SEND <send@council.example>
To: sam@example.net
Subject: Your enquiry
Message-ID: <0199.ab@council.example>
MIME-Version: 1.0

Here is your answer. Write to help@elsewhere.example, 550 5.7.1 is not a code here.
";

const FIELDS: &str = "\
Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; sam@example.net
Action: failed
Status: 5.0.0
Diagnostic-Code: smtp; 550 5.1.1 <sam@example.net>:
    User unknown
";

/// A report of several parts, each with its label.
fn parts(label: &str, parts: &[(&str, &str)]) -> String {
    let mut mail = format!(
        "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example.net>\nTo: {RETURN_PATH}\n\
         Subject: Your enquiry\nMIME-Version: 1.0\nContent-Type: {label}; boundary=\"b\"\n\n"
    );
    for (label, text) in parts {
        mail.push_str(&format!("--b\nContent-Type: {label}\n\n{text}\n"));
    }
    mail + "--b--\n"
}

fn text(from: &str, body: &str) -> String {
    format!("Return-Path: <>\nFrom: {from}\nTo: {RETURN_PATH}\nSubject: Hello\n\n{body}")
}

fn report(mail: &str) -> DeliveryReport {
    read(mail.as_bytes()).unwrap_or_else(|| panic!("not a report:\n{mail}"))
}

fn only(report: &DeliveryReport) -> &ReportedRecipient {
    assert_eq!(report.recipients.len(), 1, "{:?}", report.recipients);
    &report.recipients[0]
}

const REPORT: &str = "multipart/report; report-type=delivery-status";

#[rstest]
#[case::by_the_standard(REPORT, "message/delivery-status", "message/rfc822")]
#[case::headers_alone(REPORT, "message/delivery-status", "text/rfc822-headers")]
#[case::of_any_alphabet(REPORT, "message/global-delivery-status", "message/global-headers")]
#[case::wrongly_labelled_parts("multipart/mixed", "text/plain", "text/plain")]
#[case::attached_files("multipart/mixed", "application/octet-stream", "message/rfc822")]
#[case::unknown_multipart("multipart/mx6d", "text/plain; name=status.txt", "message/rfc822")]
fn the_fields_are_read_wherever_they_stand(
    #[case] label: &str,
    #[case] fields_label: &str,
    #[case] original_label: &str,
) {
    let notice = ("text/plain", "Sorry, see below. Ask admin@mx.example.net.");
    let mail = parts(
        label,
        &[notice, (fields_label, FIELDS), (original_label, ORIGINAL)],
    );
    let report = report(&mail);
    let recipient = only(&report);
    assert_eq!(recipient.address, "sam@example.net");
    assert_eq!(recipient.action, Action::Failed);
    // The words tell more than 5.0.0.
    assert_eq!(recipient.status.unwrap().to_string(), "5.1.1");
    let said = "550 5.1.1 <sam@example.net>: User unknown";
    assert_eq!(recipient.diagnostic.as_deref(), Some(said));
    assert!(recipient.permanent());
    assert_eq!(report.reported_message_id.as_deref(), Some(MESSAGE_ID));
    assert_eq!(report.return_paths[0], RETURN_PATH);
    let subject = ("Subject".to_owned(), "Your enquiry".to_owned());
    assert!(report.reported_headers.contains(&subject));
}

#[test]
fn a_report_within_others_is_found() {
    let inner = parts(
        REPORT,
        &[
            ("message/delivery-status", FIELDS),
            ("message/rfc822", ORIGINAL),
        ],
    );
    let inner = inner
        .replace("\"b\"", "\"inner\"")
        .replace("--b", "--inner");
    let body = inner.split_once("\n\n").unwrap().1;
    let wrapped = [
        ("text/plain", "Checked for viruses."),
        ("message/rfc822", &*inner),
    ];
    let gateway = parts("multipart/mixed", &wrapped);
    let label = "multipart/report; boundary=\"inner\"";
    let footer = parts(
        "multipart/mixed",
        &[(label, body), ("text/plain", "A footer.")],
    );
    for mail in [gateway, footer] {
        let report = report(&mail);
        assert_eq!(only(&report).address, "sam@example.net");
        assert_eq!(report.reported_message_id.as_deref(), Some(MESSAGE_ID));
    }
}

#[test]
fn without_the_message_the_report_says_which_it_was() {
    let fields = format!("X-Original-Message-ID: <{MESSAGE_ID}>\n{FIELDS}");
    let mail = parts(REPORT, &[("message/delivery-status", &*fields)]);
    assert_eq!(
        report(&mail).reported_message_id.as_deref(),
        Some(MESSAGE_ID)
    );

    let mail = parts(REPORT, &[("message/delivery-status", FIELDS)]);
    let answering = format!("References: <a@b.example> <{MESSAGE_ID}>\n{mail}");
    assert_eq!(
        report(&answering).reported_message_id.as_deref(),
        Some(MESSAGE_ID)
    );
    assert_eq!(report(&mail).return_paths, [RETURN_PATH]);
}

#[test]
fn each_recipient_has_its_own_fate() {
    let fields = "\
Reporting-MTA: dns; mx.example.net

Original-Recipient: rfc822;sam@example.net
Final-Recipient: rfc822;sam@forwarded.example
Action: delayed (will retry)
Status: 4.4.1 (could not connect)

Final-Recipient: rfc822; <kim@example.net>
Action: failed
Status: 4.2.2
Final-Recipient: rfc822; joe@example.net
Action: delivered
Status: 2.1.5
";
    let told = report(&parts(REPORT, &[("message/delivery-status", fields)])).recipients;
    let seen: Vec<_> = told
        .iter()
        .map(|one| {
            (
                one.address.as_str(),
                one.action,
                one.failed(),
                one.permanent(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("sam@forwarded.example", Action::Delayed, false, false),
            // Given up, but for something that passes.
            ("kim@example.net", Action::Failed, true, false),
            ("joe@example.net", Action::Delivered, false, false),
        ]
    );
    assert_eq!(told[0].original_address.as_deref(), Some("sam@example.net"));
}

#[rstest]
#[case::qmail(
    "MAILER-DAEMON@mx.example.net",
    "Hi. This is the qmail-send program at mx.example.net.\n\
     I'm afraid I wasn't able to deliver your message to the following addresses.\n\n\
     <sam@example.net>:\n192.0.2.1 does not like recipient.\n\
     Remote host said: 550 5.1.1 User unknown\nGiving up on 192.0.2.1.\n\n\
     --- Below this line is a copy of the message.\n\n",
    "5.1.1"
)]
#[case::qmail_code_in_brackets(
    "MAILER-DAEMON@mx.example.net",
    "Hi. This is the qmail-send program at mx.example.net.\n\n\
     <sam@example.net>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n\
     --- Below this line is a copy of the message.\n\n",
    "5.1.1"
)]
#[case::exim(
    "Mail Delivery System <Mailer-Daemon@mx.example.net>",
    "This message was created automatically by mail delivery software.\n\n\
     A message that you sent could not be delivered to one or more of its\n\
     recipients. This is a permanent error. The following address(es) failed:\n\n\
     \x20 sam@example.net\n    SMTP error from remote mail server after RCPT TO:<sam@example.net>:\n\
     \x20   host mx.example.net [192.0.2.1]: 550 5.1.1 User unknown\n\n\
     ------ This is a copy of the message, including all the headers. ------\n\n",
    "5.1.1"
)]
#[case::old_sendmail(
    "Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>",
    "   ----- Transcript of session follows -----\nWhile talking to mx.example.net:\n\
     >>> MAIL From:<send@council.example>\n>>> RCPT To:<sam@example.net>\n\
     <<< 550 <sam@example.net>... User unknown\n550 <sam@example.net>... User unknown\n\n\
     \x20  ----- Unsent message follows -----\n",
    "5.0.0"
)]
#[case::old_postfix(
    "MAILER-DAEMON@mx.example.net (Mail Delivery System)",
    "This is the Postfix program at host mx.example.net.\n\nI'm sorry to have to inform you.\n\n\
     <sam@example.net>: host mx.example.net[192.0.2.1] said: 550 5.1.1\n    User unknown\n\n",
    "5.1.1"
)]
#[case::exchange(
    "System Administrator <postmaster@mx.example.net>",
    "Your message\n\n  To:      sam@example.net\n  Subject: Your enquiry\n\n\
     did not reach the following recipient(s):\n\n\
     sam@example.net on Fri, 20 Nov 2026 18:05:00 -0000\n\
     \x20   The recipient was unavailable <mx.example.net #5.1.1>\n\n",
    "5.1.1"
)]
#[case::lotus(
    "postmaster@mx.example.net",
    "------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\n\
     sam@example.net\n\n------- Returned Message --------\n\n",
    ""
)]
#[case::gmail(
    "Mail Delivery Subsystem <mailer-daemon@mx.example.net>",
    "Delivery to the following recipient failed permanently:\n\n     sam@example.net\n\n\
     Technical details of permanent failure:\nThe error that the other server returned was:\n\
     550 5.1.1 User unknown\n\n----- Original message -----\n\n",
    "5.1.1"
)]
#[case::without_a_code("<>", "sam@example.net: mailbox is full\n\n", "")]
fn older_reports_are_read_by_their_shape(
    #[case] from: &str,
    #[case] notice: &str,
    #[case] status: &str,
) {
    let report = report(&text(from, &format!("{notice}{ORIGINAL}")));
    let recipient = only(&report);
    assert_eq!(recipient.address, "sam@example.net");
    assert_eq!(recipient.action, Action::Failed);
    let said = recipient.status.map(|status| status.to_string());
    assert_eq!(said.unwrap_or_default(), status);
    assert_eq!(report.reported_message_id.as_deref(), Some(MESSAGE_ID));
    assert!(report.return_paths.contains(&RETURN_PATH.to_owned()));
}

#[test]
fn exim_names_those_it_failed_in_a_header() {
    let notice = "Undeliverable.\n\n  kim@example.net\n    Unrouteable address\n\n";
    let mail = text("Mailer-Daemon@mx.example.net", notice);
    let mail = format!("X-Failed-Recipients: sam@example.net,\n kim@example.net\n{mail}");
    let told = report(&mail).recipients;
    let addresses: Vec<&str> = told.iter().map(|one| one.address.as_str()).collect();
    assert_eq!(addresses, ["sam@example.net", "kim@example.net"]);
    assert_eq!(told[1].diagnostic.as_deref(), Some("Unrouteable address"));
}

#[test]
fn a_warning_is_no_failure() {
    let notice = "A message that you sent has not yet been delivered to one or more of its\nrecipients \
                  after more than 24 hours.\n\n  sam@example.net\n    Delay reason: connection refused\n\n\
                  No action is required on your part.\n\n";
    let mail = text(
        "Mailer-Daemon@mx.example.net",
        &format!("{notice}{ORIGINAL}"),
    );
    assert_eq!(only(&report(&mail)).action, Action::Delayed);
}

#[test]
fn the_envelope_tells_what_no_header_says() {
    let body =
        format!("The mailbox is full:\n<sam@example.net>\n452 4.2.2 Mailbox full\n\n{ORIGINAL}");
    let mail = format!("From: no-reply@mx.example.net\nTo: {RETURN_PATH}\n\n{body}");
    assert_eq!(read(mail.as_bytes()), None);
    let report = read_sent_by(mail.as_bytes(), Some("")).unwrap();
    assert!(!only(&report).permanent());
    assert_eq!(read_sent_by(mail.as_bytes(), Some("sam@example.net")), None);
}

const PARENT: &str =
    "Return-Path: <sam@example.net>\nFrom: Sam <sam@example.net>\nTo: send@council.example\n";

#[rstest]
#[case::a_bounces_subject("Subject: Delivery status notification (Failure)\n\nIs my form there?\n".to_owned())]
#[case::undelivered("Subject: Undelivered Mail Returned to Sender\n\nThe school never got it.\n".to_owned())]
#[case::a_pasted_bounce(format!("Subject: Help\n\nI got this:\n\n{FIELDS}\n{ORIGINAL}"))]
#[case::a_quoted_bounce(format!(
    "Subject: Re: failure notice\n\nWhat is this?\n\nHi. This is the qmail-send program.\n\
     <send@council.example>:\n550 5.1.1 unknown\n\n--- Below this line is a copy of the message.\n\n{ORIGINAL}"
))]
fn a_parents_mail_is_no_report(#[case] rest: String) {
    assert_eq!(read(format!("{PARENT}{rest}").as_bytes()), None);
}

#[test]
fn a_bounce_that_a_parent_forwards_is_the_parents_mail() {
    let bounce = parts(
        REPORT,
        &[
            ("message/delivery-status", FIELDS),
            ("message/rfc822", ORIGINAL),
        ],
    );
    let forwarded = parts(
        "multipart/mixed",
        &[("text/plain", "Look."), ("message/rfc822", &*bounce)],
    );
    let inline = parts(
        "multipart/mixed",
        &[("text/plain", "Look."), ("message/delivery-status", FIELDS)],
    );
    for mail in [forwarded, inline] {
        let rest = mail.split_once("MIME-Version").unwrap().1;
        let mail = format!("{PARENT}MIME-Version{rest}");
        assert_eq!(read(mail.as_bytes()), None, "{mail}");
    }
}

#[rstest]
#[case::out_of_office(
    "I am away. Write to kim@example.net.\n\n> From: Council <send@council.example>\n> To: sam@example.net\n"
)]
#[case::with_the_header_of_ours(
    "I am away.\nsam@example.net\n\nFrom: Council <send@council.example>\nSent: Friday\n\
     To: sam@example.net\nSubject: Your enquiry\n"
)]
#[case::a_number("550 children are at our school. Ask head@school.example.\n")]
fn an_absent_person_is_no_report(#[case] body: &str) {
    assert_eq!(read(text("Sam <sam@example.net>", body).as_bytes()), None);
}

#[test]
fn a_postmaster_may_be_a_person() {
    let mail = "From: postmaster@school.example\nTo: send@council.example\n\n\
                Please write to head@school.example. Room 550 is ours.\n";
    assert_eq!(read(mail.as_bytes()), None);
}

#[rstest]
#[case::read_receipt(
    "disposition-notification",
    "Final-Recipient: rfc822; sam@example.net\nDisposition: manual-action/MDN-sent-manually; displayed\n"
)]
#[case::complaint("feedback-report", "Feedback-Type: abuse\nUser-Agent: x\n")]
fn other_reports_are_not_about_delivery(#[case] kind: &str, #[case] fields: &str) {
    let label = format!("multipart/report; report-type={kind}");
    let part = format!("message/{kind}");
    let mail = parts(&label, &[(&part, fields), ("message/rfc822", ORIGINAL)]);
    assert_eq!(read(mail.as_bytes()), None);
}

#[test]
fn a_mailbox_that_refuses_reports_it_as_if_somebody_had_read_it() {
    let fields = format!(
        "Final-Recipient: rfc822; sam@example.net\nOriginal-Message-ID: <{MESSAGE_ID}>\n\
         Disposition: automatic-action/MDN-sent-automatically; deleted\n"
    );
    let label = "multipart/report; report-type=disposition-notification";
    let mail = parts(
        label,
        &[
            ("text/plain", "Quota exceeded."),
            ("message/disposition-notification", &fields),
        ],
    );
    let refused = format!("Auto-Submitted: auto-replied (rejected)\n{mail}");
    let report = report(&refused);
    assert!(only(&report).failed());
    assert_eq!(only(&report).address, "sam@example.net");
    assert_eq!(report.reported_message_id.as_deref(), Some(MESSAGE_ID));
    // Outlook says the same of a mail that was deleted unread.
    assert_eq!(read(mail.as_bytes()), None);
}

#[rstest]
#[case::empty("")]
#[case::only_headers("Return-Path: <>\nFrom: MAILER-DAEMON\n")]
#[case::no_address("Return-Path: <>\nFrom: MAILER-DAEMON@x.example\n\n@ @@ a@ @b a@b <@> 550\n")]
#[case::wide_signs("Return-Path: <>\nFrom: MAILER-DAEMON@x.example\n\né@é.é ü@ü.ü: 550 ünknown\n")]
fn odd_mail_is_survived(#[case] mail: &str) {
    let _ = read(mail.as_bytes());
}

/// Found by the fuzz target: a message that holds nothing but another, of which the parser loses its place. With its
/// own checks on, as in tests, it breaks off.
#[test]
fn a_report_on_which_the_parser_breaks_off_is_survived() {
    let mail = "Return-Path: <>\nContent-Type: multipart/report; boundary=a\n\n--a\n\
                Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\n\n--a--\n";
    let _ = read(mail.as_bytes());
}

#[test]
fn messages_within_messages_without_end_are_not_read() {
    for part in [
        "Content-Type: message/rfc822\n\n",
        "Content-Type: multipart/mixed; boundary=a\n\n--a\n",
    ] {
        let mail = format!("Return-Path: <>\n{}", part.repeat(50_000));
        assert_eq!(read(mail.as_bytes()), None);
    }
}

#[test]
fn a_long_report_takes_no_longer_than_its_length() {
    let lines = [
        "a: b\n",
        " a: b\n",
        "To: a@b.example\nFrom: c@d.example\n\n",
        "<a@b.example>: 550 no\n",
        "Final-Recipient: rfc822; a@b.example\n",
        "aaaa@",
        "5.5.5 550 ",
    ];
    for line in lines {
        let body = line.repeat(1_000_000 / line.len());
        let _ = read(text("MAILER-DAEMON@x.example", &body).as_bytes());
    }
}
