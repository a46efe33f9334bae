//! Anything at all can be read.

use proptest::prelude::*;

use crate::incoming::{Incoming, Limits, content_key, read};

const MESSAGES: [&[u8]; 8] = [
    include_bytes!("../messages/forwarded-alone.eml"),
    include_bytes!("../messages/gmail.eml"),
    include_bytes!("../messages/gmail-html-only.eml"),
    include_bytes!("../messages/invitation.eml"),
    include_bytes!("../messages/iphone.eml"),
    include_bytes!("../messages/mislabelled.eml"),
    include_bytes!("../messages/outlook.eml"),
    include_bytes!("../messages/school-system.eml"),
];

/// What must be true of whatever was read.
pub(super) fn check(incoming: &Incoming) {
    let said = |text: &str| !text.contains(['\0', '\r', '\u{1b}']);
    let one_line = |text: &str| said(text) && !text.contains('\n');
    assert!(said(&incoming.text));
    assert_eq!(incoming.text.trim_end(), incoming.text);
    for (name, value) in &incoming.headers {
        assert!(one_line(name) && one_line(value), "{name}");
    }
    assert!(
        incoming
            .subject
            .as_deref()
            .is_none_or(|subject| one_line(subject) && !subject.is_empty())
    );
    for mailbox in incoming
        .from
        .iter()
        .chain(&incoming.to)
        .chain(&incoming.cc)
        .chain(&incoming.reply_to)
    {
        assert!(one_line(&mailbox.address) && !mailbox.address.is_empty());
    }
    for file in &incoming.attachments {
        assert!(one_line(&file.name) && !file.name.is_empty() && file.name.len() < 500);
        assert!(
            !file.name.contains(['/', '\\']) && !file.name.starts_with('.'),
            "{}",
            file.name
        );
        assert!(file.summary.as_deref().is_none_or(one_line));
    }
    let is_something = !incoming.text.is_empty()
        || !incoming.attachments.is_empty()
        || !incoming.problems.is_empty();
    assert!(is_something);
}

/// A message with some bytes changed, taken out or doubled.
fn any_mutation() -> impl Strategy<Value = Vec<u8>> {
    let change = (
        any::<prop::sample::Index>(),
        any::<u8>(),
        0_usize..4,
        1_usize..200,
    );
    (0..MESSAGES.len(), proptest::collection::vec(change, 0..12)).prop_map(|(which, changes)| {
        let mut raw = MESSAGES[which].to_vec();
        for (place, byte, how, length) in changes {
            if raw.is_empty() {
                break;
            }
            let at = place.index(raw.len());
            let end = (at + length).min(raw.len());
            match how {
                0 => raw[at] = byte,
                1 => drop(raw.drain(at..end)),
                2 => {
                    let doubled = raw[at..end].to_vec();
                    raw.splice(at..at, doubled);
                }
                _ => raw.insert(at, byte),
            }
        }
        raw
    })
}

proptest! {
    #[test]
    fn any_bytes_are_read(raw in proptest::collection::vec(any::<u8>(), 0..3000)) {
        check(&read(&raw, &Limits::default()));
    }

    #[test]
    fn any_text_is_read_as_the_body_of_a_page(html in "(<(/)?(p|div|td|tr|table|li|ul|ol|a|b|br|blockquote|pre|style|script)( [a-z]{0,5}=\"[ -~]{0,9}\")?>|[a-z ]{0,9}|&[a-z]{0,5};?|\\PC){0,60}") {
        let raw = format!("From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n{html}");
        check(&read(raw.as_bytes(), &Limits::default()));
    }

    #[test]
    fn any_mutation_of_a_message_is_read(raw in any_mutation()) {
        check(&read(&raw, &Limits::default()));
        let tight = Limits { parts: 3, depth: 1, header_bytes: 200, text_bytes: 50, decoded_bytes: 50 };
        let incoming = read(&raw, &tight);
        check(&incoming);
        prop_assert!(incoming.text.len() <= 50);
        let _ = content_key(&raw);
    }
}
