//! Messages that are broken, cut short, or none at all: there is always something to show.

use rstest::rstest;

use super::{Problem, message, problems, read};

#[test]
fn nothing_at_all_is_said_to_be_nothing() {
    let incoming = read("");
    assert_eq!(incoming.text, "");
    assert_eq!(incoming.problems, [Problem::NotAMessage, Problem::NoText]);
}

#[test]
fn a_text_without_headers_is_shown_whole() {
    for text in [
        "Hello, I tried to mail you.\n\nNote: my son has no school.",
        "Note: my son has no school.\n\nPlease ring.",
    ] {
        let incoming = read(text);
        assert_eq!(incoming.text, text);
        assert_eq!(incoming.problems, [Problem::NotAMessage]);
    }
}

#[test]
fn bytes_that_are_no_text_are_not_shown_as_one() {
    let incoming = read([0_u8, 1, 2, 3, 0xff, 0, 5, 6]);
    assert_eq!(incoming.text, "");
    assert_eq!(incoming.problems, [Problem::NotAMessage, Problem::NoText]);
}

#[test]
fn no_header_is_needed() {
    let incoming = read("X-Other: x\n\nHello");
    assert_eq!(incoming.text, "Hello");
    assert_eq!(incoming.problems, [Problem::NoSender, Problem::NoDate]);
    assert_eq!(
        (incoming.from, incoming.subject, incoming.message_id),
        (None, None, None)
    );
}

#[test]
fn headers_without_a_body_are_a_message() {
    let incoming = read("From: jo@example.org\nSubject: Please ring me");
    assert_eq!(incoming.subject.as_deref(), Some("Please ring me"));
    assert_eq!(incoming.problems, [Problem::NoDate, Problem::NoText]);
}

#[test]
fn a_missing_empty_line_costs_no_text() {
    let incoming =
        read("From: jo@example.org\nSubject: Help\nHello, this is the text.\nIt has two lines.");
    assert_eq!(incoming.text, "Hello, this is the text.\nIt has two lines.");
    assert_eq!(incoming.subject.as_deref(), Some("Help"));
}

#[test]
fn a_line_that_is_no_header_costs_no_header() {
    let incoming = read("From: jo@example.org\n>From a file\nSubject: Help\n\nText");
    assert_eq!(incoming.subject.as_deref(), Some("Help"));
    assert_eq!(incoming.text, "Text");
}

#[test]
fn a_mail_from_an_mbox_file_is_read() {
    let incoming =
        read("From jo@example.org Mon Nov 23 12:00:00 2026\nFrom: jo@example.org\n\nText");
    assert_eq!(incoming.from.unwrap().address, "jo@example.org");
    assert_eq!(incoming.text, "Text");
}

#[test]
fn lines_of_any_kind_are_read() {
    for line_end in ["\n", "\r\n", "\r"] {
        let raw = "From: jo@example.org\nSubject: Help\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nOne\nTwo\n--b--\n";
        let incoming = read(raw.replace('\n', line_end));
        assert_eq!(incoming.subject.as_deref(), Some("Help"), "{line_end:?}");
        assert_eq!(incoming.text, "One\nTwo", "{line_end:?}");
    }
}

#[test]
fn a_message_that_ends_too_early_is_read_to_its_end_and_said() {
    let incoming = read(message(
        "Content-Type: multipart/mixed; boundary=b",
        "--b\n\nHello\n--b\nContent-Type: image/png\n\nabc",
    ));
    assert_eq!(incoming.text, "Hello");
    assert_eq!(incoming.attachments.len(), 1);
    assert_eq!(incoming.problems, [Problem::CutShort]);
}

#[test]
fn a_wrong_or_missing_boundary_is_found_in_the_body() {
    for header in [
        "Content-Type: multipart/mixed",
        "Content-Type: multipart/mixed; boundary=other",
    ] {
        let incoming = read(message(
            header,
            "--real_1\n\nHello\n--real_1\nContent-Type: image/png\n\nabc\n--real_1--\n",
        ));
        assert_eq!(incoming.text, "Hello", "{header}");
        assert_eq!(incoming.attachments.len(), 1, "{header}");
    }
}

#[test]
fn a_multipart_that_is_none_is_shown_as_text() {
    let incoming = read(message(
        "Content-Type: multipart/mixed; boundary=b",
        "Only text.",
    ));
    assert_eq!(incoming.text, "Only text.");
    assert_eq!(incoming.problems, [Problem::Damaged]);
}

#[test]
fn an_inner_boundary_that_begins_like_the_outer_one_is_told_from_it() {
    let body = "--b\nContent-Type: multipart/alternative; boundary=b1\n\n--b1\n\nPlain\n--b1\nContent-Type: text/html\n\n<p>Plain</p>\n--b1--\n--b\nContent-Type: image/png\n\nx\n--b--";
    let incoming = read(message("Content-Type: multipart/mixed; boundary=b", body));
    assert_eq!(incoming.text, "Plain");
    assert_eq!(incoming.attachments.len(), 1);
}

#[test]
fn parts_one_after_another_are_one_text() {
    let body = "--b\n\nOne\n--b\nContent-Type: text/html\n\n<p>Two</p>\n--b\n\nThree\n--b--";
    assert_eq!(
        read(message("Content-Type: multipart/mixed; boundary=b", body)).text,
        "One\n\nTwo\n\nThree"
    );
}

#[test]
fn plain_text_that_is_a_pages_source_gives_way_to_the_page() {
    let body = "--b\n\n<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>\n--b\nContent-Type: text/html\n\n<p>a b c</p>\n--b--";
    assert_eq!(
        read(message(
            "Content-Type: multipart/alternative; boundary=b",
            body
        ))
        .text,
        "a b c"
    );
}

#[test]
fn an_empty_plain_text_gives_way_to_the_page() {
    let body = "--b\n\n  \n--b\nContent-Type: text/html\n\n<p>Hello</p>\n--b--";
    assert_eq!(
        read(message(
            "Content-Type: multipart/alternative; boundary=b",
            body
        ))
        .text,
        "Hello"
    );
}

#[test]
fn each_problem_has_a_name_and_a_sentence() {
    for problem in problems("") {
        assert!(problem.to_string().ends_with('.'));
        assert!(!problem.code().contains(' '));
    }
}

#[rstest]
#[case::after_an_end(
    "UGxlYXNlIHJpbmcgbWU=\n\nThis email was scanned.\n",
    "Please ring me\n\nThis email was scanned."
)]
#[case::after_whole_fours(
    "UGxlYXNlIHJpbmcg\nbWUu\n_____\nParents mailing list\n",
    "Please ring me."
)]
#[case::of_words_alone(
    "UGxlYXNlIHJpbmcgbWUu\nScanned by a gateway\n",
    "Please ring me.\n\nScanned by a gateway"
)]
fn a_footer_in_plain_letters_below_base64_costs_nothing(#[case] body: &str, #[case] text: &str) {
    let head = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64";
    let incoming = read(message(head, body));
    assert!(incoming.text.starts_with(text), "{}", incoming.text);
}
