//! Letters: alphabets that are not what they say, encodings that are broken, lines that flow.

use rstest::rstest;

use super::{Problem, message, problems, read};

const MISLABELLED: &[u8] = include_bytes!("../messages/mislabelled.eml");

#[test]
fn windows_letters_that_say_to_be_utf_8_are_read_everywhere() {
    let incoming = read(MISLABELLED);
    assert_eq!(incoming.text, "Jo’s café club costs £5 – can we get help?");
    assert_eq!(incoming.subject.as_deref(), Some("Café club – Jo's place"));
    assert_eq!(incoming.from.unwrap().name.as_deref(), Some("Zoë Smith"));
    assert_eq!(incoming.problems, [Problem::WrongLetters]);
}

#[rstest]
#[case::windows("windows-1252", b"caf\xe9 \x96 \xa35", "café – £5")]
#[case::latin_1("iso-8859-1", b"\x93caf\xe9\x94", "“café”")]
#[case::latin_1_that_is_utf_8("iso-8859-1", "café – £5".as_bytes(), "café – £5")]
#[case::ascii_that_is_utf_8("us-ascii", "Zoë".as_bytes(), "Zoë")]
#[case::utf_16_that_is_not("utf-16", b"plain", "plain")]
#[case::polish("iso-8859-2", b"Za\xbf\xf3\xb3\xe6", "Zażółć")]
#[case::japanese("iso-2022-jp", b"\x1b$B$3$s\x1b(B", "こん")]
#[case::utf_7("utf-7", b"caf+AOk-", "café")]
#[case::utf_7_ended_by_a_space("utf-7", b"M+APM-j +IBQ +AKM-40 +- 1", "Mój — £40 + 1")]
#[case::utf_7_of_two_halves("UTF-7", b"+2D3eCg-!", "😊!")]
#[case::utf_7_that_is_not("utf-7", b"2 +3 is 5", "2 +3 is 5")]
#[case::polish_of_windows("iso-8859-2", b"\x8cpi, \x9fle", "Śpi, źle")]
#[case::greek_of_windows("iso-8859-7", b"\xa2\xe3\xe9\x85", "Άγι…")]
#[case::japanese_that_says_to_be_ascii("us-ascii", b"\x1b$B$3$s\x1b(B", "こん")]
#[case::japanese_that_says_nothing("", b"\x1b$B$3$s\x1b(B", "こん")]
#[case::unknown("x-unknown", "Zoë".as_bytes(), "Zoë")]
#[case::korean_by_the_name_of_windows("cp949", b"\xbe\xc8\xb3\xe7", "안녕")]
#[case::of_an_old_mac("mac-roman", b"caf\x8e \xd0 \xa35", "café – £5")]
#[case::unknown_and_foreign(
    "x-unknown",
    b"\xc7\xe4\xf0\xe0\xe2\xf1\xf2\xe2\xf3\xe9\xf2\xe5, \xec\xee\xe9 \xf1\xfb\xed \xed\xe5 \xf5\xee\xe4\xe8\xf2 \xe2 \xf8\xea\xee\xeb\xf3",
    "Здравствуйте, мой сын не ходит в школу"
)]
#[case::quoted_name("\"utf-8\"", "Zoë".as_bytes(), "Zoë")]
fn text_is_read_in_the_alphabet_that_it_is_in(
    #[case] label: &str,
    #[case] body: &[u8],
    #[case] text: &str,
) {
    let raw = message(&format!("Content-Type: text/plain; charset={label}"), body);
    assert_eq!(read(raw).text, text);
}

#[test]
fn a_byte_that_is_no_letter_costs_no_other_letter() {
    let raw = message(
        "Content-Type: text/plain; charset=utf-8",
        "Zoë has £5 and caf\u{e9}".as_bytes(),
    );
    let mut raw = raw;
    raw.extend_from_slice(b" \x93quoted\x94");
    assert_eq!(read(raw).text, "Zoë has £5 and café “quoted”");
}

#[test]
fn what_a_database_or_a_terminal_cannot_bear_is_left_out() {
    let incoming = read(message(
        "Subject: a\0b\u{202e}c\x07",
        "one\0two\x1b[31m\r\nthree\rfour",
    ));
    assert_eq!(incoming.text, "onetwo[31m\nthree\nfour");
    assert_eq!(incoming.subject.as_deref(), Some("abc"));
    assert!(
        !incoming
            .headers
            .iter()
            .any(|(_, value)| value.contains('\0'))
    );
}

#[rstest]
#[case::usual("=?utf-8?Q?Zo=C3=AB?=", "Zoë")]
#[case::cut_within_a_letter("=?utf-8?B?Wm/D?= =?utf-8?B?qw==?=", "Zoë")]
#[case::cut_within_a_letter_in_quotes("=?utf-8?Q?Zo=C3?=\n =?utf-8?Q?=AB?=", "Zoë")]
#[case::no_space_between("=?utf-8?Q?a?==?utf-8?Q?b?=", "ab")]
#[case::words_around("Re: =?utf-8?Q?Zo=C3=AB?= and me", "Re: Zoë and me")]
#[case::spaces_within("=?utf-8?Q?Help for Zo=C3=AB?=", "Help for Zoë")]
#[case::no_end("=?utf-8?Q?Zo=C3=AB and me", "Zoë and me")]
#[case::a_language("=?utf-8*en?Q?Zo=C3=AB?=", "Zoë")]
#[case::unknown_alphabet("=?x-none?Q?Zo=C3=AB?=", "Zoë")]
#[case::unknown_encoding("=?utf-8?X?Zo?=", "=?utf-8?X?Zo?=")]
#[case::two_alphabets("=?utf-8?Q?=C3=AB?= =?iso-8859-1?Q?=EB?=", "ëë")]
#[case::only_a_start("what =? is", "what =? is")]
#[case::folded("one\n two\n\tthree", "one two three")]
fn a_subject_is_read(#[case] written: &str, #[case] subject: &str) {
    let incoming = read(message(&format!("Subject: {written}"), "x"));
    assert_eq!(incoming.subject.as_deref(), Some(subject));
}

#[rstest]
#[case::usual("Zoe <zoe@example.org>", Some("Zoe"), "zoe@example.org")]
#[case::bare("zoe@example.org", None, "zoe@example.org")]
#[case::comment("zoe@example.org (Zoe)", Some("Zoe"), "zoe@example.org")]
#[case::encoded(
    "=?utf-8?Q?Zo=C3=AB?= <zoe@example.org>",
    Some("Zoë"),
    "zoe@example.org"
)]
#[case::encoded_in_quotes(
    "\"=?utf-8?Q?Zo=C3=AB?=\" <zoe@example.org>",
    Some("Zoë"),
    "zoe@example.org"
)]
#[case::an_address_hidden_in_a_name(
    "=?utf-8?Q?a=40b=2Eorg=3E=2C?= <zoe@example.org>",
    Some("a@b.org>,"),
    "zoe@example.org"
)]
#[case::twice("zoe@example.org <zoe@example.org>", None, "zoe@example.org")]
#[case::too_many_brackets("Zoe <<zoe@example.org>>", Some("Zoe"), "zoe@example.org")]
#[case::a_machine("MAILER-DAEMON", None, "MAILER-DAEMON")]
fn a_sender_is_read(#[case] written: &str, #[case] name: Option<&str>, #[case] address: &str) {
    let from = read(format!("From: {written}\n\nx")).from.unwrap();
    assert_eq!(
        (from.name.as_deref(), from.address.as_str()),
        (name, address)
    );
}

#[rstest]
#[case::not_padded("Zm9vYmE", "fooba")]
#[case::spaces_within("Zm9v\nY mFy", "foobar")]
#[case::letters_that_are_none("Zm9v*YmFy", "foobar")]
#[case::a_footer_after_the_end(
    "Zm9vYg==\n_____\nThe list's own words",
    "foob\n\n_____\nThe list's own words"
)]
#[case::words_that_begin_like_it("Dear\nSEND team, he is ill.", "Dear\nSEND team, he is ill.")]
#[case::not_encoded_at_all("This is not encoded.", "This is not encoded.")]
fn broken_base64_is_read_as_far_as_it_goes(#[case] body: &str, #[case] text: &str) {
    let raw = message(
        "Content-Type: text/plain\nContent-Transfer-Encoding: base64",
        body,
    );
    assert_eq!(read(raw).text, text);
}

#[test]
fn blanks_within_base64_are_no_damage() {
    let raw = message(
        "Content-Type: text/plain\nContent-Transfer-Encoding: base64",
        "Zm9v\r\n \tY mFy \r\n",
    );
    assert_eq!(read(&raw).text, "foobar");
    let clean = message("Content-Type: text/plain", "foobar");
    assert_eq!(problems(raw), problems(clean));
}

#[rstest]
#[case::a_semicolon("quoted-printable;", "caf=C3=A9", "café")]
#[case::two_words("Quoted Printable", "caf=C3=A9", "café")]
#[case::a_comment("base64 (as it should be)", "Zm9v", "foo")]
#[case::quotation_marks("\"base64\"", "Zm9v", "foo")]
#[case::none("7-bit", "caf=C3=A9", "caf=C3=A9")]
#[case::unknown("x-nonsense", "Zm9v", "Zm9v")]
#[case::uuencode("x-uuencode", "#9F]O\n`\n", "foo")]
#[case::uuencode_with_its_begin("x-uuencode", "begin 644 a.txt\n#9F]O\n`\nend\n", "foo")]
#[case::uuencode_that_is_not("x-uuencode", "He is ill.", "He is ill.")]
fn the_name_of_an_encoding_is_read_as_it_is_meant(
    #[case] name: &str,
    #[case] body: &str,
    #[case] text: &str,
) {
    let head =
        format!("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {name}");
    assert_eq!(read(message(&head, body)).text, text);
}

#[rstest]
#[case::lost_digits("a=ZZb=", "a=ZZb")]
#[case::small_digits("caf=c3=a9", "café")]
#[case::soft_line_end("one =\ntwo", "one two")]
#[case::padded_soft_line_end("one = \t\ntwo", "one two")]
#[case::never_encoded("1+1=2 and a=b", "1+1=2 and a=b")]
fn broken_quoted_printable_is_read_as_far_as_it_goes(#[case] body: &str, #[case] text: &str) {
    let raw = message(
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
        body,
    );
    assert_eq!(read(raw).text, text);
}

#[test]
fn lines_that_flow_are_put_together_and_quotations_and_signatures_stay() {
    let body =
        "One line that \ngoes on.\n\n> quoted that \n> goes on\n>> deeper\n  indented\n-- \nJo";
    let raw = message("Content-Type: text/plain; format=flowed", body);
    assert_eq!(
        read(raw).text,
        "One line that goes on.\n\n> quoted that goes on\n>> deeper\n indented\n-- \nJo"
    );
}

#[rstest]
#[case::usual("Wed, 1 Jul 2026 09:00:00 +0100")]
#[case::no_day_and_no_seconds("1 Jul 2026 09:00 +0100")]
#[case::the_wrong_day("Mon, 01 Jul 2026 09:00:00 +0100")]
#[case::british_summer_time("Wed, 1 Jul 2026 09:00:00 BST")]
#[case::an_old_zone("Wed, 1 Jul 2026 08:00:00 GMT (summer)")]
#[case::a_zone_that_nobody_knows("Wed, 1 Jul 2026 08:00:00 XYZ")]
fn a_date_is_read(#[case] written: &str) {
    let date = read(format!("From: jo@example.org\nDate: {written}\n\nx")).date;
    assert_eq!(date, Some("2026-07-01T08:00:00Z".parse().unwrap()));
}

#[test]
fn a_date_that_cannot_be_read_is_said() {
    assert_eq!(
        problems("From: jo@example.org\nDate: soon\n\nx"),
        [Problem::NoDate]
    );
}
