//! Encoded words (RFC 2047), as `=?utf-8?Q?Zo=C3=AB?=`, and the ways in which they are broken.
//!
//! Met in the wild: one letter cut between two words, white space inside a word, no space between
//! words, an end that is missing, an alphabet that nobody knows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{letters, transfer};

/// Names of alphabets are shorter than this; what is longer was no encoded word.
const LABEL_BYTES: usize = 45;

/// `text` with its encoded words decoded.
pub(super) fn decode(text: &str) -> String {
    replace(text, "=?", |word, out| out.push_str(word))
}

/// `text` with each run of encoded words made one word in UTF-8 and base64, which every parser reads.
/// What only begins like a word is parted, since parsers look for its end again and again.
pub(super) fn mended(text: &str) -> String {
    replace(text, "= ?", |word, out| {
        out.push_str("=?utf-8?B?");
        out.push_str(&STANDARD.encode(word));
        out.push_str("?=");
    })
}

/// Encoded words one after another, in one alphabet.
struct Run {
    label: String,
    bytes: Vec<u8>,
}

impl Run {
    fn text(&self) -> String {
        letters::decode(&self.bytes, Some(&self.label)).0
    }
}

fn replace(text: &str, stray: &str, write: impl Fn(&str, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Option<Run> = None;
    let mut rest = text;
    let mut words = Words {
        ends_are_over: false,
    };
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        let Some((word, after)) = words.read(from) else {
            flush(run.take(), &write, &mut out);
            out.push_str(before);
            out.push_str(stray);
            rest = &from[2..];
            continue;
        };
        match &mut run {
            Some(open)
                if before.trim().is_empty() && open.label.eq_ignore_ascii_case(&word.label) =>
            {
                open.bytes.extend(word.bytes);
            }
            _ => {
                let apart = run.is_none() || !before.trim().is_empty();
                flush(run.replace(word), &write, &mut out);
                if apart {
                    out.push_str(before);
                }
            }
        }
        rest = after;
    }
    flush(run, &write, &mut out);
    out.push_str(rest);
    out
}

fn flush(run: Option<Run>, write: &impl Fn(&str, &mut String), out: &mut String) {
    if let Some(run) = run {
        write(&run.text(), out);
    }
}

struct Words {
    /// Once no `?=` is left, looking for one again and again would take quadratic time.
    ends_are_over: bool,
}

impl Words {
    /// The word that `text` begins with, and what follows it.
    fn read<'t>(&mut self, text: &'t str) -> Option<(Run, &'t str)> {
        let label_and_more = text.strip_prefix("=?")?;
        let label_end = label_and_more
            .bytes()
            .take(LABEL_BYTES)
            .position(|byte| byte == b'?')?;
        let (label, more) = label_and_more.split_at(label_end);
        if label.is_empty() || !label.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        let coded = |letter: char| {
            more[1..]
                .strip_prefix([letter, letter.to_ascii_lowercase()])?
                .strip_prefix('?')
        };
        let (data, bytes): (&str, fn(&str) -> Vec<u8>) = match (coded('Q'), coded('B')) {
            (Some(data), _) => (data, quoted),
            (_, Some(data)) => (data, |data| transfer::base64(data.as_bytes()).0),
            _ => return None,
        };
        let (data, after) = self.split_at_end(data);
        // RFC 2231, section 5: a language may follow the alphabet.
        let label = label.split('*').next().unwrap_or(label).to_owned();
        Some((
            Run {
                label,
                bytes: bytes(data),
            },
            after,
        ))
    }

    fn split_at_end<'t>(&mut self, data: &'t str) -> (&'t str, &'t str) {
        if !self.ends_are_over {
            if let Some(end) = data.find("?=") {
                return (&data[..end], &data[end + 2..]);
            }
            self.ends_are_over = true;
        }
        data.split_at(data.find(char::is_whitespace).unwrap_or(data.len()))
    }
}

/// RFC 2047, section 4.2.
fn quoted(data: &str) -> Vec<u8> {
    transfer::quoted_printable(data.replace('_', " ").as_bytes())
}
