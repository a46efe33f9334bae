//! Plain text whose lines flow (RFC 3676): what was cut for the wire is put together again.

use super::media::Flowed;

/// The signature's line ends in a space and yet does not flow (RFC 3676, section 4.3).
const SIGNATURE: &str = "-- ";

/// `text`, with `\n` line ends, in whole paragraphs. Quoted lines keep their marks.
pub(super) fn joined(text: &str, how: Flowed) -> String {
    let mut out = String::with_capacity(text.len());
    // How deep the line is quoted that is still open.
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let words = &line[depth..];
        let words = words.strip_prefix(' ').unwrap_or(words);
        let is_signature = words == SIGNATURE;
        match open {
            Some(open) if open == depth && !is_signature => {}
            _ => start_line(&mut out, depth),
        }
        let flows = words.ends_with(' ') && !is_signature;
        let drops = flows && how == Flowed::DropSpace;
        out.push_str(if drops {
            &words[..words.len() - 1]
        } else {
            words
        });
        open = flows.then_some(depth);
    }
    // What `start_line` puts before the first line.
    out.split_off(1.min(out.len()))
}

fn start_line(out: &mut String, depth: usize) {
    out.push('\n');
    if depth > 0 {
        out.extend(std::iter::repeat_n('>', depth));
        out.push(' ');
    }
}
