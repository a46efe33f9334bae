//! What the programs write that people, schools and councils use.

use super::read;
use crate::incoming::Incoming;

const GMAIL: &[u8] = include_bytes!("../messages/gmail.eml");
const GMAIL_PAGE: &[u8] = include_bytes!("../messages/gmail-html-only.eml");
const INVITATION: &[u8] = include_bytes!("../messages/invitation.eml");
const IPHONE: &[u8] = include_bytes!("../messages/iphone.eml");
const OUTLOOK: &[u8] = include_bytes!("../messages/outlook.eml");
const SCHOOL_SYSTEM: &[u8] = include_bytes!("../messages/school-system.eml");

fn names(incoming: &Incoming) -> Vec<&str> {
    incoming
        .attachments
        .iter()
        .map(|file| file.name.as_str())
        .collect()
}

#[test]
fn outlooks_answer_keeps_its_lines_bullets_and_the_head_of_what_it_answers() {
    insta::assert_snapshot!(read(OUTLOOK).text, @"
    Dear all,

    Thank you. Jo’s annual review is on 4 December. We need:
    · the speech therapist’s report
    · the form at our page (https://council.example/review)

    Sam Lee
    SENCO, Hill Primary School
    [Hill Primary School]

    ________________________________
    From: SEND team <send@council.example>
    Sent: 20 November 2026 10:02
    To: Sam Lee <s.lee@hill.sch.example>
    Subject: Your enquiry SEND-7KQM-4TX4

    When is the review?
    ");
}

#[test]
fn outlooks_headers_say_who_wrote_to_whom_and_what_is_answered() {
    let incoming = read(OUTLOOK);
    assert_eq!(incoming.from.unwrap().name.as_deref(), Some("Sam Lee"));
    assert_eq!(incoming.cc[0].name.as_deref(), Some("O'Brien, Pat"));
    assert_eq!(incoming.cc[0].address, "p.obrien@hill.sch.example");
    assert_eq!(
        incoming.subject.as_deref(),
        Some("RE: Your enquiry SEND-7KQM-4TX4")
    );
    assert_eq!(incoming.date, Some("2026-11-20T14:05:00Z".parse().unwrap()));
    assert_eq!(
        incoming.message_id.as_deref(),
        Some("AM0PR02MB1@AM0PR02MB1.eurprd02.prod.outlook.com")
    );
    assert_eq!(incoming.in_reply_to, ["01992f4e-7c00@council.example"]);
}

#[test]
fn a_picture_in_a_signature_is_told_from_a_picture_that_somebody_sent() {
    let incoming = read(OUTLOOK);
    assert_eq!(names(&incoming), ["image001.png"]);
    assert!(incoming.attachments[0].inline);
    let incoming = read(IPHONE);
    assert_eq!(names(&incoming), ["IMG_0412.jpeg"]);
    assert!(!incoming.attachments[0].inline);
}

#[test]
fn gmails_plain_text_is_read_because_it_marks_what_is_quoted() {
    let incoming = read(GMAIL);
    assert!(
        incoming.text.contains("\n> Thank you for writing.\n"),
        "{}",
        incoming.text
    );
    assert_eq!(incoming.from.unwrap().name.as_deref(), Some("Ana María"));
    assert_eq!(
        incoming.references,
        [
            "01992f4e-6000@council.example",
            "01992f4e-7c00@council.example"
        ]
    );
}

#[test]
fn gmails_page_alone_marks_what_is_quoted_and_not_what_is_only_moved_to_the_right() {
    insta::assert_snapshot!(read(GMAIL_PAGE).text, @"
    Hello,

    He has no place for September. What can we do?

      This is only moved to the right.
    Ana

    On Fri, 20 Nov 2026 at 10:02, SEND team <send@council.example> wrote:

    > Thank you for writing.
    >
    > We reply by 27 November.
    ");
}

#[test]
fn an_iphones_text_and_its_photograph_are_both_there() {
    let incoming = read(IPHONE);
    assert!(
        incoming
            .text
            .starts_with("Here is the letter from school 😀\n")
    );
    assert_eq!(incoming.problems, []);
}

#[test]
fn a_school_systems_page_is_read_when_its_plain_text_only_points_to_it() {
    insta::assert_snapshot!(read(SCHOOL_SYSTEM).text, @"
    [Hill Primary School]
    Exclusion notice

    A pupil was sent home today. Café money: £5.

    Pupil | Year | From
    Jo B. | 4 | 24 Nov 2026
    1. Call the family
    2. Send the form
      - signed

    Open the notice (https://mis.example/n/88231) or go to www.mis.example
    ");
}

#[test]
fn an_invitation_says_what_when_and_where() {
    let incoming = read(INVITATION);
    assert_eq!(incoming.text, "Please come.");
    assert_eq!(names(&incoming), ["invitation.ics"]);
    assert_eq!(
        incoming.attachments[0].summary.as_deref(),
        Some(
            "Invitation: Annual review, Year 4, 4 December 2026 14:00, at School hall; ring first"
        )
    );
}
