//! What is over a cap is left out and said, and costs neither time nor memory.

use super::{Problem, message};
use crate::incoming::{Incoming, Limits, read};

const SMALL: Limits = Limits {
    parts: 5,
    depth: 3,
    header_bytes: 1000,
    text_bytes: 100,
    decoded_bytes: 1000,
};

fn small(raw: impl AsRef<[u8]>) -> Incoming {
    read(raw.as_ref(), &SMALL)
}

#[test]
fn parts_over_the_cap_are_left_out_and_said() {
    let body = "--b\nContent-Type: image/png\n\nx\n".repeat(20);
    let incoming = small(message("Content-Type: multipart/mixed; boundary=b", body));
    assert_eq!(incoming.attachments.len(), 4);
    assert!(incoming.problems.contains(&Problem::TooManyParts));
}

#[test]
fn parts_deeper_than_the_cap_are_left_out_and_said() {
    let mut raw = "From: jo@example.org\n".to_owned();
    for depth in 0..10 {
        raw.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"
        ));
    }
    let incoming = small(raw);
    assert!(incoming.problems.contains(&Problem::TooDeep));
}

#[test]
fn messages_passed_on_too_often_are_read_as_far_as_the_cap() {
    let raw = "From: jo@example.org\nContent-Type: message/rfc822\n\n".repeat(20);
    assert!(small(raw).problems.contains(&Problem::NoText));
}

#[test]
fn headers_over_the_cap_are_left_out_said_and_cost_no_text() {
    let raw = message("X-Long: 123456789\n".repeat(1000).trim_end(), "Hello");
    let incoming = small(raw);
    assert!(incoming.problems.contains(&Problem::HeadersTooLong));
    assert!(incoming.headers.len() < 100);
    assert_eq!(incoming.text, "Hello");
}

#[test]
fn text_over_the_cap_is_cut_between_letters_and_said() {
    for (header, body) in [
        ("Content-Type: text/plain; charset=utf-8", "é".repeat(200)),
        ("Content-Type: text/html; charset=utf-8", "é".repeat(200)),
        ("Content-Type: text/html; charset=utf-8", "<p>é".repeat(500)),
    ] {
        let incoming = small(message(header, body));
        assert!(incoming.text.len() <= 100, "{header}");
        assert_eq!(incoming.problems, [Problem::TextTooLong], "{header}");
    }
}

#[test]
fn attachments_over_the_cap_are_left_out_and_said() {
    let part = format!("--b\nContent-Type: image/png\n\n{}\n", "x".repeat(600));
    let incoming = small(message(
        "Content-Type: multipart/mixed; boundary=b",
        format!("{part}{part}--b--"),
    ));
    assert_eq!(incoming.attachments.len(), 1);
    assert!(incoming.problems.contains(&Problem::AttachmentsTooLarge));
}

/// Each of these takes some parser quadratic time, or a stack that is as deep as the message. In
/// such time this test would not come to its end.
#[test]
fn hostile_messages_cost_time_in_proportion_to_their_size() {
    const SIZE: usize = 500_000;
    let fill = |piece: &str| piece.repeat(SIZE / piece.len());
    let multipart = |body: String| message("Content-Type: multipart/mixed; boundary=b", body);
    let html = |body: String| message("Content-Type: text/html", body);
    for (what, raw) in [
        (
            "boundaries that never come",
            multipart(fill("--b\nContent-Type: multipart/mixed; boundary=x\n\n")),
        ),
        (
            "messages in messages",
            message(
                "Content-Type: message/rfc822",
                fill("Content-Type: message/rfc822\n\n"),
            ),
        ),
        (
            "words that never end",
            message(&format!("Subject: {}", fill("=?utf-8?q?")), "x"),
        ),
        (
            "words one after another",
            message(&format!("Subject: {}", fill("=?utf-8?q?a?= ")), "x"),
        ),
        (
            "parameters",
            message(
                &format!("Content-Type: text/plain; {}", fill("a*1=b; ")),
                "x",
            ),
        ),
        (
            "words in addresses",
            message(&format!("To: {}", fill("=?a, ")), "x"),
        ),
        (
            "addresses",
            message(&format!("To: {}", fill("(a@b, ")), "x"),
        ),
        ("headers", message(fill("A: b\n").trim_end(), "x")),
        (
            "ids",
            message(&format!("References: {}", fill("<a@b> ")), "x"),
        ),
        (
            "equals signs",
            message("Content-Transfer-Encoding: quoted-printable", fill("=   ")),
        ),
        (
            "base64 that is none",
            message("Content-Transfer-Encoding: base64", fill("a=*\n")),
        ),
        (
            "quotation marks",
            message("Content-Type: text/plain; format=flowed", fill("> > \n")),
        ),
        ("beginnings", message("", fill("begin 644 a\n"))),
        ("tags", html(fill("<div>"))),
        ("ends of tags", html(fill("<b></x>"))),
        ("attributes", html(format!("<p {}>x", fill("a=b ")))),
        (
            "many attributes",
            html(format!(
                "<p {}>x",
                (0..50_000).map(|n| format!("a{n}=b ")).collect::<String>()
            )),
        ),
        ("quotations", html(fill("<blockquote>x"))),
        ("links", html(fill("<a href=https://x.example>x"))),
        ("cells", html(fill("<table><tr><td>x"))),
        ("comments", html(fill("<!--"))),
        ("entities", html(fill("&amp"))),
        ("line ends", html(fill("<br>"))),
    ] {
        let incoming = read(&raw, &Limits::default());
        assert!(
            incoming.text.len() <= Limits::default().text_bytes,
            "{what}"
        );
    }
}
