//! What came with a message, its names, and messages inside messages.

use rstest::rstest;

use super::{Problem, message, read};

const FORWARDED: &[u8] = include_bytes!("../messages/forwarded-alone.eml");

/// A message with a text and one part that has the header lines `headers`.
fn with_part(headers: &str, body: &str) -> String {
    format!(
        "From: jo@example.org\nDate: Mon, 23 Nov 2026 12:00:00 +0000\n\
         Content-Type: multipart/mixed; boundary=b\n\n--b\n\nText.\n--b\n{headers}\n\n{body}\n--b--\n"
    )
}

#[rstest]
#[case::usual("filename=letter.pdf", "letter.pdf")]
#[case::a_folder("filename=\"../../etc/passwd\"", "passwd")]
#[case::a_windows_folder("filename=\"C:\\\\Users\\\\Jo\\\\letter.pdf\"", "letter.pdf")]
#[case::hidden("filename=.htaccess", "htaccess")]
#[case::turned_around("filename*=utf-8''a%E2%80%AEfdp.exe", "afdp.exe")]
#[case::steering("filename*=utf-8''a%00%0Ab.pdf", "a b.pdf")]
#[case::rfc_2231("filename*=utf-8''Zo%C3%AB.pdf", "Zoë.pdf")]
#[case::rfc_2231_in_pieces(
    "filename*0*=utf-8''Zo%C3%AB; filename*1=\"'s letter.pdf\"",
    "Zoë's letter.pdf"
)]
#[case::japanese(
    "filename*0*=ISO-2022-JP'ja'%1b$B$3$s%1b%28B; filename*1*=.pdf",
    "こん.pdf"
)]
#[case::two_words_of_rfc_2047(
    "filename=\"=?utf-8?Q?Zo=C3=AB_?= =?utf-8?Q?=C3=A9t=C3=A9=2Epdf?=\"",
    "Zoë été.pdf"
)]
#[case::letters_of_windows("filename=\"Zo\u{eb}.pdf\"", "Zoë.pdf")]
#[case::without_quotation_marks("filename=EHC plan.pdf", "EHC plan.pdf")]
#[case::rfc_2047("filename=\"=?utf-8?Q?Zo=C3=AB=2Epdf?=\"", "Zoë.pdf")]
#[case::a_device("filename=con.txt", "_con.txt")]
#[case::refused_letters("filename=\"what?.pdf\"", "what-.pdf")]
#[case::none("size=3", "attachment.pdf")]
fn a_name_is_safe_to_save_under(#[case] written: &str, #[case] name: &str) {
    let raw = with_part(
        &format!("Content-Type: application/pdf\nContent-Disposition: attachment; {written}"),
        "x",
    );
    assert_eq!(read(raw).attachments[0].name, name);
}

#[test]
fn a_long_name_keeps_its_ending() {
    let headers = format!(
        "Content-Type: application/pdf; name=\"{}.pdf\"",
        "é".repeat(300)
    );
    let name = read(with_part(&headers, "x")).attachments[0].name.clone();
    assert!(name.ends_with(".pdf"), "{name}");
    assert!(name.len() <= 255, "{name}");
}

#[test]
fn an_attachment_is_told_by_what_is_in_it() {
    let raw = with_part(
        "Content-Type: Application/PDF\nContent-Transfer-Encoding: base64\nContent-ID: <x@y>",
        "YWJj",
    );
    let incoming = read(raw);
    let attachment = &incoming.attachments[0];
    assert_eq!(attachment.content, b"abc"[..]);
    assert_eq!(attachment.sha256[..4], [0xba, 0x78, 0x16, 0xbf]);
    assert_eq!(attachment.media_type, "application/pdf");
    assert_eq!(attachment.content_id.as_deref(), Some("x@y"));
    assert_eq!(incoming.text, "Text.");
}

#[test]
fn a_kind_that_makes_no_sense_is_only_bytes() {
    let raw = with_part(
        "Content-Type: <script>/x\nContent-Disposition: attachment; filename=a",
        "x",
    );
    assert_eq!(
        read(raw).attachments[0].media_type,
        "application/octet-stream"
    );
}

#[test]
fn a_message_passed_on_without_a_word_is_read_itself() {
    let incoming = read(FORWARDED);
    assert_eq!(
        incoming.text,
        "Message from Dr Zoë Kaye (zoe.kaye@nhs.example): Jo's assessment\n\n\
         We found that Jo needs speech therapy."
    );
    assert_eq!(incoming.attachments[0].name, "Jo's assessment.eml");
    assert_eq!(incoming.from.unwrap().address, "pat@example.org");
}

#[test]
fn a_message_inside_says_who_wrote_it_about_what() {
    let raw = with_part(
        "Content-Type: message/rfc822",
        "From: Sam <sam@example.org>\nSubject: Hello\n\nInner.",
    );
    let incoming = read(raw);
    assert_eq!(incoming.text, "Text.");
    assert_eq!(
        incoming.attachments[0].summary.as_deref(),
        Some("Message from Sam (sam@example.org): Hello")
    );
}

#[rstest]
#[case::outlooks_packing(
    "Content-Type: application/ms-tnef; name=winmail.dat",
    Problem::Winmail
)]
#[case::encrypted(
    "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
    Problem::Encrypted
)]
#[case::sealed(
    "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
    Problem::Sealed
)]
fn what_we_cannot_open_is_said_and_kept(#[case] header: &str, #[case] problem: Problem) {
    let incoming = read(with_part(header, "x"));
    assert_eq!(incoming.problems, [problem]);
    assert_eq!(incoming.attachments.len(), 1);
}

#[test]
fn pgp_is_said_inside_and_outside_of_a_text() {
    let inside = message(
        "Content-Type: text/plain",
        "-----BEGIN PGP MESSAGE-----\nhQEM\n-----END PGP MESSAGE-----",
    );
    assert_eq!(read(inside).problems, [Problem::Encrypted]);
    let outside = with_part("Content-Type: application/octet-stream", "x")
        .replace("multipart/mixed", "multipart/encrypted");
    assert_eq!(read(outside).problems, [Problem::Encrypted]);
}

#[test]
fn a_file_written_into_the_text_is_taken_out_of_it() {
    let incoming = read(message(
        "",
        "See below.\n\nbegin 644 cat.txt\n#0V%T\n`\nend\n\nBye",
    ));
    assert_eq!(incoming.text, "See below.\n\n[cat.txt]\n\nBye");
    assert_eq!(incoming.attachments[0].content, b"Cat"[..]);
}

#[test]
fn a_text_that_only_speaks_of_beginning_is_left_alone() {
    let text = "We can\nbegin 644 things\nbut no file.";
    let incoming = read(message("", text));
    assert_eq!(incoming.text, text);
    assert_eq!(incoming.attachments.len(), 0);
}

#[test]
fn a_text_that_asks_to_be_a_file_is_read_when_there_is_no_other() {
    let raw = message(
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=letter.txt",
        "Dear all",
    );
    let incoming = read(raw);
    assert_eq!(incoming.text, "Dear all");
    assert_eq!(incoming.attachments[0].name, "letter.txt");
}

#[test]
fn a_picture_written_into_a_page_is_kept_as_a_file() {
    let html = format!(
        "<p>See: <img src=\"data:image/png;base64,{}\"></p>",
        "QUJD".repeat(1000)
    );
    let incoming = read(message("Content-Type: text/html", html));
    assert_eq!(incoming.text, "See: [picture]");
    assert_eq!(incoming.attachments[0].name, "attachment.png");
    assert_eq!(incoming.attachments[0].content.len(), 3000);
}

#[test]
fn an_answer_to_an_invitation_is_told_in_words() {
    let calendar = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nSUMMARY:Annual review\n\
        DTSTART:20261204T140000Z\nEND:VEVENT\nEND:VCALENDAR";
    let incoming = read(message(
        "Content-Type: text/calendar; method=REPLY",
        calendar,
    ));
    assert_eq!(
        incoming.text,
        "Answer to an invitation: Annual review, 4 December 2026 14:00 UTC"
    );
    assert_eq!(incoming.problems, []);
}
