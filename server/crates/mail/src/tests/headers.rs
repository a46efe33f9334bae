//! What stands in the headers and the envelope, and what can never get there.

use rstest::rstest;

use super::{address, at, outgoing};
use crate::{Automatic, ComposeError, OutgoingMail};

/// The headers alone, unfolded, one a line.
fn headers(mail: &OutgoingMail) -> String {
    let message = String::from_utf8(mail.to_message(at()).unwrap().formatted()).unwrap();
    let (headers, _) = message.split_once("\r\n\r\n").unwrap();
    headers
        .replace("\r\n ", " ")
        .lines()
        .filter(|line| !line.starts_with("Content-Type:"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_persons_mail_says_who_when_and_where_to_answer() {
    insta::assert_snapshot!(headers(&outgoing()), @r#"
    Date: Fri, 20 Nov 2026 18:05:00 +0000
    Message-ID: <01992f4e-7c00-7abc-8def-0123456789ab@council.example>
    From: "Example Council SEND" <send@council.example>
    Reply-To: send@council.example
    To: sam@example.org
    Subject: Your enquiry
    MIME-Version: 1.0
    "#);
}

#[test]
fn an_acknowledgement_says_that_it_is_automatic_and_asks_for_no_automatic_answer() {
    let mail = OutgoingMail {
        automatic: Automatic::Replied,
        ..outgoing()
    };
    let headers = headers(&mail);
    assert!(
        headers.contains("\nAuto-Submitted: auto-replied"),
        "{headers}"
    );
    assert!(
        headers.contains("\nX-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply"),
        "{headers}"
    );
}

#[test]
fn the_envelope_carries_the_return_path_and_the_recipient() {
    let message = outgoing().to_message(at()).unwrap();
    let envelope = message.envelope();
    assert_eq!(
        envelope.from().unwrap().to_string(),
        "send+b.tag@council.example"
    );
    assert_eq!(envelope.to().len(), 1);
    assert_eq!(envelope.to()[0].to_string(), "sam@example.org");
}

#[test]
fn an_answer_names_the_messages_before_it() {
    let mail = OutgoingMail {
        in_reply_to: Some("<two@example.org>".to_owned()),
        references: vec![
            "<one@example.org>".to_owned(),
            "<two@example.org>".to_owned(),
        ],
        ..outgoing()
    };
    let headers = headers(&mail);
    assert!(
        headers.contains("\nIn-Reply-To: <two@example.org>"),
        "{headers}"
    );
    assert!(
        headers.contains("\nReferences: <one@example.org> <two@example.org>"),
        "{headers}"
    );
}

#[test]
fn a_long_thread_keeps_its_last_messages_and_its_lines_short() {
    let references = (0..500)
        .map(|number| format!("<{number}@mail.example.org>"))
        .collect();
    let mail = OutgoingMail {
        references,
        ..outgoing()
    };
    let message = String::from_utf8(mail.to_message(at()).unwrap().formatted()).unwrap();
    assert!(message.lines().all(|line| line.len() <= 998), "{message}");
    assert!(message.contains("<480@mail.example.org>"), "{message}");
    assert!(message.contains("<499@mail.example.org>"), "{message}");
    assert!(!message.contains("<479@mail.example.org>"), "{message}");
}

#[rstest]
#[case::a_header_of_their_own("<a@b>\r\nBcc: other@example.org")]
#[case::two_ids("<a@b> <c@d>")]
#[case::no_brackets("a@b")]
#[case::nothing("<>")]
#[case::not_ascii("<ä@b>")]
fn a_malformed_id_from_other_peoples_mail_is_left_out(#[case] id: &str) {
    let mail = OutgoingMail {
        in_reply_to: Some(id.to_owned()),
        references: vec![id.to_owned()],
        ..outgoing()
    };
    assert_eq!(headers(&mail), headers(&outgoing()));
}

#[rstest]
#[case("\r\nBcc: other@example.org")]
#[case("\nBcc: other@example.org")]
#[case("\rBcc: other@example.org")]
#[case("\0")]
fn a_line_break_in_a_name_or_a_subject_is_refused(#[case] malice: &str) {
    let mut named = outgoing();
    named.from.name.push_str(malice);
    assert!(matches!(
        named.to_message(at()),
        Err(ComposeError::ControlCharacter(_))
    ));
    let mut titled = outgoing();
    titled.subject.push_str(malice);
    assert!(matches!(
        titled.to_message(at()),
        Err(ComposeError::ControlCharacter(_))
    ));
    let mut identified = outgoing();
    identified.message_id.push_str(malice);
    assert!(matches!(
        identified.to_message(at()),
        Err(ComposeError::MessageId)
    ));
}

#[test]
fn names_with_odd_symbols_stay_names() {
    let mut mail = outgoing();
    mail.from.name = "Conwy, \"SEND\" <x@y.example> – tîm".to_owned();
    let message = mail.to_message(at()).unwrap();
    let from: lettre::message::header::From = message.headers().get().unwrap();
    let from: Vec<_> = lettre::message::Mailboxes::from(from).into_iter().collect();
    assert_eq!(from.len(), 1);
    assert_eq!(from[0].email.to_string(), "send@council.example");
    assert_eq!(
        from[0].name.as_deref(),
        Some("Conwy, \"SEND\" <x@y.example> – tîm")
    );
}

#[test]
fn plain_text_and_html_are_alternatives_of_one_message() {
    let message = String::from_utf8(outgoing().to_message(at()).unwrap().formatted()).unwrap();
    let alternative = message.find("multipart/alternative").unwrap();
    let plain = message.find("text/plain; charset=utf-8").unwrap();
    let html = message.find("text/html; charset=utf-8").unwrap();
    assert!(alternative < plain && plain < html, "{message}");
    assert!(message.is_ascii(), "{message}");
}

#[test]
fn a_logged_mail_tells_nothing() {
    let logged = format!(
        "{:?}",
        OutgoingMail {
            to: address("secret@example.org"),
            ..outgoing()
        }
    );
    assert!(
        !logged.contains("secret") && !logged.contains("answer"),
        "{logged}"
    );
}
