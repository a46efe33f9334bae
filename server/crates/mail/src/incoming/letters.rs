//! Bytes into letters, whatever alphabet they say to be in, and letters that have no place in a text.
//!
//! Names of alphabets are those of the Encoding Standard (<https://encoding.spec.whatwg.org/>), which
//! takes `iso-8859-1` and `us-ascii` for windows-1252, as senders do.

mod utf_7;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, ISO_2022_JP, ISO_8859_2, ISO_8859_7, ISO_8859_8, ISO_8859_8_I, ISO_8859_13,
    ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252, WINDOWS_1253, WINDOWS_1255,
    WINDOWS_1257,
};
use mail_parser::decoders::charsets::map::charset_decoder;

/// Whether the letters are what the sender wrote, as far as can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// The bytes are what they said to be.
    Sure,
    /// They were not, and were guessed.
    Guessed,
}

/// `bytes` in the alphabet called `label`, or in the one that they look like.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> (String, Trust) {
    let Some(label) = label
        .map(|label| label.trim().trim_matches(['"', '\'']))
        .filter(|label| !label.is_empty())
    else {
        return unlabelled(bytes);
    };
    let Some(encoding) = Encoding::for_label(usual(label).as_bytes()) else {
        return other(bytes, label);
    };
    if let Some(text) = japanese(bytes).filter(|_| encoding == UTF_8 || encoding == WINDOWS_1252) {
        return (text, Trust::Sure);
    }
    // Text in UTF-8 that says to be windows-1252 is as usual as the other way round. What is whole
    // UTF-8 and more than ASCII is never windows-1252 by chance.
    let may_be_utf_8 =
        encoding == UTF_8 || encoding == WINDOWS_1252 || looks_mislabelled(encoding, bytes);
    if may_be_utf_8 && let Ok(text) = std::str::from_utf8(without_mark(bytes)) {
        return (text.to_owned(), Trust::Sure);
    }
    let (text, _, is_wrong) = of_windows(encoding, bytes).decode(bytes);
    if is_wrong {
        return (recovered(bytes), Trust::Guessed);
    }
    (text.into_owned(), Trust::Sure)
}

/// Windows has an alphabet of its own beside most of the standard ones, with more letters in the place of controls that
/// no mail contains, and senders name the standard one.
fn of_windows(encoding: &'static Encoding, bytes: &[u8]) -> &'static Encoding {
    let beside = if encoding == ISO_8859_2 {
        WINDOWS_1250
    } else if encoding == ISO_8859_7 {
        WINDOWS_1253
    } else if encoding == ISO_8859_8 || encoding == ISO_8859_8_I {
        WINDOWS_1255
    } else if encoding == ISO_8859_13 {
        WINDOWS_1257
    } else if encoding == ISO_8859_15 {
        WINDOWS_1252
    } else {
        return encoding;
    };
    if bytes.iter().any(|byte| (0x80..0xa0).contains(byte)) {
        beside
    } else {
        encoding
    }
}

/// Japanese in seven bits (RFC 1468) needs no label to be known: it opens with an escape that nothing else has.
pub(super) fn japanese(bytes: &[u8]) -> Option<String> {
    let opens = |two: &[u8]| {
        bytes
            .windows(3)
            .any(|three| three[0] == 0x1b && &three[1..] == two)
    };
    if memchr::memchr(0x1b, bytes).is_none() || !(opens(b"$B") || opens(b"$@")) {
        return None;
    }
    let (text, is_wrong) = ISO_2022_JP.decode_without_bom_handling(bytes);
    (!is_wrong).then(|| text.into_owned())
}

fn unlabelled(bytes: &[u8]) -> (String, Trust) {
    if let Some(text) = japanese(bytes) {
        return (text, Trust::Sure);
    }
    match std::str::from_utf8(without_mark(bytes)) {
        Ok(text) => (text.to_owned(), Trust::Sure),
        Err(_) => (recovered(bytes), Trust::Guessed),
    }
}

/// Text in an alphabet that nobody named. Where a tenth is not ASCII it is hardly English, and the
/// letters themselves tell which alphabet it is.
fn recovered(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(without_mark(bytes)) {
        return text.to_owned();
    }
    let foreign = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if foreign * 10 < bytes.len() || is_mostly_utf_8(bytes) {
        return guess(without_mark(bytes));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector
        .guess(None, Utf8Detection::Deny)
        .decode(bytes)
        .0
        .into_owned()
}

/// UTF-8 that was damaged in places: in nothing else do so many letters come out by chance.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut letters, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk
            .valid()
            .chars()
            .filter(|letter| !letter.is_ascii())
            .count();
        wrong += chunk.invalid().len();
    }
    letters > wrong
}

/// UTF-8 where it is, and windows-1252 for each byte that cannot be.
pub(super) fn guess(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

/// Alphabets that the web does not know: UTF-7 and a few old ones. ASCII that says to be UTF-7 and is broken is shown.
fn other(bytes: &[u8], label: &str) -> (String, Trust) {
    let is_utf_7 = ["utf-7", "unicode-1-1-utf-7", "csunicode11utf7"]
        .iter()
        .any(|known| label.eq_ignore_ascii_case(known));
    if is_utf_7 && let Some(text) = utf_7::decoded(bytes) {
        return (text, Trust::Sure);
    }
    if bytes.is_ascii() {
        return (guess(bytes), Trust::Sure);
    }
    // mail-parser's map of names is indexed by length and takes no empty one.
    match (!label.is_empty())
        .then(|| charset_decoder(label.as_bytes()))
        .flatten()
    {
        Some(decoder) => (decoder(bytes), Trust::Sure),
        None => (recovered(bytes), Trust::Guessed),
    }
}

/// The name of the Encoding Standard for one that it does not know, and programs write.
fn usual(label: &str) -> &str {
    const NAMES: [(&str, &str); 12] = [
        ("cp874", "windows-874"),
        ("cp932", "shift_jis"),
        ("ms932", "shift_jis"),
        ("cp936", "gbk"),
        ("ms936", "gbk"),
        ("cp949", "euc-kr"),
        ("ms949", "euc-kr"),
        ("cp950", "big5"),
        ("mac-roman", "macintosh"),
        ("macroman", "macintosh"),
        ("mac-cyrillic", "x-mac-cyrillic"),
        ("utf8mb4", "utf-8"),
    ];
    NAMES
        .iter()
        .find(|(name, _)| label.eq_ignore_ascii_case(name))
        .map_or(label, |(_, usual)| usual)
}

/// Text that says to be UTF-16 but holds no zero byte is plain ASCII or UTF-8.
fn looks_mislabelled(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    (encoding == UTF_16LE || encoding == UTF_16BE)
        && !bytes.contains(&0)
        && std::str::from_utf8(bytes).is_ok()
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// Text of many lines: `\n` ends them, and nothing is in it that steers a terminal or that a
/// database refuses.
pub(super) fn lines(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                letters.next_if_eq(&'\n');
                tidy.push('\n');
            }
            '\n' | '\t' => tidy.push(letter),
            '\u{c}' => tidy.push('\n'),
            '\u{feff}' => {}
            letter if letter.is_control() => {}
            letter => tidy.push(letter),
        }
    }
    tidy
}

/// A single line: white space in a row is one space, nothing steers, nothing turns the direction
/// of what stands beside it.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !(letter.is_control() || turns_direction(letter) || letter == '\u{feff}') {
            line.push(letter);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// The marks that change the direction of writing (<https://www.unicode.org/reports/tr9/>), with
/// which `cod.exe` is made to look like `exe.doc`.
pub(super) fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
