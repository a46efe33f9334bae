//! Mails to measure with: each from somebody else, each of a size.

use std::fmt::Write as _;

use rand::{RngCore, SeedableRng, rngs::StdRng};

/// A line of what people write.
const LINE: &str = "We have waited since the autumn for the speech therapy in the plan, and nobody has called.\r\n";
/// Above this a mail has a document with it.
pub(super) const DOCUMENT_ABOVE: usize = 64 * 1024;
/// Above this a mail has a page beside its text.
const PAGE_ABOVE: usize = 4 * 1024;

/// What the headers of a mail come to.
const HEADERS: usize = 400;

/// What somebody writes in a mail of about so many bytes.
pub(super) fn words(number: u32, bytes: usize) -> String {
    let lines = if bytes > DOCUMENT_ABOVE {
        10
    } else if bytes > PAGE_ABOVE {
        bytes / 3 / LINE.len()
    } else {
        bytes.saturating_sub(HEADERS) / LINE.len()
    };
    let hello = format!("Hello, this is question {number}.\r\n\r\n");
    hello + &LINE.repeat(lines)
}

/// Writes them, no two alike.
pub(super) struct Letters {
    number: u32,
    random: StdRng,
}

impl Default for Letters {
    fn default() -> Self {
        Self {
            number: 0,
            random: StdRng::seed_from_u64(1),
        }
    }
}

impl Letters {
    /// A mail of about so many bytes.
    pub(super) fn write(&mut self, bytes: usize) -> Vec<u8> {
        self.number += 1;
        let number = self.number;
        let mut mail = format!(
            "Received: from mx.example.net by mail.example.org; Mon, 2 Mar 2026 10:00:00 +0000\r\n\
             From: Pat Zebrawood {number} <pat-{number}@example.net>\r\nTo: enquiries@send.example.org\r\n\
             Subject: =?utf-8?q?When_does_it_begin=3F_=E2=80=93_{number}?=\r\n\
             Message-ID: <{number}@example.net>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        );
        let text = words(number, bytes);
        if bytes > DOCUMENT_ABOVE {
            mail += "Content-Type: multipart/mixed; boundary=edge\r\n\r\n--edge\r\n";
            mail += "Content-Type: text/plain; charset=utf-8\r\n\r\n";
            mail += &text;
            mail += "--edge\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\
                     Content-Disposition: attachment; filename=plan.pdf\r\n\r\n";
            self.document(&mut mail, bytes);
            mail += "--edge--\r\n";
        } else if bytes > PAGE_ABOVE {
            mail += "Content-Type: multipart/alternative; boundary=edge\r\n\r\n--edge\r\n";
            mail += "Content-Type: text/plain; charset=utf-8\r\n\r\n";
            mail += &text;
            mail += "--edge\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>";
            while mail.len() < bytes {
                let _ = write!(mail, "<p style=\"margin:0\"><b>{}</b></p>\r\n", LINE.trim());
            }
            mail += "</body></html>\r\n--edge--\r\n";
        } else {
            mail += "Content-Type: text/plain; charset=utf-8\r\n\r\n";
            mail += &text;
        }
        mail.into_bytes()
    }

    /// Lines of base64 that say nothing.
    fn document(&mut self, mail: &mut String, bytes: usize) {
        const SYMBOLS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut line = [0; 76];
        while mail.len() < bytes {
            self.random.fill_bytes(&mut line);
            let symbols = line.map(|byte| char::from(SYMBOLS[usize::from(byte % 64)]));
            mail.extend(symbols);
            *mail += "\r\n";
        }
    }
}
