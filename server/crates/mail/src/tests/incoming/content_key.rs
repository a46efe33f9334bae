//! What makes two deliveries the same message.

use proptest::prelude::*;
use rstest::rstest;

use crate::incoming::content_key;

const SENT: &str = "From: Jo <jo@example.org>\nTo: send@council.example\nSubject: Help\n\
    Message-ID: <1@example.org>\n\nHello\n\nFrom us all\n";

#[rstest]
#[case::a_server_on_the_way("Received: from a by b; Mon, 23 Nov 2026 12:00:00 +0000\n")]
#[case::a_return_path("Return-Path: <jo@example.org>\n")]
#[case::a_delivery("Delivered-To: send@council.example\nX-Original-To: send@council.example\n")]
#[case::our_border("Authentication-Results: border; spf=pass\nARC-Seal: i=1\n")]
#[case::a_spam_filter("X-Spam-Status: No\n\tscore=0.1\n")]
#[case::an_mbox_file("From jo@example.org Mon Nov 23 12:00:00 2026\n")]
fn a_copy_that_came_another_way_is_the_same_message(#[case] trace: &str) {
    assert_eq!(
        content_key(format!("{trace}{SENT}").as_bytes()),
        content_key(SENT.as_bytes())
    );
}

#[rstest]
#[case::line_ends(SENT.replace('\n', "\r\n"))]
#[case::blank_lines_at_the_end(format!("{SENT}\n\n"))]
#[case::no_line_end(SENT.trim_end().to_owned())]
#[case::folding(SENT.replace("Subject: Help", "Subject:\n Help"))]
#[case::marks_of_an_mbox_file(SENT.replace("\nFrom us", "\n>From us"))]
fn what_servers_do_to_a_message_makes_no_other_one(#[case] raw: String) {
    assert_eq!(content_key(raw.as_bytes()), content_key(SENT.as_bytes()));
}

#[rstest]
#[case::another_body(SENT.replace("Hello", "Goodbye"))]
#[case::another_subject(SENT.replace("Help", "Thanks"))]
#[case::a_blank_line_less(SENT.replace("Hello\n\n", "Hello\n"))]
#[case::another_sender(SENT.replace("jo@", "pat@"))]
fn another_content_is_another_message_under_the_same_id(#[case] raw: String) {
    let (other, sent) = (content_key(raw.as_bytes()), content_key(SENT.as_bytes()));
    assert_eq!(other.message_id.as_deref(), Some("1@example.org"));
    assert_ne!(other.hash, sent.hash);
}

#[test]
fn a_header_is_not_a_body() {
    assert_ne!(
        content_key(b"A: b\n\nC: d").hash,
        content_key(b"A: b\nC: d").hash
    );
    assert_ne!(content_key(b"").hash, content_key(b"a").hash);
}

proptest! {
    #[test]
    fn any_bytes_have_a_key(raw in proptest::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert_eq!(content_key(&raw), content_key(&raw));
    }

    #[test]
    fn any_trace_changes_no_key_and_any_word_changes_it(
        name in "(Received|Return-Path|Delivered-To|X-[A-Za-z-]{1,20})",
        value in "[ -~]{0,60}",
        word in "[a-z]{1,10}",
    ) {
        let traced = format!("{name}: {value}\n{SENT}");
        prop_assert_eq!(content_key(traced.as_bytes()), content_key(SENT.as_bytes()));
        let told = format!("{SENT}{word}\n");
        prop_assert_ne!(content_key(told.as_bytes()).hash, content_key(SENT.as_bytes()).hash);
    }
}
