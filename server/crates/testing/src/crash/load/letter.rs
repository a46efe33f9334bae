//! What somebody mails: a few words, and sometimes a file.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use rand::{Rng, RngCore};
use sha2::{Digest as _, Sha256};

use super::Load;
use crate::{crash::mark::Mark, sink::Came};

/// The largest file, in bytes.
const LARGEST: usize = 20_000;
/// As long as a line of a mail's file may be (RFC 2045, section 6.8).
const LINE: usize = 76;
const BOUNDARY: &str = "beside-the-words";

/// A mail from whoever has this mark; about an enquiry whose acknowledgement they got, or a new one.
pub(super) fn from(load: &mut Load<'_>, mark: Mark, answered: Option<&Came>) -> String {
    let (from, in_reply_to) = match answered {
        Some(acknowledgement) => (
            acknowledgement.to.clone(),
            format!("In-Reply-To: {}\r\n", acknowledgement.message_id),
        ),
        None => (mark.address(), String::new()),
    };
    let file = load.random.random_ratio(1, 3).then(|| file(load));
    if let Some(file) = &file {
        let sha256 = Sha256::digest(file).into();
        load.world.book.attach(mark, sha256);
    }
    let words = format!("When does it begin? This is {mark}.\r\n");
    let body = match file {
        Some(file) => with_file(&words, &file),
        None => format!("\r\n{words}"),
    };
    format!(
        "Return-Path: <{from}>\r\nFrom: Pat Zebrawood <{from}>\r\nTo: hub@example.org\r\nSubject: A question\r\n\
         Message-ID: <{mark}@example.net>\r\n{in_reply_to}Date: Mon, 2 Mar 2026 10:00:00 +0000\r\n{body}"
    )
}

/// Bytes that no other mail has.
fn file(load: &mut Load<'_>) -> Vec<u8> {
    let mut bytes = vec![0; load.random.random_range(100..LARGEST)];
    load.random.fill_bytes(&mut bytes);
    bytes
}

/// The rest of the head, and the body.
fn with_file(words: &str, file: &[u8]) -> String {
    let file: String = STANDARD
        .encode(file)
        .as_bytes()
        .chunks(LINE)
        .map(|line| format!("{}\r\n", String::from_utf8_lossy(line)))
        .collect();
    format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{BOUNDARY}\"\r\n\r\n\
         --{BOUNDARY}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n\
         --{BOUNDARY}\r\nContent-Type: application/pdf; name=\"report.pdf\"\r\n\
         Content-Disposition: attachment; filename=\"report.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{file}\
         --{BOUNDARY}--\r\n"
    )
}
