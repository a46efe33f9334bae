//! The header fields in front of a message or of one of its parts, and where the body begins.
//!
//! Broken messages lack the empty line, begin with the `From ` line of an mbox file, or have lines
//! among their headers that are none. The rule for all of them: rather too little is taken for
//! headers than any of the text.

use std::borrow::Cow;

use memchr::memchr;

use super::{encoded_words, letters};

/// The longest field that is read to its end. A thousand recipients fit in.
pub(super) const FIELD_BYTES: usize = 64 * 1024;

/// Which entity the headers stand in front of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A whole message.
    Message,
    /// A part of a multipart, where most headers are `Content-…`.
    Part,
}

/// The headers as bytes, and what follows them.
pub(super) struct Head<'a> {
    fields: Vec<Field<'a>>,
    /// Everything after the empty line.
    pub(super) body: &'a [u8],
    /// Whether some headers were left out because there are too many bytes of them.
    pub(super) cut: bool,
}

struct Field<'a> {
    name: &'a str,
    value: &'a [u8],
    /// Where the value begins in the entity.
    start: usize,
}

impl<'a> Head<'a> {
    /// Splits `entity` where its headers end, keeping at most `limit` bytes of headers.
    pub(super) fn of(entity: &'a [u8], place: Place, limit: usize) -> Head<'a> {
        let start = match place {
            Place::Message => start_of_message(entity),
            Place::Part => 0,
        };
        let mut head = Head {
            fields: Vec::new(),
            body: &[],
            cut: false,
        };
        let mut at = start;
        while at < entity.len() {
            let end = line_end(entity, at);
            let line = without_line_end(&entity[at..end]);
            if line.is_empty() {
                at = end;
                break;
            }
            if at - start > limit {
                head.cut = true;
            } else if line.starts_with(b" ") || line.starts_with(b"\t") {
                head.lengthen(entity, end);
            } else if let Some(name) = field_name(line) {
                let start = end - after_colon(&entity[at..end]).len();
                let value = &entity[start..end];
                head.fields.push(Field { name, value, start });
            } else if head.fields.is_empty() || !is_known_field(entity, end) {
                break;
            }
            at = end;
        }
        head.body = &entity[at..];
        if place == Place::Part && !head.fields.iter().any(Field::is_of_a_part) {
            head.fields.clear();
            head.body = first_line_gone(entity);
        }
        head
    }

    /// The next line belongs to the last field too.
    fn lengthen(&mut self, entity: &'a [u8], end: usize) {
        if let Some(last) = self.fields.last_mut() {
            last.value = &entity[last.start..end];
        }
    }

    /// Whether any of these headers is one of mail; a text may begin with `Note: …` as well.
    pub(super) fn is_of_mail(&self) -> bool {
        self.fields.iter().any(|field| is_known(field.name))
    }

    /// The bytes of each field called `name`, in small letters, folded as they came.
    pub(super) fn all<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'a [u8]> + 'h {
        self.fields
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name))
            .map(|field| short(field.value))
    }

    /// The bytes of the first field called `name`.
    pub(super) fn first(&self, name: &str) -> Option<&'a [u8]> {
        self.all(name).next()
    }

    /// Names as written and values decoded on one line, in their order.
    pub(super) fn decoded(&self) -> Vec<(String, String)> {
        self.fields
            .iter()
            .map(|field| (field.name.to_owned(), decoded(short(field.value))))
            .collect()
    }

    /// Whether a field is longer than is read.
    pub(super) fn has_long_field(&self) -> bool {
        self.fields
            .iter()
            .any(|field| field.value.len() > FIELD_BYTES)
    }

    /// The names and bytes of all fields, whole.
    pub(super) fn raw(&self) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.fields.iter().map(|field| (field.name, field.value))
    }
}

impl Field<'_> {
    fn is_of_a_part(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        ["content-", "mime-", "x-", "message-id"]
            .iter()
            .any(|start| name.starts_with(start))
    }
}

/// The value of a field as a person reads it: on one line, its encoded words decoded.
pub(super) fn decoded(value: &[u8]) -> String {
    letters::one_line(&encoded_words::decode(&letters::guess(value)))
}

/// The value of a field with structure in it, ready for the parser of that structure: on one line,
/// in UTF-8, and each run of encoded words made one that is well formed.
pub(super) fn structured(value: &[u8]) -> String {
    let text = letters::guess(value);
    let line: String = text
        .chars()
        .filter(|c| !matches!(c, '\r' | '\n' | '\0'))
        .collect();
    let mut line = encoded_words::mended(line.trim());
    line.push('\n');
    line
}

/// Where the line that begins at `at` ends, its `\n` included.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |found| at + found + 1)
}

/// `line` without `\r` and `\n` at its end.
pub(super) fn without_line_end(line: &[u8]) -> &[u8] {
    let mut line = line;
    while let [rest @ .., b'\r' | b'\n'] = line {
        line = rest;
    }
    line
}

/// Some old systems end lines with `\r` alone.
pub(super) fn with_line_ends(raw: &[u8]) -> Cow<'_, [u8]> {
    if memchr(b'\n', raw).is_some() || memchr(b'\r', raw).is_none() {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(
        raw.iter()
            .map(|byte| if *byte == b'\r' { b'\n' } else { *byte })
            .collect(),
    )
}

/// After empty lines and the `From ` line of an mbox file, if headers follow.
fn start_of_message(entity: &[u8]) -> usize {
    let mut at = 0;
    while at < entity.len() {
        let end = line_end(entity, at);
        let line = without_line_end(&entity[at..end]);
        if !(line.is_empty() || line.starts_with(b"From ") || line.starts_with(b">From ")) {
            return if field_name(line).is_some() { at } else { 0 };
        }
        at = end;
    }
    0
}

/// A part with no headers begins with an empty line, which is not of its text.
fn first_line_gone(part: &[u8]) -> &[u8] {
    let end = line_end(part, 0);
    if without_line_end(&part[..end]).is_empty() {
        &part[end..]
    } else {
        part
    }
}

/// RFC 5322, section 2.2: printable letters up to a colon. White space before the colon is old, and met.
fn field_name(line: &[u8]) -> Option<&str> {
    let name = line[..memchr(b':', line)?].trim_ascii_end();
    let right = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    right.then(|| std::str::from_utf8(name).ok()).flatten()
}

fn after_colon(line: &[u8]) -> &[u8] {
    memchr(b':', line).map_or(&[], |colon| &line[colon + 1..])
}

/// Whether the line at `at` is one of the headers that nobody writes into a text.
fn is_known_field(entity: &[u8], at: usize) -> bool {
    field_name(&entity[at..line_end(entity, at)]).is_some_and(is_known)
}

fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 15] = [
        "bcc",
        "cc",
        "date",
        "delivered-to",
        "dkim-signature",
        "from",
        "in-reply-to",
        "message-id",
        "mime-version",
        "received",
        "references",
        "return-path",
        "sender",
        "subject",
        "to",
    ];
    let name = name.to_ascii_lowercase();
    KNOWN.contains(&name.as_str()) || name.starts_with("content-") || name.starts_with("x-")
}

fn short(value: &[u8]) -> &[u8] {
    &value[..value.len().min(FIELD_BYTES)]
}
