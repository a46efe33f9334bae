//! Base64 and quoted-printable (RFC 2045, section 6), as much of them as can be read.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::header::line_end;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Whether all of it could be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// It could.
    None,
    /// Some of it made no sense and was passed over.
    Some,
}

/// The bytes that `encoded` stands for.
pub(super) fn base64(encoded: &[u8]) -> (Vec<u8>, Damage) {
    LENIENT
        .decode(without_line_ends(encoded))
        .or_else(|_| LENIENT.decode(without_blanks(encoded)))
        .map_or_else(
            |_| base64_piece_by_piece(encoded),
            |bytes| (bytes, Damage::None),
        )
}

/// White space stands hardly ever anywhere but at the ends of lines, where it is found far faster.
fn without_line_ends(encoded: &[u8]) -> Vec<u8> {
    let mut compact = Vec::with_capacity(encoded.len());
    let mut at = 0;
    while at < encoded.len() {
        let end = line_end(encoded, at);
        compact.extend_from_slice(encoded[at..end].trim_ascii());
        at = end;
    }
    compact
}

fn without_blanks(encoded: &[u8]) -> Vec<u8> {
    let bytes = encoded.iter().copied();
    bytes.filter(|byte| !byte.is_ascii_whitespace()).collect()
}

/// Splits `encoded` where lines of words begin below base64 that is whole: the footer that a mailing list or a virus
/// scanner has added in plain letters. Nothing is split off where there is no such line.
pub(super) fn without_footer(encoded: &[u8]) -> (&[u8], &[u8]) {
    let (mut at, mut symbols, mut padded) = (0, 0, false);
    for line in encoded.split_inclusive(|byte| *byte == b'\n') {
        let trimmed = line.trim_ascii();
        let is_code = trimmed.iter().all(|byte| is_base64(*byte) || *byte == b'=');
        if !is_code {
            let is_whole = symbols > 0 && (padded || symbols % 4 == 0);
            let is_of_words = encoded[at..]
                .split(|byte| *byte == b'\n')
                .any(|line| line.trim_ascii().contains(&b' '));
            return if is_whole && is_of_words {
                encoded.split_at(at)
            } else {
                (encoded, &[])
            };
        }
        symbols += trimmed.len();
        padded |= trimmed.ends_with(b"=");
        at += line.len();
    }
    (encoded, &[])
}

/// What is no base64 is passed over. After an end (`=`), a line that is none ends everything: it is
/// the footer that a mailing list has added.
fn base64_piece_by_piece(encoded: &[u8]) -> (Vec<u8>, Damage) {
    let mut bytes = Vec::with_capacity(encoded.len() / 4 * 3);
    let mut four = Vec::with_capacity(4);
    let mut ended = false;
    for line in encoded.split(|byte| *byte == b'\n') {
        if ended
            && line
                .trim_ascii()
                .iter()
                .any(|byte| !is_base64(*byte) && *byte != b'=')
        {
            break;
        }
        for byte in line {
            if is_base64(*byte) {
                four.push(*byte);
            }
            if *byte == b'=' {
                ended = true;
            }
            if four.len() == 4 || *byte == b'=' {
                take(&mut four, &mut bytes);
            }
        }
    }
    take(&mut four, &mut bytes);
    (bytes, Damage::Some)
}

fn take(four: &mut Vec<u8>, bytes: &mut Vec<u8>) {
    if let Ok(decoded) = LENIENT.decode(&*four) {
        bytes.extend(decoded);
    }
    four.clear();
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/'
}

/// The bytes that `encoded` stands for. An `=` that means nothing stays as it is, so that nothing of
/// a text is lost that was never encoded at all.
pub(super) fn quoted_printable(encoded: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut at = 0;
    while let Some(byte) = encoded.get(at) {
        if *byte != b'=' {
            bytes.push(*byte);
            at += 1;
        } else if let Some(value) = hex(encoded, at + 1) {
            bytes.push(value);
            at += 3;
        } else if let Some(next) = soft_line_end(encoded, at + 1) {
            at = next;
        } else {
            bytes.push(b'=');
            at += 1;
        }
    }
    bytes
}

fn hex(encoded: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| char::from(*encoded.get(at)?).to_digit(16);
    u8::try_from(digit(at)? << 4 | digit(at + 1)?).ok()
}

/// Where the text goes on after an `=` that ends a line only for the wire.
fn soft_line_end(encoded: &[u8], at: usize) -> Option<usize> {
    // Some relays pad lines with blanks; a line of mail has at most 998 letters.
    let blanks = encoded[at..]
        .iter()
        .take(998)
        .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
    match blanks {
        Some(blanks) => (encoded[at + blanks] == b'\n').then_some(at + blanks + 1),
        None => (encoded.len() - at < 998).then_some(encoded.len()),
    }
}
