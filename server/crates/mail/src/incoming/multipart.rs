//! The pieces of a multipart, cut at its boundary (RFC 2046, section 5.1.1).

use super::header::{line_end, without_line_end};

/// What lies between the boundary lines.
pub(super) struct Pieces<'a> {
    pub(super) parts: Vec<&'a [u8]>,
    /// Whether the line that ends it all is there.
    pub(super) is_ended: bool,
}

enum Line {
    Between,
    End,
}

/// Cuts `body` into at most `most` pieces; `None` if no boundary line is in it.
///
/// The boundary may be missing in the header, or another one may be in the body: then the first line
/// that looks like one is it, if it comes again.
pub(super) fn cut<'a>(body: &'a [u8], boundary: Option<&str>, most: usize) -> Option<Pieces<'a>> {
    boundary
        .and_then(|boundary| cut_at(body, boundary.as_bytes(), most))
        .or_else(|| cut_at(body, likely_boundary(body)?, most))
}

fn cut_at<'a>(body: &'a [u8], boundary: &[u8], most: usize) -> Option<Pieces<'a>> {
    let mut pieces = Pieces {
        parts: Vec::new(),
        is_ended: false,
    };
    let mut open: Option<usize> = None;
    let mut at = 0;
    while at < body.len() {
        let end = line_end(body, at);
        if let Some(line) = boundary_line(&body[at..end], boundary) {
            if let Some(start) = open.take() {
                pieces.parts.push(without_one_line_end(&body[start..at]));
            }
            pieces.is_ended = matches!(line, Line::End);
            if pieces.is_ended || pieces.parts.len() == most {
                return Some(pieces);
            }
            open = Some(end);
        }
        at = end;
    }
    pieces.parts.push(&body[open?..]);
    Some(pieces)
}

fn boundary_line(line: &[u8], boundary: &[u8]) -> Option<Line> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?;
    match rest.trim_ascii() {
        b"" => Some(Line::Between),
        rest if rest.starts_with(b"--") => Some(Line::End),
        _ => None,
    }
}

/// The line end before a boundary belongs to the boundary.
fn without_one_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

fn likely_boundary(body: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    let mut first: Option<&[u8]> = None;
    while at < body.len() {
        let end = line_end(body, at);
        let line = without_line_end(&body[at..end]).trim_ascii_end();
        if let Some(boundary) = line.strip_prefix(b"--") {
            match first {
                None if boundary.len() > 3 && !boundary.contains(&b' ') => first = Some(boundary),
                Some(known) if boundary.starts_with(known) => return Some(known),
                _ => {}
            }
        }
        at = end;
    }
    None
}
