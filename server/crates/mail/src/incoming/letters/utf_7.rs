//! UTF-7 (RFC 2152): letters that are not ASCII stand in base64 between `+` and `-`, or whatever ends it.

use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The letters; `None` where it is none.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes)
        .ok()
        .filter(|text| text.is_ascii())?;
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('+') {
        decoded.push_str(before);
        let end = after
            .find(|symbol: char| {
                !(symbol.is_ascii_alphanumeric() || symbol == '+' || symbol == '/')
            })
            .unwrap_or(after.len());
        let (code, next) = after.split_at(end);
        let is_closed = next.starts_with('-');
        if code.is_empty() && is_closed {
            decoded.push('+');
        } else {
            decoded.push_str(&letters(code)?);
        }
        // Any other sign ends the code as well, and is one of the text.
        rest = if is_closed { &next[1..] } else { next };
    }
    decoded.push_str(rest);
    Some(decoded)
}

/// UTF-16 in base64.
fn letters(code: &str) -> Option<String> {
    let bytes = LENIENT.decode(code).ok()?;
    let pairs = bytes
        .chunks_exact(2)
        .map(|two| u16::from_be_bytes([two[0], two[1]]));
    char::decode_utf16(pairs).collect::<Result<_, _>>().ok()
}
