//! From any bytes to everything that decides what becomes of a mail: what is read of it, how it folds, whether it
//! may be answered, whether it is a report, and which enquiry it names. Nothing may panic, hang or take memory
//! without end, and nothing may be lost on the way.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mail::LinkKey;
use domain::council::{DoubtedMail, SpamMark};
use mail::automatic::{Border, OwnAddresses, verdict};
use mail::evidence::{Named, named};
use mail::incoming::{Incoming, Limits, content_key, read};
use mail::quoting::fold;
use mail::delivery_report;

fuzz_target!(|raw: &[u8]| {
    let incoming = read(raw, &Limits::default());
    is_something_to_read(&incoming);
    let key = content_key(raw);
    assert_eq!(key, content_key(raw));
    folds_without_loss(&incoming.text);
    // The envelope of a pipe, of a bounce, and of a mailbox that tells none.
    for envelope_from in [Some("pat@example.org"), Some(""), None] {
        decides(raw, &incoming, envelope_from);
    }
    names_only_what_our_key_signed(&incoming);
});

fn is_something_to_read(incoming: &Incoming) {
    let is_something = !incoming.text.is_empty()
        || !incoming.attachments.is_empty()
        || !incoming.problems.is_empty();
    assert!(is_something);
    assert!(!incoming.text.contains(['\0', '\r']));
    for file in &incoming.attachments {
        assert!(!file.name.is_empty() && !file.name.contains(['/', '\\', '\0', '\n']));
    }
}

fn folds_without_loss(text: &str) {
    let parts = fold(text);
    let together: String = parts.iter().map(|part| part.text).collect();
    assert_eq!(together, text);
}

fn decides(raw: &[u8], incoming: &Incoming, envelope_from: Option<&str>) {
    let own = OwnAddresses::new(["send@council.example".parse().unwrap()]);
    let doubted = DoubtedMail {
        authserv_ids: vec!["mx.council.example".to_owned()],
        marks: vec![SpamMark {
            header: "X-Spam-Flag".to_owned(),
            contains: "YES".to_owned(),
        }],
    };
    let from = incoming.from.as_ref().map(|from| from.address.as_str());
    let _ = verdict(&incoming.headers, envelope_from, from, &own, Border(&doubted));
    if let Some(report) = delivery_report::read_sent_by(raw, envelope_from) {
        // It may name nobody, and then only its return path says what it is about.
        assert!(report.recipients.iter().all(|one| !one.address.is_empty()));
    }
}

fn names_only_what_our_key_signed(incoming: &Incoming) {
    // No input holds an address that this key signed, short of breaking HMAC.
    let key = LinkKey::from_bytes([7; 32]);
    for named in named(incoming, Some("send@council.example, x"), &key) {
        match named {
            Named::Enquiry(_) => panic!("a forged address was taken for ours"),
            Named::Mail(id) => assert!(id.starts_with('<') && !id.contains('\0')),
            Named::Reference(_) => {}
        }
    }
}
