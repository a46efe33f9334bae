//! From any bytes to what is read of a message: nothing may panic, hang or take memory without end.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mail::incoming::{Limits, content_key, read};

fuzz_target!(|raw: &[u8]| {
    let incoming = read(raw, &Limits::default());
    let is_something = !incoming.text.is_empty()
        || !incoming.attachments.is_empty()
        || !incoming.problems.is_empty();
    assert!(is_something);
    assert!(!incoming.text.contains(['\0', '\r']));
    for file in &incoming.attachments {
        assert!(!file.name.is_empty() && !file.name.contains(['/', '\\', '\0', '\n']));
    }
    let _ = content_key(raw);
});
